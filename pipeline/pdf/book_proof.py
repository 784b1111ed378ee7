"""The proof of a book: contents, bookmarks and numbers say what is there, read by another library than wrote it."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from pipeline.errors import ProofError
from pipeline.model.message import Message, say
from pipeline.pdf.stamp import BASELINE, SIZE, text_of
from pipeline.resources import PDFIUM


@dataclass(frozen=True, slots=True)
class Promise:
    """What a part of the book must show: on its first page (``start``, from 0) ``texts``, on all its pages their
    numbers; a bookmark ``bookmark``; and a link in the contents that reads ``title``, with the number of the page."""

    title: str
    bookmark: str
    start: int
    pages: int
    texts: tuple[str, ...]


def prove_book(
    path: Path,
    name: str,
    front: int,
    heads: Sequence[tuple[str, int]],
    parts: Sequence[Promise],
    texts: Sequence[str] = (),
) -> None:
    """Prove the book at ``path``: ``front`` pages with ``heads`` (bookmark, page from 0) before ``parts``.

    The front must show ``texts``, be it in capitals.

    Raises ProofError, which names the book as ``name`` and the page.
    """
    import pypdfium2 as pdfium

    with PDFIUM, pdfium.PdfDocument(path) as book:
        fault = next(chain(_faults(book, front, heads, parts), _front(book, front, texts)), None)
    if fault is not None:
        raise ProofError(
            say(
                "{name}: {fault}. Buku tidak ditulis; yang lama tidak diubah. Periksa templat buku-sop.docx; bila "
                "templatnya bawaan, laporkan pesan ini.",
                name=name,
                fault=fault,
            )
        )


def _faults(book: Any, front: int, heads: Sequence[tuple[str, int]], parts: Sequence[Promise]) -> Iterator[Message]:
    total = front + sum(part.pages for part in parts)
    if len(book) != total:
        yield say("jumlah halaman {count}, seharusnya {total}", count=len(book), total=total)
        return
    yield from _bookmarks(book, [*heads, *((part.bookmark, part.start) for part in parts)])
    for part in parts:
        yield from _part(book, part, front)
    yield from _contents(book, front, parts)


def _bookmarks(book: Any, wanted: Sequence[tuple[str, int]]) -> Iterator[Message]:
    found = []
    for item in book.get_toc():
        target = item.get_dest()
        found.append((item.get_title(), None if target is None else target.get_index()))
    for (title, page), have in zip(wanted, [*found, *[("", None)] * len(wanted)], strict=False):
        if have != (title, page):
            yield say("penanda {title} tidak menuju halaman {page}", title=title, page=page + 1)
    if len(found) != len(wanted):
        yield say("jumlah penanda {count}, seharusnya {total}", count=len(found), total=len(wanted))


def _part(book: Any, part: Promise, front: int) -> Iterator[Message]:
    for at in range(part.start, part.start + part.pages):
        number = at - front + 1
        if book.get_page_label(at) != str(number):
            yield say("label halaman {page} bukan {number}", page=at + 1, number=number)
        page = book[at]
        text = page.get_textpage()
        left, _, right, top = page.get_mediabox()
        foot = top - BASELINE - SIZE / 3
        middle = (right - left) / 4
        shown = text.get_text_bounded(left + middle, foot, right - middle, foot + SIZE * 1.3)
        if _squeezed(shown) != _squeezed(text_of(number)):
            yield say(
                "di kepala halaman {page} nomor halaman buku bertabrakan dengan tulisan lain ({shown})",
                page=at + 1,
                shown=shown.strip(),
            )
        if at == part.start:
            whole = _squeezed(text.get_text_range())
            for wanted in part.texts:
                if _squeezed(wanted) not in whole:
                    yield say("halaman {page} tidak memuat {text}", page=at + 1, text=wanted)


def _front(book: Any, front: int, texts: Sequence[str]) -> Iterator[Message]:
    whole = _squeezed("".join(book[at].get_textpage().get_text_range() for at in range(front))).casefold()
    for wanted in texts:
        if _squeezed(wanted).casefold() not in whole:
            yield say("bagian depan tidak memuat {text}", text=wanted)


def _contents(book: Any, front: int, parts: Sequence[Promise]) -> Iterator[Message]:
    """Every part has its link, which reads its title and leads to its first page; beside every link is its number."""
    read: dict[int, str] = {}
    numbers: dict[int, str] = {}
    for at in range(front):
        page = book[at]
        text = page.get_textpage()
        right = page.get_width()
        # A name that takes several lines has a link on each; they stand in the file in any order.
        for (left, low, end, high), target in sorted(_links(book, page), key=lambda link: (-link[0][3], link[0][0])):
            if target is None:
                yield say("tautan di halaman {page} tidak menuju ke mana pun", page=at + 1)
                continue
            # Tails of the line above reach into the box.
            foot, head = low + (high - low) / 10, high - (high - low) / 5
            read[target] = read.get(target, "") + text.get_text_bounded(left, foot, end, head)
            numbers[target] = numbers.get(target, "") + " " + text.get_text_bounded(end, foot, right, head)
    for part in parts:
        if _squeezed(part.title) not in _squeezed(read.get(part.start, "")):
            yield say("daftar isi tidak memuat tautan ke {title}", title=part.title)
    for target, beside in numbers.items():
        if book.get_page_label(target) not in beside.replace(".", " ").split():
            yield say("nomor halaman {title} di daftar isi salah", title=" ".join(read[target].split()))


def _links(book: Any, page: Any) -> Iterator[tuple[tuple[float, float, float, float], int | None]]:
    """Rectangle and target page (from 0) of every link of a page; None for one that leads nowhere in the book."""
    from pypdfium2 import raw

    at = ctypes.c_int(0)
    link = raw.FPDF_LINK()
    box = raw.FS_RECTF()
    while raw.FPDFLink_Enumerate(page.raw, ctypes.byref(at), ctypes.byref(link)):
        if not raw.FPDFLink_GetAnnotRect(link, ctypes.byref(box)):
            continue
        target = raw.FPDFLink_GetDest(book.raw, link)
        index = raw.FPDFDest_GetDestPageIndex(book.raw, target) if target else -1
        yield (box.left, box.bottom, box.right, box.top), index if index >= 0 else None


def _squeezed(text: str) -> str:
    """``text`` without white space and hyphens, as lines wrap where they must."""
    return re.sub(r"[\s\u00ad\ufffe\u0002-]+", "", text)
