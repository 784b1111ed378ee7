"""The proof of a book: what it promises is there, or it is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Name

from pipeline.errors import ProofError
from pipeline.pdf.book_proof import Promise, prove_book
from pipeline.pdf.merge import Part, link_to_part
from tests.pdf.parts import F4_WIDE, merge, part

ONE = Promise("Surat Masuk", "Surat Masuk (1)", 1, 2, ("Surat Masuk",))
TWO = Promise("Rapat", "Rapat (2)", 3, 1, ("Rapat", "nomor 2"))


def contents(path: Path, lines: dict[str, str]) -> Path:
    """A page of contents: each of ``lines`` with its number at the right, and a link over it to the address."""
    made = part(path, ("Daftar",), links=list(lines.values()))
    with pikepdf.open(made, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0].obj
        shown = ""
        for at, (line, mark) in enumerate(zip(lines, page.Annots, strict=True)):
            title, _, number = line.partition("|")
            low = 600 - 40 * at
            mark.Rect = Array([58, low - 4, 250, low + 12])
            shown += f"/Artifact BMC BT /F1 12 Tf 60 {low} Td ({title}) Tj 440 0 Td ({number}) Tj ET EMC\n"
        page.Contents = Array([page.Contents, pdf.make_stream(shown.encode())])
        pdf.save(path, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return path


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book of contents and two parts of two pages and one."""
    front = contents(tmp_path / "depan.pdf", {"Surat Masuk|1": link_to_part(1), "Rapat|3": link_to_part(2)})
    one = part(tmp_path / "satu.pdf", ("Surat Masuk", "lanjut"), size=F4_WIDE)
    two = part(tmp_path / "dua.pdf", ("Rapat, nomor 2",))
    parts = [Part(path, told.title, told.bookmark) for path, told in ((one, ONE), (two, TWO))]
    target = tmp_path / "buku.pdf"
    merge(front, parts, target, title="Depan", cover="Sampul", numbering=front)
    return target


def told(book: Path, *parts: Promise, heads: tuple[tuple[str, int], ...] = (("Sampul", 0),)) -> str:
    try:
        prove_book(book, "buku.pdf", 1, heads, parts or (ONE, TWO))
    except ProofError as error:
        return error.text("id")
    return ""


def test_a_sound_book_is_passed(book: Path) -> None:
    assert told(book) == ""


@pytest.mark.parametrize(
    ("promise", "words"),
    [
        (replace(TWO, pages=2), "jumlah halaman 4, seharusnya 5"),
        (replace(TWO, bookmark="Rapat (3)"), "penanda Rapat (3) tidak menuju halaman 4"),
        (replace(TWO, texts=("nomor 3",)), "halaman 4 tidak memuat nomor 3"),
        (replace(TWO, title="Sidang"), "daftar isi tidak memuat tautan ke Sidang"),
    ],
)
def test_what_is_not_there_is_told(book: Path, promise: Promise, words: str) -> None:
    assert words in told(book, ONE, promise)


def test_a_bookmark_that_nobody_promised_is_told(book: Path) -> None:
    def more(pdf: pikepdf.Pdf) -> None:
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Lain", 0))

    assert "jumlah penanda 4, seharusnya 3" in changed(book, more)


def test_bookmarks_too_many(book: Path) -> None:
    assert "penanda Surat Masuk (1) tidak menuju halaman 2" in told(book, heads=())


def test_the_front_shows_its_texts_in_capitals_or_not(book: Path) -> None:
    prove_book(book, "buku.pdf", 1, (("Sampul", 0),), (ONE, TWO), ("DAFTAR", "surat masuk"))
    with pytest.raises(ProofError) as error:
        prove_book(book, "buku.pdf", 1, (("Sampul", 0),), (ONE, TWO), ("Keputusan",))
    assert "bagian depan tidak memuat Keputusan" in error.value.text("id")


def changed(book: Path, change: Callable[[pikepdf.Pdf], None]) -> str:
    with pikepdf.open(book, allow_overwriting_input=True) as pdf:
        change(pdf)
        pdf.save(book)
    return told(book)


def crossed(pdf: pikepdf.Pdf) -> None:
    one, two = pdf.pages[0].obj.Annots
    one.Dest, two.Dest = Array(list(two.Dest)), Array(list(one.Dest))


def nowhere(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].obj.Annots[0]["/Dest"]


def unlinked(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].obj.Annots[1]


def unlabelled(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/PageLabels"]


def led_astray(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root[1].destination = Array([pdf.pages[0].obj, Name.Fit])


def overprinted(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[1]
    page.contents_add(b"BT /F1 10 Tf 440 582 Td (SALINAN) Tj ET")


def unnumbered(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[3].obj
    page.Contents = Array(list(page.Contents)[:-1])


def renumbered(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0].obj
    kept = list(page.Contents)
    page.Contents = Array([kept[0], pdf.make_stream(kept[1].read_bytes().replace(b"(3) Tj", b"(4) Tj"))])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (crossed, "daftar isi tidak memuat tautan ke Surat Masuk"),
        (nowhere, "tautan di halaman 1 tidak menuju ke mana pun"),
        (unlinked, "daftar isi tidak memuat tautan ke Rapat"),
        (unlabelled, "label halaman 2 bukan 1"),
        (led_astray, "penanda Surat Masuk (1) tidak menuju halaman 2"),
        (overprinted, "bertabrakan dengan tulisan lain"),
        (unnumbered, "nomor halaman buku"),
        (renumbered, "nomor halaman Rapat di daftar isi salah"),
    ],
)
def test_what_is_wrong_is_told(book: Path, change: Callable[[pikepdf.Pdf], None], words: str) -> None:
    assert words in changed(book, change)
