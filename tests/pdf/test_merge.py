"""PDFs joined to a book: one structure tree, numbers, links, bookmarks; and what must not be joined is not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pypdfium2
import pytest

from pipeline.errors import ProofError
from pipeline.pdf.joined import prove_joined
from pipeline.pdf.merge import Joining, Merged, Part, link_to_front, link_to_part
from pipeline.pdf.structure import structure_faults
from tests.pdf.parts import A4, F4_WIDE, merge, part


def join(folder: Path, front: Path, *parts: Path, **more: Any) -> tuple[Path, Merged]:
    target = folder / "buku.pdf"
    named = [Part(path, f"Judul {path.stem}", f"Penanda {path.stem}") for path in parts]
    return target, merge(front, named, target, title="Depan", **more)


def faults(path: Path) -> list[str]:
    with pikepdf.open(path) as pdf:
        assert pdf.check_pdf_syntax() == []
        return [fault.message.text("en") for fault in structure_faults(pdf)]


@pytest.fixture
def front(tmp_path: Path) -> Path:
    """Front matter of two pages, the first with links to both parts and to its second page."""
    links = (link_to_part(1), link_to_part(2), link_to_front(2), "https://contoh.example/luar")
    return part(tmp_path / "depan.pdf", ("sampul", "daftar isi"), links=links)


@pytest.fixture
def book(tmp_path: Path, front: Path) -> tuple[Path, Merged]:
    """Front matter, a wide part of three pages and an upright one of two, numbered."""
    one = part(tmp_path / "satu.pdf", ("satu a", "satu b", "satu c"), size=F4_WIDE, field="kosong", picture=b"\1\2\3")
    two = part(tmp_path / "dua.pdf", ("dua a", "dua b"), roles={"/Isi": "/P", "/Judul": "/H1"}, picture=b"\1\2\3")
    return join(tmp_path, front, one, two, cover="Sampul", numbering=front)


def test_every_mark_leads_to_its_own_page(book: tuple[Path, Merged]) -> None:
    path, made = book
    assert made == Merged(front=2, starts=(2, 5), pages=7, links=3)
    assert faults(path) == []
    prove_joined(path, path.name)
    with pikepdf.open(path) as pdf:
        keys = [int(page.obj.StructParents) for page in pdf.pages]
        assert len(set(keys)) == 7
        assert max(keys) < int(pdf.Root.StructTreeRoot.ParentTreeNextKey)


def test_tree_has_a_part_for_each(book: tuple[Path, Merged]) -> None:
    with pikepdf.open(book[0]) as pdf:
        document = pdf.Root.StructTreeRoot.K
        assert str(document.S) == "/Document"
        assert [(str(kid.S), str(kid.T)) for kid in document.K] == [
            ("/Part", "Depan"),
            ("/Part", "Judul satu"),
            ("/Part", "Judul dua"),
        ]
        roles = {style: str(kind) for style, kind in pdf.Root.StructTreeRoot.RoleMap.items()}
        assert roles == {"/Isi": "/P", "/Judul": "/H1"}


def test_pages_keep_size_and_text_and_get_numbers(book: tuple[Path, Merged]) -> None:
    pdf = pypdf.PdfReader(book[0])
    assert [tuple(map(int, page.mediabox[2:])) for page in pdf.pages] == [A4, A4, F4_WIDE, F4_WIDE, F4_WIDE, A4, A4]
    texts = [page.extract_text() for page in pdf.pages]
    for text, own in zip(texts, ("sampul", "daftar isi", "satu a", "satu b", "satu c", "dua a", "dua b"), strict=True):
        assert own in text
    assert ["Halaman buku" in text for text in texts] == [False, False, *[True] * 5]
    assert [f"Halaman buku {number}" in text for number, text in enumerate(texts[2:], 1)] == [True] * 5
    assert pdf.page_labels == ["i", "ii", "1", "2", "3", "4", "5"]


def test_links_and_bookmarks_lead_to_the_parts(book: tuple[Path, Merged]) -> None:
    pdf = pypdf.PdfReader(book[0])
    found = [(item.title, pdf.get_destination_page_number(item)) for item in pdf.outline]  # type: ignore[union-attr,arg-type]
    assert found == [("Sampul", 0), ("Penanda satu", 2), ("Penanda dua", 5)]
    marks = [mark.get_object() for mark in pdf.pages[0]["/Annots"]]  # type: ignore[attr-defined]
    targets = [pdf.pages.index(mark["/Dest"][0].get_object()) for mark in marks if "/Dest" in mark]
    assert targets == [2, 5, 1]
    assert [mark["/A"]["/URI"] for mark in marks if "/A" in mark] == ["https://contoh.example/luar"]


def test_empty_fields_of_parts_are_gone(book: tuple[Path, Merged]) -> None:
    with pikepdf.open(book[0]) as pdf:
        assert "/AcroForm" not in pdf.Root
        kinds = [str(mark.Subtype) for page in pdf.pages for mark in page.obj.get("/Annots", ())]
        assert kinds == ["/Link"] * 4
        elements = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Form"]
        assert elements == []


def test_the_field_of_the_front_matter_stays(tmp_path: Path) -> None:
    path, _ = join(tmp_path, part(tmp_path / "depan.pdf", field="kosong"), part(tmp_path / "a.pdf", field="kosong"))
    with pikepdf.open(path) as pdf:
        assert [field.objgen for field in pdf.Root.AcroForm.Fields] == [pdf.pages[0].obj.Annots[0].objgen]
    assert faults(path) == []


def test_the_same_picture_is_kept_once(book: tuple[Path, Merged]) -> None:
    with pikepdf.open(book[0]) as pdf:
        used = {page.obj.Resources.XObject.Im1.objgen for page in list(pdf.pages)[2:]}
        fonts = {page.obj.Resources.Font.F1.objgen for page in pdf.pages}
    assert (len(used), len(fonts)) == (1, 1)


def test_the_same_parts_give_the_same_bytes(tmp_path: Path, book: tuple[Path, Merged], front: Path) -> None:
    before = book[0].read_bytes()
    join(tmp_path, front, tmp_path / "satu.pdf", tmp_path / "dua.pdf", cover="Sampul", numbering=front)
    assert book[0].read_bytes() == before


MERGES = """
import sys
from pathlib import Path
from pipeline.pdf.merge import Part
from tests.pdf.parts import merge
front, one, two, target = map(Path, sys.argv[1:])
merge(front, [Part(one, "Satu", "Satu"), Part(two, "Dua", "Dua")], target, title="Depan", numbering=front)
"""


RUNS = (("0", "UTC", "022"), ("1", "Asia/Jakarta", "077"), ("2", "Asia/Jayapura", "002"))
"""Seed of the order of names, time zone and rights of new files."""


def test_whatever_order_a_run_holds_names_in_the_bytes_are_the_same(tmp_path: Path) -> None:
    files = [
        part(tmp_path / f"{name}.pdf", (name,), picture=bytes([number]))
        for number, name in enumerate(("depan", "satu", "dua"))
    ]
    for path in files:
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            for held, name in ((pdf.pages[0].obj.Resources.Font, "F"), (pdf.pages[0].obj.Resources.XObject, "Im")):
                _multiply(pdf, held, name)
            pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    made = set()
    for seed, zone, rights in RUNS:
        folder = tmp_path / f"folder {seed}"
        folder.mkdir()
        own = [shutil.copy(path, folder) for path in files]
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONHASHSEED": seed, "TZ": zone}
        subprocess.run(
            [sys.executable, "-c", MERGES, *map(str, own), "buku.pdf"],
            env=environment,
            cwd=folder,
            umask=int(rights, 8),
            check=True,
        )
        made.add((folder / "buku.pdf").read_bytes())
    assert len(made) == 1


def _multiply(pdf: pikepdf.Pdf, held: Any, name: str) -> None:
    """Have ``held`` name eight that differ, each an object of its own."""
    first = held[f"/{name}1"]
    for number in range(2, 9):
        if isinstance(first, pikepdf.Stream):
            other: Any = pdf.make_stream(first.read_raw_bytes(), dict(first.stream_dict.items()))
        else:
            other = pdf.make_indirect(pikepdf.Dictionary(dict(first.items())))
        other.Jenis = number
        held[f"/{name}{number}"] = other


@pytest.mark.parametrize(
    "save",
    [
        {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
        {"linearize": True},
        {"qdf": True},
        {"compress_streams": False},
    ],
)
def test_any_way_of_writing_a_part_will_do(tmp_path: Path, save: dict[str, Any]) -> None:
    one = part(tmp_path / "a.pdf", ("satu", "dua"), alt="lihat 5 0 R (dan 6 0 R)", document=False, **save)
    path, made = join(tmp_path, part(tmp_path / "depan.pdf"), one)
    assert (made.pages, faults(path)) == (3, [])
    prove_joined(path, path.name)
    with pikepdf.open(path) as pdf:
        alts = [str(one.Alt) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]
    assert alts == ["lihat 5 0 R (dan 6 0 R)"] * 2


def broken(path: Path) -> Path:
    path.write_bytes(b"bukan PDF")
    return path


def untagged(path: Path) -> Path:
    with pikepdf.open(part(path), allow_overwriting_input=True) as pdf:
        del pdf.Root.StructTreeRoot
        pdf.save(path)
    return path


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (broken, "rusak atau bukan PDF"),
        (lambda path: path, "tidak dapat masuk ke buku"),
        (untagged, "tidak bertanda struktur"),
        (lambda path: part(path, field="terisi"), "sudah ditandatangani"),
        (lambda path: part(path, encryption=pikepdf.Encryption(owner="a", user="b")), "terkunci kata sandi"),
        (lambda path: part(path, encryption=pikepdf.Encryption(owner="a", user="")), "terenkripsi"),
        (lambda path: part(path, profile=b"profil lain"), "profil warnanya lain"),
        (lambda path: part(path, roles={"/Isi": "/H1"}), "gaya Isi berarti lain"),
    ],
)
def test_what_cannot_be_joined_is_named(tmp_path: Path, make: Callable[[Path], Path], told: str) -> None:
    other = make(tmp_path / "lain.pdf")
    with pytest.raises(ProofError) as error:
        join(tmp_path, part(tmp_path / "depan.pdf"), part(tmp_path / "satu.pdf"), other)
    assert told in error.value.text("id")
    assert "lain.pdf" in error.value.text("id")


def test_front_matter_of_another_kind_is_named(tmp_path: Path) -> None:
    with pytest.raises(ProofError, match=r"bagian depan buku|front"):
        join(tmp_path, part(tmp_path / "depan.pdf", profile=b"lain"), part(tmp_path / "satu.pdf"))


def test_a_link_to_a_part_that_is_not_there(tmp_path: Path, front: Path) -> None:
    one = part(tmp_path / "a.pdf")
    with pytest.raises(ProofError, match="2"):
        join(tmp_path, front, one)
    path = tmp_path / "sebagian.pdf"
    with Joining(path) as joining:
        joining.add(Part(one, "Judul", "Penanda"))
        made = joining.close(front, title="Depan", whole=False)
    assert (made.links, faults(path)) == (2, [])


def swapped(pdf: pikepdf.Pdf) -> None:
    one, two = pdf.pages[2].obj, pdf.pages[5].obj
    one.StructParents, two.StructParents = int(two.StructParents), int(one.StructParents)


def elsewhere(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.K.K[1].K[0].Pg = pdf.pages[5].obj


def orphaned(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.K.K[1].K[0].P = pdf.Root.StructTreeRoot.K.K[2]


def unreached(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot.K.K[1]


def unmarked(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[3].obj["/StructParents"]


def unlisted(pdf: pikepdf.Pdf) -> None:
    pdf.pages[3].obj.StructParents = 999


def shared(pdf: pikepdf.Pdf) -> None:
    pdf.pages[3].obj.StructParents = int(pdf.pages[2].obj.StructParents)


def listed_twice(pdf: pikepdf.Pdf) -> None:
    elements = pdf.Root.StructTreeRoot.K.K[1].K
    elements.append(elements[0])


ELSEWHERE, NO_PLACE = "menunjuk elemen di halaman lain", "tidak punya tempat di pohon induk"
ABOVE = "elemen menunjuk induk yang salah"


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (swapped, f"isi halaman 3 {ELSEWHERE}"),
        (elsewhere, f"isi halaman 3 {ELSEWHERE}"),
        (orphaned, ABOVE),
        (listed_twice, ABOVE),
        (unreached, f"isi halaman 3 {ELSEWHERE}"),
        (unmarked, f"halaman 4 {NO_PLACE}"),
        (unlisted, f"halaman 4 {NO_PLACE}"),
        (shared, f"halaman 4 {NO_PLACE}"),
    ],
)
def test_wrong_joins_are_seen(book: tuple[Path, Merged], spoil: Callable[[pikepdf.Pdf], None], told: str) -> None:
    path = book[0]
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        spoil(pdf)
        pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    with pytest.raises(ProofError) as error:
        prove_joined(path, path.name)
    assert told in error.value.text("id")


def test_pages_that_were_only_appended_are_seen(tmp_path: Path) -> None:
    one, two = part(tmp_path / "a.pdf"), part(tmp_path / "b.pdf")
    with pikepdf.open(one) as pdf, pikepdf.open(two) as other:
        pdf.pages.extend(other.pages)
        pdf.save(tmp_path / "c.pdf", object_stream_mode=pikepdf.ObjectStreamMode.disable)
    with pytest.raises(ProofError):
        prove_joined(tmp_path / "c.pdf", "c.pdf")


def test_other_readers_open_it(book: tuple[Path, Merged]) -> None:
    with pypdfium2.PdfDocument(book[0]) as pdf:
        assert len(pdf) == 7
        assert pdf.get_page_label(4) == "3"
