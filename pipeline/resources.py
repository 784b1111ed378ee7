"""Finds what ships with the program: registers, font metrics, default templates; and guards what all of it shares."""

from __future__ import annotations

import threading
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent

PDFIUM = threading.RLock()
"""pdfium is not safe to use from several threads at once: it crashes the process. Hold this around every use of it."""


def data_file(name: str) -> Path:
    """Path of a file under the packaged ``data`` folder."""
    return PACKAGE / "data" / name


def here(path: Path) -> str:
    """``path`` as people are told it: from the working folder where it lies below it, with ``/``."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return path.as_posix()


@cache
def packaged_templates() -> Path:
    """Folder of the default templates: inside the installed package, or ``templates/`` of a source checkout."""
    inside = PACKAGE / "data" / "templates"
    return inside if inside.is_dir() else PACKAGE.parent / "templates"
