"""Is every page of a PDF whole, so that all readers show the same of it?

For PDFs of any origin, before somebody signs them: what one reader shows and another leaves out is not to be signed.
"""

from __future__ import annotations

import math
import zlib
from io import BytesIO
from typing import Any, Final

from pipeline.errors import ProofError
from pipeline.model.message import Message, say, verbatim
from pipeline.pdf.scan import OPERATORS
from pipeline.resources import PDFIUM

LEAST, MOST = 3.0, 14_400.0
"""Points that a side of a page may have (ISO 32000-1, annex C)."""
_DEEPEST: Final = 30


def prove_pages(data: bytes) -> None:
    """Raises ProofError, which says what is wrong with which page of the PDF ``data``."""
    import pikepdf

    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            count, said = len(pdf.pages), int(pdf.Root.Pages.get("/Count", -1))
            for number, page in enumerate(pdf.pages, 1):
                fault = _fault(page)
                if fault is not None:
                    raise _broken(say("halaman {page} rusak ({what})", page=number, what=fault))
    except pikepdf.PasswordError as error:
        raise _broken(say("PDF terkunci kata sandi")) from error
    except (pikepdf.PdfError, zlib.error, TypeError, ValueError, AttributeError, KeyError, RuntimeError) as error:
        raise _broken(say("berkasnya rusak")) from error
    shown = _shown(data)
    if not count or not count == said == shown:
        raise _broken(
            say(
                "jumlah halamannya tidak pasti: berkasnya menyebut {said}, terbaca {count}, dan yang tampil {shown}",
                said=said,
                count=count,
                shown=shown,
            )
        )


def _broken(what: Message) -> ProofError:
    return ProofError(
        say(
            "PDF ini tidak ditandatangani: {what}. Buat lagi PDF-nya dengan tertib build, atau minta PDF yang utuh "
            "kepada pembuatnya.",
            what=what,
        )
    )


def _shown(data: bytes) -> int:
    """The pages that a reader would show."""
    import pypdfium2 as pdfium

    with PDFIUM:
        try:
            document = pdfium.PdfDocument(BytesIO(data))
        except pdfium.PdfiumError:
            return 0
        try:
            for index in range(len(document)):
                document[index].close()
            return len(document)
        except pdfium.PdfiumError:
            return 0
        finally:
            document.close()


def _fault(page: Any) -> Message | None:
    """What is wrong with a page; None when nothing is."""
    import pikepdf

    sides = [float(value) for value in page.mediabox]
    width, height = abs(sides[2] - sides[0]), abs(sides[3] - sides[1])
    if not all(math.isfinite(side) and LEAST <= side <= MOST for side in (width, height)):
        return say("ukurannya {width} x {height} titik", width=round(width), height=round(height))
    contents = page.obj.get("/Contents")
    parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    if contents is not None and not all(isinstance(part, pikepdf.Stream) for part in parts):
        return _UNREADABLE
    return _unreadable(page, page.obj.get("/Resources"), ())


_UNREADABLE = say("isinya tidak dapat dibaca")


def _unreadable(stream: Any, resources: Any, above: tuple[Any, ...]) -> Message | None:
    """What is wrong with what a page or a form draws, and with the forms that it shows."""
    import pikepdf

    try:
        instructions = pikepdf.parse_content_stream(stream)
    except (pikepdf.PdfError, zlib.error, TypeError, ValueError, RuntimeError):
        return _UNREADABLE
    for instruction in instructions:
        name = str(instruction.operator)
        if name not in OPERATORS:
            return say("perintah gambar {name} tidak dikenal", name=verbatim(name[:20]))
        if name == "Do":
            fault = _of_drawn(instruction.operands, resources, above)
            if fault is not None:
                return fault
    return None


def _of_drawn(operands: Any, resources: Any, above: tuple[Any, ...]) -> Message | None:
    drawn = resources.get("/XObject", {}).get(str(operands[0])) if operands and resources is not None else None
    if drawn is None:
        return say("yang digambarnya tidak ada")
    if str(drawn.get("/Subtype", "")) != "/Form":
        return None
    if drawn.objgen in above or len(above) > _DEEPEST:
        return say("gambarnya memuat dirinya sendiri")
    return _unreadable(drawn, drawn.get("/Resources", resources), (*above, drawn.objgen))
