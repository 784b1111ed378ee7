"""The rows of a table that fit its header; the others are reported, up to a limit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from pipeline.model.finding import Place
from pipeline.model.message import say
from pipeline.readers import faults
from pipeline.readers.faults import Collector, Fault
from pipeline.readers.files import MAX_TEXT, too_long
from pipeline.readers.tables import Row, Table, cell_name

MOST_FAULTS = 100
"""Findings of one kind in one table: after so many the table was saved wrongly, and more help nobody."""


def many(file: str, line: int, fault: Fault, collector: Collector) -> None:
    """Say that the rest of a table is not read: it holds more faults of this kind than MOST_FAULTS."""
    collector.add(
        fault,
        Place(file, line),
        say("lebih dari {n} baris bermasalah serupa; selebihnya tidak dibaca", n=MOST_FAULTS),
        say("Tabel ini tampaknya salah disimpan; simpan ulang dari Excel sebagai CSV UTF-8."),
        blocks=True,
    )


def regular_rows(records: Iterable[Row], table: Table, collector: Collector) -> Iterator[Row]:
    """The rows that fit the header, with as many cells as it has; the others are reported. Blank rows are skipped.

    Cells that are missing at the right count as empty (reported in a CSV, where a separator may be missing; a sheet
    stores no empty cells); surplus cells that are empty do not matter. Surplus text of a sheet stands beside its row,
    which is kept; in a CSV it means that cells have moved, so the row is left out and holds the document.
    """
    width = len(table.header.cells)
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
            _ragged(row, width, table, collector)
            if count > width and table.sheet is None:
                continue
        if max(map(len, row.cells), default=0) > MAX_TEXT:
            _too_long(row, table, collector)
            continue
        yield row if count == width else Row(row.number, row.line, (*row.cells[:width], *[""] * (width - count)))


def sharing() -> Callable[[str], str]:
    """Gives for a cell the equal one that came before: short values recur (districts, fields of work), and one string
    each keeps large tables small."""
    share = dict[str, str]().setdefault
    return lambda cell: share(cell, cell) if len(cell) < _SHARED else cell


_SHARED = 40


def _too_long(row: Row, table: Table, collector: Collector) -> None:
    position = next(at for at, cell in enumerate(row.cells) if len(cell) > MAX_TEXT)
    place = table.place(row)
    collector.add(
        faults.TOO_COMPLEX,
        replace(place, cell=cell_name(row.number, position)) if table.sheet is not None else place,
        too_long(len(row.cells[position])),
        say("Persingkat isinya. Bila sel itu menelan baris-baris sesudahnya, tutup tanda kutipnya."),
        blocks=True,
    )


def _ragged(row: Row, width: int, table: Table, collector: Collector) -> None:
    if len(row.cells) < width:
        _short(row, width, table, collector)
        return
    surplus = [position for position in range(width, len(row.cells)) if row.cells[position]]
    texts = ", ".join(f"`{row.cells[position]}`" for position in surplus[:3]) + (", ..." if len(surplus) > 3 else "")
    if table.sheet is not None:
        cell = cell_name(row.number, surplus[0])
        place = replace(table.place(row), cell=cell)
        message = say("sel {cell} tidak berjudul kolom: {texts}", cell=cell, texts=texts)  # fmt: skip
        help = say("Isi itu tidak dibaca. Beri judul kolomnya, pindahkan ke kolom yang benar, atau hapus.")
    else:
        place = table.place(row)
        message = say(
            "baris ini punya {count} kolom, judul tabel {width}; yang berlebih: {texts}",
            count=len(row.cells),
            width=width,
            texts=texts,
        )
        help = say(
            "Tidak pasti isi mana milik kolom mana. Bila ada `{s}` di dalam teks sel, apit sel itu dengan "
            'tanda kutip "...".',
            s=table.separator,
        )
    collector.add(faults.RAGGED, place, message, help, blocks=table.sheet is None)


def _short(row: Row, width: int, table: Table, collector: Collector) -> None:
    collector.add(
        faults.RAGGED,
        table.place(row),
        say("baris ini punya {count} kolom, judul tabel {width}", count=len(row.cells), width=width),
        say("Sel di ujung kanan dianggap kosong; lengkapi `{s}` yang kurang.", s=table.separator),
    )
