"""Dates of meetings. Spreadsheets write them in many ways; one is used where it can only be meant in one way.

"03/02/2026" is 3 February here, and 2 March in a spreadsheet set to English. It is read when the period of the recess,
or the other dates of the same column, leave one of the two.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.model.dates import DAYS, long_date
from pipeline.model.finding import Severity
from pipeline.model.message import say
from pipeline.readers import faults
from pipeline.readers.dates import month_number, parse_date
from pipeline.readers.recess_cells import Cell

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ][\d:.]+Z?)?")
_WORDS = re.compile(r"(?:([a-z'’]+)(?:\s*[,/]\s*|\s+))?(\d{1,2})[\s./-]*([a-z]+)[\s./,-]*(\d{4}|\d{2})", re.IGNORECASE)
_FIGURES = re.compile(
    r"(?:([a-z'’]+)(?:\s*[,/]\s*|\s+))?(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})", re.IGNORECASE
)
_YEAR_FIRST = re.compile(r"(\d{4})\s*[/.]\s*(\d{1,2})\s*[/.]\s*(\d{1,2})")
_SERIAL = re.compile(r"[34567]\d{4}(?:[.,]\d+)?")
_EPOCH = dt.date(1899, 12, 30)
"""Day 0 of the numbers that spreadsheets keep for dates."""
_MARGIN = dt.timedelta(days=10)
"""How far from the recess a date may lie and still tell day from month."""
_ENOUGH = 3
"""So many dates show that a whole column has the month first."""


@dataclass(frozen=True, slots=True)
class _Readings:
    """What a text can mean: the day first, as Indonesia writes, and the month first; ``weekday`` as it is named."""

    day_first: dt.date | None
    month_first: dt.date | None = None
    weekday: str = ""


class DayReader:
    """Reads the dates of one column; ``start`` and ``end`` are those of the recess, when they are known."""

    def __init__(self, texts: Iterable[str], start: dt.date | None, end: dt.date | None) -> None:
        self.start = start
        self.end = end
        readings = [found for text in dict.fromkeys(texts) if (found := _readings(text)) is not None]
        apart = [found for found in readings if found.month_first is not None and found.month_first != found.day_first]
        self.days = sum(self._near(found.day_first) and not self._near(found.month_first) for found in apart)
        self.months = sum(self._near(found.month_first) and not self._near(found.day_first) for found in apart)

    def _near(self, day: dt.date | None) -> bool:
        if day is None or self.start is None or self.end is None:
            return False
        return self.start - _MARGIN <= day <= self.end + _MARGIN

    def date(self, text: str, cell: Cell) -> dt.date | None:
        """The date; None after the finding when it cannot be read, or can be read in two ways."""
        if not text or text in ("-", "–"):
            return None
        found = _readings(text)
        day = self._chosen(found) if found else None
        if found is None or day is None:
            self._told(text, found, cell)
            return None
        _named(text, found.weekday, day, cell)
        return day

    def _chosen(self, found: _Readings) -> dt.date | None:
        if found.month_first is None or found.month_first == found.day_first:
            return found.day_first
        if self.months >= _ENOUGH and not self.days:
            return found.month_first
        near, far = self._near(found.day_first), self._near(found.month_first)
        if found.day_first is not None and ((near and not far) or (self.days and not self.months)):
            return found.day_first
        return None

    def _told(self, text: str, found: _Readings | None, cell: Cell) -> None:
        serial = _EPOCH + dt.timedelta(days=int(text[:5])) if _SERIAL.fullmatch(text) else None
        if serial is not None:
            cell.fault(
                faults.DATE,
                say("`{t}` adalah nomor tanggal Excel, bukan tanggal", t=text),
                say("Maksud Anda {iso} ({long})?", iso=serial.isoformat(), long=long_date(serial)),
            )
        elif found is not None and found.day_first is not None and found.month_first is not None:
            cell.fault(
                faults.DATE,
                say("tanggal `{t}` dapat berarti dua hari", t=text),
                say(
                    "Tulis {a} ({along}) atau {b} ({blong}).",
                    a=found.day_first.isoformat(),
                    along=long_date(found.day_first),
                    b=found.month_first.isoformat(),
                    blong=long_date(found.month_first),
                ),
            )
        else:
            parse_date(text[:80], cell.place, cell.collector)


def _readings(text: str) -> _Readings | None:
    iso = _ISO.fullmatch(text) or _YEAR_FIRST.fullmatch(text)
    if iso:
        day = _day(iso[1], iso[2], iso[3])
        return _Readings(day) if day else None
    words = _WORDS.fullmatch(text)
    if words:
        day = _day(words[4], str(month_number(words[3])), words[2])
        return _Readings(day, weekday=words[1] or "") if day else None
    figures = _FIGURES.fullmatch(text)
    if not figures:
        return None
    name, one, two, year = figures.groups()
    if len(year) == 2 and int(year) < 13:  # 02-03-04 may also begin with the year
        return None
    first, second = _day(year, two, one), _day(year, one, two)
    return _Readings(first, second, name or "") if first or second else None


def _day(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None


def _named(text: str, weekday: str, day: dt.date, cell: Cell) -> None:
    """Tell a weekday that is not that of the date: one of the two is wrong."""
    right = DAYS[day.weekday()]
    said = re.sub(r"[^a-z]", "", weekday.casefold())
    if said in _known_days() and said not in _spellings(right):
        cell.fault(
            faults.DATE,
            say("`{t}`: {long} jatuh pada hari {right}", t=text, long=long_date(day), right=right),
            say("Periksa hari atau tanggalnya; yang dipakai adalah tanggalnya."),
            Severity.WARNING,
        )


def _known_days() -> set[str]:
    return {name for day in DAYS for name in _spellings(day)}


def _spellings(day: str) -> Iterator[str]:
    plain = re.sub(r"[^a-z]", "", day.casefold())
    yield plain
    yield from {"jumat": ("jumaat",), "minggu": ("ahad",), "senin": ("senen",)}.get(plain, ())
