"""Every text of an SOP that is printed, with its path: what the language rules read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.model.finding import DataPath
from pipeline.model.office import Office, Position
from pipeline.model.sop import Sop

_WORD = re.compile(r"[^\W\d_]{2,}")


class _Same:
    """An SOP as a key of a cache: by identity, for comparing two by content takes longer than reading one."""

    __slots__ = ("sop",)

    def __init__(self, sop: Sop) -> None:
        self.sop = sop

    def __hash__(self) -> int:
        return id(self.sop)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.sop is self.sop


def texts(sop: Sop) -> tuple[tuple[DataPath, str], ...]:
    """(path, text) in the order of the form; an item of a list cell has its index as the last part of its path.

    The legal basis is left to ``legal_basis``.
    """
    return _texts(_Same(sop))


@lru_cache(maxsize=4)
def _texts(same: _Same) -> tuple[tuple[DataPath, str], ...]:
    return tuple(_each(same.sop))


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
