"""SVG pages: complete in themselves, where the plan has everything, and the same picture as the PDF's page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from PIL import Image, ImageChops, ImageFilter

from pipeline.convert.libreoffice import Job, convert, find_soffice
from pipeline.layout.plan import plan_flowchart
from pipeline.layout.sheet import sheet_of
from pipeline.model.finding import Stage
from pipeline.model.form import MM
from pipeline.model.plan import Plan, SymbolKind
from pipeline.model.sop import Sop, StepKind
from pipeline.readers.office import read_office
from pipeline.readers.sop import read_sop
from pipeline.render.form import read_form
from pipeline.render.sop import GAP_ACTOR, step_cells
from pipeline.render.template import Template
from pipeline.resources import packaged_templates
from pipeline.run.document import render_sop
from pipeline.run.export import sop_svg
from tests.export import chromium
from tests.export.sops import sop, step

ROOT = Path(__file__).parents[2]
S = "{http://www.w3.org/2000/svg}"
SAMPLES = (
    "inputs/contoh/sop/pelaksanaan-reses.yaml",
    "inputs/banyumas/sop/penyusunan-renstra.yaml",
    "inputs/bekasi/sop/02-penyusunan-dan-pembahasan-peraturan-daerah.yaml",
)


def template() -> Template:
    return Template.load(packaged_templates() / "sop.docx")


def drawn(made: Sop) -> tuple[Plan, list[bytes]]:
    """The plan of ``made`` and its pages."""
    form, cells = read_form(template()), step_cells(made)
    plan = plan_flowchart(sheet_of(made, form, cells, GAP_ACTOR))
    return plan, list(sop_svg(made, plan, form, cells))


def sample(path: str) -> Any:
    return read_sop(ROOT / path, read_office((ROOT / path).parents[1], ROOT), ROOT)


@pytest.mark.parametrize("path", SAMPLES)
def test_every_page_stands_alone_and_tells_itself(path: str) -> None:
    plan, pages = drawn(sample(path).sop)
    assert len(pages) == len(plan.pages)
    for page in pages:
        root = etree.fromstring(page)
        assert root.get("role") == "img"
        named = [root.find(f"{S}{tag}") for tag in ("title", "desc")]
        assert root.get("aria-labelledby") == " ".join(node.get("id") for node in named if node is not None)
        assert all(node is not None and node.text for node in named)
        text = page.decode()
        assert re.findall(r"https?://[^\s\"<]+", text) == ["http://www.w3.org/2000/svg"]
        assert not re.search(r"<(script|style|image|use|a)\b|href|url\(|@import|\bon\w+=", text)


def test_numbers_are_those_of_the_plan() -> None:
    plan, pages = drawn(sample(SAMPLES[0]).sop)
    for page, data in zip(plan.pages, pages, strict=True):
        root = etree.fromstring(data)
        boxes = {
            tuple(round(float(node.get(name, "")) * MM) for name in ("x", "y", "width", "height"))
            for node in root.iter(S + "rect")
            if node.find(S + "title") is not None
        }
        round_ones = {SymbolKind.PROCESS, SymbolKind.TERMINATOR}
        assert boxes == {
            (s.rect.x, s.rect.y, s.rect.width, s.rect.height) for s in page.symbols if s.kind in round_ones
        }
        told = [node.text for node in root.iter(S + "title")][1:]
        assert told == [line.alt for line in page.lines] + [symbol.alt for symbol in page.symbols]


def test_texts_of_the_page_can_be_read_and_drafts_are_marked() -> None:
    made = sop(step(1, 0, kind=StepKind.START, remark="<a> & b"), step(2, 1, kind=StepKind.END))
    made = Sop("uji/sop/uji", Stage.DRAFT, title="Uji", actors=made.actors, steps=made.steps)
    _, (page,) = drawn(made)
    texts = [node.text for node in etree.fromstring(page).iter(S + "text")]
    assert {"DRAF", "<a> & b", "Mengerjakan hal 1", "Kegiatan", "Mulai", "Selesai"} <= set(texts)
    assert "Pelaksana 1" in " ".join(text or "" for text in texts)
    assert drawn(made)[1] == [page]


@pytest.mark.parametrize("path", SAMPLES)
def test_same_picture_as_the_pdf(path: str, tmp_path: Path) -> None:
    if find_soffice() is None:
        pytest.skip("LibreOffice is missing here: SVG pages are not compared with the PDF")
    chromium.find()
    item = sample(path)
    rendered = render_sop(template(), item, {"svg"})
    docx = tmp_path / "uji.docx"
    docx.write_bytes(rendered.docx)
    (done,) = convert([Job(docx, tmp_path / "uji.pdf", None, ())], workers=1, on_done=lambda _: None)
    assert done.error is None
    first = done.pages - len(rendered.extras)
    for number, extra in enumerate(rendered.extras):
        svg = tmp_path / f"{number}.svg"
        svg.write_bytes(extra.data)
        paper = page_of(tmp_path / "uji.pdf", first + number)
        chromium.take_picture(svg.as_uri(), tmp_path / "svg.png", paper.size)
        screen = Image.open(tmp_path / "svg.png").convert("L")
        top = (
            round(float(etree.fromstring(extra.data).find(f".//{S}text").get("y")) * 96 / 25.4) + 4
        )  # below the heading
        frame = (0, top, paper.width, paper.height * 9 // 10)
        assert strays(screen.crop(frame), paper.crop(frame)) < 0.01
        assert strays(paper.crop(frame), screen.crop(frame)) < 0.01


def page_of(pdf: Path, index: int) -> Image.Image:
    """A page of a PDF as a picture, 96 dots per inch, grey."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    picture: Image.Image = document[index].render(scale=96 / 72).to_pil().convert("L")
    document.close()
    return picture


def strays(one: Image.Image, other: Image.Image) -> float:
    """The share of the ink of ``one`` that has none of ``other`` within three px."""
    ink = one.point(lambda grey: 255 if grey < 190 else 0)
    near = other.point(lambda grey: 255 if grey < 215 else 0).filter(ImageFilter.MaxFilter(7))
    lost = ImageChops.subtract(ink, near)
    return lost.histogram()[255] / max(1, ink.histogram()[255])
