"""What of an archive goes into an export, and how it is copied there: each file with the hashes it was filed with.

Exports are made in a folder beside their place and renamed, so that they are there whole or not at all.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

from pipeline.archive import manifest
from pipeline.archive.log import Filed, Log
from pipeline.archive.storage import Hashes, Storage, copy_hashing
from pipeline.errors import ArchiveError, OutputError
from pipeline.model.message import say
from pipeline.model.reasons import why
from pipeline.resources import here

_PRIVATE: Final = ".tertib-ekspor-"
_STALE: Final = 24 * 3600


@dataclass(frozen=True, slots=True)
class Parcel:
    """A proved archive to be exported: the ``office`` (its folder name) and the items meant ("sop/NAME")."""

    storage: Storage
    log: Log
    office: str
    items: tuple[str, ...]
    whole: bool = True

    def identifier(self, item: str = "") -> str:
        """A name for the archive or an item of it that no other has: "urn:x-tertib:contoh:sop:reses"."""
        parts = [self.office, *(item.split("/") if item else ())]
        return ":".join(["urn:x-tertib", *(quote(part, safe="") for part in parts)])


@dataclass(frozen=True, slots=True)
class Known:
    """The hashes that a file was filed with; "" where it was not told."""

    sha256: str = ""
    sha512: str = ""

    def differs(self, found: Hashes) -> bool:
        """Is ``found`` something else?"""
        return bool(self.sha256 and self.sha256 != found.sha256) or bool(self.sha512 and self.sha512 != found.sha512)


def files_of(filed: Filed, storage: Storage) -> dict[str, Known]:
    """Files of a version by their name in it, its manifests included. Raises ArchiveError."""
    short = manifest.read(storage, filed.place)
    long = manifest.read(storage, filed.place, manifest.NAME_512) if filed.manifests.sha512 else {}
    known = {name: Known(proof, long.get(name, "")) for name, proof in short.items()}
    known[manifest.NAME] = Known(sha256=filed.manifests.sha256)
    if filed.manifests.sha512:
        known[manifest.NAME_512] = Known(sha512=filed.manifests.sha512)
    return dict(sorted(known.items()))


def copy(storage: Storage, path: str, known: Known, target: Path) -> Hashes:
    """Copy a file of the archive to ``target``; its hashes.

    Raises ArchiveError when it is not what was filed, OutputError when it cannot be written.
    """
    with storage.open(path) as source:
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as file:
                found = copy_hashing(source, file)
        except OSError as error:
            raise unwritable(target, error) from error
    if known.differs(found):
        raise ArchiveError(
            say(
                "{path} berubah selagi disalin, jadi tidak ada yang diekspor. Periksa arsip itu dengan tertib verify.",
                path=storage.full(path),
            )
        )
    return found


def write(target: Path, data: bytes) -> Hashes:
    """Write a new file; its hashes. Raises OutputError."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            file.write(data)
    except OSError as error:
        raise unwritable(target, error) from error
    return manifest.hashes_of(data)


@contextmanager
def made_beside(target: Path) -> Iterator[Path]:
    """A fresh folder on the disk of ``target``, gone afterwards unless it was renamed. Raises OutputError."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _tidy(target.parent)
        made = Path(tempfile.mkdtemp(prefix=_PRIVATE, dir=target.parent))
    except OSError as error:
        raise unwritable(target, error) from error
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _tidy(folder: Path) -> None:
    """Remove what exports left that were killed; one that is younger than a day may still be at work."""
    for path in folder.glob(f"{_PRIVATE}*"):
        if path.is_dir() and not path.is_symlink() and time.time() - path.stat().st_mtime > _STALE:
            shutil.rmtree(path, ignore_errors=True)


def place(made: Path, target: Path) -> None:
    """Rename a finished folder to ``target``, which is not there or empty. Raises OutputError."""
    try:
        made.chmod(0o755)
        flush(made)
        target.parent.mkdir(parents=True, exist_ok=True)
        made.rename(target)
    except OSError as error:
        raise unwritable(target, error) from error


def flush(folder: Path) -> None:
    """Have all that is in ``folder`` on the disk: together it takes a fraction of what it takes file by file."""
    for base, _, names in os.walk(folder):
        for path in (Path(base, name) for name in names):
            with path.open("rb+") as file:
                os.fsync(file.fileno())


def is_free(target: Path) -> bool:
    """Is there nothing, or an empty folder? Raises OutputError when it cannot be looked at."""
    try:
        return not os.path.lexists(target) or (target.is_dir() and not any(target.iterdir()))
    except OSError as error:
        raise unwritable(target, error) from error


def unwritable(target: Path, error: OSError) -> OutputError:
    """The error for an export that cannot be written."""
    return OutputError(
        say(
            "Tidak dapat menulis {path}: {why}. Periksa izin dan ruang, atau sebutkan folder lain. Arsip tidak diubah.",
            path=here(_seen(target)),
            why=why(error),
        )
    )


def _seen(path: Path) -> Path:
    """``path``; of an unfinished one, whose name nobody knows, the folder that it is made in."""
    unfinished = (folder.parent for folder in (path, *path.parents) if folder.name.startswith(_PRIVATE))
    return next(unfinished, path)
