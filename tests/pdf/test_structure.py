"""The structure tree held against the pages: wrong merges, tags that lead elsewhere, and how much it takes."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from pipeline.errors import ProofError
from pipeline.pdf.scan import marks_of
from pipeline.pdf.structure import prove_structure, structure_faults
from tests.pdf.papers import Paper
from tests.pdf.trees import tagged


def _told(pdf: pikepdf.Pdf) -> list[tuple[int, str]]:
    return [(fault.page, fault.message.id) for fault in structure_faults(pdf)]


def _reopened(pdf: pikepdf.Pdf) -> pikepdf.Pdf:
    out = io.BytesIO()
    pdf.save(out)
    return pikepdf.open(out)


def test_a_sound_tree_has_no_faults() -> None:
    assert _told(_reopened(tagged(3, 4))) == []


@pytest.mark.parametrize("pages", [1, 2, 5])
def test_pages_that_a_library_appends_lead_into_the_first_tree(pages: int) -> None:
    book, other = tagged(2), tagged(pages)
    book.pages.extend(other.pages)
    faults = _told(_reopened(book))
    assert {page for page, _ in faults} == {*range(3, 3 + pages)}


def test_pages_in_another_order_are_still_their_own() -> None:
    pdf: Any = tagged(3)
    pdf.Root.Pages.Kids = Array(reversed(list(pdf.Root.Pages.Kids)))
    assert _told(_reopened(pdf)) == []


def _parents(pdf: Any) -> Any:
    return pdf.Root.StructTreeRoot.ParentTree.Nums


def _elements(pdf: Any) -> Any:
    return pdf.Root.StructTreeRoot.K.K


def _swap_keys(pdf: Any) -> None:
    one, two = (page.obj for page in pdf.pages)
    one.StructParents, two.StructParents = two.StructParents, one.StructParents


def _swap_pages(pdf: Any) -> None:
    first, last = _elements(pdf)[0], _elements(pdf)[3]
    first.Pg, last.Pg = last.Pg, first.Pg


def _same_key(pdf: Any) -> None:
    pdf.pages[1].obj.StructParents = pdf.pages[0].obj.StructParents


def _swap_marks(pdf: Any) -> None:
    listed = _parents(pdf)[1]
    listed[0], listed[1] = listed[1], listed[0]


def _unreachable(pdf: Any) -> None:
    del _elements(pdf)[0]


def _listed_twice(pdf: Any) -> None:
    _elements(pdf).append(_elements(pdf)[0])


def _wrong_parent(pdf: Any) -> None:
    _elements(pdf)[0].P = _elements(pdf)[1]


def _cycle(pdf: Any) -> None:
    _elements(pdf)[0].K = Array([pdf.Root.StructTreeRoot.K])


def _foreign_page(pdf: Any) -> None:
    _elements(pdf)[0].Pg = pdf.make_indirect(Dictionary(Type=Name.Page))


def _not_there(pdf: Any) -> None:
    _elements(pdf)[0].K = Array([0, 77])


def _number_twice(pdf: Any) -> None:
    _parents(pdf).extend([0, _parents(pdf)[1]])


def _link_elsewhere(pdf: Any) -> None:
    """The link of the second page is told as one of the first."""
    pdf.pages[0].obj.Annots.append(pdf.pages[1].obj.Annots[0])
    del pdf.pages[1].obj.Annots


def _link_unknown(pdf: Any) -> None:
    del pdf.pages[0].obj.Annots[0].StructParent


def _link_gone(pdf: Any) -> None:
    del pdf.pages[0].obj.Annots


def _append(content: bytes) -> Callable[[Any], None]:
    return lambda pdf: pdf.pages[0].contents_add(pdf.make_stream(content))


def _form_with_marks(pdf: Any) -> None:
    form = pdf.make_stream(b"/P <</MCID 0>> BDC 0 0 1 1 re f EMC")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 1, 1])
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(X=form))
    pdf.pages[0].contents_add(pdf.make_stream(b"/Artifact BMC /X Do EMC"))


FAULTS: Mapping[str, tuple[Callable[[Any], None], int]] = {
    "keys of two pages are exchanged": (_swap_keys, 1),
    "elements lie on each other's page": (_swap_pages, 1),
    "two pages share a key": (_same_key, 2),
    "marks of a page are exchanged": (_swap_marks, 1),
    "an element is not reached": (_unreachable, 1),
    "an element is listed twice": (_listed_twice, 0),
    "an element names another parent": (_wrong_parent, 0),
    "the tree runs in a circle": (_cycle, 0),
    "an element lies on no page": (_foreign_page, 0),
    "an element claims what is not there": (_not_there, 1),
    "a number is given twice": (_number_twice, 0),
    "a link is shown on another page": (_link_elsewhere, 1),
    "a link is not in the tree": (_link_unknown, 1),
    "a link of the tree is gone": (_link_gone, 0),
    "a mark is used twice": (_append(b"/P <</MCID 0>> BDC n EMC"), 1),
    "a mark is in no tree": (_append(b"/P <</MCID 9>> BDC n EMC"), 1),
    "something is not marked": (_append(b"0 0 9 9 re f"), 1),
    "a mark has no end": (_append(b"/Artifact BMC"), 1),
    "a mark ends twice": (_append(b"EMC"), 1),
    "an artifact is tagged": (_append(b"/Artifact BMC /P <</MCID 9>> BDC n EMC EMC"), 1),
    "an operator does not exist": (_append(b"/Artifact BMC 1 2 foo EMC"), 1),
    "a form has tags of its own": (_form_with_marks, 1),
}


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_of_the_tree_is_found(name: str) -> None:
    change, page = FAULTS[name]
    pdf = tagged(2)
    change(pdf)
    faults = _told(_reopened(pdf))
    assert page in {number for number, _ in faults}, faults


def test_marks_may_be_named_in_the_resources() -> None:
    pdf = tagged(1, 1)
    page = pdf.pages[0].obj
    page.Resources = Dictionary(Properties=Dictionary(M0=Dictionary(MCID=0)))
    page.Contents = pdf.make_stream(b"/P /M0 BDC 0 0 9 9 re f EMC")
    assert _told(_reopened(pdf)) == []


def test_strings_and_inline_pictures_are_no_operators() -> None:
    pdf = pikepdf.new()
    page = pdf.add_blank_page().obj
    page.Contents = pdf.make_stream(
        b"/Artifact BMC BT /F1 9 Tf (EMC \\) BDC f) Tj ET BI /W 1 /H 1 /CS /G /BPC 8 ID f EI EMC"
    )
    found = marks_of(page, page.Resources)
    assert (found.untagged, found.unknown, found.balanced) == (0, "", True)


def test_a_fault_is_told_with_file_and_page() -> None:
    book = tagged(2)
    book.pages.extend(tagged(1).pages)
    with pytest.raises(ProofError) as caught:
        prove_structure(_reopened(book), "buku.pdf")
    assert caught.value.text("id").startswith("buku.pdf, halaman 3:")


def test_a_thousand_pages_are_one_walk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every page is taken apart once, whatever stands in the tree."""
    from pipeline.pdf import structure

    seen = []

    def counting(page: Any, resources: Any) -> Any:
        seen.append(page.objgen if hasattr(page, "objgen") else page.obj.objgen)
        return marks_of(page, resources)

    monkeypatch.setattr(structure, "marks_of", counting)
    assert _told(_reopened(tagged(1000, 3))) == []
    assert len(seen) == len(set(seen)) == 1000


def test_what_libreoffice_leaves_untagged_is_found(papers: Mapping[str, Paper]) -> None:
    with pikepdf.open(papers["aneh"].pdf) as pdf:
        assert any("tidak bertanda" in told for _, told in _told(pdf))


def test_the_product_s_own_papers_are_sound_once_finished(papers: Mapping[str, Paper], tmp_path: Path) -> None:
    from pipeline.model.particulars import Particulars
    from pipeline.pdf.finish import finish

    for name in ("pelaksanaan-reses-usulan", "anggota-contoh-03"):
        copy = tmp_path / f"{name}.pdf"
        copy.write_bytes(papers[name].pdf.read_bytes())
        finish(copy, Particulars(f"contoh/{name}", "Judul"), docx=papers[name].docx)
        with pikepdf.open(copy) as pdf:
            assert _told(pdf) == []
