"""Kolom pelaksana terlalu banyak.

Apa: Paling banyak delapan kolom pelaksana.
Mengapa: Semua kolom berbagi lebar satu halaman; nama dan simbol pada kolom yang sempit tidak terbaca.
Salah: 14 pelaksana
Benar: 6 pelaksana; SOP dipecah menurut bagian kerjanya
Sumber: Konvensi keterbacaan.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule

_MOST = 8


def check(sop: Sop, _ctx: Context) -> Iterator[Hit]:
    """A hit at the first column over the limit."""
    if len(sop.actors) > _MOST:
        yield Hit(
            ("pelaksana", _MOST),
            say(
                id="SOP ini mempunyai {c} kolom pelaksana; lebih dari {most} sulit dibaca.",
                en="This SOP has {c} actor columns; more than {most} are hard to read.",
                c=len(sop.actors),
                most=_MOST,
            ),
            say(
                id="Gabungkan pelaksana yang bekerja bersama, atau pecah menjadi dua SOP yang saling merujuk.",
                en="Put actors who work together in one column, or split it into two SOPs that refer to each other.",
            ),
        )


RULE = Rule(
    code="PLK-11",
    name="kolom-pelaksana-banyak",
    severity=Severity.INFO,
    summary=say(id="Kolom pelaksana terlalu banyak", en="There are too many actor columns"),
    source="Konvensi keterbacaan",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
)
