"""Proves an archive: what is missing, changed, extra, unreadable, or cannot be checked; every byte of every file."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from pipeline.archive import bag_proof, calendar, desk, index, log, manifest, ocfl_proof, readme
from pipeline.archive.desk import is_earlier, version_places
from pipeline.archive.facts import INFO, VERSION, Facts, from_written
from pipeline.archive.faults import (
    CHANGED,
    EXTRA,
    MISSING,
    SAY,
    UNCHECKED,
    UNREADABLE,
    Verified,
    empty_folder,
    fault,
    unfinished,
)
from pipeline.archive.litter import is_litter
from pipeline.archive.log import Filed, Log
from pipeline.archive.storage import PRIVATE, Entry, LocalStorage, MissingError, Storage
from pipeline.archive.version import prove_version
from pipeline.errors import ArchiveError
from pipeline.model.finding import Finding, Severity
from pipeline.model.message import say

_WORKERS = 2


def find_archives(path: Path) -> tuple[Path, ...]:
    """Archives, single versions and exports at, above or below ``path``: what ``verify`` can be given, sorted."""
    above = next((folder for folder in (path, *path.parents) if is_export(folder)), None)
    if above is not None:
        return (above,)
    for folder in (path, *path.parents):
        if is_archive(folder) or (folder / manifest.NAME).is_file():
            return (folder,)
        if folder.name == "arsip":
            break
    if path.is_file():
        return ()
    # A version whose manifest is gone shows only by its folder's name, so whole archives come before versions.
    archives = [folder for folder in _folders(path) if is_export(folder) or is_archive(folder)]
    # What an export holds looks like an archive and may be a part of one only.
    archives = [folder for folder in archives if not any(is_export(one) for one in folder.parents)]
    loose = [f for f in _folders(path) if (f / manifest.NAME).is_file() and not {f, *f.parents} & {*archives}]
    return tuple(sorted([*archives, *loose]))


def verify(folder: Path, told: str) -> Verified:
    """Prove the archive, version or export ``folder``, told as ``told`` in findings. Raises nothing for its content."""
    if ocfl_proof.is_root(folder):
        return _with_checks(ocfl_proof.prove(folder, told), _facts_below(folder))
    if bag_proof.is_bag(folder):
        return _with_checks(bag_proof.prove(folder, told), _facts_below(folder))
    storage = LocalStorage(folder, None, told)
    if (folder / manifest.NAME).is_file() and not is_archive(folder):
        entries = {entry.path: entry for entry in storage.entries()}
        findings, files = prove_version(storage, "", entries, None)
        findings += _hollow(storage, findings)
        return _with_checks(Verified(tuple(findings), 1, files), _facts_below(folder))
    return verify_storage(storage)


def _with_checks(proved: Verified, versions: Iterable[Facts]) -> Verified:
    """``proved`` with the checks that were not made of what is in ``versions``."""
    unproved = [facts.unchecked for facts in versions if facts.unchecked]
    names = dict.fromkeys(name for one in unproved for name in one)
    return replace(proved, unchecked=tuple(names), unproved=len(unproved))


def _facts_below(folder: Path) -> Iterator[Facts]:
    """What is told of the versions in a folder that has no log; what cannot be read is a fault told elsewhere."""
    for path in sorted(folder.rglob(INFO)):
        try:
            yield from_written(json.loads(path.read_bytes()))
        except (OSError, ValueError):
            continue


def verify_storage(storage: Storage) -> Verified:
    """Prove the archive in ``storage``. Raises OutputError when it cannot be reached, nothing for what is in it."""
    try:
        entries = {entry.path: entry for entry in storage.entries()}
    except ArchiveError as error:
        return Verified((fault(UNREADABLE, storage.told, error.message),), 0, 0)
    told = _format(storage)
    if told > log.FORMAT:
        return _newer(storage, told)
    if log.NAME not in entries:
        return _without_log(storage, entries)
    return _with_log(storage, entries)


def _newer(storage: Storage, number: object) -> Verified:
    told = desk.newer(storage.told, number)
    return Verified((fault(UNCHECKED, storage.told, told, SAY.UPDATE),), 0, 0, newer=True)


def version_faults(storage: Storage, filed: Filed) -> tuple[Finding, ...]:
    """What is wrong with a version that is in the log."""
    entries = {entry.path: entry for entry in storage.entries(filed.place)}
    return tuple(prove_version(storage, filed.place, entries, filed)[0])


def glance(storage: Storage, made: Log) -> Iterator[Finding]:
    """What a quick look finds wrong with the versions: all that is seen without reading the documents themselves."""
    try:
        entries = {entry.path: entry for entry in storage.entries()}
    except ArchiveError as error:
        yield fault(UNREADABLE, storage.told, error.message)
        return
    present = list(version_places(iter(entries)))
    inside = _inside(entries, [filed.place for filed in made.filed])
    for filed in made.filed:
        yield from prove_version(storage, filed.place, inside[filed.place], filed, contents=False)[0]
    for place in sorted({*present} - {*inside} - {*made.pending}):
        yield fault(EXTRA, storage.full(place), SAY.NOT_LISTED, SAY.NOT_LISTED_HELP)
    yield from (found for found in _stray(storage, entries, present) if found.severity is Severity.ERROR)


def _with_log(storage: Storage, entries: dict[str, Entry]) -> Verified:
    findings: list[Finding] = []
    try:
        made = log.parse(storage.read(log.NAME))
        told = storage.full(log.NAME)
        findings += [fault(CHANGED, told, say("{what}.", what=one.message), line=one.line) for one in made.faults]
    except ArchiveError as error:
        made = Log(faults=(log.Fault(0, error.message),))
        findings.append(fault(UNREADABLE, storage.full(log.NAME), error.message))
    if not made.faults and made.opening.get("format", log.FORMAT) != log.FORMAT:
        return _newer(storage, made.opening["format"])
    listed = {filed.place: filed for filed in made.filed}
    present = list(version_places(iter(entries)))
    proved = _versions(storage, entries, [(place, listed.get(place)) for place in sorted({*present, *listed})], made)
    for more, _ in proved:
        findings += more
    findings += _top(storage, entries, made)
    findings += _stray(storage, entries, present)
    findings += _hollow(storage, findings, present) if present else []
    whole = Verified(tuple(findings), len(present), sum(files for _, files in proved), made.last)
    return _with_checks(whole, (filed.facts for filed in made.filed))


def _versions(
    storage: Storage, entries: dict[str, Entry], versions: Sequence[tuple[str, Filed | None]], made: Log
) -> list[tuple[list[Finding], int]]:
    """The findings of every version and how many files of it were read, in the order given."""
    inside = _inside(entries, [place for place, _ in versions])
    pending = made.pending

    def prove(one: tuple[str, Filed | None]) -> tuple[list[Finding], int]:
        place, filed = one
        if filed is None and place in pending:
            return _pending(storage, place, inside[place], pending[place])
        findings, files = prove_version(storage, place, inside[place], filed)
        if filed is None and made.faults:
            findings.append(fault(UNCHECKED, storage.full(place), SAY.LOG_FIRST, SAY.LOG_FIRST_HELP))
        elif filed is None:
            findings.append(fault(EXTRA, storage.full(place), SAY.NOT_LISTED, SAY.NOT_LISTED_HELP))
        return findings, files

    if len(versions) <= _WORKERS:
        return [prove(one) for one in versions]
    with ThreadPoolExecutor(_WORKERS) as pool:
        return list(pool.map(prove, versions))


def _inside(entries: dict[str, Entry], places: Sequence[str]) -> dict[str, dict[str, Entry]]:
    """What lies in each version."""
    inside: dict[str, dict[str, Entry]] = {place: {} for place in places}
    for path, entry in entries.items():
        if path.count("/") > 2:  # a link in the place of a version is no folder
            inside.get("/".join(path.split("/")[:3]), {})[path] = entry
    return inside


def _pending(storage: Storage, place: str, entries: dict[str, Entry], proof: str) -> tuple[list[Finding], int]:
    """A version that was announced and is not in the log: what a run left that did not come to its end."""
    path = f"{place}/{manifest.NAME}"
    if path not in entries:
        return [unfinished(storage.full(place))], 0
    try:
        same = manifest.file_hashes(storage, path).sha256 == proof
    except ArchiveError:
        same = False
    findings, files = prove_version(storage, place, entries, None)
    if not same:
        findings.append(fault(CHANGED, storage.full(path), SAY.MANIFEST))
    return [*findings, unfinished(storage.full(place))], files


def _top(storage: Storage, entries: dict[str, Entry], made: Log) -> Iterator[Finding]:
    """The files made from the log: are they what this log gives, or an earlier state of it?"""
    fresh = not made.filed or (
        made.opening.get("indeks_lama") and _hash(storage, index.NAME) == made.opening["indeks_lama"]
    )
    for name, data in desk.top_files(made).items():
        place = storage.full(name)
        try:
            found = storage.read(name)
        except MissingError:
            yield unfinished(place) if fresh else fault(MISSING, place, SAY.NO_TOP, SAY.AGAIN)
            continue
        except ArchiveError as error:
            yield fault(UNREADABLE, place, error.message)
            continue
        if not entries[name].plain:
            yield fault(UNREADABLE, place, SAY.NO_FILE)
        if found == data:
            continue
        if made.faults and name in (index.NAME, calendar.NAME):
            yield fault(UNCHECKED, place, SAY.LOG_FIRST, SAY.LOG_FIRST_HELP)
        elif is_earlier(name, found, made):
            if name != readme.NAME:
                yield unfinished(place)
        else:
            yield fault(CHANGED, place, SAY.TOP_CHANGED, SAY.TOP_HELP)


def _hash(storage: Storage, name: str) -> str:
    try:
        return manifest.file_hashes(storage, name).sha256
    except ArchiveError:
        return ""


def _format(storage: Storage) -> int:
    try:
        return readme.format_told(storage.read(readme.FORMAT_NAME))
    except ArchiveError:
        return 0


def _without_log(storage: Storage, entries: dict[str, Entry]) -> Verified:
    """An archive of format 1, which has an index and no log; or one whose log is gone."""
    present = list(version_places(iter(entries)))
    findings: list[Finding] = []
    rows: dict[str, str] = {}
    had_log = readme.FORMAT_NAME in entries or calendar.NAME in entries
    if index.NAME in entries and not had_log:
        try:
            rows = desk.old_rows(storage, storage.read(index.NAME))
        except ArchiveError as error:
            findings.append(fault(UNREADABLE, storage.full(index.NAME), error.message))
    elif present and not had_log:
        findings.append(fault(MISSING, storage.full(index.NAME), SAY.NO_TOP, SAY.AGAIN))
    if had_log and present:
        findings.append(fault(MISSING, storage.full(log.NAME), SAY.NO_LOG))
    elif present or rows:
        findings.append(fault(UNCHECKED, storage.told, SAY.OLD, SAY.OLD_HELP, warn=True))
    else:
        findings.append(unfinished(storage.told))
    files = 0
    for place in sorted({*present, *rows}):
        inside = {path: entry for path, entry in entries.items() if path.startswith(f"{place}/")}
        more, count = prove_version(storage, place, inside, None)
        findings += more
        files += count
        if place not in present:
            continue
        if place in rows and _hash(storage, f"{place}/{manifest.NAME}") not in (rows[place], ""):
            findings.append(fault(CHANGED, storage.full(f"{place}/{manifest.NAME}"), SAY.MANIFEST))
        if rows and place not in rows:
            findings.append(fault(EXTRA, storage.full(place), SAY.NOT_LISTED, SAY.NOT_LISTED_HELP))
    findings += _stray(storage, entries, present)
    findings += _hollow(storage, findings, present) if present else []
    return Verified(tuple(findings), len(present), files)


def _stray(storage: Storage, entries: dict[str, Entry], present: Sequence[str]) -> Iterator[Finding]:
    """Files that belong to no version; what is left of unfinished work is told apart."""
    places = set(present)
    for path, entry in entries.items():
        parts = path.split("/")
        if "/".join(parts[:3]) in places or path in desk.TOP or is_litter(parts[-1]):
            continue
        if parts[0] == PRIVATE:
            if entry.size:
                yield unfinished(storage.full(path))
        else:
            yield fault(EXTRA, storage.full(path), SAY.EXTRA, SAY.REMOVE)


def _hollow(storage: Storage, findings: Sequence[Finding], present: Collection[str] = ()) -> list[Finding]:
    """Empty folders in the versions ``present`` (none: everywhere) that are not empty because a file is missing."""
    lost = [found.place.file for found in findings if found.code == MISSING[0]]
    folders = [path for path in storage.empty_folders() if not present or "/".join(path.split("/")[:3]) in present]
    told = [storage.full(path) for path in folders]
    return [empty_folder(place) for place in told if not any(one.startswith(f"{place}/") for one in lost)]


def is_export(folder: Path) -> bool:
    """Is ``folder`` a bag, or a storage root of OCFL?"""
    return bag_proof.is_bag(folder) or ocfl_proof.is_root(folder)


def is_archive(folder: Path) -> bool:
    """Is ``folder`` an archive, be it a damaged one?"""
    if any((folder / name).is_file() for name in (log.NAME, index.NAME, readme.FORMAT_NAME)):
        return True
    return folder.name == "arsip" and any(_local_versions(folder))


def _local_versions(folder: Path) -> Iterator[str]:
    """Version folders below ``folder``, also empty ones."""
    for kind in _folders_in(folder):
        for name in _folders_in(kind):
            yield from (path.name for path in _folders_in(name) if VERSION.fullmatch(path.name))


def _folders_in(folder: Path) -> Iterator[Path]:
    try:
        yield from (Path(entry.path) for entry in os.scandir(folder) if entry.is_dir(follow_symlinks=False))
    except OSError:
        return


def _folders(folder: Path) -> Iterator[Path]:
    for base, _, _ in os.walk(folder):
        yield Path(base)
