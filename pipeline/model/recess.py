"""A recess (reses) as data. Attribute names are English, comments name the columns of the files.

``row`` is the row of a record in its table as spreadsheets count it (the header is row 1): with the table's file it
names the source of every line that is printed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.model.finding import Finding, Place, SourceMap, Stage
from pipeline.model.inputs import OfficeInput
from pipeline.model.office import Official

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


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something the people asked for: a row of ``aspirasi.csv``. ``amount`` is whole rupiah, None when not given.

    ``volume`` is kept as written; ``fraction`` and ``district`` are what the row itself states, if it has them.
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
class RecessInput:
    """A recess folder as read; ``recess`` is None when it cannot be used at all (``findings`` say why).

    ``places`` maps the keys of ``reses.yaml``; ``tables`` holds the tables that could be read. ``partial`` names those
    of which not every row is there: nothing may be said to be missing in them.
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
