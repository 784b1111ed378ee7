"""Further formats of a document beside its DOCX (``tertib build --also``), and the record of what was made of them.

``NAME.bpmn`` and ``NAME.alur-1.svg`` stand beside ``NAME.docx``. The record (``OUTPUT/.tertib/samping.json``) tells
ours from what people put there or changed: only files that are still as they were made are replaced or removed.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline.model.message import Message, say
from pipeline.run.keeping import kept_note, replace_keeping
from pipeline.run.settings import Settings
from pipeline.run.state import digest
from pipeline.run.writing import Outputs, explain_os_error

_VERSION = 1


@dataclass(frozen=True, slots=True)
class Extra:
    """A file in a further format: ``suffix`` takes the place of ``.docx`` in the document's name."""

    suffix: str
    data: bytes


@dataclass(frozen=True, slots=True)
class _Kept:
    """A file on record: SHA-256 of itself and of the DOCX it was made with."""

    docx: str
    made: str


class Extras:
    """The further formats of one run. ``notes`` holds what people must know."""

    def __init__(self, settings: Settings, outputs: Outputs) -> None:
        self.notes: list[Message] = []
        self._settings, self._outputs = settings, outputs
        self._path = outputs.private / "samping.json"
        self._record = _load(self._path)
        self._known = dict(self._record)
        self._held: dict[Path, tuple[tuple[Path, Path], ...]] = {}

    def hold(self, docx: Path, extras: Sequence[Extra]) -> None:
        """Keep the files of ``docx`` in the work folder until it is known that it is in place itself."""
        if extras:
            folder = self._outputs.fresh_folder()
            waiting = []
            for number, extra in enumerate(extras):
                aside = folder / str(number)
                try:
                    aside.write_bytes(extra.data)
                except OSError as error:
                    raise explain_os_error(error, aside) from error
                waiting.append((aside, docx.with_name(docx.stem + extra.suffix)))
            self._held[docx] = tuple(waiting)

    def place(self, docx: Path) -> tuple[Path, ...]:
        """Put the files of ``docx`` in place, remove what became of earlier pages, and return what stands there.

        Nothing was held for a document of a run without ``--also``: what stands there is told where it is outdated.
        Raises OutputError.
        """
        held = self._held.get(docx)
        if held is None:
            self._tell_outdated(docx)
            return ()
        now = digest(docx)
        for aside, path in held:
            self._put(aside, path, now)
        self._outputs.discard({aside.parent for aside, _ in held})
        placed = tuple(path for _, path in held)
        for path in self._of(docx):
            if path not in placed and path.suffix in {other.suffix for other in placed}:
                self._remove(path)
        return placed

    def save(self) -> None:
        """Write the record where it changed, and drop what was held for nothing. Raises OutputError."""
        self._outputs.discard({aside.parent for held in self._held.values() for aside, _ in held})
        if self._record != self._known:
            files = {key: asdict(kept) for key, kept in sorted(self._record.items())}
            text = json.dumps({"schema_version": _VERSION, "files": files}, indent=1, ensure_ascii=False)
            self._outputs.write(self._path, (text + "\n").encode())

    def _put(self, aside: Path, path: Path, docx: str) -> None:
        """Put a file in place. One that was changed by hand is kept under another name."""
        new, there = digest(aside), digest(path)
        known = self._record.get(self._key(path))
        if there and there not in {new, known.made if known else new}:
            kept = replace_keeping(aside, path, dt.datetime.now().astimezone())
            self.notes.append(kept_note(path, kept, self._settings))
        elif there != new:
            self._outputs.write(path, aside.read_bytes())
        self._record[self._key(path)] = _Kept(docx, new)

    def _remove(self, path: Path) -> None:
        """Remove a file of ours that nothing is made for any more; one that was changed stays, without a record."""
        if digest(path) == self._record.pop(self._key(path)).made:
            try:
                path.unlink()
            except OSError as error:
                raise explain_os_error(error, path) from error

    def _tell_outdated(self, docx: Path) -> None:
        now = digest(docx)
        old = [path for path in self._of(docx) if self._record[self._key(path)].docx != now and path.is_file()]
        if old:
            self.notes.append(_outdated(old, self._settings))

    def _of(self, docx: Path) -> list[Path]:
        paths = (self._outputs.folder / key for key in sorted(self._record))
        return [path for path in paths if path.parent == docx.parent and _belongs(path.name, docx.stem)]

    def _key(self, path: Path) -> str:
        return path.relative_to(self._outputs.folder).as_posix()


def _belongs(name: str, stem: str) -> bool:
    """Is ``name`` one that a document ``stem`` gives its further formats?"""
    rest = name.removeprefix(stem)
    middle, _, suffix = rest.removeprefix(".").partition(".")
    if rest == name or not rest.startswith("."):
        return False
    page = middle.removeprefix("alur-")
    return rest == ".bpmn" or (suffix == "svg" and middle.startswith("alur-") and page.isdecimal())


def _outdated(paths: Iterable[Path], settings: Settings) -> Message:
    return say(
        "Dibuat dari isi yang lama: {files}. Perbarui dengan --also, atau hapus.",
        files=", ".join(settings.relative(path) for path in paths),
    )


def _load(path: Path) -> dict[str, _Kept]:
    # Without a record nothing is removed and what differs is kept: nothing is lost by an unreadable one.
    try:
        data: Any = json.loads(path.read_bytes())
        rows: Mapping[str, Any] = data["files"] if data["schema_version"] == _VERSION else {}
        return {key: _Kept(row["docx"], row["made"]) for key, row in rows.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
