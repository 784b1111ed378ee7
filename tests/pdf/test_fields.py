"""Signature fields: at the place the bookmarks say, tagged, ready to be signed, and refused where nobody could sign."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from pipeline.errors import ProofError
from pipeline.model.particulars import Box, Particulars, Signer, SigningPlace
from pipeline.pdf.finish import finish
from pipeline.pdf.places import Sheet
from pipeline.pdf.tags import walk
from tests.pdf.papers import SIGNER

ONE = Signer("ttdsatu", "Pejabat Contoh 01", "Sekretaris DPRD")
TWO = Signer("ttddua", "Pejabat Contoh 02")
Point = tuple[int, float, float]


@dataclass(frozen=True, slots=True)
class Case:
    """A PDF of two pages, 600 x 400, "Teks" at (100, 100) of the first; bookmarks as (page, x, y)."""

    marks: dict[str, Point]
    signers: tuple[Signer, ...] = (ONE,)
    page: dict[str, Any] = field(default_factory=dict)


def made(case: Case, folder: Path) -> Path:
    path = folder / "ttd.pdf"
    with pikepdf.new() as pdf:
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        for number in (0, 1):
            page = pdf.add_blank_page(page_size=(600, 400))
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
            page.Contents = pdf.make_stream(b"/P<</MCID 0>>BDC\nBT /F1 12 Tf 100 100 Td (Teks) Tj ET\nEMC\n")
            page.StructParents = number
            for key, value in case.page.items():
                page[f"/{key}"] = value
        _tag(pdf)
        marks = {
            f"/{name}": pikepdf.Array([pdf.pages[page - 1].obj, pikepdf.Name.XYZ, x, y, 0])
            for name, (page, x, y) in case.marks.items()
        }
        pdf.Root.Dests = pikepdf.Dictionary(marks)
        pdf.save(path)
    return path


def _tag(pdf: pikepdf.Pdf) -> None:
    root = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
    document = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Document, P=root))
    texts = [
        pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.StructElem, S=pikepdf.Name.P, P=document, Pg=page.obj, K=pikepdf.Array([0])
            )
        )
        for page in pdf.pages
    ]
    document.K, root.K = pikepdf.Array(texts), pikepdf.Array([document])
    parents = [part for number, text in enumerate(texts) for part in (number, pikepdf.Array([text]))]
    root.ParentTree = pikepdf.Dictionary(Nums=pikepdf.Array(parents))
    pdf.Root.StructTreeRoot = root


def finished(case: Case, folder: Path) -> tuple[Path, tuple[SigningPlace, ...]]:
    path = made(case, folder)
    return path, finish(path, Particulars("contoh/sop/uji", "Uji", signers=case.signers))


GOOD = Case({"ttdsatu": (1, 300, 300), "ttdsatuakhir": (1, 450, 220)})
BOTH = Case({**GOOD.marks, "ttddua": (2, 50, 200), "ttdduaakhir": (2, 200, 130), "lain": (2, 1, 1)}, signers=(ONE, TWO))


def test_a_field_lies_between_its_bookmarks(tmp_path: Path) -> None:
    path, places = finished(GOOD, tmp_path)
    assert places == (SigningPlace(ONE, Box(1, 301, 221, 148, 78)),)
    with pikepdf.open(path) as pdf:
        (widget,) = pdf.Root.AcroForm.Fields
        assert [float(side) for side in widget.Rect] == [301, 221, 449, 299]
        assert str(widget.T) == "ttdsatu"
        assert str(widget.TU) == "Tanda tangan Pejabat Contoh 01, Sekretaris DPRD"
        assert widget.F == 4
        assert "/Ff" not in widget  # nothing locked
        assert "/V" not in widget
        assert pdf.Root.AcroForm.SigFlags == 1
        assert widget.P.objgen == pdf.pages[0].obj.objgen
        assert [mark.objgen for mark in pdf.pages[0].obj.Annots] == [widget.objgen]
        frame = widget.AP.N
        assert [float(side) for side in frame.BBox] == [0, 0, 148, 78]
        assert b" re S" in frame.read_bytes()


def test_fields_are_tagged_where_their_page_ends(tmp_path: Path) -> None:
    path, _ = finished(BOTH, tmp_path)
    with pikepdf.open(path) as pdf:
        tree = pdf.Root.StructTreeRoot
        assert [str(one.S) for one in walk(tree)] == ["/Document", "/P", "/Form", "/P", "/Form"]
        entries = dict(zip(list(tree.ParentTree.Nums)[::2], list(tree.ParentTree.Nums)[1::2], strict=True))
        assert list(entries) == [0, 1, 2, 3]
        assert tree.ParentTreeNextKey == 4
        for widget in pdf.Root.AcroForm.Fields:
            form = entries[int(widget.StructParent)]
            assert str(form.S) == "/Form"
            assert form.K[0].Obj.objgen == widget.objgen
            assert form.Pg.objgen == widget.P.objgen
            assert str(form.Alt) == str(widget.TU)
            assert widget.P.Tabs == pikepdf.Name.S


def test_bookmarks_of_signatures_go_and_others_stay(tmp_path: Path) -> None:
    path, _ = finished(BOTH, tmp_path)
    with pikepdf.open(path) as pdf:
        assert list(pdf.Root.Dests.keys()) == ["/lain"]


def test_bookmarks_are_found_in_the_tree_of_later_formats(tmp_path: Path) -> None:
    path = made(BOTH, tmp_path)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pairs = [part for name, target in sorted(pdf.Root.Dests.items()) for part in (pikepdf.String(name[1:]), target)]
        del pdf.Root["/Dests"]
        pdf.Root.Names = pikepdf.Dictionary(Dests=pikepdf.Dictionary(Names=pikepdf.Array(pairs)))
        pdf.save(path)
    places = finish(path, Particulars("contoh/sop/uji", "Uji", signers=BOTH.signers))
    assert [place.box.page for place in places] == [1, 2]
    with pikepdf.open(path) as pdf:
        assert list(pdf.Root.Dests.keys()) == ["/lain"]
        assert "/Dests" not in pdf.Root.Names


def test_boxes_in_one_place_on_two_pages_are_apart(tmp_path: Path) -> None:
    marks = {**GOOD.marks, "ttddua": (2, 300.0, 300.0), "ttdduaakhir": (2, 450.0, 220.0)}
    _, places = finished(Case(marks, signers=(ONE, TWO)), tmp_path)
    assert [place.box.page for place in places] == [1, 2]
    assert places[0].box.x == places[1].box.x


PAGES: dict[str, dict[str, Any]] = {
    "from its other corners": {"MediaBox": [600, 400, 0, 0]},
    "shown in part": {"MediaBox": [-50, -30, 900, 700], "CropBox": [0, 0, 600, 400]},
}


@pytest.mark.parametrize("name", PAGES)
def test_boxes_are_told_on_the_part_of_the_page_that_is_shown(name: str, tmp_path: Path) -> None:
    _, places = finished(Case(GOOD.marks, page=PAGES[name]), tmp_path)
    assert places == (SigningPlace(ONE, Box(1, 301, 221, 148, 78)),)


def test_a_draft_has_neither_fields_nor_bookmarks(tmp_path: Path) -> None:
    path, places = finished(Case(GOOD.marks, signers=()), tmp_path)
    assert places == ()
    with pikepdf.open(path) as pdf:
        assert "/AcroForm" not in pdf.Root
        assert "/Dests" not in pdf.Root
        assert "/Annots" not in pdf.pages[0].obj


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize("corner", [(0, 0), (-20, 35)])
def test_boxes_are_told_as_the_page_is_shown(turned: int, corner: tuple[int, int], tmp_path: Path) -> None:
    left, bottom = corner
    page = {"Rotate": turned, "MediaBox": [left, bottom, left + 600, bottom + 400]}
    sheet = Sheet(left, bottom, left + 600, bottom + 400, turned // 90)
    upper, lower = sheet.own(210, 220), sheet.own(350, 160)
    case = Case({"ttdsatu": (1, *upper), "ttdsatuakhir": (1, *lower)}, page=page)
    path, places = finished(case, tmp_path)
    assert places[0].box == Box(1, 211, 161, 138, 58)
    with pikepdf.open(path) as pdf:
        widget = pdf.pages[0].obj.Annots[0]
        sides = [float(side) for side in widget.Rect]
        assert sides[0] < sides[2]
        assert sides[1] < sides[3]
        assert sheet.shown(*sheet.own(17, 19)) == (17, 19)
        corners = sorted([sheet.shown(sides[0], sides[1]), sheet.shown(sides[2], sides[3])])
        assert min(x for x, _ in corners) == 211
        assert min(y for _, y in corners) == 161
        assert int(widget.get("/MK", {}).get("/R", 0)) == turned


REFUSED = {
    "no bookmarks": (Case({}), "ttdsatu dan ttdsatuakhir"),
    "one bookmark": (Case({"ttdsatu": (1, 300, 300)}), "ttdsatuakhir"),
    "torn apart": (Case({"ttdsatu": (1, 300, 300), "ttdsatuakhir": (2, 450, 220)}), "terbelah di dua halaman"),
    "upside down": (Case({"ttdsatu": (1, 300, 220), "ttdsatuakhir": (1, 450, 300)}), "terbalik"),
    "leftwards": (Case({"ttdsatu": (1, 450, 300), "ttdsatuakhir": (1, 300, 220)}), "terbalik"),
    "too low": (Case({"ttdsatu": (1, 300, 300), "ttdsatuakhir": (1, 450, 275)}), "terlalu kecil (52.2 x 8.1 mm"),
    "too narrow": (Case({"ttdsatu": (1, 300, 300), "ttdsatuakhir": (1, 380, 220)}), "terlalu kecil"),
    "off the page": (Case({"ttdsatu": (1, 500, 300), "ttdsatuakhir": (1, 650, 220)}), "keluar dari halaman"),
    "off the page above": (Case({"ttdsatu": (1, 300, 420), "ttdsatuakhir": (1, 450, 340)}), "keluar dari halaman"),
    "off the page to the left": (Case({"ttdsatu": (1, -9, 300), "ttdsatuakhir": (1, 150, 220)}), "keluar dari halaman"),
    "in the band kept free": (Case({"ttdsatu": (1, 300, 120), "ttdsatuakhir": (1, 450, 50)}), "20 mm terbawah"),
    "over text": (Case({"ttdsatu": (1, 60, 140), "ttdsatuakhir": (1, 200, 60)}), "menutupi tulisan “Teks”"),
    "on another": (
        Case({**GOOD.marks, "ttddua": (1, 400, 280), "ttdduaakhir": (1, 550, 200)}, signers=(ONE, TWO)),
        "bertumpuk",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_place_where_nobody_could_sign_is_refused(name: str, tmp_path: Path) -> None:
    case, told = REFUSED[name]
    path = made(case, tmp_path)
    before = path.read_bytes()
    with pytest.raises(ProofError) as error:
        finish(path, Particulars("contoh/sop/uji", "Uji", signers=case.signers))
    text = error.value.text("id")
    assert told.replace(".", ",") in text.replace(".", ",")
    assert ONE.name in text
    assert "templat" in text
    assert path.read_bytes() == before


def test_bookmarks_of_libreoffice_become_a_field_that_can_be_signed(odd: Path) -> None:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.fields import enumerate_sig_fields

    (place,) = finish(odd, Particulars("contoh/sop/uji", "Uji", signers=(SIGNER,)))
    assert place.box.page == 1
    assert place.box.height == pytest.approx(78, abs=1)
    assert place.box.width > 400
    with odd.open("rb") as file:
        found = list(enumerate_sig_fields(PdfFileReader(file)))
    assert [(name, value) for name, value, _ in found] == [(SIGNER.field, None)]
