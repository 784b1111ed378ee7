"""What stands where nothing may stand: beyond the paper, cut by a cell that is too low, in the band kept free.

Read from pdfium's objects: their boxes hold the very glyphs, and LibreOffice clips exactly what may be cut. A text that
loses no more than CUT of a point counts as whole. The band is looked at in a picture of it, so what is white or
hidden is no ink, and ink is ink whatever drew it. All of it costs some 3 ms a page.

Not seen: what is cut inside a form XObject (pictures and charts), lines set closer than their letters are high, and
shapes that cover a text; the flowchart's own ink is held against its plan elsewhere.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from pipeline.errors import ProofError
from pipeline.model.message import Message, say, verbatim
from pipeline.model.particulars import RESERVED_MM
from pipeline.resources import PDFIUM, Sheets

CUT: Final = 0.75
"""Points of a glyph that may be hidden: rounding of LibreOffice, and the overshoot of round letters."""
_BEYOND: Final = 1.0
"""Points by which a box may leave the paper: half a line's width, rounding."""
_MM: Final = 72 / 25.4
_BORDER_MM: Final = 0.5
"""Height at the top of the band where the lower half of a border may stand."""
_SCALE: Final = 1.0
"""Pixels per point of the band's picture: the thinnest line still leaves its gray."""
_WHITE: Final = 250
"""Darkest gray that is no ink."""
_PALE: Final = bytes(range(_WHITE, 256))
_TEXT, _LONGEST = 1, 60


class _Box(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float

    def leaves(self, other: _Box) -> float:
        """How far this box reaches out of ``other``, in points; negative when it lies inside."""
        return max(other.left - self.left, other.bottom - self.bottom, self.right - other.right, self.top - other.top)


def prove_edges(path: Path, name: str, pages: int) -> None:
    """Prove that pdfium too finds ``pages`` pages in ``path``, told as ``name``, and nothing where nothing may stand.

    Raises ProofError.
    """
    import pypdfium2 as pdfium

    with PDFIUM:
        try:
            sheets = Sheets.of(path.read_bytes())
        except pdfium.PdfiumError as error:
            raise ProofError(
                say("{name}: PDF rusak ({error}). Jalankan lagi; bila terulang, laporkan.", name=name, error=error)
            ) from error
        try:
            if len(sheets) != pages:
                raise ProofError(
                    say(
                        "{name}: dua pembaca PDF tidak sepakat tentang jumlah halaman ({count} dan {count2}).",
                        name=name,
                        count=pages,
                        count2=len(sheets),
                    )
                )
            for index in range(pages):
                _prove_page(sheets.page(index), name, index + 1)
        finally:
            Sheets.rest()


def _prove_page(page: Any, name: str, number: int) -> None:
    fault = next(_misplaced(page), None)
    if fault is None and _has_ink(page):
        fault = _in_band(page)
    if fault is not None:
        raise ProofError(say("{name}, halaman {page}: {fault}", name=name, page=number, fault=fault))


def _misplaced(page: Any) -> Iterator[Message]:
    """What leaves the paper, and texts that are cut."""
    from pypdfium2 import raw

    paper = _Box(*page.get_bbox())
    sides = tuple(ctypes.c_float() for _ in range(4))
    given = tuple(map(ctypes.byref, sides))
    left, bottom, right, top = sides
    for index in range(raw.FPDFPage_CountObjects(page)):
        item = raw.FPDFPage_GetObject(page, index)
        if not raw.FPDFPageObj_GetBounds(item, *given):
            continue
        box = _Box(left.value, bottom.value, right.value, top.value)
        if box.right <= box.left or box.top <= box.bottom:
            continue
        if box.leaves(paper) > _BEYOND:
            yield say("{what} melewati tepi kertas. Geser atau kecilkan bagian itu di templat.", what=_told(page, item))
        if raw.FPDFPageObj_GetType(item) == _TEXT:
            frame = _clip_of(item)
            if frame is not None and box.leaves(frame) > CUT:
                yield say(
                    "{what} terpotong. Biasanya baris tabel atau bingkainya lebih rendah daripada isinya; tinggikan "
                    "barisnya di templat (tinggi “paling sedikit”, bukan “tepat”) atau ringkas isinya.",
                    what=_told(page, item),
                )


def _clip_of(item: Any) -> _Box | None:
    """The box within which ``item`` is seen, None when all of it is."""
    from pypdfium2 import raw

    clip = raw.FPDFPageObj_GetClipPath(item)
    count = raw.FPDFClipPath_CountPaths(clip) if clip else 0
    boxes = [box for box in (_path_box(clip, number) for number in range(count)) if box is not None]
    if not boxes:
        return None
    return _Box(
        max(box.left for box in boxes),
        max(box.bottom for box in boxes),
        min(box.right for box in boxes),
        min(box.top for box in boxes),
    )


def _path_box(clip: Any, number: int) -> _Box | None:
    from pypdfium2 import raw

    x, y = ctypes.c_float(), ctypes.c_float()
    here = ctypes.byref(x), ctypes.byref(y)
    xs, ys = [], []
    for index in range(raw.FPDFClipPath_CountPathSegments(clip, number)):
        if raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(clip, number, index), *here):
            xs.append(x.value)
            ys.append(y.value)
    return _Box(min(xs), min(ys), max(xs), max(ys)) if xs else None


def _has_ink(page: Any) -> bool:
    """Is anything printed in the band?"""
    height = page.get_height()
    band = (RESERVED_MM - _BORDER_MM) * _MM
    bitmap = page.render(scale=_SCALE, grayscale=True, crop=(0, 0, 0, max(0.0, height - band)))
    pixels, width, stride = bytes(bitmap.buffer), bitmap.width, bitmap.stride
    starts = range(0, bitmap.height * stride, stride)
    bitmap.close()
    return any(pixels[start : start + width].translate(None, _PALE) for start in starts)


def _in_band(page: Any) -> Message:
    left, bottom, right, _ = page.get_bbox()
    top = bottom + (RESERVED_MM - _BORDER_MM) * _MM
    printed = " ".join(page.get_textpage().get_text_bounded(left, bottom, right, top).split())
    return say(
        "{what} berada di {height} mm terbawah, yang harus kosong untuk tanda tangan elektronik. Perbesar margin bawah "
        "atau naikkan kaki halaman templat sehingga {height} mm itu kosong.",
        what=_quoted(printed) if printed else say("garis atau gambar"),
        height=RESERVED_MM,
    )


def _told(page: Any, item: Any) -> Message:
    """``item`` as people are told it: its text, or what kind of thing it is."""
    from pypdfium2 import raw

    kind = raw.FPDFPageObj_GetType(item)
    if kind != _TEXT:
        return say("gambar") if kind == raw.FPDF_PAGEOBJ_IMAGE else say("garis atau gambar")
    texts = page.get_textpage()
    size = raw.FPDFTextObj_GetText(item, texts, None, 0)
    buffer = (ctypes.c_ushort * max(1, size))()
    raw.FPDFTextObj_GetText(item, texts, buffer, size)
    printed = bytes(buffer).decode("utf-16-le", "replace").split("\0", 1)[0].strip()
    return _quoted(printed) if printed else say("tulisan")


def _quoted(text: str) -> Message:
    short = text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."
    return verbatim(f"“{short}”")
