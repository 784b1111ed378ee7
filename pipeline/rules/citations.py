"""Reads a citation of a regulation: kind, number, year, subject, region, gazettes, amendments; long and short forms."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Final

from pipeline.resources import data_file
from pipeline.rules.gazettes import Gazette, first_gazette, read_gazettes
from pipeline.rules.kinds import Found, by_year, find_kind, kind_named

VARYING_RANK: Final = 12
"""Rank of the council's own regulations, whose place among those of the region varies in practice."""
READ_AS_REGULATION_UNTIL: Final = 2011
"""Year of UU 12/2011, whose art. 100 reads older decrees that regulate as regulations."""
_PROVINCE, _REGENCY = 8, 10
LEAD: Final = re.compile(r"^\s*(?:[-•*–—]|\(?\d{1,2}[.)](?!\d)|[a-zA-Z][.)](?=\s))\s*")
_ARTICLES: Final = re.compile(
    r"^(?:ketentuan\s+)?(?:Pasal\s+\d+\w*(?:[\s,]+(?:(?:ayat|huruf|angka|dan|serta|s\.?d\.?|sampai|dengan|Pasal)"
    r"\b\.?|\(?\d+\w?\)?|[a-z]\b|–|-))*)\s*,?\s*(?=[A-Z])"
)
_ITEM_END: Final = re.compile(r"(?:(?<=\d)\.|\s*[;,]\s*(?:dan)?|(?<=[\w)])\.)\s*$")
_SIGNS: Final = str.maketrans({"‐": "-", "‑": "-", "–": "-", "—": "-", "“": '"', "”": '"', "’": "'", "\u00a0": " "})
_GLUED: Final = re.compile(
    r"(?<=\d)(?=(?:Tahun|Thn|Th)\b|(?:Tahun|Thn)\d)|(?<=\bTahun)(?=\d)|(?<=\bThn)(?=\d)", re.IGNORECASE
)
_TOKEN: Final = r"[\w.…_][\w.\-…]*(?:\s*/\s*[\w.\-]+)*(?:\s[A-Z](?=\s+(?:Tahun|Thn?)\b))?"
_YEAR: Final = r"\b(?:Tahun|Thn|Th)\b\s*[.:]?\s*(?P<year>[\d.…_X]*)"
_TAIL: Final = (
    r"\s*,?\s*(?:\b(?:tertanggal|tanggal|tgl)\b\.?\s*\d{1,2}[\s/-]+\w+[\s/-]+(?P<dated>\d{4}))?"
    r"\s*(?:[,:]?\s*\b(?:tentang|ttg|perihal|mengenai)\b[.:]?\s*(?P<about>.*)|(?P<rest>.*))$"
)
_LONG: Final = re.compile(
    r"^(?P<head>.+?)[\s,]*\b(?:Nomor|Nomer|No)(?![A-Za-z])\s*[.:]*\s*"
    rf"(?P<number>(?!(?:Tahun|Thn?|tentang|ttg)\b){_TOKEN})?\s*,?\s*(?:{_YEAR})?{_TAIL}",
    re.IGNORECASE | re.DOTALL,
)
_BRIEF: Final = re.compile(
    r"^(?P<head>[^\d(]+?)[\s-]*"
    r"(?P<number>(?:(?-i:\b[A-Z]{2,5}[/-])?\d[\w.\-]*|(?-i:\b[IVXLC]+(?=/)))(?:\s*/\s*[\w.\-]+)*)"
    rf"\s*,?\s*(?:{_YEAR})?{_TAIL}",
    re.IGNORECASE | re.DOTALL,
)
_ENDS_IN_YEAR: Final = re.compile(r"\s*\bTahun\s+(\d{4})$", re.IGNORECASE)
_ABOUT: Final = re.compile(r"\b(?:tentang|ttg)\b", re.IGNORECASE)
_YEAR_IN_NUMBER: Final = re.compile(r"/((?:19|20)\d{2})$")
_NUMBER_AND_YEAR: Final = re.compile(r"^[^/]*\d[^/]*/(?:19|20)\d{2}$")
_ORDINAL: Final = re.compile(r"^0*(\d+)(?:/\D|$)")
_AMENDING: Final = re.compile(
    r"[,(]?\s*\b(?:sebagaimana\s+(?:yang\s+)?(?:sudah\s+|telah\s+)?(?:beberapa\s+kali\s+)?(?:diubah|dirubah|mengalami\s+perubahan)"
    r"|(?:yang\s+)?telah\s+(?:beberapa\s+kali\s+)?(?:diubah|dirubah)"
    r"|(?:beserta|dan|berikut)\s+(?:semua\s+|seluruh\s+)?perubahan(?:-perubahan)?nya|juncto\b|jo\b\.?(?=\s+[A-Z]))",
    re.IGNORECASE,
)
_LAST: Final = re.compile(
    r"\bterakhir\b(?:\s+kali)?(?:\s+(?:diubah|dirubah))?(?:\s+(?:dengan|oleh|melalui))?\s*", re.IGNORECASE
)
_BY: Final = re.compile(r"\b(?:dengan|oleh|melalui|juncto|jo\b\.?)\s*", re.IGNORECASE)
_SEVERAL: Final = re.compile(r"\bbeberapa\s+kali\b", re.IGNORECASE)
_BORDER: Final = re.compile(
    r"(?:(?P<strong>[;\n])|(?<=\s)(?=\d{1,2}[.)]\s*[A-Z])|(?P<weak>,?\s*\b(?:dan|serta)\b|,))\s*(?P<number>\d{1,2}[.)]\s*)?(?=[A-Z])"
)
_HOLDS_ANOTHER: Final = re.compile(
    r"^(?:Perubahan|Pencabutan|Pelaksanaan|Peraturan Pelaksanaan|Penetapan|Petunjuk|Ketentuan|Tata Cara|Penjabaran)\b",
    re.IGNORECASE,
)
_PLACEHOLDER: Final = re.compile(r"\.{3,}|…|_{2,}|\bX{2,}\b(?!/MPR)|\b(?:TODO|TBD)\b|\[\s*\]")
_OTHER_LEVEL: Final = re.compile(r"^(?:dan|,|/|daerah|kabupaten|kota|provinsi|desa)\b", re.IGNORECASE)
_OLD_LEVEL: Final = re.compile(r"\b(?:daerah\s+)?(?:tingkat|tk\.?)\s+i{1,2}\b\s*", re.IGNORECASE)
_REGIONS: Final = {
    "propinsi": "provinsi",
    "prov.": "provinsi",
    "prov": "provinsi",
    "kab.": "kabupaten",
    "kab": "kabupaten",
}
_ISLANDS: Final = re.compile(r"\bkep\.?\s")
_AMBIGUOUS: Final = frozenset(("gorontalo", "bengkulu", "jambi"))
"""Provinces of the name of a regency or city within: without "Provinsi" either may be meant."""


@dataclass(frozen=True, slots=True)
class Amendment:
    """The clause "sebagaimana telah diubah": ``text`` as written, ``by`` the amending regulations it names.

    ``several`` says that it speaks of more than one; the last of ``by`` is the one named as the latest.
    """

    text: str
    several: bool = False
    by: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation as read. ``kind`` is "" when the words name no known kind; ``region`` is in lower case with its
    kind ("kabupaten banyumas") and "" when national or not said; ``year`` None when not said.

    ``rank`` is the place in the hierarchy (None when unknown), ``nature`` as in ``Kind``, ``brief`` says that the
    kind is written short. ``also`` are further regulations in the same item; ``text`` are its own words then.
    """

    text: str
    kind: str = ""
    number: str = ""
    year: int | None = None
    about: str = ""
    region: str = ""
    placeholder: bool = False
    amendment: Amendment | None = None
    gazettes: tuple[Gazette, ...] = ()
    rank: int | None = None
    nature: str = ""
    brief: bool = False
    also: tuple[Citation, ...] = ()

    @property
    def amended(self) -> bool:
        """Does it carry a clause about amendments?"""
        return self.amendment is not None

    @property
    def short(self) -> str:
        """``"UU 17/2014"``, as the register writes it."""
        return short_name(self.kind, self.number, self.year)

    @property
    def complete(self) -> bool:
        """Are kind, number and year there, so that the register can be asked?"""
        return bool(self.kind and self.number and self.year)

    @property
    def ordinal(self) -> int | None:
        """The number as a number: 215 of "215/PMK.05/2016"; None when it has none."""
        return ordinal_of(self.number)


def ordinal_of(number: str) -> int | None:
    """The number as a number: 215 of "215/PMK.05/2016"; None when it has none."""
    found = _ORDINAL.match(number)
    return int(found[1][:9]) if found else None


def short_name(kind: str, number: str, year: int | None) -> str:
    """``"UU 17/2014"``; a number that holds its year stands as it is."""
    return f"{kind} {number}" if _YEAR_IN_NUMBER.search(number) else f"{kind} {number}/{year}"


@lru_cache(maxsize=8192)
def parse_citation(text: str) -> Citation:
    """The citation in ``text``; parts that are not there stay empty, nothing is guessed. Never raises."""
    first, *others = _pieces(text)
    if not others:
        return replace(_single(first), text=text)
    return replace(_single(first), also=tuple(_single(piece) for piece in others))


@lru_cache(maxsize=8192)
def _single(text: str, depth: int = 0) -> Citation:
    plain = LEAD.sub("", " ".join(text.translate(_SIGNS).split()))
    plain = _GLUED.sub(" ", plain.strip("\"' "))
    cited = _ARTICLES.match(plain)
    body, clause = _cut_amendment(plain[cited.end() :] if cited else plain, depth)
    start = first_gazette(body)
    gazettes = read_gazettes(body[start:]) if start is not None else ()
    read = _core(_ITEM_END.sub("", body[:start]).strip())
    return replace(
        read,
        text=text,
        placeholder=bool(_PLACEHOLDER.search(plain)),
        amendment=clause,
        gazettes=gazettes,
    )


def _core(body: str) -> Citation:
    """Kind, number, year, subject and region, of a text without gazettes and clause."""
    match = _LONG.match(body)
    if match is None or _ABOUT.search(match["head"]):
        match = _BRIEF.match(body)
        if match is None or _read_year(match) is None or _ABOUT.search(match["head"]):
            return _unnumbered(body)
    head, number = match["head"], re.sub(r"\s*/\s*", "/", match["number"] or "").strip("./_…- ")
    year = _read_year(match)
    before = _ENDS_IN_YEAR.search(head)
    if before and year is None:
        head, year = head[: before.start()], int(before[1])
    if _NUMBER_AND_YEAR.match(number):
        number = number.partition("/")[0]
    found = find_kind(head)
    if found is not None and found.brief and year is not None:
        found = replace(found, kind=by_year(found.kind, year))
    return _with_kind(Citation("", "", number, year, _clean(match["about"])), found)


def _unnumbered(body: str) -> Citation:
    head, _, about = _split_about(body)
    found = find_kind(head)
    if found is not None and found.kind.short == "UUD":
        year = re.search(r"\b(?:19|20)\d{2}\b", found.rest)
        return _with_kind(
            Citation("", year=int(year[0]) if year else None, about=_clean(about)), replace(found, rest="")
        )
    return _with_kind(Citation("", about=_clean(about)), found)


def _split_about(body: str) -> tuple[str, str, str]:
    found = _ABOUT.search(body)
    return (body[: found.start()], found.group(), body[found.end() :]) if found else (body, "", "")


def _with_kind(read: Citation, found: Found | None) -> Citation:
    if found is None or (not found.kind.carries and _OTHER_LEVEL.match(found.rest)):
        return read
    kind = found.kind
    name = f"{kind.short} {found.rest}".rstrip() if kind.carries == "nama" else kind.short
    region = _region(found.rest, kind.carries) if kind.local else ""
    return replace(read, kind=name, region=region, rank=kind.rank, nature=kind.nature, brief=found.brief)


def _read_year(match: re.Match[str]) -> int | None:
    stated = (match["year"] or "").strip(".…_")
    if stated.isdecimal() and len(stated) == 4:
        return int(stated)
    inside = _YEAR_IN_NUMBER.search(re.sub(r"\s*/\s*", "/", match["number"] or "").strip("./_…- "))
    if inside:
        return int(inside[1])
    return int(match["dated"]) if match["dated"] else None


def _clean(about: str | None) -> str:
    return (about or "").strip(" ;.,\"'")


_DEEPEST = 8
"""So many clauses of amendments inside one another are read."""


def _cut_amendment(text: str, depth: int) -> tuple[str, Amendment | None]:
    """The text before its clause about amendments, and that clause; ``depth`` is how many clauses it stands in."""
    found = _AMENDING.search(text)
    if found is None or not re.search(r"\d", text[: found.start()]):
        return text, None
    clause = text[found.start() :].strip(" ,;.(")
    last = None
    for last in _LAST.finditer(clause):  # noqa: B007 - the last one is wanted
        pass
    by = _BY.search(clause)
    start = last.end() if last else by.end() if by else None
    read = start is not None and depth < _DEEPEST
    named = tuple(_single(piece, depth + 1) for piece in _pieces(clause[start:])) if read else ()
    return text[: found.start()], Amendment(
        clause, bool(_SEVERAL.search(clause)), tuple(c for c in named if c.complete)
    )


def _pieces(text: str) -> list[str]:
    """The regulations of one item, each with its own words."""
    start = 0
    found: list[str] = []
    for border in _BORDER.finditer(text):
        before, after = text[start : border.start()], text[border.end() :]
        if _is_border(border["weak"] is not None, before, after):
            found.append(before)
            start = border.end()
    return [*found, text[start:]]


def _is_border(weak: bool, before: str, after: str) -> bool:
    """Does a citation end here and another begin? A title may name regulations, and so does a clause.

    ``weak`` borders are commas and "dan"; a semicolon, a line end and a number of a list are strong.
    """
    if before.count("(") > before.count(")") or find_kind(" ".join(after.split(maxsplit=12)[:12])) is None:
        return False
    if weak and _AMENDING.search(before):
        return False
    ended = _core(_before_gazette(before))
    following = _core(_before_gazette(after.partition(";")[0]))
    if not (ended.kind and ended.number and following.kind and following.number and following.year):
        return False
    return not weak or not _HOLDS_ANOTHER.match(ended.about)


def _before_gazette(text: str) -> str:
    plain = LEAD.sub("", " ".join(text.translate(_SIGNS).split()))
    body, _, _ = plain.partition(" sebagaimana ")
    start = first_gazette(body)
    return _ITEM_END.sub("", body[:start]).strip()


@lru_cache(maxsize=4096)
def parse_kind(head: str) -> tuple[str, str]:
    """Kind and region of a citation's head: "Peraturan Bupati Banyumas" -> (Perbup, kabupaten banyumas)."""
    read = _with_kind(Citation(""), find_kind(head))
    return read.kind, read.region


def _region(rest: str, carries: str) -> str:
    plain = _ISLANDS.sub("kepulauan ", _OLD_LEVEL.sub("", rest.strip(" ,").lower()).replace("ibu kota", "ibukota"))
    first, _, name = plain.partition(" ")
    first = _REGIONS.get(first, first)
    if first in ("kabupaten", "kota", "provinsi"):
        return f"{first} {_provinces().get(name, name) if first == 'provinsi' else name}".strip()
    province = _provinces().get(plain)
    if carries == "*":
        return f"provinsi {province}" if province is not None and plain not in _AMBIGUOUS else plain
    if not plain:
        return ""
    return f"{carries} {province if province is not None and carries == 'provinsi' else plain}"


@cache
def _provinces() -> dict[str, str]:
    """Every name of a province, in lower case -> its official name, in lower case (``provinces.csv``)."""
    with data_file("provinces.csv").open(encoding="utf-8", newline="") as stream:
        rows = [(row["nama"].lower(), row["sebutan"].lower().split(";")) for row in csv.DictReader(stream)]
    return {name: official for official, others in rows for name in (official, *others) if name}


def region_key(region: str) -> str:
    """A region as citations name it: ``"Kabupaten Banyumas"`` -> ``"kabupaten banyumas"``."""
    return _region(" ".join(region.split()), "*")


def rank_of(citation: Citation, home: str = "") -> int | None:
    """Place in the hierarchy (UU 12/2011 art. 7 and 8, and practice), from 1; None when the kind has none.

    A Perda that names no region is of ``home``.
    """
    if citation.kind in ("Perda", "Qanun"):
        region = (citation.region or home).partition(" ")[0]
        return _PROVINCE if region == "provinsi" else _REGENCY if region in ("kabupaten", "kota") else None
    return citation.rank


def is_local(citation: Citation) -> bool:
    """Is it issued by a region?"""
    kind = kind_named(citation.kind)
    return kind is not None and kind.local
