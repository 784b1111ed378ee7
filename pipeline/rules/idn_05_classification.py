"""Kode klasifikasi nomor bukan kode SOP.

Apa: Kode klasifikasi arsip untuk SOP adalah 000.8.3.3.
Mengapa: Kode lain, misalnya 800 (kepegawaian), menempatkan SOP di berkas arsip yang salah dengan masa simpan lain.
Salah: 800/006/2023
Benar: 000.8.3.3/006/2023
Sumber: Permendagri 83/2022, kode 000.8.3.3 Standar Operasional Prosedur; dinilai pada SOP sejak tahun 2023.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import NOTHING, say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule

_CODE = re.compile(r"\s*(\d{3}(?:\.\d+)*)\s*/")
_RIGHT = "000.8.3.3"
_SINCE = 2023
_MEANINGS = {
    "800": say(" (kepegawaian)"),
    "060": say(" (organisasi)"),
    "065": say(" (ketatalaksanaan)"),
    "170": say(" (DPRD)"),
}


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit when the number begins with a classification code of another subject."""
    match = _CODE.match(sop.number)
    if match is None or match[1].startswith(_RIGHT) or ctx.day.year < _SINCE:
        return
    yield Hit(
        ("nomor",),
        say("Kode klasifikasi {c}{m} bukan kode untuk SOP.", c=match[1], m=_MEANINGS.get(match[1], NOTHING)),
        say(
            "Pakai kode 000.8.3.3 (Standar Operasional Prosedur) menurut Permendagri 83/2022, "
            "kecuali daerah menetapkan kode lain."
        ),
    )


RULE = Rule(
    code="IDN-05",
    name="kode-klasifikasi",
    severity=Severity.WARNING,
    summary=say("Kode klasifikasi nomor bukan kode SOP"),
    source="Permendagri 83/2022, kode 000.8.3.3",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
