"""Where a signature may be seen: in the boxes of the original, and on blank paper only where it has none."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Pdf

from pipeline.sign.changes import Comparison, Kind
from pipeline.sign.compare import compare
from tests.sign import paper
from tests.sign.paper import BOX, altered, draw

BOXED = paper.paper()
PLAIN = paper.paper(box=None)
BLANK = (300.0, 200.0, 150.0, 60.0)
"""Nothing stands there on either page."""
OUTSIDE = "di luar kotak"


def told(found: Comparison, kind: Kind) -> list[tuple[int | None, str]]:
    return [(change.page, change.message.id) for change in found.changes if change.kind is kind]


def _sign(pdf: Pdf, index: int, box: tuple[float, float, float, float]) -> None:
    """A signature of a service: a field of its own, and a picture in it."""
    paper.add_field(pdf, index, box, "layanan")
    draw(f"0 g {box[0] + 20} {box[1] + 10} 40 30 re f", index)(pdf)


@pytest.mark.parametrize("page", [1, 2])
def test_an_original_with_a_box_takes_no_signature_on_blank_paper(page: int) -> None:
    found = compare(BOXED, altered(BOXED, lambda pdf: _sign(pdf, page - 1, BLANK)))
    ((place, text),) = told(found, Kind.FIELD)
    assert (place, OUTSIDE in text) == (page, True)
    assert [place for place, _ in told(found, Kind.PICTURE)] == [page]
    assert found.notes == ()


def test_a_box_whose_page_is_gone_makes_room_nowhere_else() -> None:
    def change(pdf: Pdf) -> None:
        del pdf.pages[1]
        _sign(pdf, 0, BLANK)

    found = compare(BOXED, altered(BOXED, change))
    assert OUTSIDE in told(found, Kind.FIELD)[0][1]
    assert told(found, Kind.PICTURE)
    assert found.notes == ()


def test_a_box_holds_also_where_its_field_was_taken_away() -> None:
    def change(pdf: Pdf) -> None:
        del pdf.pages[1].Annots, pdf.Root.AcroForm
        draw(f"0 g {BOX[0] + 20} {BOX[1] + 10} 40 30 re f", 1)(pdf)

    found = compare(BOXED, altered(BOXED, change))
    assert (found.changes, found.notes) == ((), ())


def test_a_box_moves_with_its_page() -> None:
    def change(pdf: Pdf) -> None:
        draw(f"0 g {BOX[0] + 20} {BOX[1] + 10} 40 30 re f", 1)(pdf)
        pdf.pages.insert(0, pikepdf.Page(pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Page))))
        pdf.pages[0].MediaBox = [0, 0, paper.WIDE, paper.HIGH]

    found = compare(BOXED, altered(BOXED, change))
    assert {change.kind for change in found.changes} == {Kind.PAGES}


def test_without_a_box_blank_paper_may_be_signed_and_that_is_said() -> None:
    found = compare(PLAIN, altered(PLAIN, lambda pdf: _sign(pdf, 1, BLANK)))
    assert found.changes == ()
    assert "tidak memuat kotak" in found.notes[0].id
    assert compare(PLAIN, PLAIN).notes == ()


AT = {
    "on the line of a table": (250.0, 585.0, 100.0, 25.0),
    "its foot on the line": (250.0, 590.0, 100.0, 25.0),
    "its head on the line": (250.0, 565.0, 100.0, 25.0),
    "its left side on the line": (200.0, 595.0, 50.0, 20.0),
    "its right side on the line": (150.0, 595.0, 50.0, 20.0),
    "beyond the paper": (700.0, 400.0, 50.0, 20.0),
}


@pytest.mark.parametrize("where", AT)
def test_without_a_box_nothing_printed_may_be_signed_over(where: str) -> None:
    found = compare(PLAIN, altered(PLAIN, lambda pdf: paper.add_field(pdf, 0, AT[where])))
    assert OUTSIDE in told(found, Kind.FIELD)[0][1]
    assert found.notes == ()


@pytest.mark.parametrize("box", [(203, 593, 60, 24), (203, 563, 60, 24), (140, 593, 57, 24)])
def test_without_a_box_a_field_between_lines_is_on_blank_paper(box: tuple[float, float, float, float]) -> None:
    found = compare(PLAIN, altered(PLAIN, lambda pdf: paper.add_field(pdf, 0, box)))
    assert (found.changes, len(found.notes)) == ((), 1)


def test_a_page_that_was_added_has_no_blank_paper_to_sign() -> None:
    def change(pdf: Pdf) -> None:
        pdf.add_blank_page(page_size=(paper.WIDE, paper.HIGH))
        paper.add_field(pdf, 2, BLANK)

    found = compare(PLAIN, altered(PLAIN, change))
    assert [page for page, _ in told(found, Kind.FIELD)] == [3]
