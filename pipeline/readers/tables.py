"""Tables of an office: strict CSV, or a sheet of a workbook, with the place of every cell.

A cell's text is what the file says without outer blanks; nothing is converted. Places are computed when asked for,
so a table of 100,000 rows costs little more than its text.
"""

from __future__ import annotations

import csv
import io
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path

from pipeline.model.finding import Place
from pipeline.model.message import Message, say
from pipeline.readers import faults
from pipeline.readers.faults import Collector, Fault
from pipeline.readers.files import read_text, shown
from pipeline.readers.nearest import did_you_mean

_LINE = re.compile(r"\r\n|\n|\r")
_DIRECTIVE = re.compile(r"sep=(.)(?:\r\n|\n|\r)", re.IGNORECASE)
"""First line that Excel writes and reads to name the separator."""

csv.field_size_limit(2**31 - 1)  # an unclosed quote swallows the rest of the file: ours to report, not the module's


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a table may have: its name in the files, other headers people use for it, and what it means."""

    name: str
    about: Message
    required: bool = False
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableSpec:
    """What a table must look like; ``sheet`` is the name of its sheet in a workbook."""

    sheet: str
    columns: tuple[Column, ...]


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
        line, line_start = row.line, position
        spans = []
        for match in _cells(self.source, position, self.separator):
            raw = match.group()
            begin = match.start() + len(raw) - len(raw.lstrip(" "))
            end = begin + len(raw.strip(" "))
            first_line, first_column = line, begin - line_start + 1
            if '"' in raw:  # only a quoted cell can hold line breaks
                for newline in _LINE.finditer(self.source, begin, end):
                    line, line_start = line + 1, newline.end()
            spans.append((first_line, first_column, line, end - line_start + 1))
        return spans

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE.finditer(self.source))]


_CELLS = {
    separator: re.compile(rf' *"(?:[^"]|"")*"[^{separator}\r\n]*|[^{separator}\r\n]*') for separator in (",", ";", "\t")
}


def _cells(text: str, position: int, separator: str) -> Iterator[re.Match[str]]:
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
    skip = 0
    directive = _DIRECTIVE.match(text)
    if directive:
        skip = 1
        separator = directive.group(1)
    else:
        separator = _separator(text)
    if separator not in (",", ";"):
        _bad_separator(file, separator, collector)
        return None
    records = _records(text, file, separator, collector)
    for _ in range(skip):
        next(records, None)
    header = next((row for row in records if any(row.cells)), None)
    if header is None:
        return None
    if len(header.cells) > MOST_COLUMNS:
        _too_wide(Place(file, header.line), len(header.cells), collector)
        return None
    columns = match_columns(header, spec, collector, Header(file, header, text, separator))
    table = Table(file, columns, (), header, None, separator, text, spec.sheet)
    return replace(table, rows=tuple(regular_rows(records, table, collector)))


MOST_COLUMNS = 300


def _too_wide(place: Place, count: int, collector: Collector) -> None:
    collector.add(
        faults.TOO_COMPLEX,
        place,
        say(id="tabel punya {n} kolom", en="the table has {n} columns", n=count),
        say(id="Periksa tanda kutip dan pemisah baris judul.", en="Check quotes and separators of the header."),
    )


def _separator(text: str) -> str:
    """What separates the header's cells: counted outside quotes in its first line that is not blank."""
    line = next((part for part in _LINE.split(text[:65536]) if part.strip()), "")
    bare = re.sub(r'"(?:[^"]|"")*"', "", line)
    counts = {separator: bare.count(separator) for separator in (",", ";", "\t", "|")}
    best = max(counts, key=lambda separator: counts[separator])
    return best if counts[best] else ","


def _bad_separator(file: str, separator: str, collector: Collector) -> None:
    name = {"\t": "tab", "|": "|"}.get(separator, separator)
    collector.add(
        faults.SEPARATOR,
        Place(file, 1, 1),
        say(
            id="kolom dipisah dengan {name}, bukan koma atau titik koma",
            en="columns are separated by {name}, not by commas or semicolons",
            name=name,
        ),
        say(
            id="Simpan ulang sebagai CSV (koma atau titik koma).",
            en="Save the table again as CSV (commas or semicolons).",
        ),
    )


def _records(text: str, file: str, separator: str, collector: Collector) -> Iterator[Row]:
    """Every record of ``text``, blank ones included; a record with broken quoting is reported and passed over."""
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=separator, strict=True, skipinitialspace=True)
    starts: list[int] = []
    number = faulty = skipped = 0
    while True:
        line = reader.line_num + skipped + 1
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            starts = starts or [0, *(match.end() for match in _LINE.finditer(text))]
            raw = list(_cells(text, starts[line - 1], separator))
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
                _many(file, line, faults.QUOTE, collector)
                return
            position, message, help = _broken_quote(raw, starts)
            at = bisect_right(starts, position) - 1
            place = Place(file, at + 1, position - starts[at] + 1, cell=f"A{number}")
            collector.add(faults.QUOTE, place, message, help)
            continue
        yield Row(number, line, tuple([cell.strip() for cell in cells]))


_QUOTED = re.compile(r' *"(?:[^"]|"")*"')


def _tail(match: re.Match[str]) -> str | None:
    """What follows the closing quote of a cell; None for a cell without quotes or whose quote is never closed."""
    quoted = _QUOTED.match(match.group())
    return match.group()[quoted.end() :].strip() if quoted else None


def _unquoted(raw: str) -> str:
    raw = raw.strip()
    return raw[1:-1].replace('""', '"').strip() if raw.startswith('"') else raw


MOST_FAULTS = 100
"""Findings of one kind in one table: after so many the table was saved wrongly, and more help nobody."""


def _many(file: str, line: int, fault: Fault, collector: Collector) -> None:
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


def _broken_quote(raw: Sequence[re.Match[str]], starts: Sequence[int]) -> tuple[int, Message, Message]:
    """Where quoting breaks in the cells ``raw`` of a record, what is wrong, and what to do."""
    double = say(
        id='Di dalam sel yang diapit kutip, tulis kutip sebagai `""`.',
        en='Inside a quoted cell, write a quotation mark as `""`.',
    )
    for match in raw:
        text = match.group()
        begin = match.start() + len(text) - len(text.lstrip(" "))
        quoted = _QUOTED.match(text)
        if quoted is None and text.lstrip(" ").startswith('"'):
            return (
                begin,
                say(id="tanda kutip dibuka di sini tetapi tidak ditutup", en="a quote opened here is never closed"),
                say(
                    id='Tambahkan `"` penutup; baris-baris sesudahnya ikut tidak terbaca.',
                    en='Add the closing `"`; the rows after it could not be read either.',
                ),
            )
        if quoted is not None and _tail(match):
            end = match.start() + quoted.end()
            first, last = bisect_right(starts, begin), bisect_right(starts, end)
            if first == last:
                return end, say(id="ada teks sesudah tanda kutip penutup", en="text after a closing quote"), double
            return (
                begin,
                say(
                    id="tanda kutip dibuka di sini dan baru bertemu kutip lain di baris {line}",
                    en="a quote opened here meets the next one only on line {line}",
                    line=last,
                ),
                say(
                    id='Tambahkan `"` penutup di baris ini; di dalam sel yang diapit kutip, tulis kutip sebagai `""`.',
                    en='Add the closing `"` on this line; inside a quoted cell, write a quotation mark as `""`.',
                ),
            )
    return raw[0].start(), say(id="tanda kutip tidak beres", en="quotation marks do not match"), double


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
                _many(table.file, row.line, faults.RAGGED, collector)
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


def header_key(text: str) -> str:
    """``text`` without what people vary in headers: case, blanks, dots, underscores, ``*``, ``:``, brackets."""
    return re.sub(r"[\W_]+", "", text.casefold())


def known_headers(spec: TableSpec) -> dict[str, str]:
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
    for column in spec.columns:
        if column.required and column.name not in columns:
            _column_missing(column, places.whole(), collector)
    return columns


def _unknown_column(title: str, spec: TableSpec, place: Place, collector: Collector) -> None:
    collector.add(
        faults.COLUMN_UNKNOWN,
        place,
        say(id="kolom `{title}` tidak dikenal", en="column `{title}` is not known", title=title),
        did_you_mean(title, [column.name for column in spec.columns]),
    )


def _column_twice(title: str, name: str, first: str, place: Place, collector: Collector) -> None:
    collector.add(
        faults.COLUMN_TWICE,
        place,
        say(
            id="kolom `{title}` sama dengan kolom `{first}` (`{name}`)",
            en="column `{title}` is the same as column `{first}` (`{name}`)",
            title=title,
            first=first,
            name=name,
        ),
        say(
            id="Hapus atau ganti nama salah satunya; yang dipakai adalah yang pertama.",
            en="Delete or rename one of them; the first one is used.",
        ),
    )


def _column_missing(column: Column, place: Place, collector: Collector) -> None:
    others = ", ".join(f"`{name}`" for name in column.synonyms[:4])
    collector.add(
        faults.COLUMN_MISSING,
        place,
        say(id="kolom wajib `{name}` tidak ada", en="required column `{name}` is missing", name=column.name),
        say(
            id="Tambahkan kolom `{name}` ({about}).{others}",
            en="Add column `{name}` ({about_en}).{others_en}",
            name=column.name,
            about=column.about.id,
            about_en=column.about.en,
            others=f" Judul lain yang diterima: {others}." if others else "",
            others_en=f" Also accepted: {others}." if others else "",
        ),
    )


def header_of(row: Row, file: str, sheet: str) -> Header:
    """Places of the header of a sheet."""
    return Header(file, row, sheet=sheet)


__all__ = ["Column", "Row", "Table", "TableSpec", "parse_csv", "read_table"]
