"""Waktu tidak terbaca.

Apa: Waktu ditulis dengan angka dan satuan: detik, menit, jam, hari, hari kerja, minggu, bulan, tahun.
Mengapa: Waktu yang tidak terbaca tidak dapat dijumlahkan dan tidak mengikat siapa pun.
Salah: 10 menlt; 3; 2 hri
Benar: 10 menit; 3 hari kerja
Sumber: PermenPAN-RB 35/2012, mutu baku: waktu.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.duration import TimeKind
from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import Message, say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.shapes import numbered


def check(sop: Sop, _ctx: Context) -> Iterator[Hit]:
    """A hit per row whose time cannot be read, with the reader's suggestion, and one for such a total."""
    if sop.total is not None and sop.total.kind is TimeKind.UNREADABLE:
        yield Hit(
            ("total_waktu",),
            say('total_waktu tidak terbaca: "{t}".', t=sop.total.text),
            _help(sop.total.suggestion),
        )
    for row, step in enumerate(sop.steps):
        if step.time is None or step.time.kind is not TimeKind.UNREADABLE:
            continue
        yield Hit(
            ("langkah", row, "waktu"),
            say('Waktu langkah {n} tidak terbaca: "{t}".', n=numbered(step, row), t=step.time.text),
            _help(step.time.suggestion),
        )


def _help(suggestion: str) -> Message:
    if suggestion:
        return say('Mungkin maksudnya "{s}"?', s=suggestion)
    return say('Tulis angka dan satuan, misalnya "30 menit" atau "3 hari kerja".')


RULE = Rule(
    code="DUR-01",
    name="waktu-tidak-terbaca",
    severity=Severity.ERROR,
    summary=say("Waktu tidak terbaca"),
    source="PermenPAN-RB 35/2012, mutu baku: waktu",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
