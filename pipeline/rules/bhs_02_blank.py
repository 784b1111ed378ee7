"""Spasi sesudah tanda baca tidak ada.

Apa: Sesudah koma, titik koma, dan titik ada spasi.
Mengapa: Tanpa spasi, kata bersambung dan pemenggalan baris di kolom sempit menjadi buruk.
Salah: Rakyat,Dewan
Benar: Rakyat, Dewan
Sumber: Ejaan Bahasa Indonesia yang Disempurnakan, tanda koma.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Replacement, Rule
from pipeline.rules.prose import fixable, printed

_MARK = re.compile(r"(?<=[^\W\d_])[,;](?=[^\W\d_])|(?<=[a-z]{3})\.(?=[A-Z][a-z]{2})")
_GLUED = re.compile(r"[,;.][^\W\d_]")
_BEFORE = re.compile(r"\w+$")
_AFTER = re.compile(r"\w+")
_ADDRESS = re.compile(r"https?://|www\.|@")


def check(sop: Sop, _ctx: Context) -> Iterator[Hit]:
    """A hit per comma, semicolon or full stop glued to the next word; addresses are left alone."""
    for path, text in printed(sop).matching(_GLUED):
        if _ADDRESS.search(text):
            continue
        for mark in _MARK.finditer(text):
            before, after = _BEFORE.search(text[: mark.start()]), _AFTER.match(text, mark.end())
            first, second = before.group() if before else "", after.group() if after else ""
            yield Hit(
                path,
                say('Tidak ada spasi dalam "{g}".', g=f"{first}{mark[0]}{second}"),
                say('Tulis "{r}".', r=f"{first}{mark[0]} {second}"),
                span=(mark.start() - len(first), mark.end() + len(second)),
                fixes=(Replacement(path, f"{mark[0]} ", mark.span()),) if fixable(path) else (),
            )


RULE = Rule(
    code="BHS-02",
    name="tanpa-spasi",
    severity=Severity.WARNING,
    summary=say("Spasi sesudah tanda baca tidak ada"),
    source="Ejaan Bahasa Indonesia yang Disempurnakan",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
    fixable=True,
)
