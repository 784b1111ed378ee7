"""The affairs of government (urusan, UU 23/2014 art. 12) by the names people use, and the agencies that carry them.

From ``affairs.csv``: an affair, its group, words by which its usual agency is known, and other names of the field. A
name that several affairs share ("infrastruktur", "ekonomi") means all of them together.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.recess.text import squash
from pipeline.resources import data_file

_IDLE = frozenset(("dan", "serta", "atau", "bidang", "urusan", "sektor", "wajib", "pilihan", "di", "lain", "lainnya"))
"""Words in which the names of one field differ."""

_LOCAL = frozenset(("kecamatan", "kelurahan", "desa", "distrik", "pemdes", "camat", "lurah"))
"""Subdistricts and villages serve any field: the first word of their name tells, what follows may be a place."""

_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Affair:
    """One affair, or several that a field names at once; ``parts`` are their names, ``group`` that of the first.

    ``group`` is ``wajib pelayanan dasar``, ``wajib non-pelayanan dasar``, ``pilihan`` or ``penunjang``.
    """

    name: str
    group: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Index:
    """Phrases as words: the field names of affairs, and the words of their agencies; each with the rows it means."""

    affairs: tuple[Affair, ...]
    fields: Mapping[_Key, tuple[int, ...]]
    agencies: Mapping[_Key, tuple[int, ...]]
    longest: int


@lru_cache(maxsize=4096)
def affair_of(field_text: str) -> Affair | None:
    """What ``field_text`` (``bidang``) means; None when a part of it is no name of a field."""
    index = _index()
    found: dict[int, None] = {}
    words = _words(field_text)
    at = 0
    while at < len(words):
        phrase = _longest(index.fields, words, at, index.longest)
        if not phrase:
            return None
        found |= dict.fromkeys(index.fields[phrase])
        at += len(phrase)
    return _together([index.affairs[row] for row in found])


def fits(affair: Affair, agency_text: str) -> bool | None:
    """Does ``agency_text`` (``opd``) name an agency of ``affair``? None when nobody can tell from its name."""
    carried = _carried(agency_text)
    return any(part in carried for part in affair.parts) if carried else None


@lru_cache(maxsize=4096)
def _carried(agency_text: str) -> frozenset[str]:
    """Names of the affairs that the words of an agency's name speak of."""
    index = _index()
    words = _words(agency_text)
    if not _LOCAL.isdisjoint(words[:2]):
        return frozenset()
    found = (
        index.agencies.get(words[start:end], ())
        for start in range(len(words))
        for end in range(start + 1, min(len(words), start + index.longest) + 1)
    )
    return frozenset(index.affairs[row].name for rows in found for row in rows)


def affairs() -> tuple[Affair, ...]:
    """Every affair, in the order of the law."""
    return _index().affairs


def _together(parts: list[Affair]) -> Affair | None:
    if len(parts) < 2:
        return parts[0] if parts else None
    names = tuple(part.name for part in parts)
    return Affair("; ".join(names), parts[0].group, names)


def _longest(known: Mapping[_Key, tuple[int, ...]], words: _Key, at: int, most: int) -> _Key:
    ends = range(min(len(words), at + most), at, -1)
    return next((words[at:end] for end in ends if words[at:end] in known), ())


def _words(text: str) -> _Key:
    return tuple(word for word in squash(text).split() if word not in _IDLE and not word.isdecimal())


@cache
def _index() -> _Index:
    with data_file("affairs.csv").open(encoding="utf-8", newline="") as stream:
        table = list(csv.DictReader(stream))
    names = {_words(row["urusan"]): (number,) for number, row in enumerate(table)}
    fields: dict[_Key, tuple[int, ...]] = {}
    agencies: dict[_Key, tuple[int, ...]] = {}
    for number, row in enumerate(table):
        _note(fields, row["sinonim"], number)
        _note(agencies, row["kata_opd"], number)
    return _Index(
        tuple(Affair(row["urusan"], row["kelompok"], (row["urusan"],)) for row in table),
        fields | names,  # the name of an affair means that affair alone
        agencies,
        max(map(len, (*fields, *agencies, *names))),
    )


def _note(known: dict[_Key, tuple[int, ...]], phrases: str, number: int) -> None:
    for key in _keys(phrases):
        known[key] = (*known.get(key, ()), number)


def _keys(phrases: str) -> Iterator[_Key]:
    return iter(dict.fromkeys(key for key in map(_words, phrases.split(";")) if key))
