"""Waktu nol atau lebih dari setahun.

Apa: Waktu satu langkah lebih dari nol dan paling lama setahun.
Mengapa: Nilai di luar itu hampir selalu salah ketik: nol yang berlebih atau satuan yang tertukar.
Salah: 0 menit; 3000 hari
Benar: 5 menit; 30 hari kerja
Sumber: konvensi.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from pipeline.model.duration import TimeValue, Unit
from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import Message, say
from pipeline.model.office import WorkHours
from pipeline.model.sop import Sop
from pipeline.model.timing import DAYS_PER_MONTH
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.shapes import numbered

_WORKDAYS_PER_YEAR = 12 * DAYS_PER_MONTH
_YEARS = {
    **{Unit.DAY: Fraction(1, 366), Unit.CALENDAR_DAY: Fraction(1, 366), Unit.WORKDAY: Fraction(1, _WORKDAYS_PER_YEAR)},
    **{Unit.WEEK: Fraction(1, 53), Unit.MONTH: Fraction(1, 12), Unit.QUARTER: Fraction(1, 4)},
    **{Unit.SEMESTER: Fraction(1, 2), Unit.YEAR: Fraction(1)},
}
_PER_HOUR = {Unit.SECOND: 3600, Unit.MINUTE: 60, Unit.HOUR: 1}


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per row whose time is nothing or more than a year."""
    for row, step in enumerate(sop.steps):
        years = _years(step.time, ctx.office.hours) if step.time is not None else ()
        if step.time is None or not any(value == 0 or value > 1 for value in years):
            continue
        text = step.time.text
        number = numbered(step, row)
        yield Hit(
            ("langkah", row, "waktu"),
            _nothing(number, text) if 0 in years else _too_long(number, text),
            say("Periksa angka dan satuannya."),
        )


def _nothing(number: str, text: str) -> Message:
    return say('Waktu langkah {n} ("{t}") nol.', n=number, t=text)


def _too_long(number: str, text: str) -> Message:
    return say('Waktu langkah {n} ("{t}") lebih dari setahun.', n=number, t=text)


@lru_cache(maxsize=1024)
def _years(time: TimeValue, hours: WorkHours) -> tuple[Fraction, ...]:
    """The longest time of each duration that ``time`` states, in years."""
    shares = _shares(hours)
    return tuple(
        sum((quantity.amount * shares[quantity.unit] for quantity in duration.high), Fraction(0))
        for duration in time.durations
    )


@lru_cache
def _shares(hours: WorkHours) -> dict[Unit, Fraction]:
    """What each unit is of a year."""
    per_year = _WORKDAYS_PER_YEAR * hours.hours_per_day
    return {**_YEARS, **{unit: 1 / (per_year * count) for unit, count in _PER_HOUR.items()}}


RULE = Rule(
    code="DUR-09",
    name="waktu-nol-atau-setahun",
    severity=Severity.INFO,
    summary=say("Waktu nol atau lebih dari setahun"),
    source="konvensi",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
)
