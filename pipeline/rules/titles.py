"""Titles of regulations compared: slips and abbreviations aside."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from pipeline.rules.citations import Citation, parse_citation
from pipeline.rules.register import Register, Regulation

_WORD: Final = re.compile(r"\w+")
_SHORT: Final = {
    "dprd": "dewan perwakilan rakyat daerah",
    "asn": "aparatur sipil negara",
    "pns": "pegawai negeri sipil",
    "sop": "standar operasional prosedur",
    "apbd": "anggaran pendapatan dan belanja daerah",
    "rkpd": "rencana kerja pemerintah daerah",
    "sakip": "sistem akuntabilitas kinerja instansi pemerintah",
}
_IDLE: Final = frozenset(("dan", "atas", "di", "tentang", "tahun", "nomor"))
_AMENDS: Final = re.compile(
    r"(?:Penetapan\b.*?\btentang\s+)?Perubahan(?:\s+\w+){0,3}?\s+atas\s+(.+)", re.IGNORECASE | re.DOTALL
)
_SAME: Final = 0.8
"""Share of common words of the longer title from which two titles are taken for one."""


@lru_cache(maxsize=8192)
def title_words(text: str) -> frozenset[str]:
    """The words of a title that tell it from others, abbreviations written out."""
    plain = " ".join(_SHORT.get(word, word) for word in _WORD.findall(text.lower()))
    return frozenset(word for word in plain.split() if word not in _IDLE)


def likeness(one: str, other: str) -> float:
    """Common words as a share of the shorter title's, between 0 and 1."""
    first, second = title_words(one), title_words(other)
    return len(first & second) / max(1, min(len(first), len(second)))


def titled(register: Register, about: str, kind: str) -> Regulation | None:
    """The regulation of this kind that has this title; the one in force, and the youngest, where several have it."""
    wanted = title_words(about)
    found = [
        row
        for row in register.rows.values()
        if row.kind == kind
        and len(wanted & title_words(row.about)) / max(1, len(wanted), len(title_words(row.about))) >= _SAME
    ]
    return max(found, key=lambda row: (not row.revoked, row.year or 0), default=None)


def amended_by_title(about: str) -> Citation | None:
    """The regulation that one titled "Perubahan (Kedua) atas ..." amends; None for all others."""
    found = _AMENDS.match(about)
    read = parse_citation(found[1]) if found else None
    return read if read is not None and read.complete else None
