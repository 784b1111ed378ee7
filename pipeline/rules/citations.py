"""Reads a citation of a regulation: kind, number, year, subject, region; long and short forms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_DPRD = r"(?:Dewan Perwakilan Rakyat Daerah|DPRD)"
_PAN = r"(?:Negara )?(?:Pendayagunaan Aparatur Negara|PAN)"
_RB = r"(?:\s*(?:dan|&|-)?\s*(?:Reformasi Birokrasi|RB))"
_KINDS: tuple[tuple[str, str, str], ...] = (
    # canonical kind, pattern of its name at the head of a citation, kind of region it carries
    ("UUD", r"(?:Undang-?\s?Undang Dasar(?: Negara Republik Indonesia)?|UUD(?: NRI)?)", ""),
    ("TAP MPR", r"(?:Ketetapan Majelis Permusyawaratan Rakyat|TAP MPR)", ""),
    ("Perppu", r"(?:Peraturan Pemerintah Pengganti Undang-?\s?Undang|Perp+u)", ""),
    ("UU", r"(?:Undang-?\s?Undang|UU)", ""),
    ("PP", r"(?:Peraturan Pemerintah|PP)", ""),
    ("Perpres", r"(?:Peraturan Presiden|Perpres)", ""),
    ("Keppres", r"(?:Keputusan Presiden|Keppres)", ""),
    ("Inpres", r"(?:Instruksi Presiden|Inpres)", ""),
    ("Permendagri", r"(?:Peraturan Menteri Dalam Negeri|Permendagri)", ""),
    ("Kepmendagri", r"(?:Keputusan Menteri Dalam Negeri|Kepmendagri)", ""),
    ("PermenPAN-RB", rf"(?:Peraturan Menteri {_PAN}{_RB}|Per?men-?\s?PAN{_RB})", ""),
    ("PermenPAN", rf"(?:Peraturan Menteri {_PAN}|Permen-?\s?PAN)", ""),
    ("KepmenPAN-RB", rf"(?:Keputusan Menteri {_PAN}{_RB}|Kepmen-?\s?PAN{_RB})", ""),
    ("PMK", r"(?:Peraturan Menteri Keuangan|PMK)", ""),
    ("Permen", r"Peraturan Menteri [A-Z][\w/, ]+?", ""),
    ("Kepmen", r"(?:Keputusan|Keputusan Bersama) Menteri [A-Z][\w/, ]+?", ""),
    ("Perka BKN", r"(?:Peraturan Kepala (?:Badan Kepegawaian Negara|BKN)|Perka BKN)", ""),
    ("Peraturan BKN", r"Peraturan (?:Badan Kepegawaian Negara|BKN)", ""),
    ("Perka ANRI", r"(?:Peraturan Kepala (?:Arsip Nasional(?: Republik Indonesia)?|ANRI)|Perka ANRI)", ""),
    ("Peraturan ANRI", r"Peraturan (?:Arsip Nasional(?: Republik Indonesia)?|ANRI)", ""),
    ("PerKI", r"(?:Peraturan Komisi Informasi(?: Pusat)?|PerKI)", ""),
    ("Perda", r"(?:Peraturan Daerah|Perda)", "*"),
    ("Pergub", r"(?:Peraturan Gubernur|Pergub)", "provinsi"),
    ("Perbup", r"(?:Peraturan Bupati|Perbup)", "kabupaten"),
    ("Perwal", r"(?:Peraturan Wali\s?kota|Perwali?|Perwalkot)", "kota"),
    ("Peraturan DPRD", rf"Peraturan {_DPRD}", "*"),
    ("Keputusan DPRD", rf"Keputusan (?:Pimpinan )?{_DPRD}", "*"),
    ("Keputusan Sekretaris DPRD", rf"Keputusan Sekretaris {_DPRD}", "*"),
    ("Kepgub", r"Keputusan Gubernur", "provinsi"),
    ("Kepbup", r"Keputusan Bupati", "kabupaten"),
    ("Kepwal", r"Keputusan Wali\s?kota", "kota"),
    ("SE", r"Surat Edaran\b.*?", ""),
)
_PATTERNS = tuple(
    (kind, re.compile(rf"{pattern}(?:\s+Republik Indonesia)?(?=\s|$)(?P<rest>.*)", re.IGNORECASE), region)
    for kind, pattern, region in _KINDS
)
_RANKS = {
    **{"UUD": 1, "TAP MPR": 2, "UU": 3, "Perppu": 3, "PP": 4, "Perpres": 5, "Keppres": 5},
    **{"Pergub": 9, "Perbup": 11, "Perwal": 11},
}
"""Ranks of UU 12/2011 art. 7 and 8 for the kinds whose place does not vary in practice."""
_MINISTERS = 6
_PERDA = {"provinsi": 8, "kabupaten": 10, "kota": 10}
LOCAL_EXECUTIVE = frozenset(("Perbup", "Perwal", "Kepbup", "Kepwal"))

_ITEM_END = re.compile(r"(?<=\d)\.$|\s*;(?:\s*dan)?$")
_LIST_NUMBER = re.compile(r"^\s*\d{1,2}[.)]\s+")
_LONG = re.compile(
    r"^(?P<head>.+?)\s+(?:Nomor|Nomer|No)\b\.?\s*(?P<number>(?!Tahun\b|tentang\b)[\w./…_-]*?)\s*"
    r"(?:(?:\bTahun|\bThn?\b\.?)\s*(?P<year>[\d.…_X]*)\s*)?(?:,?\s*(?:\btentang|\bttg\b\.?)\s*(?P<about>.*))?$",
    re.IGNORECASE | re.DOTALL,
)
_BRIEF = re.compile(
    r"^(?P<head>[^\d]+?)\s+(?P<number>\d+)\s*(?:/|\s(?:Tahun|Thn?\.?)\s)\s*(?P<year>\d{4})\b\s*"
    r"(?:,?\s*(?:tentang|ttg\.?)\s*(?P<about>.*))?$",
    re.IGNORECASE | re.DOTALL,
)
_YEAR_IN_NUMBER = re.compile(r"/((?:19|20)\d{2})$")
_NUMBER_AND_YEAR = re.compile(r"\d+/(?:19|20)\d{2}$")
_PAN_RB_SINCE = 2010
"""From this year the ministry carries Reformasi Birokrasi in its name; short forms leave it out."""
_TAIL = re.compile(
    r"\s*(?:\((?:Tambahan |LN|Lembaran|Berita|TLN|BN)|,?\s*sebagaimana telah|,?\s*jo\.?\s).*$",
    re.IGNORECASE | re.DOTALL,
)
_AMENDED = re.compile(r"sebagaimana\s+telah\s+(?:beberapa\s+kali\s+)?diubah", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\.{3,}|…|_{2,}|\bXX+\b|\b(?:TODO|TBD)\b|\[\s*\]")


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation as read. ``kind`` is "" when the words name no known kind; ``region`` is in lower case with its
    kind ("kabupaten banyumas") and "" when national or not said; ``year`` None when not said.
    """

    text: str
    kind: str = ""
    number: str = ""
    year: int | None = None
    about: str = ""
    region: str = ""
    placeholder: bool = False
    amended: bool = False

    @property
    def short(self) -> str:
        """``"UU 17/2014"``, as the register writes it."""
        number = self.number if _YEAR_IN_NUMBER.search(self.number) else f"{self.number}/{self.year}"
        return f"{self.kind} {number}"

    @property
    def complete(self) -> bool:
        """Are kind, number and year there, so that the register can be asked?"""
        return bool(self.kind and self.number and self.year)


@lru_cache(maxsize=4096)
def parse_citation(text: str) -> Citation:
    """The citation in ``text``; parts that are not there stay empty, nothing is guessed."""
    plain = _ITEM_END.sub("", " ".join(_LIST_NUMBER.sub("", text).split()))
    match = _LONG.match(plain) or _BRIEF.match(plain)
    placeholder = bool(_PLACEHOLDER.search(plain))
    amended = bool(_AMENDED.search(plain))
    if match is None:
        kind, region = parse_kind(plain.rstrip(".;"))
        about = re.search(r"\b(?:tentang|ttg)\b\.?\s*(.*)", plain, re.IGNORECASE)
        subject = _clean(about[1]) if about else ""
        return Citation(text, kind, "", None, subject, "" if about else region, placeholder, amended)
    kind, region = parse_kind(match["head"])
    number = (match["number"] or "").strip("./_…-")
    year = _year(match["year"], number)
    if _NUMBER_AND_YEAR.match(number):
        number = number.partition("/")[0]
    if kind == "PermenPAN" and year is not None and year >= _PAN_RB_SINCE:
        kind = "PermenPAN-RB"
    return Citation(text, kind, number, year, _clean(match["about"]), region, placeholder, amended)


def _year(stated: str | None, number: str) -> int | None:
    if stated and stated.strip(".").isdigit() and len(stated.strip(".")) == 4:
        return int(stated.strip("."))
    inside = _YEAR_IN_NUMBER.search(number)
    return int(inside[1]) if inside else None


def _clean(about: str | None) -> str:
    return _TAIL.sub("", about or "").strip(" ;.,")


@lru_cache(maxsize=4096)
def parse_kind(head: str) -> tuple[str, str]:
    """Kind and region of a citation's head: "Peraturan Bupati Banyumas" -> (Perbup, kabupaten banyumas)."""
    plain = " ".join(head.split())
    for kind, pattern, carries in _PATTERNS:
        match = pattern.match(plain)
        if match is None:
            continue
        rest = match["rest"].strip(" ,").lower()
        if not carries:
            if rest and kind not in ("UUD", "SE", "TAP MPR"):
                continue
            return kind, ""
        return kind, _region(rest, carries)
    return "", ""


def _region(rest: str, carries: str) -> str:
    for word in ("kabupaten", "kota", "provinsi", "propinsi", "kab."):
        if rest.startswith(word + " "):
            name = {"propinsi": "provinsi", "kab.": "kabupaten"}.get(word, word)
            return f"{name} {rest[len(word) :].strip()}"
    if not rest:
        return ""
    return rest if carries == "*" else f"{carries} {rest}"


def region_key(region: str) -> str:
    """A region as citations name it: ``"Kabupaten Banyumas"`` -> ``"kabupaten banyumas"``."""
    return " ".join(region.lower().split())


def rank_of(citation: Citation) -> int | None:
    """Place in the hierarchy, None for kinds whose place varies in practice."""
    if citation.kind.startswith(("Permen", "PMK", "Perka", "Peraturan BKN", "Peraturan ANRI", "PerKI")):
        return _MINISTERS
    if citation.kind == "Perda":
        return _PERDA.get(citation.region.partition(" ")[0])
    return _RANKS.get(citation.kind)
