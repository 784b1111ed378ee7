"""The finish step on what LibreOffice makes: what it says, how it is tagged, and that its bytes are always the same."""

from __future__ import annotations

import datetime as dt
import errno
import io
import shutil
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pytest

from pipeline.convert.libreoffice import Job, convert
from pipeline.errors import ProofError
from pipeline.model.particulars import Attachment, Particulars, Relation
from pipeline.pdf import finish as finish_step
from pipeline.pdf import xmp
from pipeline.pdf.finish import finish, to_bytes
from pipeline.pdf.tags import tab_order
from tests.pdf.papers import LINK, SIGNER, Paper, odd_document

SAID = Particulars(
    document="contoh/sop/uji",
    title="SOP Uji & <Coba> “é”",
    author="Sekretariat DPRD Kabupaten Contoh",
    subject="Standar operasional prosedur",
    keywords=("SOP", "uji"),
    date=dt.date(2026, 1, 15),
    signers=(SIGNER,),
    attachments=(
        Attachment("uji.yaml", b"judul: uji\n", "application/yaml", Relation.SOURCE, "Isian SOP"),
        Attachment("asal.json", b"{}", "application/json", Relation.SUPPLEMENT, "Asal dokumen"),
    ),
)


def texts(packet: bytes, name: str) -> list[str]:
    root = ElementTree.fromstring(packet)
    return [text.strip() for node in root.iter(name) for text in node.itertext() if text.strip()]


DC = "{http://purl.org/dc/elements/1.1/}"
XMP = "{http://ns.adobe.com/xap/1.0/}"
PDF = "{http://ns.adobe.com/pdf/1.3/}"
CLAIMS = {"{http://www.aiim.org/pdfa/ns/id/}part": "3", "{http://www.aiim.org/pdfa/ns/id/}conformance": "A"}
CLAIMS["{http://www.aiim.org/pdfua/ns/id/}part"] = "1"


def test_metadata_say_what_the_document_says_and_agree(odd: Path) -> None:
    finish(odd, SAID)
    with pikepdf.open(odd) as pdf:
        packet, info = pdf.Root.Metadata.read_bytes(), {key: str(value) for key, value in pdf.docinfo.items()}
        assert "/Filter" not in pdf.Root.Metadata
        assert str(pdf.Root.Lang) == "id-ID"
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
    for name, value in CLAIMS.items():
        assert texts(packet, name) == [value]
    assert texts(packet, f"{DC}title") == [info["/Title"]] == [SAID.title]
    assert texts(packet, f"{DC}creator") == [info["/Author"]] == [SAID.author]
    assert texts(packet, f"{DC}description") == [info["/Subject"]] == [SAID.subject]
    assert texts(packet, f"{DC}subject") == ["SOP", "uji"]
    assert texts(packet, f"{PDF}Keywords") == [info["/Keywords"]] == ["SOP; uji"]
    assert texts(packet, f"{PDF}Producer") == [info["/Producer"]]
    assert texts(packet, f"{XMP}CreatorTool") == [info["/Creator"]]
    assert texts(packet, f"{DC}language") == ["id-ID"]
    assert texts(packet, f"{DC}identifier") == [SAID.document]
    assert texts(packet, f"{XMP}CreateDate") == texts(packet, f"{XMP}ModifyDate") == ["2026-01-15T00:00:00Z"]
    assert info["/CreationDate"] == info["/ModDate"] == "D:20260115000000Z"


def test_a_document_without_a_day_has_no_date(odd: Path) -> None:
    finish(odd, Particulars("contoh/sop/uji", "Uji"))
    with pikepdf.open(odd) as pdf:
        assert not {"/CreationDate", "/ModDate"} & set(pdf.docinfo.keys())
        assert b"Date" not in pdf.Root.Metadata.read_bytes()


def test_no_clock_and_no_object_streams_are_left(odd: Path) -> None:
    finish(odd, SAID)
    with pikepdf.open(odd) as pdf:
        profile = pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes()
        assert profile[24:36] == bytes.fromhex("07d000010001000000000000")
        assert profile[84:100] == bytes(16)
        assert profile[36:40] == b"acsp"
        assert "/DocChecksum" not in pdf.trailer
    data = odd.read_bytes()
    assert b"/ObjStm" not in data
    assert b"/XRef" not in data
    year = str(dt.datetime.now(dt.UTC).year).encode()
    assert b"D:" + year not in data.replace(b"D:20260115", b"")


def test_the_same_input_gives_the_same_bytes_wherever_and_whenever(libreoffice: None, tmp_path: Path) -> None:
    made = []
    for number, name in enumerate(("satu", "nama lain é")):
        folder = tmp_path / name
        folder.mkdir()
        docx = odd_document(folder / f"{name}.docx")
        _repack(docx, (1980 + number, 2, 3, 4, 5, 6))
        job = Job(docx, folder / f"{name}.pdf", finish=lambda path: finish(path, SAID))
        # Two processes of LibreOffice, each with a profile of its own.
        assert convert([job], workers=1)[0].error is None
        made.append(job.pdf.read_bytes())
    assert made[0] == made[1]


def _repack(docx: Path, moment: tuple[int, int, int, int, int, int]) -> None:
    with zipfile.ZipFile(docx) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(docx, "w") as package:
        for name, data in parts.items():
            package.writestr(zipfile.ZipInfo(name, moment), data)


def test_another_particular_gives_another_identifier(odd: Path, tmp_path: Path) -> None:
    other = tmp_path / "lain.pdf"
    shutil.copyfile(odd, other)
    finish(odd, Particulars("contoh/sop/uji", "Uji"))
    finish(other, Particulars("contoh/sop/uji", "Ujian"))
    with pikepdf.open(odd) as one, pikepdf.open(other) as two:
        assert bytes(one.trailer.ID[0]) != bytes(two.trailer.ID[0])


def test_attributes_are_written_once(papers: Mapping[str, Paper], tmp_path: Path) -> None:
    path = tmp_path / "rekap.pdf"
    shutil.copyfile(papers["rekapitulasi"].pdf, path)
    finish(path, SAID_UNSIGNED, docx=papers["rekapitulasi"].docx)
    with pikepdf.open(path) as pdf:
        found = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/O" in one]
        told = [one.unparse(resolved=True) for one in found]
    assert len(told) == len(set(told)) > 10
    assert path.stat().st_size < papers["rekapitulasi"].pdf.stat().st_size * 3 / 4


SAID_UNSIGNED = Particulars("contoh/reses/2025-masa-3/rekapitulasi", "Rekapitulasi", date=dt.date(2025, 12, 1))


def test_a_pdf_without_tags_or_that_is_none_is_refused(tmp_path: Path) -> None:
    bare = tmp_path / "polos.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(bare)
    with pytest.raises(ProofError) as error:
        finish(bare, SAID)
    assert "tidak bertanda struktur" in error.value.text("id")
    bare.write_bytes(b"%PDF-1.7\nbukan")
    with pytest.raises(ProofError):
        finish(bare, SAID)


def test_a_link_stays_and_its_page_is_tabbed_by_tags(odd: Path) -> None:
    finish(odd, SAID)
    with pikepdf.open(odd) as pdf:
        page = pdf.pages[0].obj
        links = [str(mark.A.URI) for mark in page.Annots if mark.Subtype == pikepdf.Name.Link]
        assert links == [LINK]
        assert page.Tabs == pikepdf.Name.S


def test_annotations_stand_in_the_order_of_reading_and_untagged_ones_last() -> None:
    with pikepdf.new() as pdf:
        for tags in ([None, 7, 5, 6], [1, 2], []):
            page = pdf.add_blank_page().obj
            marks = [{} if tag is None else {"/StructParent": tag} for tag in tags]
            if marks:
                page.Annots = pikepdf.Array([pdf.make_indirect(pikepdf.Dictionary(mark)) for mark in marks])
        tab_order(pdf)
        found = [[mark.get("/StructParent") for mark in page.obj.get("/Annots", ())] for page in pdf.pages]
        assert found == [[5, 6, 7, None], [1, 2], []]
        assert ["/Tabs" in page.obj for page in pdf.pages] == [True, True, False]


def test_data_that_ends_in_a_carriage_return_is_not_read_a_byte_too_short() -> None:
    content = b"q Q %"
    while zlib.adler32(content) & 0xFF != 0x0D:  # the last byte of compressed data
        content += b"x"
    with pikepdf.new() as pdf:
        pdf.add_blank_page().Contents = pdf.make_stream(content)
        data = to_bytes(pdf)
    assert zlib.compress(content).endswith(b"\r")
    assert b"\r\nendstream" not in data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.pages[0].obj.Contents.read_bytes() == content
        assert pdf.check_pdf_syntax() == []


def _again(pdf: pikepdf.Pdf) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(to_bytes(pdf)))


def test_data_of_other_kinds_stays_as_it_is() -> None:
    """Only compressed data may become a byte longer; what it means stays with it."""
    content = b"\1abc" * 3
    while zlib.adler32(content) & 0xFF != 0x0D:
        content += b"\1abd"
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page().obj
        predicted = {"/Predictor": 12, "/Columns": 3, "/Colors": 1, "/BitsPerComponent": 8}
        page.Flate = pikepdf.Stream(pdf, zlib.compress(content), Filter=pikepdf.Name.FlateDecode)
        page.Flate.DecodeParms = pikepdf.Dictionary(predicted)
        page.Photo = pikepdf.Stream(pdf, b"foto\r", Filter=pikepdf.Name.JPXDecode)
        before = page.Flate.read_bytes()
        with _again(pdf) as made:
            found: Any = made.pages[0].obj
            assert found.Flate.read_bytes() == before
            assert found.Photo.Filter == pikepdf.Name.JPXDecode
            assert found.Photo.read_raw_bytes() == b"foto\r"


def test_what_other_programs_write_becomes_plain() -> None:
    """Later LibreOffice may write object streams; some signing services cannot read them."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, force_version="1.5")
    assert b"/ObjStm" in out.getvalue()
    with pikepdf.open(out) as pdf:
        data = to_bytes(pdf)
    assert data.startswith(b"%PDF-1.7")
    assert b"/ObjStm" not in data
    assert b"/XRef" not in data


def test_a_pdf_says_its_language_and_that_it_is_tagged_whatever_it_said_before() -> None:
    with pikepdf.new() as pdf:
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(Direction=pikepdf.Name.L2R)
        xmp.describe(pdf, SAID)
        assert str(pdf.Root.Lang) == "id-ID"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert dict(pdf.Root.ViewerPreferences) == {"/Direction": pikepdf.Name.L2R, "/DisplayDocTitle": True}


def test_what_qpdf_writes_by_itself_are_the_same_bytes(odd: Path, tmp_path: Path) -> None:
    with pikepdf.open(odd) as pdf:
        finish_step._write(pdf, tmp_path / "nama é.pdf")
        assert (tmp_path / "nama é.pdf").read_bytes() == to_bytes(pdf)


@pytest.mark.parametrize("left", [b"", b"%PDF-1.7\n1 0 obj\n"])
def test_what_qpdf_does_not_write_whole_is_written_all_the_same(
    left: bytes, odd: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: pikepdf.Job, pdf: pikepdf.Pdf) -> None:
        (tmp_path / "x.pdf").write_bytes(left)
        if not left:
            raise RuntimeError("No space left on device")

    monkeypatch.setattr(pikepdf.Job, "write_pdf", full)
    with pikepdf.open(odd) as pdf:
        finish_step._write(pdf, tmp_path / "x.pdf")
        assert (tmp_path / "x.pdf").read_bytes() == to_bytes(pdf)


def test_a_full_disk_leaves_the_file_and_nothing_beside_it(odd: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(pdf: pikepdf.Pdf, path: Path) -> None:
        path.write_bytes(b"%PDF")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(finish_step, "_write", full)
    before = {path: path.read_bytes() for path in odd.parent.iterdir() if path.is_file()}
    with pytest.raises(OSError, match="No space left"):
        finish(odd, SAID)
    assert {path: path.read_bytes() for path in odd.parent.iterdir() if path.is_file()} == before
