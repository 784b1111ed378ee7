"""What a comparison of two PDFs tells: where they differ, in a form for people and for records."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.message import Message, say
from pipeline.model.particulars import Box

_MM = 25.4 / 72
_SHORT = 80


class Kind(StrEnum):
    """What differs; the values are those of the record (``NAME.ttd.pemeriksaan.json``)."""

    PAGES = "halaman"
    SIZE = "ukuran halaman"
    TEXT = "teks"
    PICTURE = "gambar"
    ANNOTATION = "anotasi"
    FIELD = "isian"
    ACTION = "perintah"
    ATTACHMENT = "lampiran"
    LAYER = "lapisan"


@dataclass(frozen=True, slots=True)
class Change:
    """A difference between an original and what came back.

    ``page`` counts from 1 in the file that came back, or in the original for what is missing; None for the file as a
    whole. ``box`` is where it is on that page, ``near`` words of the original that stand there.
    """

    kind: Kind
    message: Message
    page: int | None = None
    box: Box | None = None
    removed: str = ""
    added: str = ""
    near: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The outcome: ``changes`` in the order of the pages, and how many ``pages`` were held against each other."""

    changes: tuple[Change, ...]
    pages: int
    notes: tuple[Message, ...] = ()

    @property
    def same(self) -> bool:
        """Does everything outside the reserved areas agree?"""
        return not self.changes


def shortened(text: str) -> str:
    """``text`` short enough to be quoted."""
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 3]}..."


def where(box: Box, height: float, near: str) -> Message:
    """A place on a page ``height`` points high, in words."""
    left, top = round(box.x * _MM), round((height - box.y - box.height) * _MM)
    place = say("halaman {page}, {left} mm dari kiri dan {top} mm dari atas", page=box.page, left=left, top=top)
    if not near:
        return place
    return say("{place}, dekat “{near}”", place=place, near=near)
