"""Reads dates: ISO 8601 as the files ask for it, and what people write instead, to tell them the ISO form."""

from __future__ import annotations

import datetime as dt
import re

from pipeline.model.dates import MONTHS, long_date
from pipeline.model.finding import Place
from pipeline.model.message import Message, say
from pipeline.readers import faults
from pipeline.readers.faults import Collector

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DAY_FIRST = re.compile(
    r"(?:[A-Za-z']+,?\s+)?(\d{1,2})(?:\s+|\s*[-/.]\s*)([A-Za-z]+|\d{1,2})(?:\s+|\s*[-/.]\s*)(\d{4})"
)
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})(?:[T ].*)?")
_MONTH_NAMES = {
    **{name.casefold(): number for number, name in enumerate(MONTHS, 1)},
    **{name[:3].casefold(): number for number, name in enumerate(MONTHS, 1)},
    "pebruari": 2, "nopember": 11, "january": 1, "february": 2, "march": 3, "may": 5, "june": 6, "july": 7,
    "august": 8, "aug": 8, "agst": 8, "ags": 8, "agt": 8, "peb": 2, "nop": 11,
    "october": 10, "oct": 10, "december": 12, "dec": 12, "sept": 9,
}  # fmt: skip


def month_number(name: str) -> int:
    """The month that ``name`` means, in full or short; 0 for none."""
    return _MONTH_NAMES.get(name.casefold(), 0)


def parse_date(text: str, place: Place, collector: Collector) -> dt.date | None:
    """The ISO 8601 date ``text``; anything else is finding TGL-01, with the ISO form where it can be read."""
    iso = _ISO.fullmatch(text)
    day = _calendar(*(int(part) for part in iso.groups())) if iso else None
    if day is not None:
        return day
    read = _loose_date(text)
    collector.add(faults.DATE, place, *_date_texts(text, read, bool(iso)))
    return None


def _date_texts(text: str, read: dt.date | None, is_iso: bool) -> tuple[Message, Message]:
    if read:
        return (
            say("tanggal `{t}` tidak ditulis TTTT-BB-HH", t=text),
            say("Tulis {iso} ({long}).", iso=read.isoformat(), long=long_date(read)),
        )
    if re.fullmatch(r"\d{4}", text):
        message = say("`{t}` hanya tahun, bukan tanggal", t=text)
    elif is_iso:
        message = say("tanggal `{t}` tidak ada di kalender", t=text)
    else:
        message = say("tanggal `{t}` tidak terbaca", t=text)
    return message, say("Tulis tahun-bulan-hari dengan angka, misalnya 2023-01-02.")


def _calendar(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def written_out(text: str) -> dt.date | None:
    """A date whose month is a word, so that day and month cannot be mistaken for each other."""
    found = _DAY_FIRST.fullmatch(text)
    return _loose_date(text) if found and found[2].isalpha() else None


def _loose_date(text: str) -> dt.date | None:
    """A date as people write it; day first, as Indonesia does."""
    found = _DAY_FIRST.fullmatch(text)
    if found:
        day, month, year = found.groups()
        number = int(month) if month.isdigit() else _MONTH_NAMES.get(month.casefold(), 0)
        return _calendar(int(year), number, int(day))
    found = _YEAR_FIRST.fullmatch(text)
    return _calendar(*(int(part) for part in found.groups())) if found else None
