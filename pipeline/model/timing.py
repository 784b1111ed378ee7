"""Arithmetic on durations, in exact fractions, and the totals of an SOP along its flow.

One unit system: working hours and working days of the office (``WorkHours``; Perpres 21/2023 by default). *Hari* counts
as *hari kerja* (UU 23/2014 art. 1 number 50), a calendar day as one working day, a week as the office's days per week,
a month as 21 working days, a quarter, semester and year as 3, 6 and 12 months. Months and calendar days are estimates:
``Totals.notes`` says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

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
    return sum((_quantity_hours(quantity, hours) for quantity in quantities), Fraction(0))


def _quantity_hours(quantity: Quantity, hours: WorkHours) -> Fraction:
    unit = quantity.unit
    if unit in _HOURS:
        return quantity.amount * _HOURS[unit]
    if unit in _DAYS:
        days = Fraction(_DAYS[unit])
    elif unit is Unit.WEEK:
        days = Fraction(hours.days_per_week)
    else:
        days = Fraction(_MONTHS[unit] * DAYS_PER_MONTH)
    return quantity.amount * days * hours.hours_per_day


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
    """Working hours along the flow; None where they cannot be told. ``unmeasured`` are the rows (from 0) to blame,
    ``notes`` the estimates behind the numbers."""

    shortest: Fraction | None = None
    typical: Fraction | None = None
    longest: Fraction | None = None
    unmeasured: tuple[int, ...] = ()
    notes: tuple[Message, ...] = ()


def totals(sop: Sop, flow: Flow, hours: WorkHours) -> DurationSummary:
    """Totals of ``measure`` as printed, with the rule of conversion; "" where they cannot be told."""
    found = measure(sop, flow, hours)
    shortest, typical, longest = (
        "" if value is None else describe_hours(value, hours)
        for value in (found.shortest, found.typical, found.longest)
    )
    told = shortest or typical or longest
    return DurationSummary(shortest, typical, longest, _rule(found.notes, hours) if told else None)


def _rule(notes: Sequence[Message], hours: WorkHours) -> Message:
    """The rule of conversion and those estimates behind a total that it does not state already."""
    rule = conversion(hours)
    more = [note for note in notes if note.id not in rule.id]
    return joined("; ", (rule, *more))


def measure(sop: Sop, flow: Flow, hours: WorkHours) -> Totals:
    """Time of ``sop`` from its first step to an end, along ``flow`` and not by adding rows.

    * shortest: the quickest exit of every decision, with the lower value of a range;
    * typical: the first exit of every decision that leads on (``ya``), with the upper value;
    * longest: the slowest exit of every decision, with the upper value, and the steps of a correction loop once;
    * branches that run side by side (``lanjut: 5;6``) count once, at their maximum;
    * a step with ``dalam`` counts inside its host: the host takes its own time or the sum of what is in it,
      whichever is more;
    * nothing is counted twice: going back (``tidak: 3``) adds no second round.

    A total is None when a step that it depends on has no measurable time (for shortest and longest any step that can
    be reached; for typical those on its path), when no end can be reached, or when a target does not exist. A step
    inside a measured host needs no time of its own.
    """
    if not sop.steps or sop.partial or flow.dangling:
        return Totals()
    paths = _Paths(flow)
    spans = _host_spans(sop, [span_of(step.time, hours) for step in sop.steps])
    unmeasured = tuple(row for row in sorted(paths.reached) if spans[row] is None)
    lows = [span.low if span else Fraction(0) for span in spans]
    highs = [(span.high or Fraction(0)) if span else Fraction(0) for span in spans]
    typical = paths.typical(highs)
    open_rows = {row for row in paths.reached if (span := spans[row]) is not None and span.high is None}
    known = not unmeasured
    on_path = typical[1] if typical else frozenset()
    return Totals(
        shortest=paths.extreme(lows, longest=False) if known else None,
        typical=typical[0] if typical and not on_path & {*unmeasured, *open_rows} else None,
        longest=paths.extreme(highs, longest=True) if known and not open_rows else None,
        unmeasured=unmeasured,
        notes=_notes(sop),
    )


def _host_spans(sop: Sop, own: Sequence[Span | None]) -> list[Span | None]:
    """Spans as they count on a path: a step inside another counts nothing, its host at least the sum of its inner."""
    rows = {step.number: row for row, step in reversed(list(enumerate(sop.steps))) if step.number is not None}
    host = {
        row: rows[step.within]
        for row, step in enumerate(sop.steps)
        if step.within is not None and rows.get(step.within, row) != row
    }
    inner: dict[int, list[int]] = {}
    for row in [row for row in host if not _circular(row, host)]:
        inner.setdefault(host[row], []).append(row)
    spans = list(own)
    # Innermost first, so that a host inside another host is complete before it counts there.
    for row in sorted(inner, key=lambda row: -_depth(row, host)):
        if (span := spans[row]) is not None:
            parts = [part for inside in inner[row] if (part := spans[inside]) is not None]
            low = max(span.low, sum((part.low for part in parts), Fraction(0)))
            spans[row] = Span(low, _most(span, parts))
    for rows_inside in inner.values():
        for row in rows_inside:
            spans[row] = Span(Fraction(0), Fraction(0))
    return spans


def _most(span: Span, parts: Sequence[Span]) -> Fraction | None:
    if span.high is None:
        return None
    # An inner step without upper limit still ends with its host.
    return max(span.high, sum((part.high if part.high is not None else part.low for part in parts), Fraction(0)))


def _circular(row: int, host: Mapping[int, int]) -> bool:
    seen = {row}
    while row in host:
        row = host[row]
        if row in seen:
            return True
        seen.add(row)
    return False


def _depth(row: int, host: Mapping[int, int]) -> int:
    depth, seen = 0, {row}
    while row in host and host[row] not in seen:
        row = host[row]
        seen.add(row)
        depth += 1
    return depth


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
        paths: dict[int, frozenset[int]] = {}

        def time_of(rows: frozenset[int]) -> Fraction:
            return sum((times[row] for row in rows), Fraction(0))

        for row in reversed(self.order):
            on = [paths[target] for target in self.forward[row] if target in self.finishing]
            back = [paths[target] for target in self.forward[row] if target not in self.finishing]
            if row in self.ends:
                on.append(frozenset())
            pick = max if longest or row not in self.choices else min
            rows = pick(on, key=time_of) if on else frozenset[int]()
            if longest and back:  # a correction that leads back, gone through once
                rows = max([rows | correction for correction in back], key=time_of)
            paths[row] = rows | {row}
        return time_of(paths[0]) if 0 in self.finishing else None

    def typical(self, times: Sequence[Fraction]) -> tuple[Fraction, frozenset[int]] | None:
        """Time and rows of the path that takes the first exit leading on; None when no end can be reached."""
        if 0 not in self.finishing:
            return None
        value: dict[int, Fraction] = {}
        for row in reversed(self.order):
            on = [value[target] for target in self._usual(row)]
            value[row] = times[row] + (max(on) if on else Fraction(0))
        rows, todo = {0}, [0]
        while todo:
            for target in self._usual(todo.pop()):
                if target not in rows:
                    rows.add(target)
                    todo.append(target)
        return value[0], frozenset(rows)

    def _usual(self, row: int) -> list[int]:
        on = [target for target in self.forward[row] if target in self.finishing]
        return on[:1] if row in self.choices else on


def _notes(sop: Sop) -> tuple[Message, ...]:
    durations = [duration for step in sop.steps if step.time for duration in step.time.durations]
    units = {quantity.unit for duration in durations for quantity in (*duration.low, *duration.high)}
    notes = []
    if units & set(_MONTHS):
        notes.append(
            say(id="1 bulan diperkirakan {n} hari kerja", en="1 month is taken as {n} working days", n=DAYS_PER_MONTH)
        )
    if Unit.CALENDAR_DAY in units:
        notes.append(
            say(id="1 hari kalender dihitung sebagai 1 hari kerja", en="1 calendar day is taken as 1 working day")
        )
    if any(duration.per for duration in durations):
        notes.append(say(id="waktu per satuan dihitung untuk satu satuan", en="a rate is counted for one item"))
    return tuple(notes)


def conversion(hours: WorkHours) -> Message:
    """The rule of conversion, to be printed beside a total."""
    return say(
        id="1 hari = 1 hari kerja = {h} jam; 1 minggu = {w} hari kerja; 1 bulan diperkirakan {m} hari kerja",
        en="1 day = 1 working day = {h} hours; 1 week = {w} working days; 1 month is taken as {m} working days",
        h=describe_number(hours.hours_per_day),
        w=hours.days_per_week,
        m=DAYS_PER_MONTH,
    )
