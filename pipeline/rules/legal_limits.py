"""The longest times that the law allows for what a Sekretariat DPRD does, as data (``legal-limits.csv``).

The recess is not among them: its days depend on the region and have rules of their own (RES-01, RES-02, RES-04).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.model.finding import Confidence
from pipeline.rules.vocabulary import rows

_COLUMNS = ("lingkup", "pola", "kecuali", "batas", "terpanjang", "dasar", "keyakinan")
_NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit in working days: ``days``, and ``most`` where the law allows an extension.

    ``whole`` limits apply to an SOP by its title, the others to a step by its activity.
    """

    whole: bool
    pattern: re.Pattern[str]
    besides: re.Pattern[str]
    days: int
    most: int
    source: str
    confidence: Confidence

    def concerns(self, text: str) -> bool:
        """Is ``text`` (a title or an activity) about what the limit is for?"""
        return bool(self.pattern.search(text)) and not self.besides.search(text)


@cache
def limits() -> tuple[Limit, ...]:
    """All limits."""
    return tuple(
        Limit(
            scope == "sop",
            re.compile(pattern, re.IGNORECASE),
            re.compile(besides, re.IGNORECASE) if besides else _NOTHING,
            int(days),
            int(most),
            source,
            Confidence(confidence),
        )
        for scope, pattern, besides, days, most, source, confidence in rows("legal-limits.csv", _COLUMNS)
    )
