"""``tertib archive --signed`` with the documents of a recess: all of one recess stand in one version."""

from __future__ import annotations

import pytest

from tests.cli.desk import Desk, remove
from tests.cli.desk_signed import ARCHIVE, built, came_back, filed, letter, trusting, words
from tests.sign.service import national


@pytest.fixture
def office(desk: Desk) -> Desk:
    """An office that trusts the authority of the tests."""
    trusting(desk)
    return desk


def test_all_signed_files_of_a_recess_make_one_version(office: Desk) -> None:
    names = ("anggota/anggota-contoh-01", "anggota/anggota-contoh-02", "rekapitulasi")
    made = {name: letter(f"Laporan {name}", document=f"uji/reses/2026-1/{name}") for name in names}
    for name, data in made.items():
        built(office, f"uji/reses/2026-1/{name}", data)
    came_back(office, {f"{number}.pdf": national(made[name]) for number, name in enumerate(names)})
    ran = office.run("archive", "--signed", "kembali")
    assert ran.code == 0, ran.all
    assert filed(office) == {f"reses/2026-1/v002/{name}.ttd.pdf" for name in names}
    remove(office.folder / "kembali/0.pdf")
    remove(office.folder / "kembali/1.pdf")
    assert "kembali/2.pdf: sudah diarsipkan" in words(office.run("archive", "--signed", "kembali"))
    assert office.run("verify", "outputs").code == 0


def test_signed_files_of_a_recess_that_come_one_by_one_stay_together(office: Desk) -> None:
    names = ("anggota/anggota-contoh-01", "rekapitulasi")
    made = {name: letter(f"Laporan {name}", document=f"uji/reses/2026-1/{name}") for name in names}
    for name, data in made.items():
        built(office, f"uji/reses/2026-1/{name}", data)
    for number, name in enumerate(names):
        came_back(office, {f"{number}.pdf": national(made[name])})
        assert office.run("archive", "--signed", "kembali").code == 0
        index = (office.folder / ARCHIVE / "indeks.csv").read_text().splitlines()
        assert [row.split(";")[6] for row in index[2:]] == ["asli (1 dari 2)", "asli"][: number + 1]
    last = {name for name in filed(office) if "/v003/" in name}
    assert last == {f"reses/2026-1/v003/{name}.ttd.pdf" for name in names}


def test_a_recess_of_which_a_document_is_gone_is_not_filed_without_it(office: Desk) -> None:
    for name in ("anggota/anggota-contoh-01", "rekapitulasi", "publik/rekapitulasi"):
        built(office, f"uji/reses/2026-1/{name}", letter(f"Laporan {name}", document=f"uji/reses/2026-1/{name}"))
    remove(office.folder / "outputs/uji/reses/2026-1/publik/rekapitulasi.pdf")
    assert office.run("verify", "outputs/uji/reses").code == 0
    gone = office.folder / "outputs/uji/reses/2026-1/anggota/anggota-contoh-01.pdf"
    data = gone.read_bytes()
    remove(gone)
    ran = office.run("archive")
    assert (ran.code, (office.folder / ARCHIVE / "reses").exists()) == (4, False), ran.all
    assert "anggota/anggota-contoh-01.pdf tidak ada lagi, padahal masukannya tidak berubah" in words(ran)
    told = office.run("verify", "outputs/uji/reses")
    assert (told.code, told.out.count("PDF-01")) == (5, 1), told.all
    gone.write_bytes(data)
    assert office.run("archive").code == 0
