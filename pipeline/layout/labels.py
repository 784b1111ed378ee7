"""Places for the names of exits (Ya, Tidak, A, B): beside the line where it leaves, touching nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from pipeline.layout.fonts import Font
from pipeline.layout.outline import covers
from pipeline.model.form import MM
from pipeline.model.plan import LABEL_SIZE, Point, Rect, Symbol, SymbolKind

GAP = 4 * MM // 10


def label_size(text: str, family: str) -> tuple[int, int]:
    """Width and height of the box that a label needs; line breaks count."""
    font = Font(family, LABEL_SIZE)
    lines = text.split("\n")
    return max(font.width(line) for line in lines) * 104 // 100 + 3 * MM // 10, font.line_height * len(lines)


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


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What names of exits must keep clear of: symbols, all lines of the page, texts that stand there already.

    ``borders`` are the x of the column borders, which a name rather avoids, and ``rules`` the y of the row borders, on
    which one only stands when there is no other place.
    """

    area: Rect
    borders: Sequence[int]
    rules: Sequence[int]
    symbols: Sequence[Symbol]
    lines: Sequence[Sequence[Point]]
    texts: Sequence[Rect]


def place_name(
    name: str, family: str, points: Sequence[Point], leaves: Symbol, around: Surroundings, *, far: bool
) -> tuple[str, Rect] | None:
    """The name of an exit as it is to be broken into lines, and the best free box for it along ``points``.

    As near as can be to the symbol that the exit ``leaves`` and not beside another decision; None when every place
    touches something. With ``far`` it may stand anywhere along the line, and on a rule between rows.
    """
    for on_rules in (False, True) if far else (False,):
        best: tuple[int, str, Rect] | None = None
        for breaks, text in enumerate(broken(name)):
            found = _place(label_size(text, family), points, leaves, around, on_rules=on_rules, far=far)
            if found is not None and (best is None or found[0] + _BREAK * breaks < best[0]):
                best = found[0] + _BREAK * breaks, text, found[1]
            if best is not None and best[0] <= _BREAK * (breaks + 1):
                break
        if best is not None:
            return best[1:]
    return None


def _place(
    size: tuple[int, int],
    points: Sequence[Point],
    leaves: Symbol,
    around: Surroundings,
    *,
    on_rules: bool,
    far: bool,
) -> tuple[int, Rect] | None:
    """The best free box of ``size`` with its cost."""
    best: tuple[int, Rect] | None = None
    area, reach, way = around.area, max(size) + (_OUTWARD + _RISE) * MM, 0
    for one, two in islice(pairwise(points), _STRETCHES):
        hull = Rect(one[0] - reach, one[1] - reach, 2 * reach, 2 * reach)
        near = _near(hull, around)
        others = [s for s in near[0] if s.kind is SymbolKind.DECISION and s is not leaves]
        for cost, place in _places(one, two, *size):
            if (best is not None and way + cost >= best[0]) or (not far and way + cost > _NEAR):
                break
            # Beside the edge of the columns a name moves inwards as far as it must.
            x = min(max(place.x, area.x + GAP // 2), area.right - GAP // 2 - place.width)
            rect = place if x == place.x else Rect(x, place.y, place.width, place.height)
            if not _inside(rect, area) or _touches(rect, *near):
                continue
            if not on_rules and any(rect.y < rule < rect.bottom for rule in around.rules):
                continue
            total = way + cost + _ACROSS * sum(rect.x < border < rect.right for border in around.borders)
            total += _MISLEADING * any(_beside(rect, other.rect) for other in others)
            if best is None or total < best[0]:
                best = (total, rect)
        way += 2 * (abs(two[0] - one[0]) + abs(two[1] - one[1])) // MM
    return best


def _beside(rect: Rect, symbol: Rect) -> bool:
    """Is ``rect`` so near to a decision that it could be taken for the name of an exit of that?"""
    return Rect(symbol.x - _OWN, symbol.y - _OWN, symbol.width + 2 * _OWN, symbol.height + 2 * _OWN).meets(rect)


_NEAR = 30
"""Up to this cost, in half millimetres of distance, a name is surely that of its exit."""
_BREAK = 10
"""What breaking a name into one more line costs, in half millimetres of distance from the exit."""
_MISLEADING = 40
"""The same for a place beside another decision."""
_OWN = 2 * MM
"""The neighbourhood of a decision."""
_ACROSS = 30
"""What it costs to stand across a column border, in half millimetres of distance from the exit."""
_STRETCHES = 4
"""So many stretches of a line may bear its name."""
_INWARD, _OUTWARD = 5, 14
"""How far from the start of its stretch a label may stand, against and along the line (mm)."""
_RISE = 11
"""How far off its line, in half millimetres."""
_OFFSETS = sorted(
    (2 * abs(shift) + 3 * rise + other, shift, rise, other)
    for shift in range(-_INWARD, _OUTWARD + 1)
    for rise in range(_RISE)
    for other in (0, 1)
)
"""Cost, millimetres along the line, half millimetres off it, and whether it is the less usual side of the line."""


def _places(one: Point, two: Point, width: int, height: int) -> Iterator[tuple[int, Rect]]:
    """Boxes beside a stretch near its start, the nearest first, also raised over the corner of the diamond it leaves.

    Rather above than below a horizontal stretch, rather right than left of a vertical one.
    """
    flat = one[1] == two[1]
    start, end = (one[0], two[0]) if flat else (one[1], two[1])
    sign = 1 if end > start else -1
    reach, length, gap = abs(end - start) // MM, (width if flat else height), (GAP if flat else GAP // 4)
    for cost, shift, rise, other in _OFFSETS:
        if shift > reach:
            continue
        at = start + sign * (gap + shift * MM)
        along = at if sign > 0 else at - length
        off = GAP + rise * MM // 2
        if flat:
            yield cost, Rect(along, one[1] + off if other else one[1] - off - height, width, height)
        else:
            yield cost, Rect(one[0] - off - width if other else one[0] + off, along, width, height)


def _near(hull: Rect, around: Surroundings) -> tuple[list[Symbol], list[Sequence[Point]], list[Rect]]:
    """Symbols, stretches of lines and texts that reach into ``hull``."""
    return (
        [symbol for symbol in around.symbols if symbol.rect.meets(hull)],
        [stretch for line in around.lines for stretch in pairwise(line) if line_meets(stretch, hull)],
        [text for text in around.texts if text.meets(hull)],
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
    left, top = rect.x, rect.y
    right, bottom = left + rect.width, top + rect.height
    x0, y0 = line[0]
    for x1, y1 in islice(line, 1, None):
        # Asked some thousand times for a page: most lines are beyond one side of the box.
        across = (x0 < right or x1 < right) and (x0 >= left or x1 >= left)
        if across and (y0 < bottom or y1 < bottom) and (y0 >= top or y1 >= top):
            return True
        x0, y0 = x1, y1
    return False
