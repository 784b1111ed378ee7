"""Reses lebih lama daripada batas.

Apa: Satu kali reses paling lama 6 hari (kabupaten/kota) atau 8 hari (provinsi).
Mengapa: Hari di luar batas tidak dapat dipertanggungjawabkan biayanya.
Salah: Melaksanakan reses, 10 hari
Benar: Melaksanakan reses, 6 hari kerja
Sumber: PP 12/2018 Pasal 87. Bila hanya hitungan hari kalender yang melampaui, menjadi peringatan.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.recess_days import SOURCE, days_of, limit_of, recess_rows, severity_of
from pipeline.rules.shapes import numbered


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per row that holds a recess for longer than the law allows."""
    limit = limit_of(ctx.office)
    for row in recess_rows(sop):
        step = sop.steps[row]
        days = days_of(step, ctx.office.hours)
        if days is None or days.total <= limit or step.time is None:
            continue
        yield Hit(
            ("langkah", row, "waktu"),
            say(
                "Reses pada langkah {n} berlangsung {t}; batasnya {m} hari.",
                n=numbered(step, row),
                t=step.time.text,
                m=limit,
            ),
            say("Jadikan paling lama {m} hari.", m=limit),
            severity=severity_of(days, ctx.office),
        )


RULE = Rule(
    code="RES-01",
    name="reses-terlalu-lama",
    severity=Severity.ERROR,
    summary=say("Reses lebih lama daripada batas"),
    source=SOURCE,
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
