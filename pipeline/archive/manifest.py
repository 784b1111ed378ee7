"""The manifest of an archived version: SHA-256 and path of every file, readable by ``sha256sum -c``."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pipeline.errors import ArchiveError
from pipeline.model.message import say

NAME: Final = "manifest-sha256.txt"
_LINE: Final = re.compile(r"([0-9a-f]{64}) [ *](.+)")


def file_hash(path: Path) -> str:
    """SHA-256 of a file as hex. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def render(hashes: Mapping[str, str]) -> str:
    """The manifest of ``hashes`` (SHA-256 by path relative to the version, with ``/``), sorted by path."""
    return "".join(f"{hashes[path]}  {path}\n" for path in sorted(hashes))


def parse(text: str, name: str) -> dict[str, str]:
    """Read a manifest back; ``name`` is what it is called in the error. Raises ArchiveError."""
    hashes: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        match = _LINE.fullmatch(line)
        if match is None or match[2] in hashes or _escapes(match[2]):
            raise ArchiveError(
                say(
                    "{name}, baris {number}: bukan baris manifes. Ambil kembali berkas ini dari salinan cadangan.",
                    name=name,
                    number=number,
                )
            )
        hashes[match[2]] = match[1]
    return hashes


def read(folder: Path) -> dict[str, str]:
    """The manifest in the version folder ``folder``. Raises ArchiveError when it is missing or damaged."""
    path = folder / NAME
    try:
        text = path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise ArchiveError(
            say(
                "{path} tidak dapat dibaca ({error}). Ambil kembali berkas ini dari salinan cadangan.",
                path=path,
                error=error,
            )
        ) from error
    return parse(text, str(path))


def _escapes(path: str) -> bool:
    return path.startswith(("/", "\\")) or ".." in path.split("/") or ":" in path.split("/", maxsplit=1)[0]
