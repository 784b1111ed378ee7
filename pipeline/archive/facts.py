"""What is known of an archived version: written into its ``versi.json`` and into the log."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

INFO: Final = "versi.json"
VERSION: Final = re.compile(r"v(\d{3,6})")
_KIND: Final = re.compile(r"[a-z]{1,20}")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
FINAL_STAGE: Final = "final"
_PARTLY: Final = ("naskah_bertanda_tangan", "naskah")
_OTHERS: Final = "penanda_tangan_lain"
_UNCHECKED: Final = "tidak_diperiksa"
"""Written only where they say something: versions without them must stay as they were written."""


def version_name(number: int) -> str:
    """``1`` -> "v001"."""
    return f"v{number:03d}"


@dataclass(frozen=True, slots=True)
class Facts:
    """A version: what it is of (``kind`` ``sop``, ``reses`` or ``buku``; ``name``), its number, the day it was filed.

    ``number``, ``title`` and ``stage`` are the document's; ``effective`` its effective date (None when it states
    none); ``year`` the year of the record; ``pages`` those of all its PDFs, 0 when not known. ``signers`` are those of
    the signed file that it holds, and ``original`` is then the version that was signed (0: a version as it was made).
    ``partly`` is how many of how many PDFs are signed, None where all are or none is. ``others`` are those of the
    signers whose name is not the one of whoever was to sign there. ``unchecked`` are the names of checks that could
    not be made of a PDF in it before it was filed.
    """

    kind: str
    name: str
    version: int
    date: dt.date
    number: str = ""
    title: str = ""
    stage: str = ""
    effective: dt.date | None = None
    year: int = 0
    pages: int = 0
    signers: tuple[str, ...] = ()
    original: int = 0
    partly: tuple[int, int] | None = None
    others: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()

    @property
    def folder(self) -> str:
        """The folder of all its versions, from the top of the archive."""
        return f"{self.kind}/{self.name}"

    @property
    def place(self) -> str:
        """The folder of the version."""
        return f"{self.folder}/{version_name(self.version)}"

    @property
    def signed(self) -> bool:
        """Does it hold the signed file?"""
        return self.original > 0


def written(facts: Facts) -> dict[str, Any]:
    """As ``versi.json`` and the log hold it: Indonesian keys, in this order."""
    return {
        "jenis": facts.kind,
        "nama": facts.name,
        "versi": facts.version,
        "tanggal": facts.date.isoformat(),
        "nomor": facts.number,
        "judul": facts.title,
        "status": facts.stage,
        "tanggal_efektif": facts.effective.isoformat() if facts.effective else "",
        "tahun": facts.year,
        "halaman": facts.pages,
        "penanda_tangan": list(facts.signers),
        "versi_asal": facts.original,
        **({} if facts.partly is None else dict(zip(_PARTLY, facts.partly, strict=True))),
        **({_OTHERS: list(facts.others)} if facts.others else {}),
        **({_UNCHECKED: list(facts.unchecked)} if facts.unchecked else {}),
    }


def from_written(data: object) -> Facts:
    """The facts back; keys that older versions of the program did not write may be absent. Raises ValueError."""
    if not isinstance(data, Mapping):
        raise ValueError(str(data)[:80])
    facts = Facts(
        _text(data, "jenis"),
        _text(data, "nama"),
        _whole(data, "versi"),
        _day(data, "tanggal"),
        _text(data, "nomor"),
        _text(data, "judul"),
        _text(data, "status"),
        _day(data, "tanggal_efektif") if data.get("tanggal_efektif") else None,
        _whole(data, "tahun"),
        _whole(data, "halaman"),
        tuple(str(name) for name in data.get("penanda_tangan") or ()),
        _whole(data, "versi_asal"),
        (_whole(data, _PARTLY[0]), _whole(data, _PARTLY[1])) if _PARTLY[0] in data else None,
        tuple(str(name) for name in data.get(_OTHERS) or ()),
        tuple(str(name) for name in data.get(_UNCHECKED) or ()),
    )
    if not _KIND.fullmatch(facts.kind) or "/" in facts.name or not facts.name or not facts.version:
        raise ValueError(facts.place)
    return facts


def _text(data: Mapping[str, object], key: str) -> str:
    value = data.get(key, "")
    if not isinstance(value, str):
        raise ValueError(key)
    return value


def _whole(data: Mapping[str, object], key: str) -> int:
    value = data.get(key, 0)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 999_999:
        raise ValueError(key)
    return value


def _day(data: Mapping[str, object], key: str) -> dt.date:
    text = _text(data, key)
    if not _DAY.fullmatch(text):
        raise ValueError(key)
    return dt.date.fromisoformat(text)
