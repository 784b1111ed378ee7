"""Judul peraturan tidak cocok dengan nomornya.

Apa: Judul ("tentang ...") sesuai dengan nomor dan tahun peraturan dalam daftar.
Mengapa: Judul yang lain berarti nomor, tahun, atau judulnya salah ketik.
Salah: Peraturan Pemerintah Nomor 18 Tahun 2017 tentang Organisasi Perangkat Daerah
Benar: Peraturan Pemerintah Nomor 18 Tahun 2016 tentang Perangkat Daerah
Sumber: Daftar peraturan (regulations.csv, regulasi.csv).
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import Message, say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.canonical import suggestion
from pipeline.rules.citations import Citation
from pipeline.rules.titles import likeness, titled

_ALIKE = 0.6
"""Share of common words from which two titles count as the same; abbreviations and slips stay above it."""


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per citation whose title shares too few words with that of the register."""
    for index, citation in ctx.cited:
        row = ctx.register.find(citation) if citation.complete and citation.about else None
        if row is None or not row.about or likeness(citation.about, row.about) >= _ALIKE:
            continue
        yield Hit(
            ("dasar_hukum", index),
            say('{r} dalam daftar berjudul "{t}", bukan "{c}".', r=row.short, t=row.about, c=citation.about),
            _help(sop, ctx, index, citation),
        )


def _help(sop: Sop, ctx: Context, index: int, citation: Citation) -> Message:
    meant = titled(ctx.register, citation.about, citation.kind)
    by_number = suggestion(sop, ctx, index, citation)
    if meant is not None:
        return say(
            'Bila judulnya benar, tulis "{meant}"; bila nomornya benar, tulis "{number}"',
            meant=meant.long,
            number=by_number,
        )
    return say(
        'Periksa nomor, tahun, dan judulnya; salah satu keliru. Bila nomornya benar, tulis "{number}"', number=by_number
    )


RULE = Rule(
    code="HKM-06",
    name="judul-peraturan-lain",
    severity=Severity.WARNING,
    summary=say("Judul peraturan tidak cocok dengan nomornya"),
    source="Daftar peraturan",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
