"""The limits of column widths as an office states them in Word.

They stand in the description of the step table (Table Properties, Alt Text, Description), as a sentence of its own::

    Lebar kolom: Kegiatan 45-80 mm; Pelaksana 16-30 mm; Waktu 15-25 mm.

A column goes by its heading or by its tag; ``Pelaksana`` is the column of each actor. One width instead of two fixes
it. Columns that are not named follow their width in the template.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.model.form import ACTOR_LEAST, ACTORS, MM, TWIP, Column, HeadCell
from pipeline.model.message import Message, say

_STATEMENT = re.compile(
    r"\s*\blebar\s+kolom\s*:(?P<items>.*?)(?:\.(?=\s*$|\s+(?-i:[A-Z]))|$)", re.IGNORECASE | re.MULTILINE
)
_NUMBER = r"(\d{1,4}(?:[.,]\d{1,2})?)"
_ITEM = re.compile(
    rf"(?P<name>[^\d:]*[^\d:\s])\s*:?\s+{_NUMBER}\s*(mm|cm)?(?:\s*(?:-|–|—|s\.?\s?d\.?|sampai|hingga)\s*{_NUMBER}\s*(mm|cm)?)?",
    re.IGNORECASE | re.DOTALL,
)


class LimitsError(Exception):
    """A statement that cannot be followed: why, and what to do."""

    def __init__(self, why: Message) -> None:
        super().__init__(why)
        self.why = why


def without_limits(description: str) -> str:
    """``description`` as it is printed: what the table shows, without the statement for the program."""
    return _STATEMENT.sub("", description).strip()


def limited(
    columns: Sequence[Column], header: Sequence[Sequence[HeadCell]], description: str, room: int
) -> tuple[Column, ...]:
    """``columns`` with the limits that ``description`` states for a table of width ``room``.

    Raises LimitsError when a column is unknown or named twice, or its widths cannot be read or cannot be kept.
    """
    stated = _STATEMENT.search(description)
    if stated is None:
        return tuple(columns)
    limits = _limits(stated["items"], _names(columns, header))
    _check(limits, columns, room)
    pairs = ((column, limits.get(column.key, (0, 0))) for column in columns)
    return tuple(replace(column, least=least, most=most) for column, (least, most) in pairs)


def _limits(items: str, names: Mapping[str, str]) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for item in filter(None, map(str.strip, items.split(";"))):
        name, least, most = _read(item)
        key = names.get(_fold(name))
        if key is None:
            known = ", ".join(dict.fromkeys(key.capitalize() for key in names.values()))
            raise LimitsError(say("kolom “{name}” tidak ada. Yang ada: {known}", name=name, known=known))
        if key in found:
            raise LimitsError(say("kolom “{name}” disebut dua kali", name=name))
        found[key] = least, most
    if not found:
        raise LimitsError(say("tidak satu kolom pun disebut"))
    return found


def _read(item: str) -> tuple[str, int, int]:
    """Name, least and greatest width of one part of the statement."""
    parts = _ITEM.fullmatch(item)
    if parts is None:
        raise LimitsError(
            say("“{item}” tidak terbaca; contoh yang benar: Kegiatan 45-80 mm; Waktu 15-25 mm", item=item)
        )
    name, low, low_unit, high, high_unit = parts.groups()
    least = _length(low, low_unit or high_unit)
    most = least if high is None else _length(high, high_unit or low_unit)
    if not 0 < least <= most:
        raise LimitsError(
            say("“{item}”: lebar terkecil harus lebih dari 0 dan tidak melebihi lebar terbesar", item=item)
        )
    return name, least, most


def _length(number: str, unit: str | None) -> int:
    """A length in mm (or cm, where that is the unit) as whole units of Word, in EMU."""
    tenths = round(float(number.replace(",", ".")) * 100) * (10 if (unit or "").lower() == "cm" else 1)
    return tenths * MM // 100 // TWIP * TWIP


def _names(columns: Sequence[Column], header: Sequence[Sequence[HeadCell]]) -> dict[str, str]:
    """Key of each column by every name it goes by, in the order of the columns."""
    tags = {_fold(column.key): column.key for column in columns}
    return {**tags, **{_fold(cell.text): cell.keys[0] for cell in _headings(header)}}


def _headings(header: Sequence[Sequence[HeadCell]]) -> Iterator[HeadCell]:
    for row in header:
        yield from (cell for cell in row if len(cell.keys) == 1 and cell.text and not (cell.actor or cell.numbered))


def _fold(name: str) -> str:
    return " ".join(name.split()).casefold()


def _check(limits: Mapping[str, tuple[int, int]], columns: Sequence[Column], room: int) -> None:
    if ACTORS in limits and limits[ACTORS][0] < ACTOR_LEAST // TWIP * TWIP:
        least = ACTOR_LEAST // MM
        raise LimitsError(
            say("kolom pelaksana paling sempit {least} mm, supaya simbol dan garis masih muat", least=least)
        )
    fixed = sum(column.width for column in columns if column.key == "no" and "no" not in limits)
    total = sum(least for least, _ in limits.values()) + fixed
    if total > room:
        raise LimitsError(
            say("jumlah lebar terkecil {total} mm, padahal lebar tabel {room} mm", total=total // MM, room=room // MM)
        )
