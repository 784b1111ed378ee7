"""Gives what people write in the cells of a recess one form in print: times and priorities."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model.recess import Meeting

_TIME = re.compile(r"(?<![\d.:])([01]?\d|2[0-3])[.:]([0-5]\d)(?![\d:]|\.\d)")
_ZONE = re.compile(r"\s*\b(WIB|WITA|WIT)\b\.?", re.IGNORECASE)
_PRIORITIES = frozenset({"sangat tinggi", "tinggi", "sedang", "rendah"})


@dataclass(frozen=True, slots=True)
class Clock:
    """How times print: HH.MM, and the time zone only when every meeting of the recess names it (or names differ)."""

    zoned: bool

    @classmethod
    def of(cls, meetings: Sequence[Meeting]) -> Clock:
        """The one form for all ``meetings``."""
        zones = {found[1].upper() if (found := _ZONE.search(m.time)) else "" for m in meetings if m.time}
        return cls(len(zones - {""}) > 1 or "" not in zones)

    def shown(self, time: str) -> str:
        """``time`` as a cell states it ("9:00", "13.30 WIB"), in that form."""
        text = _TIME.sub(lambda found: f"{int(found[1]):02}.{found[2]}", time)
        return _ZONE.sub(lambda found: f" {found[1].upper()}" if self.zoned else "", text).strip()


def priority(text: str) -> str:
    """``text`` in the spelling of the form ("tinggi", "TINGGI" -> "Tinggi"); other words keep their capitals."""
    plain = " ".join(text.split())
    return plain.title() if plain.casefold() in _PRIORITIES else plain[:1].upper() + plain[1:]
