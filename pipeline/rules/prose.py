"""Every text of an SOP that is printed, with its path: what the language rules read.

A rule that looks for a few words asks ``printed`` which texts may hold them: it looks at all of them at once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import accumulate

from pipeline.model.finding import DataPath
from pipeline.model.office import Office, Position
from pipeline.model.remembered import per_sop
from pipeline.model.sop import Sop

_WORD = re.compile(r"[^\W\d_]{2,}")


@per_sop
def texts(sop: Sop) -> tuple[tuple[DataPath, str], ...]:
    """(path, text) in the order of the form; an item of a list cell has its index as the last part of its path.

    The legal basis is left to ``legal_basis``.
    """
    return tuple(_each(sop))


def _each(sop: Sop) -> Iterator[tuple[DataPath, str]]:
    yield ("judul",), sop.title
    for key, items in (
        ("kualifikasi_pelaksana", sop.qualifications),
        ("keterkaitan", sop.related),
        ("peralatan", sop.equipment),
        ("peringatan", sop.warnings),
        ("pencatatan", sop.records),
        ("pelaksana", sop.actors),
    ):
        for index, text in enumerate(items):
            yield (key, index), text
    for row, step in enumerate(sop.steps):
        yield ("langkah", row, "kegiatan"), step.activity
        for index, text in enumerate(step.inputs):
            yield ("langkah", row, "kelengkapan", index), text
        for index, text in enumerate(step.outputs):
            yield ("langkah", row, "output", index), text
        yield ("langkah", row, "keterangan"), step.remark


class Printed:
    """The texts of an SOP and its legal basis: ``texts`` in their order, and all of them as one, ``whole`` as written
    and ``lower`` in lower case, apart from one another by a sign that no text has."""

    def __init__(self, sop: Sop) -> None:
        self.texts = (*texts(sop), *legal_basis(sop))
        self.whole = _APART.join(text for _, text in self.texts)
        self.lower = _lower(self.whole)
        self._starts = [0, *accumulate(len(text) + 1 for _, text in self.texts)]

    @cached_property
    def words(self) -> frozenset[str]:
        """All words of two and more letters, in lower case."""
        return frozenset(_WORD.findall(self.lower))

    def holding(self, parts: Iterable[str]) -> tuple[tuple[DataPath, str], ...]:
        """The texts that hold one of ``parts``, which are in lower case, whatever case they have there."""
        found = set()
        for part in parts:
            at = self.lower.find(part)
            while at >= 0:
                index = bisect_right(self._starts, at) - 1
                found.add(index)
                at = self.lower.find(part, self._starts[index + 1])
        return tuple(self.texts[index] for index in sorted(found))

    def matching(self, pattern: re.Pattern[str]) -> tuple[tuple[DataPath, str], ...]:
        """The texts in which ``pattern`` finds something. Other texts must not matter to it: no ``^`` and ``$``."""
        found = {bisect_right(self._starts, match.start()) - 1 for match in pattern.finditer(self.whole)}
        return tuple(self.texts[index] for index in sorted(found))


_APART = "\0"


def _lower(text: str) -> str:
    """``text`` in lower case, sign by sign: where one becomes two, places would not fit any more."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(sign.lower()[0] for sign in text)


@per_sop
def printed(sop: Sop) -> Printed:
    """The texts of ``sop``, to be looked at all at once."""
    return Printed(sop)


def legal_basis(sop: Sop) -> Iterator[tuple[DataPath, str]]:
    """(path, text) of the citations."""
    for index, text in enumerate(sop.legal_basis):
        yield ("dasar_hukum", index), text


def fixable(path: DataPath) -> bool:
    """May a text at ``path`` be put right unasked? Not a name that other places repeat: it would match them no more."""
    return path[0] not in ("pelaksana", "keterkaitan")


def office_words(office: Office) -> frozenset[str]:
    """Words, in lower case, of the office's own names: never misspelled, and known abbreviations if in capitals."""
    return _words(office.positions, (office.government, office.unit, office.address))


@lru_cache(maxsize=64)
def _words(positions: tuple[Position, ...], names: tuple[str, ...]) -> frozenset[str]:
    every = [*names]
    for position in positions:
        every += (position.name, position.abbreviation, position.unit, *position.aliases)
    return frozenset(word.lower() for text in every for word in _WORD.findall(text))
