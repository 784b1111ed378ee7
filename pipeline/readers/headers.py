"""The header of a table: its cells matched to the columns that are known, in any spelling the form uses."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from pipeline.model.finding import Place
from pipeline.model.message import NOTHING, say
from pipeline.readers import faults
from pipeline.readers.faults import Collector
from pipeline.readers.nearest import did_you_mean
from pipeline.readers.tables import Column, Row, Table, TableSpec

_NOT_LETTERS = re.compile(r"[\W_]+")


class Header:
    """Places of the header's cells, for the findings about columns."""

    def __init__(self, file: str, row: Row, text: str = "", separator: str = ",", sheet: str | None = None) -> None:
        self.row = row
        names = {str(position): position for position in range(len(row.cells))}
        self.table = Table(file, names, (), row, sheet, separator, text)

    def place(self, position: int) -> Place:
        return self.table.place(self.row, str(position))

    def whole(self) -> Place:
        return self.table.place(self.row)


@lru_cache(maxsize=1024)
def header_key(text: str) -> str:
    """``text`` without what people vary in headers: case, blanks, dots, underscores, ``*``, ``:``, brackets."""
    return _NOT_LETTERS.sub("", text.casefold())


@lru_cache
def known_headers(spec: TableSpec) -> Mapping[str, str]:
    """Header key -> canonical column name, for every name and synonym of ``spec``."""
    return {header_key(name): column.name for column in spec.columns for name in (column.name, *column.synonyms)}


def find_header(rows: Sequence[Row], spec: TableSpec) -> Row | None:
    """The header of a table: the first row with all required columns among the first ones, or two rows that have them
    together (group headings above the names); else the row that has most of them. None when all rows are blank.

    Printed forms have titles above the header.
    """
    top = [row for row in rows[:HEADER_DEPTH] if any(row.cells)]
    if not top or not spec.lacking(()):
        return next((row for row in rows if any(row.cells)), None)
    known = known_headers(spec)
    pairs = [_joined(upper, lower, known) for upper, lower in pairwise(top)]
    for row in (*top, *pairs):
        if not spec.lacking({known.get(header_key(cell)) for cell in row.cells}):
            return row
    counts = [len({known.get(header_key(cell)) for cell in row.cells} - {None}) for row in top]
    return top[counts.index(max(counts))] if max(counts) >= _ENOUGH else top[0]


HEADER_DEPTH = 20
"""Rows from the top among which the header is looked for."""
_ENOUGH = 3
"""A row with so many known names is a header, not a title."""


def _joined(upper: Row, lower: Row, known: Mapping[str, str]) -> Row:
    """Two rows as one header, on the place of the lower one."""
    width = max(len(upper.cells), len(lower.cells))
    above, below = (tuple(row.cells) + ("",) * (width - len(row.cells)) for row in (upper, lower))
    return Row(lower.number, lower.line, tuple(_title(a, b, known) for a, b in zip(above, below, strict=True)))


def _title(above: str, below: str, known: Mapping[str, str]) -> str:
    if not (above and below):
        return above or below
    both = f"{above} {below}"
    return both if header_key(both) in known and header_key(below) not in known else below


def match_columns(header: Row, spec: TableSpec, collector: Collector, places: Header) -> dict[str, int]:
    """Canonical column name -> position; unknown, repeated and missing columns are reported."""
    known = known_headers(spec)
    columns: dict[str, int] = {}
    for position, title in enumerate(header.cells):
        name = known.get(header_key(title))
        if name is None:
            if title:
                _unknown_column(title, spec, places.place(position), collector)
        elif name in columns:
            _column_twice(title, name, header.cells[columns[name]], places.place(position), collector)
        else:
            columns[name] = position
    for column in spec.lacking(columns):
        _column_missing(column, places.whole(), collector)
    return columns


def _unknown_column(title: str, spec: TableSpec, place: Place, collector: Collector) -> None:
    names = [column.name for column in spec.columns]
    collector.add(
        faults.COLUMN_UNKNOWN,
        place,
        say("kolom `{title}` tidak dikenal", title=title),
        say("Angka dalam ribuan atau jutaan tidak dibaca. Ubah isinya menjadi rupiah penuh di kolom `anggaran`.")
        if "anggaran" in names and _SCALED.search(title)
        else did_you_mean(title, names),
    )


_SCALED = re.compile(r"\b(?:juta|jutaan|jt|ribu|ribuan|rb|miliar|miliaran|milyar)\b|\bx?\s*[.(]?000\b", re.IGNORECASE)
"""A header that says in what its amounts are counted: to rename such a column would make them wrong."""


def _column_twice(title: str, name: str, first: str, place: Place, collector: Collector) -> None:
    collector.add(
        faults.COLUMN_TWICE,
        place,
        say("kolom `{title}` sama dengan kolom `{first}` (`{name}`)", title=title, first=first, name=name),
        say("Hapus atau ganti nama salah satunya; yang dipakai adalah yang pertama."),
    )


def _column_missing(column: Column, place: Place, collector: Collector) -> None:
    others = ", ".join(f"`{name}`" for name in column.synonyms[:4])
    collector.add(
        faults.COLUMN_MISSING,
        place,
        say("kolom wajib `{name}` tidak ada", name=column.name),
        say(
            "Tambahkan kolom `{name}` ({about}).{others}",
            name=column.name,
            about=column.about,
            others=say(" Judul lain yang diterima: {names}.", names=others) if others else NOTHING,
        ),
    )


def header_of(row: Row, file: str, sheet: str) -> Header:
    """Places of the header of a sheet."""
    return Header(file, row, sheet=sheet)
