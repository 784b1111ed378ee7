"""Urutan tanggal terbalik.

Apa: Tanggal Pembuatan tidak sesudah Tanggal Efektif, dan Tanggal Revisi tidak sebelum Tanggal Pembuatan.
Mengapa: SOP tidak dapat berlaku sebelum selesai dibuat, atau direvisi sebelum ada.
Salah: pembuatan 2 Mei 2023, efektif 2 Januari 2023
Benar: pembuatan 2 Januari 2023, efektif 2 Januari 2023
Sumber: PermenPAN-RB 35/2012, unsur identitas: tanggal pembuatan, revisi, efektif.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.dates import told_date
from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Pointer, Rule

_HELP = say("Periksa ketiga tanggal pada naskah asli lalu perbaiki yang keliru.")
_HERE = say("tanggal pembuatan")


def check(sop: Sop, _ctx: Context) -> Iterator[Hit]:
    """A hit for each of the two orders that is broken."""
    made, revised, effective = sop.created, sop.revised, sop.effective
    if made and effective and made > effective:
        yield Hit(
            ("tanggal", "efektif"),
            say("Tanggal Efektif ({e}) mendahului Tanggal Pembuatan ({m}).", e=told_date(effective), m=told_date(made)),
            _HELP,
            related=(Pointer(("tanggal", "pembuatan"), _HERE),),
        )
    if made and revised and revised < made:
        yield Hit(
            ("tanggal", "revisi"),
            say("Tanggal Revisi ({r}) mendahului Tanggal Pembuatan ({m}).", r=told_date(revised), m=told_date(made)),
            _HELP,
            related=(Pointer(("tanggal", "pembuatan"), _HERE),),
        )


RULE = Rule(
    code="TGL-03",
    name="urutan-tanggal",
    severity=Severity.ERROR,
    summary=say("Urutan tanggal terbalik"),
    source="PermenPAN-RB 35/2012, unsur identitas",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
