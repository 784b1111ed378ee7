"""Personal data where nobody looks: beside the rows of a sheet, in the entries of a package, in the GPS of a photo."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pikepdf
import pytest
from PIL import Image

from pipeline.model.public import normal
from pipeline.render.personal_scan import REMOVED, Scanner

PLANTED = ["3302121212120001", "0812-3456-7890", "warga@contoh.example"]


def hits(data: bytes, name: str) -> list[str]:
    return [hit.kind.id for hit in Scanner().hits(data, name)]


def workbook() -> bytes:
    book = openpyxl.Workbook()
    for _ in range(3):
        book.active.append(["Usulan"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rewritten(data: bytes, old: bytes, new: bytes, note: bytes = b"") -> bytes:
    """The workbook with ``old`` replaced in its sheet, and with ``note`` as the comment of that entry."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w") as copy:
        for info in package.infolist():
            content = package.read(info)
            if info.filename == "xl/worksheets/sheet1.xml":
                assert old in content
                content = content.replace(old, new, 1)
                info.comment = note
            copy.writestr(info, content)
    return out.getvalue()


@pytest.mark.parametrize("text", PLANTED)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<worksheet", b"<!--@--><worksheet"),
        (b"<sheetData>", b"<!--@--><sheetData>"),
        (b"</row><row", b"</row><!--@--><row"),
        (b"</sheetData>", b"<!--@--></sheetData>"),
        (b"</worksheet>", b"</worksheet><!--@-->"),
        (b"</worksheet>", b"</worksheet><?x @?>"),
    ],
)
def test_comments_in_a_sheet(old: bytes, new: bytes, text: str) -> None:
    data = workbook()
    assert hits(data, "x.xlsx") == []
    assert hits(rewritten(data, old, new.replace(b"@", text.encode())), "x.xlsx")


@pytest.mark.parametrize("text", PLANTED)
def test_comments_of_entries_of_a_package(text: str) -> None:
    assert hits(rewritten(workbook(), b"", b"", text.encode()), "x.xlsx")


@pytest.mark.parametrize("text", PLANTED)
@pytest.mark.parametrize(("ifd", "tag"), [(0x8769, 0x9286), (0x8825, 29)])
def test_parts_of_exif(ifd: int, tag: int, text: str) -> None:
    exif = Image.Exif()
    exif.get_ifd(ifd)[tag] = text
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "JPEG", exif=exif)
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("word/media/image1.jpg", out.getvalue())
    with Image.open(io.BytesIO(out.getvalue())) as again:
        written = str(again.getexif().get_ifd(ifd))
    assert text in written
    assert hits(package.getvalue(), "x.docx")


@pytest.mark.parametrize("text", PLANTED)
def test_properties_of_a_pdf_that_stand_in_its_trailer(text: str) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.trailer["/Info"] = pikepdf.Dictionary(Title=text)
    out = io.BytesIO()
    pdf.save(out)
    assert hits(out.getvalue(), "x.pdf")


def test_a_removed_number_over_two_lines_of_a_page_is_known() -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    pdf.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
    content = b"BT /F1 12 Tf 72 500 Td (hubungi 0812 34) Tj 0 -20 Td (567 890 ya) Tj ET"
    pdf.pages[0].Contents = pdf.make_stream(content)
    out = io.BytesIO()
    pdf.save(out)
    known = Scanner(values=frozenset({normal("0812-3456-7890")}))
    assert REMOVED in {hit.kind for hit in known.hits(out.getvalue(), "x.pdf")}
    assert not list(Scanner().hits(out.getvalue(), "x.pdf"))
