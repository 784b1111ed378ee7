"""Proves one version: its manifests against the log, every file against both manifests, and that PDFs open."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping

from pipeline.archive import manifest
from pipeline.archive.facts import INFO, written
from pipeline.archive.faults import CHANGED, EXTRA, MISSING, SAY, UNCHECKED, UNREADABLE, fault
from pipeline.archive.litter import is_litter
from pipeline.archive.log import Filed
from pipeline.archive.storage import Entry, MissingError, Storage
from pipeline.errors import ArchiveError
from pipeline.model.finding import Finding

_LARGEST_PDF = 256 << 20
"""A larger one that is not a local file is not opened: its hashes have to do."""


def prove_version(
    storage: Storage, place: str, entries: Mapping[str, Entry], filed: Filed | None, *, contents: bool = True
) -> tuple[list[Finding], int]:
    """What is wrong with the version in ``place`` and how many files were read.

    ``entries`` is what lies in it, ``filed`` what the log knows of it (None: nothing). Without ``contents`` only the
    manifests are read, and whether what they name is there.
    """
    if not entries:
        return [fault(MISSING, storage.full(place), SAY.NO_FOLDER)], 0
    prefix = f"{place}/" if place else ""
    findings: list[Finding] = []
    told = dict(_manifests(storage, prefix, entries, filed, findings))
    names = sorted({name for hashes in told.values() for name in hashes})
    if len({frozenset(hashes) for hashes in told.values()}) > 1:
        findings.append(fault(CHANGED, storage.full(f"{prefix}{manifest.NAME_512}"), SAY.MANIFESTS))
    for name in names:
        promised = {which: hashes[name] for which, hashes in told.items() if name in hashes}
        findings += _file(storage, f"{prefix}{name}", entries.get(f"{prefix}{name}"), promised, contents)
    if told:
        known = {f"{prefix}{name}" for name in (*names, *manifest.NAMES)}
        extra = [path for path in entries if path not in known and not is_litter(path.rpartition("/")[2])]
        findings += [fault(EXTRA, storage.full(path), SAY.EXTRA, SAY.REMOVE) for path in extra]
    if contents and filed is not None and filed.manifests.sha512 and not findings:
        findings += _info(storage, f"{prefix}{INFO}", filed)
    return findings, len(names)


def _manifests(
    storage: Storage, prefix: str, entries: Mapping[str, Entry], filed: Filed | None, findings: list[Finding]
) -> Iterator[tuple[str, dict[str, str]]]:
    """What each manifest that can be read promises; findings on those that are not as they should be."""
    for name in manifest.NAMES:
        path = f"{prefix}{name}"
        proof = _proof(filed, name)
        # An archive of an older program has no SHA-512; a version that no log knows shows by itself whether it has.
        if name == manifest.NAME_512 and not proof and (filed is not None or path not in entries):
            if path in entries:
                findings.append(fault(EXTRA, storage.full(path), SAY.EXTRA, SAY.REMOVE))
            continue
        if path in entries and not entries[path].plain:
            findings.append(fault(UNREADABLE, storage.full(path), SAY.NO_FILE))
            continue
        try:
            data = storage.read(path)
        except MissingError:
            findings.append(fault(MISSING, storage.full(path), SAY.GONE))
            continue
        except ArchiveError as error:
            findings.append(fault(UNREADABLE, storage.full(path), error.message))
            continue
        if proof and manifest.which(manifest.hashes_of(data), name) != proof:
            findings.append(fault(CHANGED, storage.full(path), SAY.MANIFEST))
        try:
            yield name, manifest.parse(data, storage.full(path), manifest.digits(name))
        except ArchiveError as error:
            findings.append(fault(UNREADABLE, storage.full(path), error.message))


def _proof(filed: Filed | None, name: str) -> str:
    return manifest.which(filed.manifests, name) if filed is not None else ""


def _file(
    storage: Storage, path: str, entry: Entry | None, promised: Mapping[str, str], contents: bool
) -> Iterator[Finding]:
    place = storage.full(path)
    if entry is None:
        yield fault(MISSING, place, SAY.GONE)
        return
    if not entry.plain:
        yield fault(UNREADABLE, place, SAY.NO_FILE)
        return
    if not contents:
        return
    try:
        found = manifest.file_hashes(storage, path)
    except MissingError:
        yield fault(MISSING, place, SAY.GONE)
        return
    except ArchiveError as error:
        yield fault(UNREADABLE, place, error.message)
        return
    if any(manifest.which(found, which) != proof for which, proof in promised.items()):
        yield fault(CHANGED, place, SAY.FILE_CHANGED)
    elif path.lower().endswith(".pdf"):
        yield from _pdf(storage, path, entry)


def _pdf(storage: Storage, path: str, entry: Entry) -> Iterator[Finding]:
    """A PDF whose bytes are right must open, too: what cannot be read is no archive."""
    import pikepdf

    if storage.local is None and entry.size > _LARGEST_PDF:
        return
    place = storage.full(path)
    try:
        with pikepdf.open(storage.local / path if storage.local else io.BytesIO(storage.read(path))) as pdf:
            if not len(pdf.pages):
                yield fault(UNREADABLE, place, SAY.NO_PDF)
    except pikepdf.PasswordError:
        yield fault(UNCHECKED, place, SAY.LOCKED, SAY.LOCKED_HELP)
    except (pikepdf.PdfError, OSError, RuntimeError):
        yield fault(UNREADABLE, place, SAY.NO_PDF)


def _info(storage: Storage, path: str, filed: Filed) -> Iterator[Finding]:
    try:
        same = json.loads(storage.read(path)) == written(filed.facts)
    except (ArchiveError, ValueError, RecursionError):
        same = False
    if not same:
        yield fault(CHANGED, storage.full(path), SAY.INFO)
