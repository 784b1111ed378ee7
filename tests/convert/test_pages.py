"""The pages of a finished SOP as LibreOffice sets them: what was promised stands where it was planned."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
import pytest

from pipeline.convert.libreoffice import Job, convert
from pipeline.readers.office import read_office
from pipeline.readers.sop import read_sop
from pipeline.render.template import Template
from pipeline.resources import packaged_templates
from pipeline.run.document import render_sop

pytestmark = pytest.mark.usefixtures("libreoffice")
ROOT = Path(__file__).resolve().parents[2]
SOPS = sorted((ROOT / "inputs/contoh/sop").glob("*.yaml"))
DPI = 72
RESERVED = 20 / 25.4
"""Inches at the foot of every page that the national signing service writes on."""


@pytest.mark.parametrize("path", SOPS, ids=lambda p: p.stem)
def test_planned_pages_and_a_free_foot(path: Path, tmp_path: Path) -> None:
    item = read_sop(path, read_office(path.parent.parent, ROOT), ROOT)
    rendered = render_sop(Template.load(packaged_templates() / "sop.docx"), item)
    docx = tmp_path / "x.docx"
    docx.write_bytes(rendered.docx)
    outcome = convert(
        [Job(docx, docx.with_suffix(".pdf"), 1 + len(rendered.pages), rendered.texts, rendered.pages)], workers=1
    )[0]
    assert outcome.error is None
    with pdfium.PdfDocument(docx.with_suffix(".pdf")) as pdf:
        for number in range(len(pdf)):
            image = pdf[number].render(scale=DPI / 72).to_pil().convert("L")
            foot = image.crop((0, image.height - int(RESERVED * DPI), image.width, image.height))
            assert foot.getextrema() == (255, 255), f"page {number + 1}"
            assert image.getextrema()[0] < 50
