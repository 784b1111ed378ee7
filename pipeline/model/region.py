"""What an office states about its region for recesses: areas, agencies, and the closed list of proposals (kamus)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.model.finding import Place

AREAS = "wilayah"
AGENCIES = "opd"
DICTIONARY = "kamus-usulan"


@dataclass(frozen=True, slots=True)
class Area:
    """A row of ``wilayah.csv``: a village of a subdistrict of an electoral district; ``village`` may be empty."""

    district: str  # dapil
    subdistrict: str  # kecamatan
    village: str = ""  # desa
    row: int = 0


@dataclass(frozen=True, slots=True)
class Agency:
    """A row of ``opd.csv``: an agency, its code in the planning system, and the affairs (urusan) it carries."""

    name: str  # nama
    code: str = ""  # kode
    abbreviation: str = ""  # singkatan
    affairs: tuple[str, ...] = ()  # urusan, ";" between them
    row: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of ``kamus-usulan.csv``: what may be proposed, in which unit, at which price in rupiah per unit."""

    id: str
    text: str  # usulan
    field: str = ""  # bidang
    agency: str = ""  # opd
    unit: str = ""  # satuan
    price: int | None = None  # harga
    row: int = 0


@dataclass(frozen=True, slots=True)
class Region:
    """The registers that an office has; an empty one means that it has none, and nothing is checked against it.

    ``places`` maps ``(register, row, column)``, ``(register, row)`` and ``(register,)`` to where it stands, with row
    numbers as spreadsheets count them (the ``row`` of a record).
    """

    areas: tuple[Area, ...] = ()
    agencies: tuple[Agency, ...] = ()
    dictionary: tuple[Entry, ...] = ()
    places: Mapping[tuple[str | int, ...], Place] = field(default_factory=dict, repr=False)
