"""Dates written out in words: where an SOP has them, and what is wrong with their months."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.model.dates import MONTHS
from pipeline.model.finding import DataPath
from pipeline.model.remembered import per_sop
from pipeline.model.sop import Sop
from pipeline.rules import prose
from pipeline.rules.base import Replacement

_ENGLISH = {
    **{"january": "Januari", "february": "Februari", "march": "Maret", "may": "Mei", "june": "Juni", "july": "Juli"},
    **{"august": "Agustus", "october": "Oktober", "december": "Desember"},
}
_OLD = {
    **{"pebruari": "Februari", "nopember": "November", "djanuari": "Januari", "djuni": "Juni", "djuli": "Juli"},
    **{"sept": "September", "agt": "Agustus", "agst": "Agustus", "ags": "Agustus"},
}
_SLIPS = {
    **{"febuari": "Februari", "februri": "Februari", "feburari": "Februari", "februari": "Februari"},
    **{"agutus": "Agustus", "agustsus": "Agustus", "augustus": "Agustus", "agusuts": "Agustus"},
    **{"setember": "September", "sepetember": "September", "oktobr": "Oktober", "oktoberr": "Oktober"},
    **{"novermber": "November", "novembr": "November", "desembr": "Desember", "desemer": "Desember"},
    **{"desmber": "Desember", "januri": "Januari", "jannuari": "Januari", "jaunari": "Januari", "apri": "April"},
}
_RIGHT = {month.lower(): month for month in MONTHS}
_SHORT = {month[:3].lower(): month for month in MONTHS}
_ALONE = frozenset(("pebruari", "nopember", "djanuari", "djuni", "djuli", "febuari"))
"""Spellings that can be nothing but a month, wherever they stand."""
_DATE = re.compile(
    r"(?<![\w./-])(?P<day>0?[1-9]|[12]\d|3[01])\s+(?P<month>[A-Za-z]{3,11})\.?(?:\s+(?P<year>(?:19|20)\d\d))?(?!\w)"
)
_MONTH_YEAR = re.compile(r"\b(?P<month>[A-Za-z]{4,11})\s+(?:19|20)\d\d\b")
_WORD = re.compile(r"\b(?:" + "|".join(sorted(_ALONE)) + r")\b", re.IGNORECASE)
_DATED = re.compile(r"\d\s+[A-Za-z]{3}|\s(?:19|20)\d\d\b")
"""A text without this holds no date, and a month only if it is one of ``_ALONE``."""


@dataclass(frozen=True, slots=True)
class MonthWord:
    """A month that is not written in Indonesian as it should be: ``span`` of the word, the word, the right one.

    ``sure`` says that a month is meant and no name: it stands in a date with its year, and no other word looks so.
    """

    span: tuple[int, int]
    word: str
    right: str
    sure: bool = False


@dataclass(frozen=True, slots=True)
class ZeroDay:
    """A date with a day such as "02": ``span`` of the date, its words, and the date as it should be."""

    span: tuple[int, int]
    text: str
    right: str


@lru_cache(maxsize=16384)
def wrong_months(text: str) -> tuple[MonthWord, ...]:
    """Months in ``text`` that are English, old or misspelled, left to right."""
    if not text:
        return ()
    found: dict[tuple[int, int], MonthWord] = {}
    for match in _DATE.finditer(text):
        _note(found, match, _wrong(match["month"], dated=match["year"] is not None))
    for match in _MONTH_YEAR.finditer(text):
        _note(found, match, _ENGLISH.get(match["month"].lower()) or _SLIPS.get(match["month"].lower()))
    for match in _WORD.finditer(text):
        word = match.group().lower()
        found.setdefault(match.span(), MonthWord(match.span(), match.group(), _OLD.get(word) or _SLIPS[word]))
    return tuple(found[span] for span in sorted(found))


def _note(found: dict[tuple[int, int], MonthWord], match: re.Match[str], right: str | None) -> None:
    if right is not None and match["month"].lower() != right.lower():
        span, key = match.span("month"), match["month"].lower()
        dated = "day" in match.groupdict() and match["year"] is not None
        sure = dated and any(key in table for table in (_ENGLISH, _OLD, _SLIPS))
        found.setdefault(span, MonthWord(span, match["month"], right, sure))


def _wrong(word: str, *, dated: bool) -> str | None:
    """The month that is meant by ``word`` after a day, None when it is right, or no month at all."""
    key = word.lower()
    if key in _RIGHT or key in _SHORT:
        return None
    known = _ENGLISH.get(key) or _OLD.get(key) or _SLIPS.get(key)
    if known or not dated or len(key) < 4:
        return known
    return _SHORT.get(key[:3])


@lru_cache(maxsize=16384)
def zero_days(text: str) -> tuple[ZeroDay, ...]:
    """Dates in ``text`` whose day has a leading zero, left to right."""
    return tuple(
        ZeroDay(match.span(), match.group(), match.group()[1:])
        for match in _DATE.finditer(text)
        if match["day"].startswith("0") and _is_month(match["month"], dated=match["year"] is not None)
    )


def _is_month(word: str, *, dated: bool) -> bool:
    key = word.lower()
    return key in _RIGHT or key in _SHORT or _wrong(word, dated=dated) is not None


def in_digits(sop: Sop, path: DataPath) -> tuple[Replacement, ...]:
    """What puts the date under ``tanggal`` at ``path`` as year-month-day; () for every other text."""
    match path:
        case ("tanggal", str(key)):
            day = {"pembuatan": sop.created, "revisi": sop.revised, "efektif": sop.effective}.get(key)
            return (Replacement(path, day.isoformat()),) if day is not None else ()
    return ()


@per_sop
def texts(sop: Sop) -> tuple[tuple[DataPath, str], ...]:
    """(path, text) of all in which a date or a month may be written out: dates in words, printed texts, the history."""
    every = prose.printed(sop)
    dated = every.matching(_DATED) if every.words.isdisjoint(_ALONE) else every.texts
    history = ((("riwayat", index, "uraian"), revision.text) for index, revision in enumerate(sop.history))
    return (*sop.written, (("tujuan",), sop.purpose), *dated, *history)
