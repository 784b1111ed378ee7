"""Waktu lebih dari sehari ditulis dalam menit atau jam.

Apa: Waktu yang melebihi satu hari kerja ditulis dalam hari.
Mengapa: 900 menit sulit dibaca; pembaca tidak tahu berapa hari kerja itu.
Salah: 900 menit
Benar: 2 hari kerja
Sumber: Perpres 21/2023: 37 jam 30 menit seminggu, lima hari kerja (7,5 jam sehari). Kelipatan 24 jam tidak
    dilaporkan: yang dimaksud hari menurut jam.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from pipeline.model.duration import Duration, TimeValue, Unit
from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.model.timing import describe_number
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.shapes import numbered

_HOURS = {Unit.SECOND: Fraction(1, 3600), Unit.MINUTE: Fraction(1, 60), Unit.HOUR: Fraction(1)}
_CLOCK_DAY = 24


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per row whose time in minutes or hours is more than a working day; whole days of 24 hours are meant so."""
    limit = ctx.office.hours.hours_per_day
    for row, step in enumerate(sop.steps):
        if step.time is None or not _is_long(step.time, limit):
            continue
        yield Hit(
            ("langkah", row, "waktu"),
            say(
                "Waktu langkah {n} ({t}) lebih dari satu hari kerja ({h} jam).",
                n=numbered(step, row),
                t=step.time.text,
                h=describe_number(limit),
            ),
            say("Tulis dalam hari kerja."),
        )


@lru_cache(maxsize=1024)
def _is_long(time: TimeValue, limit: Fraction) -> bool:
    return any(hours > limit and hours % _CLOCK_DAY for hours in map(_hours, time.durations))


def _hours(duration: Duration) -> Fraction:
    """Hours of a duration stated in small units only, 0 otherwise."""
    if not all(quantity.unit in _HOURS for quantity in duration.high):
        return Fraction(0)
    return sum((quantity.amount * _HOURS[quantity.unit] for quantity in duration.high), Fraction(0))


RULE = Rule(
    code="DUR-08",
    name="waktu-lebih-sehari",
    severity=Severity.WARNING,
    summary=say("Waktu lebih dari sehari ditulis dalam menit atau jam"),
    source="Perpres 21/2023 Pasal 3 dan 4",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
