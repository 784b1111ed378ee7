"""Inputs and outputs at an address (S3-compatible storage, SFTP): worked on in a folder here, fetched and put back.

Inputs are fetched whole before a run. Outputs are put back after it: only what differs from what was put before, by
SHA-256, each file in one step, the list of them (``.tertib/cermin.json``) last. A file there that somebody else has
changed meanwhile is left as it is, and told.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.errors import OutputError, UsageError
from pipeline.model.message import Message, say
from pipeline.run.events import Listener
from pipeline.run.outcome import Outcome, Problem
from pipeline.run.settings import Settings
from pipeline.run.writing import PRIVATE, Outputs

if TYPE_CHECKING:
    from pipeline.archive.storage import Entry, Storage

FOLDER: Final = ".tertib-cermin"
"""Where in the working folder what is elsewhere is worked on."""
LIST: Final = f"{PRIVATE}/cermin.json"
_ADDRESS: Final = re.compile(r"(s3|sftp|memory):/+(.+)", re.IGNORECASE)
_AT_ONCE: Final = 16
"""Files that S3 is asked for at once; an SFTP connection does one after the other."""

Run = Callable[[Settings, Listener], Outcome]


def address_in(path: Path, root: Path) -> str:
    """The address that ``path`` was given as, "" for a path: the system folds ``//`` into one."""
    given = path.relative_to(root) if path.is_relative_to(root) else path
    match = _ADDRESS.fullmatch(given.as_posix())
    return f"{match[1].lower()}://{match[2]}" if match else ""


def with_storage(run: Run, settings: Settings) -> Run:
    """``run``, also where inputs or the output folder of ``settings`` are addresses."""
    if any(address_in(path, settings.root) for path in (*settings.paths, settings.output)):
        return lambda settings, listener: _elsewhere(run, settings, listener)
    return run


def _elsewhere(run: Run, settings: Settings, listener: Listener) -> Outcome:
    desk = Outputs(settings.root / FOLDER)
    paths = []
    for path in settings.paths:
        address = address_in(path, settings.root)
        paths.append(_fetched(address, desk, listener) if address else path)
    address = address_in(settings.output, settings.root)
    storage = _opened(address, settings.root) if address else None
    output = _local(desk, address) if address else settings.output
    outcome = run(replace(settings, paths=tuple(paths), output=output), listener)
    return outcome if storage is None else _put(storage, output, outcome, listener)


def _opened(address: str, root: Path) -> Storage:
    from pipeline.archive.storage import open_storage

    return open_storage(address, base=root)


def _local(desk: Outputs, address: str) -> Path:
    """The folder for ``address``: its last name, and a mark that tells apart those of the same name."""
    mark = hashlib.sha256(address.rstrip("/").encode()).hexdigest()[:8]
    return desk.folder / mark / (address.rstrip("/").rpartition("/")[2] or "isi")


def _fetched(address: str, desk: Outputs, listener: Listener) -> Path:
    """The folder with all that is at ``address``. What has gone there goes here."""
    from pipeline.archive.storage import checked

    storage = _opened(address, desk.folder)
    entries = [entry for entry in storage.entries() if entry.plain]
    if not entries:
        raise UsageError(say("{address} kosong atau tidak ada. Periksa alamat masukan itu.", address=storage.told))
    folder = _local(desk, address)
    listener.started(len(entries), say("Mengambil masukan"))
    with ThreadPoolExecutor(_AT_ONCE if address.startswith("s3:") else 1) as hands:
        for entry, data in _read(storage, entries, hands):
            desk.write(folder / checked(entry.path), data)
            listener.advanced(entry.path)
    wanted = {folder / entry.path for entry in entries}
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_file() and path not in wanted:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    return folder


def _read(storage: Storage, entries: list[Entry], hands: ThreadPoolExecutor) -> Iterator[tuple[Entry, bytes]]:
    """Contents in the order of ``entries``, a few at a time: never all in memory."""
    for start in range(0, len(entries), 4 * _AT_ONCE):
        some = entries[start : start + 4 * _AT_ONCE]
        yield from zip(some, hands.map(lambda entry: storage.read(entry.path), some), strict=True)


@dataclass(frozen=True, slots=True)
class _Put:
    """What was put: ``known`` by path with SHA-256, files that somebody else changed there, what failed."""

    known: Mapping[str, str]
    foreign: tuple[str, ...] = ()
    error: OutputError | None = None


def _put(storage: Storage, folder: Path, outcome: Outcome, listener: Listener) -> Outcome:
    """Put what is new in ``folder`` to ``storage``; the outcome with what came of that."""
    done = _sent(storage, folder, listener)
    notes: tuple[Message, ...] = tuple(
        say(
            "{path} sudah diubah orang lain di sana (mungkin ditandatangani), jadi dibiarkan. Yang baru ada di "
            "{here}; pindahkan atau hapus yang lama, lalu jalankan lagi.",
            path=storage.full(path),
            here=f"{FOLDER}/{folder.parent.name}/{folder.name}/{path}",
        )
        for path in done.foreign
    )
    problems = () if done.error is None else (Problem(done.error),)
    return replace(outcome, notes=(*outcome.notes, *notes), problems=(*outcome.problems, *problems))


def _sent(storage: Storage, folder: Path, listener: Listener) -> _Put:
    known = _known(storage)
    found = {path: hashlib.sha256((folder / path).read_bytes()).hexdigest() for path in _files(folder)}
    changed = [path for path in found if known.get(path) != found[path]]
    listener.started(len(changed), say("Menaruh keluaran"))
    foreign = []
    error = None
    try:
        for path in changed:
            if _is_foreign(storage, path, known.get(path), found[path]):
                foreign.append(path)
            else:
                storage.put(path, folder / path)
                known[path] = found[path]
            listener.advanced(path)
        if changed:
            _note(storage, known)
    except OutputError as fault:
        error = fault
        with suppress(OutputError):  # what was put is to be known next time; the first error is the one to tell
            _note(storage, known)
    return _Put(known, tuple(foreign), error)


def _note(storage: Storage, known: Mapping[str, str]) -> None:
    text = json.dumps({"skema": 1, "berkas": known}, indent=1, sort_keys=True, ensure_ascii=False)
    storage.put(LIST, text.encode())


def _files(folder: Path) -> Iterator[str]:
    """What people see in ``folder``; the program's own records stay here."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and PRIVATE not in inside.parts:
            yield inside.as_posix()


def _is_foreign(storage: Storage, path: str, put: str | None, wanted: str) -> bool:
    """Is what is at ``path`` there neither what was put nor what is to be put?"""
    from pipeline.archive.storage import MissingError

    if path.startswith("temuan."):
        return False  # the report of the last run, whoever ran it
    try:
        there = hashlib.sha256(storage.read(path)).hexdigest()
    except MissingError:
        return False
    return there not in (put, wanted)


def _known(storage: Storage) -> dict[str, str]:
    from pipeline.archive.storage import MissingError

    try:
        found = json.loads(storage.read(LIST))
        return {str(path): str(sha256) for path, sha256 in found["berkas"].items()}
    except MissingError:
        return {}
    except (ValueError, KeyError, AttributeError, TypeError):
        return {}  # a list that cannot be read: every file there is compared
