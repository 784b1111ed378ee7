"""Small PDFs to be signed, and what honest and dishonest hands do to them on the way."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from decimal import Decimal

import pikepdf
import pypdf
import pypdfium2 as pdfium
from pikepdf import Array, Dictionary, Name, Pdf, String

WIDE, HIGH = 595.28, 841.89
BOX = (330.0, 120.0, 180.0, 72.0)
"""Where the signature is to be seen on the last page: x, y, width, height."""
LINES = (
    "PEMERINTAH KABUPATEN CONTOH",
    "Nomor 000.8.3.3/001/2026",
    "Surat masuk dicatat paling lambat 3 hari kerja, biaya Rp 1.250.000",
    "Kepala Bagian Umum memeriksa surat dan memberi disposisi",
    "Surat disimpan menurut tanggal; arsip diperiksa setiap bulan.",
)
Change = Callable[[Pdf], object]


def paper(
    lines: Sequence[str] = LINES,
    *,
    pages: int = 2,
    box: tuple[float, float, float, float] | None = BOX,
    document: str = "",
    turned: int = 0,
    photo: bool = False,
) -> bytes:
    """A PDF with ``lines`` on every page, a table's frame, and an empty signature field on the last page."""
    pdf = Pdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    for number in range(1, pages + 1):
        content = _frame() + "".join(
            _text(72, 760 - 24 * row, f"{line}{'' if row else f' hlm {number}'}") for row, line in enumerate(lines)
        )
        page = pdf.add_blank_page(page_size=(WIDE, HIGH))
        page.Resources = Dictionary(Font=Dictionary(F1=font))
        if photo:
            page.Resources.XObject = Dictionary(Foto=_photo(pdf))
            content += " q 200 0 0 150 72 380 cm /Foto Do Q"
        page.Contents = pdf.make_stream(content.encode("latin-1"))
        if turned:
            page.Rotate = turned
    if box is not None:
        add_field(pdf, len(pdf.pages) - 1, box)
    if document:
        attach(pdf, "asal.json", f'{{"dokumen": "{document}"}}'.encode())
    return saved(pdf)


def _text(x: float, y: float, text: str, size: float = 11) -> str:
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f" BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET"


def _frame() -> str:
    return "0.5 w 72 560 450 60 re S 72 590 m 522 590 l S 200 560 m 200 620 l S"


def _photo(pdf: Pdf) -> pikepdf.Object:
    rows = bytes((x * 3 + y * 5 + (x * y) % 17) % 256 for y in range(90) for x in range(120))
    stream = pdf.make_stream(rows)
    stream.update(Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=120, Height=90, BitsPerComponent=8))
    stream.ColorSpace = Name.DeviceGray
    return stream


def add_field(pdf: Pdf, index: int, box: tuple[float, float, float, float], name: str = "ttd1") -> None:
    """An empty signature field on page ``index``."""
    x, y, width, height = box
    look = pdf.make_stream(f"0.5 w 0.25 0.25 {width - 0.5} {height - 0.5} re S".encode())
    look.update(Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, width, height])))
    page = pdf.pages[index]
    widget = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=String(name),
            F=4,
            Rect=Array([x, y, x + width, y + height]),
            P=page.obj,
            AP=Dictionary(N=look),
        )
    )
    annotations(page).append(widget)
    if "/AcroForm" not in pdf.Root:
        pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=Array([]), SigFlags=1))
    pdf.Root.AcroForm.Fields.append(widget)


def annotations(page: pikepdf.Page) -> pikepdf.Object:
    if "/Annots" not in page:
        page.Annots = Array([])
    return page.Annots


def attach(pdf: Pdf, name: str, content: bytes) -> None:
    pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, content, filename=name)


def saved(pdf: Pdf, **how: object) -> bytes:
    stream = io.BytesIO()
    pdf.save(stream, **how)  # type: ignore[arg-type]
    return stream.getvalue()


def altered(data: bytes, change: Change) -> bytes:
    """``data`` after ``change``."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        return saved(pdf)


def draw(content: str, page: int = 0) -> Change:
    """Draw over page ``page``."""

    def change(pdf: Pdf) -> None:
        pdf.pages[page].contents_add(f" q {content} Q".encode("latin-1"))

    return change


def write(x: float, y: float, text: str, page: int = 0, size: float = 11) -> Change:
    """Print ``text`` on page ``page``."""
    return draw(_text(x, y, text, size), page)


def swap(old: str, new: str, page: int = 0) -> Change:
    """Replace what the content of page ``page`` says."""

    def change(pdf: Pdf) -> None:
        stream = pdf.pages[page].Contents
        data = stream.read_bytes()
        assert old.encode() in data
        stream.write(data.replace(old.encode(), new.encode()))

    return change


def rounded(places: int) -> Change:
    """Round every number of the pages."""

    def change(pdf: Pdf) -> None:
        for page in pdf.pages:
            instructions = [
                ([round(float(o), places) if isinstance(o, Decimal) else o for o in operands], operator)
                for operands, operator in pikepdf.parse_content_stream(page)
            ]
            page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))

    return change


def _bare(pdf: Pdf) -> None:
    for key in ("/Metadata", "/StructTreeRoot", "/MarkInfo", "/Names", "/AF", "/OutputIntents"):
        if key in pdf.Root:
            del pdf.Root[key]
    pdf.docinfo["/Title"] = "dokumen"
    if "/ID" in pdf.trailer:
        del pdf.trailer["/ID"]


def _wrapped(pdf: Pdf) -> None:
    for page in pdf.pages:
        page.contents_add(b"q ", prepend=True)
        page.contents_add(b" Q")


def _resaved(data: bytes, **how: object) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return saved(pdf, **how)


def _by_pdfium(data: bytes) -> bytes:
    document, stream = pdfium.PdfDocument(data), io.BytesIO()
    document.save(stream)
    document.close()
    return stream.getvalue()


def _by_pypdf(data: bytes) -> bytes:
    writer, stream = pypdf.PdfWriter(clone_from=io.BytesIO(data)), io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


HONEST: dict[str, Callable[[bytes], bytes]] = {
    "the same bytes": lambda data: data,
    "saved again": _resaved,
    "linearised": lambda data: _resaved(data, linearize=True),
    "object streams": lambda data: _resaved(data, object_stream_mode=pikepdf.ObjectStreamMode.generate),
    "not compressed": lambda data: _resaved(data, compress_streams=False),
    "pdfium": _by_pdfium,
    "pypdf": _by_pypdf,
    "rounded to hundredths": lambda data: altered(data, rounded(2)),
    "rounded to tenths": lambda data: altered(data, rounded(1)),
    "without tags, metadata and attachments": lambda data: altered(data, _bare),
    "content wrapped": lambda data: altered(data, _wrapped),
    "footer in the band": lambda data: altered(data, write(72, 30, "Ditandatangani secara elektronik", 1, 7)),
    "picture in the box": lambda data: altered(data, draw("0 g 340 125 60 60 re f", 1)),
    "frame on the edge of the box": lambda data: altered(data, draw("1 w 330 120 180 72 re S", 1)),
}
"""What a signing service may do to a file."""
