"""Are two PDFs the same to the eye: as many pages, of the same size, with the same pixels."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pipeline.model.message import Message, say
from pipeline.resources import PDFIUM

DPI: Final = 150
"""Dots per inch at which pages are compared: the thinnest border is more than half a dot."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The first page (from 1) that differs, and how, in words."""

    page: int
    how: Message


def first_difference(before: Path, after: Path) -> Difference | None:
    """What differs first between two PDFs; None when they show the same."""
    import pypdfium2 as pdfium

    with PDFIUM, pdfium.PdfDocument(before) as old, pdfium.PdfDocument(after) as new:
        for index in range(min(len(old), len(new))):
            how = _differs(old[index], new[index])
            if how is not None:
                return Difference(index + 1, how)
        if len(old) != len(new):
            how = say("{old} halaman menjadi {new} halaman", old=len(old), new=len(new))
            return Difference(min(len(old), len(new)) + 1, how)
    return None


def page_count(path: Path) -> int:
    """Pages of a PDF."""
    import pypdfium2 as pdfium

    with PDFIUM, pdfium.PdfDocument(path) as document:
        return len(document)


def _differs(old: Any, new: Any) -> Message | None:
    if old.get_size() != new.get_size():
        return say("ukuran kertas berubah")
    one, other = _pixels(old), _pixels(new)
    if one == other:
        return None
    count = sum(a != b for a, b in zip(one, other, strict=True))
    return say("{n} titik berubah", n=count)


def _pixels(page: Any) -> bytes:
    bitmap = page.render(scale=DPI / 72)
    try:
        return bytes(bitmap.buffer)
    finally:
        bitmap.close()
