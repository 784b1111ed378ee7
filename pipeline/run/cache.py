"""What the last checks found, by content: what has not changed is not checked again.

A result is found by a key that is made of everything it was made from: the bytes of the SOP's files, the files of its
office, the settings, and the program with its registers and rules. Times and sizes of files are never looked at. The
date counts for what asked for it only (``Watched``). What cannot be read, or changes while it is read, is not kept.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pipeline.model.finding import Finding
from pipeline.model.inputs import OfficeInput, SopInput
from pipeline.model.result import DocumentResult
from pipeline.readers.files import MAX_BYTES, shown
from pipeline.resources import PACKAGE
from pipeline.rules.engine import Facts
from pipeline.run.settings import Settings
from pipeline.run.stored import document_from_data, document_to_data, finding_from_data, finding_to_data

if TYPE_CHECKING:
    from pipeline.run.store import Store

FEWEST: Final = 25
"""Fewer SOPs are checked sooner than the program is compared with the one of the last run."""
_LIBRARIES: Final = ("PyYAML", "openpyxl", "holidays")
"""Libraries that findings depend on."""


@dataclass(frozen=True, slots=True)
class SopResult:
    """What is kept of an SOP. ``key`` stands for its whole content; empty for one that must not be kept."""

    document: DocumentResult
    findings: tuple[Finding, ...]
    readable: bool
    key: bytes = b""


class Watched(Facts):
    """Facts that know whether anybody asked them for the day, or for the year."""

    __slots__ = ("_asked",)

    def __getattribute__(self, name: str) -> Any:
        if name == "today":
            object.__setattr__(self, "_asked", _DAY)
        return super().__getattribute__(name)

    @property
    def year(self) -> int:
        """As for all facts; the day of the year is not asked for."""
        if not self.asked:
            object.__setattr__(self, "_asked", _YEAR)
        day: dt.date = object.__getattribute__(self, "today")
        return day.year

    @property
    def asked(self) -> str:
        """How much of the date was asked for since these facts were made: "2026-03-01", "2026" or ""."""
        day: dt.date = object.__getattribute__(self, "today")
        return day.isoformat()[: getattr(self, "_asked", 0)]


_YEAR, _DAY = 4, 10
"""Signs of an ISO date."""


def watched(facts: Facts) -> Watched:
    """The same facts, not yet asked for the day."""
    return Watched(**{field.name: getattr(facts, field.name) for field in fields(Facts)})


class Cache:
    """Results of earlier runs under the facts and the working folder of this one. Without ``store`` it is empty."""

    def __init__(self, store: Store | None, facts: Facts, root: Path, program: bytes = b"") -> None:
        self._store = store
        self._facts = facts
        self._root = root
        self._base = _hash(program, _settings(facts)) if store is not None else b""
        self._offices: dict[Path, bytes] = {}

    def sop(self, path: Path, office: OfficeInput) -> SopResult | None:
        """What was found in the SOP at ``path`` when all was as it is now; None when that is not known."""
        digest = _digest(path) if self._store is not None else ""
        if self._store is None or not digest:
            return None
        slot = self._slot(path, office, digest)
        try:
            data = self._store.get(slot) or {}
            if not data or not self._is_dated(data) or not self._are_same(path, data["others"]):
                return None
            return SopResult(
                document_from_data(data["document"]),
                tuple([finding_from_data(found) for found in data["findings"]]),
                bool(data["readable"]),
                _content_key(slot, data["others"]),
            )
        except (KeyError, TypeError, ValueError, AttributeError):
            return None

    def keep_sop(self, item: SopInput, result: SopResult, facts: Watched) -> SopResult:
        """Keep what was found in ``item`` under ``facts``; ``result`` with its key."""
        others = self._others(item) if self._store is not None else None
        if self._store is None or others is None or any(found.code == "INT-01" for found in result.findings):
            return result
        slot = self._slot(item.path, item.office, item.digests[item.path])
        data = {
            "date": facts.asked,
            "others": others,
            "document": document_to_data(result.document),
            "findings": [finding_to_data(found) for found in result.findings],
            "readable": result.readable,
        }
        self._store.put(slot, data)
        return replace(result, key=_content_key(slot, others))

    def together(self, office: OfficeInput, keys: Sequence[bytes]) -> tuple[Finding, ...] | None:
        """What was found in SOPs of ``office`` together; ``keys`` are theirs, in order."""
        if self._store is None or not all(keys):
            return None
        try:
            data = self._store.get(self._group(office, keys)) or {}
            if not data or not self._is_dated(data):
                return None
            return tuple([finding_from_data(found) for found in data["findings"]])
        except (KeyError, TypeError, ValueError, AttributeError):
            return None

    def keep_together(
        self, office: OfficeInput, keys: Sequence[bytes], findings: Sequence[Finding], facts: Watched
    ) -> None:
        """Keep what was found in SOPs together."""
        if self._store is None or not all(keys) or any(found.code == "INT-01" for found in findings):
            return
        data = {"date": facts.asked, "findings": [finding_to_data(found) for found in findings]}
        self._store.put(self._group(office, keys), data)

    def _is_dated(self, data: dict[str, Any]) -> bool:
        """Does the date of this run agree with what was asked of the date then?"""
        return self._facts.today.isoformat().startswith(data["date"])

    def _slot(self, path: Path, office: OfficeInput, digest: str) -> bytes:
        return _hash(self._base, b"sop", self._office(office), shown(path, self._root), path.name, digest)

    def _group(self, office: OfficeInput, keys: Sequence[bytes]) -> bytes:
        return _hash(self._base, b"together", self._office(office), *keys)

    def _office(self, office: OfficeInput) -> bytes:
        """What stands for everything in the files of the office."""
        folder = office.office.folder
        if folder not in self._offices:
            read = [part for path in office.sources for part in (path.name, office.digests.get(path, "-"))]
            given = (office.office.id, shown(folder, self._root), repr((office.office.logo, office.office.logo_pixels)))
            self._offices[folder] = _hash(*given, *read)
        return self._offices[folder]

    def _others(self, item: SopInput) -> list[list[str]] | None:
        """The files besides the first that the SOP depends on, by name and digest; None when one is not certain.

        A table of steps that could stand beside the SOP but does not is among them, with no digest.
        """
        if not all(item.digests.get(path) for path in item.sources):
            return None
        others = {path: item.digests[path] for path in item.sources[1:]}
        beside = item.path.with_name(f"{item.path.stem}.langkah.csv")
        if beside not in others:
            if os.path.lexists(beside):
                return None
            others[beside] = ""
        folder = item.path.parent
        try:
            return [[os.path.relpath(path, folder), shown(path, self._root), digest] for path, digest in others.items()]
        except ValueError:  # on another drive
            return None

    def _are_same(self, path: Path, others: list[list[str]]) -> bool:
        for name, told, digest in others:
            other = path.parent / name
            if digest and (told != shown(other, self._root) or digest != _digest(other)):
                return False
            if not digest and os.path.lexists(other):
                return False
        return True


@contextmanager
def opened(settings: Settings, facts: Facts, count: int) -> Iterator[Cache]:
    """The cache for a run on ``count`` SOPs; an empty one when there is none to be had or it would not pay."""
    program = _program() if count >= FEWEST and settings.cache is not None else b""
    store = _store(settings, program) if program else None
    try:
        yield Cache(store, facts, settings.root, program)
    finally:
        if store is not None:
            store.close()


def _store(settings: Settings, program: bytes) -> Store | None:
    folder = settings.cache
    if folder is None or _is_input(folder, settings):
        return None
    try:
        from pipeline.run.store import Store
    except ImportError:  # Python without SQLite
        return None
    # A program that is replaced while it runs must not leave its results to the new one.
    return Store(folder, settings.today.toordinal(), valid=lambda: _program() == program)


def _is_input(folder: Path, settings: Settings) -> bool:
    """Would the cache lie among the inputs, or in a folder that holds them?"""
    paths = [settings.root / path for path in settings.paths] or [settings.root / "inputs"]
    return any(folder.is_relative_to(path) or path.is_relative_to(folder) for path in paths)


def _content_key(slot: bytes, others: list[list[str]]) -> bytes:
    return _hash(slot, *(part for other in others for part in other))


def _settings(facts: Facts) -> str:
    """All facts but the day, and but the names of rules, which belong to the program."""
    return repr([(f.name, getattr(facts, f.name)) for f in fields(facts) if f.name not in ("today", "known")])


def _program() -> bytes:
    """What stands for the program: every file of the package, the libraries that findings depend on, and Python."""
    from importlib.metadata import PackageNotFoundError, version

    told = hashlib.sha256(sys.version.encode())
    for name in _LIBRARIES:
        try:
            told.update(f"{name} {version(name)}\0".encode())
        except PackageNotFoundError:
            told.update(f"{name}\0".encode())
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix != ".pyc" and path.is_file():
            told.update(f"{path.relative_to(PACKAGE).as_posix()}\0{_digest(path)}\0".encode())
    return told.digest()


def _digest(path: Path) -> str:
    """SHA-256 of a file; "" for what cannot be read."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_BYTES:
            return ""
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except (OSError, ValueError):
        return ""


def _hash(*parts: bytes | str) -> bytes:
    """SHA-256 over parts, each with its length, so that no two lists of parts are alike."""
    told = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        told.update(len(data).to_bytes(8, "big"))
        told.update(data)
    return told.digest()
