"""The gazette of a regulation: what a citation says in brackets, and what ``gazettes.csv`` knows."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from pipeline.resources import data_file

_SERIES: Final = {
    **{"lembaran negara": "LN", "tambahan lembaran negara": "TLN", "berita negara": "BN"},
    **{"tambahan berita negara": "TBN", "lembaran daerah": "LD", "tambahan lembaran daerah": "TLD"},
    **{"berita daerah": "BD", "tambahan berita daerah": "TBD"},
}
NAMES: Final = {short: long.title() for long, short in _SERIES.items()}
"""``"LN"`` -> "Lembaran Negara", and so on."""
_NUMBER: Final = (
    r"\s*[.:]?\s*(?:(?:Tahun|Thn?\b\.?)\s*(?P<year>\d{4})|(?P<bare>(?:19|20)\d{2})(?=\s*[/,]|\s+No))?"
    r"\s*[,/]?\s*(?:\b(?:Nomor|Nomer|No)\b)?\s*[.:]?\s*(?P<number>\d+)"
)
_ENTRY: Final = re.compile(
    r"\b(?P<series>(?:Tambahan\s+)?(?:Lembaran|Berita)\s+(?:Negara|Daerah)|T?(?:LN|BN|LD|BD))"
    r"(?:\s*RI\b|\s+Republik\s+Indonesia\b)?"
    r"(?:\s+(?:Kabupaten|Kota|Provinsi|Propinsi|Daerah|Kab\b\.?|Prov\b\.?)[^,;()\d]{0,60}?)?" + _NUMBER,
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Gazette:
    """An entry in a gazette. ``series`` is LN, TLN, BN, TBN, LD, TLD, BD or TBD; ``year`` None where not said."""

    series: str
    number: int
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """Where a law was published: number in the LN of its year (BN, LD, BD), and in the TLN; None when unknown."""

    number: int | None
    supplement: int | None
    sure: bool = True


def first_gazette(text: str) -> int | None:
    """Where the gazettes of a citation begin in ``text``, its bracket or comma included; None when there are none."""
    found = _ENTRY.search(text)
    if found is None:
        return None
    return len(text[: found.start()].rstrip(" (,;"))


def read_gazettes(text: str) -> tuple[Gazette, ...]:
    """The gazette entries named in ``text``, in its order."""
    return tuple(_gazette(found) for found in _ENTRY.finditer(text))


def _gazette(found: re.Match[str]) -> Gazette:
    series = " ".join(found["series"].lower().split())
    year = found["year"] or found["bare"]
    return Gazette(_SERIES.get(series, series.upper()), int(found["number"][:9]), int(year) if year else None)


@cache
def known() -> Mapping[str, Published]:
    """The gazettes of the built-in register by short name ("UU 23/2014")."""
    with data_file("gazettes.csv").open(encoding="utf-8", newline="") as stream:
        return {
            row["peraturan"]: Published(
                int(row["lembaran"]),
                int(row["tambahan"]) if row["tambahan"] else None,
                row["keyakinan"] == "tinggi",
            )
            for row in csv.DictReader(stream)
        }
