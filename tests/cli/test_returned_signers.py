"""Who signed what came back: all the signers of a version and no others, and whether they were the ones to sign."""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pytest

from tests.cli.desk import Desk, remove
from tests.cli.desk_signed import built, came_back, letter, trusting
from tests.sign.authority import sign_pdf
from tests.sign.paper import add_field, altered
from tests.sign.service import AUTHORITY, SIGNER, national, own
from tests.sign.tampering import appended, hide_stream

ARCHIVE = "outputs/uji/arsip"
OTHER = AUTHORITY.issue("Orang Lain Sekali")


def _labelled(label: str) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.AcroForm.Fields[0].TU = pikepdf.String(label)

    return altered(letter(), change)


MEANT = _labelled("Tanda tangan Dr. PEJABAT CONTOH, S.H., M.Si., Sekretaris DPRD")


@pytest.fixture
def office(desk: Desk) -> Desk:
    """An office that trusts the authority of the tests, with a letter that says who is to sign it."""
    trusting(desk)
    built(desk, "uji/sop/surat", MEANT)
    return desk


def _facts(desk: Desk, version: str) -> dict[str, object]:
    found = json.loads((desk.folder / ARCHIVE / f"sop/surat/{version}/versi.json").read_bytes())
    assert isinstance(found, dict)
    return found


def _report(desk: Desk, version: str) -> list[dict[str, object]]:
    path = desk.folder / ARCHIVE / f"sop/surat/{version}/surat.ttd.pemeriksaan.json"
    found: list[dict[str, object]] = json.loads(path.read_bytes())["tanda_tangan"]
    return found


def test_a_file_in_place_of_another_brings_its_own_signers(office: Desk) -> None:
    for name, signer in (("a", SIGNER), ("b", OTHER)):
        came_back(office, {"surat.pdf": own(MEANT, signer)})
        assert office.run("archive", "--signed", "kembali").code == 0, name
    assert _facts(office, "v002")["penanda_tangan"] == ["Pejabat Contoh"]
    assert _facts(office, "v003")["penanda_tangan"] == ["Orang Lain Sekali"]
    assert office.run("verify", "outputs").code == 0


def test_signers_of_files_that_stay_are_carried_over(desk: Desk) -> None:
    trusting(desk)
    made = {name: letter(f"Laporan {name}", document=f"uji/reses/2026-1/{name}") for name in ("satu", "dua")}
    for name, data in made.items():
        built(desk, f"uji/reses/2026-1/{name}", data)
    steps = (("satu", SIGNER), ("dua", SIGNER), ("dua", OTHER), ("satu", OTHER))
    told = []
    for number, (name, signer) in enumerate(steps, 2):
        came_back(desk, {"kembali.pdf": own(made[name], signer)})
        assert desk.run("archive", "--signed", "kembali").code == 0
        place = desk.folder / ARCHIVE / f"reses/2026-1/v{number:03d}/versi.json"
        told.append(set(json.loads(place.read_bytes())["penanda_tangan"]))
    both = {"Pejabat Contoh", "Orang Lain Sekali"}
    assert told == [{"Pejabat Contoh"}, {"Pejabat Contoh"}, both, {"Orang Lain Sekali"}]


@pytest.mark.parametrize("service", [own, national])
def test_another_signer_than_the_one_named_is_told_and_recorded(office: Desk, service: object) -> None:
    assert callable(service)
    came_back(office, {"surat.pdf": service(MEANT, OTHER)})
    proved = office.run("verify", "kembali/surat.pdf")
    ran = office.run("archive", "--signed", "kembali")
    for one in (proved, ran):
        words = " ".join(one.all.split())
        assert (one.code, "TTD-21" in words) == (0, True), one.all
        assert "Ditandatangani Orang Lain Sekali, sedangkan yang ditetapkan: Dr. PEJABAT CONTOH, S.H." in words
    assert _facts(office, "v002")["penanda_tangan_lain"] == ["Orang Lain Sekali"]
    versions = json.loads(office.run("archive", "list", "--format", "json").out)["versions"]
    assert [one["other_signers"] for one in versions] == [[], ["Orang Lain Sekali"]]
    assert office.run("archive", "list", "--format", "csv").out.endswith(";Orang Lain Sekali;\n")
    assert [one["sesuai_penetapan"] for one in _report(office, "v002")] == [False]
    assert office.run("verify", "outputs").code == 0


@pytest.mark.parametrize("service", [own, national])
def test_the_signer_named_is_known_without_titles(office: Desk, service: object) -> None:
    assert callable(service)
    came_back(office, {"surat.pdf": service(MEANT, SIGNER)})
    ran = office.run("archive", "--signed", "kembali")
    assert (ran.code, "TTD-21" in ran.all) == (0, False), ran.all
    assert "penanda_tangan_lain" not in _facts(office, "v002")
    assert [one["sesuai_penetapan"] for one in _report(office, "v002")] == [True]


def test_the_same_folder_again_writes_nothing_though_one_file_is_part_of_another(desk: Desk) -> None:
    trusting(desk)
    two = altered(letter(), lambda pdf: add_field(pdf, 1, (72, 120, 180, 72), "ttd2"))
    built(desk, "uji/sop/surat", two)
    first = own(two)
    files = {"satu.pdf": first, "dua.pdf": own(first, OTHER, "ttd2"), "sisip.pdf": appended(hide_stream)(first)}
    came_back(desk, files)
    ran = desk.run("archive", "--signed", "kembali")
    assert (ran.code, ran.out.count("TTD-11")) == (5, 1), ran.all
    assert (desk.folder / ARCHIVE / "sop/surat/v002/surat.ttd.pdf").read_bytes() == files["dua.pdf"]
    remove(desk.folder / "kembali/sisip.pdf")
    before = desk.visible()
    for _ in range(2):
        ran = desk.run("archive", "--signed", "kembali")
        assert (ran.code, "Tidak ada yang berubah" in " ".join(ran.all.split())) == (0, True), ran.all
        assert desk.visible() == before


def test_a_tampered_copy_does_not_take_the_place_of_the_clean_one(office: Desk) -> None:
    clean = own(MEANT)
    came_back(office, {"a.pdf": clean, "b.pdf": appended(hide_stream)(clean)})
    for _ in range(2):
        ran = office.run("archive", "--signed", "kembali")
        assert (ran.code, "termuat seluruhnya" in ran.all) == (5, False), ran.all
        assert (office.folder / ARCHIVE / "sop/surat/v002/surat.ttd.pdf").read_bytes() == clean
        assert not Path(office.folder / ARCHIVE / "sop/surat/v003").exists()


def test_a_field_that_names_nobody_is_no_promise(desk: Desk) -> None:
    trusting(desk)
    built(desk, "uji/sop/surat", letter())
    came_back(desk, {"surat.pdf": sign_pdf(letter(), OTHER, field="ttd1")})
    ran = desk.run("archive", "--signed", "kembali")
    assert (ran.code, "TTD-21" in ran.all) == (0, False), ran.all
    assert [one["sesuai_penetapan"] for one in _report(desk, "v002")] == [None]
