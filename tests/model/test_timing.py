"""Totals along the flow, in exact fractions."""

from __future__ import annotations

import itertools
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.duration import Quantity, Unit
from pipeline.model.finding import Stage
from pipeline.model.flow import flow_of
from pipeline.model.office import WorkHours
from pipeline.model.result import DurationSummary
from pipeline.model.sop import Branch, Sop, Step, StepKind
from pipeline.model.timing import (
    Span,
    conversion,
    describe_hours,
    describe_number,
    hosts,
    in_hours,
    measure,
    span_of,
    totals,
)
from pipeline.readers.durations import parse_time

HOURS = WorkHours()


def step(number: int, time: str, **more: object) -> Step:
    kind = StepKind.DECISION if more.get("branches") else StepKind.PROCESS
    return Step(number=number, activity=f"Langkah {number}", time=parse_time(time), kind=kind, **more)  # type: ignore[arg-type]


def decision(number: int, time: str, **exits: int) -> Step:
    return step(number, time, branches=tuple(Branch(label.capitalize(), target) for label, target in exits.items()))


def sop(*steps: Step) -> Sop:
    first = replace(steps[0], kind=StepKind.START) if steps and steps[0].kind is StepKind.PROCESS else None
    return Sop("uji", Stage.DRAFT, steps=((first, *steps[1:]) if first else steps))


CASES = [
    ("nothing", (), ("", "", "")),
    (
        "a row of steps",
        (step(1, "3 hari"), step(2, "4 jam"), step(3, "30 menit")),
        ("3 hari kerja 4 jam 30 menit",) * 3,
    ),
    ("hours become days", (step(1, "10 jam"), step(2, "5 jam")), ("2 hari kerja",) * 3),
    (
        "ranges",
        (step(1, "1-2 hari"), step(2, "30 menit - 1 jam")),
        ("1 hari kerja 30 menit",) + ("2 hari kerja 1 jam",) * 2,
    ),
    ("limits count as stated", (step(1, "paling lama 3 hari"), step(2, "± 1 jam")), ("3 hari kerja 1 jam",) * 3),
    ("open end", (step(1, "minimal 2 hari"),), ("2 hari kerja",) * 3),
    ("several values", (step(1, "30 menit; 1 hari"),), ("30 menit", "1 hari kerja", "1 hari kerja")),
    ("weeks and months", (step(1, "1 minggu"), step(2, "1 bulan")), ("26 hari kerja",) * 3),
    ("no time", (step(1, "1 hari"), step(2, "Sesuai kebutuhan")), ("1 hari kerja",) * 3),
    ("empty", (step(1, "1 hari"), step(2, "")), ("1 hari kerja",) * 3),
    ("no time at all", (step(1, ""), step(2, "Triwulanan")), ("", "", "")),
    (
        "correction that goes back counts no second round",
        (step(1, "2 hari"), decision(2, "1 jam", ya=3, tidak=1), step(3, "1 hari")),
        ("3 hari kerja 1 jam",) * 3,
    ),
    (
        "correction in a step of its own counts once in the longest",
        (
            step(1, "1 hari"),
            decision(2, "1 jam", ya=4, tidak=3),
            step(3, "2 hari", next=(1,)),
            step(4, "1 hari"),
        ),
        ("2 hari kerja 1 jam", "2 hari kerja 1 jam", "4 hari kerja 1 jam"),
    ),
    (
        "one correction shared by two decisions counts once",
        (decision(1, "1 hari", a=2, b=3), decision(2, "1 hari", a=0, b=3), step(3, "1 hari", next=(1,))),
        ("2 hari kerja", "2 hari kerja", "3 hari kerja"),
    ),
    (
        "rejection back to the first branch counts no second round",
        (
            step(1, "1 jam", next=(2, 3)),
            step(2, "2 jam", next=(4,)),
            step(3, "3 jam", next=(4,)),
            decision(4, "1 jam", ya=5, tidak=2),
            step(5, "1 jam"),
        ),
        ("6 jam",) * 3,
    ),
    (
        "rejection back to the second branch counts no second round",
        (
            step(1, "1 jam", next=(2, 3)),
            step(2, "2 jam", next=(4,)),
            step(3, "3 jam", next=(4,)),
            decision(4, "1 jam", ya=5, tidak=3),
            step(5, "1 jam"),
        ),
        ("6 jam",) * 3,
    ),
    (
        "rejection back to the third branch counts no second round",
        (
            step(1, "1 jam", next=(2, 3, 4)),
            step(2, "3 jam", next=(5,)),
            step(3, "1 jam", next=(5,)),
            step(4, "2 jam", next=(5,)),
            decision(5, "1 jam", ya=6, tidak=4),
            step(6, "1 jam"),
        ),
        ("6 jam",) * 3,
    ),
    (
        "correction in a row above counts once in the longest",
        (
            step(1, "1 jam", next=(3,)),
            step(2, "2 jam", next=(3,)),
            decision(3, "1 jam", ya=4, tidak=2),
            step(4, "1 jam"),
        ),
        ("3 jam", "3 jam", "5 jam"),
    ),
    (
        "refusal ends early",
        (step(1, "1 hari"), decision(2, "1 hari", ya=3, tidak=0), step(3, "5 hari")),
        ("2 hari kerja", "7 hari kerja", "7 hari kerja"),
    ),
    (
        "alternatives",
        (
            step(1, "1 jam"),
            decision(2, "1 jam", a=3, b=4),
            step(3, "1 jam", next=(5,)),
            step(4, "3 jam"),
            step(5, "1 jam"),
        ),
        ("4 jam", "4 jam", "6 jam"),
    ),
    (
        "side by side counts once at its maximum",
        (step(1, "1 jam", next=(2, 3)), step(2, "2 jam", next=(4,)), step(3, "3 jam"), step(4, "1 jam")),
        ("5 jam",) * 3,
    ),
    (
        "inside a host",
        (step(1, "6 hari"), step(2, "3 hari", within=1), step(3, "", within=1), step(4, "1 hari")),
        ("7 hari kerja",) * 3,
    ),
    (
        "more inside than the host has",
        (step(1, "6 hari"), step(2, "4 hari", within=1), step(3, "3 hari", within=1)),
        ("7 hari kerja",) * 3,
    ),
    (
        "host inside a host",
        (step(1, "1 hari"), step(2, "1 hari", within=1), step(3, "5 hari", within=2)),
        ("5 hari kerja",) * 3,
    ),
    ("host without time", (step(1, ""), step(2, "3 hari", within=1)), ("3 hari kerja",) * 3),
    ("each inside the other", (step(1, "1 hari", within=2), step(2, "1 hari", within=1)), ("2 hari kerja",) * 3),
    ("inside itself", (step(1, "1 hari", within=1),), ("1 hari kerja",) * 3),
    ("never ends", (step(1, "1 hari"), step(2, "1 hari", next=(1,))), ("", "", "")),
    ("target that does not exist", (step(1, "1 hari"), step(2, "1 hari", next=(9,))), ("", "", "")),
    ("unreachable step is not missed", (step(1, "1 hari", next=(0,)), step(2, "")), ("1 hari kerja",) * 3),
    (
        "a step without time counts nothing",
        (step(1, "1 hari"), decision(2, "1 hari", ya=4, tidak=3), step(3, "", next=(4,)), step(4, "1 hari")),
        ("3 hari kerja",) * 3,
    ),
    (
        "numbers out of order",
        (step(1, "1 jam", next=(3,)), step(2, "1 jam", next=(0,)), step(3, "1 jam", next=(2,))),
        ("3 jam",) * 3,
    ),
]


@pytest.mark.parametrize(("steps", "found"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_totals(steps: tuple[Step, ...], found: tuple[str, str, str]) -> None:
    item = sop(*steps)
    summary = totals(item, flow_of(item), HOURS)
    assert replace(summary, conversion=None, excluded=None) == DurationSummary(*found)
    assert (summary.conversion is not None) == any(found)


def test_the_rule_of_conversion_is_stated_with_the_estimates() -> None:
    item = sop(step(1, "2 hari kalender"), step(2, "1 bulan"), step(3, "2 menit/berkas"))
    rule = totals(item, flow_of(item), HOURS).conversion
    assert rule is not None
    assert rule.id == (
        "1 hari = 1 hari kerja = 7,5 jam; 1 minggu = 5 hari kerja; 1 bulan diperkirakan 21 hari kerja; "
        "1 hari kalender dihitung sebagai 1 hari kerja; waktu per satuan dihitung untuk satu satuan"
    )


def test_rows_that_could_not_be_read_leave_no_total() -> None:
    item = replace(sop(step(1, "1 jam"), step(2, "1 jam")), partial=True)
    assert totals(item, flow_of(item), HOURS) == DurationSummary()


@pytest.mark.parametrize(
    ("steps", "rows", "text"),
    [
        ((step(1, "1 hari"), step(2, "1 jam")), (), None),
        (
            (step(1, "1 hari"), step(2, ""), step(3, "Sesuai jadwal"), step(7, "Triwulanan")),
            (1, 2, 3),
            "tidak termasuk langkah 2 (-), 3 (Sesuai jadwal), 7 (Triwulanan)",
        ),
        ((step(1, "1 hari"), step(2, "menit"), step(3, "2 jam", next=(0,)), step(4, "")), (1,),
         "tidak termasuk langkah 2 (menit)"),
        ((step(1, "2 hari"), step(2, "", within=1), step(3, "", within=2)), (), None),
        ((step(1, ""), step(2, "1 jam", within=1)), (0,), "tidak termasuk langkah 1 (-)"),
        (
            (step(1, "-"), step(2, "minimal 1 jam")),
            (0,),
            "tidak termasuk langkah 1 (-); langkah 2 (minimal 1 jam) dihitung dengan batas bawahnya",
        ),
    ],
)  # fmt: skip
def test_what_is_not_in_a_total_is_named(steps: tuple[Step, ...], rows: tuple[int, ...], text: str | None) -> None:
    item = sop(*steps)
    assert measure(item, flow_of(item), HOURS).unmeasured == rows
    told = totals(item, flow_of(item), HOURS).excluded
    assert (told.id if told else None) == text


def test_the_rows_as_they_stand_are_added_too() -> None:
    item = sop(step(1, "1 jam", next=(2, 3)), step(2, "2 jam", next=(4,)), step(3, "3 jam"), step(4, "1 jam", within=3))
    found = measure(item, flow_of(item), HOURS)
    assert (found.longest, found.rows) == (Fraction(4), Fraction(7))


def test_nesting() -> None:
    found = hosts(sop(*(step(number, "1 jam", within=host) for number, host in enumerate((None, 1, 2, 5, 4, 5, 9), 1))))
    assert found.host == {1: 0, 2: 1}
    assert found.inner == {0: (1,), 1: (2,)}
    assert found.circles == ((3, 4),)
    assert found.circular == {3, 4, 5}


def test_estimates_are_noted() -> None:
    item = sop(step(1, "1 bulan"), step(2, "1 x 24 jam"), step(3, "2 menit/berkas"))
    assert [note.id for note in measure(item, flow_of(item), HOURS).notes] == [
        "1 bulan diperkirakan 21 hari kerja",
        "1 hari kalender dihitung sebagai 1 hari kerja",
        "waktu per satuan dihitung untuk satu satuan",
    ]


def test_conversion_is_stated() -> None:
    assert conversion(HOURS).id == (
        "1 hari = 1 hari kerja = 7,5 jam; 1 minggu = 5 hari kerja; 1 bulan diperkirakan 21 hari kerja"
    )


@pytest.mark.parametrize(
    ("unit", "hours"),
    [
        (Unit.SECOND, Fraction(1, 3600)),
        (Unit.MINUTE, Fraction(1, 60)),
        (Unit.HOUR, Fraction(1)),
        (Unit.DAY, Fraction(15, 2)),
        (Unit.WORKDAY, Fraction(15, 2)),
        (Unit.CALENDAR_DAY, Fraction(15, 2)),
        (Unit.WEEK, Fraction(75, 2)),
        (Unit.MONTH, Fraction(315, 2)),
        (Unit.QUARTER, Fraction(945, 2)),
        (Unit.SEMESTER, Fraction(945)),
        (Unit.YEAR, Fraction(1890)),
    ],
)
def test_units(unit: Unit, hours: Fraction) -> None:
    assert in_hours([Quantity(Fraction(1), unit)], HOURS) == hours


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(0), "0 menit"),
        (Fraction(15, 2), "1 hari kerja"),
        (Fraction(8), "1 hari kerja 30 menit"),
        (Fraction(1, 3600), "1 detik"),
        (Fraction(15, 2) - Fraction(1, 100_000), "1 hari kerja"),
        (Fraction(1, 3), "20 menit"),
    ],
)
def test_describe_hours(value: Fraction, text: str) -> None:
    assert describe_hours(value, HOURS) == text


@pytest.mark.parametrize(
    ("amount", "text"), [("3", "3"), ("3/2", "1,5"), ("1/3", "1/3"), ("5/4", "1,25"), ("1/20", "0,05")]
)
def test_describe_number(amount: str, text: str) -> None:
    assert describe_number(Fraction(amount)) == text


@st.composite
def sops(draw: st.DrawFn) -> Sop:
    """Any small SOP: targets may go anywhere, forward, back or nowhere."""
    count = draw(st.integers(1, 8))
    steps = []
    for number in range(1, count + 1):
        target = st.integers(0, count)
        branches = tuple(Branch("x", t) for t in draw(st.lists(target, max_size=2)))
        following = tuple(draw(st.lists(target, max_size=2))) if not branches else ()
        time = draw(st.sampled_from(["1 hari", "2-3 hari", "1 jam", "30 menit"]))
        host = draw(st.none() | st.integers(1, count))
        steps.append(step(number, time, branches=branches, next=following, within=host))
    return sop(*steps)


@given(sops())
def test_typical_lies_between_shortest_and_longest(item: Sop) -> None:
    found = measure(item, flow_of(item), HOURS)
    values = (found.shortest, found.typical, found.longest)
    assert (values[0] is None) == (values[2] is None)
    if values[0] is not None:
        assert values[1] is not None
        assert values[2] is not None
        assert values[0] <= values[1] <= values[2]


@st.composite
def forward_sops(draw: st.DrawFn) -> Sop:
    """A small SOP that never goes back: decisions and parallel branches, each leading down or to the end."""
    count = draw(st.integers(1, 7))
    steps = []
    for number in range(1, count + 1):
        target = st.integers(number + 1, count) | st.just(0) if number < count else st.just(0)
        exits = draw(st.lists(target, min_size=1, max_size=3, unique=True))
        time = draw(
            st.sampled_from(["1 hari", "2-3 hari", "1 jam", "30 menit - 1 jam", "± 2 jam", "minimal 1 hari", ""])
        )
        if draw(st.booleans()):
            branches = tuple(Branch(f"x{target}", target) for target in exits)
            steps.append(step(number, time, branches=branches))
        else:
            steps.append(step(number, time, next=tuple(exits)))
    return sop(*steps)


def enumerated(item: Sop, times: list[Fraction]) -> tuple[Fraction, Fraction, Fraction]:
    """Shortest, typical and longest by trying every way to decide."""
    exits = [tuple(b.target for b in s.branches) or s.next for s in item.steps]
    deciding = [row for row, s in enumerate(item.steps) if s.branches]

    def time(row: int, chosen: dict[int, int]) -> Fraction:
        taken = (chosen[row],) if row in chosen else exits[row]
        return times[row] + max((time(target - 1, chosen) for target in taken if target), default=Fraction(0))

    ways = [dict(zip(deciding, way, strict=True)) for way in itertools.product(*(exits[row] for row in deciding))]
    usual = {row: next((target for target in exits[row] if target), 0) for row in deciding}
    every = [time(0, way) for way in ways]
    return min(every), time(0, usual), max(every)


@given(forward_sops())
def test_totals_are_those_of_every_way_tried(item: Sop) -> None:
    spans = [span_of(s.time, HOURS) or Span(Fraction(0), Fraction(0)) for s in item.steps]
    lows = [span.low for span in spans]
    highs = [span.low if span.high is None else span.high for span in spans]
    found = measure(item, flow_of(item), HOURS)
    if found.longest is not None:
        shortest = enumerated(item, lows)[0]
        _, typical, longest = enumerated(item, highs)
        assert (found.shortest, found.typical, found.longest) == (shortest, typical, longest)


@given(sops())
def test_longest_is_no_more_than_all_rows(item: Sop) -> None:
    longest = measure(item, flow_of(item), HOURS).longest
    rows = [parse_time(s.time.text).durations[0].high for s in item.steps if s.time]
    assert longest is None or longest <= sum((in_hours(row, HOURS) for row in rows), Fraction(0))
