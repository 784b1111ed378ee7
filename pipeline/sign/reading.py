"""Opens a PDF that may be signed: its signature fields, and where they are seen."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from pipeline.errors import SignatureError
from pipeline.model.message import Message, joined, say, verbatim
from pipeline.model.particulars import Box
from pipeline.sign.reports import Field

LARGEST = 512 * 1024 * 1024
"""Bytes of the biggest PDF that is read; a signed book of a thousand pages has some ten million."""
_HEAD = 1024


def reader_of(data: bytes) -> Any:
    """pyHanko's reader of a PDF. Raises SignatureError for what is encrypted, damaged, not a PDF, or too big."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    prove_pdf_head(data)
    try:
        reader = _opened(PdfFileReader, data)
        encrypted = reader.encrypted
        if not encrypted:
            _ = reader.root["/Pages"]
    except Exception as error:  # pyHanko believes lengths, kinds and links of strangers; whatever it raises is told
        raise damaged() from error
    if encrypted:
        raise SignatureError(
            say(
                "PDF ini dikunci dengan kata sandi, jadi tanda tangannya tidak dapat diperiksa. Minta berkas tanpa "
                "kata sandi; arsip (PDF/A) memang tidak boleh dikunci."
            )
        )
    return reader


def _opened(kind: Any, data: bytes) -> Any:
    try:
        return kind(BytesIO(data), strict=True)
    except Exception:  # noqa: BLE001 - small faults of other programs refuse no file; what stays is told above
        return kind(BytesIO(data), strict=False)


def prove_pdf_head(data: bytes) -> None:
    """Raises SignatureError unless ``data`` begins as a PDF and is of a size that can be read."""
    # What is told of a file is in the report; the libraries' own log would stand between the lines of it.
    for library in ("pyhanko", "pyhanko_certvalidator", "pikepdf"):
        logging.getLogger(library).setLevel(logging.CRITICAL)
    if not data.strip():
        raise SignatureError(say("Berkasnya kosong. Salin atau unduh lagi berkas aslinya."))
    if b"%PDF-" not in data[:_HEAD]:
        raise SignatureError(say("Ini bukan PDF, meskipun namanya mungkin begitu. Sebutkan berkas PDF-nya."))
    if len(data) > LARGEST:
        raise SignatureError(
            say(
                "PDF ini terlalu besar ({size} MB, paling besar {most} MB). Pecah menjadi beberapa berkas.",
                size=len(data) // 1024**2,
                most=LARGEST // 1024**2,
            )
        )


def damaged() -> SignatureError:
    """The error for what is no whole PDF."""
    return SignatureError(
        say("PDF ini rusak atau terpotong, jadi tidak dapat dibaca. Salin atau unduh lagi berkas aslinya.")
    )


def fields_of(data: bytes) -> tuple[Field, ...]:
    """All signature fields of a PDF, signed or not, in the order of the form.

    Raises SignatureError for what is encrypted, damaged, not a PDF, or too big.
    """
    import pikepdf

    prove_pdf_head(data)
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            return tuple(fields_in(pdf))
    except pikepdf.PasswordError:
        reader_of(data)  # says so
        raise
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError) as error:
        raise damaged() from error


def told_fields(fields: Iterable[Field]) -> Message:
    """Fields as people are told them: with whose they are."""
    rows = (
        say("{name} ({label})", name=field.name, label=field.label) if field.label else verbatim(field.name)
        for field in fields
    )
    return joined("; ", rows)


def fields_in(pdf: Any) -> Iterator[Field]:
    """The signature fields of an open pikepdf PDF."""
    form = pdf.Root.get("/AcroForm")
    if form is None or not len(form.get("/Fields", [])):
        return
    pages = _pages_of_annotations(pdf)
    for name, field in _terminal(form.Fields, ""):
        if str(field.get("/FT", "")) == "/Sig":
            yield Field(name, str(field.get("/TU", "")), "/V" in field, _box_of(field, pages))


def _terminal(fields: Any, above: str, depth: int = 0) -> Iterator[tuple[str, Any]]:
    for field in fields:
        name = ".".join(filter(None, (above, str(field.get("/T", "")))))
        kids = [kid for kid in field.get("/Kids", []) if "/T" in kid]
        if kids and depth < 20:
            yield from _terminal(kids, name, depth + 1)
        else:
            yield name, field


def _pages_of_annotations(pdf: Any) -> dict[tuple[int, int], tuple[int, Any]]:
    return {
        annotation.objgen: (number, page)
        for number, page in enumerate(pdf.pages, 1)
        for annotation in page.obj.get("/Annots", [])
    }


def _box_of(field: Any, pages: dict[tuple[int, int], tuple[int, Any]]) -> Box | None:
    """Where the first widget of ``field`` is seen; None when it has no extent or stands on no page."""
    for widget in (field, *field.get("/Kids", [])):
        if "/Rect" in widget and widget.objgen in pages:
            number, page = pages[widget.objgen]
            box = shown_box(number, page, [float(value) for value in widget.Rect])
            if box.width and box.height:
                return box
    return None


def shown_box(number: int, page: Any, rectangle: list[float]) -> Box:
    """``rectangle`` (left, bottom, right, top of user space) on a pikepdf page as it is shown, turned and cut."""
    left, right = sorted((rectangle[0], rectangle[2]))
    bottom, top = sorted((rectangle[1], rectangle[3]))
    edges = [float(value) for value in page.cropbox]
    low_x, high_x = sorted((edges[0], edges[2]))
    low_y, high_y = sorted((edges[1], edges[3]))
    width, height = right - left, top - bottom
    turned = int(page.obj.get("/Rotate", 0)) % 360
    if turned == 90:
        return Box(number, bottom - low_y, high_x - right, height, width)
    if turned == 180:
        return Box(number, high_x - right, high_y - top, width, height)
    if turned == 270:
        return Box(number, high_y - top, left - low_x, height, width)
    return Box(number, left - low_x, bottom - low_y, width, height)
