"""Dates as the form prints them."""

from __future__ import annotations

import datetime as dt

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
