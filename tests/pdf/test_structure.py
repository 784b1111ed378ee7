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


def _shown_form(pdf: Any, content: bytes, **more: Any) -> Any:
    """A form that the first page shows as an artifact."""
    form = _form(pdf, content, **more)
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(X=form))
    pdf.pages[0].contents_add(pdf.make_stream(b"/Artifact BMC /X Do EMC"))
    return form


def _form(pdf: Any, content: bytes, **more: Any) -> Any:
    form = pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 1, 1]), **more)
    form.Resources = Dictionary()
    return form


def _form_with_marks(pdf: Any) -> None:
    _shown_form(pdf, b"/P <</MCID 0>> BDC 0 0 1 1 re f EMC")


def _form_in_a_form(pdf: Any) -> None:
    outer = _shown_form(pdf, b"/Y Do")
    outer.Resources = Dictionary(XObject=Dictionary(Y=_form(pdf, b"/P <</MCID 0>> BDC 0 0 1 1 re f EMC")))


def _link_listed_twice(pdf: Any) -> None:
    link = _elements(pdf)[2]
    link.K = Array([link.K, Dictionary(link.K)])


def _claimed_twice(pdf: Any) -> None:
    _elements(pdf)[1].K = Array([1, 0])


def _mark_in_a_form(pdf: Any) -> None:
    _elements(pdf)[0].K = Array([0, Dictionary(Type=Name.MCR, MCID=0, Stm=_form(pdf, b""))])


def _endless_numbers(pdf: Any) -> None:
    tree = pdf.Root.StructTreeRoot.ParentTree
    tree.Kids = Array([tree])


def _unlisted(pdf: Any) -> None:
    """An element is in neither tree."""
    _unreachable(pdf)
    _parents(pdf)[1][0] = None


def _no_key(pdf: Any) -> None:
    del pdf.pages[0].obj.StructParents


def _swap_links(pdf: Any) -> None:
    one, two = (page.obj.Annots[0] for page in pdf.pages)
    one.StructParent, two.StructParent = two.StructParent, one.StructParent


def _same_link_key(pdf: Any) -> None:
    pdf.pages[1].obj.Annots[0].StructParent = pdf.pages[0].obj.Annots[0].StructParent


def _unmarked(pdf: Any) -> None:
    pdf.Root.MarkInfo.Marked = False


_LOST, _LOST_LINK = "isi bertanda {} tidak menuju elemen di halaman ini", "anotasi (tautan atau bidang) tidak menuju"
_OPEN, _CROSSED = "awal dan akhir tanda tidak berpasangan", "isi bertanda dan hiasan (Artifact) bertumpuk"
_IN_FORM, _NOT_THERE = "isi bertanda di dalam gambar (form XObject)", "pohon menunjuk isi bertanda {} yang tidak ada"
FAULTS: Mapping[str, tuple[Callable[[Any], None], int, str]] = {
    "nothing is said to be marked": (_unmarked, 0, "pohon struktur tidak ada"),
    "keys of two pages are exchanged": (_swap_keys, 1, _LOST.format(0)),
    "elements lie on each other's page": (_swap_pages, 1, _LOST.format(0)),
    "two pages share a key": (_same_key, 2, "dua halaman memakai nomor struktur yang sama"),
    "a page has no key": (_no_key, 1, "halaman tidak terhubung ke pohon struktur"),
    "marks of a page are exchanged": (_swap_marks, 1, _LOST.format(0)),
    "an element is not reached": (_unreachable, 1, _LOST.format(0)),
    "an element is in neither tree": (_unlisted, 1, _LOST.format(0)),
    "an element is listed twice": (_listed_twice, 0, "satu elemen ada dua kali di pohon"),
    "an element names another parent": (_wrong_parent, 0, "elemen menunjuk induk yang salah"),
    "the tree runs in a circle": (_cycle, 0, "satu elemen ada dua kali di pohon"),
    "an element lies on no page": (_foreign_page, 0, "elemen menunjuk halaman yang tidak ada"),
    "an element claims what is not there": (_not_there, 1, _NOT_THERE.format(77)),
    "two elements claim one mark": (_claimed_twice, 0, "isi bertanda 0 ada dua kali di pohon"),
    "an element claims a mark of a form": (_mark_in_a_form, 0, _IN_FORM),
    "a number is given twice": (_number_twice, 0, "nomor 0 ada dua kali di pohon induk"),
    "a number of a link is given twice": (lambda pdf: _parents(pdf).extend([2, _elements(pdf)[0]]), 0, "nomor 2 ada"),
    "the numbers run in a circle": (_endless_numbers, 0, "pohon induk (ParentTree) tidak ada atau rusak"),
    "a link is shown on another page": (_link_elsewhere, 1, _LOST_LINK),
    "a link is not in the tree": (_link_unknown, 1, "anotasi (tautan atau bidang) tidak bertanda"),
    "a link of the tree is gone": (_link_gone, 0, "pohon menunjuk anotasi yang tidak ada di halaman mana pun"),
    "a link is listed twice": (_link_listed_twice, 0, "anotasi ada dua kali di pohon"),
    "keys of two links are exchanged": (_swap_links, 1, _LOST_LINK),
    "two links share a key": (_same_link_key, 2, "dua anotasi memakai nomor struktur yang sama"),
    "a mark is used twice": (_append(b"/P <</MCID 0>> BDC n EMC"), 1, "dua isi memakai tanda yang sama"),
    "a mark is in no tree": (_append(b"/P <</MCID 9>> BDC n EMC"), 1, _LOST.format(9)),
    "something is not marked": (_append(b"0 0 9 9 re f"), 1, "1 tulisan atau gambar tidak bertanda"),
    "a mark has no end": (_append(b"/Artifact BMC"), 1, _OPEN),
    "a mark ends twice": (_append(b"EMC"), 1, _OPEN),
    "an artifact is tagged": (_append(b"/Artifact BMC /P <</MCID 9>> BDC n EMC EMC"), 1, _CROSSED),
    "an artifact is in what is tagged": (_append(b"/P <</MCID 9>> BDC /Artifact BMC n EMC EMC"), 1, _CROSSED),
    "a mark is in a mark": (_append(b"/P <</MCID 8>> BDC /P <</MCID 9>> BDC n EMC EMC"), 1, _CROSSED),
    "an operator does not exist": (_append(b"/Artifact BMC 1 2 foo EMC"), 1, "perintah “foo” tidak dikenal"),
    "a form has tags of its own": (_form_with_marks, 1, _IN_FORM),
    "a form in a form has tags of its own": (_form_in_a_form, 1, _IN_FORM),
    "a form has a key of its own": (lambda pdf: _shown_form(pdf, b"n", StructParents=9), 1, _IN_FORM),
    "a form has an operator that does not exist": (lambda pdf: _shown_form(pdf, b"1 foo"), 1, "perintah “foo”"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_of_the_tree_is_found(name: str) -> None:
    change, page, wanted = FAULTS[name]
    pdf = tagged(2)
    change(pdf)
    faults = _told(_reopened(pdf))
    assert any(number == page and told.startswith(wanted) for number, told in faults), faults


def _numbers_in_kids(pdf: Any) -> None:
    tree = pdf.Root.StructTreeRoot.ParentTree
    entries = list(tree.Nums)
    tree.Kids = Array([pdf.make_indirect(Dictionary(Nums=Array(part))) for part in (entries[:4], entries[4:])])
    del tree.Nums


def _mark_on_the_next_page(pdf: Any) -> None:
    """An element begins on one page and ends on the next: the second of its marks names that page itself."""
    first, last = _elements(pdf)[0], _elements(pdf)[3]
    first.K = Array([0, Dictionary(Type=Name.MCR, Pg=last.Pg, MCID=0)])
    pdf.Root.StructTreeRoot.K.K = Array([one for one in _elements(pdf) if one.objgen != last.objgen])
    _parents(pdf)[3][0] = first


def _popup(pdf: Any) -> None:
    pdf.pages[0].obj.Annots.append(pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Popup)))


@pytest.mark.parametrize("change", [_numbers_in_kids, _mark_on_the_next_page, _popup])
def test_what_is_sound_in_another_form_has_no_faults(change: Callable[[Any], None]) -> None:
    pdf = tagged(2)
    change(pdf)
    assert _told(_reopened(pdf)) == []


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
