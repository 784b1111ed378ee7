"""The calendar of SOPs due for evaluation: by the grammar of RFC 5545, and the right day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.archive import calendar, index
from pipeline.archive.facts import Facts
from pipeline.archive.log import Log
from pipeline.archive.storage import Hashes
from tests.archive import ical
from tests.archive.desk import DAY, OFFICE


def log_of(*facts: Facts, **settings: Any) -> Log:
    """A log with these versions."""
    made = Log().opened(DAY).told(DAY, index.settings_of(OFFICE) | settings)
    for one in facts:
        made = made.with_version(DAY, one, Hashes("a" * 64, "b" * 128))
    return made


def sop(version: int = 1, effective: str | None = "2026-01-31", **more: Any) -> Facts:
    """A version of an SOP."""
    told = {"number": "1/2026", "title": "Reses", "stage": "final"} | more
    day = dt.date.fromisoformat(effective) if effective else None
    return Facts("sop", "reses", version, DAY, effective=day, year=2026, **told)


def events(log: Log) -> list[dict[str, str]]:
    """The properties of the events of its calendar."""
    made = ical.parse(calendar.render(log))
    assert (made.kind, made.properties["VERSION"]) == ("VCALENDAR", "2.0")
    assert all(part.kind == "VEVENT" and [alarm.kind for alarm in part.inside] == ["VALARM"] for part in made.inside)
    return [part.properties for part in made.inside]


@pytest.mark.parametrize(
    ("effective", "months", "due"),
    [
        ("2026-01-31", 24, "20280131"),
        ("2026-01-31", 1, "20260228"),
        ("2024-02-29", 12, "20250228"),
        ("2023-12-31", 2, "20240229"),
    ],
)
def test_an_sop_is_due_so_many_months_after_its_effective_date(effective: str, months: int, due: str) -> None:
    (event,) = events(log_of(sop(effective=effective), masa_tinjau=months))
    assert event["DTSTART"] == due
    assert event["DTSTAMP"] == "20261121T000000Z"
    assert dt.date.fromisoformat(event["DTEND"]) - dt.date.fromisoformat(due) == dt.timedelta(days=1)


def test_one_event_per_sop_which_a_later_version_moves() -> None:
    (first,) = events(log_of(sop()))
    (second,) = events(log_of(sop(), sop(2, "2027-05-01")))
    assert (second["UID"], second["SEQUENCE"]) == (first["UID"], "2")
    assert (first["DTSTART"], second["DTSTART"]) == ("20280131", "20290501")
    (kept,) = events(log_of(sop(effective="2027-05-01"), sop(2, "2026-01-31")))
    assert kept["DTSTART"] == "20290501"
    (same,) = events(log_of(sop(), sop(2, title="Perbaikan")))
    assert (same["SEQUENCE"], same["SUMMARY"]) == ("2", "Tinjau SOP Perbaikan")


def test_only_sops_are_due() -> None:
    other = Facts("buku", "sop", 1, DAY, stage="final", effective=DAY)
    assert len(events(log_of(other, sop()))) == 1


def test_whoever_is_to_evaluate_hears_of_it_a_month_before() -> None:
    (event,) = ical.parse(calendar.render(log_of(sop()))).inside
    (alarm,) = event.inside
    assert alarm.properties["TRIGGER"] == "-P30D"


@pytest.mark.parametrize("facts", [sop(stage="draf"), sop(effective=None), sop(effective="9999-01-01")])
def test_what_is_not_in_force_is_not_due(facts: Facts) -> None:
    assert events(log_of(facts)) == []


def test_signs_with_a_meaning_are_written_so_that_they_come_back() -> None:
    title = "Rapat; koma, garis \\ dan\nbaris – 漢字 " + "é" * 60
    (event,) = events(log_of(sop(title=title)))
    assert event["SUMMARY"] == f"Tinjau SOP {title}"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200), st.text(max_size=40).filter(str.isprintable))
def test_any_title_and_number_gives_a_right_calendar(title: str, number: str) -> None:
    assert len(events(log_of(sop(title=title, number=number)))) == 1


def test_the_same_log_gives_the_same_calendar() -> None:
    assert calendar.render(log_of(sop())) == calendar.render(log_of(sop()))
