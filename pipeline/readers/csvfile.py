"""Strict CSV, or a sheet of a workbook, as a table; every fault of quoting and separators has its place."""

from __future__ import annotations

import csv
import io
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.model.finding import Place
from pipeline.model.message import Message, say
from pipeline.readers import faults
from pipeline.readers.faults import Collector
from pipeline.readers.files import read_text, shown
from pipeline.readers.headers import HEADER_DEPTH, Header, find_header, header_key, known_headers, match_columns
from pipeline.readers.rows import MOST_FAULTS, many, regular_rows, sharing
from pipeline.readers.tables import LINE_BREAK, Row, Table, TableSpec, cells_of

_DIRECTIVE = re.compile(r"sep=(.)(?:\r\n|\n|\r)", re.IGNORECASE)
"""First line that Excel writes and reads to name the separator."""


csv.field_size_limit(2**31 - 1)  # an unclosed quote swallows the rest of the file: ours to report, not the module's


def read_table(path: Path, root: Path, spec: TableSpec, collector: Collector) -> Table | None:
    """The table in ``path``: a CSV, or sheet ``spec.sheet`` of an ``.xlsx``.

    Faults go to ``collector``; None when there is no table at all (no file, no header, unreadable). Rows with too
    many or too few filled cells are reported and left out; a table without a required column is still returned.
    """
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        from pipeline.readers.workbooks import read_sheet

        return read_sheet(path, root, spec, collector)
    text = read_text(path, root, collector)
    return None if text is None else parse_csv(text, shown(path, root), spec, collector)


def parse_csv(text: str, file: str, spec: TableSpec, collector: Collector) -> Table | None:
    """The table in the CSV ``text``; see ``read_table``."""
    skip = 1 if _DIRECTIVE.match(text) else 0
    separator = separator_of(text)
    if separator not in (",", ";"):
        _bad_separator(file, separator, collector)
        return None
    records = _records(text, file, separator, collector)
    for _ in range(skip):
        next(records, None)
    read = list(records)
    header = find_header(read, spec)
    if header is None:
        return None
    if len(header.cells) > MOST_COLUMNS:
        _too_wide(Place(file, header.line), len(header.cells), collector)
        return None
    rows = [row for row in read if row.number > header.number]
    if _header_in_one_cell(header, spec) or _rows_in_one_cell(header, rows, separator):
        _one_column(Place(file, header.line, 1), collector)
        return None
    columns = match_columns(header, spec, collector, Header(file, header, text, separator))
    table = Table(file, columns, (), header, None, separator, text, spec.sheet)
    return replace(table, rows=tuple(regular_rows(iter(rows), table, collector)))


MOST_COLUMNS = 300


def _too_wide(place: Place, count: int, collector: Collector) -> None:
    collector.add(
        faults.TOO_COMPLEX,
        place,
        say("tabel punya {n} kolom", n=count),
        say("Periksa tanda kutip dan pemisah baris judul."),
    )


def _header_in_one_cell(header: Row, spec: TableSpec) -> bool:
    """Does the only filled cell of the header hold several column names (a table saved from one column)?"""
    only = _only_cell(header)
    known = known_headers(spec)
    return only is not None and any(
        sum(header_key(part.strip(' "')) in known for part in only.split(separator)) >= 2 for separator in ",;"
    )


def _rows_in_one_cell(header: Row, rows: Sequence[Row], separator: str) -> bool:
    """Do most rows hold, in one cell, as many values as the header has columns? Excel does not quote the header."""
    wanted = len(header.cells)
    filled = [row for row in rows if any(row.cells)]
    packed = [row for row in filled if wanted > 2 and _packs(_only_cell(row), wanted, separator)]
    return len(packed) * 2 > len(filled)


def _packs(cell: str | None, count: int, separator: str) -> bool:
    if cell is None or separator not in cell:
        return False
    return len(next(csv.reader(io.StringIO(cell, newline=""), delimiter=separator), [])) == count


def _only_cell(row: Row) -> str | None:
    """The first cell when all others are empty."""
    return row.cells[0] if row.cells and row.cells[0] and not any(row.cells[1:]) else None


def _one_column(place: Place, collector: Collector) -> None:
    collector.add(
        faults.SEPARATOR,
        place,
        say("seluruh baris ada dalam satu sel, jadi kolomnya tidak terbaca"),
        say(
            "Buka berkas ini di Excel dengan Data > Dari Teks/CSV, pilih pemisahnya sampai tampak berkolom-kolom, "
            "lalu simpan sebagai CSV UTF-8."
        ),
    )


def separator_of(text: str) -> str:
    """What separates the cells of the CSV ``text``: what its first line names, or what its header uses most."""
    directive = _DIRECTIVE.match(text)
    return directive.group(1) if directive else _separator(text)


def _separator(text: str) -> str:
    """What separates the header's cells: counted outside quotes in its first line that is not blank, or
    further down where that one holds none."""
    lines = [part for part in LINE_BREAK.split(text[:65536]) if part.strip()][:HEADER_DEPTH]
    first = _commonest(lines[0]) if lines else (",", 0)
    if first[1]:
        return first[0]
    later = max((_commonest(line) for line in lines[1:]), key=lambda found: found[1], default=(",", 0))
    return later[0] if later[1] > 1 else ","  # a title stands above the header


def _commonest(line: str) -> tuple[str, int]:
    bare = re.sub(r'"(?:[^"]|"")*"', "", line)
    counts = {separator: bare.count(separator) for separator in (",", ";", "\t", "|")}
    best = max(counts, key=lambda separator: counts[separator])
    return best, counts[best]


def _bad_separator(file: str, separator: str, collector: Collector) -> None:
    name = {"\t": "tab", "|": "|"}.get(separator, separator)
    collector.add(
        faults.SEPARATOR,
        Place(file, 1, 1),
        say("kolom dipisah dengan {name}, bukan koma atau titik koma", name=name),
        say("Simpan ulang sebagai CSV (koma atau titik koma)."),
    )


def _records(text: str, file: str, separator: str, collector: Collector) -> Iterator[Row]:
    """Every record of ``text``, blank ones included; a record with broken quoting is reported and passed over."""
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=separator, strict=True, skipinitialspace=True)
    starts: list[int] = []
    share = sharing()
    number = faulty = skipped = 0
    while True:
        line = reader.line_num + skipped + 1
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            starts = starts or [0, *(match.end() for match in LINE_BREAK.finditer(text))]
            raw = list(cells_of(text, starts[line - 1], separator))
            if "unexpected end of data" not in str(error):
                # The module gives up inside the record: go on after its end.
                last = bisect_right(starts, raw[-1].end()) - 1
                while reader.line_num + skipped < last + 1 and next(lines, None) is not None:
                    skipped += 1
                if all(_tail(match) in (None, "") for match in raw):  # only blanks after the closing quote
                    yield Row(number, line, tuple(_unquoted(match.group()) for match in raw))
                    continue
            faulty += 1
            if faulty > MOST_FAULTS:
                many(file, line, faults.QUOTE, collector)
                return
            position, message, help = _broken_quote(raw, starts)
            at = bisect_right(starts, position) - 1
            place = Place(file, at + 1, position - starts[at] + 1, cell=f"A{number}")
            collector.add(faults.QUOTE, place, message, help)
            continue
        yield Row(number, line, tuple([share(cell.strip()) for cell in cells]))


_QUOTED = re.compile(r' *"(?:[^"]|"")*"')


def _tail(match: re.Match[str]) -> str | None:
    """What follows the closing quote of a cell; None for a cell without quotes or whose quote is never closed."""
    quoted = _QUOTED.match(match.group())
    return match.group()[quoted.end() :].strip() if quoted else None


def _unquoted(raw: str) -> str:
    raw = raw.strip()
    return raw[1:-1].replace('""', '"').strip() if raw.startswith('"') else raw


def _broken_quote(raw: Sequence[re.Match[str]], starts: Sequence[int]) -> tuple[int, Message, Message]:
    """Where quoting breaks in the cells ``raw`` of a record, what is wrong, and what to do."""
    double = say('Di dalam sel yang diapit kutip, tulis kutip sebagai `""`.')
    for match in raw:
        text = match.group()
        begin = match.start() + len(text) - len(text.lstrip(" "))
        quoted = _QUOTED.match(text)
        if quoted is None and text.lstrip(" ").startswith('"'):
            return (
                begin,
                say("tanda kutip dibuka di sini tetapi tidak ditutup"),
                say('Tambahkan `"` penutup; baris-baris sesudahnya ikut tidak terbaca.'),
            )
        if quoted is not None and _tail(match):
            end = match.start() + quoted.end()
            first, last = bisect_right(starts, begin), bisect_right(starts, end)
            if first == last:
                return end, say("ada teks sesudah tanda kutip penutup"), double
            return (
                begin,
                say("tanda kutip dibuka di sini dan baru bertemu kutip lain di baris {line}", line=last),
                say('Tambahkan `"` penutup di baris ini; di dalam sel yang diapit kutip, tulis kutip sebagai `""`.'),
            )
    return raw[0].start(), say("tanda kutip tidak beres"), double
