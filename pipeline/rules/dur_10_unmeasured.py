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
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.shapes import numbered


def check(sop: Sop, _ctx: Context) -> Iterator[Hit]:
    """A hit per row whose time is a schedule or cannot be measured."""
    for row, step in enumerate(sop.steps):
        if step.time is None or step.time.kind not in (TimeKind.SCHEDULE, TimeKind.UNMEASURABLE):
            continue
        what = ("jadwal", "a schedule") if step.time.kind is TimeKind.SCHEDULE else ("tidak terukur", "not measurable")
        yield Hit(
            ("langkah", row, "waktu"),
            say(
                id='Waktu langkah {n} ("{t}") adalah {k}, bukan lama pengerjaan.'
                if step.time.kind is TimeKind.SCHEDULE
                else 'Waktu langkah {n} ("{t}") {k}.',
                en='The time of step {n} ("{t}") is {e}.',
                n=numbered(step, row),
                t=step.time.text,
                k=what[0],
                e=what[1],
            ),
            say(
                id='Tulis lama pengerjaannya, misalnya "paling lama 3 hari kerja".',
                en='State how long it takes, such as "paling lama 3 hari kerja".',
            ),
        )


RULE = Rule(
    code="DUR-10",
    name="waktu-tidak-terukur",
    severity=Severity.WARNING,
    summary=say(id="Waktu tidak terukur", en="A time is not measurable"),
    source="PermenPAN-RB 35/2012, mutu baku: waktu",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
)
