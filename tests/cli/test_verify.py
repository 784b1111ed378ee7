"""``tertib verify`` on built documents and signed PDFs: what is missing, changed, unreadable, or cannot be told."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from tests.cli.desk import Desk, Ran, remove
from tests.cli.desk_signed import built, came_back, letter, trusting
from tests.sign import paper
from tests.sign.paper import altered, swap
from tests.sign.service import national, own

LETTER = letter()
PDF = "outputs/uji/sop/surat.pdf"


@pytest.fixture
def office(desk: Desk) -> Desk:
    """An office that trusts the authority of the tests, with one letter built."""
    trusting(desk)
    built(desk, "uji/sop/surat", LETTER)
    return desk


def words(ran: Ran) -> str:
    return " ".join(ran.all.split())


def codes(desk: Desk, *paths: str) -> list[tuple[str, str]]:
    data = json.loads(desk.run("verify", *paths, "--format", "json").out)
    return sorted((finding["code"], finding["place"]["file"]) for finding in data["findings"])


@pytest.mark.parametrize("path", [PDF, "outputs/uji/sop", "outputs"])
def test_a_document_as_made_is_told_so(office: Desk, path: str) -> None:
    before = office.visible()
    ran = office.run("verify", path)
    assert ran.code == 0, ran.all
    assert f"{PDF}: sama persis dengan yang dibuat (uji/sop/surat), dari masukan yang sekarang." in words(ran)
    assert office.visible() == before


def test_every_fault_of_a_document_is_told_at_once(office: Desk) -> None:
    (office.folder / PDF).write_bytes(paper.HONEST["saved again"](LETTER))
    (office.folder / "outputs/uji/sop/surat.docx").write_bytes(b"disunting")
    office.edit("sop/surat.yaml", "Komputer", "Komputer meja")
    remove(office.office / "sop/surat.langkah.csv")
    assert codes(office, PDF) == [
        ("PDF-01", "inputs/uji/sop/surat.langkah.csv"),
        ("PDF-02", "outputs/uji/sop/surat.docx"),
        ("PDF-02", PDF),
        ("PDF-03", "inputs/uji/sop/surat.yaml"),
    ]
    ran = office.run("verify", PDF)
    assert ran.code == 5
    assert f"{PDF} tidak terbukti benar: 4 temuan di atas." in words(ran)
    assert "1 PDF diperiksa: 1 tidak terbukti benar." in words(ran)


def test_a_lost_docx_is_missing(office: Desk) -> None:
    remove(office.folder / "outputs/uji/sop/surat.docx")
    assert codes(office, PDF) == [("PDF-01", "outputs/uji/sop/surat.docx")]


@pytest.mark.parametrize("service", [own, national])
def test_a_signed_pdf_holds_by_its_signature_and_its_original(office: Desk, service: object) -> None:
    assert callable(service)
    came_back(office, {"surat.pdf": service(LETTER)})
    ran = office.run("verify", "kembali/surat.pdf")
    assert ran.code == 0, ran.all
    assert "tanda tangan Pejabat Contoh utuh" in words(ran)
    assert "penerbit tepercaya" in words(ran)
    assert f"isinya sama dengan naskah asli {PDF} (2 halaman dibandingkan)" in words(ran)


def test_a_signed_pdf_that_says_something_else_is_told(office: Desk) -> None:
    came_back(office, {"surat.pdf": national(altered(LETTER, swap("3 hari", "8 hari")))})
    ran = office.run("verify", "kembali")
    assert ran.code == 5
    assert "TTD-15" in ran.out
    assert "“3” menjadi “8”" in words(ran)


def test_without_its_original_that_is_said_and_the_signature_counts(desk: Desk) -> None:
    came_back(desk, {"surat.pdf": own(LETTER)})
    ran = desk.run("verify", "kembali/surat.pdf")
    assert ran.code == 0, ran.all
    assert "tidak dibandingkan dengan naskah asli" in words(ran)
    assert "TTD-17" in ran.out
    assert not Path("outputs").exists()


@pytest.mark.parametrize("archived", [True, False])
def test_a_signed_pdf_in_the_place_of_its_original(office: Desk, archived: bool) -> None:
    if archived:
        office.run("archive")
    (office.folder / PDF).write_bytes(own(LETTER))
    ran = office.run("verify", PDF)
    assert ran.code == 0, ran.all
    assert "isinya sama dengan naskah asli" in words(ran)
    assert "2 halaman dibandingkan" in words(ran)


def test_a_signed_pdf_in_the_archive_is_proved_with_its_version(office: Desk) -> None:
    came_back(office, {"surat.pdf": national(LETTER)})
    assert office.run("archive", "--signed", "kembali").code == 0
    ran = office.run("verify", "outputs/uji/arsip/sop/surat/v002/surat.ttd.pdf")
    assert ran.code == 0, ran.all
    assert "outputs/uji/arsip/sop/surat/v002: utuh, 1 versi" in words(ran)
    assert "tanda tangan Pejabat Contoh utuh" in words(ran)


def test_bytes_behind_a_signature_are_told(office: Desk) -> None:
    came_back(office, {"surat.pdf": own(LETTER) + b"\n% tambahan\n"})
    ran = office.run("verify", "kembali/surat.pdf")
    assert (ran.code, "TTD-11" in ran.out) == (5, True), ran.all


@pytest.mark.parametrize(
    ("data", "code", "word"),
    [
        (b"", "PDF-04", "kosong"),
        (b"halo", "PDF-04", "bukan PDF"),
        (b"%PDF-1.7\nrusak", "PDF-04", "rusak"),
        (letter(document=""), "PDF-05", "tidak ditandatangani"),
        (LETTER, "PDF-05", "tertib verify --rebuild"),
    ],
)
def test_what_cannot_be_proved_is_named(desk: Desk, data: bytes, code: str, word: str) -> None:
    came_back(desk, {"surat.pdf": data})
    ran = desk.run("verify", "kembali/surat.pdf")
    assert ran.code == 5
    assert code in ran.out
    assert word in words(ran)


def test_pdfs_of_a_folder_that_are_not_proved_are_named(office: Desk) -> None:
    left = {f"asing-{number}.pdf": letter(document="") for number in range(1, 5)}
    came_back(office, {"surat.pdf": own(LETTER), **left})
    ran = office.run("verify", "kembali")
    assert ran.code == 0, ran.all
    assert "4 PDF lain di kembali tidak diperiksa" in words(ran)
    assert "tidak bertanda tangan: asing-1.pdf, asing-2.pdf, asing-3.pdf, dan 1 lainnya." in words(ran)
    for name in left:
        remove(office.folder / "kembali" / name)
    assert "PDF lain" not in words(office.run("verify", "kembali"))


@pytest.mark.parametrize("data", [b"", b"halo", letter(document="")[:900]], ids=["empty", "no PDF", "cut off"])
def test_a_damaged_pdf_in_a_folder_is_never_passed_over(office: Desk, data: bytes) -> None:
    came_back(office, {"surat.pdf": own(LETTER), "rusak.pdf": data})
    ran = office.run("verify", "kembali")
    assert (ran.code, ran.out.count("PDF-04"), "PDF lain" in words(ran)) == (5, 1, False), ran.all
    assert "kembali/rusak.pdf tidak terbukti benar" in words(ran)


def test_pdfs_outside_the_archive_are_told_as_not_proved(office: Desk) -> None:
    office.run("archive")
    note = "PDF di luar arsip tidak diperiksa; sebutkan foldernya, misalnya outputs/uji/sop."
    for path, told in (("outputs", True), ("outputs/uji/arsip", False), ("outputs/uji/arsip/sop", False)):
        ran = office.run("verify", path)
        assert (ran.code, note in words(ran)) == (0, told), ran.all
    remove(office.folder / PDF)
    ran = office.run("verify", "outputs")
    assert (ran.code, "di luar arsip" in words(ran)) == (0, False), ran.all


def test_archives_and_pdfs_in_one_command(office: Desk) -> None:
    office.run("archive")
    came_back(office, {"surat.pdf": own(LETTER)})
    ran = office.run("verify", "outputs/uji/arsip", "kembali", PDF)
    assert ran.code == 0, ran.all
    for told in ("utuh, 1 versi", "tanda tangan Pejabat Contoh utuh", "sama persis dengan yang dibuat"):
        assert told in words(ran)
    version = office.folder / "outputs/uji/arsip/sop/surat/v001"
    (version / "surat.docx").write_bytes(b"x")
    (office.folder / "kembali/surat.pdf").write_bytes(own(LETTER) + b"x")
    ran = office.run("verify", "outputs/uji/arsip", "kembali")
    assert ran.code == 5
    assert "1 versi arsip diperiksa" in words(ran)
    assert "1 PDF diperiksa: 1 tidak terbukti benar." in words(ran)


@pytest.mark.parametrize("lang", ["id", "en"])
def test_wrong_usage(office: Desk, lang: str) -> None:
    (office.folder / "kosong").mkdir()
    for args in (("kosong",), ("tidak-ada",), ("--rebuild", "outputs"), ("--rebuild", "tidak-ada.pdf")):
        ran = office.run("verify", *args, "--lang", lang)
        assert (ran.code, ran.out) == (2, ""), ran.all
        assert ran.err


def test_rebuild_says_what_a_foreign_pdf_is(desk: Desk) -> None:
    came_back(desk, {"surat.pdf": letter(document="")})
    ran = desk.run("verify", "--rebuild", "kembali/surat.pdf")
    assert ran.code == 2
    assert "tidak dapat dipastikan" in words(ran)


def test_of_several_files_to_make_again_each_is_named(desk: Desk) -> None:
    names = ("satu.pdf", "dua.pdf", "tiga.pdf")
    came_back(desk, dict.fromkeys(names, letter(document="")))
    ran = desk.run("verify", "--rebuild", *(f"kembali/{name}" for name in names))
    assert ran.code == 2
    told = words(ran)
    assert [name for name in names if f"kembali/{name}: PDF ini tidak membawa asalnya" not in told] == []


def test_nothing_is_ever_changed(office: Desk) -> None:
    came_back(office, {"surat.pdf": own(LETTER), "rusak.pdf": b"%PDF-"})
    before = {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in Path().rglob("*") if path.is_file()}
    office.run("verify", "kembali", PDF)
    assert before == {
        path: hashlib.sha256(path.read_bytes()).hexdigest() for path in Path().rglob("*") if path.is_file()
    }


@pytest.mark.parametrize("change", ["tampered", "gone", "empty"])
def test_a_damaged_original_in_the_archive_is_never_held_against(office: Desk, change: str) -> None:
    assert office.run("archive").code == 0
    remove(office.folder / "outputs/uji/sop/surat.pdf")
    kept = office.folder / "outputs/uji/arsip/sop/surat/v001/surat.pdf"
    liar = altered(LETTER, swap("3 hari", "8 hari"))
    remove(kept)
    if change != "gone":
        kept.write_bytes(liar if change == "tampered" else b"")
    came_back(office, {"surat.pdf": national(liar)})
    before = office.visible("outputs/uji/arsip")
    ran = office.run("archive", "--signed", "kembali")
    assert (ran.code, "TTD-18" in ran.out) == (5, True), ran.all
    assert office.visible("outputs/uji/arsip") == before
    told = office.run("verify", "kembali")
    assert "tidak dibandingkan dengan naskah asli" in words(told)


@pytest.mark.parametrize("name", ["surat.pdf", "surat.docx"])
def test_nothing_is_filed_beside_a_damaged_version(office: Desk, name: str) -> None:
    assert office.run("archive").code == 0
    (office.folder / "outputs/uji/arsip/sop/surat/v001" / name).write_bytes(b"palsu")
    came_back(office, {"surat.pdf": national(LETTER)})
    before = office.visible("outputs/uji/arsip")
    ran = office.run("archive", "--signed", "kembali")
    assert ran.code == 5, ran.all
    assert name in words(ran)
    assert office.visible("outputs/uji/arsip") == before
