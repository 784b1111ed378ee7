"""The rows of a table that fit its header; the others are reported, up to a limit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.model.finding import Place
from pipeline.model.message import say
from pipeline.readers import faults
from pipeline.readers.faults import Collector, Fault
from pipeline.readers.tables import Row, Table

MOST_FAULTS = 100
"""Findings of one kind in one table: after so many the table was saved wrongly, and more help nobody."""


def many(file: str, line: int, fault: Fault, collector: Collector) -> None:
    """Say that the rest of a table is not read: it holds more faults of this kind than MOST_FAULTS."""
    collector.add(
        fault,
        Place(file, line),
        say(
            id="lebih dari {n} baris bermasalah serupa; selebihnya tidak dibaca",
            en="more than {n} rows with the same fault; the rest was not read",
            n=MOST_FAULTS,
        ),
        say(
            id="Tabel ini tampaknya salah disimpan; simpan ulang dari Excel sebagai CSV UTF-8.",
            en="The table seems to have been saved wrongly; save it again from Excel as CSV UTF-8.",
        ),
        blocks=True,
    )


def regular_rows(records: Iterable[Row], table: Table, collector: Collector) -> Iterator[Row]:
    """The rows that fit the header, with as many cells as it has; the others are reported. Blank rows are skipped.

    Cells that are missing at the right count as empty (reported in a CSV, where a separator may be missing; a sheet
    stores no empty cells); surplus cells that are empty do not matter; surplus text leaves the row out.
    """
    width = len(table.header.cells)
    share = dict[str, str]().setdefault
    faulty = 0
    for row in records:
        if not any(row.cells):
            continue
        count = len(row.cells)
        if count != width and (any(row.cells[width:]) or (count < width and table.sheet is None)):
            faulty += 1
            if faulty > MOST_FAULTS:
                many(table.file, row.line, faults.RAGGED, collector)
                return
            _ragged(row, count, width, table, collector)
            if count > width:
                continue
        # Short values recur (districts, fields of work): one string each keeps large tables small.
        cells = [share(cell, cell) if len(cell) < _SHARED else cell for cell in row.cells[:width]]
        yield Row(row.number, row.line, (*cells, *[""] * (width - count)))


_SHARED = 40


def _ragged(row: Row, count: int, width: int, table: Table, collector: Collector) -> None:
    place = table.place(row)
    if count > width:
        help = say(
            id='Baris ini dilewati. Bila ada `{s}` di dalam teks sel, apit sel itu dengan tanda kutip "...".',
            en='The row is left out. If a cell\'s text holds `{s}`, put that cell in quotation marks "...".',
            s=table.separator,
        )
    else:
        help = say(
            id="Sel di ujung kanan dianggap kosong; lengkapi `{s}` yang kurang.",
            en="The cells at the right are taken as empty; add the missing `{s}`.",
            s=table.separator,
        )
    collector.add(
        faults.RAGGED,
        place,
        say(
            id="baris ini punya {count} kolom, judul tabel {width}",
            en="the row has {count} columns, the header {width}",
            count=count,
            width=width,
        ),
        help,
    )
