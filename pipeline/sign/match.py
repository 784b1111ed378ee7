"""Which original a PDF that came back belongs to: by its bytes, by the id it carries, or by what is printed on it.

Names of files say nothing: people rename what they send and what they get.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Final

from pipeline.errors import TertibError
from pipeline.sign.sheets import opened, without

_FIRST: Final = 3
"""Pages whose words are looked at; documents of one office differ on their first page already."""
_LOST: Final = 0.3
"""Part of an original's words that may be missing in what came back from it, however it was changed."""
_CLOSE: Final = 1
"""Words by which the best of several originals must be ahead, where words were changed."""


class How(StrEnum):
    """What an original was known by; the values are those of the record."""

    BYTES = "isi berkas"
    ID = "identitas di dalam PDF"
    TEXT = "teks tercetak"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A PDF that may have been sent to be signed.

    ``document`` is its id, ``told`` where it stands, ``read`` gives its bytes (raises TertibError, OSError).
    """

    document: str
    told: str
    sha256: str
    size: int
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Match:
    """``found`` are the candidates that fit: none, one, or one of each document where several fit alike."""

    found: tuple[Candidate, ...]
    how: How = How.TEXT


@dataclass(frozen=True, slots=True)
class _Print:
    """The number of pages and the words of the first ones."""

    pages: int
    words: Counter[str]


@dataclass(frozen=True, slots=True)
class _Score:
    """How far a candidate is from what came back: words that are ``missing`` of its ``total``, and ``extra`` ones."""

    candidate: Candidate
    missing: int
    extra: int
    total: int

    @property
    def distance(self) -> int:
        return self.missing + self.extra

    @property
    def fits(self) -> bool:
        return self.total > 0 and self.missing <= self.total * _LOST


class Originals:
    """The candidates, the newest of a document first. What is read of them is kept."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        kept: dict[tuple[str, str], Candidate] = {}
        for one in candidates:
            kept.setdefault((one.document, one.sha256), one)
        self._candidates = tuple(kept.values())
        self._prints: dict[str, _Print | None] = {}

    def match(self, data: bytes, carried: str) -> Match:
        """The candidates that the PDF ``data`` belongs to; ``carried`` is the id of a document inside it, or "".

        Raises SignatureError when ``data`` cannot be read.
        """
        same = self._by_bytes(data)
        if same:
            return Match(_one_each(same), How.BYTES)
        printed = _print_of(data)
        named = [one for one in self._candidates if carried and one.document == carried]
        if carried and not named:
            return Match((), How.ID)
        others = [one for one in self._candidates if one not in named]
        own = self._scores(named, printed)
        fitting = [score for score in own if score.fits]
        if fitting:
            return Match((self._nearest(fitting, data),), How.ID)
        return self._by_text(own, self._scores(others, printed))

    def _nearest(self, own: Sequence[_Score], data: bytes) -> Candidate:
        """The best of ``own``; where the first pages tell no difference (a thick book), by all pages."""
        tied = [score.candidate for score in own if score.distance == own[0].distance]
        if len(tied) == 1:
            return tied[0]
        whole = _print_of(data, whole=True)
        scores = self._scores(tied, whole, partial(_print_of, whole=True))
        return scores[0].candidate if scores else tied[0]

    def _by_text(self, own: Sequence[_Score], others: Sequence[_Score]) -> Match:
        """What the print says, where the id says nothing, or names a document of another print."""
        best = _best([score for score in others if score.fits])
        if own:
            return Match((own[0].candidate, *best), How.ID)
        return Match(best)

    def _by_bytes(self, data: bytes) -> list[Candidate]:
        """Candidates that ``data`` begins with: signing adds to a file, unless it is written anew."""
        digest, start, found = hashlib.sha256(), 0, []
        for one in sorted(self._candidates, key=lambda candidate: candidate.size):
            if not 0 < one.size <= len(data):
                continue
            digest.update(memoryview(data)[start : one.size])
            start = one.size
            if digest.hexdigest() == one.sha256:
                found.append(one)
        return sorted(found, key=self._candidates.index)

    def _scores(
        self, candidates: Sequence[Candidate], printed: _Print, read: Callable[[bytes], _Print] | None = None
    ) -> list[_Score]:
        """The scores of ``candidates``, nearest first; of equals the first candidate first."""
        scores = []
        for one in candidates:
            known = self._print(one) if read is None else _tried(one, read)
            if known is not None:
                missing, extra = known.words - printed.words, printed.words - known.words
                apart = abs(known.pages - printed.pages)
                scores.append(_Score(one, missing.total() + apart, extra.total(), known.words.total()))
        return sorted(scores, key=lambda score: score.distance)

    def _print(self, one: Candidate) -> _Print | None:
        if one.sha256 not in self._prints:
            self._prints[one.sha256] = _tried(one, _print_of)
        return self._prints[one.sha256]


def _tried(one: Candidate, read: Callable[[bytes], _Print]) -> _Print | None:
    try:
        return read(one.read())
    except (TertibError, OSError):
        return None  # damage of an original is told by those who prove it


def _best(scores: Sequence[_Score]) -> tuple[Candidate, ...]:
    """The nearest candidate, and those of other documents that are no further off."""
    if not scores:
        return ()
    first = scores[0]
    reach = first.distance + (_CLOSE if first.missing else 0)
    return _one_each([score.candidate for score in scores if score.distance <= reach])


def _one_each(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The first candidate of each document."""
    first: dict[str, Candidate] = {}
    for one in candidates:
        first.setdefault(one.document, one)
    return tuple(first.values())


def _print_of(data: bytes, *, whole: bool = False) -> _Print:
    """What is printed outside of the reserved band, on the first pages or on all. Raises SignatureError."""
    words: Counter[str] = Counter()
    with opened(data) as sheets:
        for index in range(len(sheets) if whole else min(len(sheets), _FIRST)):
            words.update(word.text for word in without(sheets.sheet(index).words, ()))
        return _Print(len(sheets), words)
