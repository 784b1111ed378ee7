"""The register of regulations: what ships with the program, and the office's own in front of it."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from pipeline.errors import TertibError
from pipeline.model.message import say
from pipeline.model.office import OwnRegulation
from pipeline.resources import data_file
from pipeline.rules.citations import Citation, is_local, ordinal_of, parse_citation, parse_kind, region_key, short_name
from pipeline.rules.gazettes import Published, known
from pipeline.rules.kinds import kind_named, long_name, same_line

COLUMNS = ("jenis", "nomor", "tahun", "tentang", "status", "dicabut_oleh", "diubah_oleh", "keyakinan")
STATUSES = ("berlaku", "diubah", "dicabut")
CONFIDENCES = ("tinggi", "sedang", "rendah")
_RULERS = frozenset(
    (
        *("Pergub", "Perbup", "Perwal", "Kepgub", "Kepbup", "Kepwal", "Ingub", "Inbup", "Inwal"),
        *("SE Gubernur", "SE Bupati", "SE Wali Kota"),
    )
)
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
    published: Published | None = None
    promulgated: dt.date | None = None

    @property
    def revoked(self) -> bool:
        """Is it revoked as a whole?"""
        return self.status == "dicabut"

    @property
    def sure(self) -> bool:
        """Does its row rest on a confidence that may block a document?"""
        return self.confidence == "tinggi"

    @property
    def ordinal(self) -> int | None:
        """The number as a number: 215 of "215/PMK.05/2016"; None when it has none."""
        return ordinal_of(self.number)

    @property
    def short(self) -> str:
        """``"UU 17/2014"``."""
        return short_name(self.kind, self.number, self.year)

    @property
    def long(self) -> str:
        """As a citation prints it: "Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah"."""
        return f"{long_reference(self.kind, self.number, self.year, self.region)} tentang {self.about}"


def long_reference(kind: str, number: str, year: int | None, region: str = "") -> str:
    """``"Peraturan Bupati Banyumas Nomor 86 Tahun 2021"``: a regulation without its subject."""
    place = region.partition(" ")[2] if kind in _RULERS else region
    name = f"{long_name(kind)} {place.title()}".rstrip()
    inside = year is None or number.endswith(f"/{year}")
    return f"{name} Nomor {number}" + ("" if inside else f" Tahun {year}")


@dataclass(frozen=True, slots=True)
class Register:
    """Regulations by key; national ones carry no region."""

    rows: Mapping[Key, Regulation]
    home: str
    _by_year: Mapping[int | None, tuple[Regulation, ...]]

    def find(self, citation: Citation) -> Regulation | None:
        """The row of a citation, None when the register does not know it. Without a region, the office's is meant.

        Other names of the same ministry or agency are tried, and the number without its code (215/PMK.05/2016).
        """
        key = (citation.kind, citation.region, citation.number, citation.year)
        own = self.rows.get(key) or self.rows.get((citation.kind, self.home, citation.number, citation.year))
        return own or self._otherwise_written(citation)

    def _otherwise_written(self, citation: Citation) -> Regulation | None:
        ordinal = citation.ordinal
        if ordinal is None or citation.rank is None or is_local(citation):
            return None
        for row in self._by_year.get(citation.year, ()):
            if row.ordinal == ordinal and (row.kind == citation.kind or same_line(row.kind, citation.kind)):
                return row
        return None

    def named(self, short: str) -> Regulation | None:
        """The row of a short name such as "UU 23/2014"."""
        kind, number, year = split_reference(short)
        own = self.rows.get((kind, "", number, year)) or self.rows.get((kind, self.home, number, year))
        return own or self.find(parse_citation(short))

    def long(self, short: str) -> str:
        """The printed form of a short name; the short name itself when the register does not know it."""
        row = self.named(short)
        return row.long if row else short

    def revocation(self, row: Regulation) -> tuple[str, dt.date | int] | None:
        """(what revoked it, when) as far as known: an exact date, else the year. None when nothing revoked it."""
        dates = [(self.since(ref), ref) for ref in row.revoked_by]
        known = [(when, ref) for when, ref in dates if when is not None]
        if not known:
            return None
        when, ref = min(known, key=lambda pair: pair[0] if isinstance(pair[0], int) else pair[0].year)
        return ref, when

    def amendments(self, row: Regulation, day: dt.date) -> tuple[str, ...]:
        """Short names of what had amended ``row`` by ``day`` for sure, oldest first.

        One of the year of ``day`` whose own day is not known is left out: it may be younger.
        """
        dated = [(self.since(ref), index, ref) for index, ref in enumerate(row.amended_by)]
        past = [(_as_day(when), index, ref) for when, index, ref in dated if when is not None and had_come(when, day)]
        return tuple(ref for _, _, ref in sorted(past))

    def since(self, short: str) -> dt.date | int | None:
        """When a regulation was promulgated: its day where known, else its year."""
        row = self.named(short)
        day = row.promulgated if row is not None else promulgated().get(short)
        return day or split_reference(short)[2]


def had_come(when: dt.date | int, day: dt.date) -> bool:
    """Had ``when`` come by ``day``, for sure?"""
    return when < day.year if isinstance(when, int) else when <= day


def _as_day(when: dt.date | int) -> dt.date:
    return dt.date(max(when, 1), 12, 31) if isinstance(when, int) else when


@lru_cache(maxsize=2048)
def split_reference(short: str) -> tuple[str, str, int | None]:
    """``"UU 23/2014"`` -> ("UU", "23", 2014)."""
    head, _, year = short.strip().rpartition("/")
    kind, _, number = head.rpartition(" ")
    if " " not in kind and number.isdecimal() and year.isdecimal():
        return kind, number, int(year)
    read = parse_citation(short)
    return read.kind, read.number, read.year


@cache
def _days() -> dict[str, tuple[dt.date, bool]]:
    with data_file("promulgation.csv").open(encoding="utf-8", newline="") as stream:
        return {
            row["peraturan"]: (dt.date.fromisoformat(row["tanggal"]), row["keyakinan"] == CONFIDENCES[0])
            for row in csv.DictReader(stream)
        }


@cache
def promulgated() -> dict[str, dt.date]:
    """Days of promulgation that are known, by short name (``promulgation.csv``)."""
    return {short: day for short, (day, _) in _days().items()}


def day_is_sure(short: str) -> bool:
    """Does the day of promulgation rest on a confidence that may block a document?"""
    return _days().get(short, (None, True))[1]


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
        say(
            "Daftar peraturan {path} baris {number} tidak sah: {row}. Perbaiki baris itu.",
            path=path.name,
            number=number,
            row=repr(row),
        )
    )


def own_fault(own: OwnRegulation) -> str | None:
    """Column of a row of ``regulasi.csv`` that cannot be right; None when all is well."""
    needed = (("jenis", own.kind), ("nomor", own.number))
    missing = next((column for column, text in needed if not text.strip()), None)
    if missing is not None:
        return missing
    if not parse_kind(own.kind)[0]:
        return "jenis"
    if own.status not in STATUSES:
        return "status"
    if own.confidence not in CONFIDENCES:
        return "keyakinan"
    for column, text in (("dicabut_oleh", own.revoked_by), ("diubah_oleh", own.amended_by)):
        if not all(_is_reference(ref) for ref in _references(text)):
            return column
    numbers = (("lembaran", own.gazette), ("tambahan", own.supplement))
    return next((column for column, text in numbers if text and not (text.isdecimal() and text.isascii())), None)


def _is_reference(text: str) -> bool:
    kind, number, year = split_reference(text)
    return bool(kind_named(kind) and number and year)


def _references(text: str) -> list[str]:
    plain = text.replace(_PARTLY, "")
    return [part.strip() for part in plain.split(";") if part.strip()]


def from_own(own: OwnRegulation, home: str) -> Regulation:
    """A register row from a row of ``regulasi.csv``; a regional kind without region means ``home``."""
    kind, region = parse_kind(own.kind)
    year = own.year if own.year is not None else parse_citation(f"UU Nomor {own.number}").year
    partly = own.revoked_by.strip().startswith(_PARTLY)
    references = tuple(_references(own.revoked_by))
    named = kind_named(kind)
    short = short_name(kind, own.number.strip(), year)
    return Regulation(
        kind or own.kind,
        region or (home if named is not None and named.local else ""),
        own.number.strip(),
        year,
        own.about,
        own.status,
        () if partly else references,
        references if partly else (),
        tuple(_references(own.amended_by)),
        own.confidence,
        _published(own) or (known().get(short) if not region else None),
        own.promulgated or promulgated().get(short),
    )


_MOST_DIGITS = 9
"""Longer ones are no number of a gazette."""


def _published(own: OwnRegulation) -> Published | None:
    if not own.gazette and not own.supplement:
        return None
    number, supplement = (
        int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else None for text in (own.gazette, own.supplement)
    )
    return Published(number, supplement, own.confidence == CONFIDENCES[0])


@lru_cache(maxsize=64)
def register_for(own: tuple[OwnRegulation, ...], region: str) -> Register:
    """The built-in register with an office's own rows in front of it; rows that cannot be right are left out."""
    home = region_key(region)
    table = dict(packaged())
    for row in (from_own(r, home) for r in own if own_fault(r) is None):
        table[(row.kind, row.region, row.number, row.year)] = row
    by_year: dict[int | None, list[Regulation]] = {}
    for row in table.values():
        by_year.setdefault(row.year, []).append(row)
    return Register(table, home, {year: tuple(rows) for year, rows in by_year.items()})
