"""Places for the names of exits (Ya, Tidak, A, B): beside the line where it leaves, touching nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.layout.fonts import Font
from pipeline.model.form import MM
from pipeline.model.plan import Point, Rect, Symbol, SymbolKind

GAP = 4 * MM // 10
SIZE = 7.0
"""Font size of labels, in points."""


def label_size(text: str, family: str) -> tuple[int, int]:
    """Width and height of the box that a label needs."""
    font = Font(family, SIZE)
    return font.width(text) * 108 // 100 + MM // 2, font.line_height


def place_label(
    size: tuple[int, int],
    points: Sequence[Point],
    area: Rect,
    borders: Sequence[int],
    rules: Sequence[int],
    symbols: Sequence[Symbol],
    lines: Sequence[Sequence[Point]],
    texts: Sequence[Rect],
    *,
    on_borders: bool,
) -> Rect | None:
    """The best free box for a label along ``points``; None when every place touches something.

    ``borders`` are the x of the column borders, which a label rather avoids, and ``rules`` the y of the row borders,
    on which it only may stand with ``on_borders``; ``lines`` are all lines of the page.
    """
    best: tuple[int, Rect] | None = None
    for cost, rect in _candidates(size, points, borders):
        if best is not None and cost >= best[0]:
            continue
        if _inside(rect, area) and not _touches(rect, symbols, lines, texts):
            across = sum(rect.x < border < rect.right for border in borders)
            along = sum(rect.y < rule < rect.bottom for rule in rules)
            if along and not on_borders:
                continue
            total = cost + 60 * (across + along)
            if best is None or total < best[0]:
                best = (total, rect)
    return None if best is None else best[1]


def _candidates(size: tuple[int, int], points: Sequence[Point], borders: Sequence[int]) -> Iterator[tuple[int, Rect]]:
    width, height = size
    for number, (one, two) in enumerate(pairwise(points)):
        if number > 1:
            return
        if one[1] == two[1]:
            yield from _along(one, two, width, height, borders, number)
        else:
            yield from _beside(one, two, width, height, number)


def _along(
    one: Point, two: Point, width: int, height: int, borders: Sequence[int], number: int
) -> Iterator[tuple[int, Rect]]:
    """Above or below a horizontal stretch, near its start, also pushed back to the column border."""
    sign = 1 if two[0] > one[0] else -1
    for rise in range(5):
        for above in (True, False):
            y = one[1] - GAP - height - rise * MM // 2 if above else one[1] + GAP + rise * MM // 2
            cost = 100 * number + 10 * rise + (0 if above else 3)
            for shift in (0, 1, 2):
                x = one[0] + sign * (GAP + shift * MM)
                yield cost + 4 * shift, Rect(x if sign > 0 else x - width, y, width, height)
            ahead = [b for b in borders if (b - one[0]) * sign > 0]
            if ahead:
                border = min(ahead, key=lambda b: abs(b - one[0]))
                x = border - GAP - width if sign > 0 else border + GAP
                yield cost + 6, Rect(x, y, width, height)
                x = border + GAP if sign > 0 else border - GAP - width
                yield cost + 20, Rect(x, y, width, height)


def _beside(one: Point, two: Point, width: int, height: int, number: int) -> Iterator[tuple[int, Rect]]:
    """Right or left of a vertical stretch near its start, also raised beside the slant of the diamond it leaves."""
    sign = 1 if two[1] > one[1] else -1
    for drop in range(-5, 6):
        shift = GAP + max(0, -drop) * MM
        y = one[1] + GAP // 4 + drop * MM // 2 if sign > 0 else one[1] - GAP // 4 - height - drop * MM // 2
        cost = 100 * number + 8 * abs(drop)
        yield cost, Rect(one[0] + shift, y, width, height)
        yield cost + 3, Rect(one[0] - shift - width, y, width, height)


def _inside(rect: Rect, area: Rect) -> bool:
    return area.x <= rect.x and rect.right <= area.right and area.y <= rect.y and rect.bottom <= area.bottom


def _touches(rect: Rect, symbols: Sequence[Symbol], lines: Sequence[Sequence[Point]], texts: Sequence[Rect]) -> bool:
    return (
        any(covers(symbol, rect) for symbol in symbols)
        or any(line_meets(line, rect) for line in lines)
        or any(rect.meets(text) for text in texts)
    )


def covers(symbol: Symbol, rect: Rect) -> bool:
    """Does ``rect`` reach into the symbol's shape? A diamond leaves the corners of its box free."""
    if not symbol.rect.meets(rect):
        return False
    if symbol.kind is not SymbolKind.DECISION:
        return True
    x, y = symbol.rect.center
    dx = max(rect.x - x, x - rect.right, 0)
    dy = max(rect.y - y, y - rect.bottom, 0)
    return 2 * dx * symbol.rect.height + 2 * dy * symbol.rect.width < symbol.rect.width * symbol.rect.height


def line_meets(line: Sequence[Point], rect: Rect) -> bool:
    """Does an orthogonal line reach into ``rect``?"""
    for (x0, y0), (x1, y1) in pairwise(line):
        left, right, top, bottom = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
        if left < rect.right and rect.x < right + 1 and top < rect.bottom and rect.y < bottom + 1:
            return True
    return False
