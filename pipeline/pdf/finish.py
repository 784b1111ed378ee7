"""The finish step: what LibreOffice made becomes the PDF that is filed and signed.

PDF/A-3a and PDF/UA-1, with its sources inside and an empty field for each signature. Its bytes depend on the document
alone: dates come from the document, identifiers from the content, nothing from the clock, the machine or the run.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import ProofError
from pipeline.model.message import say
from pipeline.model.particulars import Particulars, SigningPlace
from pipeline.pdf import attach, fields, figures, icc, marks, tags, xmp

if TYPE_CHECKING:
    import pikepdf

_MISREAD = b"\r\nendstream"
"""Data that ends in a carriage return, and the line end behind it: some validators take both for the line end, and the
data for a byte too short."""
_END = b"\n%%EOF\n"
_SETTINGS = {
    "empty": "",
    "minVersion": "1.7",
    "deterministicId": "",
    "objectStreams": "disable",
    "newlineBeforeEndstream": "",
    "noWarn": "",
}
"""How qpdf writes a file by itself as ``_written`` has it do in memory."""


def finish(path: Path, particulars: Particulars, *, docx: Path | None = None) -> tuple[SigningPlace, ...]:
    """Rewrite the PDF ``path``, which LibreOffice made from ``docx``, in place; where its signers are to sign.

    ``docx`` gives the texts of pictures that LibreOffice loses. Raises ProofError for what cannot be finished, telling
    what to do in the template, and OSError.
    """
    import pikepdf

    part = path.with_name(f"{path.name}.part")
    try:
        # The file is small and only read here; through the memory map qpdf reads it in half the time.
        # What is cut off is not to be repaired: something would be missing that nobody asks for.
        with pikepdf.open(path, access_mode=pikepdf.AccessMode.mmap, attempt_recovery=False) as pdf:
            xmp.describe(pdf, particulars)
            icc.freeze(pdf)
            _mend(pdf, docx)
            attach.attach(pdf, particulars)
            places = fields.add_fields(pdf, particulars.signers, path)
            tags.tab_order(pdf)
            _write(pdf, part)
        part.replace(path)
    except (pikepdf.PdfError, pikepdf.PasswordError, RuntimeError) as error:
        raise ProofError(
            say("PDF yang dibuat LibreOffice tidak dapat dibaca. Jalankan lagi; bila terulang, laporkan.")
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return places


def _mend(pdf: pikepdf.Pdf, docx: Path | None) -> None:
    if "/StructTreeRoot" not in pdf.Root:
        raise ProofError(
            say("PDF dari LibreOffice tidak bertanda struktur. Pasang LibreOffice 7.4 atau yang lebih baru.")
        )
    found = tuple(tags.walk(pdf.Root.StructTreeRoot))
    shown = marks.mend(pdf, [one for one in found if one.get("/S") == "/Figure"])
    figures.gather(shown)
    figures.describe(pdf, shown, docx)
    tags.mend(pdf, found)


def _write(pdf: pikepdf.Pdf, path: Path) -> None:
    """Write what ``to_bytes`` gives, in half its time. Raises OSError.

    Through Python, qpdf writes tens of thousands of pieces of some bytes. What it does not write whole by itself, be it
    for a full disk, takes that way all the same, which tells what is wrong.
    """
    import pikepdf

    _forget(pdf)
    settings = {**_SETTINGS, "outputFile": str(path)}
    try:
        pikepdf.Job(settings).write_pdf(pdf)
        data = path.read_bytes()
    except (RuntimeError, OSError):
        data = b""
    if not data.endswith(_END) or _MISREAD in data:
        path.write_bytes(to_bytes(pdf))


def to_bytes(pdf: pikepdf.Pdf) -> bytes:
    """``pdf`` as a file: equal content gives equal bytes, in a form that every signing service reads."""
    import pikepdf

    data = _written(pdf)
    if _MISREAD in data:
        with pikepdf.open(BytesIO(data)) as again:
            for stream in again.objects:
                if isinstance(stream, pikepdf.Stream):
                    _lengthen(stream)
            data = _written(again)
    return data


def _written(pdf: pikepdf.Pdf) -> bytes:
    import pikepdf

    _forget(pdf)
    # In memory: a file of Python's would be slower still.
    made = BytesIO()
    pdf.save(
        made,
        min_version="1.7",
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        fix_metadata_version=False,
    )
    return made.getvalue()


def _forget(pdf: pikepdf.Pdf) -> None:
    """Take out what qpdf would keep the first half of: the identifier that is there."""
    for key in ("/ID", "/DocChecksum"):
        if key in pdf.trailer:
            del pdf.trailer[key]


def _lengthen(stream: pikepdf.Stream) -> None:
    """Put a byte that decoders ignore behind compressed data that ends in a carriage return."""
    import pikepdf

    data = stream.read_raw_bytes()
    if data.endswith(b"\r") and stream.get("/Filter") == pikepdf.Name.FlateDecode:
        parameters: Any = stream.get("/DecodeParms")
        stream.write(data + b"\n", filter=pikepdf.Name.FlateDecode, decode_parms=parameters)
