"""A recap in one table: members and meetings made from the rows of the proposals, where they have no own table.

Many offices keep one sheet in which every proposal repeats who heard it, where and when. What is made of it is said.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

from pipeline.model.message import Message, say
from pipeline.model.naming import fold
from pipeline.model.recess import MEETINGS, MEMBERS, Attachment, AttachmentKind, Meeting, Member
from pipeline.readers import faults
from pipeline.readers.faults import Collector
from pipeline.readers.recess_cells import Cell, clock, participants
from pipeline.readers.recess_dates import DayReader
from pipeline.readers.recess_files import Files, documentation
from pipeline.readers.recess_people import People, bare_name
from pipeline.readers.tables import Row, Table

MeetingKey = tuple[str, dt.date | None, str]
"""Member, day, venue; the last alone where the row gives an id."""


def can_give(table: Table, wanted: str) -> bool:
    """Does the table of proposals say enough to make the table ``wanted`` of it?"""
    if wanted == MEMBERS:
        return table.has("nama_anggota") and (table.has("fraksi") or table.has("dapil"))
    return wanted == MEETINGS and table.has("tanggal")


def members_of(table: Table, collector: Collector) -> tuple[Member, ...]:
    """The members that the rows name, each with what its first rows say. Their ids are ``anggota_id``, or names."""
    found: dict[str, Member] = {}
    named = table.columns.get("anggota_id") != table.columns.get("nama_anggota")
    for row in table.rows:
        name = table.text(row, "nama_anggota")
        id = table.text(row, "anggota_id") if named else ""
        key = f"#{id.casefold()}" if id else bare_name(name)
        if not key:
            continue
        fraction, district = table.text(row, "fraksi"), table.text(row, "dapil")
        known = found.get(key)
        if known is None:
            found[key] = Member(id or name, row.number, name, fraction, table.text(row, "komisi"), district)
        elif not (known.fraction and known.commission and known.district and known.name):
            found[key] = replace(
                known,
                name=known.name or name,
                fraction=known.fraction or fraction,
                commission=known.commission or table.text(row, "komisi"),
                district=known.district or district,
            )
    if found:
        _said(
            table,
            say("daftar {n} anggota disusun dari tabel aspirasi, karena anggota.csv tidak ada", n=len(found)),
            say("Buat anggota.csv agar anggota tanpa usulan, komisi, dan jabatan ikut terbaca."),
            collector,
        )
    return tuple(found.values())


@dataclass(slots=True)
class Meetings:
    """Meetings as rows of proposals tell of them: by the day, the member and the venue."""

    table: Table
    people: People
    days: DayReader
    files: Files
    collector: Collector
    found: dict[MeetingKey, Meeting] = field(default_factory=dict)
    ids: dict[int, str] = field(default_factory=dict)  # row of a proposal -> its meeting
    rows: dict[str, Row] = field(default_factory=dict)  # meeting -> the row that says what documents it

    def read(self) -> tuple[Meeting, ...]:
        """Every meeting that the rows tell of; ``ids`` then says which one each row belongs to."""
        dates: dict[str, dt.date | None] = {}
        for row in self.table.rows:
            text = self.table.text(row, "tanggal")
            if text not in dates:
                dates[text] = self.days.date(text, self._cell(row, "tanggal"))
            member = self._member(row)
            if member and (dates[text] or text):
                self._add(row, member, dates[text])
        if self.found:
            _said(
                self.table,
                say("{n} pertemuan disusun dari tabel aspirasi, karena pertemuan.csv tidak ada", n=len(self.found)),
                say("Buat pertemuan.csv agar jam, peserta, foto, dan daftar hadir ikut terbaca."),
                self.collector,
            )
        return tuple(replace(meeting, attachments=self._attachments(meeting)) for meeting in self.found.values())

    def _attachments(self, meeting: Meeting) -> tuple[Attachment, ...]:
        quiet = Cell(self.table, self.table.header, "foto", Collector())  # it is told with the proposals
        return (
            *self.files.attachments(AttachmentKind.PHOTO, meeting.photos, quiet),
            *self.files.attachments(
                AttachmentKind.ATTENDANCE, meeting.attendance, self._cell(self.rows[meeting.id], "daftar_hadir")
            ),
        )

    def _cell(self, row: Row, column: str) -> Cell:
        return Cell(self.table, row, column, self.collector)

    def _member(self, row: Row) -> str:
        return self.people.find(self.table.text(row, "anggota_id") or self.table.text(row, "nama_anggota"))

    def _add(self, row: Row, member: str, day: dt.date | None) -> None:
        text = self.table.text
        venue = text(row, "tempat")
        place = fold(venue) or fold(text(row, "kecamatan")) + "/" + fold(text(row, "desa"))
        stated = text(row, "pertemuan_id")
        key = (member, day, place if day else f"{place}/{text(row, 'tanggal')}")
        if stated:
            key = ("", None, stated)
        known = self.found.get(key)
        if known is None:
            known = self.found[key] = Meeting(
                stated or f"P{len(self.found) + 1:03}",
                row.number,
                member,
                day,
                clock(text(row, "jam"), self._cell(row, "jam")),
                text(row, "kecamatan"),
                text(row, "desa"),
                venue,
                participants(text(row, "peserta"), self._cell(row, "peserta")),
                *self._documentation(row),
            )
            self.rows[known.id] = row
        elif known.participants is None and text(row, "peserta"):
            count = participants(text(row, "peserta"), self._cell(row, "peserta"))
            self.found[key] = replace(known, participants=count)
        elif not (known.photos or known.attendance):
            photos, attendance = self._documentation(row)
            self.found[key] = replace(known, photos=photos, attendance=attendance)
            self.rows[known.id] = row
        self.ids[row.number] = known.id

    def _documentation(self, row: Row) -> tuple[str, str]:
        """What the row says of photos and the attendance list; what is wrong with a file is told with the proposal."""
        return documentation(self.table.text(row, "foto")), documentation(self.table.text(row, "daftar_hadir"))


def _said(table: Table, message: Message, help: Message, collector: Collector) -> None:
    collector.add(faults.INFERRED, table.place(table.header), message, help)
