"""From inputs to a PDF that waits for its signature: the field, the sidecar beside it, and when there is neither."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from pipeline.model.finding import Stage
from pipeline.resources import packaged_templates
from pipeline.run.build import build
from pipeline.run.events import Silent
from pipeline.run.settings import Settings
from tests.run.small import TODAY
from tests.run.test_rebuild import with_word

ROOT = Path(__file__).resolve().parents[2]
NAME = "penerimaan-dan-pengolahan-aspirasi"
MM = 72 / 25.4


def office_in(root: Path) -> Path:
    """The sample office with one SOP."""
    office = root / "inputs/contoh"
    shutil.copytree(ROOT / "inputs/contoh", office, ignore=shutil.ignore_patterns("reses", "sop"))
    (office / "sop").mkdir()
    for path in (ROOT / "inputs/contoh/sop").glob(f"{NAME}.*"):
        shutil.copy(path, office / "sop")
    return office


def run(root: Path, **how: Any) -> Path:
    """Build; where the PDF stands."""
    outcome = build(Settings(root, root / "outputs", TODAY, **how), Silent())
    assert [problem.error.message.id for problem in outcome.problems] == []
    return root / f"outputs/contoh/sop/{NAME}.pdf"


def signature_fields(pdf: Path) -> dict[str, list[float]]:
    """The rectangles of the empty signature fields by name."""
    with pikepdf.open(pdf) as opened:
        form: Any = opened.Root.get("/AcroForm", {})
        fields = form.get("/Fields", [])
        return {str(one.T): [float(side) for side in one.Rect] for one in fields if one.FT == "/Sig"}


def sidecar_of(pdf: Path) -> Path:
    return pdf.with_suffix(".ttd.json")


@pytest.mark.usefixtures("libreoffice")
def test_a_final_document_waits_for_its_signature_until_it_is_a_draft_again(tmp_path: Path) -> None:
    office_in(tmp_path)
    pdf = run(tmp_path)
    told = json.loads(sidecar_of(pdf).read_bytes())
    (signer,) = told["penanda_tangan"]
    ((name, (left, bottom, right, top)),) = signature_fields(pdf).items()
    box = [signer[key] for key in ("originX", "originY", "width", "height")]
    assert (signer["medan"], signer["halaman"]) == (name, 1) == ("ttdpengesah", 1)
    assert box == pytest.approx([left, bottom, right - left, top - bottom], abs=0.02)
    assert box[2] >= 50 * MM
    assert box[3] >= 25 * MM
    assert told["sha256"] == hashlib.sha256(pdf.read_bytes()).hexdigest()
    assert (told["berkas"], told["dokumen"]) == (pdf.name, f"contoh/sop/{NAME}")

    before = sidecar_of(pdf).stat().st_mtime_ns
    run(tmp_path)
    assert sidecar_of(pdf).stat().st_mtime_ns == before  # nothing changed, nothing written

    sidecar_of(pdf).unlink()
    run(tmp_path)
    assert json.loads(sidecar_of(pdf).read_bytes()) == told

    run(tmp_path, stage=Stage.DRAFT)
    assert signature_fields(pdf) == {}
    assert not sidecar_of(pdf).exists()


@pytest.mark.usefixtures("libreoffice")
def test_a_template_without_places_makes_a_document_without_field(tmp_path: Path) -> None:
    office = office_in(tmp_path)
    (office / "templates").mkdir()
    with_word(packaged_templates() / "sop.docx", office / "templates/sop.docx", 'w:name="ttdpengesah"', 'w:name="x"')
    outcome = build(Settings(tmp_path, tmp_path / "outputs", TODAY), Silent())
    assert outcome.exit_code == 0
    assert ["tanpa isian tanda tangan" in note.id for note in outcome.notes] == [True]
    pdf = tmp_path / f"outputs/contoh/sop/{NAME}.pdf"
    assert pdf.is_file()
    assert signature_fields(pdf) == {}
    assert not sidecar_of(pdf).exists()
