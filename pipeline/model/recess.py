"""A recess (reses) as data. Attribute names are English, comments name the columns of the files.

``row`` is the row of a record in its table as spreadsheets count it (the header is row 1): with the table's file it
names the source of every line that is printed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from pipeline.model.finding import Finding, Place, SourceMap, Stage
from pipeline.model.inputs import OfficeInput
from pipeline.model.office import Official
from pipeline.model.region import Region

MEMBERS = "anggota"
MEETINGS = "pertemuan"
PROPOSALS = "aspirasi"
TABLES = (MEMBERS, MEETINGS, PROPOSALS)


_ABSENT = re.compile(
    r"[\W_]*|0+(?:\s+\S+)?|(?:tidak|tdk|tak|belum|blm|tanpa|hilang|rusak|nihil|kosong|nol|bukan|no|none|false)(?:[\s.,(].*)?"
    r"|t\.?\s?a\.?|n/?a",
    re.IGNORECASE | re.DOTALL,
)
"""What a cell says when there is nothing: "tidak ada", "belum dikumpulkan", "0 foto", "nihil", "-"."""


def evidence(text: str) -> str:
    """``text`` of a cell on documentation (``foto``, ``daftar_hadir``), "" when its words say that there is none."""
    plain = text.strip()
    return "" if _ABSENT.fullmatch(plain) else plain


class AttachmentKind(StrEnum):
    """What a file beside a meeting shows; the value is the column that names it."""

    PHOTO = "foto"
    ATTENDANCE = "daftar_hadir"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file named in ``foto`` or ``daftar_hadir`` that is there and can be read.

    ``pixels`` are width and height of a PNG or JPEG; None for what cannot be printed on a page (a PDF of the list).
    """

    kind: AttachmentKind
    path: Path
    pixels: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Planning:
    """What ``pokir`` in ``reses.yaml`` says: with it the proposals go to the planning system, and rules PKR judge them.

    ``year`` is the budget year they are for, ``deadline`` the last day to enter them, ``entered`` the day they were.
    """

    year: int | None = None  # tahun_anggaran
    deadline: dt.date | None = None  # batas
    entered: dt.date | None = None  # tanggal_masuk


@dataclass(frozen=True, slots=True)
class Member:
    """A council member: a row of ``anggota.csv``."""

    id: str
    row: int
    name: str = ""  # nama
    fraction: str = ""  # fraksi
    commission: str = ""  # komisi; leaders of the council have none
    district: str = ""  # dapil
    position: str = ""  # jabatan


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting with the people: a row of ``pertemuan.csv``. ``date`` is None when it is missing or unreadable.

    ``photos`` and ``attendance`` are what the cells say: a file name, a count or "ada"; "" when there is nothing
    (see ``evidence``).
    """

    id: str
    row: int
    member_id: str = ""
    date: dt.date | None = None
    time: str = ""  # jam
    subdistrict: str = ""  # kecamatan
    village: str = ""  # desa
    venue: str = ""  # tempat
    participants: int | None = None  # peserta
    photos: str = ""  # foto
    attendance: str = ""  # daftar_hadir
    groups: str = ""  # unsur: who came (farmers, heads of RT), as written
    companions: str = ""  # pendamping: staff who went along
    agenda: tuple[str, ...] = ()  # acara
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something the people asked for: a row of ``aspirasi.csv``. ``amount`` is whole rupiah, None when not given.

    ``volume`` is kept as written; ``fraction`` and ``district`` are what the row itself states, if it has them.
    The last group of attributes comes from columns that an office adds for the planning system (pokir).
    """

    id: str
    row: int
    meeting_id: str = ""
    member_id: str = ""
    text: str = ""  # uraian
    field: str = ""  # bidang
    agency: str = ""  # opd
    subdistrict: str = ""  # kecamatan
    village: str = ""  # desa
    location: str = ""  # lokasi
    volume: str = ""
    unit: str = ""  # satuan
    amount: int | None = None  # anggaran
    priority: str = ""  # prioritas
    status: str = ""
    remark: str = ""  # keterangan
    fraction: str = ""  # fraksi
    district: str = ""  # dapil
    kind: str = ""  # jenis: usulan, pengaduan, tanggapan
    origin: str = ""  # sumber: reses, tatap muka, surat, lainnya
    authority: str = ""  # kewenangan: kabupaten/kota, provinsi, pusat, desa
    problem: str = ""  # masalah
    idea: str = ""  # gagasan
    entry: str = ""  # kamus: id in kamus-usulan.csv
    pictures: str = ""  # foto: file names, ";" between them
    latitude: float | None = None  # lintang, degrees, south negative
    longitude: float | None = None  # bujur, degrees, east positive
    programme: str = ""  # program: of the RPJMD
    recipient: str = ""  # penerima: of a grant or social aid


@dataclass(frozen=True, slots=True)
class Recess:
    """One recess of one office.

    ``session`` is the number of the sitting (``masa``, 1..3), None when it is missing or unreadable.
    ``reported`` (``tanggal_laporan``) is the date under the signatures; without it a blank is left to write it in.
    """

    id: str
    stage: Stage
    year: str = ""  # tahun
    session: int | None = None
    start: dt.date | None = None  # mulai
    end: dt.date | None = None  # selesai
    reported: dt.date | None = None
    day_count: str = ""  # hitungan_hari: "kalender", "kerja" or "" (both are checked)
    legal_basis: tuple[str, ...] = ()  # dasar
    signer: Official | None = None  # penandatangan
    note: str = ""  # catatan
    announced: dt.date | None = None  # pengumuman: when the agenda of the members was announced
    last_of_term: bool = False  # persidangan_terakhir: a recess is not held in the last sitting of the term
    plenaries: tuple[dt.date, ...] = ()  # rapat_paripurna: dates on which the plenary met
    planning: Planning | None = None  # pokir
    together: tuple[tuple[str, ...], ...] = ()  # gabung: ids of proposals that are one need
    apart: tuple[tuple[str, ...], ...] = ()  # pisah: ids of proposals that are not
    previous: str = ""  # pembanding: name of the folder of the recess to compare with; "" finds it, "tidak" none
    members: tuple[Member, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    proposals: tuple[Proposal, ...] = ()


@dataclass(frozen=True, slots=True)
class TableSource:
    """Where a table stands. ``lines`` maps a row to its line in the file (empty for a sheet of a workbook).

    ``locate`` gives the exact place of a row, or of one of its cells by column name; it may compute it on demand.
    """

    file: str
    locate: Callable[[int, str | None], Place] = field(repr=False)
    sheet: str | None = None
    lines: Mapping[int, int] = field(default_factory=dict, repr=False)

    def place(self, row: int, column: str | None = None) -> Place:
        """The place of ``row`` (the header is 1), or of one cell of it."""
        return self.locate(row, column)

    def source(self, row: int) -> str:
        """``FILE:LINE`` (``FILE#SHEET:ROW`` for a workbook): the same in every report."""
        return f"{self.file}#{self.sheet}:{row}" if self.sheet else f"{self.file}:{self.lines.get(row, row)}"


@dataclass(frozen=True, slots=True)
class EarlierNeed:
    """A need of an earlier recess: enough to see whether it came back. ``source`` names its first row."""

    number: int
    text: str
    field: str
    agency: str
    subdistrict: str
    village: str
    location: str
    status: str
    amount: int | None
    source: str
    heard: int = 1


@dataclass(frozen=True, slots=True)
class Held:
    """Another recess of the same office, as its ``reses.yaml`` says."""

    id: str
    year: str = ""
    session: int | None = None
    start: dt.date | None = None
    end: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """The recess before: who was to report on it, who did (ids of members), and the needs it recorded."""

    held: Held
    members: Mapping[str, str] = field(default_factory=dict)  # id -> name
    reported: frozenset[str] = frozenset()
    needs: tuple[EarlierNeed, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """The other recesses of the office, and the one before this (None: there is none, or it cannot be read).

    ``sources`` are the files from which that was read: what is made of it changes with them.
    """

    others: tuple[Held, ...] = ()
    earlier: Earlier | None = None
    sources: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class RecessInput:
    """A recess folder as read; ``recess`` is None when it cannot be used at all (``findings`` say why).

    ``places`` maps the keys of ``reses.yaml``; ``tables`` holds the tables that could be read. ``partial`` names those
    of which not every row is there: nothing may be said to be missing in them. ``region`` are the registers of the
    office that recesses alone need, ``history`` what the other recesses of the office tell.
    """

    id: str
    folder: Path
    recess: Recess | None
    office: OfficeInput
    places: SourceMap
    findings: tuple[Finding, ...]
    sources: tuple[Path, ...]
    tables: Mapping[str, TableSource] = field(default_factory=dict)
    partial: frozenset[str] = frozenset()
    region: Region = field(default_factory=Region)
    history: History = field(default_factory=History)
