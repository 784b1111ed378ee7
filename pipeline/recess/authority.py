"""Hints that a proposal belongs to another level of government (domain notes 4.6): never more than a hint.

A phrase ("jalan provinsi", "SMK") counts only where nothing but words that go with it stand before it in its clause:
"rehabilitasi ruang kelas SMK" speaks of the school, "jalan menuju SMK" of a road. Phrases and words: ``authority.csv``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from pipeline.model.message import Message, say
from pipeline.model.office import RegionKind
from pipeline.model.recess import Proposal
from pipeline.recess.affairs import affair_of
from pipeline.recess.text import squash
from pipeline.resources import data_file

VILLAGE: Final = "desa"
PROVINCE: Final = "provinsi"
LOCAL: Final = "kabupaten/kota"
NATION: Final = "pusat"
LEVELS: Final[Mapping[str, Message]] = {
    VILLAGE: say("desa"),
    LOCAL: say("kabupaten/kota"),
    PROVINCE: say("provinsi"),
    NATION: say("pusat"),
    "provinsi atau pusat": say("provinsi atau pusat"),
}
_CLAUSE = re.compile(r"(?<!jl)(?<!jln)\.+(?=\s|$)|[;:,!?]+(?=\s|$)|[()\n]| [-–—] ", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_HANDED_ON = re.compile(
    r"\b(?:alih|pengalihan|perubahan|peningkatan|kenaikan|penyerahan|pelimpahan|serah terima)"
    r"\s+(?:status|aset|kewenangan|kelola)\b"
    r"|\b(?:koordinasi|dikoordinasikan|berkoordinasi|diteruskan|meneruskan|disampaikan|rekomendasi|advokasi|fasilitasi"
    r"|difasilitasi|bersurat)\b.*\b(?:provinsi|propinsi|pemprov|pusat|kementerian|balai|bbws|bbpjn|pln|perhutani|desa)"
    r"\b|\b(?:oleh|ke|kepada)\s+(?:pemerintah\s+)?(?:pemprov|provinsi|propinsi|pusat|kementerian)\b"
)
"""The people know whose it is: they ask to hand it over, or on."""
_OTHERS = re.compile(
    r"\b(?:provinsi|propinsi|pemprov|prov|kementerian|kementrian|kemen\w*|balai besar|bbws|bws|bbpjn|bpjn|pln|perhutani"
    r"|kantor wilayah|kanwil|pemerintah desa|pemdes|pemerintah pusat|cabang dinas)\b"
)
"""An agency of another level, so nothing needs to be said."""
_AREA = re.compile(r"(?<![\d.,])(\d{1,3}(?:\.\d{3})+|\d{1,6})(?:,\d+)?\s*(?:ha|hektar|hektare)\b", re.IGNORECASE)
_HECTARES_STATED = re.compile(r"[0-9]{1,9}")
_HECTARES = frozenset(("ha", "hektar", "hektare"))
_NO_NAMES = frozenset(("rt", "rw", "km", "dusun", "dukuh", "dsn", "gang", "gg", "blok"))
"""They are written with a capital letter, and are not the name of a village."""
_LEAST_PROVINCE, _MOST_PROVINCE = 1000, 3000
"""Hectares of irrigation that are the province's, UU 23/2014 annex C: below is local, above national."""


@dataclass(frozen=True, slots=True)
class Hint:
    """``words`` of the proposal speak of something of another ``level`` (a key of LEVELS)."""

    words: str
    level: str
    column: str = "uraian"


@dataclass(frozen=True, slots=True)
class _Kind:
    """Phrases of one kind, the words that may stand before them, and whose it is."""

    level: str
    source: str
    before: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Table:
    """The kinds for one kind of region; ``screen`` finds texts with any phrase in a squashed text."""

    phrases: Mapping[tuple[str, ...], _Kind]
    longest: int
    screen: re.Pattern[str]


def hint(row: Proposal, kind: RegionKind, plain: str) -> Hint | None:
    """Whose ``row`` seems to be, None when there is no sign that it is not the region's own.

    ``plain`` is the squashed text of the row. Nothing is said where the row names the other level itself.
    """
    own = PROVINCE if kind is RegionKind.PROVINCE else LOCAL
    table = _table(own)
    found = _in_text(row.text, own) if table.screen.search(plain) else None
    found = found or _school(row, own) or _irrigation(row, own, plain)
    if found is None or found.level == own or _is_told(row, found, plain):
        return None
    if found.level == VILLAGE and (kind is RegionKind.CITY or _names_village(row)):
        return None
    return found


def _is_told(row: Proposal, found: Hint, plain: str) -> bool:
    """Does the row itself say whose it is, or that it shall be handed on?"""
    stated = squash(row.authority)
    if stated and any(squash(level) in stated for level in found.level.split(" atau ")):
        return True
    return bool(_HANDED_ON.search(plain) or _HANDED_ON.search(squash(row.remark)) or _OTHERS.search(squash(row.agency)))


def _names_village(row: Proposal) -> bool:
    """In "jalan Desa Mekarsari", or "JALAN DESA MEKARSARI", the words name a place and not a kind of road."""
    text, village = squash(row.text), squash(row.village)
    name = village.removeprefix("desa ")
    return bool(name) and f"desa {name}" in text


@lru_cache(maxsize=4096)
def _in_text(text: str, own: str) -> Hint | None:
    table = _table(own)
    for clause in _CLAUSE.split(text):
        written = _WORD.findall(clause)
        words = tuple(word.casefold() for word in written)
        at = next(_starts(words, table), None)
        if at is None:
            continue
        start, end, kind = at
        if all(word in kind.before or word.isdecimal() for word in words[:start]) and not _named(written, end, kind):
            return Hint(" ".join(written[start:end]), kind.level)
    return None


def _starts(words: tuple[str, ...], table: _Table) -> Iterator[tuple[int, int, _Kind]]:
    """Where phrases stand in ``words``, left to right, the longest first."""
    for start in range(len(words)):
        for end in range(min(len(words), start + table.longest), start, -1):
            kind = table.phrases.get(words[start:end])
            if kind is not None:
                yield start, end, kind


def _named(written: list[str], end: int, kind: _Kind) -> bool:
    """A name follows "jalan Desa": it says where the road is, not whose."""
    if kind.level != VILLAGE or end >= len(written):
        return False
    if written[end].casefold() in _NO_NAMES:
        return False
    shouted = all(word.isupper() for word in written)
    return shouted or written[end][:1].isupper() or written[end - 1][:1].isupper()


def _school(row: Proposal, own: str) -> Hint | None:
    """A proposal on education whose place is a school of another level: "Rehabilitasi ruang kelas", "SMAN 2"."""
    words = tuple(squash(row.location).split()[:4])
    if not words:
        return None
    table = _table(own)
    kind = next(
        (table.phrases.get(words[:end]) for end in range(len(words), 0, -1) if words[:end] in table.phrases), None
    )
    if kind is None or kind.source not in _SCHOOL_SOURCES or not _is_education(row.field):
        return None
    return Hint(row.location, kind.level, "lokasi")


_SCHOOL_SOURCES: Final = frozenset(("UU 23/2014 Lampiran huruf A", "UU 23/2014 Pasal 10 ayat (1) huruf f"))


def _is_education(field: str) -> bool:
    affair = affair_of(field)
    return affair is not None and "Pendidikan" in affair.parts


def _irrigation(row: Proposal, own: str, plain: str) -> Hint | None:
    """Irrigation by the hectares that the text, or volume and unit, state; quarternary and tertiary canals are not."""
    if "irigasi" not in plain or "tersier" in plain or "kuarter" in plain:
        return None
    found = _AREA.search(row.text)
    stated = found[1] if found else row.volume if squash(row.unit) in _HECTARES else ""
    digits = stated.replace(".", "")
    if not _HECTARES_STATED.fullmatch(digits) or (own == PROVINCE and found is None):
        return None
    area = int(digits)
    level = LOCAL if area < _LEAST_PROVINCE else PROVINCE if area <= _MOST_PROVINCE else NATION
    words = found[0] if found else f"{row.volume} {row.unit}"
    return Hint(f"irigasi {words}", level, "uraian" if found else "volume")


@cache
def _table(own: str) -> _Table:
    with data_file("authority.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    common = frozenset(rows[0]["pendahulu"].split(";"))
    phrases: dict[tuple[str, ...], _Kind] = {}
    for row in rows[1:]:
        if row["daerah"] in ("semua", "provinsi" if own == PROVINCE else "kabkota"):
            kind = _Kind(row["tingkat"], row["sumber"], common | set(row["pendahulu"].split(";")))
            phrases |= {tuple(phrase.split()): kind for phrase in row["ungkapan"].split(";")}
    words = "|".join(re.escape(" ".join(phrase)) for phrase in phrases)
    return _Table(phrases, max(map(len, phrases)), re.compile(rf"\b(?:{words})\b"))
