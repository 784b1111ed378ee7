"""What the XML of a sheet says beside its values: formulas without a result, hidden rows and columns, merged cells.

openpyxl tells none of it while it streams values. The XML is read in pieces: that of a large table fills 100 MB.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import IO

from pipeline.model.finding import Place, Severity
from pipeline.model.message import say
from pipeline.readers import faults
from pipeline.readers.faults import Collector
from pipeline.readers.tables import Row, Table, TableSpec, cell_name

_STALE = re.compile(rb'<c r="([A-Z]{1,3}\d{1,7})"[^>]*>\s*<f[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>')
_HIDDEN_ROW = re.compile(rb'<row\b[^>]*\bhidden="(?:1|true)"[^>]*>')
_HIDDEN_COLUMN = re.compile(rb'<col\b[^>]*\bhidden="(?:1|true)"[^>]*>')
_MERGE = re.compile(rb'<mergeCell\b[^>]*\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_PIECE = 4 * 1024 * 1024
_OVERLAP = 64 * 1024
"""More than a cell with the longest formula takes."""
_MOST = 100_000


@dataclass(frozen=True, slots=True)
class Merge:
    """Merged cells: columns from 0, rows as spreadsheets count, both ends included."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Marks:
    """``stale`` are cells with a formula but no result (written by a program, not by Excel)."""

    stale: frozenset[str] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merges: tuple[Merge, ...] = ()


def marks_of(stream: IO[bytes]) -> Marks:
    """The marks in the XML of a sheet."""
    stale: set[str] = set()
    rows: set[int] = set()
    columns: set[int] = set()
    merges: dict[Merge, None] = {}
    tail = b""
    while piece := stream.read(_PIECE):
        text = tail + piece
        if b"<f" in text:
            stale.update(cell.decode() for cell in _STALE.findall(text))
        if b"hidden=" in text:
            rows.update(_number(tag, b"r") for tag in _HIDDEN_ROW.findall(text))
            columns.update(column for tag in _HIDDEN_COLUMN.findall(text) for column in _columns(tag))
        if b"<mergeCell" in text and len(merges) < _MOST:
            found = (Merge(_at(a), int(b), _at(c), int(d)) for a, b, c, d in _MERGE.findall(text))
            merges |= dict.fromkeys(found)
        tail = text[-_OVERLAP:]
    return Marks(frozenset(stale), frozenset(rows - {0}), frozenset(columns), tuple(merges))


def _number(tag: bytes, name: bytes) -> int:
    found = re.search(rb"\b" + name + rb'="(\d{1,7})"', tag)
    return int(found[1]) if found else 0


def _columns(tag: bytes) -> range:
    first, last = _number(tag, b"min"), _number(tag, b"max")
    return range(max(first, 1) - 1, min(last, first + 100))


def _at(letters: bytes) -> int:
    position = 0
    for letter in letters:
        position = position * 26 + letter - 64
    return position - 1


def told_hidden(table: Table, marks: Marks, collector: Collector) -> None:
    """Say that hidden rows and columns were read too: a filter hides rows that are still data."""
    hidden = sum(1 for row in table.rows if row.number in marks.hidden_rows)
    if hidden:
        collector.add(
            faults.INFERRED,
            table.place(table.header),
            say("{n} baris tersembunyi di lembar ini ikut dibaca", n=hidden),
            say("Bila baris itu bukan data, hapus dari lembar; menyembunyikan saja tidak cukup."),
        )
    names = [name for name, position in table.columns.items() if position in marks.hidden_columns]
    if names:
        collector.add(
            faults.INFERRED,
            table.place(table.header, names[0]),
            say("kolom tersembunyi ikut dibaca: {names}", names=", ".join(f"`{name}`" for name in names)),
            say("Bila isinya bukan data reses, hapus kolomnya."),
        )


def unmerged(table: Table, spec: TableSpec, marks: Marks, collector: Collector) -> Table:
    """``table`` with the value of merged cells in each of their rows, in the columns where it holds for all of them.

    In others (an amount, a text) it counts once, in its first row, and that is told.
    """
    names = {position: name for name, position in table.columns.items()}
    merges = [merge for merge in marks.merges if merge.bottom > merge.top and merge.top > table.header.number]
    rows = {row.number: index for index, row in enumerate(table.rows)} if merges else {}
    changed: list[Row] = list(table.rows)
    filled: dict[str, int] = {}
    for merge in merges:
        name = names.get(merge.left)
        first = rows.get(merge.top)
        if name is None or first is None or not table.rows[first].cells[merge.left]:
            continue
        below = [rows[number] for number in range(merge.top + 1, merge.bottom + 1) if number in rows]
        if name not in spec.shared:
            _told_merge(table, merge, name, collector)
        elif below:
            filled[name] = filled.get(name, 0) + 1
            _fill(changed, below, merge.left, table.rows[first].cells[merge.left])
    for name, count in filled.items():
        collector.add(
            faults.INFERRED,
            table.place(table.header, name),
            say("{n} sel gabungan di kolom `{name}` berlaku untuk semua barisnya", n=count, name=name),
            say("Bila bukan itu maksudnya, pisahkan selnya di Excel (Unmerge Cells) dan isi tiap baris."),
        )
    return replace(table, rows=tuple(changed)) if filled else table


def _fill(rows: list[Row], below: Sequence[int], position: int, value: str) -> None:
    for index in below:
        cells = rows[index].cells
        if not cells[position]:
            rows[index] = replace(rows[index], cells=(*cells[:position], value, *cells[position + 1 :]))


def _told_merge(table: Table, merge: Merge, name: str, collector: Collector) -> None:
    area = f"{cell_name(merge.top, merge.left)}:{cell_name(merge.bottom, merge.right)}"
    collector.add(
        faults.INFERRED,
        Place(table.file, sheet=table.sheet, cell=cell_name(merge.top, merge.left)),
        say("sel gabungan {area} di kolom `{name}` hanya berlaku untuk baris pertamanya", area=area, name=name),
        say("Pisahkan selnya di Excel (Unmerge Cells) dan isi tiap baris."),
        severity=Severity.WARNING,
    )
