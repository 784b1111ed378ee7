"""An OCFL 1.1 storage root (https://ocfl.io/1.1/spec): one object per document, one version of it per version here.

Everything in an object is made from the log and the files it names, so an object made later holds the earlier one byte
for byte, and what differs from that was changed outside.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pipeline.archive.log import Filed
from pipeline.archive.parcel import (
    Parcel,
    copy,
    files_of,
    flush,
    is_free,
    made_beside,
    place,
    unwritable,
    write,
)
from pipeline.archive.storage import Hashes, copy_hashing
from pipeline.errors import OutputError
from pipeline.model.dates import long_date
from pipeline.model.message import say

ROOT: Final = ("0=ocfl_1.1", b"ocfl_1.1\n")
OBJECT: Final = ("0=ocfl_object_1.1", b"ocfl_object_1.1\n")
LAYOUT: Final = "0003-hash-and-id-n-tuple-storage-layout"
_TUPLES: Final = 3
_TUPLE: Final = 3
_LONGEST: Final = 100
_INVENTORY: Final = "inventory.json"
_SIDECAR: Final = "inventory.json.sha512"
_TYPE: Final = "https://ocfl.io/1.1/spec/#inventory"
_OF_VERSION: Final = re.compile(r"v(\d+)/")
_PLAIN: Final = re.compile("[A-Za-z0-9_-]")


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export did: objects that are new, that got versions, and that were there already."""

    new: tuple[str, ...] = ()
    grown: tuple[str, ...] = ()
    same: tuple[str, ...] = ()


def export(parcel: Parcel, root: Path) -> Exported:
    """Add ``parcel`` to the storage root ``root``, which is made when there is none.

    Raises ArchiveError when the archive is not what was filed, OutputError when the root cannot be written, is another
    kind of folder, or holds objects that this archive does not continue.
    """
    with made_beside(root) as made:
        if not is_free(root):
            _must_be_root(root)
            return _grow(parcel, root, made)
        write(made / ROOT[0], ROOT[1])
        for name, data in _layout_files().items():
            write(made / name, data)
        for item in parcel.items:
            _fill(parcel, item, made / object_path(parcel.identifier(item)))
        place(made, root)
    return Exported(new=parcel.items)


def object_path(identifier: str) -> str:
    """Where in a root the object is (extension 0003 with its usual settings)."""
    digest = hashlib.sha256(identifier.encode()).hexdigest()
    tuples = [digest[at : at + _TUPLE] for at in range(0, _TUPLES * _TUPLE, _TUPLE)]
    name = "".join(
        sign if _PLAIN.fullmatch(sign) else "".join(f"%{byte:02x}" for byte in sign.encode()) for sign in identifier
    )
    return "/".join([*tuples, name if len(name) <= _LONGEST else f"{name[:_LONGEST]}-{digest}"])


def _layout_files() -> dict[str, bytes]:
    told = {"description": "Hashed tuples with an object id encapsulating directory", "extension": LAYOUT}
    config = {
        "digestAlgorithm": "sha256",
        "extensionName": LAYOUT,
        "numberOfTuples": _TUPLES,
        "tupleSize": _TUPLE,
    }
    return {"ocfl_layout.json": _json(told), f"extensions/{LAYOUT}/config.json": _json(config)}


def _must_be_root(root: Path) -> None:
    """Only a root whose objects lie where this module puts them can be added to."""
    try:
        same = (root / ROOT[0]).read_bytes() == ROOT[1] and all(
            (root / name).read_bytes() == data for name, data in _layout_files().items()
        )
    except OSError:
        same = False
    if not same:
        raise OutputError(
            say(
                "{path} sudah berisi hal lain, bukan gudang OCFL 1.1 buatan tertib. Ekspor tidak menimpa apa pun; "
                "sebutkan folder lain.",
                path=root.as_posix(),
            )
        )


def _grow(parcel: Parcel, root: Path, made: Path) -> Exported:
    """Every object into a root that stands, each in one step."""
    done: dict[str, list[str]] = {"new": [], "grown": [], "same": []}
    for number, item in enumerate(parcel.items):
        path = object_path(parcel.identifier(item))
        fresh, target = made / str(number), root / path
        _fill(parcel, item, fresh)
        if is_free(target):
            place(fresh, target)
            done["new"].append(item)
        elif _continues(fresh, target, item):
            _exchange(fresh, target, made / f"{number}-lama")
            done["grown"].append(item)
        else:
            done["same"].append(item)
    return Exported(*(tuple(items) for items in done.values()))


def _continues(fresh: Path, target: Path, item: str) -> bool:
    """Has ``fresh`` versions that the object in ``target`` has not? Raises OutputError when it differs otherwise."""
    try:
        new, old = _hashes_below(fresh), _hashes_below(target)
    except OSError as error:
        raise unwritable(target, error) from error
    if new == old:
        return False
    fault = next(_strange(new, old), None)
    if fault is None:
        return True
    raise OutputError(
        say(
            "{path} ({item}): isinya bukan lanjutan arsip ini atau pernah diubah ({what}), jadi tidak ada yang ditulis "
            "di sana. Sebutkan folder lain, atau pindahkan objek itu.",
            path=target.as_posix(),
            item=item,
            what=fault,
        )
    )


def _strange(new: Mapping[str, str], old: Mapping[str, str]) -> Iterator[str]:
    """Files of the object ``old`` that are not as ``new`` had them when it had as many versions (hashes by path)."""
    head = max((_version_of(name) for name in old), default=0)
    before = {name: proof for name, proof in new.items() if _version_of(name) <= head}
    before |= {name: new.get(f"v{head}/{name}", "") for name in (_INVENTORY, _SIDECAR)}
    yield from (name for name in sorted({*before, *old}) if before.get(name) != old.get(name))


def _version_of(name: str) -> int:
    """The version that a file of an object belongs to; 0 at the top."""
    found = _OF_VERSION.match(name)
    return int(found[1]) if found else 0


def _hashes_below(folder: Path) -> dict[str, str]:
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            found[path.relative_to(folder).as_posix()] = "tautan"
        elif path.is_file():
            with path.open("rb") as file:
                found[path.relative_to(folder).as_posix()] = copy_hashing(file).sha512
    return found


def _exchange(fresh: Path, target: Path, aside: Path) -> None:
    """Put ``fresh`` in the place of ``target``. A kill in between leaves no object, which the next export makes."""
    try:
        flush(fresh)
        target.rename(aside)
        try:
            fresh.rename(target)
        except OSError:
            aside.rename(target)
            raise
    except OSError as error:
        raise unwritable(target, error) from error


def _fill(parcel: Parcel, item: str, folder: Path) -> None:
    """The whole object of ``item`` in ``folder``."""
    write(folder / OBJECT[0], OBJECT[1])
    made = _Inventory(parcel.identifier(item))
    inventory = b""
    for number, filed in enumerate(parcel.log.versions(item), start=1):
        made.begin(number, _version(parcel, filed))
        for name, known in files_of(filed, parcel.storage).items():
            if not made.refer(name, known.sha512):
                at = f"v{number}/content/{name}"
                found = copy(parcel.storage, f"{filed.place}/{name}", known, folder / at)
                if made.refer(name, found.sha512):
                    (folder / at).unlink()
                else:
                    made.add(name, at, found)
        _without_empty(folder / f"v{number}")
        inventory = made.render()
        _write_inventory(folder / f"v{number}", inventory)
    _write_inventory(folder, inventory)


def _version(parcel: Parcel, filed: Filed) -> dict[str, Any]:
    """What is said of a version; as the office was when it was filed, so that it never changes later."""
    facts, told = filed.facts, parcel.log.before(filed.event).settings
    number = f", nomor {facts.number}" if facts.number else ""
    signed = f", ditandatangani (naskah versi {facts.original})" if facts.signed else ""
    mail, site = str(told.get("surel") or ""), str(told.get("laman") or "")
    address = f"mailto:{mail}" if mail else site if site.startswith(("http://", "https://")) else parcel.identifier()
    what = f"{facts.title or facts.name}{number}, versi {facts.version}"
    return {
        "created": f"{facts.date.isoformat()}T00:00:00Z",
        "message": f"{what}, diarsipkan {long_date(facts.date)}{signed}",
        "state": {},
        "user": {"address": address, "name": str(told.get("unit") or parcel.office)},
    }


@dataclass(slots=True)
class _Inventory:
    """An inventory as it grows version by version; contents are stored once, in the first version that has them."""

    identifier: str
    contents: dict[str, str] = field(default_factory=dict)
    fixity: dict[str, str] = field(default_factory=dict)
    versions: dict[str, dict[str, Any]] = field(default_factory=dict)

    def begin(self, number: int, version: dict[str, Any]) -> None:
        """The next version."""
        self.versions[f"v{number}"] = version

    def refer(self, name: str, sha512: str) -> bool:
        """Note that the version has the file ``name`` with a content that is stored already; False when it is not."""
        if sha512 not in self.contents:
            return False
        next(reversed(self.versions.values()))["state"].setdefault(sha512, []).append(name)
        return True

    def add(self, name: str, at: str, hashes: Hashes) -> None:
        """The same for a new content, stored ``at``."""
        self.contents[hashes.sha512] = at
        self.fixity[hashes.sha256] = at
        self.refer(name, hashes.sha512)

    def render(self) -> bytes:
        """``inventory.json``."""
        return _json(
            {
                "digestAlgorithm": "sha512",
                "fixity": {"sha256": {proof: [at] for proof, at in sorted(self.fixity.items())}},
                "head": next(reversed(self.versions)),
                "id": self.identifier,
                "manifest": {proof: [at] for proof, at in sorted(self.contents.items())},
                "type": _TYPE,
                "versions": {
                    name: {
                        **version,
                        "state": {proof: sorted(names) for proof, names in sorted(version["state"].items())},
                    }
                    for name, version in self.versions.items()
                },
            }
        )


def _write_inventory(folder: Path, data: bytes) -> None:
    write(folder / _INVENTORY, data)
    write(folder / _SIDECAR, f"{hashlib.sha512(data).hexdigest()} {_INVENTORY}\n".encode())


def _without_empty(folder: Path) -> None:
    """An object has no empty folders."""
    for path in sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True):
        if not any(path.iterdir()):
            path.rmdir()


def _json(data: Mapping[str, Any]) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
