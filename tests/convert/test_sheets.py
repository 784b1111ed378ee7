"""The pages of a PDF stay open for the next look at them, and no longer."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from pipeline.resources import PDFIUM, Sheets


def blank(pages: int) -> bytes:
    made = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(200, 300))
        pdf.save(made, deterministic_id=True)
    return made.getvalue()


@pytest.fixture(autouse=True)
def alone() -> Iterator[None]:
    with PDFIUM:
        Sheets.close()
        yield
        Sheets.close()


def test_the_same_bytes_are_opened_once_and_each_page_is_read_once() -> None:
    sheets = Sheets.of(blank(3))
    first = sheets.page(0)
    again = Sheets.of(blank(3))
    assert again is sheets
    assert again.page(0) is first
    assert len(again) == 3


def test_other_bytes_are_another_file() -> None:
    sheets = Sheets.of(blank(1))
    assert Sheets.of(blank(2)) is not sheets
    assert len(Sheets.of(blank(2))) == 2


def test_what_broke_is_not_kept() -> None:
    Sheets.of(blank(1))
    with pytest.raises(Exception, match="Failed to load"):
        Sheets.of(b"%PDF-1.7\nbukan")
    assert len(Sheets.of(blank(1))) == 1


@pytest.mark.parametrize(("pages", "kept"), [(8, True), (9, False)])
def test_a_long_file_is_not_kept(pages: int, kept: bool) -> None:
    sheets = Sheets.of(blank(pages))
    assert [sheets.page(index).get_size() for index in range(pages)] == [(200, 300)] * pages
    Sheets.rest()
    assert (Sheets.of(blank(pages)) is sheets) is kept


def test_nothing_is_said_at_the_end_of_a_process(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(blank(2))
    script = (
        "import sys, pathlib\n"
        "from pipeline.pdf.edges import prove_edges\n"
        "prove_edges(pathlib.Path(sys.argv[1]), 'x.pdf', 2)\n"
    )
    arguments = [sys.executable, "-c", script, str(tmp_path / "x.pdf")]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
