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
    "800": say(id=" (kepegawaian)", en=" (staff matters)"),
    "060": say(id=" (organisasi)", en=" (organisation)"),
    "065": say(id=" (ketatalaksanaan)", en=" (administrative procedures)"),
    "170": say(id=" (DPRD)", en=" (DPRD)"),
}


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit when the number begins with a classification code of another subject."""
    match = _CODE.match(sop.number)
    if match is None or match[1].startswith(_RIGHT) or ctx.day.year < _SINCE:
        return
    yield Hit(
        ("nomor",),
        say(
            id="Kode klasifikasi {c}{m} bukan kode untuk SOP.",
            en="The classification code {c}{m} is not that of an SOP.",
            c=match[1],
            m=_MEANINGS.get(match[1], NOTHING),
        ),
        say(
            id="Pakai kode 000.8.3.3 (Standar Operasional Prosedur) menurut Permendagri 83/2022, "
            "kecuali daerah menetapkan kode lain.",
            en="Use 000.8.3.3 (standard operating procedure) by Permendagri 83/2022, unless the region sets another.",
        ),
    )


RULE = Rule(
    code="IDN-05",
    name="kode-klasifikasi",
    severity=Severity.WARNING,
    summary=say(
        id="Kode klasifikasi nomor bukan kode SOP", en="The classification code of the number is not that of an SOP"
    ),
    source="Permendagri 83/2022, kode 000.8.3.3",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
