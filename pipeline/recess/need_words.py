"""The text of a proposal as what it says: works, things, names, numbers; without how it is said.

"Mohon perbaikan Jl. Melati yang rusak, RT.02/RW.03" and "Perbaikan jalan Melati RT 2 RW 3" say the same. Which words
are abbreviations, names for one thing, works, or empty words stands in ``need-words.csv``; a word that is not there is
taken as written, and after "jalan", "kelompok tani", "SD Negeri" and the like as a name.
"""

from __future__ import annotations

import csv
import re
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, lru_cache
from typing import Final

from pipeline.resources import data_file

AID: Final = "bantuan"
GOODS: Final = "pengadaan"

_TOKEN: Final = re.compile(r"[mM][23](?!\w)|\d+(?:[.,]\d+)*|[^\W\d_]+|[,;&]")
_UNIT_PAIR: Final = re.compile(r"\brt\s*(?:/\s*rw)?\s*[.:]?\s*(\d+)\s*/\s*(\d+)", re.IGNORECASE)
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:\.\d{3})+")
_JOINTS: Final = frozenset((",", ";", "&"))
_AND: Final = frozenset(("dan", "serta", "beserta", "atau"))
_PLAIN: Final = re.compile(r"[0-9]+(?:/[0-9]+)?")
_ROMAN: Final = re.compile(r"(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3})")
_VALUES: Final = {"i": 1, "v": 5, "x": 10}
_OLD: Final = (("oe", "u"), ("dj", "j"), ("tj", "c"))
_DOUBLE: Final = re.compile(r"(.)\1+")
_REMEMBERED: Final = 50_000
"""Words of which is kept what they are."""
_LONG_ENOUGH: Final = 6
"""Shorter words are too near to one another to take one for a misspelling of another."""
_FAR_APART: Final = 8
"""Of shorter words only letters left out within, or that changed places, are a slip: "melati", "pisang", "operasi" and
"lorong" are no misspellings of "melatih", "pasang", "koperasi" and "gorong"."""

_Tokens = list[tuple[str, bool]]
"""Words in lower case, each with whether it was written with a capital."""
_Phrases = Mapping[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]
"""Phrases and what they stand for, by their first word, the longest first."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a text says. ``core`` are works (``*perbaikan``), things and names; ``hard`` those that another text must
    have too: names, and what a list adds ("meja dan kursi").

    ``facts`` are numbers with what they number (``rt``, ``km``, ``arah``; "" when nothing does), ``sizes`` amounts of a
    unit, ``extra`` words that one may say and another leave out: why, how it is now; ``tail``: for whom or what for.
    ``plain`` are all words but the empty ones: texts with the same are written alike. All but ``core`` are sorted.
    """

    core: tuple[str, ...]
    hard: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    sizes: tuple[tuple[str, Fraction], ...]
    extra: tuple[str, ...]
    tail: tuple[str, ...]
    plain: tuple[str, ...]


@dataclass(slots=True)
class _Found:
    """``Words`` while they are being read."""

    core: dict[str, None] = field(default_factory=dict)
    works: set[str] = field(default_factory=set)
    wished: set[str] = field(default_factory=set)  # works in a reason: "..., agar diperbaiki"
    hard: set[str] = field(default_factory=set)
    facts: set[tuple[str, str]] = field(default_factory=set)
    sizes: set[tuple[str, Fraction]] = field(default_factory=set)
    extra: set[str] = field(default_factory=set)
    tail: set[str] = field(default_factory=set)
    plain: set[str] = field(default_factory=set)

    def words(self) -> Words:
        """What was found; help towards a work ("bantuan perbaikan") is that work, alone it is goods provided."""
        named = self.works or self.wished
        works = named - {AID} or ({GOODS} if named else set())
        core = (*self.core, *(f"*{work}" for work in sorted(works)))
        kept = tuple(sys.intern(word) for word in core)
        parts = (self.hard, self.facts, self.sizes, self.extra, self.tail, self.plain)
        return Words(kept, *(tuple(sorted(part)) if part else () for part in parts))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """``need-words.csv`` by kind."""

    short: _Phrases
    same: _Phrases
    works: Mapping[str, str]
    units: Mapping[str, tuple[str, Fraction]]
    digits: Mapping[str, str]
    counters: Mapping[str, str]
    empty: frozenset[str]
    soft: frozenset[str]
    optional: frozenset[str]
    reasons: frozenset[str]
    targets: frozenset[str]
    ends: frozenset[str]
    heads: frozenset[str]
    sides: frozenset[str]
    known: frozenset[str]


def read_words(text: str) -> Words:
    """What ``text`` (``uraian``) says."""
    return _Reader(place=False).read(text)


def read_place(text: str) -> Words:
    """What ``text`` (``lokasi``) says: every unknown word of it is a name, and nothing in it is a reason."""
    return _Reader(place=True).read(text)


def unit_of(text: str) -> tuple[str, Fraction] | None:
    """The unit that ``text`` (``satuan``) names, and how many of it one is: "km" -> ("m", 1000). None when empty."""
    words = [word for word, _ in _replaced(_tokens(text), vocabulary().short)]
    if not words:
        return None
    return vocabulary().units.get(words[0], (" ".join(words), Fraction(1)))


def number_of(text: str) -> Fraction | None:
    """``1.200`` -> 1200, ``1,5`` -> 3/2; None for anything else."""
    plain = text.strip()
    if _THOUSANDS.fullmatch(plain):
        plain = plain.replace(".", "")
    plain = plain.replace(",", ".")
    return Fraction(plain) if re.fullmatch(r"[0-9]{1,15}(?:\.[0-9]{1,6})?", plain) else None


class _Reader:
    """Goes through the words of one text."""

    def __init__(self, place: bool) -> None:
        self._place = place
        self._known = vocabulary()
        self._found = _Found()
        self._aside: set[str] | None = None  # where the words of a reason or a purpose go
        self._naming = False  # does a name follow?
        self._mixed = False  # do capitals tell anything?
        self._joined = False  # does another thing follow, after "dan" or a comma?

    def read(self, text: str) -> Words:
        tokens = _replaced(_replaced(_tokens(text), self._known.short), self._known.same)
        capitals = sum(capital for _, capital in tokens)
        self._mixed = capitals * 2 < sum(word not in _JOINTS for word, _ in tokens)
        counter = ""
        for position, (word, capital) in enumerate(tokens):
            if word in _JOINTS:
                self._joined = True
                continue
            number = _number(word)
            if number is not None:
                self._count(tokens, position, number, counter)
                self._naming = False
                continue
            if position and word in self._known.units and _number(tokens[position - 1][0]) is not None:
                continue
            if word not in ("dan", "sampai", "x"):
                counter = self._known.counters.get(word, "")
            if position or word not in self._known.reasons:  # "Agar dibangun ..." gives no reason
                self._word(word, capital and position > 0)
        return self._found.words()

    def _count(self, tokens: _Tokens, position: int, number: str, counter: str) -> None:
        after = tokens[position + 1][0] if position + 1 < len(tokens) else ""
        if after and _number(after) == number:
            return  # "2 (dua) unit"
        if not counter and after in self._known.units:
            unit, factor = self._known.units[after]
            value = Fraction(number) if _PLAIN.fullmatch(number) else None
            if value is not None:
                self._found.sizes.add((unit, value * factor))
                self._found.plain.add(f"{value * factor} {unit}")
                return
        if counter == "tahun" or (self._aside is not None and not counter):
            return
        self._found.facts.add((counter, number))

    def _word(self, word: str, capital: bool) -> None:
        known = self._known
        if not self._place and not (capital and self._mixed):
            word = _corrected(word)
        if word in known.ends:
            self._aside = None
        if len(word) == 1:
            self._found.facts.add(("", word))
        elif word in known.sides and self._aside is None:
            self._found.facts.add(("arah", word))
        elif not self._place and word in known.reasons:
            self._turn(self._found.extra)
        elif not self._place and word in known.targets:
            self._turn(self._found.tail)
        elif self._is_name(word, capital):
            self._name(word)
        else:
            self._ordinary(word)

    def _turn(self, aside: set[str]) -> None:
        # What follows the reason of a purpose is still aside: "bagi warga yang ...".
        self._aside = aside
        self._naming = False

    def _is_name(self, word: str, capital: bool) -> bool:
        """Unknown words in a place, after "jalan" and the like, or with a capital; known ones only with a capital."""
        known = self._known
        if word in known.known:
            plain = word in known.empty or word in known.heads or word in known.works or word in known.counters
            told = (capital and self._mixed) or (self._place and word in known.soft | known.optional)
            return self._naming and told and not plain
        return self._place or self._naming or (capital and self._mixed)

    def _name(self, word: str) -> None:
        folded = word
        for old, new in _OLD:
            folded = folded.replace(old, new)
        folded = _DOUBLE.sub(r"\1", folded)
        self._found.core.setdefault(folded)
        self._found.hard.add(folded)
        self._found.plain.add(folded)
        self._naming = True

    def _ordinary(self, word: str) -> None:
        known, found = self._known, self._found
        self._naming = word in known.heads
        self._joined |= word in _AND
        if word in known.empty or word in known.counters:
            # "kelas", "blok" and "lingkungan" are things where no number follows; it is then among the facts.
            if word in known.counters and word not in known.empty and word in known.heads | {"kelas"}:
                found.plain.add(word)
                self._put(word)
            return
        found.plain.add(word)
        if word in known.soft:
            return
        if word in known.optional:
            found.extra.add(word)
        elif word in known.works and not self._place and self._aside is not found.tail:
            (found.works if self._aside is None else found.wished).add(known.works[word])
        else:
            self._put(known.works.get(word, word))
        if word in known.works:
            self._joined = False

    def _put(self, word: str) -> None:
        if self._aside is None:
            self._found.core.setdefault(word)
            if self._joined:
                self._found.hard.add(word)
        else:
            self._aside.add(word)
        self._joined = False


@lru_cache(maxsize=_REMEMBERED)
def _number(word: str) -> str | None:
    """The value of a word that is a number: "02" -> "2", "1,5" -> "3/2", "iv" -> "4", "dua" -> "2"."""
    if word[0].isdecimal():
        value = number_of(word)
        return word if value is None else str(value)
    digits = vocabulary().digits
    if word in digits:
        return digits[word]
    return str(_roman(word)) if _ROMAN.fullmatch(word) else None


def _tokens(text: str) -> _Tokens:
    plain = unicodedata.normalize("NFKC", text)
    if "/" in plain:
        plain = _UNIT_PAIR.sub(r" rt \1 rw \2 ", plain)
    return [(word.casefold(), word[0].isupper()) for word in _TOKEN.findall(plain)]


def _replaced(tokens: _Tokens, phrases: _Phrases) -> _Tokens:
    """``tokens`` with each phrase replaced by what it stands for, the longest first."""
    if not any(word in phrases for word, _ in tokens):
        return tokens
    made: _Tokens = []
    at = 0
    while at < len(tokens):
        word, capital = tokens[at]
        for phrase, meaning in phrases.get(word, ()):
            if len(phrase) == 1 or tuple(word for word, _ in tokens[at : at + len(phrase)]) == phrase:
                made += [(part, capital) for part in meaning]
                at += len(phrase)
                break
        else:
            made.append(tokens[at])
            at += 1
    return made


def _roman(word: str) -> int:
    values = [_VALUES[sign] for sign in word]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


@cache
def _deletions() -> Mapping[str, tuple[str, ...]]:
    """Known words by what is left of them without one letter."""
    found: dict[str, list[str]] = {}
    for word in sorted(vocabulary().known):
        if len(word) >= _LONG_ENOUGH:
            for key in _shorter(word):
                found.setdefault(key, []).append(word)
    return {key: tuple(words) for key, words in found.items()}


def _shorter(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


@lru_cache(maxsize=_REMEMBERED)
def _corrected(word: str) -> str:
    """The only known word with the same first letter that differs from ``word`` by one letter, or by two that changed
    places; else ``word``."""
    if len(word) < _LONG_ENOUGH or word in vocabulary().known:
        return word
    if word.endswith("nya") and word[:-3] in vocabulary().known:
        return word[:-3]
    from rapidfuzz.distance import OSA

    deletions = _deletions()
    candidates = {known for key in _shorter(word) for known in deletions.get(key, ())}
    near = [
        known for known in candidates if _may_be_meant(word, known) and OSA.distance(word, known, score_cutoff=1) <= 1
    ]
    return near[0] if len(near) == 1 else word


def _may_be_meant(word: str, known: str) -> bool:
    """Is ``word``, one letter away from ``known``, a slip of it and not a word of its own?"""
    if known[0] != word[0]:
        return False
    left_out = len(known) > len(word) and known[-1] == word[-1]
    return len(word) >= _FAR_APART or left_out or sorted(known) == sorted(word)


@cache
def vocabulary() -> Vocabulary:
    """The words of ``need-words.csv``."""
    kinds: dict[str, dict[str, str]] = {}
    with data_file("need-words.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            kinds.setdefault(row["jenis"], {})[row["kata"]] = row["arti"]
    single = ("kerja", "hampa", "lunak", "tambahan", "sebab", "ekor", "ujung", "kepala", "penunjuk", "arah", "umum")
    known = {word for kind in single for word in kinds[kind]} | {*kinds["kerja"].values()}
    for kind in ("singkatan", "padanan"):
        known |= {word for meaning in kinds[kind].values() for word in meaning.split()}
    return Vocabulary(
        short=_phrases(kinds["singkatan"]),
        same=_phrases(kinds["padanan"]),
        works=kinds["kerja"],
        units={word: _unit(meaning) for word, meaning in kinds["satuan"].items()},
        digits=kinds["angka"],
        counters=kinds["penunjuk"],
        empty=frozenset(kinds["hampa"]),
        soft=frozenset(kinds["lunak"]),
        optional=frozenset(kinds["tambahan"]),
        reasons=frozenset(kinds["sebab"]),
        targets=frozenset(kinds["ekor"]),
        ends=frozenset(kinds["ujung"]),
        heads=frozenset(kinds["kepala"]),
        sides=frozenset(kinds["arah"]),
        known=frozenset(known),
    )


def _unit(meaning: str) -> tuple[str, Fraction]:
    name, _, factor = meaning.partition("*")
    return name, Fraction(factor or 1)


def _phrases(meanings: Mapping[str, str]) -> _Phrases:
    found: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for phrase, meaning in meanings.items():
        words = tuple(phrase.split())
        found.setdefault(words[0], []).append((words, tuple(meaning.split())))
    longest: Sequence[tuple[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]] = list(found.items())
    return {first: tuple(sorted(pairs, key=lambda pair: -len(pair[0]))) for first, pairs in longest}
