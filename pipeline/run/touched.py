"""What a changed file touches: the SOPs and recesses that are made of it.

Nothing is remembered between one change and the next: the names of files and folders tell, and where a file has a name
of its own (steps, a logo), the inputs that name it are looked for.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipeline.errors import UsageError
from pipeline.readers.workspace import OFFICE_FILES, RECESS_FILES, SKIPPED, SOP_SUFFIXES, find, office_of
from pipeline.run.settings import Settings

_TABLES: Final = (".csv", ".xlsx", ".xlsm", ".xls", ".ods", ".yaml", ".yml")
_PICTURES: Final = (".png", ".jpg", ".jpeg")
_READ: Final = (*_TABLES, *_PICTURES, ".docx")
_LARGEST: Final = 1024 * 1024
"""Bytes of the biggest file that is searched for the name of another."""


@dataclass(frozen=True, slots=True)
class Touched:
    """What changed files touch. ``gone`` are SOPs whose file is there no longer; ``commands`` make what is not made
    while watching (recesses, books), each with the file or folder that it is about."""

    sops: tuple[Path, ...] = ()
    gone: tuple[Path, ...] = ()
    recesses: tuple[Path, ...] = ()
    commands: tuple[tuple[str, Path], ...] = ()

    def __bool__(self) -> bool:
        return any((self.sops, self.gone, self.recesses, self.commands))


class Scope:
    """What is watched: that which the PATH arguments mean, also when it comes to be later."""

    def __init__(self, settings: Settings) -> None:
        """Raises UsageError for a path that does not exist or holds nothing."""
        root = settings.root
        wanted = [_plain(root / path) for path in settings.paths] or [root / "inputs"]
        found = find(settings.paths, root)
        self._settings = settings
        self._templates = [path for path in (settings.templates, root / "templates") if path is not None]
        self._folders = [path for path in wanted if path.is_dir()]
        self._folders += [path.parent for path in wanted if path.name in OFFICE_FILES]
        self._files = {path for path in (*found.sops, *found.recesses) if not self._is_below(path)}
        self._seen = dict.fromkeys(found.sops)
        every = {*self._folders, *found.offices, *(path for path in self._templates if path.is_dir())}
        self.roots = tuple(sorted(path for path in every if every.isdisjoint(path.parents)))
        """The folders to watch; none lies in another."""

    @property
    def sops(self) -> tuple[Path, ...]:
        """The SOPs that there were, at the beginning or since."""
        return tuple(self._seen)

    def is_input(self, path: Path) -> bool:
        """Could ``path`` be an input? Not what editors and office programs write beside it, nor our own output.

        Word and Excel lock with ``~$x.xlsx``, LibreOffice with ``.~lock.x#``; many write to a file with another
        ending and rename it.
        """
        root = next((root for root in self.roots if path.is_relative_to(root)), None)
        if root is None or path.is_relative_to(self._settings.output):
            return False
        parts = path.relative_to(root).parts
        if any(part.startswith((".", "~")) or part in SKIPPED for part in parts):
            return False
        return path.suffix.lower() in _READ or not path.suffix or path.is_dir()

    def covers(self, path: Path) -> bool:
        """Is the SOP or recess at ``path`` watched?"""
        return path in self._files or self._is_below(path)

    def _is_below(self, path: Path) -> bool:
        return any(path.is_relative_to(folder) for folder in self._folders)

    def touched(self, changed: Collection[Path]) -> Touched:
        """What ``changed`` touches."""
        sops: dict[Path, None] = {}
        recesses: dict[Path, None] = {}
        commands: dict[tuple[str, Path], None] = {}
        for path in sorted(changed):
            command = self._other_command(path)
            if command:
                commands[command, path] = None
            elif _is_of_recess(path):
                recesses[path.parent] = None
            else:
                sops |= dict.fromkeys(self._sops(path))
        known = [path for path in sops if self.covers(path)]
        there = [path for path in known if os.path.lexists(path)]
        gone = [path for path in known if path in self._seen and path not in there]
        self._seen |= dict.fromkeys(there)
        for path in gone:
            del self._seen[path]
        recess = [path for path in recesses if self.covers(path) and path.is_dir()]
        return Touched(tuple(there), tuple(gone), tuple(recess), tuple(commands))

    def _sops(self, path: Path) -> Iterator[Path]:
        suffix = path.suffix.lower()
        if path.is_dir():
            yield from _found(path, self._settings.root)
        elif path.name in OFFICE_FILES:
            yield from _of(path.parent)
        elif path.parent.name.casefold() == "sop":
            yield from _steps_of(path) if suffix == ".csv" else [path] if suffix in SOP_SUFFIXES else ()
        elif suffix == ".docx":
            yield from self._printed_on(path)
        elif suffix in _PICTURES:
            offices = [office for office in self._offices() if path.is_relative_to(office)]
            yield from (sop for office in offices if _names(office / "kantor.yaml", path) for sop in _of(office))
        elif not suffix:  # a folder that is gone
            yield from [sop for sop in self._seen if sop.is_relative_to(path)]

    def _offices(self) -> tuple[Path, ...]:
        return tuple(dict.fromkeys(office_of(path) for path in self._seen))

    def _other_command(self, path: Path) -> str:
        """The command that prints on the template at ``path`` where that is not ``build``; "" for everything else."""
        if path.suffix.lower() != ".docx" or path.name == "sop.docx":
            return ""
        if path.parent not in self._templates and path.parent.name != "templates":
            return ""
        return "tertib book" if path.name.startswith("buku") else "tertib recap"

    def _printed_on(self, path: Path) -> Iterator[Path]:
        if path.parent in self._templates:
            yield from (sop for office in self._offices() for sop in _of(office))
        elif path.parent.name == "templates":
            yield from _of(path.parent.parent)


def _plain(path: Path) -> Path:
    """As ``pipeline.readers.workspace`` names what it finds."""
    return path.resolve() if ".." in path.parts else path


def _of(office: Path) -> tuple[Path, ...]:
    """The SOPs of ``office``."""
    return tuple(path for path in _found(office, office) if office_of(path) == office)


def _found(folder: Path, root: Path) -> tuple[Path, ...]:
    try:
        return find([folder], root).sops
    except UsageError:  # nothing in it, or not to be opened: whoever reads it says so
        return ()


def _steps_of(path: Path) -> Iterator[Path]:
    """The SOPs whose steps are in ``path``: by its name, or because they name it."""
    if path.name.endswith(".langkah.csv"):
        stem = path.name.removesuffix(".langkah.csv")
        own = next((p for suffix in SOP_SUFFIXES if (p := path.with_name(stem + suffix)).exists()), None)
        if own is not None:
            yield own
            return
    yield from (other for other in _of(office_of(path)) if other.parent == path.parent and _names(other, path))


def _names(file: Path, other: Path) -> bool:
    """Does the text of ``file`` hold the name of ``other``?"""
    if file.suffix.lower() not in (".yaml", ".yml"):
        return False
    try:
        return file.stat().st_size <= _LARGEST and other.name.encode() in file.read_bytes()
    except OSError:
        return False


def _is_of_recess(path: Path) -> bool:
    return path.suffix.lower() in _TABLES and (
        path.name in RECESS_FILES or path.parent.parent.name.casefold() == "reses"
    )
