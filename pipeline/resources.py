"""Finds what ships with the program: registers, font metrics, default templates; and guards what all of it shares."""

from __future__ import annotations

import atexit
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.errors import OutputError
from pipeline.model.message import say
from pipeline.model.reasons import why

PACKAGE = Path(__file__).resolve().parent

PDFIUM = threading.RLock()
"""pdfium is not safe to use from several threads at once: it crashes the process. Hold this around every use of it."""


_KEPT = 8
"""Pages of a PDF that stay open for the next look at them: all of an ordinary document."""


class Sheets:
    """The pages of a PDF that pdfium has open, each read once however often it is looked at; of a long one the first.

    Use it only while PDFIUM is held.
    """

    _last: Sheets | None = None

    def __init__(self, data: bytes) -> None:
        import pypdfium2 as pdfium

        # Registered after pdfium's own end, so it comes first.
        atexit.unregister(Sheets.close)
        atexit.register(Sheets.close)
        self.data = data
        self._document: Any = pdfium.PdfDocument(data)
        self._pages: dict[int, Any] = {}

    @classmethod
    def of(cls, data: bytes) -> Sheets:
        """The sheets of the PDF ``data``; those of the call before when they are of the same bytes.

        Raises pypdfium2.PdfiumError.
        """
        if cls._last is None or cls._last.data != data:
            cls.close()
            cls._last = cls(data)
        return cls._last

    @classmethod
    def close(cls) -> None:
        """Let go of the sheets: nobody looks at them any more."""
        last, cls._last = cls._last, None
        if last is not None:
            last._pages.clear()
            last._document.close()

    @classmethod
    def rest(cls) -> None:
        """Keep the sheets for the next look at them, unless there are many."""
        if cls._last is not None and len(cls._last) > _KEPT:
            cls.close()

    def __len__(self) -> int:
        return len(self._document)

    def page(self, index: int) -> Any:
        """The pdfium page at ``index``. Raises pypdfium2.PdfiumError."""
        page = self._pages.get(index)
        if page is None:
            page = self._document[index]
            if len(self._pages) < _KEPT:
                self._pages[index] = page
        return page


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
