"""docxtpl's repair of tables whose columns a loop makes: as many columns in the grid as the widest row has cells.

What rows a table will have can mostly be told from its tags. Then the grid is repaired in the source, once; for the
others the source says where the grid shall stand, and the cells of the finished text are counted, without a tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

_TABLE, _CELL, _ROW, _NESTING = "\x08\x0b\x0c\x0e"
"""Signs that no value can hold: around the number of a grid and behind its table; in each cell of it; behind each row;
around the number of the grid of a table with others within, whose cells are told from theirs by their tags."""
_TOKEN: Final = re.compile(
    r"<(?P<end>/)?w:(?P<name>tbl|tr|tc)(?: [^>]*)?>|<w:gridSpan w:val=\"(?P<span>[^\"]*)\"/>"
    r"|(?P<grid><w:tblGrid>.*?</w:tblGrid>)|{%[-+]?\s*(?P<tag>for|if|endfor|endif)\b",
    re.DOTALL,
)
_COLUMN: Final = re.compile(r'<w:gridCol(?: w:w="(?P<width>\d+)")?/>')
_SPAN: Final = re.compile(rb'<w:gridSpan w:val="(\d+)"/>')


@dataclass(slots=True)
class _Row:
    depth: int  # of the tags around it
    cells: int = 0
    columns: int = 0  # cells, counted with what they span
    certain: bool = True  # as many whatever the values are
    spanned: bool = False


@dataclass(slots=True)
class _Table:
    depth: int
    grid: tuple[int, int] | None = None
    rows: list[_Row] = field(default_factory=list)
    open_rows: list[_Row] = field(default_factory=list)
    nested: bool = False
    signs: list[tuple[int, str]] = field(default_factory=list)  # where they would stand


@dataclass(frozen=True, slots=True)
class Grid:
    """A grid that is known only with the rows: what stands in the template, and its columns' widths."""

    text: str
    widths: tuple[int, ...]
    spanned: bool  # whether a cell of the table spans columns

    def for_rows(self, rows: Iterator[tuple[int, int]]) -> bytes:
        """The grid of a table with rows of so many cells and columns."""
        cells = columns = 0
        for row in rows:
            cells, columns = max(cells, row[0]), max(columns, row[1])
        return _repaired(self.text, self.widths, cells, columns).encode()


def with_certain_columns(source: str) -> tuple[str, tuple[Grid, ...]]:
    """``source`` (a Jinja source of a document's body) with the grids repaired, and those that only its rows decide:
    in their tables stand signs that ``with_columns`` knows."""
    edits: list[tuple[int, int, str]] = []
    open_grids: list[Grid] = []
    for table in _tables(source):
        begin, end = table.grid or (0, 0)
        widths = _widths(source[begin:end])
        if widths is None:
            continue
        settled = _settled(table, source[begin:end], widths)
        if settled is None:
            sign = _NESTING if table.nested else _TABLE
            settled = f"{sign}{len(open_grids)}{sign}"
            edits += ((at, at, sign) for at, sign in table.signs if not table.nested)
            open_grids.append(Grid(source[begin:end], widths, any(row.spanned for row in table.rows)))
        edits.append((begin, end, settled))
    return _edited(source, sorted(edits, key=lambda edit: edit[:2])), tuple(open_grids)


def _edited(source: str, edits: Sequence[tuple[int, int, str]]) -> str:
    done: list[str] = []
    at = 0
    for begin, end, text in edits:
        done += (source[at:begin], text)
        at = end
    return "".join((*done, source[at:]))


def with_columns(data: bytes, grids: Sequence[Grid]) -> bytes:
    """``data`` of a filled body with its open grids put in."""
    if not grids:
        return data
    pieces = data.split(_TABLE.encode())
    for place in range(1, len(pieces), 3):
        grid, rows = grids[int(pieces[place])], pieces[place + 1].split(_ROW.encode())
        pieces[place] = grid.for_rows(_counted(rows, spanned=grid.spanned))
        pieces[place + 1] = b"".join(rows).replace(_CELL.encode(), b"")
    pieces = b"".join(pieces).split(_NESTING.encode())
    for place in range(1, len(pieces), 2):
        grid = grids[int(pieces[place])]
        pieces[place] = grid.for_rows(_told_apart(b"".join(pieces[place + 1 :: 2]).decode()))
    return b"".join(pieces)


def _tables(source: str) -> Iterator[_Table]:
    """The tables of a source, with the rows that they and those within them have."""
    depth = 0
    open_tables: list[_Table] = []
    for token in _TOKEN.finditer(source):
        if token["tag"]:
            depth += -1 if token["tag"].startswith("end") else 1
        elif token["name"] == "tbl":
            if token["end"]:
                if open_tables:
                    open_tables[-1].signs.append((token.start(), _TABLE))
                    yield open_tables.pop()
            else:
                for table in open_tables:
                    table.nested = True
                open_tables.append(_Table(depth))
        elif open_tables:
            _take(open_tables, token, depth)


def _take(tables: list[_Table], token: re.Match[str], depth: int) -> None:
    table = tables[-1]
    row = table.open_rows[-1] if table.open_rows else None
    if token["grid"]:
        table.grid = table.grid or token.span("grid")
    elif token["name"] == "tr" and token["end"]:
        if table.open_rows:
            closed = table.open_rows.pop()
            table.signs.append((token.end(), _ROW))
            for each in tables:
                each.rows.append(closed)
    elif token["name"] == "tr":
        table.open_rows.append(_Row(depth))
    elif row is not None and token["name"] == "tc" and not token["end"]:
        table.signs.append((token.end(), _CELL))
        row.cells += 1
        row.columns += 1
        row.certain = row.certain and depth == row.depth
    elif row is not None and token["span"]:
        row.spanned = True
        row.certain = row.certain and token["span"].isdecimal()
        row.columns += int(token["span"]) - 1 if token["span"].isdecimal() else 0


def _settled(table: _Table, text: str, widths: tuple[int, ...]) -> str | None:
    """The grid, if it is the same whatever the values are: with the rows that always come alone, and with all."""
    always = [row for row in table.rows if row.depth == table.depth]
    if not all(row.certain for row in table.rows):
        return None
    least, most = (
        _repaired(text, widths, max((r.cells for r in rows), default=0), max((r.columns for r in rows), default=0))
        for rows in (always, table.rows)
    )
    return least if least == most else None


def _widths(grid: str) -> tuple[int, ...] | None:
    """The widths of the columns of a grid; None for one that is not as Word writes it."""
    found = list(_COLUMN.finditer(grid))
    if not found or "".join(each[0] for each in found) != grid[len("<w:tblGrid>") : -len("</w:tblGrid>")]:
        return None
    return tuple(int(each["width"]) for each in found) if all(each["width"] for each in found) else None


def _repaired(text: str, widths: tuple[int, ...], cells: int, columns: int) -> str:
    """The grid for rows of so many cells and columns at most, by the arithmetic of docxtpl's ``fix_tables``."""
    more = cells - len(widths)
    new = list(widths)
    total = sum(widths)
    if more > 0 and total:
        old_average, average = total / len(widths), total / cells
        new = [int(width * average / old_average) for width in widths] + [int(average)] * more
    less = len(new) - columns
    if less > 0:
        kept, lost = new[:-less], new[-less:]
        share = int(sum(lost) / len(kept)) if kept else 0
        new = [width + share for width in kept]
    if new == list(widths):
        return text
    columns_now = "".join(f'<w:gridCol w:w="{width}"/>' for width in new)
    return f"<w:tblGrid>{columns_now}</w:tblGrid>"


def _counted(rows: Sequence[bytes], *, spanned: bool) -> Iterator[tuple[int, int]]:
    """Of each row its cells, and the columns that they span."""
    sign = _CELL.encode()
    for row in rows:
        cells = row.count(sign)
        yield cells, cells + sum(int(span) - 1 for span in _SPAN.findall(row)) if spanned else cells


def _told_apart(text: str) -> Iterator[tuple[int, int]]:
    """The same of a table with others within, and of those; ``text`` begins in it."""
    open_rows: list[list[int]] = []
    depth = 1
    for token in _TOKEN.finditer(text):
        if token["name"] == "tbl":
            depth += -1 if token["end"] else 1
            if not depth:
                return
        elif token["name"] == "tr" and token["end"]:
            if open_rows:
                cells, columns = open_rows.pop()
                yield cells, columns
        elif token["name"] == "tr":
            open_rows.append([0, 0])
        elif open_rows and token["name"] == "tc" and not token["end"]:
            open_rows[-1][0] += 1
            open_rows[-1][1] += 1
        elif open_rows and (token["span"] or "").isdecimal():
            open_rows[-1][1] += int(token["span"]) - 1
