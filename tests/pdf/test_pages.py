"""Pages that not every reader shows alike are told, with their number."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from pipeline.errors import ProofError
from pipeline.pdf.pages import prove_pages
from tests.sign.authority import blank_pdf


def edited(change: Callable[[pikepdf.Pdf], object]) -> bytes:
    """A PDF of two pages after ``change``; what it draws stands there as it is."""
    with pikepdf.open(io.BytesIO(blank_pdf("ttd"))) as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        change(pdf)
        out = io.BytesIO()
        pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
        return out.getvalue()


def drawing(content: bytes, **more: object) -> Callable[[pikepdf.Pdf], None]:
    """The second page draws ``content``."""

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[1].obj.Contents = pdf.make_stream(content, **more)

    return change


def sized(*box: float) -> Callable[[pikepdf.Pdf], None]:
    return lambda pdf: pdf.pages[1].obj.__setitem__("/MediaBox", Array(list(box)))


def forms(content: bytes, inner: str) -> Callable[[pikepdf.Pdf], None]:
    """The second page shows a form that draws ``content`` and knows itself as ``inner``."""

    def change(pdf: pikepdf.Pdf) -> None:
        form = pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
        form.Resources = Dictionary(XObject=Dictionary({inner: form}))
        pdf.pages[1].obj.Resources = Dictionary(XObject=Dictionary(F=form))
        pdf.pages[1].obj.Contents = pdf.make_stream(b"/F Do")

    return change


def counted(number: int) -> Callable[[pikepdf.Pdf], None]:
    return lambda pdf: pdf.Root.Pages.__setitem__("/Count", number)


WHOLE: dict[str, Callable[[pikepdf.Pdf], object]] = {
    "as it is": lambda pdf: None,
    "turned": lambda pdf: pdf.pages[1].obj.__setitem__("/Rotate", 90),
    "drawn upside down": sized(595, 842, 0, 0),
    "a form": forms(b"0 0 5 5 re f", "/Lain"),
    "marks of compatibility": drawing(b"BX EX"),
}
BROKEN: dict[str, tuple[Callable[[pikepdf.Pdf], object], str]] = {
    "no extent": (sized(0, 0, 0, 0), "halaman 2 rusak (ukurannya 0 x 0 titik)"),
    "as big as a field": (sized(0, 0, 10**6, 10**6), "halaman 2 rusak (ukurannya"),
    "an operator that is none": (drawing(b"0 0 m 9 9 kl S"), "halaman 2 rusak (perintah gambar kl tidak dikenal)"),
    "not packed as it says": (drawing(b"halo", Filter=Name.FlateDecode), "halaman 2 rusak (isinya tidak dapat"),
    "a picture that is not there": (drawing(b"/Stempel Do"), "halaman 2 rusak (yang digambarnya tidak ada)"),
    "a form in itself": (forms(b"/Dalam Do", "/Dalam"), "halaman 2 rusak (gambarnya memuat dirinya sendiri)"),
    "a form that draws nonsense": (forms(b"1 2 halo", "/Lain"), "halaman 2 rusak (perintah gambar halo"),
    "more pages than it has": (counted(7), "jumlah halamannya tidak pasti: berkasnya menyebut 7, terbaca 2"),
    "contents that are a number": (lambda pdf: pdf.pages[1].obj.__setitem__("/Contents", 5), "halaman 2 rusak (isinya"),
}


@pytest.mark.parametrize("case", WHOLE)
def test_whole_pages(case: str) -> None:
    prove_pages(edited(WHOLE[case]))
    with pytest.raises(ProofError):  # and nothing of it hides a fault
        prove_pages(edited(lambda pdf: (WHOLE[case](pdf), counted(7)(pdf))))


@pytest.mark.parametrize("case", BROKEN)
def test_broken_pages_are_told(case: str) -> None:
    change, told = BROKEN[case]
    with pytest.raises(ProofError) as refused:
        prove_pages(edited(change))
    assert told in refused.value.message.text("id")


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"halo"])
def test_what_is_no_pdf_is_told(data: bytes) -> None:
    with pytest.raises(ProofError) as refused:
        prove_pages(data)
    assert "rusak" in refused.value.message.text("id")
