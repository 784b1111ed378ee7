"""Judul peraturan tidak cocok dengan nomornya.

Apa: Judul ("tentang ...") sesuai dengan nomor dan tahun peraturan dalam daftar.
Mengapa: Judul yang lain berarti nomor, tahun, atau judulnya salah ketik.
Salah: Peraturan Pemerintah Nomor 18 Tahun 2017 tentang Organisasi Perangkat Daerah
Benar: Peraturan Pemerintah Nomor 18 Tahun 2016 tentang Perangkat Daerah
Sumber: Daftar peraturan (regulations.csv, regulasi.csv).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.finding import Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule

_WORD = re.compile(r"\w+")
_ALIKE = 0.6
"""Share of common words from which two titles count as the same; abbreviations and slips stay above it."""
_SHORT = {
    "dprd": "dewan perwakilan rakyat daerah",
    "asn": "aparatur sipil negara",
    "sop": "standar operasional prosedur",
}


def check(_sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per citation whose title shares too few words with that of the register."""
    for index, citation in enumerate(ctx.citations):
        row = ctx.register.find(citation) if citation.complete and citation.about else None
        if row is None or not row.about or _likeness(citation.about, row.about) >= _ALIKE:
            continue
        yield Hit(
            ("dasar_hukum", index),
            say(
                id='{r} dalam daftar berjudul "{t}", bukan "{c}".',
                en='{r} is titled "{t}" in the register, not "{c}".',
                r=row.short,
                t=row.about,
                c=citation.about,
            ),
            say(
                id="Periksa nomor, tahun, dan judulnya; salah satu keliru.",
                en="Check number, year and title; one of them is wrong.",
            ),
        )


def _likeness(one: str, other: str) -> float:
    """Common words as a share of the shorter title's, between 0 and 1."""
    first, second = _words(one), _words(other)
    return len(first & second) / max(1, min(len(first), len(second)))


def _words(text: str) -> set[str]:
    plain = text.lower()
    for short, full in _SHORT.items():
        plain = re.sub(rf"\b{short}\b", full, plain)
    return {word for word in _WORD.findall(plain) if word not in ("dan", "atas", "di", "tentang", "tahun", "nomor")}


RULE = Rule(
    code="HKM-06",
    name="judul-peraturan-lain",
    severity=Severity.WARNING,
    summary=say(
        id="Judul peraturan tidak cocok dengan nomornya", en="The title of a regulation does not fit its number"
    ),
    source="Daftar peraturan",
    doc=__doc__,
    check=check,
)
