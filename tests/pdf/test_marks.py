"""Marks around what is drawn, on content as LibreOffice writes it and as it might be written one day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pikepdf
import pytest

from pipeline.pdf.marks import mend

TEXT = b"/P<</MCID 0>>BDC\nq 0 0 0 rg\nBT\n/F1 9 Tf[<01>2<02>]TJ\nET\nQ\nEMC\n"
LINE = b"q 3 w 0 J 1 j\n50 100 m\n90 100 l S\nQ"
PICTURE = b"Q q 10 10 50 60 re\nW* n\nq 50 0 0 60 10 10.05 cm\n/Im4 Do Q"
FORM = b"0.8 0.8 0.8 rg\nq /EGS6 gs /Tr5 Do Q"
CLIPPED = b"Q q 0 0.028 935.399 609.363 re\nW* n\n" + FORM
CONTENT = {
    "a border": (TEXT + LINE, TEXT + b"/Artifact BMC\n" + LINE + b"\nEMC\n"),
    "a border between texts": (LINE + b"\n" + TEXT, b"\n/Artifact BMC\n" + LINE + b"\nEMC\n" + TEXT),
    "borders around texts": (
        LINE + b"\n" + TEXT + LINE,
        b"\n/Artifact BMC\n" + LINE + b"\nEMC\n" + TEXT + b"/Artifact BMC\n" + LINE + b"\nEMC\n",
    ),
    "nothing is drawn outside": (b"0.1 w\nq 0 0 9 9 re\nW* n\n" + TEXT, None),
    "an artifact stays": (b"/Artifact BMC\n" + LINE + b"\nEMC\n" + TEXT, None),
    "marks within marks": (b"/Span BMC\n" + TEXT + LINE + b"\nEMC\n", None),
    "marks on the lines of others": (TEXT.replace(b"BDC\n", b"BDC ") + LINE, None),
    "a mark without an end": (TEXT.replace(b"EMC\n", b"") + LINE, None),
    "an end too much": (TEXT + b"EMC\n" + LINE, None),
    "an empty page": (b"", None),
}


def page(content: bytes, *elements: dict[str, Any]) -> tuple[pikepdf.Pdf, list[Any]]:
    """A tagged page with ``content`` and ``elements``, the first one for its mark 0."""
    pdf = pikepdf.new()
    sheet = pdf.add_blank_page(page_size=(200, 200))
    sheet.Contents, sheet.StructParents = pdf.make_stream(content), 0
    root = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
    made = [
        pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructElem, P=root, Pg=sheet.obj, **element))
        for element in (elements or ({"S": pikepdf.Name.P, "K": [0]},))
    ]
    root.K = pikepdf.Array(made)
    root.ParentTree = pikepdf.Dictionary(Nums=[0, pikepdf.Array(made[:1])])
    pdf.Root.StructTreeRoot = root
    return pdf, made


def mended(pdf: pikepdf.Pdf, figures: Sequence[Any] = ()) -> bytes:
    mend(pdf, figures)
    return pdf.pages[0].obj.Contents.read_bytes()


@pytest.mark.parametrize("case", CONTENT)
def test_what_is_drawn_outside_of_all_marks_becomes_an_artifact(case: str) -> None:
    given, wanted = CONTENT[case]
    pdf, _ = page(given)
    assert mended(pdf) == (given if wanted is None else wanted)


def test_content_in_pieces_is_read_as_one() -> None:
    pdf, _ = page(TEXT)
    pieces = [pdf.make_stream(TEXT[:30]), pdf.make_stream(TEXT[30:] + LINE)]
    pdf.pages[0].obj.Contents = pikepdf.Array(pieces)
    assert mended(pdf).endswith(b"/Artifact BMC\n" + LINE + b"\nEMC\n")


def figure(*sides: float, **more: Any) -> dict[str, Any]:
    attributes = pikepdf.Dictionary(O=pikepdf.Name.Layout, BBox=pikepdf.Array(sides))
    return {"S": pikepdf.Name.Figure, "A": attributes, "Alt": pikepdf.String("Foto"), **more}


def test_a_picture_goes_to_the_figure_whose_box_it_fills() -> None:
    content = TEXT + b"/Artifact BMC\n" + PICTURE + b"\nEMC\n"
    pdf, made = page(content, {"S": pikepdf.Name.P, "K": [0]}, figure(100, 100, 150, 160), figure(10, 10, 60, 70))
    assert mended(pdf, made[1:]) == TEXT + b"/Figure<</MCID 1>>BDC\n" + PICTURE + b"\nEMC\n"
    assert "/K" not in made[1]
    assert list(made[2].K) == [1]
    parents = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    assert [one.objgen for one in parents] == [made[0].objgen, made[2].objgen]


def test_a_picture_that_no_figure_asks_for_stays_an_artifact() -> None:
    content = b"/Artifact BMC\n" + PICTURE + b"\nEMC\n"
    pdf, made = page(content, figure(100, 100, 150, 160))
    assert mended(pdf, made) == content


def test_a_figure_has_one_picture() -> None:
    drawn = b"/Artifact BMC\n" + PICTURE + b"\nEMC\n"
    pdf, made = page(TEXT + drawn + drawn, {"S": pikepdf.Name.P, "K": [0]}, figure(10, 10, 60, 70))
    assert mended(pdf, made[1:]) == TEXT + b"/Figure<</MCID 1>>BDC\n" + PICTURE + b"\nEMC\n" + drawn
    assert list(made[1].K) == [1]


def test_a_figure_that_has_its_picture_takes_no_other() -> None:
    content = TEXT + b"/Artifact BMC\n" + PICTURE + b"\nEMC\n"
    pdf, made = page(content, figure(10, 10, 60, 70, K=[0]))
    assert mended(pdf, made) == content
    assert list(made[0].K) == [0]


@pytest.mark.parametrize("kind", ["Figure", "Div"])
@pytest.mark.parametrize("form", [FORM, CLIPPED], ids=["plain", "clipped"])
def test_a_watermark_leaves_the_tags(kind: str, form: bytes) -> None:
    content = b"/Figure<</MCID 0>>BDC\n" + form + b"\nEMC\n"
    pdf, _ = page(content, {"S": pikepdf.Name(f"/{kind}"), "K": [0]})
    assert mended(pdf) == b"/Artifact<</Type/Pagination/Subtype/Watermark>>BDC\n" + form + b"\nEMC\n"
    assert list(pdf.Root.StructTreeRoot.K) == []
    assert list(pdf.Root.StructTreeRoot.ParentTree.Nums[1]) == [None]


@pytest.mark.parametrize("content", [FORM + b"\n" + LINE, FORM + b"\n" + FORM, TEXT[17:-4], LINE])
def test_what_shows_more_than_a_watermark_stays_what_it_is(content: bytes) -> None:
    given = b"/Figure<</MCID 0>>BDC\n" + content + b"\nEMC\n"
    pdf, made = page(given, {"S": pikepdf.Name.Figure, "K": [0]})
    assert mended(pdf) == given
    assert [one.objgen for one in pdf.Root.StructTreeRoot.K] == [made[0].objgen]


def test_a_transparent_picture_with_a_text_is_a_figure() -> None:
    given = b"/Figure<</MCID 0>>BDC\n" + FORM + b"\nEMC\n"
    pdf, _ = page(given, figure(1, 1, 9, 9, K=[0]))
    assert mended(pdf) == given
