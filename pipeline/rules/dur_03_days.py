"""Hari tanpa keterangan hari kerja.

Apa: Waktu dalam hari menyebut hari kerja atau hari kalender.
Mengapa: Tiga hari kerja dan tiga hari kalender berbeda bila terpotong akhir pekan.
Salah: 3 hari
Benar: 3 hari kerja
Sumber: UU 23/2014 Pasal 1 angka 50: hari adalah hari kerja.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.duration import Unit
from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop, Step
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.shapes import numbered


def check(sop: Sop, _ctx: Context) -> Iterator[Hit]:
    """One hit for the SOP, at the first such row, naming them all."""
    rows = [row for row, step in enumerate(sop.steps) if _plain_days(step)]
    if rows:
        yield Hit(
            ("langkah", rows[0], "waktu"),
            say(
                '"hari" tanpa keterangan pada langkah {rows}; dihitung sebagai hari kerja.',
                rows=", ".join(numbered(sop.steps[row], row) for row in rows),
            ),
            say('Tulis "hari kerja" atau "hari kalender".'),
            subject="",
        )


def _plain_days(step: Step) -> bool:
    durations = step.time.durations if step.time is not None else ()
    return any(quantity.unit is Unit.DAY for d in durations for quantity in d.high)


RULE = Rule(
    code="DUR-03",
    name="hari-tanpa-kerja",
    severity=Severity.INFO,
    summary=say("Hari tanpa keterangan hari kerja"),
    source="UU 23/2014 Pasal 1 angka 50",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
