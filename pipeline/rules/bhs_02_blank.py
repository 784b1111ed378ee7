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

from pipeline.model.finding import Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.prose import legal_basis, texts

_GLUED = re.compile(r"\w*[^\W\d_][,;](?=[^\W\d_])\w+|[a-z]{3,}\.(?=[A-Z][a-z]{2})\w+")
_ADDRESS = re.compile(r"https?://|www\.|@")


def check(sop: Sop, _ctx: Context) -> Iterator[Hit]:
    """A hit per text with a comma, semicolon or full stop glued to the next word."""
    for path, text in (*texts(sop), *legal_basis(sop)):
        if "," not in text and "." not in text and ";" not in text:
            continue
        match = _GLUED.search(text)
        if match and not _ADDRESS.search(text):
            right = re.sub(r"([,;.])(?=\w)", r"\1 ", match.group())
            yield Hit(
                path,
                say(id='Tidak ada spasi dalam "{g}".', en='There is no blank in "{g}".', g=match.group()),
                say(id='Tulis "{r}".', en='Write "{r}".', r=right),
            )


RULE = Rule(
    code="BHS-02",
    name="tanpa-spasi",
    severity=Severity.WARNING,
    summary=say(id="Spasi sesudah tanda baca tidak ada", en="No blank after a punctuation mark"),
    source="Ejaan Bahasa Indonesia yang Disempurnakan",
    doc=__doc__,
    check=check,
)
