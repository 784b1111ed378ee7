"""The values that a document prints, as one hash: the same for the same content, however its files are written.

Neither the order of keys, comments, quotes or line ends of the files go into it, nor where they stand, nor the day,
nor the version of the program. The template does: it is part of what is printed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import unicodedata
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from fractions import Fraction
from functools import cache, lru_cache
from operator import attrgetter
from pathlib import Path
from typing import Any, Final

from pipeline.model.duration import TimeValue
from pipeline.model.finding import Place, Stage
from pipeline.model.office import Office, Official
from pipeline.model.recess import EarlierNeed, Meeting, RecessInput, TableSource
from pipeline.model.sop import Sop

FORMAT: Final = 1
"""Number of the canonical form: another one makes other hashes of the same content."""
_BATCH: Final = 500
"""Rows of a table that are hashed at once; part of the form."""

_NOT_PRINTED: Final = frozenset({"purpose", "accepted", "total", "type", "labels", "written", "partial", "columns"})
_OFFICIAL: Final = ("name", "position", "nip", "rank", "grade", "capacity")
_OFFICE: Final = ("government", "unit", "address", "phone", "email", "website", "city", "paper", "mark", "publication")
_SKIPPED: Final = (Path, Place, TableSource)
"""Kinds of values that say where something stands, and nothing of what is printed."""
_PLACES: Final[Mapping[type, frozenset[str]]] = {
    EarlierNeed: frozenset({"source"}),
    Meeting: frozenset({"attachments"}),
}
"""Attributes of the same nature, by kind."""


def fingerprint(sop: Sop, office: Office, template: Path) -> str:
    """SHA-256, as hex, of what the SOP prints, of the office's values in it and of the template. Raises OSError."""
    values = {field.name: getattr(sop, field.name) for field in fields(sop) if field.name not in _NOT_PRINTED}
    if sop.stage is Stage.FINAL:
        del values["history"]  # only drafts print it
    return _hash({"sop": values, "kantor": _office(office), "templat": file_digest(template)})


def book_fingerprint(office: Office, title: str, chapters: Sequence[Mapping[str, object]], template: Path) -> str:
    """SHA-256, as hex, of what a book holds: its decree and words, title, SOPs in order, and the template.

    Each of ``chapters`` names an SOP and its ``fingerprint``. On which page it stands is not in it. Raises OSError.
    """
    officials = [one for one in office.officials if office.book.decree and one.id == office.book.decree.signer]
    words = {"judul": title, "kata": office.book, "pejabat": officials, "sop": list(chapters)}
    return _hash({"buku": words, "kantor": _office(office), "templat": file_digest(template)})


def recess_fingerprint(item: RecessInput) -> str:
    """SHA-256, as hex, of all values of a recess, of the registers, of the recess before and of the office.

    Photos go in by their names alone. Raises OSError for a logo that cannot be read.
    """
    recess, earlier = item.recess, item.history.earlier
    whole = _shallow(recess) | {"proposals": _rows(recess.proposals)} if recess is not None else None
    before = _shallow(earlier) | {"needs": _rows(earlier.needs)} if earlier is not None else None
    return _hash({"reses": whole, "wilayah": item.region, "sebelum": before, "kantor": _office(item.office.office)})


def document_fingerprint(recess: str, document: str, template: Path) -> str:
    """SHA-256, as hex, of one document of the recess whose ``recess_fingerprint`` is ``recess``. Raises OSError."""
    return _hash({"reses": recess, "dokumen": document, "templat": file_digest(template)})


def file_digest(path: Path) -> str:
    """SHA-256 of a file as hex; read once as long as its size and time stay. Raises OSError."""
    stat = path.stat()
    return _file_digest(path, stat.st_size, stat.st_mtime_ns)


@lru_cache(maxsize=1024)
def _file_digest(path: Path, _size: int, _time: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _office(office: Office) -> dict[str, object]:
    values: dict[str, object] = {name: getattr(office, name) for name in _OFFICE}
    return {**values, "logo": None if office.logo is None else file_digest(office.logo)}


def _rows(rows: Sequence[object]) -> str:
    """The hash of a table of any length, which never stands in memory as one text."""
    digest = hashlib.sha256()
    for start in range(0, len(rows), _BATCH):
        digest.update(_bytes([_shallow(row) for row in rows[start : start + _BATCH]]))
    return digest.hexdigest()


def _bytes(values: object) -> bytes:
    text = json.dumps(values, default=_plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return unicodedata.normalize("NFC", text).encode("utf-8", "surrogatepass")


def _hash(values: Mapping[str, object]) -> str:
    return hashlib.sha256(_bytes({**values, "bentuk": FORMAT})).hexdigest()


def _plain(value: object) -> Any:
    """What JSON knows, for a value that it does not know."""
    if isinstance(value, _SKIPPED):
        return None
    if isinstance(value, TimeValue):
        return value.text
    if isinstance(value, Official):
        return {name: getattr(value, name) for name in _OFFICIAL}
    if is_dataclass(value):
        return _shallow(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, frozenset):
        return sorted(str(each) for each in value)
    if isinstance(value, Mapping):
        return {str(key): each for key, each in value.items()}
    raise TypeError(f"no canonical form of {type(value).__name__}")


def _shallow(value: Any) -> dict[str, object]:
    kind: type = type(value)
    names, get = _fields(kind)
    return dict(zip(names, get(value), strict=True))


@cache
def _fields(kind: Hashable) -> tuple[tuple[str, ...], Any]:
    assert isinstance(kind, type)
    assert is_dataclass(kind)
    left_out = _PLACES.get(kind, frozenset())
    names = tuple(field.name for field in fields(kind) if field.repr and field.name not in left_out)
    get = attrgetter(*names)
    return names, get if len(names) > 1 else (lambda value: (get(value),))
