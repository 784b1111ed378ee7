"""A TrueType font on this machine for what a signature prints."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

_FILES: Final = ("LiberationSans-Regular.ttf", "Carlito-Regular.ttf", "arial.ttf", "DejaVuSans.ttf")
"""In this order; those of LibreOffice come first, because the documents are printed in them."""


def find_typeface(more: Iterable[Path] = ()) -> bytes | None:
    """The bytes of the first font of the list that is installed, or stands in the folders ``more``; None when none."""
    files = {name.lower(): "" for name in _FILES}
    found: dict[str, Path] = {}
    for folder in (*more, *_folders()):
        for path in folder.rglob("*.[tT][tT][fF]"):
            if path.name.lower() in files:
                found.setdefault(path.name.lower(), path)
        if _FILES[0].lower() in found:
            break
    for path in (found[name] for name in files if name in found):
        try:
            return path.read_bytes()
        except OSError:
            continue
    return None


def _folders() -> Iterator[Path]:
    home = Path.home()
    if sys.platform == "win32":
        yield from (Path("C:/Windows/Fonts"), home / "AppData/Local/Microsoft/Windows/Fonts")
    elif sys.platform == "darwin":
        yield from (Path("/Library/Fonts"), Path("/System/Library/Fonts"), home / "Library/Fonts")
    else:
        yield from (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts")
