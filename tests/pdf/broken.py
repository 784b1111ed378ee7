"""One good finished PDF and what can be wrong with a PDF: each fault alone, made from the good one."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from pipeline.convert.libreoffice import Job, convert
from pipeline.model.particulars import Attachment, Particulars, Relation
from pipeline.pdf.finish import finish
from tests.pdf.papers import left_as_made, odd_document

FONTS = ("Cambria",)
"""What the good document is set in."""
SOURCE = Attachment("data.yaml", b"judul: uji\n", "application/yaml", Relation.SOURCE, "Data dokumen")


def good_pdf(folder: Path) -> bytes:
    """A finished page with a picture, a border, a link, a table and an attached file."""
    docx, pdf = odd_document(folder / "baik.docx", signed=False), folder / "baik.pdf"
    for outcome in convert([Job(docx, pdf, finish=left_as_made)], workers=1):
        if outcome.error is not None:
            raise outcome.error
    finish(pdf, Particulars("contoh/sop/uji", "Judul uji", date=dt.date(2026, 1, 2), attachments=(SOURCE,)), docx=docx)
    return pdf.read_bytes()


def changed(data: bytes, change: Callable[[pikepdf.Pdf], object]) -> bytes:
    """``data`` after ``change`` was done to it."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, fix_metadata_version=False)
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class Broken:
    """A fault: what it is, how the good file gets it, and words of what its proof must say."""

    name: str
    make: Callable[[bytes], bytes]
    said: str


def _edit(change: Callable[[pikepdf.Pdf], object]) -> Callable[[bytes], bytes]:
    return lambda data: changed(data, change)


def _font(pdf: Any) -> Any:
    return next(iter(pdf.pages[0].obj.Resources.Font.values()))


def _font_program(pdf: pikepdf.Pdf) -> Any:
    return _font(pdf).FontDescriptor.FontFile2


def _xmp(before: bytes, after: bytes) -> Callable[[bytes], bytes]:
    def change(pdf: pikepdf.Pdf) -> None:
        packet = pdf.Root.Metadata.read_bytes()
        if before not in packet:
            raise AssertionError(packet)
        pdf.Root.Metadata.write(packet.replace(before, after))

    return _edit(change)


def _content(
    added: bytes, *, before: bool = False, box: Callable[[Any], bytes] | None = None
) -> Callable[[bytes], bytes]:
    """The first page with more in its content; a mark is put around it."""

    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        page.contents_add(pdf.make_stream(added if box is None else box(pdf)), prepend=before)

    return _edit(change)


def text_at(x: float, y: float, clip: str = "") -> Callable[[Any], bytes]:
    """Makes the content of an artifact that prints a text at ``x``, ``y`` (points) with the page's own font."""

    def content(pdf: Any) -> bytes:
        font = next(iter(pdf.pages[0].obj.Resources.Font.keys()))
        return f"\n/Artifact BMC q {clip} BT {font} 12 Tf {x} {y} Td <0102030405> Tj ET Q EMC\n".encode()

    return content


def _link(pdf: pikepdf.Pdf) -> Any:
    return pdf.pages[0].obj.Annots[0]


def _attach_badly(pdf: pikepdf.Pdf) -> None:
    files = pdf.Root.Names.EmbeddedFiles.Names
    del files[1]["/AFRelationship"]


def _paint_with(state: Dictionary) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        page.obj.Resources.ExtGState = Dictionary(GX=state)
        page.contents_add(pdf.make_stream(b"/Artifact BMC q /GX gs 100 700 9 9 re f Q EMC"))

    return change


def _image(pdf: pikepdf.Pdf) -> Any:
    return next(found for found in pdf.objects if isinstance(found, pikepdf.Stream) and "/ColorSpace" in found)


def _figure(pdf: pikepdf.Pdf) -> Any:
    return next(f for f in pdf.objects if isinstance(f, Dictionary) and f.get("/S") == "/Figure")


def _marked_element(pdf: pikepdf.Pdf) -> Any:
    """An element with marked content of its own."""
    return next(
        found
        for found in pdf.objects
        if isinstance(found, Dictionary) and found.get("/Type") == "/StructElem" and _has_mark(found)
    )


def _has_mark(element: Any) -> bool:
    kids = element.get("/K")
    return isinstance(kids, int) or (isinstance(kids, Array) and any(isinstance(kid, int) for kid in kids))


def _unmark(pdf: pikepdf.Pdf) -> None:
    _marked_element(pdf).K = Array([])


def _mark_twice(pdf: pikepdf.Pdf) -> None:
    element = _marked_element(pdf)
    element.K = Array([*(element.K if isinstance(element.K, Array) else [element.K]), 0, 0])


def _orphan(pdf: Any) -> None:
    """The parent tree leads to an element that the root does not know."""
    parents = pdf.Root.StructTreeRoot.ParentTree
    nums = parents.Nums if "/Nums" in parents else parents.Kids[0].Nums
    key = pdf.pages[0].obj.StructParents
    place = next(index for index in range(0, len(nums), 2) if nums[index] == key)
    nums[place + 1][0] = pdf.make_indirect(Dictionary(dict(nums[place + 1][0].items())))


def appended(data: bytes) -> bytes:
    """The file with its own pages once more, as libraries append them: their tags lead into the first half's tree."""
    with pikepdf.open(io.BytesIO(data)) as other:
        return changed(data, lambda pdf: pdf.pages.extend(other.pages))


def _blank_page(pdf: pikepdf.Pdf) -> None:
    pdf.add_blank_page()
    page = pdf.pages[-1]
    page.Contents = pdf.make_stream(b"/P <</MCID 0>> BDC 100 700 9 9 re W n EMC")


def _encrypt(user: str) -> Callable[[bytes], bytes]:
    def make(data: bytes) -> bytes:
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(data)) as pdf:
            pdf.save(out, encryption=pikepdf.Encryption(user=user, owner="rahasia"))
        return out.getvalue()

    return make


def _wrong_sum(data: bytes) -> bytes:
    """One bit of a compressed stream is another."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        raw = bytes(_font_program(pdf).read_raw_bytes())
    at = data.index(raw) + len(raw) - 2
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def _fewer_pages(data: bytes) -> bytes:
    """The page tree says it holds two pages; readers disagree on what that means."""
    return data.replace(b"/Count 1", b"/Count 2")


BROKEN = (
    Broken(
        "huruf tidak tertanam", _edit(lambda p: _font(p).FontDescriptor.__delitem__("/FontFile2")), "tidak tertanam"
    ),
    Broken("huruf rusak", _edit(lambda p: _font_program(p).write(b"bukan huruf" * 99)), "PDF/A-3a"),
    Broken(
        "lebar huruf salah", _edit(lambda p: _font(p).__setitem__("/Widths", Array([5] * len(_font(p).Widths)))), "PDF/"
    ),
    Broken("tanpa ToUnicode", _edit(lambda p: _font(p).__delitem__("/ToUnicode")), "ToUnicode"),
    Broken("tanpa profil warna", _edit(lambda p: p.Root.__delitem__("/OutputIntents")), "DEVICE"),
    Broken("tanpa XMP", _edit(lambda p: p.Root.__delitem__("/Metadata")), "ID-SCHEMA"),
    Broken("XMP rusak", _xmp(b"</rdf:RDF>", b""), "PDF/A-3a"),
    Broken("bagian lain", _xmp(b"<pdfaid:part>3", b"<pdfaid:part>2"), "ID-PART"),
    Broken("tingkat lain", _xmp(b"<pdfaid:conformance>A", b"<pdfaid:conformance>B"), "ID-CONFORMANCE"),
    Broken("tidak mengaku PDF/UA", _xmp(b"<pdfuaid:part>1</pdfuaid:part>", b""), "PDF/UA-1"),
    Broken("judul kosong", _xmp(b"Judul uji", b""), "judul"),
    Broken("judul lain di XMP", _xmp(b"Judul uji", b"Judul lain"), "judul"),
    Broken("tanpa judul", _xmp(b"dc:title", b"dc:source"), "PDF/"),
    Broken(
        "JavaScript",
        _edit(lambda p: p.Root.__setitem__("/OpenAction", Dictionary(S=Name.JavaScript, JS="1"))),
        "ACTION",
    ),
    Broken("terkunci", _encrypt("sandi"), "terkunci"),
    Broken("terkunci tanpa sandi baca", _encrypt(""), "terkunci"),
    Broken("lampiran tanpa hubungan", _edit(_attach_badly), "AF-RELATIONSHIP"),
    Broken("tautan tanpa penanda", _edit(lambda p: _link(p).__delitem__("/StructParent")), "halaman 1: penanda"),
    Broken("tautan tanpa keterangan", _edit(lambda p: _link(p).__delitem__("/Contents")), "LINK-CONTENTS"),
    Broken("tautan tanpa bendera", _edit(lambda p: _link(p).__setitem__("/F", 0)), "ANNOTATION-FLAGS"),
    Broken("tanpa bahasa", _edit(lambda p: p.Root.__delitem__("/Lang")), "LANG"),
    Broken("judul tidak ditampilkan", _edit(lambda p: p.Root.__delitem__("/ViewerPreferences")), "VIEWER"),
    Broken("gambar dihaluskan", _edit(lambda p: _image(p).__setitem__("/Interpolate", True)), "INTERPOLATE"),
    Broken("fungsi alih", _edit(_paint_with(Dictionary(TR=Name.Identity))), "EXTGSTATE"),
    Broken("warna CMYK", _content(b"/Artifact BMC 1 0 0 0 k 99 700 9 9 re f EMC"), "DEVICE-CMYK"),
    Broken("gambar tanpa teks alternatif", _edit(lambda p: _figure(p).__delitem__("/Alt")), "teks alternatif"),
    Broken("urutan tab", _edit(lambda p: p.pages[0].obj.__delitem__("/Tabs")), "PAGE-TABS"),
    Broken(
        "peran melingkar",
        _edit(lambda p: p.Root.StructTreeRoot.__setitem__("/RoleMap", Dictionary(P=Name.P))),
        "ROLE-MAP",
    ),
    Broken("perintah tidak dikenal", _content(b"/Artifact BMC xyz EMC"), "“xyz” tidak dikenal"),
    Broken("tidak bertanda", _content(b"0 0 0 rg 99 700 9 9 re f"), "tidak bertanda"),
    Broken("tanda tidak ditutup", _content(b"/Artifact BMC 99 700 9 9 re f"), "berpasangan"),
    Broken("hiasan di dalam isi", _content(b"/P <</MCID 9999>> BDC /Artifact BMC n EMC EMC"), "bertumpuk"),
    Broken("bentuk salah di isi", _content(b"/Artifact BMC ] > EMC"), "rusak"),
    Broken("tanpa pohon", _edit(lambda p: p.Root.__delitem__("/StructTreeRoot")), "pohon struktur tidak ada"),
    Broken("tanpa pohon induk", _edit(lambda p: p.Root.StructTreeRoot.__delitem__("/ParentTree")), "ParentTree"),
    Broken("tidak mengaku bertanda", _edit(lambda p: p.Root.__delitem__("/MarkInfo")), "pohon struktur tidak ada"),
    Broken("isi tanpa elemen", _edit(_unmark), "tidak menuju elemen"),
    Broken("isi dua kali di pohon", _edit(_mark_twice), "dua kali di pohon"),
    Broken("elemen di luar pohon", _edit(_orphan), "tidak menuju elemen"),
    Broken("halaman tidak terhubung", _edit(lambda p: p.pages[0].obj.__delitem__("/StructParents")), "tidak terhubung"),
    Broken("halaman ditambahkan", appended, "halaman 2"),
    Broken("halaman tanpa penanda", _edit(_blank_page), "halaman 2"),
    Broken("terpotong", lambda data: data[: len(data) // 2], "rusak"),
    Broken("ekor hilang", lambda data: data[:-40], "rusak"),
    Broken("kosong", lambda _: b"", "rusak"),
    Broken("bukan PDF", lambda _: b"PK\x03\x04" + bytes(999), "rusak"),
    Broken("sampah di depan", lambda data: b"sampah\n" + data, "PDF"),
    Broken("sampah di belakang", lambda data: data + b"\nsampah", "PDF"),
    Broken("jumlah pemeriksa salah", _wrong_sum, "rusak"),
    Broken("jumlah halaman", _fewer_pages, "PDF"),
    Broken("tulisan di bidang bawah", _content(b"", box=text_at(200, 30)), "20 mm terbawah"),
    Broken("garis di bidang bawah", _content(b"/Artifact BMC 99 40 200 1 re f EMC"), "20 mm terbawah"),
    Broken("tulisan di luar kertas", _content(b"", box=text_at(-20, 400)), "tepi kertas"),
    Broken("gambar di luar kertas", _content(b"/Artifact BMC 500 400 400 9 re f EMC"), "tepi kertas"),
    Broken("tulisan terpotong", _content(b"", box=text_at(200, 400, "190 404 200 20 re W n")), "terpotong"),
)
