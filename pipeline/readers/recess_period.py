"""Rows that say to which recess they belong: a recap of a whole year must not be read as one recess."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.model.message import say
from pipeline.readers import faults
from pipeline.readers.faults import Collector
from pipeline.readers.tables import Row, Table

_SESSIONS = {"1": 1, "2": 2, "3": 3, "i": 1, "ii": 2, "iii": 3, "pertama": 1, "kedua": 2, "ketiga": 3}
_YEAR = re.compile(r"(?:19|20)\d{2}")


def other_recesses(table: Table, session: int | None, year: str, collector: Collector) -> None:
    """Tell rows of ``table`` that name another sitting or another year than ``reses.yaml``, once for each name."""
    years = set(_YEAR.findall(year))
    if session is not None:
        _told(table, "masa_persidangan", f"masa: {session}", lambda text: _session(text) in (None, session), collector)
    if years:
        _told(table, "tahun_sidang", f"tahun: {year}", lambda text: _is_year(text, years), collector)


def _session(text: str) -> int | None:
    words = re.findall(r"[a-z]+|\d+", text.casefold())
    return next((_SESSIONS[word] for word in words if word in _SESSIONS), None)


def _is_year(text: str, years: set[str]) -> bool:
    found = set(_YEAR.findall(text))
    return not found or bool(found & years)


def _told(table: Table, column: str, main: str, agrees: Callable[[str], bool], collector: Collector) -> None:
    if not table.has(column):
        return
    rows: dict[str, list[Row]] = {}
    for row in table.rows:
        rows.setdefault(table.text(row, column), []).append(row)
    for text, found in rows.items():
        if text and not agrees(text):
            collector.add(
                faults.REFERENCE,
                table.place(found[0], column),
                say("{n} baris menyebut `{v}`, sedangkan reses.yaml berisi `{main}`", n=len(found), v=text, main=main),
                say("Pindahkan baris itu ke folder resesnya sendiri, atau perbaiki; sampai itu ikut dihitung di sini."),
            )
