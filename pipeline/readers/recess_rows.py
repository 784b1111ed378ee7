"""Rows of a sheet that are no data: numbers under the header, a header repeated on each page, sums, notes at the end.

Offices print these tables, and what is printed around the data is saved with them. Nothing of it may be counted, and
nothing that could be data may be left out: every row that is left out is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pipeline.model.finding import Severity
from pipeline.model.message import say
from pipeline.model.money import parse_rupiah, rupiah
from pipeline.readers import faults
from pipeline.readers.faults import Collector
from pipeline.readers.headers import header_key, known_headers
from pipeline.readers.tables import Row, Table, TableSpec

_SUM = re.compile(
    r"(?:sub\s*-?\s*|grand\s*)?(?:jumlah|total|jml)(?:\s+(?:total|keseluruhan|seluruhnya|semua|akhir|besar|anggaran|usulan"
    r"|aspirasi|peserta|pertemuan|anggota|biaya|halaman(?:\s+ini)?|(?:dapil|kecamatan|fraksi|bidang|desa)\b.*))*\s*[:=]?",
    re.IGNORECASE,
)
_SUM_LETTERS = frozenset("jtsgJTSG")
_LONGEST_SUM = 60
_FIGURES = re.compile(
    r"[\s\d.,:;%=()/–—-]*(?:rp\.?)?[\s\d.,:;%=()–—-]*(?:orang|usulan|unit|aspirasi|buah)?", re.IGNORECASE
)
_ORDINAL = re.compile(r"\(?(\d{1,2})\)?\.?")
_FORMULA = re.compile(r"=[A-Za-z(+\-\d$]|@[A-Za-z.]+\(")
_MOST_FOOTNOTE = 2
"""A note or a signature under a table fills no more cells of a row."""
_MOST_TOLD = 20
"""Cells like formulas are told one by one up to this number."""


def data_rows(table: Table, spec: TableSpec, main: str, collector: Collector) -> Table:
    """``table`` with only the rows that are data; ``main`` is the column that such a row of it always fills."""
    rows = list(_without_headings(table, spec, collector))
    end = len(rows)
    while end and _is_note(rows[end - 1], table, main):
        end -= 1
    for row in rows[end:]:
        _told_note(row, table, collector)
    _formulas(rows[:end], table, collector)
    return replace(table, rows=tuple(rows[:end]))


def _without_headings(table: Table, spec: TableSpec, collector: Collector) -> Iterator[Row]:
    known = known_headers(spec)
    sums = _Sums()
    title = [known.get(header_key(cell)) for cell in table.header.cells]
    for number, row in enumerate(table.rows):
        if number == 0 and _is_numbered(row):
            continue
        first = next((cell for cell in row.cells if cell), "")
        if header_key(first) in known and _repeats(row, title, known):
            collector.add(
                faults.NOT_DATA,
                table.place(row),
                say("judul kolom terulang di baris ini"),
                say("Baris ini dilewati. Hapus dari tabel bila Anda menyimpannya lagi."),
                severity=Severity.INFO,
            )
        elif _is_sum(row):
            _told_sum(row, table, sums, collector)
        else:
            sums.add(table.text(row, "anggaran"))
            yield row


@dataclass(slots=True)
class _Sums:
    """Rupiah of the rows so far: of all, and since the last row of sums."""

    whole: int = 0
    part: int = 0

    def add(self, text: str) -> None:
        amount = parse_rupiah(text).amount or 0 if text else 0
        self.whole += amount
        self.part += amount


def _told_sum(row: Row, table: Table, sums: _Sums, collector: Collector) -> None:
    """Tell a row of sums; where it states another amount than its rows have, that too: one of them is wrong."""
    stated = parse_rupiah(table.text(row, "anggaran")).amount
    if stated is None or stated in (sums.part, sums.whole):
        message = say("baris `{t}` adalah penjumlahan, bukan data", t=_words(row))
        help = say("Baris ini tidak dihitung; jumlahnya dihitung sendiri. Hapus dari tabel bila tidak diperlukan.")
    else:
        rows = sums.whole if abs(stated - sums.whole) < abs(stated - sums.part) else sums.part
        message = say(
            "baris `{t}` menyebut {a}, sedangkan baris di atasnya berjumlah {b}",
            t=_words(row),
            a=rupiah(stated),
            b=rupiah(rows),
        )
        help = say("Cari anggaran yang salah ketik atau baris yang hilang. Yang dipakai adalah jumlah baris-barisnya.")
    collector.add(faults.NOT_DATA, table.place(row, "anggaran" if stated is not None else None), message, help)
    sums.part = 0


def _is_numbered(row: Row) -> bool:
    """Does the row under the header only number the columns: 1 2 3 4, or (1) (2) (3)?"""
    found = [_ORDINAL.fullmatch(cell) for cell in row.cells if cell]
    numbers = [int(match[1]) for match in found if match]
    return len(numbers) > 3 and len(numbers) == len(found) and numbers == list(range(1, len(numbers) + 1))


def _repeats(row: Row, title: list[str | None], known: Mapping[str, str]) -> bool:
    names = [known.get(header_key(cell)) for cell in row.cells]
    same = sum(name is not None and name == wanted for name, wanted in zip(names, title, strict=False))
    return same >= 3 and same * 2 > sum(1 for cell in row.cells if cell)


def _is_sum(row: Row) -> bool:
    sums = [cell for cell in row.cells if _says_sum(cell)]
    return bool(sums) and all(cell in sums or _is_figure(cell) for cell in row.cells)


def _is_figure(cell: str) -> bool:
    return _FIGURES.fullmatch(cell) is not None or parse_rupiah(cell).amount is not None


def _says_sum(cell: str) -> bool:
    return cell[:1] in _SUM_LETTERS and len(cell) <= _LONGEST_SUM and _SUM.fullmatch(cell) is not None


def _words(row: Row) -> str:
    return next(cell for cell in row.cells if _says_sum(cell))


def _is_note(row: Row, table: Table, main: str) -> bool:
    """Is the row, one of the last, a note or a signature? It has no id and nothing in the main column."""
    filled = sum(1 for cell in row.cells if cell)
    return filled <= _MOST_FOOTNOTE and table.has(main) and not (table.text(row, main) or table.text(row, "id"))


def _told_note(row: Row, table: Table, collector: Collector) -> None:
    collector.add(
        faults.NOT_DATA,
        table.place(row),
        say("baris di bawah tabel hanya berisi `{t}`", t=next(cell for cell in row.cells if cell)[:60]),
        say("Baris ini tidak dihitung sebagai data. Bila ini data, lengkapi isinya."),
    )


def _formulas(rows: list[Row], table: Table, collector: Collector) -> None:
    """Tell cells that a spreadsheet would take for a formula: they are read as the text they are."""
    told = 0
    for row in rows:
        for position, cell in enumerate(row.cells):
            if cell[:1] in ("=", "@") and _FORMULA.match(cell) and told < _MOST_TOLD:
                told += 1
                name = next((name for name, at in table.columns.items() if at == position), None)
                collector.add(
                    faults.CELL_ERROR,
                    table.place(row, name),
                    say("sel `{t}` tampak seperti rumus", t=cell[:40]),
                    say("Sel ini dibaca sebagai teks biasa. Ketik isinya, bukan rumusnya."),
                    severity=Severity.WARNING,
                )
