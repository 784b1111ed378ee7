"""The proof of a PDF on files made by hand."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document
from docx.enum.text import WD_BREAK

from pipeline.convert.libreoffice import Job, convert
from pipeline.convert.proof import prove_pdf
from pipeline.errors import ProofError

pytestmark = pytest.mark.usefixtures("libreoffice")


@pytest.fixture(scope="module")
def pages(libreoffice: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PDF of three pages with a header: page 1 and 3 have text, page 2 has none."""
    folder = tmp_path_factory.mktemp("pdf")
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Kepala surat"
    document.add_paragraph("Menyusun per-undang-undangan").add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("Mengarsipkan berkas")
    document.save(folder / "x.docx")
    convert([Job(folder / "x.docx", folder / "tetap.pdf")], workers=1)
    return folder / "x.docx"


def make(folder: Path, *texts: str) -> Path:
    document = Document()
    for number, text in enumerate(texts):
        paragraph = document.add_paragraph(text)
        if number < len(texts) - 1:
            paragraph.add_run().add_break(WD_BREAK.PAGE)
    document.save(folder / "y.docx")
    outcome = convert([Job(folder / "y.docx", folder / "y.pdf")], workers=1)[0]
    assert outcome.error is None, outcome.error
    return folder / "y.pdf"


def test_a_blank_page_is_found(pages: Path) -> None:
    outcome = convert([Job(pages, pages.with_suffix(".pdf"))], workers=1)[0]
    assert isinstance(outcome.error, ProofError)
    assert "halaman 2 kosong" in outcome.error.text("id")


def test_texts_count_as_often_as_they_are_promised(tmp_path: Path) -> None:
    pdf = make(tmp_path, "Memeriksa berkas", "Menyimpan arsip")
    proof = prove_pdf(pdf, name="y.pdf", pages=2, texts=["Memeriksa berkas", "arsip"])
    assert proof.pages == 2
    with pytest.raises(ProofError, match="not printed whole"):
        prove_pdf(pdf, name="y.pdf", texts=["Memeriksa arsip berkas berkas"])


def test_pages_stand_in_their_order(tmp_path: Path) -> None:
    pdf = make(tmp_path, "Satu awal", "Dua tengah", "Tiga akhir")
    prove_pdf(pdf, name="y.pdf", sequence=[["Dua"], ["Tiga"]])
    with pytest.raises(ProofError):
        prove_pdf(pdf, name="y.pdf", sequence=[["Tiga"], ["Dua"]])
    with pytest.raises(ProofError):
        prove_pdf(pdf, name="y.pdf", sequence=[["Satu"], ["Tiga"]])


@pytest.mark.parametrize("data", [b"", b"%PDF-1.6 rusak", b"PK\x03\x04"])
def test_what_is_no_pdf_is_refused(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "z.pdf").write_bytes(data)
    with pytest.raises(ProofError):
        prove_pdf(tmp_path / "z.pdf", name="z.pdf")


def test_proofs_run_side_by_side(tmp_path: Path) -> None:
    """Two threads in pdfium at once end the process; a child process shows it without ending the tests."""
    pdf = make(tmp_path, *(f"Halaman {n} memuat {'banyak kata ' * 300}" for n in range(6)))
    script = (
        "import sys, pathlib\n"
        "from concurrent.futures import ThreadPoolExecutor\n"
        "from pipeline.convert.proof import prove_pdf\n"
        "one = lambda _: prove_pdf(pathlib.Path(sys.argv[1]), name='y.pdf').pages\n"
        "print(min(ThreadPoolExecutor(4).map(one, range(300))) > 5)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(pdf)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "True"), done.stderr
