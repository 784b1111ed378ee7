"""One name in two spellings: "Fraksi Melati" beside "F-Melati", or beside a rare "Fraksi Melatti"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from pipeline.recess.text import squash

_RARE = 2
_USUAL = 5
"""A spelling of at most so many occurrences is a slip beside one of at least so many."""
_SHORTEST = 6
_WORD = 5
"""Shorter words may differ in a letter and mean something else."""
_MOST = 400
"""Names beyond this number are no groups any more, and are not compared letter by letter."""


class Other(NamedTuple):
    """What a spelling seems to mean; ``sure`` when only the way of writing differs."""

    name: str
    sure: bool


def other_spellings(names: Counter[str], key: Callable[[str], str]) -> Mapping[str, Other]:
    """The rarer spellings among ``names`` (with their numbers of occurrences), each with the usual one.

    Spellings that differ in case, blanks and signs alone are the same everywhere, and no matter here.
    """
    groups: dict[str, Counter[str]] = {}
    shown: dict[str, str] = {}
    for name, count in names.items():
        plain = squash(name)
        if plain:
            groups.setdefault(key(name), Counter())[plain] += count
            shown.setdefault(plain, name.strip())
    return {shown[plain]: other for plain, other in _others(groups, shown)}


def _others(groups: Mapping[str, Counter[str]], shown: Mapping[str, str]) -> Iterator[tuple[str, Other]]:
    for spellings in groups.values():
        usual = shown[spellings.most_common(1)[0][0]]
        for plain, _ in spellings.most_common()[1:]:
            yield plain, Other(usual, sure=True)
    yield from _slips(groups, shown)


def _slips(groups: Mapping[str, Counter[str]], shown: Mapping[str, str]) -> Iterator[tuple[str, Other]]:
    """Rare names one letter away from a usual one."""
    totals = {key: found.total() for key, found in groups.items() if len(key) >= _SHORTEST}
    rare = [key for key, total in totals.items() if total <= _RARE]
    usual = [key for key, total in totals.items() if total >= _USUAL]
    if not rare or not usual or len(totals) > _MOST:
        return
    from rapidfuzz.distance import DamerauLevenshtein  # needed where there is a rare name only

    for key in rare:
        for other in usual:
            if _comparable(key, other) and DamerauLevenshtein.distance(key, other, score_cutoff=1) <= 1:
                for plain in groups[key]:
                    yield plain, Other(shown[groups[other].most_common(1)[0][0]], sure=False)
                break


def _comparable(one: str, other: str) -> bool:
    """May a letter be a slip? "Komisi A" and "Komisi B" differ in a whole word, and so do numbers."""
    words = set(one.split()) ^ set(other.split())
    return all(len(word) >= _WORD and not any(map(str.isdecimal, word)) for word in words)
