"""The hash of what the pages of a PDF show."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from pipeline.pdf.content import content_digest


def _put(folder: Path, name: str, change: Callable[[pikepdf.Pdf], object] | None = None) -> Path:
    path = folder / name
    with pikepdf.new() as pdf:
        for number in (1, 2):
            page = pdf.add_blank_page(page_size=(300, 400))
            font = pdf.make_indirect(
                pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
            )
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
            page.Contents = pdf.make_stream(b"BT /F1 12 Tf 40 300 Td (Halaman %d) Tj ET" % number)
        if change is not None:
            change(pdf)
        pdf.save(path)
    return path


def _attach(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["kantor.yaml"] = b"unit: Sekretariat DPRD # catatan\n"


def _describe(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = "Judul lain"
    with pdf.open_metadata() as metadata:
        metadata["dc:title"] = "Judul lain"


def _field(pdf: pikepdf.Pdf) -> None:
    widget = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, Rect=[0, 0, 9, 9])
    pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(widget)])
    pdf.pages[0].StructParents = 7


def _word(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].Contents = pdf.make_stream(b"BT /F1 12 Tf 40 300 Td (Halaman 3) Tj ET")


def _size(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].MediaBox = [0, 0, 300, 401]


def _turn(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Rotate = 90


def _font(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Resources.Font.F1.BaseFont = pikepdf.Name.Courier


def _swap(pdf: pikepdf.Pdf) -> None:
    pdf.pages.reverse()


def _page_metadata(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Metadata = pdf.make_stream(b"<x/>")
    pdf.pages[0].Tabs = pikepdf.Name.S


@pytest.mark.parametrize("change", [None, _attach, _describe, _field, _page_metadata])
def test_what_nobody_sees_on_the_pages_does_not_count(
    tmp_path: Path, change: Callable[[pikepdf.Pdf], object] | None
) -> None:
    same = content_digest(_put(tmp_path, "b.pdf", change))
    assert same
    assert same == content_digest(_put(tmp_path, "a.pdf"))


@pytest.mark.parametrize("change", [_word, _size, _turn, _font, _swap])
def test_what_is_seen_counts(tmp_path: Path, change: Callable[[pikepdf.Pdf], object]) -> None:
    assert content_digest(_put(tmp_path, "a.pdf")) != content_digest(_put(tmp_path, "b.pdf", change))


def test_it_counts_which_of_two_shared_fonts_a_name_means(tmp_path: Path) -> None:
    def fonts(*second: int) -> Callable[[pikepdf.Pdf], None]:
        def change(pdf: pikepdf.Pdf) -> None:
            both = [page.Resources.Font.F1 for page in pdf.pages]
            both[1].BaseFont = pikepdf.Name.Courier
            for page, order in zip(pdf.pages, ((0, 1), second), strict=True):
                page.Resources.Font = pikepdf.Dictionary(F1=both[order[0]], F2=both[order[1]])

        return change

    one, other = (content_digest(_put(tmp_path, "a.pdf", fonts(*order))) for order in ((0, 1), (1, 0)))
    assert one != other


def test_it_counts_what_a_value_is_called(tmp_path: Path) -> None:
    def with_box(name: str) -> str:
        def change(pdf: pikepdf.Pdf) -> None:
            pdf.pages[0].obj[name] = pikepdf.Array([9, 9, 99, 99])

        return content_digest(_put(tmp_path, "a.pdf", change))

    assert with_box("/CropBox") != with_box("/CropBoy")


def test_what_shows_itself_ends(tmp_path: Path) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        form = pdf.make_stream(b"/X Do", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
        form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form))
        pdf.pages[0].Resources.XObject = pikepdf.Dictionary(X=form)

    one, other = (content_digest(_put(tmp_path, name, change)) for name in ("a.pdf", "b.pdf"))
    assert one == other != ""


def test_no_pdf_has_no_digest(tmp_path: Path) -> None:
    other, locked = tmp_path / "a.pdf", tmp_path / "b.pdf"
    other.write_bytes(b"bukan PDF")
    with pikepdf.open(_put(tmp_path, "c.pdf")) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(user="rahasia", owner="rahasia"))
    assert [content_digest(path) for path in (other, locked, tmp_path / "tidak-ada.pdf")] == ["", "", ""]
