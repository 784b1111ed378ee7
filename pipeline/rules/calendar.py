"""Working days: weekends, national holidays and joint leave, and the office's own days off.

``holidays.csv`` follows the joint ministerial decrees (SKB 3 Menteri) and is dated: decrees change within a
year, so an office's ``hari-libur.csv`` comes first. Years outside the table are asked of the ``holidays`` package.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pipeline.model.dates import DAYS
from pipeline.resources import data_file


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day off: ``kind`` is ``libur`` (national holiday), ``cuti`` (joint leave) or ``kantor`` (the office's own)."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days off of one office."""

    own: Mapping[dt.date, str]
    days_per_week: int = 5

    def holiday(self, day: dt.date) -> Holiday | None:
        """The holiday on ``day``, None on any other day."""
        if day in self.own:
            return Holiday(self.own[day], "kantor")
        return _national(day.year).get(day)

    def weekend(self, day: dt.date) -> str:
        """Name of the weekday when it is never worked ("Sabtu"), else ""."""
        return DAYS[day.weekday()] if day.weekday() >= self.days_per_week else ""

    def is_workday(self, day: dt.date) -> bool:
        """Is ``day`` worked?"""
        return not self.weekend(day) and self.holiday(day) is None


@cache
def _table() -> dict[int, dict[dt.date, Holiday]]:
    years: dict[int, dict[dt.date, Holiday]] = {}
    with data_file("holidays.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            day = dt.date.fromisoformat(row["tanggal"])
            years.setdefault(day.year, {})[day] = Holiday(row["nama"], row["jenis"])
    return years


@cache
def _national(year: int) -> Mapping[dt.date, Holiday]:
    if year in _table():
        return _table()[year]
    import holidays  # slow to import, and needed for years outside the table only

    days = holidays.country_holidays("ID", years=year)
    return {day: Holiday(name, "libur") for day, name in days.items()}
