"""Signing services for tests: one that writes a file anew, as the national one does, and one that only adds to it."""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from tests.sign.authority import NOW, Authority, Identity, sign_pdf
from tests.sign.paper import annotations, draw, saved, write

AUTHORITY = Authority()
SIGNER = AUTHORITY.issue("Pejabat Contoh")
FOOTER = "Dokumen ini telah ditandatangani secara elektronik menggunakan sertifikat elektronik"


def national(data: bytes, signer: Identity = SIGNER, *, keep: bool = False) -> bytes:
    """Written anew with another id, other metadata and (unless ``keep``) without attachments; a line in the band of
    every page, a picture and a name in the box; then signed in a field of its own in that box."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        place = _take_field(pdf)
        if not keep:
            for key in ("/Names", "/AF", "/StructTreeRoot", "/MarkInfo", "/Metadata"):
                if key in pdf.Root:
                    del pdf.Root[key]
        pdf.docinfo["/Producer"] = "Layanan Tanda Tangan"
        pdf.docinfo["/Title"] = "naskah"
        for number in range(len(pdf.pages)):
            _font(pdf, number)
            write(72, 30, FOOTER, number, 7)(pdf)
        if place:
            x, y, _, _ = place[1]
            draw(f"0 g {_squares(x + 4, y + 4)}", place[0])(pdf)
            write(x + 60, y + 30, "Pejabat Contoh", place[0], 7)(pdf)
            _invisible_field(pdf, place[0])
        made = saved(pdf, linearize=not place)
    return sign_pdf(made, signer, field="BSrE", new=not place, now=NOW)


def own(data: bytes, signer: Identity = SIGNER, field: str = "ttd1") -> bytes:
    """Signed in its field, by adding to the file."""
    return sign_pdf(data, signer, field=field, now=NOW)


def _take_field(pdf: Pdf) -> tuple[int, tuple[float, ...]] | tuple[()]:
    """Remove the first empty field; its page and its box."""
    for number, page in enumerate(pdf.pages):
        for index, widget in enumerate(page.get("/Annots", [])):
            if widget.get("/FT") == "/Sig":
                left, bottom, right, top = (float(side) for side in widget.Rect)
                del page.Annots[index]
                del pdf.Root.AcroForm
                return number, (left, bottom, right - left, top - bottom)
    return ()


def _invisible_field(pdf: Pdf, number: int) -> None:
    page = pdf.pages[number]
    widget = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=pikepdf.String("BSrE"),
            F=132,
            Rect=Array([0, 0, 0, 0]),
            P=page.obj,
        )
    )
    annotations(page).append(widget)
    pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=Array([widget]), SigFlags=3))


def _font(pdf: Pdf, number: int) -> None:
    """The font that ``write`` prints in."""
    page = pdf.pages[number]
    resources = page.obj.get("/Resources", Dictionary())
    fonts = resources.get("/Font", Dictionary())
    if "/F1" not in fonts:
        fonts.F1 = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    resources.Font = fonts
    page.obj.Resources = resources


def _squares(x: float, y: float) -> str:
    """A picture like a QR code."""
    cells = [(row, column) for row in range(12) for column in range(12) if (row * 7 + column * 5) % 3]
    return " ".join(f"{x + column * 4} {y + row * 4} 4 4 re" for row, column in cells) + " f"
