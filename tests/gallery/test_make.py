"""``make gallery`` whole, with one case."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.gallery import __main__ as gallery

CASE = "kasus/zigzag-02"


@pytest.mark.usefixtures("libreoffice")
def test_a_case_has_its_page_and_is_not_made_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gallery, "OUTPUT", tmp_path)
    monkeypatch.setattr(gallery, "WORKERS", 1)
    assert gallery.main([CASE]) == 0
    folder = tmp_path / CASE
    assert sorted(path.name for path in folder.iterdir()) == ["halaman-1.png", "zigzag-02.docx", "zigzag-02.pdf"]
    assert f'src="{CASE}/halaman-1.png"' in (tmp_path / "index.html").read_text("utf-8")
    (folder / "halaman-1.png").unlink()
    monkeypatch.setattr(gallery, "convert", lambda jobs, **_: pytest.fail("converted again") if jobs else ())
    assert gallery.main([CASE]) == 0
    assert (folder / "halaman-1.png").is_file(), "a picture that went is made again from the PDF that is there"


@pytest.mark.usefixtures("libreoffice")
def test_a_pdf_that_fails_its_proof_is_shown_with_the_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gallery, "OUTPUT", tmp_path)
    real = gallery.render_sop
    monkeypatch.setattr(gallery, "render_sop", lambda *args: replace(real(*args), texts=("tulisan yang tidak ada",)))
    assert gallery.main([CASE]) == 4
    page = (tmp_path / "index.html").read_text("utf-8")
    assert "tulisan yang tidak ada" in page
    assert f'src="{CASE}/halaman-1.png"' in page
    assert not list(tmp_path.rglob("*.pdf"))


def test_the_expectations_of_other_cases_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = tmp_path / "expected.yaml"
    monkeypatch.setattr(gallery, "EXPECTED", written)
    before = dict(gallery.expected())
    monkeypatch.setattr(gallery, "expected", lambda: {**before, CASE: {"pages": 9, "crossings": 9}})
    assert gallery.main(["--expected", CASE]) == 0
    lines = written.read_text("utf-8").splitlines()
    assert f"{CASE}: {{pages: 1, crossings: 0}}" in lines
    assert sum(not line.startswith("#") for line in lines) == len(before)
