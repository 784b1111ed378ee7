"""``tertib archive --signed``: what came back from signing is filed with its original, or named with what is wrong."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.run import verdicts
from tests.cli.desk import Desk
from tests.cli.desk_signed import ARCHIVE, built, came_back, filed, letter, trusting, words
from tests.sign import paper
from tests.sign.authority import NOW, Authority, self_signed
from tests.sign.paper import altered, draw, swap
from tests.sign.service import AUTHORITY, SIGNER, national, own

LETTER = letter()


@pytest.fixture
def office(desk: Desk) -> Desk:
    """An office that trusts the authority of the tests, with one letter built."""
    trusting(desk)
    built(desk, "uji/sop/surat", LETTER)
    return desk


def record_of(desk: Desk, version: str = "v002") -> dict[str, object]:
    path = desk.folder / ARCHIVE / f"sop/surat/{version}/surat.ttd.pemeriksaan.json"
    found = json.loads(path.read_bytes())
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    ("service", "how"),
    [(own, "isi berkas"), (national, "teks tercetak"), (lambda d: national(d, keep=True), "identitas")],
)
def test_a_signed_file_is_filed_with_its_original(office: Desk, service: Callable[[bytes], bytes], how: str) -> None:
    signed = service(LETTER)
    before = came_back(office, {"apa saja (1).PDF": signed})
    ran = office.run("archive", "--signed", "kembali")
    assert ran.code == 0, ran.all
    assert "uji/sop/surat: versi v002 diarsipkan (bertanda tangan, dari v001)" in words(ran)
    assert "tanda tangan Pejabat Contoh utuh" in words(ran)
    version = office.folder / ARCHIVE / "sop/surat/v002"
    assert (version / "surat.ttd.pdf").read_bytes() == signed
    assert (version / "surat.pdf").read_bytes() == LETTER
    record = record_of(office)
    assert record["berkas"] == {"nama": "apa saja (1).PDF", "sha256": before["apa saja (1).PDF"]}
    assert how in str(record["naskah_asli"])
    assert "tepercaya" in str(record["tanda_tangan"])
    assert office.visible("kembali") == before
    assert office.run("verify", "outputs").code == 0


def test_the_same_again_changes_nothing(office: Desk) -> None:
    came_back(office, {"surat.pdf": national(LETTER)})
    office.run("archive", "--signed", "kembali")
    before = office.visible()
    for _ in range(2):
        ran = office.run("archive", "--signed", "kembali")
        assert (ran.code, "kembali/surat.pdf: sudah diarsipkan" in words(ran)) == (0, True), ran.all
        assert "Tidak ada yang berubah" in words(office.run("archive"))
    assert office.visible() == before


def test_a_single_file_may_be_given(office: Desk) -> None:
    came_back(office, {"surat.pdf": own(LETTER), "lain.pdf": b"bukan pdf"})
    assert office.run("archive", "--signed", "kembali/surat.pdf").code == 0
    assert filed(office) == {"sop/surat/v002/surat.ttd.pdf"}


def test_an_issuer_that_is_not_known_is_told_and_the_file_is_filed(desk: Desk) -> None:
    built(desk, "uji/sop/surat", LETTER)
    came_back(desk, {"surat.pdf": national(LETTER)})
    ran = desk.run("archive", "--signed", "kembali")
    assert ran.code == 0, ran.all
    assert "TTD-17" in ran.out
    assert "tidak diperiksa" in words(ran)
    assert "tidak diperiksa" in str(record_of(desk)["tanda_tangan"])


CHANGED: dict[str, tuple[paper.Change, tuple[str, ...]]] = {
    "an amount": (swap("1.250.000", "9.250.000"), ("“1.250.000” menjadi “9.250.000”", "halaman 1", "mm dari kiri")),
    "a patch": (draw("1 g 70 706 300 14 re f"), ("tertutup", "Surat masuk dicatat")),
    "a page": (lambda pdf: pdf.add_blank_page(page_size=(595, 842)), ("Jumlah halaman 2 menjadi 3",)),
    "an attachment": (lambda pdf: paper.attach(pdf, "a.exe", b"MZ"), ("Lampiran “a.exe”",)),
}


@pytest.mark.parametrize("case", CHANGED)
def test_what_was_changed_before_signing_is_told_with_its_place_and_not_filed(office: Desk, case: str) -> None:
    change, told = CHANGED[case]
    before = came_back(office, {"surat.pdf": national(altered(LETTER, change), keep=True)})
    ran = office.run("archive", "--signed", "kembali")
    assert ran.code == 5
    assert all(word in words(ran) for word in ("TTD-15", "outputs/uji/sop/surat.pdf", *told)), ran.all
    assert "1 berkas diperiksa: 0 diarsipkan, 0 sudah ada di arsip, 1 tidak diarsipkan." in words(ran)
    assert filed(office) == set()
    assert office.visible("kembali") == before


def _append(data: bytes) -> bytes:
    return data + b"\n% tambahan\n"


def _flip(data: bytes) -> bytes:
    broken = bytearray(data)
    place = data.index(b"/ByteRange") - 400
    broken[place] ^= 1
    return bytes(broken)


@pytest.mark.parametrize("tamper", [_append, _flip])
def test_what_was_changed_after_signing_is_not_filed(office: Desk, tamper: Callable[[bytes], bytes]) -> None:
    came_back(office, {"surat.pdf": tamper(own(LETTER))})
    ran = office.run("archive", "--signed", "kembali")
    assert ran.code == 5
    assert "TTD-11" in ran.out or "TTD-14" in ran.out, ran.all
    assert filed(office) == set()


def _locked() -> bytes:
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(LETTER)) as pdf:
        return paper.saved(pdf, encryption=pikepdf.Encryption(owner="a", user="b"))


REFUSED: dict[str, tuple[bytes, str, tuple[str, ...]]] = {
    "empty": (b"", "PDF-04", ("kosong",)),
    "no pdf": (b"halo", "PDF-04", ("bukan PDF",)),
    "damaged": (LETTER[: len(LETTER) // 2], "PDF-04", ("rusak",)),
    "encrypted": (_locked(), "PDF-04", ("sandi",)),
    "the original itself": (LETTER, "TTD-16", ("naskah asli uji/sop/surat sendiri", "belum ditandatangani")),
    "a copy nobody signed": (paper.HONEST["saved again"](LETTER), "TTD-16", ("belum ditandatangani",)),
    "foreign": (
        own(paper.paper(("Undangan rapat", "Kepada Yth. Bapak dan Ibu", "di tempat"))),
        "TTD-18",
        ("tidak cocok dengan satu pun",),
    ),
    "of a document not here": (own(letter(document="lain/sop/x")), "TTD-18", ("(lain/sop/x) tidak ada",)),
}


@pytest.mark.parametrize("case", REFUSED)
def test_each_file_that_cannot_be_filed_is_named_as_what_it_is(office: Desk, case: str) -> None:
    data, code, told = REFUSED[case]
    before = came_back(office, {"surat.pdf": data})
    ran = office.run("archive", "--signed", "kembali")
    assert ran.code == 5
    assert code in ran.out, ran.all
    assert "kembali/surat.pdf" in ran.out
    assert all(word in words(ran) for word in told), ran.all
    assert (filed(office), office.visible("kembali")) == (set(), before)


def test_all_files_are_told_at_once_and_the_good_ones_are_filed(office: Desk) -> None:
    files = {f"{number}.pdf": data for number, (data, _, _) in enumerate(REFUSED.values()) if data != LETTER}
    came_back(office, {**files, "baik/surat.pdf": national(LETTER), "catatan.txt": b"halo"})
    ran = office.run("archive", "--signed", "kembali", "--format", "json")
    assert ran.code == 5
    told = {finding["place"]["file"] for finding in json.loads(ran.out)["findings"]}
    assert told == {f"kembali/{name}" for name in files}
    assert filed(office) == {"sop/surat/v002/surat.ttd.pdf"}
    assert "catatan.txt: bukan PDF, dilewati" in words(office.run("archive", "--signed", "kembali"))


def test_a_file_without_the_ending_of_a_pdf_is_seen(office: Desk) -> None:
    came_back(office, {"unduhan": own(LETTER)})
    assert office.run("archive", "--signed", "kembali").code == 0
    assert filed(office)


def test_two_originals_of_one_print_are_both_named(office: Desk) -> None:
    built(office, "uji/sop/kembaran", letter(document="uji/sop/kembaran"))
    came_back(office, {"surat.pdf": national(LETTER)})
    ran = office.run("archive", "--signed", "kembali")
    assert (ran.code, "TTD-19" in ran.out) == (5, True), ran.all
    assert all(word in words(ran) for word in ("uji/sop/surat", "uji/sop/kembaran"))
    assert filed(office) == set()
    came_back(office, {"surat.pdf": national(LETTER, keep=True)})
    assert office.run("archive", "--signed", "kembali").code == 0
    assert filed(office) == {"sop/surat/v002/surat.ttd.pdf"}


def test_a_file_signed_for_an_older_version_goes_to_that_one(office: Desk) -> None:
    assert office.run("archive").code == 0
    newer = letter("Surat elektronik dicatat juga.")
    built(office, "uji/sop/surat", newer)
    assert office.run("archive").code == 0
    came_back(office, {"surat.pdf": national(LETTER)})
    ran = office.run("archive", "--signed", "kembali")
    assert ran.code == 0, ran.all
    assert "ditandatangani atas naskah lama" in words(ran)
    assert "v003 diarsipkan (bertanda tangan, dari v001)" in words(ran)
    assert (office.folder / ARCHIVE / "sop/surat/v003/surat.pdf").read_bytes() == LETTER
    assert "Tidak ada yang berubah" in words(office.run("archive"))


def test_a_file_signed_for_a_pdf_that_prints_the_same_goes_to_the_version_that_is_there(office: Desk) -> None:
    assert office.run("archive").code == 0
    again = altered(LETTER, lambda pdf: paper.attach(pdf, "catatan.txt", b"x"))
    assert again != LETTER
    built(office, "uji/sop/surat", again)
    came_back(office, {"surat.pdf": own(again)})
    ran = office.run("archive", "--signed", "kembali")
    assert ran.code == 0, ran.all
    assert "v002 diarsipkan (bertanda tangan, dari v001)" in words(ran)


def test_an_original_whose_inputs_changed_is_told_and_nothing_is_filed(office: Desk) -> None:
    office.edit("sop/surat.yaml", "Komputer", "Komputer meja")
    came_back(office, {"surat.pdf": own(LETTER)})
    ran = office.run("archive", "--signed", "kembali")
    assert ran.code == 4
    assert "belum dapat diarsipkan" in words(ran)
    assert "Jangan jalankan tertib build dahulu" in words(ran)  # it would overwrite what was signed
    assert filed(office) == set()
    office.edit("sop/surat.yaml", "Komputer meja", "Komputer")
    assert office.run("archive", "--signed", "kembali").code == 0
    assert filed(office)


def test_a_file_whose_original_cannot_be_filed_does_not_go_to_another_version(office: Desk) -> None:
    assert office.run("archive").code == 0
    newer = letter("Surat elektronik dicatat juga.")
    built(office, "uji/sop/surat", newer)
    office.edit("sop/surat.yaml", "Komputer", "Komputer meja")
    came_back(office, {"surat.pdf": own(newer)})
    ran = office.run("archive", "--signed", "kembali")
    assert ran.code in (4, 5), ran.all
    assert filed(office) == set()


def test_two_signed_files_of_one_original(office: Desk) -> None:
    came_back(office, {"a.pdf": own(LETTER), "b.pdf": national(LETTER)})
    ran = office.run("archive", "--signed", "kembali")
    assert (ran.code, ran.out.count("TTD-20")) == (5, 2), ran.all
    assert filed(office) == set()


def test_of_two_stages_of_one_signing_the_last_is_filed(office: Desk) -> None:
    def change(pdf: paper.Pdf) -> None:
        paper.add_field(pdf, 1, (72, 120, 180, 72), "ttd2")

    two = altered(LETTER, change)
    built(office, "uji/sop/surat", two)
    first = own(two, SIGNER, "ttd1")
    came_back(office, {"satu.pdf": first, "dua.pdf": own(first, SIGNER, "ttd2")})
    ran = office.run("archive", "--signed", "kembali")
    assert ran.code == 0, ran.all
    assert "kembali/satu.pdf: termuat seluruhnya di kembali/dua.pdf" in words(ran)
    assert (office.folder / ARCHIVE / "sop/surat/v002/surat.ttd.pdf").read_bytes() == (
        office.folder / "kembali/dua.pdf"
    ).read_bytes()


def test_a_signature_that_is_still_missing_is_told(office: Desk) -> None:
    two = altered(LETTER, lambda pdf: paper.add_field(pdf, 1, (72, 120, 180, 72), "ttd2"))
    built(office, "uji/sop/surat", two)
    came_back(office, {"satu.pdf": own(two)})
    ran = office.run("archive", "--signed", "kembali")
    assert ran.code == 0, ran.all
    assert "baru 1 dari 2 tanda tangan" in words(ran)


EXPIRED = AUTHORITY.issue("Pejabat Kedaluwarsa", end=NOW - dt.timedelta(days=1))
LIARS = {
    "expired": (own(LETTER, EXPIRED), "Pejabat Kedaluwarsa"),
    "nobody's": (own(LETTER, self_signed("Orang Lain")), "Orang Lain"),
    "of another root": (own(LETTER, Authority("Akar Lain").issue("Pejabat Tiruan")), "Pejabat Tiruan"),
}


@pytest.mark.parametrize("case", LIARS)
def test_a_certificate_that_does_not_hold_is_named_and_nothing_is_filed(office: Desk, case: str) -> None:
    data, name = LIARS[case]
    came_back(office, {"surat.pdf": data})
    ran = office.run("archive", "--signed", "kembali")
    assert (ran.code, "TTD-14" in ran.out, name in ran.out) == (5, True, True), ran.all
    assert filed(office) == set()


def test_an_archive_made_by_a_newer_version_is_not_written_to(office: Desk) -> None:
    office.run("archive")
    (office.folder / ARCHIVE / "format.txt").write_text("format: 99\n")
    before = office.visible(ARCHIVE)
    came_back(office, {"surat.pdf": own(LETTER)})
    ran = office.run("archive", "--signed", "kembali")
    assert ran.code == 5, ran.all
    assert office.visible(ARCHIVE) == before


def test_a_full_disk_is_told_and_the_next_run_files(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    office.run("archive")
    came_back(office, {"surat.pdf": own(LETTER)})

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("pipeline.archive.storage.os.fsync", full)
        ran = office.run("archive", "--signed", "kembali")
    assert ran.code == 2, ran.all
    assert "penyimpanan penuh" in words(ran)
    assert filed(office) == set()
    assert office.run("archive", "--signed", "kembali").code == 0
    assert filed(office) == {"sop/surat/v002/surat.ttd.pdf"}
    assert office.run("verify", "outputs").code == 0


@pytest.mark.parametrize("lang", ["id", "en"])
def test_wrong_usage(office: Desk, lang: str) -> None:
    (office.folder / "kosong").mkdir()
    for args in (("--signed", "tidak-ada"), ("--signed", "kosong"), ("--signed", "kosong", "inputs/uji")):
        ran = office.run("archive", *args, "--lang", lang)
        assert (ran.code, ran.out) == (2, ""), ran.all
        assert ran.err


def test_a_damaged_archive_is_told_and_not_added_to(office: Desk) -> None:
    office.run("archive")
    log = office.folder / ARCHIVE / "catatan.jsonl"
    log.write_bytes(log.read_bytes().replace(b"surat", b"sural", 1))
    before = office.visible(ARCHIVE)
    came_back(office, {"surat.pdf": own(LETTER)})
    ran = office.run("archive", "--signed", "kembali")
    assert ran.code == 5
    assert "catatan.jsonl" in words(ran)
    assert office.visible(ARCHIVE) == before


def test_nothing_built_yet(desk: Desk) -> None:
    came_back(desk, {"surat.pdf": own(LETTER)})
    ran = desk.run("archive", "--signed", "kembali")
    assert (ran.code, "TTD-18" in ran.out) == (5, True)
    assert not [path for path in Path("outputs").rglob("*") if path.is_file() and ".tertib" not in path.parts]


def test_an_unknown_issuer_is_remarked_once(desk: Desk) -> None:
    for name in ("surat", "arsip"):
        built(desk, f"uji/sop/{name}", letter(f"Tentang {name}", document=f"uji/sop/{name}"))
    files = {f"{name}.pdf": own(letter(f"Tentang {name}", document=f"uji/sop/{name}")) for name in ("surat", "arsip")}
    came_back(desk, files)
    ran = desk.run("archive", "--signed", "kembali")
    assert (ran.code, ran.out.count("TTD-17")) == (0, 1), ran.all
    assert "2 berkas diperiksa: 2 diarsipkan" in words(ran)


def test_signed_files_beside_their_originals(office: Desk) -> None:
    (office.folder / "outputs/uji/sop/surat.ttd.pdf").write_bytes(own(LETTER))
    ran = office.run("archive", "--signed", "outputs/uji/sop")
    assert ran.code == 0, ran.all
    assert filed(office) == {"sop/surat/v002/surat.ttd.pdf"}
    assert office.run("archive", "--signed", "outputs/uji/sop/surat.pdf").code == 5


def test_every_code_is_explained(desk: Desk) -> None:
    for (code, name), _, _ in verdicts.ABOUT:
        ran = desk.run("explain", code)
        assert (ran.code, name in ran.out) == (0, True), code


def test_a_file_signed_in_the_place_of_its_original_is_filed_once_that_was_made_again(office: Desk) -> None:
    place = office.folder / "outputs/uji/sop/surat.pdf"
    place.write_bytes(own(LETTER))
    ran = office.run("archive", "--signed", "outputs/uji/sop")
    assert ran.code == 4, ran.all
    assert "mungkin sudah ditandatangani" in words(ran)
    assert "belum dapat diarsipkan" in words(ran)
    assert filed(office) == set()
    place.rename(place.with_name("surat (disimpan 20260101-101010).pdf"))
    built(office, "uji/sop/surat", LETTER)
    assert office.run("archive", "--signed", "outputs/uji/sop").code == 0
    assert filed(office) == {"sop/surat/v002/surat.ttd.pdf"}
