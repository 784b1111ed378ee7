"""The QR code: what it says, and that it can be read from the page."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pytest
import zxingcpp
from PIL import Image

from pipeline.convert.libreoffice import Job, convert
from pipeline.model.finding import Stage
from pipeline.readers.office import read_office
from pipeline.readers.sop import read_sop
from pipeline.render.qr import DIGITS, code_of, content_of, png
from pipeline.render.template import Template
from pipeline.resources import packaged_templates
from pipeline.run.canonical import fingerprint
from pipeline.run.document import render_sop

ROOT = Path(__file__).resolve().parents[2]
HASH = "0123456789abcdef" * 4
ADDRESS = "https://setwan.contoh.example/dokumen/{dokumen}?sidik={sidik}"


@pytest.mark.parametrize(
    ("document", "address", "content"),
    [
        ("contoh/sop/reses", "", f"tertib:contoh/sop/reses?sidik={HASH[:DIGITS]}"),
        ("contoh/sop/reses", ADDRESS, f"https://setwan.contoh.example/dokumen/contoh/sop/reses?sidik={HASH[:DIGITS]}"),
        ("contoh/sop/a b&c", "", f"tertib:contoh/sop/a%20b%26c?sidik={HASH[:DIGITS]}"),
        ("x", "https://x.example/{lain}/{dokumen}", "https://x.example/{lain}/x"),
    ],
)
def test_what_a_code_says(document: str, address: str, content: str) -> None:
    assert content_of(document, HASH, address) == content


def test_a_code_is_a_picture_of_one_bit_that_says_it() -> None:
    code = code_of("contoh/sop/reses", HASH)
    image = Image.open(io.BytesIO(code.picture.data))
    assert image.mode == "1"
    assert [found.text for found in zxingcpp.read_barcodes(image.convert("L"))] == [code.content]
    assert 'descr="Kode QR dokumen contoh/sop/reses, sidik 0123·4567·89ab·cdef"' in code.run
    assert code.context()["sidik"] == "0123·4567·89ab·cdef"


def test_equal_content_gives_equal_bytes() -> None:
    first = png("tertib:x")
    png.cache_clear()
    assert png("tertib:x") == first


@pytest.fixture(scope="module")
def pages(libreoffice: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """PDFs of one SOP: of the last stage, with a long address, and as a draft."""
    folder = tmp_path_factory.mktemp("qr")
    office = read_office(ROOT / "inputs/contoh", ROOT)
    long = replace(office, office=replace(office.office, publication=ADDRESS))
    template = Template.load(packaged_templates() / "sop.docx")
    jobs = []
    for name, place, stage in (
        ("final", office, Stage.FINAL),
        ("alamat", long, Stage.FINAL),
        ("draf", office, Stage.DRAFT),
    ):
        item = read_sop(ROOT / "inputs/contoh/sop/penyusunan-rancangan-perda-inisiatif.yaml", place, ROOT)
        assert item.sop is not None
        item = replace(item, sop=replace(item.sop, stage=stage))
        docx = folder / f"{name}.docx"
        docx.write_bytes(render_sop(template, item).docx)
        jobs.append(Job(docx, docx.with_suffix(".pdf")))
    assert [done.error for done in convert(jobs, workers=1)] == [None] * len(jobs)
    return {job.pdf.stem: job.pdf for job in jobs}


def read(pdf: Path, dpi: int) -> list[str]:
    """The codes on the first page as a camera or scanner of that resolution sees it."""
    document = pdfium.PdfDocument(pdf)
    image = document[0].render(scale=dpi / 72).to_pil().convert("L")
    document.close()
    return [found.text for found in zxingcpp.read_barcodes(image)]


@pytest.mark.parametrize("dpi", [72, 100, 150, 200])
def test_the_code_is_read_from_the_page(dpi: int, pages: dict[str, Path]) -> None:
    office = read_office(ROOT / "inputs/contoh", ROOT)
    item = read_sop(ROOT / "inputs/contoh/sop/penyusunan-rancangan-perda-inisiatif.yaml", office, ROOT)
    assert item.sop is not None
    sidik = fingerprint(item.sop, office.office, packaged_templates() / "sop.docx")
    assert read(pages["final"], dpi) == [content_of(item.id, sidik)]


@pytest.mark.parametrize("dpi", [100, 150, 200])
def test_a_code_with_a_long_address_is_read_from_the_page(dpi: int, pages: dict[str, Path]) -> None:
    (found,) = read(pages["alamat"], dpi)
    assert found.startswith("https://setwan.contoh.example/dokumen/contoh/sop/penyusunan-rancangan-perda-inisiatif?")


def test_a_draft_has_no_code(pages: dict[str, Path]) -> None:
    assert read(pages["draf"], 150) == []


def test_the_code_takes_no_page(pages: dict[str, Path]) -> None:
    counts = {name: len(pdfium.PdfDocument(pdf)) for name, pdf in pages.items()}
    assert counts["final"] == counts["alamat"] == 3
