"""Which proposals ask for the same: by what their texts say (``need_words``), where, of what kind and how much.

Two proposals are one need when they are for the same village and kind, their numbers, names, works and volumes agree,
and one says nothing that the other says differently: "jembatan gantung" and "jembatan", but not "jembatan gantung" and
"jembatan beton". How much one says more is the score, which must reach ``THRESHOLD``; a wrong merge hides what someone
asked for, so the threshold is where the pairs of the tests show none (see tests/recess/pairs.yaml).

A new proposal is compared with those few that share one of its rarest words (prefix filtering: Chaudhuri et al. 2006):
proposals that are similar enough share so many words that they must share one of these. Of a word no more than
``_MOST_KEPT`` proposals are remembered, and a proposal is compared with about ``_MOST_COMPARED``: the work grows with
the number of proposals, whatever they say. Proposals with the same words are always found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, TypeVar

from pipeline.recess.affairs import affair_of
from pipeline.recess.need_words import Words, number_of, read_place, read_words, unit_of
from pipeline.recess.text import group_key, squash

THRESHOLD: Final = 90
"""Percent of the words of both that both must have."""
_MOST_KEPT: Final = 48
_MOST_COMPARED: Final = 96
_MOST_PROBED: Final = 12
"""Words looked up of one proposal: texts of more than 60 words that share none of their 12 rarest are not the same."""
_LONG: Final = 64
"""Of more words a set is made before they are looked through."""
_ANY: Final = "any volume"
_FEWEST: Final = 3
"""Of fewer words none may be missing: "bantuan modal" and "bantuan modal bagi pedagang" may be two things."""
_DEGREES: Final = 0.01
"""Coordinates more than about a kilometre apart are of different places."""
_LOOSE: Final = ("dusun", "arah")
"""Facts that RT and RW together make needless."""

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a proposal, or a need of an earlier recess, asks for; cells as typed, the place filled in."""

    text: str
    subdistrict: str
    village: str
    location: str = ""
    field: str = ""
    agency: str = ""
    volume: str = ""
    unit: str = ""
    kind: str = ""
    entry: str = ""
    recipient: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """``Asked`` as it is compared. Only profiles with the same ``bucket`` (place and numbers) can be the same need.

    ``words`` are the works, things and names, the first ``text_words`` of them from the text; ``wide`` those and the
    words that may be left out. ``hard`` are those that both must have. Tuples, not sets: 100,000 of these are kept.
    """

    bucket: Key
    words: tuple[str, ...]
    text_words: int
    hard: tuple[str, ...]
    wide: tuple[str, ...]
    extra: tuple[str, ...]
    tail: tuple[str, ...]
    loose: tuple[tuple[str, str], ...]
    sizes: tuple[tuple[str, Fraction], ...]
    volume: tuple[str, Fraction] | None
    plain: tuple[str, ...]
    written: tuple[str, str]
    field: str
    agency: str
    kind: str
    entry: str
    recipient: str
    point: tuple[float, float] | None


class Profiler:
    """Makes profiles; texts, locations and places that come again are read once."""

    def __init__(self) -> None:
        self._texts: dict[str, Words | None] = {}
        self._locations: dict[str, Words | None] = {}
        self._places: dict[tuple[str, str], tuple[str, str]] = {}
        self._buckets: dict[Key, Key] = {}
        self._cells: dict[str, str | None] = {}
        self._volumes: dict[tuple[str, str], tuple[str, Fraction] | None] = {}

    def profile(self, asked: Asked) -> Profile | None:
        """None for what cannot be compared: without a text, or without any place."""
        if not group_key(asked.text) or not (group_key(asked.subdistrict) or group_key(asked.village)):
            return None
        text, location = self._read(asked)
        place = (asked.subdistrict, asked.village)
        if place not in self._places:
            self._places[place] = (_place_name(asked.subdistrict), _place_name(asked.village))
        facts, loose = _facts(text, location)
        words = _without_place(_union(text.core, location.core), self._places[place])
        bucket = (*self._places[place], *facts)
        return Profile(
            bucket=self._buckets.setdefault(bucket, bucket),
            words=words,
            text_words=len(text.core) if words[: len(text.core)] == text.core else sum(w in text.core for w in words),
            hard=_union(text.hard, location.hard),
            wide=(*words, *text.extra, *text.tail) if text.extra or text.tail else words,
            extra=text.extra,
            tail=text.tail,
            loose=loose,
            sizes=_union(text.sizes, location.sizes),
            volume=self._volume(asked.volume, asked.unit),
            plain=_union(text.plain, location.plain),
            written=(self._squashed(asked.text), self._squashed(asked.location)),
            field=self._squashed(asked.field),
            agency=self._squashed(asked.agency),
            kind=self._squashed(asked.kind),
            entry=self._squashed(asked.entry),
            recipient=self._squashed(asked.recipient),
            point=None if asked.latitude is None or asked.longitude is None else (asked.latitude, asked.longitude),
        )

    def _read(self, asked: Asked) -> tuple[Words, Words]:
        return (
            _once_more(self._texts, asked.text, read_words),
            _once_more(self._locations, asked.location, read_place),
        )

    def _squashed(self, cell: str) -> str:
        return _once_more(self._cells, cell, group_key) if cell else ""

    def _volume(self, volume: str, unit: str) -> tuple[str, Fraction] | None:
        key = (volume, unit)
        if key not in self._volumes:
            number, measure = number_of(volume), unit_of(unit)
            self._volumes[key] = None if number is None or measure is None else (measure[0], number * measure[1])
        return self._volumes[key]


_Value = TypeVar("_Value")


def _once_more(known: dict[str, _Value | None], text: str, read: Callable[[str], _Value]) -> _Value:
    """``read(text)``, kept from the second time on: most texts of a large recess come once, or again and again."""
    found = known.get(text)
    if found is None:
        found = read(text)
        known[text] = found if text in known else None
    return found


def _facts(text: Words, location: Words) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """Numbers that must agree, and those that only may not differ, because RT and RW already say where it is."""
    facts = _union(text.facts, location.facts)
    if len(facts) < 2:
        return facts, ()
    facts = tuple(sorted(facts))
    counters = {counter for counter, _ in facts}
    if not {"rt", "rw"} <= counters or counters.isdisjoint(_LOOSE):
        return facts, ()
    loose = tuple(fact for fact in facts if fact[0] in _LOOSE)
    return tuple(fact for fact in facts if fact[0] not in _LOOSE), loose


def _union(one: tuple[_Value, ...], other: tuple[_Value, ...]) -> tuple[_Value, ...]:
    """The values of both, each once and in the order in which they come."""
    if not one or not other:
        return one or other
    return tuple(dict.fromkeys((*one, *other)))


class Index:
    """Profiles in the order in which they were added, and which of them a new one is like."""

    def __init__(self, frequency: Mapping[str, int], threshold: int = THRESHOLD) -> None:
        self._rank = frequency
        self._threshold = threshold
        self._profiles: list[tuple[int, Profile]] = []
        self._places: dict[Key, dict[Key, list[int]]] = {}

    def add(self, number: int, profile: Profile) -> None:
        """Remember ``profile`` under ``number``; several may have one number."""
        position = len(self._profiles)
        self._profiles.append((number, profile))
        there = self._places.setdefault(profile.bucket, {})
        words = tuple(sorted(profile.words))
        for key in ((words, profile.volume), (words, _ANY), *((word,) for word in self._rarest(profile.words))):
            known = there.setdefault(key, [])
            if len(known) < _MOST_KEPT:
                known.append(position)

    def like(self, profile: Profile) -> list[tuple[int, int]]:
        """``(score, number)`` of what ``profile`` is like: the most similar first, and of these the first added."""
        there = self._places.get(profile.bucket)
        if there is None:
            return []
        words = tuple(sorted(profile.words))
        equal = ((words, _ANY),) if profile.volume is None else ((words, profile.volume), (words, None))
        found: dict[int, None] = {}
        for key in (*equal, *((word,) for word in self._rarest(profile.words))):
            if len(found) < _MOST_COMPARED:
                found.update(dict.fromkeys(there.get(key, ())))
        best: dict[int, int] = {}
        wide = frozenset(profile.wide)
        for position in found:
            number, other = self._profiles[position]
            score = similarity(other, profile, wide)
            if score >= self._threshold:
                best[number] = max(score, best.get(number, 0))
        return sorted(((score, number) for number, score in best.items()), key=lambda pair: (-pair[0], pair[1]))

    def _rarest(self, words: tuple[str, ...]) -> list[str]:
        """So many of the rarest words that a similar proposal cannot lack all of them; of a long text fewer."""
        size = len(words)
        shared = -(-self._threshold * size // (200 - self._threshold))
        kept = min(size - shared + 1, _MOST_PROBED)
        rank = self._rank
        if kept == 1:
            return [min(words, key=lambda word: (rank.get(word, 0), word))] if words else []
        return sorted(words, key=lambda word: (rank.get(word, 0), word))[:kept]


def frequencies(profiles: Iterable[Profile | None]) -> Counter[str]:
    """In how many profiles each word is."""
    found: Counter[str] = Counter()
    for profile in profiles:
        if profile is not None:
            found.update(profile.words)
    return found


def similarity(one: Profile, other: Profile, wide: frozenset[str] | None = None) -> int:
    """How similar, in percent; 0 when they contradict each other, 100 when only the way of writing differs.

    ``wide`` is ``other.wide`` as a set, for who compares it with many.
    """
    there = frozenset(other.wide) if wide is None else wide
    here = one.wide if len(one.wide) < _LONG else frozenset(one.wide)
    missing: list[str] = []
    added: list[str] = []
    if not there.issuperset(one.words):
        # Most pairs end here: each says something that the other does not.
        for word in other.words:
            if word not in here:
                return 0
        missing = [word for word in one.words if word not in there]
    else:
        added = [word for word in other.words if word not in here]
    if _hard(missing, one) or _hard(added, other) or one.bucket != other.bucket or _contradict(one, other):
        return 0
    if one.written == other.written or (not missing and not added and set(one.plain) == set(other.plain)):
        return 100
    if min(len(one.words), len(other.words)) < 2 or not _aside_agrees(one, other):
        return 0
    whole = _share(min(len(one.words), len(other.words)), len(missing) + len(added))
    told = (*one.words[: one.text_words], *other.words[: other.text_words])
    more = sum(word in told for word in (*missing, *added))
    # The words of the text alone, too: a long location must not hide that one text says more.
    return min(99, whole, _share(max(1, min(one.text_words, other.text_words)), more))


def _share(both: int, more: int) -> int:
    """Percent of the words that are in both, when ``more`` are in one only (the Dice coefficient)."""
    return 200 * both // (2 * both + more)


def _hard(words: Iterable[str], profile: Profile) -> bool:
    """Is one of ``words``, which the other lacks, a name, a work or a further thing?"""
    return any(word[0] == "*" or word in profile.hard for word in words)


def _aside_agrees(one: Profile, other: Profile) -> bool:
    """Do reasons, conditions and recipients agree, where both give them?"""
    for mine, theirs in ((one.extra, other.extra), (one.tail, other.tail)):
        if _lacks(other, mine) and _lacks(one, theirs):
            return False
    if min(len(one.words), len(other.words)) >= _FEWEST:
        return True
    return not (_lacks(other, one.tail) or _lacks(one, other.tail))


def _lacks(profile: Profile, words: tuple[str, ...]) -> bool:
    return any(word not in profile.wide for word in words)


def _contradict(one: Profile, other: Profile) -> bool:
    """Do volume, unit, kind, registered entry, recipient or coordinates differ where both state them?"""
    if one.volume and other.volume and one.volume != other.volume:
        return True
    if _stated(one.kind, other.kind) or _stated(one.entry, other.entry) or _stated(one.recipient, other.recipient):
        return True
    if not _same_kind(one, other):
        return True
    if (one.loose or other.loose) and _loose_differ(one, other):
        return True
    if one.sizes and other.sizes and _sizes_differ(one, other):
        return True
    if one.point and other.point:
        return any(abs(a - b) > _DEGREES for a, b in zip(one.point, other.point, strict=True))
    return False


def _stated(one: str, other: str) -> bool:
    return bool(one and other and one != other)


def _same_kind(one: Profile, other: Profile) -> bool:
    """The same field by any of its names; the same agency where one states no field."""
    if one.field and other.field:
        return one.field == other.field or _one_affair(one.field, other.field)
    return not _stated(one.agency, other.agency)


def _one_affair(one: str, other: str) -> bool:
    mine, theirs = affair_of(one), affair_of(other)
    return mine is not None and theirs is not None and not set(mine.parts).isdisjoint(theirs.parts)


def _loose_differ(one: Profile, other: Profile) -> bool:
    for counter in _LOOSE:
        mine = {value for name, value in one.loose if name == counter}
        theirs = {value for name, value in other.loose if name == counter}
        if mine and theirs and mine != theirs:
            return True
    return False


def _sizes_differ(one: Profile, other: Profile) -> bool:
    for unit in {unit for unit, _ in one.sizes}:
        mine = {value for name, value in one.sizes if name == unit}
        theirs = {value for name, value in other.sizes if name == unit}
        if theirs and mine.isdisjoint(theirs):
            return True
    return False


_KINDS_OF_PLACE: Final = frozenset(
    ("kecamatan", "kec", "distrik", "desa", "ds", "kelurahan", "kel", "nagari", "kampung")
)


def _without_place(words: tuple[str, ...], place: tuple[str, str]) -> tuple[str, ...]:
    """``words`` without the whole name of the village or subdistrict: "SD Negeri Sukamaju 2" is "SD Negeri 2" there."""
    for name in place:
        parts = name.split()
        if parts and all(part in words for part in parts):
            words = tuple(word for word in words if word not in parts)
    return words


def _place_name(name: str) -> str:
    """The name of a place without what kind of place it is."""
    words = squash(name).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in _KINDS_OF_PLACE else words)
