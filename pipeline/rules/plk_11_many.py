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
                "SOP ini mempunyai {c} kolom pelaksana; lebih dari {most} sulit dibaca.", c=len(sop.actors), most=_MOST
            ),
            say("Gabungkan pelaksana yang bekerja bersama, atau pecah menjadi dua SOP yang saling merujuk."),
        )


RULE = Rule(
    code="PLK-11",
    name="kolom-pelaksana-banyak",
    severity=Severity.INFO,
    summary=say("Kolom pelaksana terlalu banyak"),
    source="Konvensi keterbacaan",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
)
