"""Whether files are as they were: their content is read again only where the system says that they were touched.

What the system notes of a file (size, times of content and of attributes, inode) is compared first, as git's index
does; the SHA-256 counts in the end. A file that was touched so lately that a second change could have got the same
times is never taken for known, nor is one from the future. On Windows the time of the attributes is missing, so that
everything is read.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

Stamp = tuple[int, int, int, int]
"""Size, time of the content, time of the attributes (both in nanoseconds), inode."""

_VERSION: Final = 1
_TELLS: Final = os.name == "posix"
"""Does the system note when a file was touched, whatever time somebody gave it?"""
_FINE, _COARSE, _SECOND = 100_000_000, 2_500_000_000, 1_000_000_000
"""How old a time must be to be the last one: systems count in hundredths of a second, or in two whole seconds."""


def stamp_of(status: os.stat_result) -> Stamp:
    """What the system notes of a file."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def is_settled(stamp: Stamp, now: int) -> bool:
    """Would another change from ``now`` (nanoseconds) on give another stamp?"""
    _, content, attributes, _ = stamp
    coarse = (attributes if _TELLS else content) % _SECOND == 0  # anybody may give the content a round time
    return now - max(content, attributes) >= (_COARSE if coarse else _FINE)


def content_digest(path: Path) -> str:
    """SHA-256 of a file as hex, "" when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


class Index:
    """SHA-256 of files by what the system notes of them. ``record`` is where it is kept, None for nowhere.

    Keys are paths from ``base`` where they lie below it, so that a folder may be moved.
    """

    def __init__(self, record: Path | None = None, base: Path | None = None) -> None:
        self._record = record
        self._base = f"{base}{os.sep}" if base is not None else None
        self._known: dict[str, tuple[Stamp, str]] | None = None
        self._seen: set[str] = set()
        self._changed = False

    def digest(self, path: Path, status: os.stat_result | None = None) -> str:
        """SHA-256 of a file as hex, "" when it cannot be read or is none."""
        now = time.time_ns()
        try:
            status = status or path.stat()
        except (OSError, ValueError):
            return ""
        if not stat.S_ISREG(status.st_mode):  # reading a pipe would wait for somebody to write to it
            return ""
        stamp = stamp_of(status)
        key = self._key(path)
        known = self._all().get(key)
        self._seen.add(key)
        if _TELLS and known is not None and known[0] == stamp and is_settled(stamp, now):
            return known[1]
        digest = content_digest(path)
        try:
            same = stamp_of(path.stat()) == stamp
        except OSError:
            same = False
        if digest and same and is_settled(stamp, now) and known != (stamp, digest):
            self._all()[key] = (stamp, digest)
            self._changed = True
        return digest

    def data(self) -> bytes | None:
        """What is to be kept of it; None when that is there already. Files that are gone are left out."""
        if not self._changed:
            return None
        self._changed = False
        known = self._all()
        gone = [key for key in known if key not in self._seen and not os.path.lexists(self._path(key))]
        for key in gone:
            del known[key]
        rows = {key: [*stamp, digest] for key, (stamp, digest) in known.items()}
        text = json.dumps({"schema_version": _VERSION, "files": rows}, ensure_ascii=True, separators=(",", ":"))
        return text.encode()

    def _all(self) -> dict[str, tuple[Stamp, str]]:
        if self._known is None:
            self._known = {} if self._record is None else _load(self._record)
        return self._known

    def _key(self, path: Path) -> str:
        text = str(path)
        return text[len(self._base) :] if self._base and text.startswith(self._base) else text

    def _path(self, key: str) -> str:
        return key if self._base is None or os.path.isabs(key) else self._base + key  # noqa: PTH117 - thousands of them


def _load(path: Path) -> dict[str, tuple[Stamp, str]]:
    # Whatever is wrong with it means that every file is read once more.
    try:
        data: Any = json.loads(path.read_bytes())
        if data["schema_version"] != _VERSION:
            return {}
        return {key: ((row[0], row[1], row[2], row[3]), str(row[4])) for key, row in data["files"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, LookupError):
        return {}


@dataclass(frozen=True, slots=True)
class Found:
    """A file: its path from where it was looked for (folders end in ``/``), and what the system notes of it."""

    name: str
    path: str
    status: os.stat_result | None

    @property
    def stamp(self) -> Stamp:
        """What the system notes of it; nothing of a folder, nor of what cannot be looked at."""
        return (0, 0, 0, 0) if self.status is None else stamp_of(self.status)


def walk(folder: Path, skipped: Callable[[str], bool]) -> list[Found]:
    """Everything below ``folder`` but what ``skipped`` says of its path, in order; links are followed."""
    found = list(_below(str(folder), "", skipped, ()))
    found.sort(key=lambda one: one.name)
    return found


def _below(folder: str, name: str, skipped: Callable[[str], bool], above: tuple[str, ...]) -> Iterator[Found]:
    try:
        with os.scandir(folder) as scan:
            entries = list(scan)
    except NotADirectoryError:
        yield one_file(Path(folder), name or folder)
        return
    except OSError:
        return
    for entry in entries:
        told = f"{name}{entry.name}"
        if skipped(told):
            continue
        if not entry.is_dir():
            yield Found(told, entry.path, _status(entry))
            continue
        yield Found(f"{told}/", entry.path, None)
        real = (*above, os.path.realpath(entry.path)) if entry.is_symlink() else above
        if len(set(real)) == len(real):  # a link to where one came from leads nowhere
            yield from _below(entry.path, f"{told}/", skipped, real)


def _status(entry: os.DirEntry[str]) -> os.stat_result | None:
    for follow in (True, False):  # of a link to nothing the link itself
        try:
            return entry.stat(follow_symlinks=follow)
        except OSError:
            continue
    return None


def one_file(path: Path, name: str) -> Found:
    """What there is of one file, also of none."""
    try:
        return Found(name, str(path), path.stat())
    except (OSError, ValueError):
        return Found(name, str(path), None)


def are_settled(files: Iterable[Found]) -> bool:
    """Would any further change of these files show?"""
    now = time.time_ns()
    return all(one.status is None or stat.S_ISDIR(one.status.st_mode) or is_settled(one.stamp, now) for one in files)


def quick(files: Sequence[Found]) -> str:
    """A hash of what the system notes of files; "" where that is not certain: one was touched a moment ago, or the
    system notes too little."""
    if not _TELLS or not are_settled(files):
        return ""
    told = hashlib.sha256()
    for one in files:
        told.update(f"{one.name}\0{one.stamp}\n".encode("utf-8", "surrogatepass"))
    return told.hexdigest()


def whole(files: Iterable[Found], index: Index) -> str:
    """A hash of the content of files."""
    told = hashlib.sha256()
    for one in files:
        digest = index.digest(Path(one.path), one.status) if one.status is not None else ""
        told.update(f"{one.name}\0{digest}\n".encode("utf-8", "surrogatepass"))
    return told.hexdigest()
