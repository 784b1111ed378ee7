"""What parts of a book may hold that was made otherwise: what is shared, what is taken out, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from pipeline.errors import ProofError
from pipeline.pdf.joined import prove_joined
from pipeline.pdf.merge import Part, link_to_front, link_to_part
from pipeline.pdf.merge_parts import outline_of
from pipeline.pdf.structure import structure_faults
from tests.pdf.parts import A4, merge, part


def changed(path: Path, change: Callable[[Any], object]) -> Path:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        change(pdf)
        pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.disable, deterministic_id=True)
    return path


def joined(folder: Path, *parts: Path, front: Path | None = None) -> Path:
    target = folder / "buku.pdf"
    named = [Part(path, path.stem, path.stem) for path in parts]
    merge(front or part(folder / "depan.pdf"), named, target, title="Depan")
    with pikepdf.open(target) as pdf:
        assert [fault.message.text("en") for fault in structure_faults(pdf)] == []
    prove_joined(target, target.name)
    return target


def pictures(path: Path) -> list[tuple[bytes, int]]:
    with pikepdf.open(path) as pdf:
        found = [page.obj.Resources.XObject.Im1 for page in list(pdf.pages)[1:]]
        return [(one.read_bytes(), int(one.Width)) for one in found]


def test_pictures_of_one_size_keep_their_own_dots(tmp_path: Path) -> None:
    path = joined(
        tmp_path, part(tmp_path / "a.pdf", picture=b"\1\2\3\4"), part(tmp_path / "b.pdf", picture=b"\1\2\3\5")
    )
    assert [data for data, _ in pictures(path)] == [b"\1\2\3\4", b"\1\2\3\5"]


def test_pictures_of_the_same_dots_keep_their_own_width(tmp_path: Path) -> None:
    def wider(pdf: Any) -> None:
        picture = pdf.pages[0].obj.Resources.XObject.Im1
        picture.Width, picture.Height = 2, 2

    upright = part(tmp_path / "a.pdf", picture=b"\1\2\3\4")
    path = joined(tmp_path, upright, changed(part(tmp_path / "b.pdf", picture=b"\1\2\3\4"), wider))
    assert [width for _, width in pictures(path)] == [1, 2]


def test_a_drawing_of_many_is_kept_once(tmp_path: Path) -> None:
    def drawn(pdf: Any) -> None:
        box = Array([0, 0, 10, 10])
        pdf.pages[0].obj.Resources.XObject = Dictionary(
            Im1=pikepdf.Stream(pdf, b"0 0 5 5 re f", Type=Name.XObject, Subtype=Name.Form, BBox=box)
        )

    with pikepdf.open(joined(tmp_path, *[changed(part(tmp_path / f"{name}.pdf"), drawn) for name in "ab"])) as pdf:
        assert len({page.obj.Resources.XObject.Im1.objgen for page in list(pdf.pages)[1:]}) == 1


def test_fonts_that_are_too_deep_to_compare_keep_their_own(tmp_path: Path) -> None:
    def deep(text: str) -> Callable[[Any], None]:
        def change(pdf: Any) -> None:
            held: Any = pikepdf.String(text)
            for _ in range(20):
                held = Dictionary(Catatan=held)
            pdf.pages[0].obj.Resources.Font.F1.Catatan = held

        return change

    parts = [changed(part(tmp_path / f"{name}.pdf"), deep(name)) for name in "ab"]
    with pikepdf.open(joined(tmp_path, *parts)) as pdf:
        fonts = [page.obj.Resources.Font.F1 for page in list(pdf.pages)[1:]]
        assert [text in font.unparse(resolved=True) for text, font in zip((b"(a)", b"(b)"), fonts, strict=True)] == [
            True,
            True,
        ]


def test_a_field_leaves_with_what_held_nothing_else(tmp_path: Path) -> None:
    def nested(pdf: Any) -> None:
        document = pdf.Root.StructTreeRoot.K
        form = document.K[-1]
        section = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Sect, P=document))
        inner = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=section, K=Array([form])))
        form.P, section.K = inner, Array([document.K[0], inner])
        document.K[0].P = section
        document.K = Array([section, document.K[1]])

    link = ("https://contoh.example/luar",)
    path = joined(tmp_path, changed(part(tmp_path / "a.pdf", field="kosong", links=link), nested_after_link(nested)))
    with pikepdf.open(path) as pdf:
        own: Any = pdf.Root.StructTreeRoot.K.K[1]
        kinds = [[str(kid.S) for kid in one.K] if str(one.S) == "/Sect" else str(one.S) for one in own.K]
        assert kinds == [["/Isi"], "/Isi", "/Link"]
        assert [str(mark.Subtype) for mark in pdf.pages[1].obj.Annots] == ["/Link"]


def nested_after_link(nested: Callable[[Any], None]) -> Callable[[Any], None]:
    """``nested`` for a document with a link, which keeps its place as the last element."""

    def change(pdf: Any) -> None:
        document = pdf.Root.StructTreeRoot.K
        link = document.K[2]
        document.K = Array([document.K[0], document.K[1], document.K[3]])
        nested(pdf)
        document.K.append(link)

    return change


def test_keys_with_gaps_and_in_branches_stay_apart(tmp_path: Path) -> None:
    def spread(pdf: Any) -> None:
        tree = pdf.Root.StructTreeRoot.ParentTree
        entries = list(tree.Nums)
        for page in pdf.pages:
            page.obj.StructParents = int(page.obj.StructParents) * 5
        for at in range(0, len(entries), 2):
            entries[at] = int(entries[at]) * 5
        del tree.Nums
        tree.Kids = Array([pdf.make_indirect(Dictionary(Nums=Array(some))) for some in (entries[:2], entries[2:])])

    parts = [changed(part(tmp_path / f"{name}.pdf", (name, name)), spread) for name in "ab"]
    with pikepdf.open(joined(tmp_path, *parts)) as pdf:
        assert [int(page.obj.StructParents) for page in pdf.pages] == [12, 0, 5, 6, 11]


def test_what_pages_inherit_stays_with_them(tmp_path: Path) -> None:
    box = [0, 0, 300, 400]

    def inherited(pdf: Any) -> None:
        above, page = pdf.Root.Pages, pdf.pages[0].obj
        above.Rotate, above.CropBox, above.MediaBox, above.Resources = 90, Array(box), page.MediaBox, page.Resources
        del page.MediaBox, page.Resources

    with pikepdf.open(joined(tmp_path, changed(part(tmp_path / "a.pdf"), inherited))) as pdf:
        assert int(pdf.pages[1].obj.Rotate) == 90
        assert [int(side) for side in pdf.pages[1].obj.CropBox] == box
        assert [int(side) for side in pdf.pages[1].obj.MediaBox] == [0, 0, *A4]
        assert "/F1" in pdf.pages[1].obj.Resources.Font
        assert "/Rotate" not in pdf.pages[0].obj


def test_annotations_that_stand_in_a_list_of_their_own_are_led_and_numbered(tmp_path: Path) -> None:
    def apart(pdf: Any) -> None:
        page = pdf.pages[0].obj
        page.Annots = pdf.make_indirect(page.Annots)

    front = changed(part(tmp_path / "depan.pdf", links=(link_to_part(1), link_to_front(1))), apart)
    other = changed(part(tmp_path / "a.pdf", links=("https://contoh.example/luar",)), apart)
    with pikepdf.open(joined(tmp_path, other, front=front)) as pdf:
        assert [mark.Dest[0].objgen for mark in pdf.pages[0].obj.Annots] == [
            pdf.pages[1].obj.objgen,
            pdf.pages[0].obj.objgen,
        ]


@pytest.mark.parametrize("key", ["/StructParents", "/StructParent"])
def test_pictures_with_tags_of_their_own_are_refused(tmp_path: Path, key: str) -> None:
    def tagged(pdf: Any) -> None:
        pdf.pages[0].obj.Resources.XObject.Im1[key] = 9

    other = changed(part(tmp_path / "lain.pdf", picture=b"\1"), tagged)
    with pytest.raises(ProofError) as error:
        joined(tmp_path, other)
    assert "memuat gambar dengan struktur sendiri" in error.value.text("id")


@pytest.mark.parametrize("name", ["0", "3", "²", "satu", "", "-1", "depan/0", "depan/2"])
def test_links_to_nowhere_in_the_book_are_refused(tmp_path: Path, name: str) -> None:
    address = link_to_part(1).removesuffix("1") + name
    with pytest.raises(ProofError) as error:
        joined(tmp_path, part(tmp_path / "a.pdf"), front=part(tmp_path / "depan.pdf", links=(address,)))
    assert "Daftar isi menunjuk ke tempat yang tidak ada" in error.value.text("id")


def test_bookmarks_lead_where_they_say_whichever_way_they_say_it() -> None:
    with pikepdf.new() as pdf:
        pages = [pdf.add_blank_page().obj for _ in range(3)]
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("langsung", 1))
            action = Dictionary(S=Name.GoTo, D=Array([pages[2], Name.Fit]))
            outline.root.append(pikepdf.OutlineItem("lewat perintah", action=action))
            elsewhere = Dictionary(S=Name.URI, URI=pikepdf.String("https://contoh.example"))
            outline.root.append(pikepdf.OutlineItem("ke luar", action=elsewhere))
        assert outline_of(pdf) == [("langsung", 1), ("lewat perintah", 2)]
