"""Arithmetic on durations, in exact fractions, and the totals of an SOP along its flow.

One unit system: working hours and working days of the office (``WorkHours``; Perpres 21/2023 by default). *Hari* counts
as *hari kerja* (UU 23/2014 art. 1 number 50), a calendar day as one working day, a week as the office's days per week,
a month as 21 working days, a quarter, semester and year as 3, 6 and 12 months. Months and calendar days are estimates:
``Totals.notes`` says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import lcm
from operator import itemgetter

from pipeline.model.duration import Bound, Duration, Quantity, TimeKind, TimeValue, Unit
from pipeline.model.flow import Flow
from pipeline.model.message import Message, joined, say
from pipeline.model.office import WorkHours
from pipeline.model.result import DurationSummary
from pipeline.model.sop import Sop

DAYS_PER_MONTH = 21
"""Working days that a month stands for in estimates (20 to 22 in the calendar)."""

_BEFORE = {Bound.EXACT: "", Bound.ABOUT: "± ", Bound.AT_MOST: "paling lama ", Bound.AT_LEAST: "paling cepat "}
_HOURS = {Unit.SECOND: Fraction(1, 3600), Unit.MINUTE: Fraction(1, 60), Unit.HOUR: Fraction(1)}
_DAYS = {Unit.DAY: 1, Unit.WORKDAY: 1, Unit.CALENDAR_DAY: 1}
_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.SEMESTER: 6, Unit.YEAR: 12}


def describe_number(amount: Fraction) -> str:
    """``3`` as "3", ``3/2`` as "1,5", ``1/3`` as "1/3": decimal comma where two decimals suffice."""
    if amount.denominator == 1:
        return str(amount.numerator)
    hundredths = amount * 100
    if hundredths.denominator == 1:
        whole, rest = divmod(hundredths.numerator, 100)
        return f"{whole},{rest:02d}".rstrip("0")
    return f"{amount.numerator}/{amount.denominator}"


def describe_sum(quantities: Sequence[Quantity]) -> str:
    """The quantities as the form states them: "2 bulan 1 minggu"."""
    return " ".join(f"{describe_number(q.amount)} {q.unit.value}" for q in quantities)


def describe(duration: Duration) -> str:
    """The duration as the form should state it: "paling lama 3 hari kerja", "5-10 menit", "2 menit/berkas"."""
    low, high = duration.low, duration.high
    if low == high:
        text = describe_sum(high)
    elif len(low) == len(high) == 1 and low[0].unit is high[0].unit:
        text = f"{describe_number(low[0].amount)}-{describe_sum(high)}"
    else:
        text = f"{describe_sum(low)} - {describe_sum(high)}"
    return f"{_BEFORE[duration.bound]}{text}" + (f"/{duration.per}" if duration.per else "")


def in_hours(quantities: Sequence[Quantity], hours: WorkHours) -> Fraction:
    """Working hours that ``quantities`` add up to (see the module for the conversion)."""
    parts = [quantity.amount * _unit_hours(quantity.unit, hours) for quantity in quantities]
    return parts[0] if len(parts) == 1 else sum(parts, Fraction(0))


@lru_cache
def _unit_hours(unit: Unit, hours: WorkHours) -> Fraction:
    if unit in _HOURS:
        return _HOURS[unit]
    if unit in _DAYS:
        days = Fraction(_DAYS[unit])
    elif unit is Unit.WEEK:
        days = Fraction(hours.days_per_week)
    else:
        days = Fraction(_MONTHS[unit] * DAYS_PER_MONTH)
    return days * hours.hours_per_day


def describe_hours(value: Fraction, hours: WorkHours) -> str:
    """``value`` working hours as "12 hari kerja 3 jam 30 menit", to the second."""
    days, rest = divmod(value, hours.hours_per_day)
    seconds = round(rest * 3600)
    if seconds == hours.hours_per_day * 3600:
        days, seconds = days + 1, 0
    parts = ((int(days), Unit.WORKDAY), (seconds // 3600, Unit.HOUR), (seconds // 60 % 60, Unit.MINUTE))
    texts = [f"{amount} {unit.value}" for amount, unit in (*parts, (seconds % 60, Unit.SECOND)) if amount]
    return " ".join(texts) or f"0 {Unit.MINUTE.value}"


@dataclass(frozen=True, slots=True)
class Span:
    """Working hours of one step: least, and most; ``high`` is None when the text sets no upper limit."""

    low: Fraction
    high: Fraction | None


@lru_cache(maxsize=4096)
def span_of(time: TimeValue | None, hours: WorkHours) -> Span | None:
    """Working hours that a ``waktu`` cell states, None when it is no measured time.

    A limit (``paling lama 3 hari``) and an estimate (``± 1 hari``) count as the stated value; ``minimal n`` has no
    upper limit; of several values (``a; b``) the least and the greatest count; a rate counts for one item.
    """
    if time is None or time.kind is not TimeKind.MEASURED or not time.durations:
        return None
    low = min(in_hours(duration.low, hours) for duration in time.durations)
    if any(duration.bound is Bound.AT_LEAST for duration in time.durations):
        return Span(low, None)
    return Span(low, max(in_hours(duration.high, hours) for duration in time.durations))


@dataclass(frozen=True, slots=True)
class Totals:
    """Working hours along the flow; None where no step that counts has a time, or no end can be reached.

    ``unmeasured`` are the rows (from 0) without measurable time that are not in the totals, ``open`` those that state
    a lower limit only and count with that; ``notes`` are the estimates behind the numbers. ``rows`` is what the rows
    add up to one below the other, whatever the flow: how people often state a total.
    """

    shortest: Fraction | None = None
    typical: Fraction | None = None
    longest: Fraction | None = None
    rows: Fraction | None = None
    unmeasured: tuple[int, ...] = ()
    open: tuple[int, ...] = ()
    notes: tuple[Message, ...] = ()


def totals(sop: Sop, flow: Flow, hours: WorkHours) -> DurationSummary:
    """Totals of ``measure`` as printed, with the rule of conversion and what is not in them; "" where they cannot be
    told."""
    found = measure(sop, flow, hours)
    shortest, typical, longest = (
        "" if value is None else describe_hours(value, hours)
        for value in (found.shortest, found.typical, found.longest)
    )
    if not (shortest or typical or longest):
        return DurationSummary()
    return DurationSummary(shortest, typical, longest, _rule(sop, hours), excluded(sop, found))


def excluded(sop: Sop, found: Totals) -> Message | None:
    """Which steps are not in the totals, or only with their lower limit, and what they state; None when all are."""
    parts = []
    if found.unmeasured:
        parts.append(say("tidak termasuk langkah {rows}", rows=_quoted(sop, found.unmeasured)))
    if found.open:
        parts.append(say("langkah {rows} dihitung dengan batas bawahnya", rows=_quoted(sop, found.open)))
    return joined("; ", parts) if parts else None


def _quoted(sop: Sop, rows: Sequence[int]) -> str:
    steps = [(sop.steps[row], row) for row in rows]
    return ", ".join(
        f"{row + 1 if step.number is None else step.number} ({(step.time.text.strip() if step.time else '') or '-'})"
        for step, row in steps
    )


def _rule(sop: Sop, hours: WorkHours) -> Message:
    """The rule of conversion and those estimates behind a total that it does not state already."""
    return joined("; ", (conversion(hours), *_estimates(sop)))


def measure(sop: Sop, flow: Flow, hours: WorkHours) -> Totals:
    """Time of ``sop`` from its first step to an end, along ``flow`` and not by adding rows.

    * shortest: the quickest exit of every decision, with the lower value of a range;
    * typical: the first exit of every decision that leads on (``ya``), with the upper value;
    * longest: the slowest exit of every decision, with the upper value, and the steps of a correction loop once;
    * branches that run side by side (``lanjut: 5;6``) count once, at their maximum;
    * a step with ``dalam`` counts inside its host: the host takes its own time or the sum of what is in it,
      whichever is more;
    * nothing is counted twice: going back (``tidak: 3``) adds no second round;
    * a step without measurable time (a schedule, "sesuai kebutuhan", an empty cell) counts nothing and is named.

    A total is None when no end can be reached, when a target does not exist, or when nothing that counts is measured.
    """
    if not sop.steps or sop.partial or flow.dangling:
        return Totals()
    paths = _Paths(flow)
    own = [span_of(step.time, hours) for step in sop.steps]
    nested = hosts(sop)
    spans = _host_spans(own, nested)
    reached = sorted(paths.reached)
    unmeasured = tuple(row for row in reached if own[row] is None and not _is_covered(row, own, nested))
    open_rows = tuple(row for row in reached if (span := own[row]) is not None and span.high is None)
    measured = any(own[row] is not None for row in reached)
    if not measured:
        return Totals(unmeasured=unmeasured, notes=_notes(sop))
    highs = [span.low if span.high is None else span.high for span in spans]
    typical = paths.typical(highs)
    return Totals(
        shortest=paths.extreme([span.low for span in spans], longest=False),
        typical=typical[0] if typical else None,
        longest=paths.extreme(highs, longest=True),
        rows=_sum(span.low if span.high is None else span.high for span in own if span),
        unmeasured=unmeasured,
        open=open_rows,
        notes=_notes(sop),
    )


@dataclass(frozen=True, slots=True)
class Nesting:
    """Which rows lie inside which (``dalam``): ``host`` of a row, the rows ``inner`` to a host, and the ``circles`` of
    rows that hold one another, which count as if they held nothing. ``circular`` are the rows of these and in these."""

    host: Mapping[int, int]
    inner: Mapping[int, tuple[int, ...]]
    circles: tuple[tuple[int, ...], ...]
    circular: frozenset[int]


def hosts(sop: Sop) -> Nesting:
    """The nesting of the steps of ``sop``; a host that does not exist is none."""
    rows = {step.number: row for row, step in reversed(list(enumerate(sop.steps))) if step.number is not None}
    stated = {row: rows[step.within] for row, step in enumerate(sop.steps) if step.within in rows}
    circles, circular = _circles(stated)
    host = {row: outer for row, outer in stated.items() if row not in circular}
    inner: dict[int, list[int]] = {}
    for row, outer in host.items():
        inner.setdefault(outer, []).append(row)
    return Nesting(host, {outer: tuple(rows) for outer, rows in inner.items()}, circles, circular)


def _circles(host: Mapping[int, int]) -> tuple[tuple[tuple[int, ...], ...], frozenset[int]]:
    """The circles that going from row to host ends in, in the order in which they are met, and all rows that lead to
    one of them."""
    circles: list[tuple[int, ...]] = []
    leads: dict[int, bool] = {}
    for start in host:
        way: dict[int, None] = {}
        row = start
        while row in host and row not in way and row not in leads:
            way[row] = None
            row = host[row]
        if row in way:
            rows = list(way)
            circles.append(tuple(sorted(rows[rows.index(row) :])))
        leads |= dict.fromkeys(way, row in way or leads.get(row, False))
    return tuple(circles), frozenset(row for row, led in leads.items() if led)


def _is_covered(row: int, own: Sequence[Span | None], nested: Nesting) -> bool:
    """Does the time of a host stand for that of ``row``?"""
    while row in nested.host:
        row = nested.host[row]
        if own[row] is not None:
            return True
    return False


def _host_spans(own: Sequence[Span | None], nested: Nesting) -> list[Span]:
    """Spans as they count on a path: a step inside another counts nothing, its host at least the sum of its inner."""
    nothing = Span(Fraction(0), Fraction(0))
    spans = [span or nothing for span in own]
    # Innermost first, so that a host inside another host is complete before it counts there.
    for row in sorted(nested.inner, key=lambda row: -_depth(row, nested.host)):
        parts = [spans[inside] for inside in nested.inner[row]]
        low = max(spans[row].low, sum((part.low for part in parts), Fraction(0)))
        spans[row] = Span(low, _most(spans[row], parts))
    for row in nested.host:
        spans[row] = nothing
    return spans


def _most(span: Span, parts: Sequence[Span]) -> Fraction | None:
    if span.high is None:
        return None
    # An inner step without upper limit still ends with its host.
    return max(span.high, sum((part.high if part.high is not None else part.low for part in parts), Fraction(0)))


def _depth(row: int, host: Mapping[int, int]) -> int:
    depth = 0
    while row in host:
        row = host[row]
        depth += 1
    return depth


def _whole(times: Sequence[Fraction]) -> tuple[list[int], int]:
    """``times`` as whole numbers of a part of an hour, and how many of it an hour has: fractions are slow to add."""
    unit = lcm(*{time.denominator for time in times})
    return [time.numerator * (unit // time.denominator) for time in times], unit


def _sum(times: Iterable[Fraction]) -> Fraction:
    whole, unit = _whole(tuple(times))
    return Fraction(sum(whole), unit)


_first: Callable[[tuple[int, frozenset[int]]], int] = itemgetter(0)


class _Paths:
    """Times along the flow from its first row, without the edges that go back."""

    def __init__(self, flow: Flow) -> None:
        forward = flow.forward()
        self.choices, self.forward, self.order = flow.choices, forward.targets, forward.order
        self.ends = flow.ends()
        self.reached = frozenset(self.order)
        self.finishing = self._finishing()

    def _finishing(self) -> frozenset[int]:
        finishing = set(self.ends)
        for row in reversed(self.order):
            if any(target in finishing for target in self.forward[row]):
                finishing.add(row)
        return frozenset(finishing)

    def extreme(self, times: Sequence[Fraction], *, longest: bool) -> Fraction | None:
        """The longest or shortest time from the first row to an end, None when none can be reached."""
        whole, unit = _whole(times)
        paths: dict[int, tuple[int, frozenset[int]]] = {}
        nothing: tuple[int, frozenset[int]] = (0, frozenset())
        for row in reversed(self.order):
            on = [paths[target] for target in self.forward[row] if target in self.finishing]
            back = [paths[target] for target in self.forward[row] if target not in self.finishing]
            if row in self.ends:
                on.append(nothing)
            pick = max if longest or row not in self.choices else min
            time, rows = pick(on, key=_first) if on else nothing
            if longest and back:  # a correction that leads back, gone through once
                unions = [rows | correction for _, correction in back]
                time, rows = max([(sum(whole[each] for each in union), union) for union in unions], key=_first)
            paths[row] = (time if row in rows else time + whole[row], rows | {row})
        return Fraction(paths[0][0], unit) if 0 in self.finishing else None

    def typical(self, times: Sequence[Fraction]) -> tuple[Fraction, frozenset[int]] | None:
        """Time and rows of the path that takes the first exit leading on; None when no end can be reached."""
        if 0 not in self.finishing:
            return None
        whole, unit = _whole(times)
        value: dict[int, int] = {}
        for row in reversed(self.order):
            value[row] = whole[row] + max((value[target] for target in self._usual(row)), default=0)
        rows, todo = {0}, [0]
        while todo:
            for target in self._usual(todo.pop()):
                if target not in rows:
                    rows.add(target)
                    todo.append(target)
        return Fraction(value[0], unit), frozenset(rows)

    def _usual(self, row: int) -> list[int]:
        on = [target for target in self.forward[row] if target in self.finishing]
        return on[:1] if row in self.choices else on


def _notes(sop: Sop) -> tuple[Message, ...]:
    months = say("1 bulan diperkirakan {n} hari kerja", n=DAYS_PER_MONTH)
    return ((months,) if _units(sop) & set(_MONTHS) else ()) + _estimates(sop)


def _units(sop: Sop) -> set[Unit]:
    durations = [duration for step in sop.steps if step.time for duration in step.time.durations]
    return {quantity.unit for duration in durations for quantity in (*duration.low, *duration.high)}


def _estimates(sop: Sop) -> tuple[Message, ...]:
    """Estimates that the rule of conversion does not state."""
    notes = []
    if Unit.CALENDAR_DAY in _units(sop):
        notes.append(say("1 hari kalender dihitung sebagai 1 hari kerja"))
    if any(duration.per for step in sop.steps if step.time for duration in step.time.durations):
        notes.append(say("waktu per satuan dihitung untuk satu satuan"))
    return tuple(notes)


def conversion(hours: WorkHours) -> Message:
    """The rule of conversion, to be printed beside a total."""
    return say(
        "1 hari = 1 hari kerja = {h} jam; 1 minggu = {w} hari kerja; 1 bulan diperkirakan {m} hari kerja",
        h=describe_number(hours.hours_per_day),
        w=hours.days_per_week,
        m=DAYS_PER_MONTH,
    )
