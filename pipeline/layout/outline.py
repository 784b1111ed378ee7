"""The outlines of the preset shapes, as far as lines and labels have to do with them. Lengths in EMU."""

from __future__ import annotations

from math import isqrt

from pipeline.model.plan import Rect, Symbol, SymbolKind


def capsule_end(rect: Rect) -> int:
    """Width of one round end of a capsule: the preset flowChartTerminator gives it 3475/21600 of the whole width."""
    return rect.width * 3475 // 21600


def inset_at_side(symbol: Symbol, y: int) -> int:
    """How far within its box the left or right border of a symbol lies at height ``y``."""
    rect = symbol.rect
    off = abs(y - rect.center[1])
    if symbol.kind is SymbolKind.DECISION:
        return rect.width * off // rect.height
    if symbol.kind is SymbolKind.TERMINATOR:
        half, end = rect.height // 2, capsule_end(rect)
        return end - end * isqrt(max(0, half * half - off * off)) // half
    if symbol.kind is SymbolKind.CONNECTOR:
        point = rect.height // 5  # the lowest fifth
        return max(0, rect.width * (y - rect.bottom + point) // (2 * point))
    return 0


def inset_above(symbol: Symbol, x: int) -> int:
    """How far within its box the upper border of a symbol lies at ``x``."""
    rect = symbol.rect
    off = abs(x - rect.center[0])
    if symbol.kind is SymbolKind.DECISION:
        return rect.height * off // rect.width
    if symbol.kind is SymbolKind.TERMINATOR:
        end = capsule_end(rect)
        out = off - (rect.width // 2 - end)
        return 0 if out <= 0 else rect.height // 2 - rect.height * isqrt(max(0, end * end - out * out)) // (2 * end)
    return 0


def inset_below(symbol: Symbol, x: int) -> int:
    """How far within its box the lower border of a symbol lies at ``x``; a connector's lowest fifth is a point."""
    if symbol.kind is SymbolKind.CONNECTOR:
        rect = symbol.rect
        return rect.height * 2 * abs(x - rect.center[0]) // (5 * rect.width)
    return inset_above(symbol, x)


def covers(symbol: Symbol, rect: Rect) -> bool:
    """Does ``rect`` reach into the symbol's shape? All but boxes leave corners free."""
    own = symbol.rect
    if not own.meets(rect):
        return False
    if symbol.kind is SymbolKind.PROCESS:
        return True
    # The shapes are convex: of diamonds and capsules the height nearest to the middle decides, of connectors the top.
    middle = own.y if symbol.kind is SymbolKind.CONNECTOR else own.center[1]
    inset = inset_at_side(symbol, min(max(middle, rect.y), rect.bottom))
    return rect.x < own.right - inset and own.x + inset < rect.right
