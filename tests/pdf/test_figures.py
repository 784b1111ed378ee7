"""Figures of trees made by hand: which shapes a group takes in, which words, and the texts of charts."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from pipeline.errors import ProofError
from pipeline.pdf.figures import describe, gather

GROUP = (10, 10, 110, 110)
ONE, TWO, FAR = (10, 10, 50, 50), (60, 60, 110, 110), (10, 300, 50, 340)


class Tree:
    """A document of two pages; everything is put below one paragraph, in order."""

    def __init__(self) -> None:
        self.pdf = pikepdf.new()
        self.pages = [self.pdf.add_blank_page(page_size=(400, 400)).obj for _ in range(2)]
        self.root = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array()))
        self.top = self.below(self.root, "Document")

    def below(self, parent: Any, kind: str, page: int = 0, **more: Any) -> Any:
        made = self.pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name(f"/{kind}"), P=parent, Pg=self.pages[page], **more)
        )
        if "/K" not in parent:
            parent.K = Array()
        parent.K.append(made)
        return made

    def figure(self, *sides: float, page: int = 0, text: str = "Gambar", full: bool = True) -> Any:
        attributes = Dictionary(O=Name.Layout, BBox=Array(sides))
        told = {"Alt": pikepdf.String(text)} if text else {}
        inside = {"K": Array([0])} if full else {}
        return self.below(self.top, "Figure", page, A=attributes, **told, **inside)

    def group(self, *sides: float, page: int = 0) -> Any:
        return self.figure(*sides, page=page, text="Bagan", full=False)

    def words(self, page: int = 0) -> tuple[Any, Any]:
        paragraph = self.below(self.top, "P", page)
        return paragraph, self.below(paragraph, "Div", page, K=Array([7]))


def ids(kids: Any) -> list[tuple[int, int]]:
    return [kid.objgen for kid in kids]


def test_a_group_takes_in_its_shapes_and_their_words() -> None:
    tree = Tree()
    paragraph, words = tree.words()
    group, one, two = tree.group(*GROUP), tree.figure(*ONE), tree.figure(*TWO)
    gather([group, one, two])
    assert ids(group.K) == ids([one, two, words])
    assert all(kid.P.objgen == group.objgen for kid in group.K)
    assert ids(tree.top.K) == ids([paragraph, group])
    assert "/K" not in paragraph  # the words are in one place alone


def test_a_text_box_is_its_words_where_they_are_known() -> None:
    tree = Tree()
    _, words = tree.words()
    group, shape = tree.group(*GROUP), tree.figure(*ONE)
    box = tree.figure(*TWO, full=False)
    gather([group, shape, box])
    assert ids(group.K) == ids([shape, words])


@pytest.mark.parametrize("second", [(FAR, 0), (TWO, 1)], ids=["outside", "on another page"])
def test_what_lies_elsewhere_is_no_shape_of_the_group(second: tuple[tuple[int, ...], int]) -> None:
    tree = Tree()
    group, one, two = tree.group(*GROUP), tree.figure(*ONE), tree.figure(*TWO)
    sides, page = second
    other = tree.figure(*sides, page=page)
    gather([group, one, two, other])
    assert ids(group.K) == ids([one, two])
    assert ids(tree.top.K) == ids([group, other])


def test_a_picture_beside_a_picture_is_no_group() -> None:
    tree = Tree()
    empty, one = tree.group(*GROUP), tree.figure(*ONE)
    gather([empty, one])
    assert "/K" not in empty
    assert ids(tree.top.K) == ids([empty, one])


def test_words_go_to_no_group_where_two_on_a_page_may_own_them() -> None:
    tree = Tree()
    paragraph, words = tree.words()
    groups = []
    for up in (0, 200):
        sides = [(left, low + up, right, high + up) for left, low, right, high in (GROUP, ONE, TWO)]
        group, *shapes = tree.group(*sides[0]), tree.figure(*sides[1]), tree.figure(*sides[2])
        groups.append((group, shapes))
    gather([one for group, shapes in groups for one in (group, *shapes)])
    assert ids(paragraph.K) == ids([words])
    for group, shapes in groups:
        assert ids(group.K) == ids(shapes)


def test_words_of_another_page_stay_there() -> None:
    tree = Tree()
    paragraph, words = tree.words(page=1)
    group, one, two = tree.group(*GROUP), tree.figure(*ONE), tree.figure(*TWO)
    gather([group, one, two])
    assert ids(group.K) == ids([one, two])
    assert ids(paragraph.K) == ids([words])


def docx(folder: Path, *drawings: tuple[int, int, str, str]) -> Path:
    """A DOCX with drawings: width and height in points, alternative text as written in XML, and kind."""
    body = "".join(
        f'<wp:inline><wp:extent cx="{wide * 12700}" cy="{high * 12700}"/><wp:docPr id="{number}" name="x" '
        f'descr="{text}"/><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/{kind}"/></wp:inline>'
        for number, (wide, high, text, kind) in enumerate(drawings)
    )
    path = folder / "uji.docx"
    with ZipFile(path, "w") as package:
        package.writestr("word/document.xml", f"<w:body>{body}</w:body>")
    return path


CHARTS = ((40, 40, "Usulan &amp; &quot;aspirasi&quot;", "chart"), (60, 60, "Foto", "picture"), (50, 50, "Dua", "chart"))


def test_charts_get_their_own_texts_in_order(tmp_path: Path) -> None:
    tree = Tree()
    figures = [tree.figure(*sides, text="") for sides in (ONE, TWO)]
    describe(tree.pdf, figures, docx(tmp_path, *CHARTS))
    assert [str(one.Alt) for one in figures] == ['Usulan & "aspirasi"', "Dua"]


def test_what_has_a_text_takes_none_from_a_chart(tmp_path: Path) -> None:
    tree = Tree()
    said, lacking = tree.figure(*TWO, text=""), tree.figure(*ONE, text="")
    said.ActualText = pikepdf.String("Empat")
    describe(tree.pdf, [said, lacking], docx(tmp_path, *CHARTS))
    assert "/Alt" not in said
    assert str(lacking.Alt) == 'Usulan & "aspirasi"'


def test_a_chart_of_another_size_gives_no_text(tmp_path: Path) -> None:
    tree = Tree()
    for wide, high in ((40, 60), (60, 40)):
        with pytest.raises(ProofError) as error:
            describe(tree.pdf, [tree.figure(*ONE, page=1, text="")], docx(tmp_path, (wide, high, "Lain", "chart")))
        assert "Gambar di halaman 2 " in error.value.text("id")


def test_a_docx_that_cannot_be_read_gives_no_text(tmp_path: Path) -> None:
    tree = Tree()
    broken, empty = tmp_path / "rusak.docx", tmp_path / "kosong.docx"
    broken.write_bytes(b"bukan zip")
    with ZipFile(empty, "w") as package:
        package.writestr("lain.xml", "")
    for path in (broken, empty):
        with pytest.raises(ProofError) as error:
            describe(tree.pdf, [tree.figure(*ONE, text="")], path)
        assert "teks alternatif" in error.value.text("id")
