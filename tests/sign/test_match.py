"""Which original a file belongs to: by bytes, id and print, never by its name, and never by guessing between two."""

from __future__ import annotations

import hashlib

import pytest

from pipeline.errors import OutputError, SignatureError
from pipeline.model.message import say
from pipeline.sign.match import Candidate, How, Originals
from tests.sign import paper
from tests.sign.paper import HONEST, LINES, altered, swap, write

LETTER = paper.paper(document="uji/sop/surat")
ARCHIVE = paper.paper(
    (*LINES[:2], "Arsip disusutkan setiap tahun", "Berita acara ditandatangani"), document="uji/sop/arsip"
)
NEWER = paper.paper((*LINES, "Surat elektronik dicatat juga."), document="uji/sop/surat")
MEMBER = [
    paper.paper((*LINES, f"Anggota Contoh {number:02d}"), document=f"uji/reses/m1/{number}") for number in range(4)
]


def candidate(document: str, data: bytes, told: str = "") -> Candidate:
    return Candidate(document, told or document, hashlib.sha256(data).hexdigest(), len(data), lambda: data)


EVERY = (
    candidate("uji/sop/surat", NEWER, "baru"),
    candidate("uji/sop/surat", LETTER, "lama"),
    candidate("uji/sop/arsip", ARCHIVE),
    *(candidate(f"uji/reses/m1/{number}", data) for number, data in enumerate(MEMBER)),
)


def found(data: bytes, carried: str = "", candidates: tuple[Candidate, ...] = EVERY) -> tuple[list[str], How]:
    match = Originals(candidates).match(data, carried)
    return [one.told for one in match.found], match.how


@pytest.mark.parametrize("way", HONEST)
def test_a_file_written_anew_is_known_by_its_print(way: str) -> None:
    data = HONEST[way](LETTER)
    how = How.BYTES if data == LETTER else How.TEXT
    assert found(data) == (["lama"], how)
    assert found(data, "uji/sop/surat")[0] == ["lama"]


def test_a_signed_file_begins_with_its_original() -> None:
    assert found(LETTER + b"\n% tanda tangan", "uji/sop/lain") == (["lama"], How.BYTES)
    assert found(NEWER + b"\n% tanda tangan") == (["baru"], How.BYTES)


@pytest.mark.parametrize("number", range(3))
def test_what_differs_far_behind_tells_versions_of_a_thick_book_apart(number: int) -> None:
    book = paper.paper(pages=6, document="uji/buku-sop")
    versions = [altered(book, write(72, 300, f"1c2b.e1cf.2dac.44c{each}", 4)) for each in range(3)]
    candidates = tuple(candidate("uji/buku-sop", data, f"v{each}") for each, data in enumerate(versions))
    service = altered(versions[number], write(340, 150, "Ditandatangani oleh: Pejabat Contoh NIP 1970", 5))
    assert found(service, "uji/buku-sop", candidates) == ([f"v{number}"], How.ID)


@pytest.mark.parametrize("number", range(4))
def test_documents_that_differ_by_a_name_are_told_apart(number: int) -> None:
    service = altered(MEMBER[number], write(340, 150, "Ditandatangani oleh: Pejabat Contoh NIP 1970", 1))
    assert found(service) == ([f"uji/reses/m1/{number}"], How.TEXT)


def test_a_changed_file_still_belongs_to_its_original() -> None:
    changed = altered(LETTER, swap("1.250.000", "9.250.000"))
    assert found(changed, "uji/sop/surat") == (["lama"], How.ID)
    assert found(altered(ARCHIVE, swap("setiap tahun", "setiap bulan"))) == (["uji/sop/arsip"], How.TEXT)


def test_an_unknown_original_is_none() -> None:
    strange = paper.paper(("Undangan rapat", "Kepada Yth. Bapak dan Ibu", "di tempat"))
    assert found(strange) == ([], How.TEXT)
    assert found(strange, "uji/sop/tidak-ada") == ([], How.ID)
    assert found(HONEST["content wrapped"](LETTER), "lain/sop/surat") == ([], How.ID)
    assert found(strange, candidates=()) == ([], How.TEXT)


def test_a_known_id_counts_even_where_nothing_else_fits() -> None:
    strange = paper.paper(("Undangan rapat", "Kepada Yth. Bapak dan Ibu", "di tempat"))
    assert found(strange, "uji/sop/arsip") == (["uji/sop/arsip"], How.ID)


def test_an_id_and_a_print_of_two_documents_name_both() -> None:
    assert found(altered(LETTER, write(72, 30, "kaki", 1)), "uji/sop/arsip") == (["uji/sop/arsip", "lama"], How.ID)


def test_two_documents_of_the_same_print_are_both_named() -> None:
    twin = altered(LETTER, lambda pdf: paper.attach(pdf, "lain.txt", b"x"))
    two = (*EVERY, candidate("lain/sop/surat", twin))
    assert found(HONEST["content wrapped"](LETTER), candidates=two)[0] == ["lama", "lain/sop/surat"]
    assert found(HONEST["content wrapped"](LETTER), "lain/sop/surat", two) == (["lain/sop/surat"], How.ID)
    assert found(LETTER + b"%", candidates=(*EVERY, candidate("lain/sop/surat", LETTER)))[0] == [
        "lama",
        "lain/sop/surat",
    ]


def test_two_documents_that_a_changed_file_is_equally_near_to_are_both_named() -> None:
    nearer = altered(MEMBER[1], swap("Contoh 01", "Contoh 09"))
    assert found(nearer)[0] == ["uji/reses/m1/1"]
    between = altered(nearer, swap("Contoh 01", "Contoh 09", 1))
    assert found(between)[0] == [f"uji/reses/m1/{number}" for number in range(4)]


MORE = altered(LETTER, write(300, 300, "Tambahan", 1))
PAIR = (candidate("uji/sop/surat", LETTER), candidate("uji/sop/lain", MORE))


def test_a_document_of_one_word_more_is_another_but_near_where_words_were_changed() -> None:
    assert found(HONEST["content wrapped"](LETTER), candidates=PAIR)[0] == ["uji/sop/surat"]
    assert found(HONEST["content wrapped"](MORE), candidates=PAIR)[0] == ["uji/sop/lain"]
    changed = altered(LETTER, swap("1.250.000", "9.250.000"))
    assert found(changed, candidates=PAIR)[0] == ["uji/sop/surat", "uji/sop/lain"]


def test_a_document_of_one_page_more_is_another() -> None:
    longer = altered(LETTER, lambda pdf: pdf.add_blank_page(page_size=(595, 842)))
    pair = (candidate("uji/sop/lain", longer), candidate("uji/sop/surat", LETTER))
    assert found(HONEST["content wrapped"](LETTER), candidates=pair)[0] == ["uji/sop/surat"]


def test_a_blank_page_is_the_original_of_nothing() -> None:
    assert found(LETTER, candidates=(candidate("uji/sop/kosong", paper.paper(())),)) == ([], How.TEXT)


def test_of_two_originals_that_a_file_begins_with_the_newest_counts() -> None:
    longer = LETTER + b"\n% versi berikut\n"
    versions = (candidate("uji/sop/surat", longer, "v002"), candidate("uji/sop/surat", LETTER, "v001"))
    assert found(longer + b"% tanda tangan", candidates=versions) == (["v002"], How.BYTES)
    assert found(LETTER + b"\n% tanda tangan", candidates=versions) == (["v001"], How.BYTES)


def test_versions_of_one_print_give_the_newest() -> None:
    again = altered(LETTER, lambda pdf: paper.attach(pdf, "lain.txt", b"x"))
    versions = (candidate("uji/sop/surat", again, "v002"), candidate("uji/sop/surat", LETTER, "v001"))
    assert found(HONEST["content wrapped"](LETTER), candidates=versions)[0] == ["v002"]


def test_originals_that_cannot_be_read_are_passed_over() -> None:
    def fail() -> bytes:
        raise OutputError(say("hilang"))

    broken = (Candidate("uji/sop/a", "a", "0" * 64, 5, fail), candidate("uji/sop/b", b"bukan pdf"))
    assert found(HONEST["content wrapped"](LETTER), candidates=(*broken, *EVERY)) == (["lama"], How.TEXT)


@pytest.mark.parametrize("data", [b"", b"teks", b"%PDF-1.7 rusak"])
def test_what_is_no_pdf_has_no_original(data: bytes) -> None:
    with pytest.raises(SignatureError):
        Originals(EVERY).match(data, "uji/sop/surat")
