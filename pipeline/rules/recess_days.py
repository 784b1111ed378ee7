"""Days of a recess as an SOP states them: asked by RES-01 and RES-02."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from pipeline.model.duration import Duration, Quantity, Unit
from pipeline.model.finding import Severity
from pipeline.model.office import Office, RegionKind, WorkHours
from pipeline.model.sop import Sop, Step
from pipeline.rules.base import Context
from pipeline.rules.shapes import conducts_recess

SOURCE = "PP 12/2018 Pasal 87"
_ARCHIPELAGO = 14
"""Archipelagic provinces hold longer recesses; up to this a province is only warned."""
_WORKDAYS = {Unit.WEEK: 5, Unit.MONTH: 22, Unit.QUARTER: 66, Unit.SEMESTER: 132, Unit.YEAR: 264}
_DURING = frozenset(
    (
        *("mendengarkan", "mendengar", "menjawab", "menanggapi", "mencatat", "menampung", "menyerap", "menghimpun"),
        *("berdialog", "menjelaskan", "mengunjungi", "bertemu", "mendokumentasikan", "menjaring", "memaparkan"),
    )
)
"""What members do while a recess is held; a report or an approval comes before or after it."""


@dataclass(frozen=True, slots=True)
class Days:
    """Days in working days, and how many of them were stated as calendar days."""

    total: Fraction
    calendar: Fraction = Fraction(0)

    def __add__(self, other: Days) -> Days:
        return Days(self.total + other.total, self.calendar + other.calendar)


def limit_of(office: Office) -> int:
    """Most days of one recess: 8 for a province, 6 for a regency or city."""
    return 8 if office.region_kind is RegionKind.PROVINCE else 6


def severity_of(days: Days, office: Office) -> Severity:
    """An error only when working days exceed the limit too: practice counts calendar days, the law working days."""
    working = days.total - days.calendar + days.calendar * Fraction(5, 7)
    if office.region_kind is RegionKind.PROVINCE and days.total <= _ARCHIPELAGO:
        return Severity.WARNING
    return Severity.ERROR if working > limit_of(office) else Severity.WARNING


def days_of(step: Step, hours: WorkHours) -> Days | None:
    """The longest time the row states, None when it states none that can be measured."""
    durations = step.time.durations if step.time is not None else ()
    stated = [_days(duration, hours) for duration in durations if not duration.per]
    return max(stated, key=lambda days: days.total) if stated else None


def _days(duration: Duration, hours: WorkHours) -> Days:
    total = sum((_working(quantity, hours) for quantity in duration.high), Fraction(0))
    calendar = sum((q.amount for q in duration.high if q.unit is Unit.CALENDAR_DAY), Fraction(0))
    return Days(total, calendar)


def _working(quantity: Quantity, hours: WorkHours) -> Fraction:
    seconds = {Unit.SECOND: Fraction(1, 3600), Unit.MINUTE: Fraction(1, 60), Unit.HOUR: Fraction(1)}
    if quantity.unit in seconds:
        return quantity.amount * seconds[quantity.unit] / hours.hours_per_day
    return quantity.amount * _WORKDAYS.get(quantity.unit, 1)


def recess_rows(sop: Sop) -> tuple[int, ...]:
    """Rows in which a recess is held."""
    return tuple(row for row, step in enumerate(sop.steps) if conducts_recess(step))


def following_rows(sop: Sop, ctx: Context, host: int) -> tuple[int, ...]:
    """Rows directly after ``host`` that happen during the recess by their verb, without ``dalam`` saying so."""
    found = []
    actor = sop.steps[host].columns[:1]
    for row in range(host + 1, len(sop.steps)):
        step = sop.steps[row]
        if step.within is not None and step.within == sop.steps[host].number:
            continue
        if step.columns[:1] != actor or ctx.sentences[row].verb not in _DURING:
            break
        found.append(row)
    return tuple(found)
