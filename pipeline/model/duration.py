"""Durations as the form states them: a value, a range or a limit, with its unit kept."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Unit(StrEnum):
    """Units of time of the form. ``WORKDAY`` also stands for *hari efektif*; ``DAY`` is *hari*, kept apart."""

    SECOND = "detik"
    MINUTE = "menit"
    HOUR = "jam"
    DAY = "hari"
    WORKDAY = "hari kerja"
    CALENDAR_DAY = "hari kalender"
    WEEK = "minggu"
    MONTH = "bulan"
    QUARTER = "triwulan"
    SEMESTER = "semester"
    YEAR = "tahun"


class Bound(StrEnum):
    """What a stated value promises: exactly, about, at most, at least."""

    EXACT = "tepat"
    ABOUT = "kira-kira"
    AT_MOST = "paling lama"
    AT_LEAST = "paling cepat"


class TimeKind(StrEnum):
    """What the text of a ``waktu`` cell is."""

    EMPTY = "kosong"
    MEASURED = "terukur"
    SCHEDULE = "jadwal"
    UNMEASURABLE = "tak terukur"
    UNREADABLE = "tak terbaca"


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount (non-negative, exact) of one unit."""

    amount: Fraction
    unit: Unit


@dataclass(frozen=True, slots=True)
class Duration:
    """From ``low`` to ``high``; each is a sum of quantities (``2 bulan 1 minggu``). Equal when not a range.

    ``per`` names the thing a rate counts (``2 menit/berkas`` -> ``"berkas"``).
    """

    low: tuple[Quantity, ...]
    high: tuple[Quantity, ...]
    bound: Bound = Bound.EXACT
    per: str = ""


@dataclass(frozen=True, slots=True)
class TimeValue:
    """A ``waktu`` cell as read: its text, what it is, and the durations it states (several for ``a; b``).

    ``suggestion`` is the nearest readable text when the cell is unreadable or sloppy, "" when there is none.
    """

    text: str
    kind: TimeKind
    durations: tuple[Duration, ...] = ()
    suggestion: str = ""

    def __hash__(self) -> int:
        """That of the text, which says all the rest: fractions take long to hash."""
        return hash(self.text)
