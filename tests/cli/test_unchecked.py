"""What could not be checked is told as such at every run, and checked as soon as it can be."""

from __future__ import annotations

import pytest

from pipeline.convert.libreoffice import find_soffice
from pipeline.errors import ProofError
from pipeline.model.message import say
from pipeline.pdf import proof, validate
from tests.cli.desk import Desk

pytestmark = pytest.mark.usefixtures("libreoffice")
PDF = "outputs/uji/sop/surat.pdf"
NOTE = "yang tidak diperiksa: PDF/A-3a, PDF/UA-1"


@pytest.fixture
def without(desk: Desk) -> Desk:
    """A desk whose SOP was built where the validator was missing."""
    find_soffice.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(validate, "is_trusted", lambda: False)
        ran = desk.run("build")
        assert ran.code == 0, ran.all
        assert NOTE in " ".join(ran.all.split())
    return desk


def test_it_is_told_again_while_it_stays_so(without: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validate, "is_trusted", lambda: False)
    assert NOTE in " ".join(without.run("build").all.split())


def test_it_is_checked_as_soon_as_it_can_be(without: Desk) -> None:
    before = (without.folder / PDF).stat()
    for _ in range(2):  # the second time nothing is left to check
        ran = without.run("build")
        assert ran.code == 0, ran.all
        assert "tidak diperiksa" not in ran.all
    after = (without.folder / PDF).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_one_that_does_not_hold_is_made_again(without: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise ProofError(say("tidak memenuhi {what}", what="PDF/A-3a"))

    monkeypatch.setattr(proof, "prove_finished", refuse)
    ran = without.run("build")
    assert ran.code == 4
    assert "tidak memenuhi PDF/A-3a" in ran.all


def test_a_pdf_that_fails_again_is_not_called_outdated(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    find_soffice.cache_clear()
    assert desk.run("build").code == 0
    desk.fake_soffice(monkeypatch, "sys.exit(1)")
    ran = desk.run("build", "--force")
    assert ran.code == 4
    assert "jangan dipakai" not in ran.all  # it is still the one of this DOCX


def test_a_book_tells_it_until_it_is_checked(without: Desk) -> None:
    said = "Tidak diperiksa pada buku: PDF/A-3a, PDF/UA-1"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(validate, "is_trusted", lambda: False)
        for _ in range(2):  # the second time the book is there already
            ran = without.run("book")
            assert (ran.code, said in " ".join(ran.all.split())) == (0, True), ran.all
    before = (without.folder / "outputs/uji/buku-sop.pdf").stat()
    for told in ("archive", "book", "book"):
        ran = without.run(told)
        assert (ran.code, "tidak diperiksa" in ran.all.lower()) == (0, told == "archive"), ran.all
    after = (without.folder / "outputs/uji/buku-sop.pdf").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
