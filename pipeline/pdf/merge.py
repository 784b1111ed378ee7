"""Many finished PDFs become one tagged PDF: the book of procedures.

What libraries lose or get wrong on merging is done by hand here: without it the tags of a merged file point into the
tree of its first part while validators still pass it, so every marked content, page and annotation is carried over
into one structure tree. Nothing signed is ever merged: joining breaks signatures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

from pipeline.errors import ProofError
from pipeline.model.message import say
from pipeline.pdf.merge_book import BookFile
from pipeline.pdf.merge_parts import outline_of

_LINKS: Final = "http://buku-sop.invalid/"
"""Address of what only becomes a link within the book once it is merged; no such host can exist."""
_FRONT: Final = "depan/"


def link_to_part(number: int) -> str:
    """What a link of the front matter says to lead to part ``number`` (from 1)."""
    return f"{_LINKS}{number}"


def link_to_front(page: int) -> str:
    """What a link of the front matter says to lead to its own page ``page`` (from 1)."""
    return f"{_LINKS}{_FRONT}{page}"


@dataclass(frozen=True, slots=True)
class Part:
    """A PDF of the book. ``title`` names it in the tags, ``bookmark`` in the list of bookmarks."""

    path: Path
    title: str
    bookmark: str


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of a merge: pages of the front matter, first page (from 0) of each part, all pages, links set."""

    front: int
    starts: tuple[int, ...]
    pages: int
    links: int


class Joining:
    """A PDF that is joined part by part and written to ``target``; its front matter is asked for at the end only.

    The pages of the front matter are labelled i, ii, ..., those of the parts 1, 2, ...; with ``numbered``, the
    latter are printed at the heads of their pages. Metadata, attachments and signature fields are those of the front
    matter; those of the parts are left out. The bytes depend on the arguments alone. Raises ProofError, naming the
    file, for what cannot be joined.
    """

    def __init__(self, target: Path, *, numbered: bool = False) -> None:
        self._file = target.open("wb")
        self._book = BookFile(self._file, numbered=numbered)
        self._parts: list[Part] = []
        self._starts: list[int] = []
        self._pages = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()

    def add(self, part: Part) -> None:
        """Append ``part``. Raises ProofError."""
        pages = self._book.add_part(part.path, part.title)
        self._parts.append(part)
        self._starts.append(self._pages)
        self._pages += pages

    def close(
        self, front: Path, *, title: str, cover: str = "", numbering: Path | None = None, whole: bool = True
    ) -> Merged:
        """Put ``front`` before the parts, under ``title``, and end the file. Raises ProofError.

        Links in it lead to where ``link_to_part`` and ``link_to_front`` say; where the book is not ``whole``, those to
        parts that it lacks stay as they are. ``cover`` is the bookmark of the first page, ``numbering`` a PDF whose
        font the page numbers have (see ``pipeline.pdf.stamp``).
        """
        if numbering is not None:
            self._book.number_with(numbering)

        def lead(address: str, own: Sequence[int], others: Sequence[int]) -> int | None:
            return _target(address, own, [others[start] for start in self._starts], whole=whole)

        def heads(source: Any) -> list[tuple[str, int]]:
            before = len(source.pages)
            first = [(cover, 0)] if cover else []
            own = [(part.bookmark, before + at) for part, at in zip(self._parts, self._starts, strict=True)]
            return [*first, *outline_of(source), *own]

        count, links = self._book.close(front, title, lead, heads)
        return Merged(count, tuple(start + count for start in self._starts), count + self._pages, links)


def _target(address: str, own: Sequence[int], parts: Sequence[int], *, whole: bool) -> int | None:
    """The object of the page to which a link of the front matter leads; None for a link out of the book."""
    if not address.startswith(_LINKS):
        return None
    name = address.removeprefix(_LINKS)
    number = name.removeprefix(_FRONT)
    pages = own if number != name else parts
    if not (number.isascii() and number.isdigit()) or not 1 <= int(number) <= len(pages):
        if not whole:
            return None
        raise ProofError(say("Daftar isi menunjuk ke tempat yang tidak ada di buku ({name}).", name=name))
    return pages[int(number) - 1]
