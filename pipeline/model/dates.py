"""Dates as the form prints them."""

from __future__ import annotations

import datetime as dt

from pipeline.model.message import Message, say

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


def long_date(day: dt.date) -> str:
    """``2023-01-02`` -> "2 Januari 2023"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


_TOLD_MONTHS = (
    say(id="Januari", en="January"),
    say(id="Februari", en="February"),
    say(id="Maret", en="March"),
    say(id="April", en="April"),
    say(id="Mei", en="May"),
    say(id="Juni", en="June"),
    say(id="Juli", en="July"),
    say(id="Agustus", en="August"),
    say(id="September", en="September"),
    say(id="Oktober", en="October"),
    say(id="November", en="November"),
    say(id="Desember", en="December"),
)
_TOLD_DAYS = (
    say(id="Senin", en="Monday"),
    say(id="Selasa", en="Tuesday"),
    say(id="Rabu", en="Wednesday"),
    say(id="Kamis", en="Thursday"),
    say(id="Jumat", en="Friday"),
    say(id="Sabtu", en="Saturday"),
    say(id="Minggu", en="Sunday"),
)


def told_date(day: dt.date) -> Message:
    """A date in a text about the form, in the language of that text: "2 Januari 2023", "2 January 2023"."""
    return say(id="{day} {month}", en="{day} {month}", day=day.day, month=told_month(day))


def told_month(day: dt.date) -> Message:
    """Month and year of ``day``: "Januari 2023", "January 2023"."""
    return say(id="{month} {year}", en="{month} {year}", month=_TOLD_MONTHS[day.month - 1], year=day.year)


def told_weekday(day: dt.date) -> Message:
    """The day of the week: "Senin", "Monday"."""
    return _TOLD_DAYS[day.weekday()]
