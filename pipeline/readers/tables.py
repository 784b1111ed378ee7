"""Tables of an office as read, with the place of every cell.

A cell's text is what the file says without outer blanks; nothing is converted. Places are computed when asked for,
so a table of 100,000 rows costs little more than its text.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from pipeline.model.finding import Place
from pipeline.model.message import Message

LINE_BREAK = re.compile(r"\r\n|\n|\r")
"""What ends a line of a CSV: any of the three ways programs write it."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a table may have: its name in the files, what it means, other headers people use for it, and a
    cell as it is typed. A ``required`` one may be missing where the table has the column ``unless``."""

    name: str
    about: Message
    required: bool = False
    synonyms: tuple[str, ...] = ()
    example: str = ""
    unless: str = ""


@dataclass(frozen=True, slots=True)
class TableSpec:
    """What a table must look like; ``sheet`` is the name of its sheet in a workbook.

    ``shared`` are the columns in which the value of cells merged downwards holds for each of their rows.
    """

    sheet: str
    columns: tuple[Column, ...]
    shared: frozenset[str] = frozenset()

    def lacking(self, names: Container[str | None]) -> tuple[Column, ...]:
        """The required columns that a table with the columns ``names`` lacks."""
        return tuple(
            column
            for column in self.columns
            if column.required and column.name not in names and not (column.unless and column.unless in names)
        )


@dataclass(frozen=True, slots=True)
class Row:
    """A row: ``number`` as spreadsheets count (header row = 1 where the header comes first), ``line`` of the file
    (from 1, where the row begins), ``cells`` in the order of the file's columns, blanks around them removed."""

    number: int
    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table as read. ``columns`` maps a canonical column name to its position.

    ``file`` is as findings print it, ``name`` that of the register (``TableSpec.sheet``). ``sheet`` is None for a CSV,
    whose ``source`` text is kept to compute places from.
    """

    file: str
    columns: Mapping[str, int]
    rows: tuple[Row, ...]
    header: Row
    sheet: str | None = None
    separator: str = ","
    source: str = field(default="", repr=False)
    name: str = ""

    def has(self, column: str) -> bool:
        """Does the table have ``column`` (a canonical name)?"""
        return column in self.columns

    def text(self, row: Row, column: str) -> str:
        """The cell of ``row`` in ``column``, "" when the table has no such column."""
        position = self.columns.get(column)
        return "" if position is None else row.cells[position]

    def records(self) -> Iterator[tuple[Row, dict[str, str]]]:
        """Each row with its cells by canonical column name."""
        positions = tuple(self.columns.items())
        for row in self.rows:
            cells = row.cells
            yield row, {name: cells[position] for name, position in positions}

    def place(self, row: Row, column: str | None = None) -> Place:
        """Place of a cell, or of the whole row when ``column`` is None or not in the table."""
        position = None if column is None else self.columns.get(column)
        if self.sheet is not None:
            return Place(self.file, sheet=self.sheet, cell=cell_name(row.number, position or 0))
        if position is None:
            return Place(self.file, row.line, 1, cell=cell_name(row.number, 0))
        spans = self.spans(row)
        if position >= len(spans):
            return Place(self.file, row.line, cell=cell_name(row.number, position))
        line, column_start, end_line, end_column = spans[position]
        return Place(self.file, line, column_start, end_line, end_column, cell=cell_name(row.number, position))

    def places(self, row: Row) -> dict[str, Place]:
        """Places of all cells of ``row`` by canonical column name; cheaper than asking one by one."""
        if self.sheet is not None:
            return {name: self.place(row, name) for name in self.columns}
        spans = self.spans(row)
        found = {}
        for name, position in self.columns.items():
            cell = cell_name(row.number, position)
            found[name] = (
                Place(self.file, *spans[position], cell=cell)
                if position < len(spans)
                else Place(self.file, row.line, cell=cell)
            )
        return found

    def spans(self, row: Row) -> list[tuple[int, int, int, int]]:
        """Line, column, end line and end column (from 1) of each cell of ``row`` as it stands in the CSV."""
        if self.sheet is not None:
            return []
        position = self._line_starts[row.line - 1]
        plain = self._plain_line(row.line)
        if plain is not None:
            return list(_plain_spans(plain, row.line, self.separator))
        line, line_start = row.line, position
        spans = []
        for match in cells_of(self.source, position, self.separator):
            raw = match.group()
            begin = match.start() + len(raw) - len(raw.lstrip(" "))
            end = begin + len(raw.strip(" "))
            first_line, first_column = line, begin - line_start + 1
            if '"' in raw:  # only a quoted cell can hold line breaks
                for newline in LINE_BREAK.finditer(self.source, begin, end):
                    line, line_start = line + 1, newline.end()
            spans.append((first_line, first_column, line, end - line_start + 1))
        return spans

    def _plain_line(self, line: int) -> str | None:
        """The text of a line without its end; None for one with quotes, which may be only a part of a row."""
        end = self._line_starts[line] if line < len(self._line_starts) else len(self.source)
        text = self.source[self._line_starts[line - 1] : end]
        return None if '"' in text else text.rstrip("\r\n")

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in LINE_BREAK.finditer(self.source))]


class CellPlaces(Mapping[str, Place]):
    """``Table.places`` of a row, worked out when the first of them is asked for."""

    __slots__ = ("_found", "_row", "_table")

    def __init__(self, table: Table, row: Row) -> None:
        self._table = table
        self._row = row
        self._found: dict[str, Place] | None = None

    def __getitem__(self, column: str) -> Place:
        if self._found is None:
            self._found = self._table.places(self._row)
        return self._found[column]

    def __iter__(self) -> Iterator[str]:
        return iter(self._table.columns)

    def __len__(self) -> int:
        return len(self._table.columns)


def _plain_spans(text: str, line: int, separator: str) -> Iterator[tuple[int, int, int, int]]:
    """As ``Table.spans`` for a line without quotes, which most are."""
    column = 1
    for raw in text.split(separator):
        bare = raw.strip(" ")
        start = column + (len(raw) - len(raw.lstrip(" ")) if len(bare) != len(raw) else 0)
        yield line, start, line, start + len(bare)
        column += len(raw) + 1


_CELLS = {
    separator: re.compile(rf' *"(?:[^"]|"")*"[^{separator}\r\n]*|[^{separator}\r\n]*') for separator in (",", ";", "\t")
}


def cells_of(text: str, position: int, separator: str) -> Iterator[re.Match[str]]:
    pattern = _CELLS[separator]
    while (match := pattern.match(text, position)) is not None:
        yield match
        position = match.end()
        if text[position : position + 1] != separator:
            return
        position += 1


def cell_name(row: int, position: int) -> str:
    """Row (from 1) and column position (from 0) as spreadsheets name a cell: ``C7``."""
    return f"{_letters(position)}{row}"


@lru_cache(maxsize=512)
def _letters(position: int) -> str:
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
