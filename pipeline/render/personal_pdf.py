"""The texts of a PDF: pages as they are read, and everything a page does not show."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from pipeline.render.personal_parts import part_texts, picture_texts
from pipeline.render.personal_scan import Text, UnreadableError, texts_of
from pipeline.resources import PDFIUM

_DEEPEST = 12


def pdf_texts(data: bytes) -> Iterator[Text]:
    """Pages, properties, XMP, attachments, annotations, bookmarks, alternative texts. Raises UnreadableError."""
    yield from _page_texts(data)
    yield from _object_texts(data)


def _page_texts(data: bytes) -> Iterator[Text]:
    for number, text in enumerate(_pages(data), 1):
        place = f"halaman {number}"
        lines = text.replace("\r", "").split("\n")
        yield from (Text(place, line) for line in lines)
        # A number broken at the end of a line is no pattern any more, but the removed ones are known.
        yield Text(place, " ".join(lines), pattern=False)


def _pages(data: bytes) -> list[str]:
    """The text of each page, also what stands outside of it."""
    import pypdfium2 as pdfium

    try:
        with PDFIUM, pdfium.PdfDocument(data) as document:
            return [_page_text(page) for page in document]
    except pdfium.PdfiumError as fault:
        raise UnreadableError("PDF") from fault


def _page_text(page: Any) -> str:
    read = page.get_textpage()
    text = str(read.get_text_range())
    read.close()
    page.close()
    return text


def _object_texts(data: bytes) -> Iterator[Text]:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for one in pdf.objects:
                yield from _inside(one, "PDF", 0)
                if isinstance(one, pikepdf.Stream):
                    yield from _stream_texts(one)
            yield from _inside(pdf.trailer.get("/Info"), "/Info", 0)
            yield from _attached(pdf)
    except (pikepdf.PdfError, pikepdf.PasswordError, NotImplementedError) as fault:
        raise UnreadableError("PDF") from fault


def _inside(value: Any, place: str, depth: int) -> Iterator[Text]:
    """Strings and names in an object; other indirect objects come on their own."""
    import pikepdf

    if depth > _DEEPEST:
        return
    if isinstance(value, pikepdf.String):
        yield Text(place, str(value))
    elif isinstance(value, pikepdf.Array):
        for inner in value:
            yield from _inside(inner, place, depth + 1) if not _indirect(inner) else ()
    elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        for key, inner in value.items():
            if not _indirect(inner):
                yield from _inside(inner, place if depth else key, depth + 1)


def _indirect(value: Any) -> bool:
    return bool(getattr(value, "is_indirect", False))


def _stream_texts(stream: Any) -> Iterator[Text]:
    """Metadata and pictures that carry their own."""
    kind = str(stream.get("/Type", ""))
    if kind == "/Metadata":
        yield from part_texts(io.BytesIO(stream.read_bytes()), "XMP.xml")
    elif str(stream.get("/Subtype", "")) == "/Image" and "DCTDecode" in str(stream.get("/Filter", "")):
        raw = stream.read_raw_bytes()
        if raw.startswith(b"\xff\xd8"):
            yield from picture_texts(raw, "/Image")


def _attached(pdf: Any) -> Iterator[Text]:
    for number, (name, attachment) in enumerate(pdf.attachments.items(), 1):
        place = f"lampiran {number}"
        yield Text(place, name)
        yield Text(place, attachment.description or "")
        content = attachment.get_file().read_bytes()
        try:
            yield from (Text(place, one.text, one.pattern) for one in texts_of(content, name))
        except UnreadableError as fault:
            raise UnreadableError(place) from fault
