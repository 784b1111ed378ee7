"""An archive as a whole: its storage, its log, and the files at its top that are made from the log."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from pipeline.archive import calendar, index, log, manifest, readme, store
from pipeline.archive.facts import VERSION, Facts
from pipeline.archive.log import Filed, Log
from pipeline.archive.storage import PRIVATE, MissingError, Storage
from pipeline.errors import ArchiveError
from pipeline.model.message import Message, say, verbatim

TOP: Final = (readme.NAME, readme.FORMAT_NAME, log.NAME, index.NAME, calendar.NAME)
"""The files at the top of an archive."""


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive that can be added to. ``log`` is None where there is none yet.

    ``old`` are the versions of an archive of format 1, which has no log, and ``old_index`` the hash of its index.
    """

    storage: Storage
    log: Log
    exists: bool
    old: tuple[Filed, ...] = ()
    old_index: str = ""


def load(storage: Storage) -> Archive:
    """Read the log of the archive in ``storage``. Raises ArchiveError where nothing may be added to it."""
    told = readme.format_told(_found(storage, readme.FORMAT_NAME) or b"")
    if told > log.FORMAT:
        raise ArchiveError(newer(storage.told, told))
    data = _found(storage, log.NAME)
    if data is None:
        return _without_log(storage)
    read = log.parse(data)
    if read.opening.get("format", log.FORMAT) != log.FORMAT:
        raise ArchiveError(newer(storage.told, read.opening["format"]))
    if read.faults:
        raise _damaged_log(storage, read.faults[0])
    return Archive(storage, read, exists=True)


def newer(told: str, number: object) -> Message:
    """What is said of an archive of a later format."""
    return say(
        "{told} dibuat oleh tertib yang lebih baru (format {number}). Perbarui tertib di komputer ini; sebelum itu "
        "tidak ada yang ditulis ke sana.",
        told=told,
        number=number,
    )


def _damaged_log(storage: Storage, fault: log.Fault) -> ArchiveError:
    place = storage.full(log.NAME)
    where = say("{path}, baris {line}", path=place, line=fault.line) if fault.line else verbatim(place)
    return ArchiveError(
        say(
            "{where}: {message}. Arsip ini tidak dibaca dan tidak ditambah. Lihat semuanya dengan tertib verify "
            "{told}, ambil kembali berkas itu dari salinan cadangan, lalu ulangi.",
            where=where,
            message=fault.message,
            told=storage.told,
        )
    )


def _without_log(storage: Storage) -> Archive:
    """A new archive, or one of format 1: its index and its versions, proved against each other."""
    places = list(version_places(entry.path for entry in storage.entries()))
    if not places:
        return Archive(storage, Log(), exists=False)
    if storage.exists(calendar.NAME) or any(storage.exists(f"{p}/{manifest.NAME_512}") for p in places):
        raise ArchiveError(
            say(
                "{path} hilang, padahal arsip ini berisi versi. Tidak ada yang diarsipkan. Ambil kembali berkas itu "
                "dari salinan cadangan.",
                path=storage.full(log.NAME),
            )
        )
    data = _found(storage, index.NAME)
    rows = old_rows(storage, data) if data is not None else {}
    for place in sorted({*rows, *places} if data is not None else places):
        proof = rows.get(place) or _proof(storage, place)
        if not store.is_whole(place, proof, storage):
            raise ArchiveError(
                say(
                    "{place} tidak utuh, jadi arsip lama ini belum dapat dilanjutkan. Lihat semuanya dengan tertib "
                    "verify {told}, pulihkan dari salinan cadangan, lalu arsipkan lagi.",
                    place=storage.full(place),
                    told=storage.told,
                )
            )
    order = [*rows, *(place for place in places if place not in rows)]
    old = tuple(Filed(*_facts(storage, place), 0) for place in order)
    return Archive(storage, Log(), exists=False, old=old, old_index=hashlib.sha256(data or b"").hexdigest())


def old_rows(storage: Storage, data: bytes) -> dict[str, str]:
    """The rows of an index of format 1. Raises ArchiveError."""
    try:
        rows = index.old_rows(data)
    except (ValueError, UnicodeDecodeError):
        rows = None
    if rows is None:
        raise ArchiveError(
            say(
                "{path} tidak dapat dibaca. Ambil kembali dari salinan cadangan. Bila tidak ada, pindahkan berkas itu "
                "dan jalankan tertib archive: indeks disusun lagi dari isi arsip.",
                path=storage.full(index.NAME),
            )
        )
    return rows


def _proof(storage: Storage, place: str) -> str:
    try:
        return manifest.file_hashes(storage, f"{place}/{manifest.NAME}").sha256
    except ArchiveError:
        return ""


def _facts(storage: Storage, place: str) -> tuple[Facts, Any]:
    try:
        return store.facts_in(place, storage)
    except ValueError as error:
        raise ArchiveError(
            say("{path} tidak dapat dibaca. Ambil kembali folder ini dari salinan cadangan.", path=storage.full(place))
        ) from error


def version_places(paths: Iterator[str]) -> Iterator[str]:
    """The version folders ("sop/NAME/v001") in which files lie, in order and once each."""
    seen: dict[str, None] = {}
    for path in paths:
        parts = path.split("/")
        if len(parts) > 3 and parts[0] != PRIVATE and VERSION.fullmatch(parts[2]):
            seen["/".join(parts[:3])] = None
    yield from sorted(seen)


def begun(archive: Archive, day: dt.date, settings: Mapping[str, Any]) -> tuple[Archive, tuple[Message, ...]]:
    """The archive with a log that says what ``settings`` say: opened, or taken over. Writes the log if it changed."""
    made = archive.log
    notes: list[Message] = []
    if not archive.exists:
        text = {"baca_saya": hashlib.sha256(readme.render()).hexdigest()}
        made = made.opened(day, **(text | {"indeks_lama": archive.old_index} if archive.old else text))
        made = made.told(day, settings)
        for one in archive.old:
            made = made.with_version(day, one.facts, one.manifests)
        if archive.old:
            notes.append(
                say(
                    "{told}: arsip lama dilanjutkan; {n} versi diperiksa utuh dan dicatat di {log}.",
                    told=archive.storage.told,
                    n=len(archive.old),
                    log=log.NAME,
                )
            )
    elif settings and settings != made.settings:
        made = made.told(day, settings)
        notes.append(say("{told}: keterangan arsip di indeks diperbarui.", told=archive.storage.told))
    if made == archive.log:
        return archive, ()
    archive.storage.put(log.NAME, log.render(made))
    return replace(archive, log=made, exists=True, old=()), tuple(notes)


def top_files(made: Log) -> dict[str, bytes]:
    """The files at the top of an archive with this log, except the log; the index comes last."""
    return {
        readme.FORMAT_NAME: readme.render_format(),
        readme.NAME: readme.render(),
        calendar.NAME: calendar.render(made),
        index.NAME: index.render(made),
    }


def prove_top(archive: Archive) -> None:
    """Is what stands at the top made by this program from this log (or an earlier state of it)? Raises ArchiveError."""
    for name, data in top_files(archive.log).items():
        found = _found(archive.storage, name)
        if found is not None and found != data and not is_earlier(name, found, archive.log):
            raise ArchiveError(
                say(
                    "{path} diubah di luar program. Tidak ada yang diarsipkan. Pindahkan berkas itu ke luar arsip "
                    "(isinya mungkin masih diperlukan), lalu jalankan tertib archive lagi: berkas itu disusun lagi.",
                    path=archive.storage.full(name),
                )
            )


def is_earlier(name: str, found: bytes, made: Log) -> bool:
    """Is a file at the top as an earlier state of the log made it: left by a run that did not come to its end?"""
    if name == readme.NAME:
        return hashlib.sha256(found).hexdigest() == made.opening.get("baca_saya")
    if name == calendar.NAME:
        length = calendar.length_told(found)
        return 0 < length < len(made.events) and found == calendar.render(made.before(length))
    if name != index.NAME:
        return False
    if hashlib.sha256(found).hexdigest() == made.opening.get("indeks_lama"):
        return True
    rows = index.rows_in(found)
    if not 0 <= rows <= len(made.filed):
        return False
    ends = [0, *(one.event for one in made.filed), len(made.events) + 1]
    states = [length for length in range(max(ends[rows], 1), ends[rows + 1]) if _settles(made, length)]
    return any(found == index.render(made.before(length)) for length in states)


def _settles(made: Log, length: int) -> bool:
    """Only these lines can change the index."""
    return made.events[length - 1].kind in (log.SETTINGS, log.FILED)


def finish(archive: Archive) -> tuple[str, ...]:
    """Write what is made from the log where it differs; names of what was missing. Raises OutputError."""
    missing = []
    for name, data in top_files(archive.log).items():
        found = _found(archive.storage, name)
        if found == data or (found is not None and name == readme.NAME):
            continue
        if found is None and archive.log.filed:
            missing.append(name)
        archive.storage.put(name, data)
    return tuple(missing)


def _found(storage: Storage, name: str) -> bytes | None:
    try:
        return storage.read(name)
    except MissingError:
        return None
