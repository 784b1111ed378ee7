"""The recap as a workbook for further work: real numbers, filters, frozen headers, and no cell that can run.

A text that begins with ``=``, ``+``, ``-`` or ``@`` is stored as text and marked as such (quote prefix), so that it
neither is a formula now nor becomes one when someone edits the cell.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.model.recap import Dimension, Need, Recap, Tally
from pipeline.model.recess import PROPOSALS, Proposal, RecessInput, TableSource

if TYPE_CHECKING:
    from openpyxl import Workbook

Value = str | int | float | dt.date | None
Row = Sequence[Value]

ROWS_SHEET = "Aspirasi"
NEEDS_SHEET = "Usulan"
MEMBERS_SHEET = "Anggota"
MAX_TEXT = 32_767
"""Most characters a cell holds in Excel."""

_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "|")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_MADE = dt.datetime(1980, 1, 1)  # noqa: DTZ001 - the workbook's own date must not change with the day it is made
_AMOUNT = "#,##0"
_SHEET_NAMES = {Dimension.AGENCY: "Per Perangkat Daerah", Dimension.VILLAGE: "Per Desa"}


def recap_workbook(item: RecessInput, recap: Recap) -> bytes:
    """The workbook as bytes, equal for equal arguments: every row, every need, every table of totals."""
    from openpyxl import Workbook

    source = item.tables[PROPOSALS]
    book = Workbook(write_only=True)
    _sheet(book, ROWS_SHEET, _ROW_COLUMNS, _rows(recap, source))
    _sheet(book, NEEDS_SHEET, _NEED_COLUMNS, _needs(recap, source))
    _sheet(book, MEMBERS_SHEET, _MEMBER_COLUMNS, _members(recap))
    for dimension, table in recap.tables.items():
        columns = ((dimension.value, 44), *_TALLY_COLUMNS)
        lines = [(line.label, *_tally(line.tally)) for line in table.lines]
        name = _SHEET_NAMES.get(dimension, f"Per {dimension.value}")
        _sheet(book, name, columns, lines, ("Jumlah", *_tally(table.total)))
    return _bytes(book, recap.recess.id)


_ROW_COLUMNS = (
    ("No. Usulan", 10), ("ID", 10), ("Sumber", 34), ("Tanggal", 12), ("Anggota", 26), ("Fraksi", 24), ("Komisi", 12),
    ("Dapil", 12), ("Bidang", 30), ("Perangkat Daerah", 30), ("Kecamatan", 20), ("Desa", 22), ("Lokasi", 34),
    ("Uraian", 60), ("Volume", 10), ("Satuan", 10), ("Perkiraan Anggaran", 20), ("Prioritas", 11), ("Status", 18),
    ("Keterangan", 34), ("Anggaran Dihitung", 20),
)  # fmt: skip
_NEED_COLUMNS = (
    ("No.", 8), ("Uraian", 60), ("Bidang", 30), ("Perangkat Daerah", 30), ("Kecamatan", 20), ("Desa", 22),
    ("Lokasi", 34), ("Volume", 10), ("Satuan", 10), ("Perkiraan Anggaran", 20), ("Prioritas", 11), ("Dapil", 12),
    ("Jumlah Aspirasi", 10), ("Pengusul", 40), ("ID Aspirasi", 24),
)  # fmt: skip
_MEMBER_COLUMNS = (
    ("Nama", 30), ("Fraksi", 26), ("Komisi", 14), ("Dapil", 12), ("Pertemuan", 12), ("Peserta", 12), ("Aspirasi", 12),
)  # fmt: skip
_TALLY_COLUMNS = (
    ("Aspirasi", 12),
    ("Usulan", 12),
    ("Perkiraan Anggaran", 22),
    ("Anggaran Semua Aspirasi", 24),
    ("Usulan Tanpa Anggaran", 22),
)


def _rows(recap: Recap, source: TableSource) -> Iterator[Row]:
    """One line for each row of the input, in file order; the last column counts each need once."""
    lines = [(row, need) for need in recap.needs for row in need.rows]
    for row, need in sorted(lines, key=lambda line: line[0].row):
        member = recap.members.get(row.member_id)
        meeting = recap.meetings.get(row.meeting_id)
        yield (
            need.number,
            row.id,
            source.source(row.row),
            meeting.date if meeting else None,
            member.name if member else row.member_id,
            member.fraction if member else "",
            member.commission if member else "",
            member.district if member else "",
            *_what(row),
            row.amount,
            row.priority,
            row.status,
            row.remark,
            need.amount if row is need.lead else None,
        )


def _what(row: Proposal) -> Row:
    return (
        row.field,
        row.agency,
        row.subdistrict,
        row.village,
        row.location,
        row.text,
        _number(row.volume),
        row.unit,
    )


def _needs(recap: Recap, source: TableSource) -> Iterator[Row]:
    for need in recap.needs:
        lead = need.lead
        member = recap.members.get(lead.member_id)
        yield (
            need.number,
            lead.text,
            lead.field,
            lead.agency,
            lead.subdistrict,
            lead.village,
            lead.location,
            _number(lead.volume),
            lead.unit,
            need.amount,
            lead.priority,
            member.district if member else "",
            len(need.rows),
            "; ".join(_names(need, recap)),
            "; ".join(row.id or source.source(row.row) for row in need.rows),
        )


def _names(need: Need, recap: Recap) -> Iterable[str]:
    ids = dict.fromkeys(row.member_id for row in need.rows)
    return [recap.members[id_].name if id_ in recap.members else id_ for id_ in ids]


def _members(recap: Recap) -> Iterator[Row]:
    for activity in recap.activities:
        member = activity.member
        counts = (activity.meetings, activity.participants, activity.heard)
        yield (member.name, member.fraction, member.commission, member.district, *counts)


def _tally(tally: Tally) -> Row:
    return (tally.heard, tally.needs, tally.recorded_amount, tally.recorded_heard_amount, tally.unpriced)


def _number(text: str) -> Value:
    """Numbers become numbers ("1200", "2,5", "1.250,75", "2.5"); anything else stays as it was written.

    "1.250" stays: in Indonesian it is 1250, but a table from another program may mean one and a quarter.
    """
    if re.fullmatch(r"[0-9]{1,12}", text):
        return int(text)
    if re.fullmatch(r"(?:[0-9]{1,9}|[0-9]{1,3}(?:\.[0-9]{3}){1,2}),[0-9]{1,6}", text):
        return float(text.replace(".", "").replace(",", "."))
    return float(text) if re.fullmatch(r"[0-9]{1,9}\.[0-9]{1,2}", text) else text


def _sheet(
    book: Workbook, title: str, columns: Sequence[tuple[str, int]], rows: Iterable[Row], total: Row | None = None
) -> None:
    from openpyxl.utils import get_column_letter

    sheet: Any = book.create_sheet(title)
    for position, (_, width) in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(position)].width = width
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, name, bold=True) for name, _ in columns])
    count = 1
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
        count += 1
    # Sums stay outside the filter, so that sorting a table leaves them at its end.
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{count}"
    if total is not None:
        sheet.append([_cell(sheet, value, bold=True) for value in total])


def _cell(sheet: Any, value: Value, *, bold: bool = False) -> Any:
    """What ``append`` takes: the value itself, or a cell where it needs a format or must be kept from running."""
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, str):
        value = clean(value)
        if not bold and not value.startswith(_RISKY):
            return value or None
    elif value is None or isinstance(value, float) or (isinstance(value, int) and abs(value) < 1000 and not bold):
        return value
    cell: Any = WriteOnlyCell(sheet, value)  # type: ignore[arg-type]
    if isinstance(value, str):
        cell.data_type = "s"
        if value.startswith(_RISKY):
            cell.number_format = "@"
            cell.quotePrefix = True
    elif isinstance(value, dt.date):
        cell.number_format = "yyyy-mm-dd"
    else:
        cell.number_format = _AMOUNT
    if bold:
        cell.font = _bold()
    return cell


def clean(text: str) -> str:
    """``text`` without signs a workbook may not hold, cut with a mark where a cell cannot hold all of it."""
    text = _ILLEGAL.sub("", text)
    mark = " … (dipotong; lihat kolom Sumber)"
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - len(mark)] + mark


def _bold() -> Any:
    from openpyxl.styles import Font

    return Font(bold=True)


def _bytes(book: Workbook, title: str) -> bytes:
    """Save without the clock: openpyxl stamps dates and the zip entries carry them too."""
    from openpyxl.writer.excel import ExcelWriter

    book.properties.title = title
    book.properties.creator = "tertib"
    book.properties.created = book.properties.modified = _MADE
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_STORED, allowZip64=True) as package:
        ExcelWriter(book, package).save()
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as fixed:
        for name in package.namelist():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            fixed.writestr(info, package.read(name))
    return out.getvalue()
