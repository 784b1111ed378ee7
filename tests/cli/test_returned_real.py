"""A document made by LibreOffice goes out to be signed, comes back written anew, and is filed."""

from __future__ import annotations

from pathlib import Path

import pytest
from pikepdf import Pdf

from pipeline.convert.libreoffice import find_soffice
from pipeline.sign.compare import compare
from tests.cli.desk import Desk
from tests.cli.desk_signed import came_back, trusting
from tests.sign.paper import HONEST, altered, attach, draw
from tests.sign.service import national, own

REAL = find_soffice()
find_soffice.cache_clear()
pytestmark = pytest.mark.skipif(REAL is None, reason="LibreOffice is missing here: there is no PDF to sign")
KEPT = [
    way for way in HONEST if way not in ("footer in the band", "picture in the box", "frame on the edge of the box")
]


@pytest.fixture
def office(desk: Desk) -> Desk:
    """An office with a letter that was built."""
    trusting(desk)
    ran = desk.run("build")
    assert ran.code == 0, ran.all
    return desk


def letter(office: Desk) -> bytes:
    return (office.folder / "outputs/uji/sop/surat.pdf").read_bytes()


def test_it_goes_out_comes_back_and_is_filed(office: Desk) -> None:
    came_back(office, {"hasil unduhan.pdf": national(letter(office))})
    ran = office.run("archive", "--signed", "kembali")
    assert ran.code == 0, ran.all
    version = office.folder / "outputs/uji/arsip/sop/surat/v002"
    assert (version / "surat.ttd.pdf").read_bytes() == Path("kembali/hasil unduhan.pdf").read_bytes()
    assert office.run("verify", "outputs").code == 0
    again = office.run("build", "--force")
    assert again.code == 0, again.all
    assert "Tidak ada yang berubah" in office.run("archive").out


def _with_a_file(pdf: Pdf) -> None:
    attach(pdf, "tagihan.xlsx", b"PK")


def test_inputs_that_changed_before_it_came_back_are_told_as_that(office: Desk) -> None:
    unsigned = letter(office)
    signed = own(unsigned, field="ttdpengesah")
    came_back(office, {"surat.pdf": signed})
    settings = (office.office / "kantor.yaml").read_text(encoding="utf-8")
    office.put("kantor.yaml", f"{settings}# Catatan\n")
    assert office.run("build", "--force").code == 0
    ran = office.run("archive", "--signed", "kembali")
    told = " ".join(ran.out.split())
    assert (ran.code, told.count("TTD-15")) == (5, 1), ran.all
    assert "dibuat dari masukan lain (uji/kantor.yaml); naskah aslinya tidak diarsipkan" in told
    # A file that somebody put into it is told, as before.
    came_back(office, {"surat.pdf": own(altered(unsigned, _with_a_file), field="ttdpengesah")})
    ran = office.run("archive", "--signed", "kembali")
    assert (ran.code, "tagihan.xlsx" in ran.out, "masukan lain" in ran.out) == (5, True, False), ran.all
    # What is advised leads to the end.
    came_back(office, {"surat.pdf": signed})
    office.put("kantor.yaml", settings)
    assert office.run("build").code == 0
    assert office.run("archive", "--signed", "kembali").code == 0


def test_what_honest_programs_do_to_it_is_no_change(office: Desk) -> None:
    found = {
        way: [change.message.id for change in compare(letter(office), HONEST[way](letter(office))).changes]
        for way in KEPT
    }
    assert not any(found.values()), found


def test_a_patch_on_it_is_told(office: Desk) -> None:
    came_back(office, {"surat.pdf": national(altered(letter(office), draw("0.8 g 100 300 300 60 re f", -1)))})
    ran = office.run("archive", "--signed", "kembali")
    assert (ran.code, "TTD-15" in ran.out) == (5, True), ran.all
