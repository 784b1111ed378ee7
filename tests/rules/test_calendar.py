"""Days off: the packaged table against the dates of the joint decrees, other years, the office's own days, counting."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.dates import MONTHS
from pipeline.rules.calendar import Calendar

TABLE = Path(__file__).parents[1] / "data" / "days-off.csv"
"""A row per month of a decree: year, kind, month and the days in it, elections among the holidays."""


def decreed() -> Iterator[tuple[dt.date, str]]:
    with TABLE.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            for day in row["tanggal"].split():
                yield dt.date(int(row["tahun"]), MONTHS.index(row["bulan"]) + 1, int(day)), row["jenis"]


DECREED = dict(decreed())


@pytest.mark.parametrize("day", DECREED, ids=str)
def test_every_day_of_the_decrees_is_off(day: dt.date) -> None:
    found = Calendar({}).holiday(day)
    assert found is not None
    assert (found.kind, bool(found.name)) == (DECREED[day], True)
    assert not Calendar({}).is_workday(day)


def test_no_other_day_of_those_years_is_off() -> None:
    days = [dt.date(2023, 1, 1) + dt.timedelta(n) for n in range(4 * 365 + 1)]
    assert [day for day in days if Calendar({}).holiday(day) and day not in DECREED] == []


@pytest.mark.parametrize(
    ("day", "kind", "word"),
    [
        (dt.date(2019, 4, 17), "libur", "Pemilihan"),
        (dt.date(2022, 4, 29), "cuti", "Idul Fitri"),
        (dt.date(2022, 8, 17), "libur", "Kemerdekaan"),
        (dt.date(2027, 12, 25), "libur", "Natal"),
    ],
    ids=str,
)
def test_other_years_know_holidays_and_joint_leave(day: dt.date, kind: str, word: str) -> None:
    found = Calendar({}).holiday(day)
    assert found is not None
    assert (found.kind, word in found.name) == (kind, True)


def test_years_of_no_calendar_have_weekends_only() -> None:
    for day in (dt.date.min, dt.date(1900, 1, 1), dt.date.max):
        assert Calendar({}).holiday(day) is None


def test_the_office_adds_days_and_works_on_others() -> None:
    monday, saturday, own = dt.date(2026, 8, 17), dt.date(2026, 8, 15), dt.date(2026, 8, 18)
    calendar = Calendar({own: "Hari Jadi"}, worked={monday: "Upacara", saturday: "Pengganti"})
    assert calendar.is_workday(monday)
    assert calendar.is_workday(saturday)
    assert calendar.weekend(saturday) == ""
    assert not calendar.is_workday(own)
    assert not calendar.is_workday(dt.date(2026, 8, 16))


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (dt.date(2023, 1, 1), 0, dt.date(2023, 1, 2)),
        (dt.date(2023, 1, 2), 0, dt.date(2023, 1, 2)),
        (dt.date(2023, 1, 2), 1, dt.date(2023, 1, 3)),
        (dt.date(2023, 4, 18), 1, dt.date(2023, 4, 26)),
        (dt.date(2023, 1, 6), 5, dt.date(2023, 1, 13)),
        (dt.date.max, 3, dt.date.max),
    ],
    ids=str,
)
def test_days_are_counted_from_the_day_after(start: dt.date, count: int, end: dt.date) -> None:
    assert Calendar({}).later(start, count) == end


def test_working_days_between() -> None:
    calendar = Calendar({})
    assert calendar.workdays(dt.date(2023, 1, 2), dt.date(2023, 1, 8)) == 5
    assert calendar.workdays(dt.date(2023, 4, 19), dt.date(2023, 4, 25)) == 0
    assert calendar.workdays(dt.date(2023, 1, 2), dt.date(2023, 1, 1)) == 0


@given(st.dates(dt.date(2023, 1, 1), dt.date(2026, 6, 1)), st.integers(1, 60))
def test_counting_forth_and_between_agree(start: dt.date, count: int) -> None:
    calendar = Calendar({})
    end = calendar.later(start, count)
    assert calendar.is_workday(end)
    assert calendar.workdays(start + dt.timedelta(1), end) == count
