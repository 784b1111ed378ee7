"""The manifests of an archived version: hash and path of every file, for ``sha256sum -c`` and ``sha512sum -c``."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Final

from pipeline.archive.storage import Hashes, Storage, UnreadableError, checked, copy_hashing, unreadable
from pipeline.errors import ArchiveError
from pipeline.model.message import Message, say

NAME: Final = "manifest-sha256.txt"
NAME_512: Final = "manifest-sha512.txt"
NAMES: Final = (NAME, NAME_512)
_DIGITS: Final = {NAME: 64, NAME_512: 128}
_LINE: Final = re.compile(r"([0-9a-f]+) [ *](.+)")


def which(hashes: Hashes, name: str) -> str:
    """The hash that the manifest called ``name`` holds."""
    return hashes.sha256 if name == NAME else hashes.sha512


def digits(name: str) -> int:
    """How many hex digits the hashes in the manifest called ``name`` have."""
    return _DIGITS[name]


def hashes_of(data: bytes) -> Hashes:
    """Both hashes of ``data``."""
    return Hashes(hashlib.sha256(data).hexdigest(), hashlib.sha512(data).hexdigest())


def file_hashes(storage: Storage, path: str) -> Hashes:
    """Both hashes of a file. Raises ArchiveError when it cannot be read."""
    with storage.open(path) as file:
        try:
            return copy_hashing(file)
        except OSError as error:
            raise unreadable(storage.full(path), error) from error


def render(hashes: Mapping[str, str]) -> bytes:
    """The manifest of ``hashes`` (by path relative to the version, with ``/``), sorted by path."""
    return "".join(f"{hashes[path]}  {path}\n" for path in sorted(hashes)).encode()


def parse(data: bytes, name: str, digits: int = 64) -> dict[str, str]:
    """Read a manifest back; ``name`` is what it is called in the error. Raises ArchiveError."""
    hashes: dict[str, str] = {}
    try:
        lines = data.decode().split("\n")
    except UnicodeDecodeError as error:
        raise UnreadableError(_damaged(name)) from error
    for number, line in enumerate(lines[:-1] if lines[-1] == "" else lines, start=1):
        match = _LINE.fullmatch(line)
        if match is None or len(match[1]) != digits or match[2] in hashes or _escapes(match[2]):
            raise ArchiveError(
                say(
                    "{name}, baris {number}: bukan baris manifes. Ambil kembali berkas ini dari salinan cadangan.",
                    name=name,
                    number=number,
                )
            )
        hashes[match[2]] = match[1]
    return hashes


def read(storage: Storage, folder: str, name: str = NAME) -> dict[str, str]:
    """The manifest ``name`` of the version ``folder``. Raises ArchiveError when it is missing or damaged."""
    path = f"{folder}/{name}"
    return parse(storage.read(path), storage.full(path), _DIGITS[name])


def _damaged(name: str) -> Message:
    return say("{name} bukan teks manifes. Ambil kembali berkas ini dari salinan cadangan.", name=name)


def _escapes(path: str) -> bool:
    try:
        checked(path)
    except ArchiveError:
        return True
    return path in NAMES
