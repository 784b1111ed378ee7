"""The identity page stays one page wherever the layout says that it does, near its limit too."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from pipeline.convert.libreoffice import Job, convert
from pipeline.layout.identity import _RESERVE, Pictures, Values, _height, reduction
from pipeline.model.form import Identity
from pipeline.model.inputs import SopInput
from pipeline.readers.office import read_office
from pipeline.readers.sop import read_sop
from pipeline.render.template import Template
from pipeline.resources import packaged_templates
from pipeline.run import document
from pipeline.run.document import render_sop

ROOT = Path(__file__).resolve().parents[2]
WORDS = " dan Tindak Lanjutnya pada Sekretariat DPRD Kabupaten Contoh"


def grown(title: int, records: int, paper: str) -> SopInput:
    """An SOP whose title has ``title`` more pieces, and its last list ``records`` more lines."""
    office = read_office(ROOT / "inputs/contoh", ROOT)
    office = replace(office, office=replace(office.office, paper=paper))
    item = read_sop(ROOT / "inputs/contoh/sop/penyelenggaraan-rapat-paripurna.yaml", office, ROOT)
    assert item.sop is not None
    more = tuple(f"Buku contoh {number}" for number in range(records))
    longer = replace(item.sop, title=item.sop.title + WORDS * title, records=(*item.sop.records, *more))
    return replace(item, sop=longer)


CASES = [(title, records, paper) for paper in ("F4", "A4") for title in (0, 1, 2) for records in range(5)]


@pytest.fixture(scope="module")
def pages(libreoffice: None, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[int, int, str], tuple[int, int]]:
    """By case: the pages of the PDF, and those of its flowchart."""
    folder = tmp_path_factory.mktemp("identitas")
    template = Template.load(packaged_templates() / "sop.docx")
    jobs, flow = [], []
    for number, case in enumerate(CASES):
        rendered = render_sop(template, grown(*case))
        docx = folder / f"{number}.docx"
        docx.write_bytes(rendered.docx)
        jobs.append(Job(docx, docx.with_suffix(".pdf")))
        flow.append(len(rendered.pages))
    convert(jobs, workers=2)
    return {
        case: (len(pdfium.PdfDocument(job.pdf)) if job.pdf.exists() else 0, count)
        for case, job, count in zip(CASES, jobs, flow, strict=True)
    }


def fits(case: tuple[int, int, str], monkeypatch: pytest.MonkeyPatch) -> bool:
    """Does the layout say that the identity page stays one page, with the lists as small as need be?"""
    asked: list[bool] = []

    def watched(identity: Identity, values: Values, pictures: Pictures) -> int:
        step = reduction(identity, values, pictures)
        asked.append(_height(identity, values, pictures, step) + _RESERVE <= identity.room)
        return step

    monkeypatch.setattr(document, "reduction", watched)
    document._list_size(Template.load(packaged_templates() / "sop.docx"), grown(*case))
    (answer,) = asked
    return answer


def test_the_identity_page_is_one_page_where_the_layout_says_so(
    pages: dict[tuple[int, int, str], tuple[int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    fitting = [case for case in CASES if fits(case, monkeypatch)]
    assert len(fitting) > 10
    assert len(fitting) < len(CASES)
    assert {case: pages[case] for case in fitting if pages[case][0] != pages[case][1] + 1} == {}
