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


_ZONES = {
    dt.timedelta(): "UTC",
    dt.timedelta(hours=7): "WIB",
    dt.timedelta(hours=8): "WITA",
    dt.timedelta(hours=9): "WIT",
}


def zone_name(moment: dt.datetime) -> str:
    """The zone of an aware ``moment`` by its offset, in the words of Indonesia: WIB, WITA, WIT, UTC or UTC-0500."""
    return _ZONES.get(moment.utcoffset() or dt.timedelta(), "") or moment.strftime("UTC%z")


_TOLD_MONTHS = (
    say("Januari"),
    say("Februari"),
    say("Maret"),
    say("April"),
    say("Mei"),
    say("Juni"),
    say("Juli"),
    say("Agustus"),
    say("September"),
    say("Oktober"),
    say("November"),
    say("Desember"),
)
_TOLD_DAYS = (
    say("Senin"),
    say("Selasa"),
    say("Rabu"),
    say("Kamis"),
    say("Jumat"),
    say("Sabtu"),
    say("Minggu"),
)


def told_date(day: dt.date) -> Message:
    """A date in a text about the form, in the language of that text: "2 Januari 2023", "2 January 2023"."""
    return say("{day} {month}", day=day.day, month=told_month(day))


def told_month(day: dt.date) -> Message:
    """Month and year of ``day``: "Januari 2023", "January 2023"."""
    return say("{month} {year}", month=_TOLD_MONTHS[day.month - 1], year=day.year)


def told_weekday(day: dt.date) -> Message:
    """The day of the week: "Senin", "Monday"."""
    return _TOLD_DAYS[day.weekday()]
