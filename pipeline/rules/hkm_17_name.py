"""Nama kementerian tidak sesuai dengan tahun peraturan.

Apa: Nama kementerian dalam kutipan adalah namanya pada tahun peraturan itu.
Mengapa: Nama yang tidak cocok dengan tahunnya menandakan nomor, tahun, atau nama yang salah salin.
Salah: Peraturan Menteri Negara Pendayagunaan Aparatur Negara Nomor 35 Tahun 2012
Benar: Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi Nomor 35 Tahun 2012
Sumber: Perubahan nama kementerian dari kabinet ke kabinet (regulation-issuers.csv); pengetahuan umum, jadi peringatan.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.canonical import suggestion
from pipeline.rules.citations import Citation
from pipeline.rules.kinds import Kind, kind_named, of_year, suits
from pipeline.rules.register import long_reference

_KNOWN_SINCE = 2000
"""Names of ministries before this year are not in the table."""


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per citation, written out, under a name that its ministry did not have in that year."""
    for index, citation in ctx.cited:
        right = _right(citation)
        if right is None or citation.year is None:
            continue
        yield Hit(
            ("dasar_hukum", index),
            say('Pada tahun {y} namanya "{right}".', y=citation.year, right=right.long),
            say(
                'Periksa nomor, tahun, dan nama kementeriannya. Bila tahunnya benar, tulis "{t}"',
                t=suggestion(sop, ctx, index, citation)
                if ctx.register.find(citation) is not None
                else f"{long_reference(right.short, citation.number, citation.year)} tentang {citation.about}",
            ),
        )


def _right(citation: Citation) -> Kind | None:
    """The name of that year, where another is written out; a short name is put right by HKM-08."""
    if citation.brief or citation.year is None or citation.year < _KNOWN_SINCE or not citation.complete:
        return None
    kind = kind_named(citation.kind)
    if kind is None or not kind.line or suits(kind, citation.year):
        return None
    return of_year(kind, citation.year)


RULE = Rule(
    code="HKM-17",
    name="nama-kementerian",
    severity=Severity.WARNING,
    summary=say("Nama kementerian tidak sesuai dengan tahun peraturan"),
    source="Nama kementerian menurut tahunnya",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
)
