"""Salah ketik.

Apa: Kata ditulis menurut Kamus Besar Bahasa Indonesia.
Mengapa: Salah ketik dalam naskah resmi memaksa pencetakan dan penandatanganan ulang.
Salah: Persetujuan Pmpinan DPRD
Benar: Persetujuan Pimpinan DPRD
Sumber: Kamus Besar Bahasa Indonesia; daftar salah ketik dari naskah nyata (typos.csv).
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.prose import legal_basis, texts
from pipeline.rules.spelling import misspelled


def check(sop: Sop, _ctx: Context) -> Iterator[Hit]:
    """A hit per listed misspelling."""
    for path, text in (*texts(sop), *legal_basis(sop)):
        for wrong, right in misspelled(text, "ketik"):
            yield Hit(
                path,
                say(id='Salah ketik: "{w}".', en='Misspelled: "{w}".', w=wrong),
                say(id='Tulis "{r}".', en='Write "{r}".', r=right),
            )


RULE = Rule(
    code="BHS-01",
    name="salah-ketik",
    severity=Severity.WARNING,
    summary=say(id="Salah ketik", en="A misspelled word"),
    source="Kamus Besar Bahasa Indonesia",
    doc=__doc__,
    check=check,
)
