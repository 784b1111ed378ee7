"""The header of a table: its cells matched to the columns that are known, in any spelling the form uses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

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
    collector.add(
        faults.COLUMN_UNKNOWN,
        place,
        say("kolom `{title}` tidak dikenal", title=title),
        did_you_mean(title, [column.name for column in spec.columns]),
    )


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
