"""Kinds of regulations by every name that people use for them: ``regulation-kinds.csv``, ``regulation-issuers.csv``.

A kind has a short name that the register uses ("Permendagri") and a long one that documents print ("Peraturan
Menteri Dalam Negeri"). Ministries and agencies issue several kinds each; those are made from their names here.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from pipeline.resources import data_file

MINISTERS: Final = 6
DECREES: Final = 7
_NAMED: Final = "nama"
"""In the column ``daerah``: the name of the issuer follows the kind ("Peraturan Direktur Jenderal ...")."""
_SKIPPED: Final = frozenset(("dan", "serta", "republik", "indonesia", "ri", "negara", "&"))
"""Words in which the spellings of one name differ ("Menteri Negara PAN", "PAN & RB")."""
_NO_SIGN: Final = re.compile(r"[\W_]+")
_COUNTRY: Final = re.compile(r"\s*(?:\b(?:Republik\s+Indonesia|RI)\b\.?)\s*$", re.IGNORECASE)
_PLACE_BEFORE: Final = re.compile(r"(?<=\bKab\.)(?=\w)|(?<=\bProv\.)(?=\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of regulation.

    ``rank`` is its place in the hierarchy (UU 12/2011 art. 7 and 8, practice; None when it varies or depends on the
    region), ``carries`` what follows its name ("" nothing, a kind of region, ``*`` any region, ``nama`` an issuer),
    ``nature`` is ``peraturan``, ``keputusan``, ``edaran`` or ``instruksi``. ``line`` joins the names that one
    issuer has had; ``since`` and ``until`` are the years in which this one was in use.
    """

    short: str
    long: str
    rank: int | None
    carries: str
    nature: str
    line: str = ""
    since: int | None = None
    until: int | None = None

    @property
    def local(self) -> bool:
        """Does a region issue it?"""
        return self.carries not in ("", _NAMED)


@dataclass(frozen=True, slots=True)
class Found:
    """A kind read at the head of a citation: ``rest`` is what follows its name, ``brief`` whether that is short.

    ``words`` is the number of words that the name takes.
    """

    kind: Kind
    rest: str
    brief: bool
    words: int = 0


def squash(text: str) -> str:
    """``text`` without signs, blanks, capitals and the words that spellings of one name differ in."""
    return "".join(word for word in _tokens(text) if word not in _SKIPPED)


def _tokens(text: str) -> list[str]:
    return [_NO_SIGN.sub("", word) if word != "&" else word for word in text.lower().split()]


@lru_cache(maxsize=4096)
def find_kind(head: str) -> Found | None:
    """The kind that ``head`` begins with, by its longest known name; None when it begins with none."""
    words = _PLACE_BEFORE.sub(" ", _COUNTRY.sub("", " ".join(head.split()))).split()
    best: Found | None = None
    key = ""
    for index, token in enumerate(_tokens(" ".join(words[:_MOST_WORDS]))):
        if token not in _SKIPPED:
            key += token
            found = _fixed().get(key) or _issued(key)
            if found is None:
                continue
            best = Found(found[0], " ".join(words[index + 1 :]), found[1], index + 1)
        elif best is not None and best.rest:
            best = _without_country(best)
    return best


def _without_country(found: Found) -> Found:
    """ "Menteri Negara", "Republik Indonesia" right behind a kind belong to its name, not to what follows it."""
    first, _, rest = found.rest.partition(" ")
    return Found(found.kind, rest, found.brief, found.words + 1) if first.lower() in _COUNTRY_WORDS else found


def kind_named(short: str) -> Kind | None:
    """The kind with this short name ("Permendagri"); one with an issuer's name behind it is found by its beginning."""
    found = find_kind(short)
    if found is None or (found.rest and found.kind.carries != _NAMED):
        return None
    return found.kind


def long_name(short: str) -> str:
    """The name that documents print; that of an issuer behind it is kept."""
    found = find_kind(short)
    return f"{found.kind.long} {found.rest}".rstrip() if found is not None else short


def same_line(one: str, other: str) -> bool:
    """Are both kinds of one nature and from one issuer, under the names it has had?"""
    first, second = kind_named(one), kind_named(other)
    if first is None or second is None or not first.line:
        return False
    return first.line == second.line and first.nature == second.nature


def suits(kind: Kind, year: int) -> bool:
    """Was the name of ``kind`` in use in ``year``?"""
    return (kind.since is None or year >= kind.since) and (kind.until is None or year <= kind.until)


def by_year(kind: Kind, year: int) -> Kind:
    """What a short name means in ``year``: "Permenpan" goes on being said for the ministry of today."""
    if kind.line != "pan" or suits(kind, year):
        return kind
    return of_year(kind, year) or kind


def of_year(kind: Kind, year: int) -> Kind | None:
    """The kind of the same ministry and nature under its name of ``year``; None when that is not known."""
    for issuer in _issuers():
        if issuer.line == kind.line and issuer.minister and (issuer.since or issuer.until):
            other = _made(issuer, kind.nature, "")
            if suits(other, year):
                return other
    return None


def nearest(head: str) -> str:
    """The known name nearest to the beginning of ``head``, where its words name no kind; "" when none is near."""
    import difflib  # for a misspelled kind only

    names = {name.lower(): name for name in _names()}
    words = head.lower().split()
    best = (0.0, "")
    for count in range(1, min(len(words), _MOST_WORDS) + 1):
        start = " ".join(words[:count])
        for name in difflib.get_close_matches(start, names, n=1, cutoff=0.82):
            best = max(best, (difflib.SequenceMatcher(None, start, name).ratio(), names[name]))
    return best[1]


def begins_short(word: str) -> bool:
    """May ``word`` be the first of a short name of a kind?"""
    token = _NO_SIGN.sub("", word.lower())
    return token in _first_words() or token.startswith(_FUSED)


@dataclass(frozen=True, slots=True)
class _Issuer:
    """A ministry or agency: its short and full names, its own names for its regulations and decrees."""

    minister: bool
    shorts: tuple[str, ...]
    name: str
    own: tuple[tuple[str, tuple[str, ...]], ...]
    line: str
    since: int | None
    until: int | None


_MOST_WORDS: Final = 24
_COUNTRY_WORDS: Final = frozenset(("republik", "indonesia", "ri", "negara"))
_FUSED: Final = ("permen", "kepmen", "inmen", "semen", "per", "perka", "kepka")
_NATURES: Final = {
    "peraturan": "Peraturan",
    "keputusan": "Keputusan",
    "instruksi": "Instruksi",
    "edaran": "Surat Edaran",
}
_BRIEF: Final = {"peraturan": "Permen", "keputusan": "Kepmen", "instruksi": "Inmen", "edaran": "SE Men"}
_OF_MINISTER: Final = {
    # How a name of a ministry's document begins, squashed -> nature, whether that is short.
    **{"peraturanmenteri": ("peraturan", False), "permen": ("peraturan", True), "peraturanmen": ("peraturan", True)},
    **{"keputusanmenteri": ("keputusan", False), "kepmen": ("keputusan", True), "keputusanmen": ("keputusan", True)},
    **{"skmen": ("keputusan", True), "suratkeputusanmenteri": ("keputusan", True), "skmenteri": ("keputusan", True)},
    **{"instruksimenteri": ("instruksi", False), "inmen": ("instruksi", True), "instruksimen": ("instruksi", True)},
    **{"suratedaranmenteri": ("edaran", False), "semen": ("edaran", True), "suratedaranmen": ("edaran", True)},
    **{"semenko": ("edaran", True), "sementeri": ("edaran", True), "permenteri": ("peraturan", True)},
}
_OF_AGENCY: Final = {
    # The same for an agency -> nature, who signs ("" or its head), whether that is short.
    **{"peraturan": ("peraturan", "", False), "per": ("peraturan", "", True)},
    **{"peraturankepala": ("peraturan", "Kepala", False), "peraturanketua": ("peraturan", "Kepala", False)},
    **{"perka": ("peraturan", "Kepala", True), "peraturanka": ("peraturan", "Kepala", True)},
    **{"keputusan": ("keputusan", "", False), "keputusankepala": ("keputusan", "Kepala", False)},
    **{"keputusanketua": ("keputusan", "Kepala", False), "kepka": ("keputusan", "Kepala", True)},
    **{"skkepala": ("keputusan", "Kepala", True), "suratedaran": ("edaran", "", False), "se": ("edaran", "", True)},
    **{"suratedarankepala": ("edaran", "Kepala", False), "suratedaranketua": ("edaran", "Kepala", False)},
    **{"sekepala": ("edaran", "Kepala", True), "seka": ("edaran", "Kepala", True)},
}


@lru_cache(maxsize=4096)
def _issued(key: str) -> tuple[Kind, bool] | None:
    """The kind with the squashed name ``key`` that a ministry or agency issues, and whether the name is short."""
    ministers, agencies = _issuer_names()
    for start, (nature, brief) in _OF_MINISTER.items():
        named = ministers.get(key[len(start) :]) if key.startswith(start) else None
        if named is not None:
            return _made(named[0], nature, ""), brief or named[1]
    for start, (nature, head, brief) in _OF_AGENCY.items():
        named = agencies.get(key[len(start) :]) if key.startswith(start) else None
        if named is not None:
            return _made(named[0], nature, head), brief or named[1]
    return None


def _made(issuer: _Issuer, nature: str, head: str) -> Kind:
    (first, *_), own = issuer.shorts, dict(issuer.own).get(nature, ())
    word = _NATURES[nature]
    if issuer.minister:
        name = first if first.isupper() else first[:1].lower() + first[1:]
        short, long = f"{_BRIEF[nature]}{name}", f"{word} Menteri {issuer.name}"
    else:
        brief = {"peraturan": "Perka", "keputusan": "Kepka", "edaran": "SE Kepala"} if head else {"edaran": "SE"}
        short, long = f"{brief.get(nature, word)} {first}", " ".join(f"{word} {head} {issuer.name}".split())
    rank = MINISTERS if nature == "peraturan" else DECREES
    return Kind(own[0] if own and not head else short, long, rank, "", nature, issuer.line, issuer.since, issuer.until)


@cache
def _fixed() -> dict[str, tuple[Kind, bool]]:
    table: dict[str, tuple[Kind, bool]] = {}
    for row in _rows("regulation-kinds.csv"):
        rank = int(row["tingkat"]) if row["tingkat"] else None
        kind = Kind(row["jenis"], row["panjang"], rank, row["daerah"], row["sifat"])
        table.setdefault(squash(kind.long), (kind, False))
        for form in _split(row["bentuk"]):
            table.setdefault(squash(form), (kind, _is_short(form)))
    for issuer in _issuers():
        for nature, forms in issuer.own:
            table.update({squash(form): (_made(issuer, nature, ""), True) for form in forms})
    return table


def _is_short(form: str) -> bool:
    """Is a part of the name shortened, so that an official document would write it out?"""
    words = form.split()
    return words[0] not in _WRITTEN_OUT or any(word.isupper() or word in _SHORT_WORDS for word in words)


_WRITTEN_OUT: Final = frozenset(
    ("Peraturan", "Keputusan", "Surat", "Instruksi", "Undang-Undang", "Ketetapan", "Tap", "Staatsblad")
)
_SHORT_WORDS: Final = frozenset(("Dirjen", "Kapolri", "Sekjen", "Sekda", "Sekwan", "Polri", "Drt", "Tap"))


@cache
def _issuers() -> tuple[_Issuer, ...]:
    return tuple(
        _Issuer(
            row["golongan"] == "menteri",
            _split(row["singkat"]),
            row["nama"],
            tuple((nature, _split(row[nature])) for nature in ("peraturan", "keputusan") if row[nature]),
            row["garis"],
            *(int(row[key]) if row[key] else None for key in ("dari", "sampai")),
        )
        for row in _rows("regulation-issuers.csv")
    )


@cache
def _issuer_names() -> tuple[dict[str, tuple[_Issuer, bool]], dict[str, tuple[_Issuer, bool]]]:
    """Squashed names of ministries, and of agencies -> issuer, whether the name is short."""
    tables: tuple[dict[str, tuple[_Issuer, bool]], dict[str, tuple[_Issuer, bool]]] = ({}, {})
    for issuer, row in zip(_issuers(), _rows("regulation-issuers.csv"), strict=True):
        table = tables[0 if issuer.minister else 1]
        for name in (issuer.name, *_split(row["alias"])):
            table.setdefault(squash(name), (issuer, False))
        for name in issuer.shorts:
            table.setdefault(squash(name), (issuer, True))
    return tables


@cache
def _first_words() -> frozenset[str]:
    starts = {squash(form.split()[0]) for row in _rows("regulation-kinds.csv") for form in _split(row["bentuk"])}
    starts |= {squash(form.split()[0]) for issuer in _issuers() for _, forms in issuer.own for form in forms}
    return frozenset(starts | {"peraturan", "keputusan", "instruksi", "surat", "se", "sk", "permen", "kepmen", "perka"})


def _names() -> Iterator[str]:
    for row in _rows("regulation-kinds.csv"):
        yield from (row["jenis"], row["panjang"])
    for issuer in _issuers():
        for nature in ("peraturan", "keputusan"):
            kind = _made(issuer, nature, "")
            yield from (kind.short, kind.long)


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    with data_file(name).open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())
