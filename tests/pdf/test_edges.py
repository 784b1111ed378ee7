"""What leaves the paper, is cut, or stands in the band kept free; and what only looks as if."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from docx import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.shared import Pt
from pikepdf import Array, Dictionary, Name

from pipeline.errors import ProofError
from pipeline.pdf.edges import prove_edges
from tests.pdf.papers import Paper, as_made

BAND = 20 * 72 / 25.4


def _page(path: Path, content: bytes, *, box: tuple[float, ...] = (0, 0, 595, 842)) -> Path:
    """A page with ``content``; /F1 is Helvetica."""
    pdf = pikepdf.new()
    page: Any = pdf.add_blank_page(page_size=(595, 842)).obj
    page.MediaBox = Array(list(box))
    page.Resources = Dictionary(
        Font=Dictionary(F1=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    )
    page.Contents = pdf.make_stream(content)
    pdf.save(path)
    return path


def _told(path: Path) -> str:
    try:
        prove_edges(path, "uji.pdf", 1)
    except ProofError as error:
        return error.text("id")
    return ""


TEXT = b"BT /F1 12 Tf 100 400 Td (gjpqy ABC) Tj ET"

_OUTLINE = b"q 0 0 m 595 1 l 595 842 l 0 842 l h W n "
"""A clip that is no rectangle, nearly as large as the page."""

PAGES: Mapping[str, tuple[bytes, str]] = {
    "an ordinary text": (TEXT, ""),
    "a text within its clip": (b"q 90 390 200 30 re W n " + TEXT + b" Q", ""),
    "a text cut by half a point": (b"q 90 397.8 200 30 re W n " + TEXT + b" Q", ""),
    "tails cut off": (b"q 90 399 200 30 re W n " + TEXT + b" Q", "“gjpqy ABC” terpotong"),
    "heads cut off": (b"q 90 380 200 25 re W n " + TEXT + b" Q", "terpotong"),
    "cut at its right": (b"q 90 380 30 50 re W n " + TEXT + b" Q", "terpotong"),
    "hidden altogether": (b"q 90 500 200 30 re W n " + TEXT + b" Q", "terpotong"),
    "cut by the second of two clips": (b"q 0 0 595 842 re W n 90 402 200 30 re W n " + TEXT + b" Q", "terpotong"),
    "cut by the second of two shapes": (
        _OUTLINE + b"90 402 m 290 402 l 290 440 l 95 441 l h W n " + TEXT + b" Q",
        "terpotong",
    ),
    "cut by the first of two shapes": (
        b"q 90 380 m 120 380 l 121 440 l 90 441 l h W n 0 0 m 595 1 l 595 842 l h W n " + TEXT + b" Q",
        "terpotong",
    ),
    "within two shapes": (_OUTLINE + b"90 390 m 290 390 l 290 440 l 95 441 l h W n " + TEXT + b" Q", ""),
    "a scaled page": (b".5 0 0 .5 0 0 cm q 90 402 200 30 re W n " + TEXT + b" Q", "terpotong"),
    "white space that is cut": (b"q 90 500 200 30 re W n BT /F1 12 Tf 100 400 Td (   ) Tj ET Q", ""),
    "a border at the very top of the band": (b"0 w 50 56.4 400 .5 re f", ""),
    "a border half a millimetre into the band": (b"0 w 50 55.6 400 .5 re f", ""),
    "a dot in the last corner": (b"586 0 9 1 re f", "terbawah"),
    "a line in the band": (b"50 50 400 .5 re f", "garis atau gambar berada di 20 mm terbawah"),
    "a text in the band": (b"BT /F1 9 Tf 100 30 Td (Halaman 1) Tj ET", "“Halaman 1” berada di 20 mm terbawah"),
    "a grey that nobody overlooks": (b".9 g 50 20 400 9 re f", "terbawah"),
    "white in the band": (b"1 g 0 0 595 56 re f", ""),
    "covered in the band": (b"50 20 9 9 re f 1 g 0 0 595 56 re f", ""),
    "a text below the paper": (b"BT /F1 9 Tf 100 -20 Td (Kaki) Tj ET", "“Kaki” melewati tepi kertas"),
    "a line beyond the right side": (b"500 400 200 .5 re f", "melewati tepi kertas"),
}


@pytest.mark.parametrize("name", PAGES)
def test_pages(name: str, tmp_path: Path) -> None:
    content, said = PAGES[name]
    told = _told(_page(tmp_path / "uji.pdf", content))
    assert told.startswith("uji.pdf, halaman 1: ") == bool(said)
    assert said in told


def test_a_page_whose_box_begins_elsewhere(tmp_path: Path) -> None:
    box = (100.0, 200.0, 695.0, 1042.0)
    at_foot, above = (f"200 {200 + BAND + off} 99 9 re f".encode() for off in (-20, 5))
    assert "terbawah" in _told(_page(tmp_path / "uji.pdf", at_foot, box=box))
    assert _told(_page(tmp_path / "uji.pdf", above, box=box)) == ""


def test_another_number_of_pages(tmp_path: Path) -> None:
    with pytest.raises(ProofError, match="2 and 1"):
        prove_edges(_page(tmp_path / "uji.pdf", TEXT), "uji.pdf", 2)


def test_what_libreoffice_cuts_in_a_row_too_low(libreoffice: None, tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(rows=1, cols=1)
    table.rows[0].height, table.rows[0].height_rule = Pt(20), WD_ROW_HEIGHT_RULE.EXACTLY
    table.cell(0, 0).text = "kata " * 40
    docx = tmp_path / "rendah.docx"
    document.save(str(docx))
    assert "terpotong" in _told(as_made([docx], tmp_path)["rendah"].pdf)


def test_the_product_s_own_papers_are_whole(papers: Mapping[str, Paper]) -> None:
    for paper in papers.values():
        with pikepdf.open(paper.pdf) as pdf:
            pages = len(pdf.pages)
        prove_edges(paper.pdf, paper.pdf.name, pages)
    assert len(papers) > 3
