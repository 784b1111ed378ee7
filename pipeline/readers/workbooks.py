"""Sheets of an ``.xlsx`` as tables or as key/value mappings; places carry sheet and cell.

openpyxl is loaded here only: nothing that reads CSV and YAML pays for it.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.model.finding import Place
from pipeline.model.message import Message, say
from pipeline.readers import faults
from pipeline.readers.csvfile import MOST_COLUMNS
from pipeline.readers.faults import Collector
from pipeline.readers.fields import Field, Shape, note_label
from pipeline.readers.files import read_bytes, shown
from pipeline.readers.headers import find_header, header_key, header_of, match_columns
from pipeline.readers.nearest import did_you_mean
from pipeline.readers.nodes import STAGE_KEY, ListNode, MapNode, Node, TextNode
from pipeline.readers.rows import regular_rows, sharing
from pipeline.readers.sheet_marks import Marks, marks_of, told_hidden, unmerged
from pipeline.readers.tables import Row, Table, TableSpec, cell_name

MAX_UNPACKED = 1024 * 1024 * 1024
"""A workbook that unpacks to more than this is refused: a small archive can hold an endless sheet."""


def read_sheet(path: Path, root: Path, spec: TableSpec, collector: Collector) -> Table | None:
    """Sheet ``spec.sheet`` of the workbook ``path`` as a table, None after adding the finding that says why not."""
    file = shown(path, root)
    found = _sheet(path, root, spec.sheet, collector)
    if found is None:
        return None
    title, grid = found
    rows = list(_texts(grid, file, title, collector))
    header = find_header(rows, spec)
    if header is None:
        collector.add(
            faults.EMPTY,
            Place(file, sheet=title),
            say("lembar `{sheet}` kosong", sheet=title),
            say("Isi lembar ini, judul kolom di baris pertama."),
        )
        return None
    header = replace(header, cells=header.cells[:MOST_COLUMNS])
    columns = match_columns(header, spec, collector, header_of(header, file, title))
    table = Table(file, columns, (), header, title, name=spec.sheet)
    below = (row for row in rows if row.number > header.number)
    table = replace(table, rows=tuple(regular_rows(below, table, collector)))
    if not spec.shared:
        return table
    told_hidden(table, grid.marks, collector)
    return unmerged(table, spec, grid.marks, collector)


def read_mapping(path: Path, root: Path, sheet: str, fields: Sequence[Field], collector: Collector) -> MapNode | None:
    """Sheet ``sheet`` as keys (column A) and values (columns B, C, ...), in the shape a YAML file would have.

    A row without key continues the key above; ``tanggal.pembuatan`` (or ``tanggal pembuatan``) is a key inside
    ``tanggal``; a row of ``riwayat`` or ``kecuali`` gives the entry's fields in their order.
    """
    file = shown(path, root)
    found = _sheet(path, root, sheet, collector)
    if found is None:
        return None
    title, grid = found
    return _Mapping(file, title, fields, collector).build(_texts(grid, file, title, collector))


def _sheet(path: Path, root: Path, wanted: str, collector: Collector) -> tuple[str, Grid] | None:
    file = shown(path, root)
    data = read_bytes(path, root, collector)
    if data is None:
        return None
    if not data:
        _unreadable(file, say("berkas kosong"), collector)
        return None
    try:
        sheets = _load(data)
    except _BadWorkbook as error:
        _unreadable(file, error.why, collector)
        return None
    by_key = {header_key(title): title for title in sheets}
    title = by_key.get(header_key(wanted))
    if title is None and len(sheets) == 1 and wanted not in ("sop", "langkah"):
        title = next(iter(sheets))
    if title is None:
        collector.add(
            faults.SHEET,
            Place(file),
            say("lembar `{sheet}` tidak ada", sheet=wanted),
            did_you_mean(wanted, sheets),
        )
        return None
    return title, sheets[title]


def sheet_names(path: Path) -> tuple[str, ...]:
    """Names of the sheets of a workbook as columns and tables are named; none when it cannot be read."""
    try:
        return tuple(header_key(title) for title in _load(path.read_bytes()))
    except (OSError, _BadWorkbook):
        return ()


Cell = Any


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a sheet that hold anything, with their numbers, and what else its XML says."""

    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    marks: Marks


class _BadWorkbook(Exception):  # noqa: N818 - a signal inside this module
    def __init__(self, why: Message) -> None:
        super().__init__(why)
        self.why = why


@lru_cache(maxsize=1)
def _load(data: bytes) -> Mapping[str, Grid]:
    """Values of all sheets. Cached, because one workbook is asked for several sheets in a row."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise _BadWorkbook(say("format Excel lama (.xls) atau buku kerja bersandi"))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise _BadWorkbook(say("bukan buku kerja Excel (.xlsx)")) from error
    if unpacked > MAX_UNPACKED:
        raise _BadWorkbook(say("isi buku kerja terlalu besar"))
    try:
        return _grids(data)
    except ImportError:
        raise
    except Exception as error:  # openpyxl raises whatever a damaged part provokes
        raise _BadWorkbook(say("buku kerja rusak ({fault})", fault=type(error).__name__)) from error


def _grids(data: bytes) -> Mapping[str, Grid]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    try:
        grids = {}
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for sheet in book.worksheets:
                part: Any = sheet
                part.reset_dimensions()  # what a file states as its size is often wrong
                with archive.open(part._worksheet_path) as stream:
                    marks = marks_of(stream)
                filled = ((n, v) for n, v in enumerate(sheet.iter_rows(values_only=True), 1) if any(map(_holds, v)))
                grids[sheet.title] = Grid(tuple(filled), marks)
        return grids
    finally:
        book.close()


def _holds(value: Cell) -> bool:
    return value is not None and value != ""


def forget() -> None:
    """Let go of the workbook that was read last: a large one fills much memory."""
    _load.cache_clear()


def _unreadable(file: str, why: Message, collector: Collector) -> None:
    if any(finding.code == faults.WORKBOOK.code and finding.place.file == file for finding in collector.findings):
        return  # each sheet that is looked for comes here
    collector.add(
        faults.WORKBOOK,
        Place(file),
        say("buku kerja tidak dapat dibaca: {why}", why=why),
        say("Buka di Excel atau LibreOffice dan simpan ulang sebagai .xlsx tanpa sandi."),
    )


def _texts(grid: Grid, file: str, sheet: str, collector: Collector) -> Iterator[Row]:
    for cell in sorted(grid.marks.stale):
        _cell_error("= ...", Place(file, sheet=sheet, cell=cell), collector)
    share = sharing()
    for number, values in grid.rows:
        cells = tuple([share(_text(value)) for value in values])
        for position, value in enumerate(values):
            if isinstance(value, str) and value.startswith("#") and _ERROR.fullmatch(value):
                _cell_error(value, Place(file, sheet=sheet, cell=cell_name(number, position)), collector)
        yield Row(number, number, cells)


_ERROR = re.compile(r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA)")


def _cell_error(value: str, place: Place, collector: Collector) -> None:
    collector.add(
        faults.CELL_ERROR,
        place,
        say("sel berisi rumus tanpa hasil atau galat (`{v}`)", v=value),
        say("Perbaiki rumusnya lalu simpan ulang di Excel, atau ketik isinya."),
    )


def _text(value: Cell) -> str:
    """The text of a cell as the files would state it: ISO dates, whole numbers without decimals."""
    if value is None:
        return ""
    if isinstance(value, str):
        return "" if _ERROR.fullmatch(value) else value.strip()
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "minutes")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


class _Mapping:
    """Builds the tree of a key/value sheet."""

    def __init__(self, file: str, sheet: str, fields: Sequence[Field], collector: Collector) -> None:
        self.file = file
        self.sheet = sheet
        self.fields = {header_key(name): field for field in fields for name in (field.key, *field.synonyms)}
        self.inner = {
            header_key(f"{outer}{inner}"): (field, part)
            for field in fields
            if field.shape in (Shape.MAPPING, Shape.REFERENCE)
            for part in field.fields
            for outer in (field.key, *field.synonyms)
            for inner in (part.key, *part.synonyms)
        }
        self.collector = collector
        self.values: dict[str, list[list[TextNode]]] = {}
        self.parts: dict[str, dict[str, tuple[Node, Place]]] = {}
        self.keys: dict[str, Place] = {}

    def build(self, rows: Iterator[Row]) -> MapNode:
        current = ""
        for row in rows:
            if not any(row.cells):
                continue
            key = row.cells[0]
            if header_key(key) in ("kunci", "key", "isian"):  # a title row
                continue
            current = self._key(key, row) if key else current
            if current:
                self._add(current, row)
        entries: dict[str, Node] = {}
        for key, place in self.keys.items():
            entries[key] = self._node(key, place)
        return MapNode(entries, self.keys, Place(self.file, sheet=self.sheet))

    def _place(self, row: Row, position: int) -> Place:
        return Place(self.file, sheet=self.sheet, cell=cell_name(row.number, position))

    def _key(self, text: str, row: Row) -> str:
        """The canonical key (``tanggal.pembuatan`` for an inner one); an unknown one stays as written."""
        key = header_key(text)
        place = self._place(row, 0)
        if key in self.fields:
            name = self.fields[key].key
            if key != header_key(name):
                note_label((name,), text, place, self.collector)
            self.keys.setdefault(name, place)
            return name
        if key in self.inner:
            field, part = self.inner[key]
            self.keys.setdefault(field.key, place)
            return f"{field.key}.{part.key}"
        self.keys.setdefault(text, place)
        return text

    def _add(self, key: str, row: Row) -> None:
        outer, dot, inner = key.partition(".")
        cells = [TextNode(text or None, self._place(row, n)) for n, text in enumerate(row.cells) if n]
        if dot and outer in self.keys and header_key(key) in self.inner:
            value = cells[0] if cells else TextNode(None, self._place(row, 0))
            if inner in self.parts.setdefault(outer, {}):
                self._twice(key, self._place(row, 0))
            else:
                self.parts[outer][inner] = (value, self._place(row, 0))
            return
        self.values.setdefault(key, []).append(cells)

    def _twice(self, key: str, place: Place) -> None:
        self.collector.add(
            faults.DUPLICATE_KEY,
            place,
            say("kunci `{key}` ditulis dua kali", key=key),
            say("Hapus salah satu; yang dipakai adalah yang pertama."),
            blocks=key == STAGE_KEY,
        )

    def _node(self, key: str, place: Place) -> Node:
        if key in self.parts:
            parts = self.parts[key]
            return MapNode(
                {name: node for name, (node, _) in parts.items()}, {name: at for name, (_, at) in parts.items()}, place
            )
        field = self.fields.get(header_key(key))
        rows = self.values.get(key, [])
        if field is not None and field.shape is Shape.RECORDS:
            return ListNode(
                tuple(self._record(field, cells, place) for cells in rows if any(c.text for c in cells)), place
            )
        if field is not None and field.shape is Shape.GROUPS:
            groups = [[cell for cell in cells if cell.text is not None] for cells in rows]
            return ListNode(tuple(ListNode(tuple(cells), cells[0].place) for cells in groups if cells), place)
        filled = [cell for cells in rows for cell in cells if cell.text is not None]
        if field is not None and field.shape is Shape.TEXTS and len(filled) != 1:
            return ListNode(tuple(filled), place)
        if len(filled) > 1:
            self._twice(key, filled[1].place)
        return filled[0] if filled else TextNode(None, place)

    @staticmethod
    def _record(field: Field, cells: Sequence[TextNode], place: Place) -> MapNode:
        pairs = [(part.key, cell) for part, cell in zip(field.fields, cells, strict=False) if cell.text is not None]
        return MapNode(dict(pairs), {key: cell.place for key, cell in pairs}, pairs[0][1].place if pairs else place)
