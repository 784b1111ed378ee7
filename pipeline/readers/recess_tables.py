"""The rows of the three tables of a recess as values.

A wrong cell is a finding at its row and column; the rest of the row is used all the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.model import recess_rules
from pipeline.model.finding import Severity
from pipeline.model.message import Message, say
from pipeline.model.naming import fold
from pipeline.model.recess import PROPOSALS, AttachmentKind, Meeting, Member, Proposal
from pipeline.model.recess_rules import RecessRule
from pipeline.readers import faults
from pipeline.readers.faults import Collector
from pipeline.readers.recess_cells import Cell, amount, clock, coordinates, participants
from pipeline.readers.recess_columns import NOT_PRINTED, OF_FORMAT
from pipeline.readers.recess_dates import DayReader
from pipeline.readers.recess_files import Files, documentation
from pipeline.readers.recess_people import People
from pipeline.readers.tables import Row, Table, TableSpec

_NEEDED = ("id", "uraian", "bidang", "opd", "kecamatan", "desa")


def settled(table: Table) -> Table:
    """``table`` with its columns under the names that the readers use, where offices name them in other ways.

    A serial number stands in for a missing id, a name for a missing ``anggota_id``. Where a proposal has ``lokasi``
    and ``lokasi_usulan``, or ``lokasi`` alone beside the date of a meeting, ``lokasi`` is where the meeting was held.
    """
    columns = dict(table.columns)
    if "id" not in columns and "no" in columns:
        columns["id"] = columns["no"]
    if "anggota_id" not in columns and "nama_anggota" in columns:
        columns["anggota_id"] = columns["nama_anggota"]
    if table.name == PROPOSALS:
        if "lokasi" in columns and "tempat" not in columns and ("lokasi_usulan" in columns or "tanggal" in columns):
            columns["tempat"] = columns.pop("lokasi")
        if "lokasi_usulan" in columns:
            columns.setdefault("lokasi", columns["lokasi_usulan"])
    return replace(table, columns=columns)


def missing_columns(table: Table, spec: TableSpec, collector: Collector) -> None:
    """Report each column that ``table`` lacks, the required ones apart: what stands in it would silently print as "–".

    A column that no report prints is a warning.
    """
    for column in spec.columns:
        if column.required or table.has(column.name) or column.name not in OF_FORMAT[spec.sheet]:
            continue
        if column.name == "pertemuan_id" and table.has("tanggal"):  # the day finds the meeting
            continue
        collector.add(
            faults.COLUMN_MISSING,
            table.place(table.header),
            say("kolom `{name}` tidak ada", name=column.name),
            say(
                "Tambahkan kolom `{name}` ({about}); selnya boleh kosong bila memang tidak ada datanya.",
                name=column.name,
                about=column.about,
            ),
        )
        if (spec.sheet, column.name) in NOT_PRINTED:
            collector.findings[-1] = replace(collector.findings[-1], severity=Severity.WARNING)


def members(table: Table, collector: Collector) -> Iterator[Member]:
    """The members of ``table``; one without an id goes by the name. A row with neither is reported and left out."""
    seen: dict[str, int] = {}
    for row, cells in table.records():
        _needs(table, row, cells, ("id", "nama", "fraksi", "dapil"), collector)
        named = _identified(table, row, cells, seen, collector, _SECOND_MEMBER)
        id = cells["id"] if named else cells.get("nama", "")
        if not id or not table.has("id"):
            continue
        yield Member(
            id,
            row.number,
            cells.get("nama", ""),
            cells.get("fraksi", ""),
            "" if cells.get("komisi") in (None, "-", "–") else cells["komisi"],
            cells.get("dapil", ""),
            cells.get("jabatan", ""),
        )


def meetings(table: Table, people: People, days: DayReader, files: Files, collector: Collector) -> Iterator[Meeting]:
    """The meetings of ``table``; what a report needs of them is checked later (rule RES-05)."""
    seen: dict[str, int] = {}
    for row, cells in table.records():
        _needs(table, row, cells, ("id",), collector)
        if not _identified(table, row, cells, seen, collector) and not table.has("id"):
            continue
        get = cells.get
        at = _At(table, row, collector)
        photos, attendance = documentation(get("foto", "")), documentation(get("daftar_hadir", ""))
        yield Meeting(
            cells["id"] or f"baris {row.number}",
            row.number,
            people.stated(get("anggota_id", ""), get("nama_anggota", ""), at.cell("anggota_id")),
            days.date(get("tanggal", ""), at.cell("tanggal")),
            clock(get("jam", ""), at.cell("jam")),
            get("kecamatan", ""),
            get("desa", ""),
            get("tempat", ""),
            participants(get("peserta", ""), at.cell("peserta")),
            photos,
            attendance,
            get("unsur", ""),
            get("pendamping", ""),
            tuple(part for text in get("acara", "").split(";") if (part := text.strip())),
            (
                *files.attachments(AttachmentKind.PHOTO, photos, at.cell("foto")),
                *files.attachments(AttachmentKind.ATTENDANCE, attendance, at.cell("daftar_hadir")),
            ),
        )


@dataclass(frozen=True, slots=True)
class _At:
    """A row of a table, for the cells of it that have to be read."""

    table: Table
    row: Row
    collector: Collector

    def cell(self, column: str) -> Cell:
        return Cell(self.table, self.row, column, self.collector)


@dataclass(slots=True)
class Proposals:
    """What the rows of proposals are read with: the other tables, and the files beside them.

    ``meeting_ids`` gives the meetings of rows that name none, where they were made of the rows themselves.
    """

    table: Table
    people: People
    meetings: Sequence[Meeting]
    files: Files
    days: DayReader
    collector: Collector
    meeting_ids: Mapping[int, str] = field(default_factory=dict)
    _who: dict[tuple[str, str], str] = field(default_factory=dict)

    def read(self) -> Iterator[Proposal]:
        """Every row: none is left out, whatever is wrong with it."""
        table, collector = self.table, self.collector
        owners = {meeting.id: meeting.member_id for meeting in reversed(self.meetings)}
        held = _by_day(self.meetings) if table.has("tanggal") and not self.meeting_ids else {}
        located = table.has("lintang") or table.has("bujur")
        seen: dict[str, int] = {}
        for row, cells in table.records():
            _identified(table, row, cells, seen, collector)
            _required(table, row, cells, collector)
            get = cells.get
            at = _At(table, row, collector)
            meeting = get("pertemuan_id", "") or self.meeting_ids.get(row.number, "")
            member = self._member(get("anggota_id", ""), get("nama_anggota", ""), at) or owners.get(meeting, "")
            if not meeting and held:
                meeting = self._met(member, get("tanggal", ""), get("desa", ""), held, at)
            text = get("anggaran", "")
            latitude, longitude = (
                coordinates(get("lintang", ""), get("bujur", ""), at.cell("lintang"), at.cell("bujur"))
                if located
                else (None, None)
            )
            pictures = documentation(get("foto", ""))
            if pictures:
                for _ in self.files.attachments(AttachmentKind.PHOTO, pictures, at.cell("foto")):
                    pass  # what is wrong with one is told; the planning system gets the names
            yield Proposal(
                get("id", ""),
                row.number,
                meeting,
                member,
                get("uraian", ""),
                get("bidang", ""),
                get("opd", ""),
                get("kecamatan", ""),
                get("desa", ""),
                get("lokasi", ""),
                get("volume", ""),
                get("satuan", ""),
                amount(text, at.cell("anggaran")) if text else None,
                get("prioritas", ""),
                get("status", ""),
                get("keterangan", ""),
                get("fraksi", ""),
                get("dapil", ""),
                get("jenis", ""),
                get("sumber", ""),
                get("kewenangan", ""),
                get("masalah", ""),
                get("gagasan", ""),
                get("kamus", ""),
                pictures,
                latitude,
                longitude,
                get("program", ""),
                get("penerima", ""),
            )

    def _member(self, id: str, name: str, at: _At) -> str:
        """The member of a row; what is wrong with a pair of id and name is told at each row that has it."""
        known = self._who.get((id, name))
        if known is not None:
            return known
        told = len(self.collector.findings)
        found = self.people.stated(id, name, at.cell("anggota_id"))
        if len(self.collector.findings) == told:
            self._who[id, name] = found
        return found

    def _met(self, member: str, text: str, village: str, held: _Held, at: _At) -> str:
        """The meeting of a row that gives its day: the only one of the member then, or then in that village."""
        day = self.days.date(text, at.cell("tanggal"))
        there = held.get((member, day), []) if day else []
        if len(there) > 1:
            there = [meeting for meeting in there if fold(meeting.village) == fold(village)]
        return there[0].id if len(there) == 1 else ""


_Held = dict[tuple[str, dt.date], list[Meeting]]


def _by_day(meetings: Iterable[Meeting]) -> _Held:
    found: _Held = {}
    for meeting in meetings:
        if meeting.date is not None:
            found.setdefault((meeting.member_id, meeting.date), []).append(meeting)
    return found


_SECOND = say("Beri id lain pada salah satunya.")
_SECOND_MEMBER = say(
    "Beri id lain pada salah satunya. Sampai itu anggota pada baris ini tidak dihitung dan tidak dibuatkan laporan; "
    "semua yang memakai id ini masuk ke anggota pada baris pertama."
)


def _identified(
    table: Table,
    row: Row,
    cells: Mapping[str, str],
    seen: dict[str, int],
    collector: Collector,
    help: Message = _SECOND,
) -> bool:
    """Has the row an id? A second row with the same id is reported with ``help``, and still used."""
    found = cells.get("id", "")
    if not found:
        return False
    if found in seen:
        collector.add(
            faults.TWICE,
            table.place(row, "id"),
            say("id `{v}` sudah dipakai baris {n}", v=found, n=seen[found]),
            help,
        )
    seen.setdefault(found, row.number)
    return True


def _needs(table: Table, row: Row, cells: Mapping[str, str], names: tuple[str, ...], collector: Collector) -> None:
    for name in names:
        if table.has(name) and not cells[name]:
            collector.add(
                faults.INCOMPLETE,
                table.place(row, name),
                say("`{name}` kosong", name=name),
                say("Isi sel ini."),
            )


def _required(table: Table, row: Row, cells: Mapping[str, str], collector: Collector) -> None:
    for name in _NEEDED:
        if table.has(name) and not cells[name]:
            message = say("`{name}` pada aspirasi ini kosong", name=name)
            _report(recess_rules.REQUIRED, table, row, name, message, _FILL_IN, collector)
    if table.has("anggota_id") and not (cells["anggota_id"] or cells.get("pertemuan_id")):
        message = say("aspirasi ini tidak menyebut anggota atau pertemuannya")
        _report(recess_rules.REQUIRED, table, row, "anggota_id", message, _FILL_IN, collector)


_FILL_IN = say("Isi sel ini; barisnya tetap dihitung sebagai “Tidak diisi”.")


def _report(
    rule: RecessRule, table: Table, row: Row, column: str, message: Message, help: Message, collector: Collector
) -> None:
    collector.findings.append(rule.finding(table.place(row, column), message, help, document=collector.document))
