"""The step table of a page as SVG: fills, borders and texts, set as the plan measured them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Protocol

from pipeline.export.xml import text
from pipeline.model.form import ACTORS, MM, PT, Form, HeadCell, TextStyle
from pipeline.model.plan import PagePlan, Plan, Point, Rect

Cells = Mapping[str, tuple[str, ...]]

_BORDER = 6350
"""Width of the table's borders, 0.5 pt."""
_BASELINE = 785
"""The baseline of a line below its top, in thousandths of the line's height."""


class Typesetter(Protocol):
    """Measures text; lengths in EMU."""

    def lines(self, value: str, style: TextStyle, width: int) -> Sequence[str]:
        """``value`` broken into lines of at most ``width``."""

    def width(self, value: str, style: TextStyle) -> int:
        """Width of ``value`` on one line."""

    def line_height(self, style: TextStyle) -> int:
        """Height of a line."""

    def fitting(self, value: str, style: TextStyle, width: int) -> str:
        """``value``, cut with a mark where it is wider than ``width``."""


def mm(length: int) -> str:
    """EMU as millimetres; five decimals tell one EMU from the next."""
    return f"{length / MM:.5f}".rstrip("0").rstrip(".")


def points(size: float) -> str:
    """A font size in points as millimetres."""
    return mm(round(size * PT))


def line_of_text(value: str, at: Point, width: int, *, anchor: str = "", look: str = "") -> str:
    """One line with its baseline at ``at``, exactly ``width`` wide whatever the font."""
    anchored = f' text-anchor="{anchor}"' if anchor else ""
    fixed = f' textLength="{mm(width)}" lengthAdjust="spacingAndGlyphs"' if width else ""
    return f'<text x="{mm(at[0])}" y="{mm(at[1])}"{anchored}{look}{fixed}>{text(value)}</text>'


def label(value: str, rect: Rect, style: TextStyle, typesetter: Typesetter, *, italic: bool = False) -> str:
    """A short text in the middle of ``rect``, one line or several."""
    height = typesetter.line_height(style)
    lines = value.split("\n")
    top = rect.y + (rect.height - height * len(lines)) // 2 + height * _BASELINE // 1000
    look = ' font-style="italic"' if italic else ""
    return "".join(
        line_of_text(
            line, (rect.center[0], top + number * height), typesetter.width(line, style), anchor="middle", look=look
        )
        for number, line in enumerate(lines)
    )


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of the table on the page. ``paragraphs`` with a tab have their mark at the left edge."""

    rect: Rect
    paragraphs: tuple[str, ...]
    style: TextStyle
    middle: bool
    fill: str = ""


def table(
    plan: Plan, page: PagePlan, form: Form, actors: Sequence[str], cells: Sequence[Cells], typesetter: Typesetter
) -> Iterator[str]:
    """The table of ``page``: header rows and the rows of its steps."""
    edges = tuple(accumulate(plan.widths, initial=form.left))
    top = page.area.y - sum(plan.header)
    made = [*_header(form, plan.header, edges, top, actors), *_body(page, form, edges, cells, len(actors))]
    for fill in sorted({cell.fill for cell in made if cell.fill}):
        yield f'<path fill="#{fill}" d="{"".join(_box(cell.rect) for cell in made if cell.fill == fill)}"/>'
    yield f'<path fill="none" stroke="#000" stroke-width="{mm(_BORDER)}" d="{"".join(_borders(made))}"/>'
    for style in dict.fromkeys(cell.style for cell in made):
        weight = ' font-weight="bold"' if style.bold else ""
        yield f'<g font-size="{points(style.size)}"{weight}>'
        for cell in made:
            if cell.style is style or cell.style == style:
                yield from _set(cell, form, typesetter)
        yield "</g>"


def _span(form: Form, key: str, actors: int) -> tuple[int, int]:
    """Indexes of the first column of ``key`` and of the one after its last, actors expanded."""
    start = 0
    for column in form.columns:
        count = max(1, actors) if column.key == ACTORS else 1
        if column.key == key:
            return start, start + count
        start += count
    raise KeyError(key)


def _header(
    form: Form, heights: Sequence[int], edges: Sequence[int], top: int, actors: Sequence[str]
) -> Iterator[_Cell]:
    tops = tuple(accumulate(heights, initial=top))
    for row, heads in enumerate(form.header):
        for head in heads:
            if row and _continues(head) and any(_covers(above, head) for above in form.header[row - 1]):
                continue
            last = row
            while head.merged and last + 1 < len(form.header) and _goes_on(head, form.header[last + 1]):
                last += 1
            first, _ = _span(form, head.keys[0], len(actors))
            _, end = _span(form, head.keys[-1], len(actors))
            y, height = tops[row], tops[last + 1] - tops[row]
            texts = list(_head_texts(head, first, end, actors))
            step = 1 if len(texts) > 1 else end - first
            for index, value in enumerate(texts):
                x = edges[first + index * step]
                rect = Rect(x, y, edges[first + (index + 1) * step] - x, height)
                yield _Cell(rect, (value,), head.style, middle=True, fill=head.fill)


def _head_texts(head: HeadCell, first: int, end: int, actors: Sequence[str]) -> Iterator[str]:
    if head.actor:
        yield from actors
    elif head.numbered:
        yield from (str(column + 1) for column in range(first, end))
    else:
        yield head.text


def _continues(head: HeadCell) -> bool:
    return not (head.text or head.actor or head.numbered or head.merged)


def _covers(above: HeadCell, head: HeadCell) -> bool:
    return above.keys == head.keys and (above.merged or _continues(above))


def _goes_on(head: HeadCell, below: Sequence[HeadCell]) -> bool:
    return any(cell.keys == head.keys and _continues(cell) for cell in below)


def _body(page: PagePlan, form: Form, edges: Sequence[int], cells: Sequence[Cells], actors: int) -> Iterator[_Cell]:
    tops = tuple(accumulate(page.heights, initial=page.area.y))
    for index, row in enumerate(page.rows):
        for column in form.columns:
            first, end = _span(form, column.key, actors)
            values = cells[row].get(column.key, ()) if column.key != ACTORS else ()
            for x, right in zip(edges[first:end], edges[first + 1 : end + 1], strict=True):
                yield _Cell(Rect(x, tops[index], right - x, page.heights[index]), values, column.style, column.middle)


def _box(rect: Rect) -> str:
    return f"M{mm(rect.x)},{mm(rect.y)}H{mm(rect.right)}V{mm(rect.bottom)}H{mm(rect.x)}Z"


def _borders(cells: Sequence[_Cell]) -> Iterator[str]:
    """Every border once: the top and left one of each cell, and the outer edge."""
    right = max(cell.rect.right for cell in cells)
    bottom = max(cell.rect.bottom for cell in cells)
    for cell in cells:
        rect = cell.rect
        yield f"M{mm(rect.right)},{mm(rect.y)}H{mm(rect.x)}V{mm(rect.bottom)}"
    left, top = min(cell.rect.x for cell in cells), min(cell.rect.y for cell in cells)
    yield _box(Rect(left, top, right - left, bottom - top))


def _set(cell: _Cell, form: Form, typesetter: Typesetter) -> Iterator[str]:
    """The texts of a cell, line by line."""
    style, rect = cell.style, cell.rect
    left, room = rect.x + form.cell_left, rect.width - form.cell_left - form.cell_right
    broken = [_broken(value, style, room, typesetter) for value in cell.paragraphs if value]
    height = typesetter.line_height(style)
    needed = sum(len(lines) for _, lines in broken) * height + style.spacing * len(broken)
    free = rect.height - form.cell_top - form.cell_bottom - needed
    y = rect.y + form.cell_top + (free // 2 if cell.middle else 0) + height * _BASELINE // 1000
    for mark, lines in broken:
        y += style.spacing // 2
        if mark:
            yield line_of_text(mark, (left, y), typesetter.width(mark, style))
        for line in lines:
            if line.strip():
                width = typesetter.width(line, style)
                if style.centred:
                    yield line_of_text(line, (left + room // 2, y), width, anchor="middle")
                else:
                    yield line_of_text(line, (left + (style.indent if mark else 0), y), width)
            y += height
        y += style.spacing - style.spacing // 2


def _broken(value: str, style: TextStyle, room: int, typesetter: Typesetter) -> tuple[str, Sequence[str]]:
    """The mark before a tab, "" where there is none, and the lines of the text."""
    mark, tab, body = value.partition("\t")
    if not tab:
        return "", typesetter.lines(value, style, room)
    return mark, typesetter.lines(body, style, room - style.indent)
