"""The office: who it is, who works there, who signs, and its own regulations and days off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from pathlib import Path

from pipeline.model.book import BookWords
from pipeline.model.finding import Severity, Stage


class RegionKind(StrEnum):
    """Kind of region (``jenis_daerah``); picks the legal limits of the recess."""

    PROVINCE = "provinsi"
    REGENCY = "kabupaten"
    CITY = "kota"


class ActorKind(StrEnum):
    """Kind of a position or other actor (``jenis`` in ``jabatan.csv``)."""

    INTERNAL = "internal"
    COUNCIL = "dprd"
    EXTERNAL = "eksternal"


@dataclass(frozen=True, slots=True)
class Position:
    """A row of ``jabatan.csv``: a position or other actor with the names people use for it."""

    name: str
    abbreviation: str = ""
    aliases: tuple[str, ...] = ()
    unit: str = ""
    kind: ActorKind = ActorKind.INTERNAL


class Sex(StrEnum):
    """Sex of an official (``jenis_kelamin``), in the words of the NIP."""

    MAN = "pria"
    WOMAN = "wanita"


@dataclass(frozen=True, slots=True)
class Official:
    """Someone who signs: a row of ``pejabat.csv`` or the mapping under ``pengesah``.

    ``capacity`` (``sebagai``) is empty, ``Plt.``, ``Plh.``, ``a.n.`` or ``u.b.``. ``sex`` and ``born`` are stated
    beside the NIP so that the two can be compared.
    """

    name: str
    position: str
    nip: str = ""
    rank: str = ""
    grade: str = ""
    capacity: str = ""
    id: str = ""
    sex: Sex | None = None  # jenis_kelamin
    born: dt.date | None = None  # tanggal_lahir


@dataclass(frozen=True, slots=True)
class WorkHours:
    """Working hours; the default is 37.5 hours on 5 days (Perpres 21/2023 art. 3 and 4)."""

    hours_per_day: Fraction = Fraction(15, 2)
    days_per_week: int = 5

    def __hash__(self) -> int:
        """The same for most offices: a fraction takes long to hash, and these are asked for at every step."""
        return self.days_per_week


@dataclass(frozen=True, slots=True)
class SeverityChange:
    """A severity set by the office for a rule, for every stage (``stage`` None) or for one; None: not told at all."""

    code: str
    severity: Severity | None
    stage: Stage | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """Rule policy of an office (``aturan``): codes or families chosen, ignored, and changed severities.

    ``review_months`` (``masa_tinjau``) is the age at which an SOP has to be looked at again.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: tuple[SeverityChange, ...] = ()
    review_months: int = 24


@dataclass(frozen=True, slots=True)
class OwnRegulation:
    """A row of ``regulasi.csv``: same columns as the built-in register, and where and when it was promulgated.

    ``gazette`` and ``supplement`` are its numbers in the gazette of its year and in the supplement, as written.
    """

    kind: str
    number: str
    year: int | None
    about: str
    status: str = "berlaku"
    revoked_by: str = ""
    amended_by: str = ""
    confidence: str = "tinggi"
    gazette: str = ""  # lembaran
    supplement: str = ""  # tambahan
    promulgated: dt.date | None = None  # tanggal


@dataclass(frozen=True, slots=True)
class Bounds:
    """The box that holds a region, in degrees; south and west of zero are negative."""

    south: float  # selatan
    west: float  # barat
    north: float  # utara
    east: float  # timur


@dataclass(frozen=True, slots=True)
class Retention:
    """How long records of a kind are kept, in the words of the office's own retention schedule (JRA).

    ``code`` (``kode_klasifikasi``) is their classification, ``active`` and ``inactive`` how long they stay
    (``retensi_aktif``, ``retensi_inaktif``), ``fate`` (``nasib_akhir``) what becomes of them then. All may be "".
    """

    code: str = ""
    active: str = ""
    inactive: str = ""
    fate: str = ""


@dataclass(frozen=True, slots=True)
class Archiving:
    """``arsip``: where the archive lies (``address``, "" for the usual folder) and how long what is in it is kept."""

    address: str = ""
    sop: Retention = Retention()
    recess: Retention = Retention()


@dataclass(frozen=True, slots=True)
class Office:
    """One folder under ``inputs/``. ``mark`` (``penanda``) is printed at the head of every page when given.

    ``logo_pixels`` is the width and height of the logo; ``signing_positions`` (``pengesah_sop``) are the positions
    that may enact SOPs here, where the office has set them. ``bounds`` (``batas_wilayah``) is the box that holds the
    region, ``term_end`` (``akhir_masa_jabatan``) the last day of the council's term. ``publication``
    (``alamat_dokumen``) is the address of a document on the web, with ``{dokumen}`` and ``{sidik}`` in it.
    ``trusted`` (``sertifikat_tepercaya``) is the file or folder of the root certificates that signatures are held
    against.
    """

    id: str
    folder: Path
    government: str
    unit: str
    region_kind: RegionKind
    address: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    logo: Path | None = None
    logo_pixels: tuple[int, int] | None = None
    city: str = ""
    number_pattern: str = ""
    hours: WorkHours = WorkHours()
    paper: str = ""
    mark: str = ""
    policy: Policy = Policy()
    positions: tuple[Position, ...] = ()
    officials: tuple[Official, ...] = ()
    regulations: tuple[OwnRegulation, ...] = ()
    days_off: Mapping[dt.date, str] = field(default_factory=dict)
    worked_days: Mapping[dt.date, str] = field(default_factory=dict)  # weekends and holidays that the office works
    signing_positions: tuple[str, ...] = ()
    bounds: Bounds | None = None
    term_end: dt.date | None = None
    book: BookWords = field(default_factory=BookWords)  # buku
    publication: str = ""
    archiving: Archiving = Archiving()
    trusted: Path | None = None

    @property
    def region(self) -> str:
        """Name of the region with its kind, "Kabupaten Banyumas"."""
        words = self.government.split()
        return " ".join(words[1:]) if words[:1] == ["Pemerintah"] else self.government
