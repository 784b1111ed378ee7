"""Proves an OCFL storage root (1.0, 1.1): every inventory, and every byte that one names."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pipeline.archive.bag_proof import hashes_of
from pipeline.archive.faults import CHANGED, EXTRA, MISSING, SAY, UNCHECKED, UNREADABLE, Verified, fault
from pipeline.archive.storage import Entry, LocalStorage, Storage
from pipeline.errors import ArchiveError
from pipeline.model.finding import Finding
from pipeline.model.message import say

_ROOT: Final = re.compile(r"0=(ocfl_1\.[01])")
_OBJECT: Final = re.compile(r"0=(ocfl_object_1\.[01])")
_INVENTORY: Final = "inventory.json"
_DIGESTS: Final = frozenset({"sha512", "sha256"})
_FIXITY: Final = frozenset({"md5", "sha1", "sha256", "sha512"})
_OWN: Final = ("extensions/", "logs/")
"""Folders of an object and of a root whose content the specification leaves open."""

_DECLARATION: Final = say("Pernyataan OCFL ini berubah.")
_BAD_INVENTORY: Final = say("Daftar isi objek ini tidak dapat dibaca.")
_OTHER_DIGEST: Final = say("Objek ini memakai sidik jenis lain, jadi tidak dapat diperiksa di sini.")
_OTHER_HELP: Final = say("Periksa dengan program OCFL lain, misalnya ocfl-validate.")
_DIFFERENT: Final = say("Daftar isi versi ini lain dari daftar isi objeknya.")
_NO_OBJECT: Final = say("Di folder ini tidak ada objek OCFL.")
_STRANGE: Final = say("Berkas ini bukan bagian dari objek OCFL.")


def is_root(folder: Path) -> bool:
    """Is ``folder`` a storage root of OCFL?"""
    return any((folder / name).is_file() for name in ("0=ocfl_1.1", "0=ocfl_1.0"))


def prove(root: Path, told: str) -> Verified:
    """Prove the storage root in the folder ``root``. Raises nothing for what is in it."""
    storage = LocalStorage(root, None, told)
    try:
        entries = {entry.path: entry for entry in storage.entries()}
    except ArchiveError as error:
        return Verified((fault(UNREADABLE, told, error.message, SAY.EXPORT_AGAIN),), 0, 0, form="OCFL")
    findings = list(_declared(storage, "", entries, _ROOT))
    places = [path.rpartition("/")[0] for path in entries if _OBJECT.fullmatch(path.rpartition("/")[2])]
    objects: dict[str, dict[str, Entry]] = {place: {} for place in places if place}
    for path, entry in entries.items():
        place = _holder(path, objects)
        if place:
            objects[place][path.removeprefix(f"{place}/")] = entry
        elif "/" in path and not path.startswith(_OWN):
            findings.append(fault(EXTRA, storage.full(path), _STRANGE, SAY.REMOVE_FROM_EXPORT))
    if not objects:
        findings.append(fault(MISSING, told, _NO_OBJECT, SAY.EXPORT_AGAIN))
    versions = files = 0
    for place, inside in objects.items():
        proved = _object(storage, place, inside)
        findings += proved.findings
        versions += proved.versions
        files += proved.files
    findings += [fault(EXTRA, storage.full(path), SAY.EMPTY_FOLDER, _REMOVE_FOLDER) for path in storage.empty_folders()]
    return Verified(tuple(findings), versions, files, form="OCFL")


_REMOVE_FOLDER: Final = say("Hapus folder itu; isi ekspor tidak boleh ditambah.")


def _holder(path: str, objects: Mapping[str, object]) -> str:
    """The object that a file lies in; "" for none."""
    parts = path.split("/")
    return next((place for n in range(1, len(parts)) if (place := "/".join(parts[:n])) in objects), "")


def _declared(storage: Storage, place: str, entries: Mapping[str, Entry], form: re.Pattern[str]) -> Iterator[Finding]:
    """Does the file that says what this is hold what its name says?"""
    for name, match in ((name, form.fullmatch(name)) for name in entries):
        if match is None:
            continue
        path = f"{place}/{name}" if place else name
        try:
            same = storage.read(path) == f"{match[1]}\n".encode()
        except ArchiveError as error:
            yield fault(UNREADABLE, storage.full(path), error.message, SAY.EXPORT_AGAIN)
            continue
        if not same:
            yield fault(CHANGED, storage.full(path), _DECLARATION, SAY.EXPORT_AGAIN)


@dataclass(frozen=True, slots=True)
class _Inventory:
    """An inventory as read: hash of every content by its path, further hashes, and what each version says.

    ``ours``: this program made the object.
    """

    ours: bool
    kind: str
    head: str
    contents: Mapping[str, str]
    fixity: Mapping[str, Mapping[str, str]]
    versions: Mapping[str, Any]
    data: bytes


def _object(storage: Storage, place: str, inside: Mapping[str, Entry]) -> Verified:
    findings = list(_declared(storage, place, inside, _OBJECT))
    top = _inventory(storage, place, "", inside, findings)
    if top is None:
        return Verified(tuple(findings), 0, 0)
    for number in range(1, len(top.versions) + 1):
        findings += _version(storage, place, f"v{number}", inside, top)
    for path, proof in top.contents.items():
        proofs = {top.kind: proof, **top.fixity.get(path, {})}
        findings += _file(storage, f"{place}/{path}", inside.get(path), proofs)
    known = {*top.contents, *_tellers(top)}
    extra = [path for path in inside if path not in known and not _OBJECT.fullmatch(path) and not path.startswith(_OWN)]
    full = [storage.full(f"{place}/{path}") for path in extra]
    findings += [fault(EXTRA, path, _STRANGE, SAY.REMOVE_FROM_EXPORT) for path in full]
    return Verified(tuple(findings), len(top.versions), len(top.contents))


def _tellers(top: _Inventory) -> Iterator[str]:
    """The inventories of an object and their hashes, by name."""
    for folder in ("", *(f"{version}/" for version in top.versions)):
        yield f"{folder}{_INVENTORY}"
        yield f"{folder}{_INVENTORY}.{top.kind}"


def _inventory(
    storage: Storage, place: str, folder: str, inside: Mapping[str, Entry], findings: list[Finding]
) -> _Inventory | None:
    """The inventory in ``folder`` of an object; None where it cannot be used, which is among the ``findings``."""
    name = f"{folder}{_INVENTORY}"
    path = f"{place}/{name}"
    if name not in inside:
        findings.append(fault(MISSING, storage.full(path), SAY.NOT_IN_EXPORT, SAY.EXPORT_AGAIN))
        return None
    try:
        made = _parsed(storage.read(path))
    except ArchiveError as error:
        findings.append(fault(UNREADABLE, storage.full(path), error.message, SAY.EXPORT_AGAIN))
        return None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        findings.append(fault(UNREADABLE, storage.full(path), _BAD_INVENTORY, SAY.EXPORT_AGAIN))
        return None
    if made.kind not in _DIGESTS:
        findings.append(fault(UNCHECKED, storage.full(path), _OTHER_DIGEST, _OTHER_HELP))
        return None
    findings += _sidecar(storage, place, f"{name}.{made.kind}", inside, made)
    return made


def _parsed(data: bytes) -> _Inventory:
    """Raises ValueError, KeyError, TypeError, AttributeError, RecursionError for what is no inventory."""
    told = json.loads(data)
    contents = {str(path): str(proof).lower() for proof, paths in told["manifest"].items() for path in paths}
    fixity: dict[str, dict[str, str]] = {}
    for kind, hashes in (told.get("fixity") or {}).items():
        for proof, paths in hashes.items() if kind in _FIXITY else ():
            for path in paths:
                fixity.setdefault(str(path), {})[kind] = str(proof).lower()
    stated = {proof.lower() for version in told["versions"].values() for proof in version["state"]}
    names = [f"v{number}" for number in range(1, len(told["versions"]) + 1)]
    whole = sorted(told["versions"]) == sorted(names) and names and told["head"] == names[-1]
    if not whole or not stated <= set(contents.values()) or not fixity.keys() <= contents.keys():
        raise ValueError(told["head"])
    ours = str(told["id"]).startswith("urn:x-tertib:")
    return _Inventory(ours, str(told["digestAlgorithm"]), names[-1], contents, fixity, told["versions"], data)


def _sidecar(
    storage: Storage, place: str, name: str, inside: Mapping[str, Entry], made: _Inventory
) -> Iterator[Finding]:
    full = storage.full(f"{place}/{name}")
    if name not in inside:
        yield fault(MISSING, full, SAY.NOT_IN_EXPORT, SAY.EXPORT_AGAIN)
        return
    try:
        words = storage.read(f"{place}/{name}").decode(errors="replace").split()
    except ArchiveError as error:
        yield fault(UNREADABLE, full, error.message, SAY.EXPORT_AGAIN)
        return
    if words != [hashlib.new(made.kind, made.data).hexdigest(), _INVENTORY]:
        yield fault(CHANGED, full.removesuffix(f".{made.kind}"), SAY.EXPORT_CHANGED, SAY.EXPORT_AGAIN)


def _version(storage: Storage, place: str, version: str, inside: Mapping[str, Entry], top: _Inventory) -> list[Finding]:
    """Does the inventory that a version was made with say the same of it and of those before?"""
    findings: list[Finding] = []
    if not top.ours and f"{version}/{_INVENTORY}" not in inside:
        return findings  # the specification only recommends it
    made = _inventory(storage, place, f"{version}/", inside, findings)
    if made is None:
        return findings
    same = made.head == version and made.kind == top.kind and made.contents.items() <= top.contents.items()
    same = same and all(top.versions.get(name) == told for name, told in made.versions.items())
    if not same or (version == top.head and made.data != top.data):
        full = storage.full(f"{place}/{version}/{_INVENTORY}")
        findings.append(fault(CHANGED, full, _DIFFERENT, SAY.EXPORT_AGAIN))
    return findings


def _file(storage: Storage, path: str, entry: Entry | None, proofs: Mapping[str, str]) -> Iterator[Finding]:
    place = storage.full(path)
    if entry is None:
        yield fault(MISSING, place, SAY.NOT_IN_EXPORT, SAY.EXPORT_AGAIN)
        return
    if not entry.plain:
        yield fault(UNREADABLE, place, SAY.NO_FILE, SAY.EXPORT_AGAIN)
        return
    try:
        same = hashes_of(storage, path, proofs) == proofs
    except ArchiveError as error:
        yield fault(UNREADABLE, place, error.message, SAY.EXPORT_AGAIN)
        return
    if not same:
        yield fault(CHANGED, place, SAY.EXPORT_CHANGED, SAY.EXPORT_AGAIN)
