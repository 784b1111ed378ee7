"""The flowchart on the printed page stands where it was computed, or there is no PDF."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from pipeline.convert.ink import SCALE, Picture, prove_page
from pipeline.convert.libreoffice import Job, Outcome, convert
from pipeline.errors import ProofError
from pipeline.model.form import MM
from pipeline.model.ink import Ink, Trace, ink_of
from pipeline.model.plan import Line, PagePlan, Plan, Rect, Symbol, SymbolKind
from pipeline.readers.office import read_office
from pipeline.readers.sop import read_sop
from pipeline.render.template import Template
from pipeline.resources import packaged_templates
from pipeline.run.document import Rendered, render_sop

ROOT = Path(__file__).resolve().parents[2]
SOP = ROOT / "inputs/contoh/sop/penyelenggaraan-rapat-paripurna.yaml"


@dataclass(frozen=True)
class Case:
    """A change to the DOCX, and a part of what the proof then says; "" when the PDF is still right."""

    change: Callable[[str], str]
    message: str = ""


def moved(pattern: str, by: int) -> Callable[[str], str]:
    """Adds ``by`` to the number in the first match of ``pattern``."""
    return lambda xml: re.sub(pattern, lambda m: m[1] + str(int(m[2]) + by) + m[3], xml, count=1)


CASES = {
    "as it is": Case(lambda xml: xml),
    "symbol moved": Case(
        moved(r'(Langkah 2: kotak, [^>]*>.{0,60}<a:xfrm><a:off x=")(\d+)(")', MM),
        "“Langkah 2: kotak, Pimpinan DPRD” tidak tergambar",
    ),
    "line moved": Case(
        moved(r'(descr="Dari Langkah 1 ke Langkah 2".{0,250}<a:off x="\d+" y=")(-?\d+)(")', MM), "Dari Langkah 1 ke"
    ),
    "table lower": Case(
        lambda xml: xml.replace('"TertibJangkar"/></w:pPr>', '"TertibJangkar"/><w:spacing w:after="60"/></w:pPr>'),
        "tabel langkah berada 1,1 mm terlalu rendah",
    ),
    "table indented": Case(
        lambda xml: re.sub(r'(<w:tblInd w:w=")-?\d+', r"\g<1>90", xml),
        "mm terlalu kanan",
    ),
    "table without borders": Case(lambda xml: re.sub(r'(<w:(?:insideH|top|bottom) w:val=")single', r"\1nil", xml)),
    "faint borders": Case(lambda xml: re.sub(r'(<w:insideH [^>]*w:color=")[^"]*', r"\1BFBFBF", xml)),
}


@pytest.fixture(scope="module")
def rendered() -> Rendered:
    item = read_sop(SOP, read_office(SOP.parent.parent, ROOT), ROOT)
    return render_sop(Template.load(packaged_templates() / "sop.docx"), item)


def changed(docx: bytes, change: Callable[[str], str]) -> bytes:
    """``docx`` with its document part changed."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(result, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == "word/document.xml":
                content = change(content.decode()).encode()
            new.writestr(zipfile.ZipInfo(info.filename), content)  # one date for all: they are compared
    return result.getvalue()


@pytest.fixture(scope="module")
def outcomes(libreoffice: None, rendered: Rendered, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    """All cases, converted in one go."""
    folder = tmp_path_factory.mktemp("tinta")
    jobs = []
    for number, (name, case) in enumerate(CASES.items()):
        data = changed(rendered.docx, case.change)
        assert (data == changed(rendered.docx, str)) == (name == "as it is"), f"{name}: the change was not made"
        docx = folder / f"{number}.docx"
        docx.write_bytes(data)
        pdf = docx.with_suffix(".pdf")
        jobs.append(Job(docx, pdf, None, rendered.texts, rendered.pages, rendered.ink))
    return dict(zip(CASES, convert(jobs, workers=1), strict=True))


@pytest.mark.parametrize("name", CASES)
def test_what_is_not_where_it_was_computed_is_refused(name: str, outcomes: dict[str, Outcome]) -> None:
    outcome = outcomes[name]
    assert outcome.job.pdf.exists() == (not CASES[name].message)
    if CASES[name].message:
        assert isinstance(outcome.error, ProofError)
        assert CASES[name].message in outcome.error.text("id")
        assert "halaman 2" in outcome.error.text("id")
    else:
        assert outcome.error is None


def page(**things: object) -> PagePlan:
    """Two boxes with an arrow between them, in two rows."""
    boxes = [Rect(20 * MM, 15 * MM, 16 * MM, 6 * MM), Rect(50 * MM, 35 * MM, 16 * MM, 6 * MM)]
    symbols = tuple(Symbol(SymbolKind.PROCESS, box, "", f"Langkah {i}", i, 0) for i, box in enumerate(boxes, 1))
    line = Line(((36 * MM, 18 * MM), (58 * MM, 18 * MM), (58 * MM, 35 * MM)), "Dari Langkah 1 ke Langkah 2", 0, 1)
    area = Rect(10 * MM, 10 * MM, 80 * MM, 40 * MM)
    return replace(PagePlan((0, 1), (20 * MM, 20 * MM), area, symbols, (line,), ()), **things)  # type: ignore[arg-type]


def paint(ink: Ink, *, lower: int = 0, gray: int = 0, aside: int = 0) -> Picture:
    """A picture with the points of ``ink`` and its borders, ``lower`` and ``aside`` by pixels, of a ``gray``."""
    width, height = 100 * SCALE, 60 * SCALE
    rows = [bytearray(b"\xff" * width) for _ in range(height)]
    for rule in ink.rules:
        rows[rule * SCALE // MM + lower][ink.left * SCALE // MM : ink.right * SCALE // MM] = bytes(
            [gray] * ((ink.right - ink.left) * SCALE // MM)
        )
    for side in (ink.left, ink.right):
        for row in rows[ink.rules[0] * SCALE // MM : ink.rules[-1] * SCALE // MM]:
            row[side * SCALE // MM + aside] = gray
    for trace in ink.traces:
        for x, y in trace.points:
            rows[y * SCALE // MM][x * SCALE // MM] = 0
    return Picture(b"".join(rows), width, height, width)


def plan(*pages: PagePlan) -> Plan:
    """A plan of these pages, 80 mm wide."""
    return Plan((30 * MM, 50 * MM), (), pages, {})


def test_the_ink_of_a_page() -> None:
    ink = ink_of(plan(page()), 10 * MM)[0]
    assert ink.rules == (10 * MM, 30 * MM, 50 * MM)
    assert (ink.left, ink.right) == (10 * MM, 90 * MM)
    assert [trace.alt for trace in ink.traces] == ["Langkah 1", "Langkah 2", "Dari Langkah 1 ke Langkah 2"]
    assert ink.traces[0].points == ((28 * MM, 15 * MM), (20 * MM, 18 * MM), (28 * MM, 21 * MM), (36 * MM, 18 * MM))
    assert set(ink.traces[2].points) == {(58 * MM, 18 * MM), (47 * MM, 18 * MM), (58 * MM, 53 * MM // 2)}


@pytest.mark.parametrize(
    ("lower", "gray", "right"), [(0, 0, True), (3, 0, True), (5, 0, False), (-5, 0, False), (5, 240, True)]
)
def test_a_table_that_slipped_is_told_unless_its_borders_cannot_be_seen(lower: int, gray: int, right: bool) -> None:
    ink = ink_of(plan(page()), 10 * MM)[0]
    picture = paint(ink, lower=lower, gray=gray)
    if right:
        prove_page(picture, ink, name="x.pdf", number=2)
    else:
        with pytest.raises(ProofError, match=r"x\.pdf: on page 2, the table of steps stands 1\.0 mm too"):
            prove_page(picture, ink, name="x.pdf", number=2)


@pytest.mark.parametrize(("aside", "gray", "way"), [(5, 0, "right"), (-5, 200, "left"), (5, 240, ""), (2, 0, "")])
def test_a_table_that_slipped_sideways_is_told(aside: int, gray: int, way: str) -> None:
    ink = ink_of(plan(page()), 10 * MM)[0]
    picture = paint(ink, aside=aside, gray=gray)
    if way:
        with pytest.raises(ProofError, match=rf"stands 1\.0 mm too {way}"):
            prove_page(picture, ink, name="x.pdf", number=2)
    else:
        prove_page(picture, ink, name="x.pdf", number=2)


@pytest.mark.parametrize("index", range(3))
def test_each_thing_must_be_drawn(index: int) -> None:
    ink = ink_of(plan(page()), 10 * MM)[0]
    trace = ink.traces[index]
    elsewhere = Trace(trace.alt, tuple((x + 9 * MM // 10, y + 9 * MM // 10) for x, y in trace.points))
    wanted = replace(ink, traces=(*ink.traces[:index], elsewhere, *ink.traces[index + 1 :]))
    with pytest.raises(ProofError, match=trace.alt):
        prove_page(paint(ink), wanted, name="x.pdf", number=2)
