"""A document made by LibreOffice goes out to be signed, comes back written anew, and is filed."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.convert.libreoffice import find_soffice
from pipeline.sign.compare import compare
from tests.cli.desk import Desk
from tests.cli.desk_signed import came_back, trusting
from tests.sign.paper import HONEST, altered, draw
from tests.sign.service import national

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
