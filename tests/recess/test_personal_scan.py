"""Personal data is found in every place of a finished file, and what cannot be read is never taken for clean."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pikepdf
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from pipeline.errors import ProofError
from pipeline.model.public import normal
from pipeline.render.personal_scan import REMOVED, Scanner

NIK = "3302121212120001"
PHONE = "0812-3456-7890"
EMAIL = "warga@contoh.example"
PLANTED = [NIK, PHONE, EMAIL]
OFFICE_PHONE = "(0281) 636123"


def hits(data: bytes, name: str, **known: frozenset[str]) -> list[str]:
    return [hit.kind.id for hit in Scanner(**known).hits(data, name)]


def saved(document: object) -> bytes:
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w") as copy:
        for info in package.infolist():
            if info.filename != name:
                copy.writestr(info, package.read(info))
        copy.writestr(name, content)
    return out.getvalue()


def photo(text: str) -> bytes:
    exif = Image.Exif()
    exif[0x010E] = text  # ImageDescription
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "JPEG", exif=exif)
    return out.getvalue()


def png(text: str) -> bytes:
    info = PngInfo()
    info.add_text("Comment", text)
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG", pnginfo=info)
    return out.getvalue()


def in_paragraph(text: str) -> bytes:
    document = docx.Document()
    document.add_paragraph(f"Usulan {text} warga")
    return saved(document)


def over_runs(text: str) -> bytes:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for sign in text:
        paragraph.add_run(sign)
    return saved(document)


def in_table(text: str) -> bytes:
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).text = text
    return saved(document)


def in_footer(text: str) -> bytes:
    document = docx.Document()
    document.sections[0].footer.paragraphs[0].text = text
    return saved(document)


def in_properties(text: str) -> bytes:
    document = docx.Document()
    document.core_properties.keywords = text
    return saved(document)


def in_picture(text: str) -> bytes:
    return with_part(in_paragraph(""), "word/media/image9.jpg", photo(text))


def in_png(text: str) -> bytes:
    return with_part(in_paragraph(""), "word/media/image9.png", png(text))


def in_custom_xml(text: str) -> bytes:
    return with_part(in_paragraph(""), "customXml/item1.xml", f"<a><b x='y {text}'/></a>".encode())


def in_comment_of_xml(text: str) -> bytes:
    return with_part(in_paragraph(""), "customXml/item1.xml", f"<a><!-- {text} --></a>".encode())


def in_comments(text: str) -> bytes:
    xml = (
        '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:comment w:id="1">'
        f"<w:p><w:r><w:t>{text[:5]}</w:t></w:r><w:r><w:t>{text[5:]}</w:t></w:r></w:p></w:comment></w:comments>"
    )
    return with_part(in_paragraph(""), "word/comments.xml", xml.encode())


def in_alt_text(text: str) -> bytes:
    return with_part(in_paragraph(""), "word/header9.xml", f'<a descr="Foto {text}"/>'.encode())


def in_embedded_workbook(text: str) -> bytes:
    return with_part(in_paragraph(""), "word/embeddings/data.xlsx", in_cell(text))


def in_part_name(text: str) -> bytes:
    return with_part(in_paragraph(""), f"word/media/{text}.png", png(""))


def in_zip_comment(text: str) -> bytes:
    out = io.BytesIO(in_paragraph(""))
    with zipfile.ZipFile(out, "a") as package:
        package.comment = text.encode()
    return out.getvalue()


def in_cell(text: str) -> bytes:
    book = openpyxl.Workbook()
    book.active["B2"] = text  # type: ignore[index]
    return saved(book)


def in_hidden_sheet(text: str) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Rahasia")
    sheet.sheet_state = "veryHidden"
    sheet["A1"] = text
    return saved(book)


def in_sheet_comment(text: str) -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"].comment = Comment(text, "x")  # type: ignore[index]
    return saved(book)


def in_defined_name(text: str) -> bytes:
    book = openpyxl.Workbook()
    book.defined_names["Nama"] = DefinedName("Nama", attr_text=f'"{text}"')
    return saved(book)


def in_link(text: str) -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"].hyperlink = f"https://contoh.example/x?q={text}"  # type: ignore[index]
    return saved(book)


def in_sheet_header(text: str) -> bytes:
    book = openpyxl.Workbook()
    book.active.oddHeader.center.text = text  # type: ignore[union-attr]
    return saved(book)


def in_workbook_properties(text: str) -> bytes:
    book = openpyxl.Workbook()
    book.properties.lastModifiedBy = text
    return saved(book)


DOCX: list[Callable[[str], bytes]] = [
    in_paragraph, over_runs, in_table, in_footer, in_properties, in_picture, in_png, in_custom_xml, in_comment_of_xml,
    in_comments, in_alt_text, in_embedded_workbook, in_part_name, in_zip_comment,
]  # fmt: skip
XLSX: list[Callable[[str], bytes]] = [
    in_cell, in_hidden_sheet, in_sheet_comment, in_defined_name, in_link, in_sheet_header, in_workbook_properties,
]  # fmt: skip


@pytest.mark.parametrize("text", PLANTED)
@pytest.mark.parametrize("carrier", DOCX)
def test_documents(carrier: Callable[[str], bytes], text: str) -> None:
    assert hits(carrier(text), "x.docx")
    assert not hits(carrier("biasa"), "x.docx")


@pytest.mark.parametrize("text", PLANTED)
@pytest.mark.parametrize("carrier", XLSX)
def test_workbooks(carrier: Callable[[str], bytes], text: str) -> None:
    assert hits(carrier(text), "x.xlsx")
    assert not hits(carrier("biasa"), "x.xlsx")


def page(text: str, height: int = 500) -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    font = pdf.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    )
    pdf.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    pdf.pages[0].Contents = pdf.make_stream(f"BT /F1 12 Tf 72 {height} Td ({text}) Tj ET".encode())
    return saved(pdf)


def blank() -> pikepdf.Pdf:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    return pdf


def in_info(text: str) -> bytes:
    pdf = blank()
    pdf.docinfo["/Subject"] = text
    return saved(pdf)


def in_xmp(text: str) -> bytes:
    pdf = blank()
    with pdf.open_metadata() as metadata:
        metadata["dc:description"] = text
    return saved(pdf)


def in_attachment(text: str) -> bytes:
    pdf = blank()
    pdf.attachments["data.csv"] = f"nama,kontak\r\nwarga,{text}\r\n".encode()
    return saved(pdf)


def in_attached_document(text: str) -> bytes:
    pdf = blank()
    pdf.attachments["data.docx"] = over_runs(text)
    return saved(pdf)


def in_attachment_name(text: str) -> bytes:
    pdf = blank()
    pdf.attachments[f"{text}.csv"] = b"a\n"
    return saved(pdf)


def in_annotation(text: str) -> bytes:
    pdf = blank()
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents=text)
    pdf.pages[0].Annots = pikepdf.Array([note])
    return saved(pdf)


def in_bookmark(text: str) -> bytes:
    pdf = blank()
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(text, 0))
    return saved(pdf)


def in_pdf_picture(text: str) -> bytes:
    pdf = blank()
    image = pdf.make_stream(photo(text))
    image.Type, image.Subtype, image.Filter = pikepdf.Name.XObject, pikepdf.Name.Image, pikepdf.Name.DCTDecode
    image.Width, image.Height, image.ColorSpace, image.BitsPerComponent = 4, 4, pikepdf.Name.DeviceRGB, 8
    pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I1=image))
    return saved(pdf)


def outside_the_page(text: str) -> bytes:
    return page(text, 5_000)


PDF: list[Callable[[str], bytes]] = [
    page, outside_the_page, in_info, in_xmp, in_attachment, in_attached_document, in_attachment_name, in_annotation,
    in_bookmark, in_pdf_picture,
]  # fmt: skip


@pytest.mark.parametrize("text", PLANTED)
@pytest.mark.parametrize("carrier", PDF)
def test_pdfs(carrier: Callable[[str], bytes], text: str) -> None:
    assert hits(carrier(text), "x.pdf")
    assert not hits(carrier("biasa"), "x.pdf")


@pytest.mark.parametrize("text", PLANTED)
def test_json_and_csv(text: str) -> None:
    data = {"a": [{"b": f"kontak {text}"}], "n": 1}
    assert hits(json.dumps(data).encode(), "x.json")
    assert hits(json.dumps(data, indent=1).encode(), "x.json")
    assert hits(json.dumps({text: 1}).encode(), "x.json")
    assert hits(f'id,uraian\r\n1,"a\r\n{text}"\r\n'.encode(), "x.csv")
    assert hits(f"id;uraian\n1;{text}\n".encode("utf-8-sig"), "x.csv")
    assert hits(b"{}", f"{text}.json")


CLEAN = [
    "Rp12.345.678.901.234", "-7.421234, 109.234567", "2 s.d. 7 Februari 2026", "2026-02-02T09:00:00Z", "U0001; U0812",
    "inputs/contoh/reses/2026-masa-1/aspirasi.csv:100812", "800/006.4/2023", "81.234.567.890", "12.345.678.901.234",
]  # fmt: skip


@pytest.mark.parametrize("text", CLEAN)
def test_amounts_dates_and_ids_are_no_alarm(text: str) -> None:
    assert not hits(in_paragraph(text), "x.docx")
    assert not hits(in_cell(text), "x.xlsx")
    assert not hits(page(text), "x.pdf")
    assert not hits(json.dumps({"a": text}).encode(), "x.json")


@pytest.mark.parametrize("number", [81_234_567_890, 812_345_678_901_234, 123.5, -7.421234])
def test_real_numbers_are_no_alarm(number: float) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = number  # type: ignore[index]
    assert not hits(saved(book), "x.xlsx")
    assert not hits(json.dumps({"a": number}).encode(), "x.json")
    assert not hits(f"a\n{number}\n".encode(), "x.csv")


def test_the_offices_own_telephone_may_stand_in_its_letterhead(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(in_paragraph(f"Telepon {OFFICE_PHONE}, Surel sekretariat@contoh.example"))
    Scanner(frozenset(map(normal, (OFFICE_PHONE, "sekretariat@contoh.example")))).scan_file(path)
    with pytest.raises(ProofError, match=r"x\.docx"):
        Scanner(frozenset({normal(OFFICE_PHONE)})).scan_file(path)


@pytest.mark.parametrize("text", ["0812 34 567 890", "+62 812 3456 7890", "0812/3456/7890", "812 345 678 90"])
def test_a_removed_number_is_known_in_any_spelling(text: str) -> None:
    known = frozenset({normal(PHONE)})
    for data, name in ((in_paragraph(f"ke {text} ya"), "x.docx"), (page(text), "x.pdf"), (in_cell(text), "x.xlsx")):
        assert REMOVED.id in hits(data, name, values=known)


def test_a_removed_number_is_known_as_a_real_number() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = 81234567890  # type: ignore[index]
    assert hits(saved(book), "x.xlsx", values=frozenset({normal(PHONE)})) == [REMOVED.id]


def test_a_short_removed_number_is_no_amount() -> None:
    assert not hits(in_paragraph("Rp5.551.234"), "x.docx", values=frozenset({"5551234"}))


def test_an_error_names_file_and_kind_but_never_the_value() -> None:
    with pytest.raises(ProofError) as caught:
        Scanner().scan(in_paragraph(NIK), "laporan.docx")
    for text in (caught.value.message.id, caught.value.message.en):
        assert "laporan.docx" in text
        assert "word/document.xml" in text
        assert NIK not in text
    assert caught.value.exit_code == 4


@pytest.mark.parametrize("text", PLANTED)
def test_a_name_of_a_file_or_part_that_is_personal_is_not_told(text: str) -> None:
    for data, name in ((in_part_name(text), f"{text}.docx"), (in_attachment_name(text), f"{text}.pdf")):
        with pytest.raises(ProofError) as caught:
            Scanner().scan(data, name)
        assert text not in caught.value.message.id


UNREADABLE = [
    ("x.docx", b"nothing"),
    ("x.docx", with_part(in_paragraph(""), "word/vbaProject.bin", b"\x00")),
    ("x.docx", with_part(in_paragraph(""), "word/comments.xml", b"<broken")),
    ("x.docx", with_part(in_paragraph(""), "word/media/a.png", b"no picture")),
    ("x.docx", with_part(in_paragraph(""), "word/embeddings/a.xlsx", b"no book")),
    ("x.xlsx", with_part(in_cell("a"), "xl/worksheets/sheet2.xml", b"")),
    ("x.pdf", b"%PDF-1.7 broken"),
    ("x.json", b""),
    ("x.json", b"\xff\xfe"),
    ("x.csv", b"\xff\xfe"),
    ("x.bin", b"a"),
]


@pytest.mark.parametrize(("name", "data"), UNREADABLE)
def test_what_cannot_be_read_is_a_failure(name: str, data: bytes) -> None:
    with pytest.raises(ProofError, match=name):
        Scanner().scan(data, name)


def test_a_locked_pdf_is_a_failure() -> None:
    out = io.BytesIO()
    blank().save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(ProofError):
        Scanner().scan(out.getvalue(), "x.pdf")
