"""Finds what ships with the program: registers, font metrics, default templates; and guards what all of it shares."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from pipeline.errors import OutputError
from pipeline.model.message import say
from pipeline.model.reasons import why

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


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder among the system's temporary files, gone afterwards. Raises OutputError where there is none, or full."""
    import tempfile

    name = ""
    try:
        with tempfile.TemporaryDirectory(prefix="tertib-", ignore_cleanup_errors=True) as name:
            yield Path(name)
    except OSError as error:
        if name and error.filename is not None and not str(error.filename).startswith(name):
            raise
        raise no_temporary(error) from error


def no_temporary(error: OSError) -> OutputError:
    return OutputError(
        say(
            "Folder berkas sementara komputer ini tidak dapat dipakai: {why}. Kosongkan ruang penyimpanan, atau isi "
            "variabel TMPDIR (di Windows TEMP) dengan folder lain, lalu jalankan lagi. Keluaran lama tidak diubah.",
            why=why(error),
        )
    )


@cache
def packaged_templates() -> Path:
    """Folder of the default templates: inside the installed package, or ``templates/`` of a source checkout."""
    inside = PACKAGE / "data" / "templates"
    return inside if inside.is_dir() else PACKAGE.parent / "templates"
