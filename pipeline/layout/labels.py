"""Places for the names of exits (Ya, Tidak, A, B): beside the line where it leaves, touching nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.layout.fonts import Font
from pipeline.layout.outline import covers
from pipeline.model.form import MM
from pipeline.model.plan import Point, Rect, Symbol

GAP = 4 * MM // 10
SIZE = 7.0
"""Font size of labels, in points."""


def label_size(text: str, family: str) -> tuple[int, int]:
    """Width and height of the box that a label needs; line breaks count."""
    font = Font(family, SIZE)
    lines = text.split("\n")
    return max(font.width(line) for line in lines) * 108 // 100 + MM // 2, font.line_height * len(lines)


def broken(text: str) -> Iterator[str]:
    """``text`` on one line, then on two, three ... as long as its words allow, with lines about equally long."""
    words = text.split()
    for count in range(1, min(len(words), _MOST_LINES) + 1):
        share = len(text) / count
        lines, used = [""], 0
        for word in words:
            if lines[-1] and used + len(word) / 2 > share * len(lines) and len(lines) < count:
                lines.append("")
            lines[-1] = f"{lines[-1]} {word}".strip()
            used += len(word) + 1
        yield "\n".join(lines)


_MOST_LINES = 4


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
    for number, (one, two) in enumerate(pairwise(points)):
        along = _along(one, two, *size) if one[1] == two[1] else _beside(one, two, *size)
        found = sorted(
            (cost + _ACROSS * sum(rect.x < border < rect.right for border in borders), rect.x, rect.y, rect)
            for cost, rect in along
            if _inside(rect, area)
        )
        if not found:
            continue
        near = _near([rect for *_, rect in found], symbols, lines, texts)
        for *_, rect in found:
            if _touches(rect, *near):
                continue
            if on_borders or not any(rect.y < rule < rect.bottom for rule in rules):
                return rect
        if number == _STRETCHES - 1:
            break
    return None


_ACROSS = 30
"""What it costs to stand across a column border, in half millimetres of distance from the exit."""
_STRETCHES = 4
"""So many stretches of a line may bear its name."""
_INWARD, _OUTWARD = 4, 14
"""How far from the start of its stretch a label may stand, against and along the line (mm)."""
_RISE = 8
"""How far off its line, in half millimetres."""


def _along(one: Point, two: Point, width: int, height: int) -> Iterator[tuple[int, Rect]]:
    """Above or below a horizontal stretch, near its start; off the line also over the corner of a diamond."""
    sign = 1 if two[0] > one[0] else -1
    reach = min(_OUTWARD, abs(two[0] - one[0]) // MM)
    for shift in range(-_INWARD, reach + 1):
        start = one[0] + sign * (GAP + shift * MM)
        x = start if sign > 0 else start - width
        for rise in range(_RISE):
            cost = 2 * abs(shift) + 3 * rise
            yield cost, Rect(x, one[1] - GAP - height - rise * MM // 2, width, height)
            yield cost + 2, Rect(x, one[1] + GAP + rise * MM // 2, width, height)


def _beside(one: Point, two: Point, width: int, height: int) -> Iterator[tuple[int, Rect]]:
    """Right or left of a vertical stretch near its start, also raised beside the slant of the diamond it leaves."""
    sign = 1 if two[1] > one[1] else -1
    reach = min(_OUTWARD, abs(two[1] - one[1]) // MM)
    for shift in range(-_INWARD, reach + 1):
        start = one[1] + sign * (GAP // 4 + shift * MM)
        y = start if sign > 0 else start - height
        for off in range(_RISE):
            cost = 2 * abs(shift) + 3 * off
            yield cost, Rect(one[0] + GAP + off * MM // 2, y, width, height)
            yield cost + 1, Rect(one[0] - GAP - off * MM // 2 - width, y, width, height)


def _near(
    rects: Sequence[Rect], symbols: Sequence[Symbol], lines: Sequence[Sequence[Point]], texts: Sequence[Rect]
) -> tuple[list[Symbol], list[Sequence[Point]], list[Rect]]:
    """Of all that stands on the page, what reaches the neighbourhood of the candidates."""
    x, y = min(rect.x for rect in rects), min(rect.y for rect in rects)
    hull = Rect(x, y, max(rect.right for rect in rects) - x, max(rect.bottom for rect in rects) - y)
    stretches = [stretch for line in lines for stretch in pairwise(line) if line_meets(stretch, hull)]
    return (
        [symbol for symbol in symbols if symbol.rect.meets(hull)],
        list(stretches),
        [text for text in texts if text.meets(hull)],
    )


def _inside(rect: Rect, area: Rect) -> bool:
    return area.x <= rect.x and rect.right <= area.right and area.y <= rect.y and rect.bottom <= area.bottom


def _touches(rect: Rect, symbols: Sequence[Symbol], lines: Sequence[Sequence[Point]], texts: Sequence[Rect]) -> bool:
    return (
        any(covers(symbol, rect) for symbol in symbols)
        or any(line_meets(line, rect) for line in lines)
        or any(rect.meets(text) for text in texts)
    )


def line_meets(line: Sequence[Point], rect: Rect) -> bool:
    """Does an orthogonal line reach into ``rect``?"""
    for (x0, y0), (x1, y1) in pairwise(line):
        left, right, top, bottom = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
        if left < rect.right and rect.x < right + 1 and top < rect.bottom and rect.y < bottom + 1:
            return True
    return False
