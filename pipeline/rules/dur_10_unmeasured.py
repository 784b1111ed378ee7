"""Waktu tidak terukur.

Apa: Waktu menyatakan lama pengerjaan, bukan jadwal dan bukan "sesuai kebutuhan".
Mengapa: Waktu yang tidak terukur tidak dapat dijadikan standar dan tidak masuk jumlah waktu.
Salah: Sesuai jadwal; Triwulanan
Benar: paling lama 2 hari kerja
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
    """A hit per row whose time is a schedule or cannot be measured."""
    for row, step in enumerate(sop.steps):
        if step.time is None or step.time.kind not in (TimeKind.SCHEDULE, TimeKind.UNMEASURABLE):
            continue
        number, text = numbered(step, row), step.time.text
        if step.time.kind is TimeKind.SCHEDULE:
            yield Hit(("langkah", row, "waktu"), _schedule(number, text), _SCHEDULE_HELP)
        else:
            yield Hit(("langkah", row, "waktu"), _unmeasurable(number, text), _HELP)


def _schedule(number: str, text: str) -> Message:
    return say('Waktu langkah {n} ("{t}") adalah jadwal, bukan lama pengerjaan.', n=number, t=text)


def _unmeasurable(number: str, text: str) -> Message:
    return say('Waktu langkah {n} ("{t}") tidak terukur.', n=number, t=text)


_HELP = say('Tulis lama pengerjaannya, misalnya "paling lama 3 hari kerja".')
_SCHEDULE_HELP = say(
    'Tulis lama pengerjaannya, misalnya "paling lama 3 hari kerja"; jadwalnya pindahkan ke keterangan.'
)


RULE = Rule(
    code="DUR-10",
    name="waktu-tidak-terukur",
    severity=Severity.WARNING,
    summary=say("Waktu tidak terukur"),
    source="PermenPAN-RB 35/2012, mutu baku: waktu",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
)
