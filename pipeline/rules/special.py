"""What the table of regulations cannot say: parts that were revoked, parts that live on, years that are over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pipeline.model.finding import Severity
from pipeline.model.message import Message, say

_FINANCE: Final = ("keuangan", "pajak", "retribusi", "pinjaman", "dana ", "transfer", "anggaran", "perimbangan")


@dataclass(frozen=True, slots=True)
class PartlyRevoked:
    """A regulation of which a part was revoked by ``by``: ``what`` says which.

    It concerns SOPs of a council's office only (``council``), or those whose title holds one of ``words``; all when
    neither is given. It is no matter where ``by`` is cited as well. ``source`` is the article.
    """

    short: str
    by: str
    what: Message
    source: str
    severity: Severity = Severity.WARNING
    council: bool = False
    words: tuple[str, ...] = ()

    def concerns(self, title: str, unit: str) -> bool:
        """Does it concern an SOP with this title, of this unit?"""
        if self.council and "DPRD" not in unit.upper() and "DEWAN PERWAKILAN RAKYAT DAERAH" not in unit.upper():
            return False
        return not self.words or _holds(title, self.words)


@dataclass(frozen=True, slots=True)
class Remains:
    """What is left of a regulation that counts as revoked, or went elsewhere; ``words`` of titles that may mean it."""

    short: str
    note: Message
    words: tuple[str, ...]
    living: bool

    def meant(self, title: str) -> bool:
        """May an SOP with this title rightly rest on what is left?"""
        return self.living and _holds(title, self.words)


PARTLY: Final = (
    PartlyRevoked(
        "UU 17/2014",
        "UU 23/2014",
        say("Ketentuan DPRD dalam UU 17/2014 (Pasal 1 angka 4, Pasal 314-412, 418-421) sudah dicabut UU 23/2014."),
        "UU 23/2014 Pasal 409 huruf d",
        council=True,
    ),
    PartlyRevoked(
        "UU 23/2014",
        "UU 1/2022",
        say(
            "Sebagian ketentuan keuangan daerah dalam UU 23/2014 (antara lain Pasal 279, 288-291, 296, 302, 324, "
            "dan 325) sudah dicabut UU 1/2022."
        ),
        "UU 1/2022 Pasal 189",
        Severity.INFO,
        words=_FINANCE,
    ),
)
REMAINS: Final = (
    Remains(
        "PP 53/2010",
        say("Yang masih berlaku hanya ketentuannya tentang jenis hukuman disiplin sedang."),
        ("disiplin", "hukuman"),
        living=True,
    ),
    Remains(
        "UU 32/2004",
        say(
            "Ketentuannya tentang desa kini ada dalam UU 6/2014, dan pemilihan kepala daerah dalam undang-undang "
            "tersendiri."
        ),
        ("desa", "pemilihan"),
        living=False,
    ),
)
_YEARLY: Final = re.compile(
    r"(?:penyusunan\s+(?:rencana\s+kerja\s+pemerintah\s+daerah|rkpd|anggaran\s+pendapatan\s+dan\s+belanja\s+daerah|apbd)"
    r"|standar\s+(?:biaya|harga)|hari\s+libur\s+nasional)\b.*?\btahun\s+(?:anggaran\s+)?((?:19|20)\d{2})\b",
    re.IGNORECASE,
)
_FORMING: Final = re.compile(
    r"^pembentukan\b.*\b(?:kabupaten|kota|daerah tingkat|kota\s?(?:besar|kecil|praja))\b", re.IGNORECASE
)
_FORMING_BEFORE: Final = 1999


def partly_revoked(short: str) -> PartlyRevoked | None:
    """The case of a regulation of which a part was revoked."""
    return next((case for case in PARTLY if case.short == short), None)


def remains_of(short: str) -> Remains | None:
    """What is left of a revoked regulation; None when that is nothing."""
    return next((case for case in REMAINS if case.short == short), None)


@lru_cache(maxsize=2048)
def yearly(about: str) -> int | None:
    """The year for which guidelines were made (RKPD, APBD), by their title; None for all other regulations."""
    found = _YEARLY.search(about)
    return int(found[1]) if found else None


def forms_regency(kind: str, year: int | None, about: str) -> bool:
    """Is it one of the old laws that formed single regencies and cities and are being replaced one by one?"""
    return kind in ("UU", "UU Darurat") and (year or 0) < _FORMING_BEFORE and bool(_FORMING.match(about))


def _holds(title: str, words: tuple[str, ...]) -> bool:
    lower = f"{title.lower()} "
    return any(word in lower for word in words)
