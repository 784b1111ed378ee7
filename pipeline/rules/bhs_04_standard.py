"""Kata tidak baku.

Apa: Kata memakai bentuk baku.
Mengapa: Naskah dinas memakai bahasa Indonesia baku.
Salah: aktifitas; analisa; tupoksi
Benar: aktivitas; analisis; tugas dan fungsi
Sumber: Kamus Besar Bahasa Indonesia; Ejaan Bahasa Indonesia yang Disempurnakan.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.bhs_01_typo import advice
from pipeline.rules.prose import texts
from pipeline.rules.spelling import slips


def check(sop: Sop, _ctx: Context) -> Iterator[Hit]:
    """A hit per listed form; titles of regulations keep theirs."""
    for path, text in texts(sop):
        for slip in slips(text):
            if slip.kind == "baku":
                yield Hit(
                    path,
                    say(id='"{w}" bukan bentuk baku.', en='"{w}" is not the standard form.', w=slip.wrong),
                    advice(text, slip),
                    span=(slip.start, slip.end),
                )


RULE = Rule(
    code="BHS-04",
    name="kata-tidak-baku",
    severity=Severity.INFO,
    summary=say(id="Kata tidak baku", en="A word in a non-standard form"),
    source="Kamus Besar Bahasa Indonesia",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
