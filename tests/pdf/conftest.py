"""What several tests of PDFs share: LibreOffice starts once for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.pdf.broken import good_pdf
from tests.pdf.papers import Paper, as_made, odd_document, run_product
from tests.shared import made_once, shared_folder

RECESS = "contoh/reses/2025-masa-3"
SAMPLES = ("rekapitulasi", "dapil/dapil-1", "anggota/anggota-contoh-03")


@pytest.fixture(scope="session")
def papers(libreoffice: None, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Paper]:
    """PDFs as LibreOffice makes them: "aneh" (see ``odd_document``), reports of a recess, and drafts of SOPs.

    Nobody changes them: all processes have the same files.
    """
    folder = shared_folder(tmp_path_factory) / "naskah"
    made_once(folder, lambda: _make(folder))
    return {path.stem: Paper(Path(path.read_text("utf-8")), path.with_suffix(".pdf")) for path in folder.glob("*.asal")}


def _make(folder: Path) -> None:
    built = run_product(
        folder / "out", "recap", f"inputs/{RECESS}", "--only", "rekapitulasi,dapil,anggota", office=False
    )
    run_product(folder / "out", "build", "inputs/banyumas", office=False)
    documents = [odd_document(folder / "aneh.docx"), *(built / RECESS / f"{name}.docx" for name in SAMPLES)]
    documents.append(built / "banyumas/sop/pelaksanaan-reses-usulan.docx")
    run_product(folder / "out", "build", "inputs/contoh", "--stage", "draf", office=False)
    documents.append(built / "contoh/sop/penerimaan-dan-pengolahan-aspirasi.docx")
    for name, paper in as_made(documents, folder).items():
        (folder / f"{name}.asal").write_text(str(paper.docx), "utf-8")


@pytest.fixture
def odd(papers: Mapping[str, Paper], tmp_path: Path) -> Path:
    """A copy of the odd document's PDF, to be finished."""
    copy = tmp_path / "aneh.pdf"
    copy.write_bytes(papers["aneh"].pdf.read_bytes())
    return copy


@pytest.fixture(scope="session")
def good(libreoffice: None, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The good PDF of which ``tests.pdf.broken`` makes the broken ones."""
    return good_pdf(tmp_path_factory.mktemp("baik"))
