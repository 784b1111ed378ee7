"""Where lines may touch a symbol: always at its border, never two at one place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.layout.grid import DOWN, LEFT, RIGHT, UP, Grid, Node
from pipeline.layout.scene import Place
from pipeline.model.plan import Point, SymbolKind

_OFF_CENTRE = 18
_SLANT = 22
_SIDES = (DOWN, RIGHT, LEFT, UP)


@dataclass(frozen=True, slots=True)
class Port:
    """A place at the border of a symbol: ``node`` is the first track node outside, ``side`` the way outwards."""

    symbol: int
    point: Point
    node: Node
    side: int
    cost: int


def ports(index: int, place: Place, grid: Grid) -> Iterator[Port]:
    """All ports of a symbol, the usual ones first (cheapest)."""
    for side in _SIDES:
        for offset in (0, -1, 1):
            if offset and not _has_offset(place.symbol.kind, side):
                continue
            yield Port(
                index, _point(place, grid, side, offset), _node(place, grid, side, offset), side, _cost(place, offset)
            )


def _has_offset(kind: SymbolKind, side: int) -> bool:
    """Boxes have further ports at all sides, capsules above and below, diamonds on their slants, connectors none."""
    if kind is SymbolKind.PROCESS:
        return True
    return kind in (SymbolKind.TERMINATOR, SymbolKind.DECISION) and side in (UP, DOWN)


def _cost(place: Place, offset: int) -> int:
    if not offset:
        return 0
    return _SLANT if place.symbol.kind is SymbolKind.DECISION else _OFF_CENTRE


def _node(place: Place, grid: Grid, side: int, offset: int) -> Node:
    column, lane = grid.column_tracks[place.column], grid.lane_tracks[place.lane]
    middle = grid.spare + 1
    if side in (UP, DOWN):
        return grid.node(column + middle + offset, lane + (grid.spare - 1 if side == UP else grid.spare + 3))
    return grid.node(column + (grid.spare - 1 if side == LEFT else grid.spare + 3), lane + middle + offset)


def _point(place: Place, grid: Grid, side: int, offset: int) -> Point:
    rect = place.symbol.rect
    x, y = grid.point(_node(place, grid, side, offset))
    if side in (LEFT, RIGHT):
        return (rect.x if side == LEFT else rect.right), y
    inset = 0
    if offset and place.symbol.kind is SymbolKind.DECISION:
        inset = rect.height * abs(x - rect.center[0]) // rect.width
    return x, (rect.y + inset if side == UP else rect.bottom - inset)
