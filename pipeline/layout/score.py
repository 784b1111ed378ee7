"""The layout score: counted from the finished drawing alone, so that it also proves the router.

Overlaps and lines through symbols or texts must be 0 in every drawing; crossings and bends are as few as possible.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate, combinations, pairwise

from pipeline.layout.labels import line_meets
from pipeline.layout.outline import covers
from pipeline.model.plan import Line, PagePlan, Point, Rect, Symbol

_ROUNDING = 36
"""A thousandth of a millimetre: slants and arcs are computed in whole EMU."""
Segment = tuple[Point, Point]


def score(pages: Sequence[PagePlan]) -> dict[str, int]:
    """Counts over all pages; keys are those of the JSON report."""
    return {
        "pages": len(pages),
        "symbols": sum(len(page.symbols) for page in pages),
        "lines": sum(len(page.lines) for page in pages),
        "bends": sum(max(0, len(line.points) - 2) for page in pages for line in page.lines),
        "crossings": sum(_pairs(page, _cross) for page in pages),
        "overlaps": sum(_pairs(page, _overlap) for page in pages),
        "through_symbols": sum(_through_symbols(page) for page in pages),
        "through_texts": sum(_through_texts(page) for page in pages),
        "labels_on_borders": sum(_on_borders(page) for page in pages),
        "labels_on_columns": sum(_on_columns(page) for page in pages),
        "outside": sum(_outside(page) for page in pages),
    }


def _segments(line: Line) -> list[Segment]:
    return [(one, two) if one <= two else (two, one) for one, two in pairwise(line.points)]


def _pairs(page: PagePlan, meets: Callable[[Segment, Segment], bool]) -> int:
    lines = [_segments(line) for line in page.lines]
    return sum(meets(a, b) for one, two in combinations(lines, 2) for a in one for b in two)


def _horizontal(segment: Segment) -> bool:
    return segment[0][1] == segment[1][1]


def _cross(one: Segment, two: Segment) -> bool:
    if _horizontal(one) == _horizontal(two):
        return False
    flat, steep = (one, two) if _horizontal(one) else (two, one)
    x, y = steep[0][0], flat[0][1]
    return flat[0][0] < x < flat[1][0] and steep[0][1] < y < steep[1][1]


def _overlap(one: Segment, two: Segment) -> bool:
    """Two lines on one another, or one ending or bending on the other."""
    if _horizontal(one) == _horizontal(two):
        axis = 1 if _horizontal(one) else 0
        along = 1 - axis
        return one[0][axis] == two[0][axis] and one[0][along] <= two[1][along] and two[0][along] <= one[1][along]
    flat, steep = (one, two) if _horizontal(one) else (two, one)
    x, y = steep[0][0], flat[0][1]
    touches = flat[0][0] <= x <= flat[1][0] and steep[0][1] <= y <= steep[1][1]
    return touches and not _cross(one, two)


def _through_symbols(page: PagePlan) -> int:
    slim = [_slim(symbol) for symbol in page.symbols]
    return sum(_enters(line, symbol) for line in page.lines for symbol in slim)


def _slim(symbol: Symbol) -> Symbol:
    """The symbol without its border: touching that is what ports are for."""
    rect, edge = symbol.rect, _ROUNDING
    inner = Rect(rect.x + edge, rect.y + edge, rect.width - 2 * edge, rect.height - 2 * edge)
    return Symbol(symbol.kind, inner, "", "", None, 0)


def _enters(line: Line, slim: Symbol) -> bool:
    """Does the line reach into the symbol's shape?"""
    if not line_meets(line.points, slim.rect):
        return False
    for (x0, y0), (x1, y1) in pairwise(line.points):
        box = Rect(min(x0, x1), min(y0, y1), max(abs(x0 - x1), 1), max(abs(y0 - y1), 1))
        if box.meets(slim.rect) and covers(slim, box):
            return True
    return False


def _through_texts(page: PagePlan) -> int:
    return sum(1 for line in page.lines for label in page.labels if line_meets(line.points, label.rect))


def _on_borders(page: PagePlan) -> int:
    """Names of exits that a border between rows strikes through."""
    rules = list(accumulate(page.heights, initial=page.area.y))
    names = [label.rect for label in page.labels if not label.gap]
    return sum(1 for rect in names if any(rect.y < rule < rect.bottom for rule in rules))


def _on_columns(page: PagePlan) -> int:
    """Names of exits that a border between columns strikes through."""
    names = [label.rect for label in page.labels if not label.gap]
    return sum(1 for rect in names if any(rect.x < border < rect.right for border in page.columns))


def _outside(page: PagePlan) -> int:
    """Lines that leave the actor columns, and symbols that leave their own."""
    area = page.area
    lines = sum(
        1
        for line in page.lines
        if any(not (area.x <= x <= area.right and area.y <= y <= area.bottom) for x, y in line.points)
    )
    return lines + sum(
        1
        for symbol in page.symbols
        if symbol.rect.x < page.columns[symbol.column] or page.columns[symbol.column + 1] < symbol.rect.right
    )
