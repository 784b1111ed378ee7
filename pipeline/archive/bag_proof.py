"""Proves a bag (BagIt, RFC 8493) of whatever program: every byte of its payload, and what its tag files tell."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pipeline.archive import manifest
from pipeline.archive.desk import version_places
from pipeline.archive.faults import CHANGED, EXTRA, MISSING, SAY, UNCHECKED, UNREADABLE, Verified, fault
from pipeline.archive.litter import is_litter
from pipeline.archive.storage import Entry, LocalStorage, Storage, unreadable
from pipeline.errors import ArchiveError
from pipeline.model.finding import Finding
from pipeline.model.message import say

DECLARED: Final = "bagit.txt"
INFO: Final = "bag-info.txt"
PAYLOAD: Final = "data/"
TAGGED: Final = tuple(f"tag{name}" for name in manifest.NAMES)
_OURS: Final = re.compile(rb"^Bag-Software-Agent: tertib ", re.MULTILINE)
_OXUM: Final = re.compile(rb"^Payload-Oxum:[ \t]*(\d+)\.(\d+)[ \t]*\r?$", re.MULTILINE)
_DECLARATION: Final = re.compile(rb"BagIt-Version: (\d+)\.\d+\r?\nTag-File-Character-Encoding: ([^\r\n]+)\r?\n?")
_MANIFEST: Final = re.compile(r"(tag)?manifest-([a-z0-9]+)\.txt")
_LINE: Final = re.compile(r"([0-9a-fA-F]+)[ \t]+\*?(.+)")
_KNOWN: Final = frozenset({"md5", "sha1", "sha224", "sha256", "sha384", "sha512"})
_CHUNK: Final = 1 << 20

_NO_DECLARATION: Final = say("Ini bukan pernyataan paket BagIt.")
_OTHER: Final = say("Paket ini memakai BagIt versi lain, sandi huruf lain, atau sidik jenis lain.")
_OTHER_HELP: Final = say("Periksa dengan program BagIt lain, misalnya bagit.py.")
_BAD_LINE: Final = say("Ini bukan baris manifes.")
_UNEQUAL: Final = say("Manifes ini tidak menyebut semua berkas di data.")
_OXUM_CHANGED: Final = say("Jumlah atau ukuran berkas di data lain dari Payload-Oxum.")


def is_bag(folder: Path) -> bool:
    """Is ``folder`` a bag, be it a damaged one?"""
    return (folder / DECLARED).is_file() and (folder / PAYLOAD).is_dir()


def decoded(path: str) -> str:
    """A path as it stands in a manifest without the numbers that stand for three signs (RFC 8493, 2.1.3)."""
    return re.sub("%(25|0A|0D)", lambda found: chr(int(found[1], 16)), path, flags=re.IGNORECASE)


def prove(bag: Path, told: str) -> Verified:
    """Prove the bag in the folder ``bag``. Raises nothing for what is in it."""
    storage = LocalStorage(bag, None, told)
    try:
        entries = {entry.path: entry for entry in storage.entries()}
    except ArchiveError as error:
        return Verified((fault(UNREADABLE, told, error.message, SAY.EXPORT_AGAIN),), 0, 0, form="BagIt")
    made = _read(storage, entries)
    findings = [*made.findings, *_files(made), *_strangers(made), *_oxum(made)]
    versions = len(list(version_places(path.removeprefix(PAYLOAD) for path in entries if path.startswith(PAYLOAD))))
    return Verified(tuple(findings), versions, len(made.promised), form="BagIt")


@dataclass(slots=True)
class _Bag:
    """A bag as it is read: what each manifest promises, the information, and what is wrong with these."""

    storage: Storage
    entries: Mapping[str, Entry]
    manifests: dict[str, dict[str, str]] = field(default_factory=dict)
    info: bytes = b""
    findings: list[Finding] = field(default_factory=list)

    @property
    def promised(self) -> dict[str, dict[str, str]]:
        """Hashes by their kind of every file that a manifest names."""
        found: dict[str, dict[str, str]] = {}
        for name, hashes in self.manifests.items():
            for path, proof in hashes.items():
                found.setdefault(path, {})[_algorithm(name)] = proof
        return found

    @property
    def ours(self) -> bool:
        """Did this program make it? Then all manifests are there, and they name every file."""
        return bool(_OURS.search(self.info))

    def data(self, name: str) -> bytes:
        """A file that tells of the payload; b"" where it is not there or cannot be read, which is told."""
        if name not in self.entries:
            return b""
        try:
            return self.storage.read(name)
        except ArchiveError as error:
            self.findings.append(fault(UNREADABLE, self.storage.full(name), error.message, SAY.EXPORT_AGAIN))
            return b""


def _read(storage: Storage, entries: Mapping[str, Entry]) -> _Bag:
    made = _Bag(storage, entries)
    made.findings += _declaration(made)
    made.info = made.data(INFO)
    unknown = []
    for name in sorted(entries):
        match = _MANIFEST.fullmatch(name)
        if match is None:
            continue
        if match[2] in _KNOWN:
            made.manifests[name] = dict(_lines(made, name))
        else:
            unknown.append(name)
    expected = (*manifest.NAMES, *TAGGED) if made.ours else ()
    if not any(_is_payload(name) for name in (*made.manifests, *unknown)):
        expected = expected or (manifest.NAME,)
    lost = [name for name in expected if name not in made.manifests]
    made.findings += [fault(MISSING, storage.full(name), SAY.GONE, SAY.EXPORT_AGAIN) for name in lost]
    if unknown and not any(_is_payload(name) for name in made.manifests):
        made.findings.append(fault(UNCHECKED, storage.full(unknown[0]), _OTHER, _OTHER_HELP))
    return made


def _declaration(made: _Bag) -> Iterator[Finding]:
    place = made.storage.full(DECLARED)
    match = _DECLARATION.fullmatch(made.data(DECLARED))
    if match is None:
        yield fault(UNREADABLE, place, _NO_DECLARATION, SAY.EXPORT_AGAIN)
    elif int(match[1]) > 1 or match[2].upper() != b"UTF-8":
        yield fault(UNCHECKED, place, _OTHER, _OTHER_HELP)


def _lines(made: _Bag, name: str) -> Iterator[tuple[str, str]]:
    """Path and hash in each line of a manifest."""
    for number, line in enumerate(made.data(name).decode(errors="replace").split("\n"), start=1):
        match = _LINE.fullmatch(line.removesuffix("\r"))
        if match is not None:
            yield decoded(match[2]).removeprefix("./"), match[1].lower()
        elif line.strip():
            place = made.storage.full(name)
            made.findings.append(fault(UNREADABLE, place, _BAD_LINE, SAY.EXPORT_AGAIN, line=number))


def _is_payload(name: str) -> bool:
    return not name.startswith("tag")


def _algorithm(name: str) -> str:
    match = _MANIFEST.fullmatch(name)
    return match[2] if match else ""


def _files(made: _Bag) -> Iterator[Finding]:
    """Every file that a manifest names."""
    for path, proofs in sorted(made.promised.items()):
        place = made.storage.full(path)
        entry = made.entries.get(path)
        if entry is None:
            yield fault(MISSING, place, SAY.NOT_IN_EXPORT, SAY.EXPORT_AGAIN)
        elif not entry.plain:
            yield fault(UNREADABLE, place, SAY.NO_FILE, SAY.EXPORT_AGAIN)
        else:
            try:
                same = hashes_of(made.storage, path, proofs) == proofs
            except ArchiveError as error:
                yield fault(UNREADABLE, place, error.message, SAY.EXPORT_AGAIN)
                continue
            if not same:
                yield fault(CHANGED, place, SAY.EXPORT_CHANGED, SAY.EXPORT_AGAIN)


def hashes_of(storage: Storage, path: str, kinds: Collection[str]) -> dict[str, str]:
    """The hashes of a file of these kinds ("sha256"), read once. Raises ArchiveError."""
    made = {kind: hashlib.new(kind, usedforsecurity=False) for kind in kinds}
    with storage.open(path) as file:
        try:
            while piece := file.read(_CHUNK):
                for one in made.values():
                    one.update(piece)
        except OSError as error:
            raise unreadable(storage.full(path), error) from error
    return {kind: one.hexdigest() for kind, one in made.items()}


def _strangers(made: _Bag) -> Iterator[Finding]:
    """Files that no manifest names, and manifests that do not name all of the payload."""
    payload = {path for path in made.entries if path.startswith(PAYLOAD)}
    named = {path for name, hashes in made.manifests.items() if _is_payload(name) for path in hashes}
    extra = sorted(payload - named) if named else []
    if made.ours:
        tags = {path for path in made.entries if path not in payload and path not in TAGGED}
        extra += sorted(path for path in tags - set(made.promised) if not is_litter(path.rpartition("/")[2]))
    yield from (fault(EXTRA, made.storage.full(path), SAY.EXTRA, SAY.REMOVE_FROM_EXPORT) for path in extra)
    for name, hashes in made.manifests.items():
        if _is_payload(name) and named - hashes.keys():
            yield fault(CHANGED, made.storage.full(name), _UNEQUAL, SAY.EXPORT_AGAIN)


def _oxum(made: _Bag) -> Iterator[Finding]:
    match = _OXUM.search(made.info)
    sizes = [entry.size for path, entry in made.entries.items() if path.startswith(PAYLOAD)]
    if match is not None and (int(match[1]), int(match[2])) != (sum(sizes), len(sizes)):
        yield fault(CHANGED, made.storage.full(INFO), _OXUM_CHANGED, SAY.EXPORT_AGAIN)
