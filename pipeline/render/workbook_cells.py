"""What the sheets of a workbook are made of: columns, rows of values, and texts that a cell can hold and not run."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice

Value = str | int | float | dt.date | None
Row = Sequence[Value]

MAX_TEXT = 32_767
"""Most characters a cell holds in Excel, counted as UTF-16 does."""
MAX_ROWS = 1_048_576
"""Rows of a sheet in Excel, the header among them."""
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
"""A text that begins so can be taken for a formula, or for an order to another program."""

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile(r"\r\n?")
_CUT = " … (dipotong; lihat kolom Sumber)"
_TOTAL_ROWS = 2  # a blank one, and the sums


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its width in characters. ``repeats``: few different texts; ``plain``: numbers that are names."""

    name: str
    width: int
    repeats: bool = False
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: one header row, ``count`` rows, then a blank row and ``total``. ``about`` tells people what it holds.

    ``rows`` can be asked for more than once. ``table`` names the Excel table the rows become, "" for a plain filter.
    ``scale`` are the first and last position of columns whose cells are coloured by size.
    """

    name: str
    about: str
    columns: tuple[Column, ...]
    count: int
    rows: Callable[[], Iterable[Row]]
    total: Row | None = None
    table: str = ""
    scale: tuple[int, int] | None = None


def parts_of(sheet: Sheet, limit: int = MAX_ROWS) -> Iterator[Sheet]:
    """``sheet`` in as many sheets as its rows need, named "NAME", "NAME 2" ...; sums stand at the end of the last."""
    room = limit - 1 - (_TOTAL_ROWS if sheet.total is not None else 0)
    if sheet.count <= room:
        yield sheet
        return
    for number, start in enumerate(range(0, sheet.count, room), 1):
        last = start + room >= sheet.count
        yield replace(
            sheet,
            name=sheet.name if number == 1 else f"{sheet.name} {number}",
            table=sheet.table if number == 1 or not sheet.table else f"{sheet.table}_{number}",
            count=min(room, sheet.count - start),
            rows=partial(_slice, sheet, start, start + room),
            total=sheet.total if last else None,
        )


def _slice(sheet: Sheet, start: int, end: int) -> Iterable[Row]:
    return islice(sheet.rows(), start, end)


def clean(text: str) -> str:
    """``text`` without signs a workbook may not hold, cut with a mark where a cell cannot hold all of it."""
    if "\r" in text:
        text = _BREAKS.sub("\n", text)
    if not text.isprintable():
        text = _ILLEGAL.sub("", text)
    if len(text) * 2 <= MAX_TEXT or _units(text) <= MAX_TEXT:
        return text
    kept = text[: MAX_TEXT - len(_CUT)]
    while _units(kept) > MAX_TEXT - len(_CUT):
        kept = kept[: len(kept) - max(1, (_units(kept) - MAX_TEXT + len(_CUT)) // 2)]
    return kept + _CUT


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def number(text: str) -> Value:
    """Numbers become numbers ("1200", "2,5", "1.250,75", "2.5"); anything else stays as it was written.

    A point before three digits separates thousands, as in every number of these files: "1.250" is 1250. What begins
    with 0 and goes on ("0812") stays: it is a name, and a number would lose the 0.
    """
    if re.fullmatch(r"0|[1-9][0-9]{0,11}|[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,3}", text):
        return int(text.replace(".", ""))
    if re.fullmatch(r"(?:[0-9]{1,9}|[0-9]{1,3}(?:\.[0-9]{3}){1,2}),[0-9]{1,6}", text):
        return float(text.replace(".", "").replace(",", "."))
    return float(text) if re.fullmatch(r"[0-9]{1,9}\.[0-9]{1,2}", text) else text
