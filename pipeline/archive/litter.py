"""Files that operating and office systems put into any folder they show: nobody's content, never archived."""

from __future__ import annotations

from typing import Final

_NAMES: Final = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", ".ds_store", ".directory"})
_STARTS: Final = ("~$", ".~lock.", "._")
"""Lock files of Microsoft Office and LibreOffice, and what macOS leaves on foreign disks."""


def is_litter(name: str) -> bool:
    """Is a file called ``name`` (without its folder) such a file?"""
    return name.lower() in _NAMES or name.startswith(_STARTS)
