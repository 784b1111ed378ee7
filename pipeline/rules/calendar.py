"""Working days: weekends, national holidays and joint leave, and the office's own days off.

``holidays.csv`` follows the joint ministerial decrees (SKB 3 Menteri) and is dated: decrees change within a
year, so an office's ``hari-libur.csv`` comes first, and may also say that a holiday is worked (``jenis`` ``kerja``).
Years outside the table are asked of the ``holidays`` package, with the joint leave as far as it knows that.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from pipeline.model.dates import DAYS
from pipeline.model.office import Office
from pipeline.resources import data_file


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day off: ``kind`` is ``libur`` (national holiday), ``cuti`` (joint leave) or ``kantor`` (the office's own).

    Of years whose decree is not known yet the name may say that the day is an estimate ("perkiraan").
    """

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days off of one office: its ``own``, and those of the nation but for the days it has ``worked``."""

    own: Mapping[dt.date, str]
    days_per_week: int = 5
    worked: Mapping[dt.date, str] = field(default_factory=dict)

    def holiday(self, day: dt.date) -> Holiday | None:
        """The holiday on ``day``, None on any other day."""
        if day in self.own:
            return Holiday(self.own[day] or "libur kantor", "kantor")
        return None if day in self.worked else _national(day.year).get(day)

    def weekend(self, day: dt.date) -> str:
        """Name of the weekday when it is never worked ("Sabtu"), else ""."""
        return DAYS[day.weekday()] if day.weekday() >= self.days_per_week and day not in self.worked else ""

    def is_workday(self, day: dt.date) -> bool:
        """Is ``day`` worked?"""
        return not self.weekend(day) and self.holiday(day) is None

    def later(self, day: dt.date, count: int) -> dt.date:
        """The day that is ``count`` (0 or more) working days after ``day``; 0 is ``day`` itself or the first after it.

        Legal terms are counted so: the day of the event is not one of them. ``dt.date.max`` at the end of time.
        """
        found = day
        while count or not self.is_workday(found):
            if found == dt.date.max:
                break
            found += dt.timedelta(1)
            count -= self.is_workday(found) and count > 0
        return found

    def workdays(self, first: dt.date, last: dt.date) -> int:
        """Number of working days from ``first`` to ``last``, both included; 0 when ``last`` is earlier."""
        return sum(self.is_workday(first + dt.timedelta(n)) for n in range((last - first).days + 1))


def calendar_of(office: Office) -> Calendar:
    """The calendar of ``office``."""
    return Calendar(office.days_off, office.hours.days_per_week, office.worked_days)


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

    found: dict[dt.date, Holiday] = {}
    for category, kind in (("government", "cuti"), ("public", "libur")):
        days = holidays.country_holidays("ID", years=year, categories=(category,), language="id")
        found |= {day: Holiday(name, kind) for day, name in days.items()}
    return found
