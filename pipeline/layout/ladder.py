"""How the heights of a table follow the width of one column, as a ladder of the widths at which a line is lost.

Widths are tried on a grid. Each rung is the narrowest width at which the rows still have their heights; between two
rungs nothing changes, so nothing between them need be looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import itemgetter

from pipeline.layout.cells import (
    SAFETY,
    Cells,
    font_of,
    line_height,
    lines_height,
    name_width,
    row_drawing_height,
    width_for,
)
from pipeline.layout.lines import Measured, measure
from pipeline.layout.sheet import Sheet
from pipeline.model.form import ACTORS, TWIP, Column, Form, TextStyle

GRID = 28 * TWIP
"""Widths are tried at this distance, about half a millimetre; a multiple of Word's unit."""
_OVERSIZE = 50
"""How many times the part of a row counts that goes over a page: such a row is lowered before all others."""


@dataclass(frozen=True, slots=True)
class Rung:
    """``width`` that a column takes, or all actor columns together; ``size`` the width of one. ``rows`` are the
    heights that rows need for it, ``head`` what the header needs.
    """

    width: int
    size: int
    rows: tuple[int, ...]
    head: int


@dataclass(frozen=True, slots=True)
class Limits:
    """Least and greatest width of a column."""

    least: int
    most: int

    @property
    def grid(self) -> range:
        """The widths to try."""
        return range(self.least, max(self.least, self.most) + 1, GRID)


Ladder = Sequence[Rung]
"""Rungs from the widest down: heights grow."""
_Event = tuple[int, int, int, int]
"""At this index of the grid and below, this row (or header cell, from -1 down) has so many more lines; the last is the
least width of the column at which it has not.
"""


def floors(sheet: Sheet) -> tuple[int, ...]:
    """Heights of the rows that no width can lower: what their drawings need."""
    return tuple(row_drawing_height(row) for row in sheet.rows)


def column_ladder(column: Column, cells: Cells, sheet: Sheet, limits: Limits, least: Sequence[int]) -> Ladder:
    """The ladder of a text column; ``cells`` are its measured paragraphs, ``least`` the ``floors`` of the sheet."""
    form, style, key = sheet.form, column.style, column.key
    grid, heads = _Grid(limits.grid, style, form), _Heads(column.key, form)
    body = _Body(least, line_height(style), form.table_height - heads.height)
    fixed, narrowest = lines_height(0, 0, style, form), grid.narrowest
    for row, paragraphs in enumerate(cells):
        body.set(row, fixed + style.spacing * len(sheet.rows[row].texts.get(key) or ("",)))
        lines = sum([paragraph.count(narrowest) for paragraph in paragraphs])
        enough = body.enough(row)
        if lines > enough:
            single = enough if len(paragraphs) == 1 else 1
            lines = sum([grid.fall(paragraph, row, single) for paragraph in paragraphs])
        body.add(row, lines)
    events = grid.events + heads.fall(grid.widths)
    return tuple(_descend(events, limits.least, body, heads))


def actor_ladder(sheet: Sheet, needs: Sequence[int], limits: Limits, least: Sequence[int]) -> Ladder:
    """The ladder of the actor columns: all are ``size`` wide, but for those that need more (``needs``)."""
    heads = _Heads(ACTORS, sheet.form, sheet.actors)
    events = heads.fall(limits.grid, needs)
    rungs = _descend(events, limits.least, _Body(least, 0, 0), heads)
    return tuple(Rung(sum([max(r.size, need) for need in needs]), r.size, r.rows, r.head) for r in rungs)


def actor_needs(sheet: Sheet, most: int) -> tuple[int, ...]:
    """Widths with which no word in an actor's name is broken, as far as ``most`` allows."""
    return tuple(min(most, name_width(name, sheet.form)) for name in sheet.actors)


class _Grid:
    """The widths that are tried for a column, the room for text in each, and where texts get more lines."""

    def __init__(self, widths: range, style: TextStyle, form: Form) -> None:
        self.widths = widths
        self._margins = width_for(0, style, form)
        self.narrowest = self._room(widths[0])
        self._rooms: list[int] = []
        self.events: list[_Event] = []

    def _room(self, width: int) -> int:
        return (width - self._margins) * SAFETY // 100

    def fall(self, paragraph: Measured, row: int, enough: int = 1) -> int:
        """Note where a paragraph gets more lines as its column narrows; returns its lines at the widest."""
        if not self._rooms:
            self._rooms = [self._room(width) for width in self.widths]
        steps = paragraph.ladder(self._rooms, enough)
        for (_, fewer, tight), (index, count, _) in pairwise(steps):
            width = -(-(self._margins - (-tight * 100 // SAFETY)) // TWIP) * TWIP
            self.events.append((index, row, count - fewer, min(self.widths[index + 1], width)))
        return steps[0][1]


def _descend(events: list[_Event], lowest: int, body: _Body, heads: _Heads) -> Iterator[Rung]:
    """One rung above each width at which heights grow, and the last at the lowest width."""
    events.sort(key=itemgetter(0), reverse=True)
    before = body.seen(), heads.height
    for _, group in groupby(events, key=itemgetter(0)):
        width = 0
        for _, row, more, least in group:
            changed = heads.add(-row - 1, more) if row < 0 else body.add(row, more)
            if changed:
                width = max(width, least)
        if width:
            yield Rung(width, width, *before)
            before = body.seen(), heads.height
    yield Rung(lowest, lowest, *before)


class _Body:
    """Heights of the rows while a column narrows; ``room`` is what a page has for them."""

    def __init__(self, least: Sequence[int], line: int, room: int) -> None:
        self._room = room
        self._line = line
        self._least = least
        self._texts = [0] * len(least)
        self._rows = list(least)

    def set(self, row: int, height: int) -> None:
        """A row's text stands ``height`` high without its lines."""
        self._texts[row] = height

    def enough(self, row: int) -> int:
        """How many lines a row takes without growing, at least one."""
        return max(1, (self._least[row] - self._texts[row]) // self._line)

    def add(self, row: int, lines: int) -> bool:
        """A row has more lines now; does it get higher?"""
        text = self._texts[row] + lines * self._line
        self._texts[row] = text
        height = max(self._least[row], text) + max(0, text - self._room) * _OVERSIZE
        changed = height != self._rows[row]
        self._rows[row] = height
        return changed

    def seen(self) -> tuple[int, ...]:
        """The heights now."""
        return tuple(self._rows)


class _Heads:
    """Height of the header while a column narrows, as if the other headings took one line."""

    def __init__(self, key: str, form: Form, names: Sequence[str] = ()) -> None:
        self._form = form
        self._fixed = [max(lines_height(1, 1, c.style, form) for c in row) for row in form.header]
        cells = [(i, cell) for i, row in enumerate(form.header) for cell in row if cell.keys == (key,)]
        own = [(i, cell) for i, cell in cells if (cell.actor if key == ACTORS else cell.text)]
        self._cells = [(i, c, text) for i, c in own for text in (names if c.actor else (c.text,))]
        self._lines = [1] * len(self._cells)
        self.height = self._high()

    def fall(self, widths: range, needs: Sequence[int] = ()) -> list[_Event]:
        """Where headings get more lines; an actor's name gets none below the width that its column needs."""
        events: list[_Event] = []
        for number, (_, cell, text) in enumerate(self._cells):
            need = needs[number % len(needs)] if needs else 0
            skip = min(len(widths) - 1, max(0, -(-(need - widths[0]) // widths.step)))
            grid = _Grid(widths[skip:], cell.style, self._form)
            lines = 0
            for paragraph in measure(text, font_of(cell.style)):
                falls = paragraph.count(grid.narrowest) > 1
                lines += grid.fall(paragraph, -number - 1) if falls else 1
            self._lines[number] = lines
            events += [(index + skip, row, more, least) for index, row, more, least in grid.events]
        self.height = self._high()
        return events

    def add(self, number: int, lines: int) -> bool:
        """A heading has more lines now; does the header get higher?"""
        self._lines[number] += lines
        before, self.height = self.height, self._high()
        return self.height != before

    def _high(self) -> int:
        heights = list(self._fixed)
        merged = [0] * len(heights)
        for lines, (row, cell, _) in zip(self._lines, self._cells, strict=True):
            own = lines_height(lines, 1, cell.style, self._form)
            into = merged if cell.merged else heights
            into[row] = max(into[row], own)
        for row in range(len(heights) - 1):
            heights[row + 1] += max(0, merged[row] - heights[row] - heights[row + 1])
        return sum(heights)
