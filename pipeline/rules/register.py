"""The register of regulations: what ships with the program, and the office's own in front of it."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from pipeline.errors import TertibError
from pipeline.model.office import OwnRegulation
from pipeline.resources import data_file
from pipeline.rules.citations import Citation, parse_citation, parse_kind, region_key

COLUMNS = ("jenis", "nomor", "tahun", "tentang", "status", "dicabut_oleh", "diubah_oleh", "keyakinan")
STATUSES = ("berlaku", "diubah", "dicabut")
CONFIDENCES = ("tinggi", "sedang", "rendah")
_LONG_NAMES = {
    "UU": "Undang-Undang",
    "Perppu": "Peraturan Pemerintah Pengganti Undang-Undang",
    "PP": "Peraturan Pemerintah",
    "Perpres": "Peraturan Presiden",
    "Keppres": "Keputusan Presiden",
    "Permendagri": "Peraturan Menteri Dalam Negeri",
    "Kepmendagri": "Keputusan Menteri Dalam Negeri",
    "PermenPAN-RB": "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi",
    "KepmenPAN-RB": "Keputusan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi",
    "PermenPAN": "Peraturan Menteri Negara Pendayagunaan Aparatur Negara",
    "PMK": "Peraturan Menteri Keuangan",
    "Inpres": "Instruksi Presiden",
    "Perka BKN": "Peraturan Kepala Badan Kepegawaian Negara",
    "Peraturan BKN": "Peraturan Badan Kepegawaian Negara",
    "Perka ANRI": "Peraturan Kepala Arsip Nasional Republik Indonesia",
    "Peraturan ANRI": "Peraturan Arsip Nasional Republik Indonesia",
    "PerKI": "Peraturan Komisi Informasi",
    "Perda": "Peraturan Daerah",
    "Pergub": "Peraturan Gubernur",
    "Perbup": "Peraturan Bupati",
    "Perwal": "Peraturan Wali Kota",
    "Peraturan DPRD": "Peraturan Dewan Perwakilan Rakyat Daerah",
}
_RULERS = frozenset(("Pergub", "Perbup", "Perwal"))
"""Kinds named after the head of a region: its name follows without "Kabupaten", "Kota" or "Provinsi"."""
_PARTLY = "sebagian:"
Key = tuple[str, str, str, int | None]


@dataclass(frozen=True, slots=True)
class Regulation:
    """A row of the register. ``revoked_by``, ``partly_by`` and ``amended_by`` hold short names ("UU 23/2014")."""

    kind: str
    region: str
    number: str
    year: int | None
    about: str
    status: str
    revoked_by: tuple[str, ...]
    partly_by: tuple[str, ...]
    amended_by: tuple[str, ...]
    confidence: str

    @property
    def revoked(self) -> bool:
        """Is it revoked as a whole?"""
        return self.status == "dicabut"

    @property
    def sure(self) -> bool:
        """Does its row rest on a confidence that may block a document?"""
        return self.confidence == "tinggi"

    @property
    def short(self) -> str:
        """``"UU 17/2014"``."""
        return f"{self.kind} {self.number}/{self.year}"

    @property
    def long(self) -> str:
        """As a citation prints it: "Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah"."""
        region = self.region.partition(" ")[2] if self.kind in _RULERS else self.region
        name = f"{_LONG_NAMES.get(self.kind, self.kind)} {region.title()}".rstrip()
        year = "" if self.number.endswith(f"/{self.year}") else f" Tahun {self.year}"
        return f"{name} Nomor {self.number}{year} tentang {self.about}"


@dataclass(frozen=True, slots=True)
class Register:
    """Regulations by key; national ones carry no region."""

    rows: Mapping[Key, Regulation]
    home: str

    def find(self, citation: Citation) -> Regulation | None:
        """The row of a citation, None when the register does not know it. Without a region, the office's is meant."""
        key = (citation.kind, citation.region, citation.number, citation.year)
        return self.rows.get(key) or self.rows.get((citation.kind, self.home, citation.number, citation.year))

    def named(self, short: str) -> Regulation | None:
        """The row of a short name such as "UU 23/2014"."""
        kind, number, year = split_reference(short)
        return self.rows.get((kind, "", number, year)) or self.rows.get((kind, self.home, number, year))

    def long(self, short: str) -> str:
        """The printed form of a short name; the short name itself when the register does not know it."""
        row = self.named(short)
        return row.long if row else short

    def revocation(self, row: Regulation) -> tuple[str, dt.date | int] | None:
        """(what revoked it, when) as far as known: an exact date, else the year. None when nothing revoked it."""
        dates = [(self._since(ref), ref) for ref in row.revoked_by]
        known = [(when, ref) for when, ref in dates if when is not None]
        if not known:
            return None
        when, ref = min(known, key=lambda pair: pair[0] if isinstance(pair[0], int) else pair[0].year)
        return ref, when

    def _since(self, short: str) -> dt.date | int | None:
        return promulgated().get(short) or split_reference(short)[2]


def split_reference(short: str) -> tuple[str, str, int | None]:
    """``"UU 23/2014"`` -> ("UU", "23", 2014)."""
    head, _, year = short.strip().rpartition("/")
    kind, _, number = head.rpartition(" ")
    return kind, number, int(year) if year.isdigit() else None


@cache
def promulgated() -> dict[str, dt.date]:
    """Days of promulgation that are known, by short name (``promulgation.csv``)."""
    with data_file("promulgation.csv").open(encoding="utf-8", newline="") as stream:
        return {row["peraturan"]: dt.date.fromisoformat(row["tanggal"]) for row in csv.DictReader(stream)}


@cache
def packaged(path: Path | None = None) -> dict[Key, Regulation]:
    """The built-in register. Raises TertibError naming file and row for a row that cannot be right."""
    path = path or data_file("regulations.csv")
    table: dict[Key, Regulation] = {}
    with path.open(encoding="utf-8", newline="") as stream:
        for number, cells in enumerate(csv.reader(stream), start=1):
            if number == 1:
                if tuple(cells) != COLUMNS:
                    raise _wrong_row(path, number, ",".join(cells))
                continue
            row = _from_cells(path, number, cells)
            table[(row.kind, row.region, row.number, row.year)] = row
    return table


def _from_cells(path: Path, number: int, cells: list[str]) -> Regulation:
    if len(cells) != len(COLUMNS) or not cells[2].isdigit():
        raise _wrong_row(path, number, ",".join(cells))
    kind, regulation_number, year, about, status, revoked, amended, confidence = cells
    own = OwnRegulation(kind, regulation_number, int(year), about, status, revoked, amended, confidence)
    if own_fault(own) is not None:
        raise _wrong_row(path, number, ",".join(cells))
    return from_own(own, "")


def _wrong_row(path: Path, number: int, row: str) -> TertibError:
    return TertibError(
        id=f"Daftar peraturan {path.name} baris {number} tidak sah: {row!r}. Perbaiki baris itu.",
        en=f"Register {path.name}, row {number}, is not valid: {row!r}. Correct that row.",
    )


def own_fault(own: OwnRegulation) -> str | None:
    """Column of a row of ``regulasi.csv`` that cannot be right; None when all is well."""
    if not own.kind.strip():
        return "jenis"
    if not own.number.strip():
        return "nomor"
    if own.status not in STATUSES:
        return "status"
    if own.confidence not in CONFIDENCES:
        return "keyakinan"
    for column, text in (("dicabut_oleh", own.revoked_by), ("diubah_oleh", own.amended_by)):
        if any(split_reference(ref)[2] is None for ref in _references(text)):
            return column
    return None


def _references(text: str) -> list[str]:
    plain = text.replace(_PARTLY, "")
    return [part.strip() for part in plain.split(";") if part.strip()]


def from_own(own: OwnRegulation, home: str) -> Regulation:
    """A register row from a row of ``regulasi.csv``; a regional kind without region means ``home``."""
    kind, region = parse_kind(own.kind)
    citation_year = own.year if own.year is not None else parse_citation(f"UU Nomor {own.number}").year
    partly = own.revoked_by.strip().startswith(_PARTLY)
    references = tuple(_references(own.revoked_by))
    local = kind.startswith(("Perda", "Perbup", "Perwal", "Pergub", "Peraturan DPRD"))
    return Regulation(
        kind or own.kind,
        region or (home if local else ""),
        own.number.strip(),
        citation_year,
        own.about,
        own.status,
        () if partly else references,
        references if partly else (),
        tuple(_references(own.amended_by)),
        own.confidence,
    )


@lru_cache(maxsize=64)
def register_for(own: tuple[OwnRegulation, ...], region: str) -> Register:
    """The built-in register with an office's own rows in front of it; rows that cannot be right are left out."""
    home = region_key(region)
    table = dict(packaged())
    for row in (from_own(r, home) for r in own if own_fault(r) is None):
        table[(row.kind, row.region, row.number, row.year)] = row
    return Register(table, home)
