"""The flowchart on the PDF against its plan: vector paths are read back from the pages that LibreOffice made."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path as File

import pypdfium2 as pdfium
import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from flows import step
from pdf_drawing import Letter, Path, distance, letters, near_line, off, paths

from pipeline.convert.libreoffice import Job, convert
from pipeline.layout.plan import plan_flowchart
from pipeline.layout.sheet import sheet_of
from pipeline.model.finding import Stage
from pipeline.model.form import ACTORS, MM, PT, Form
from pipeline.model.office import Office
from pipeline.model.plan import Label, Line, PagePlan, Plan, Point, Rect, Symbol, SymbolKind
from pipeline.model.sop import Branch, Sop, StepKind
from pipeline.readers.office import read_office
from pipeline.readers.sop import read_sop
from pipeline.render import sop as sop_document
from pipeline.render.connectors import simplified
from pipeline.render.drawing import page_drawing
from pipeline.render.form import read_form
from pipeline.render.paper import form_on
from pipeline.render.template import Template
from pipeline.resources import packaged_templates

ROOT = File(__file__).resolve().parents[2]
NEAR = 3 * MM // 10
"""What the drawing may be off on the page."""
SHIFT = MM
EXAMPLES = sorted(path.stem for path in (ROOT / "inputs/contoh/sop").glob("*.yaml"))
DENSE = ["padat-20x12", "padat-45x8"]


@dataclass(frozen=True)
class Made:
    """A plan, the form it was made for, and the PDF drawn from it."""

    plan: Plan
    form: Form
    pdf: File


def dense_sop(count: int, actors: int) -> Sop:
    """Steps back and forth between actors, joint work, decisions that go back or far ahead, an end inside."""
    chance = random.Random(count)
    steps = []
    for number in range(1, count + 1):
        own = tuple(chance.sample(range(actors), 2 if number % 7 == 0 else 1))
        if number == 1 or number == count:
            steps.append(step(number, own, StepKind.START if number == 1 else StepKind.END))
        elif number % 4 == 0:
            other = chance.choice([max(1, number - 3), max(1, number - 1), min(count, number + 5)])
            exits = (Branch("Ya", number + 1), Branch("Tidak", other))
            steps.append(step(number, own, StepKind.DECISION, branches=exits))
        else:
            steps.append(step(number, own))
    names = tuple(f"Kepala Subbagian Contoh {chr(65 + i)}" for i in range(actors))
    return Sop("contoh/sop/padat", Stage.FINAL, title="Percobaan padat", actors=names, steps=tuple(steps))


def planned(sop: Sop, office: Office, template: Template) -> tuple[Plan, Form]:
    """The plan of ``sop`` as the product makes it."""
    form = form_on(read_form(template), office.paper)
    return plan_flowchart(sheet_of(sop, form, sop_document.step_cells(sop), sop_document.GAP_ACTOR)), form


@pytest.fixture(scope="module")
def made(libreoffice: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Made]:
    """All documents of this module, converted in one go; "bergeser" has one symbol that is not where its plan says."""
    template = Template.load(packaged_templates() / "sop.docx")
    office = read_office(ROOT / "inputs/contoh", ROOT)
    sops = {name: read_sop(ROOT / f"inputs/contoh/sop/{name}.yaml", office, ROOT).sop for name in EXAMPLES}
    sops |= {name: dense_sop(*map(int, name.removeprefix("padat-").split("x"))) for name in DENSE}
    folder = tmp_path_factory.mktemp("geometri")
    result, jobs = {}, []
    for name, sop in {**sops, "bergeser": sops[EXAMPLES[0]]}.items():
        assert sop is not None
        plan, form = planned(sop, office.office, template)
        assert not any(problem.fatal for problem in plan.problems), name
        drawn = shifted(plan) if name == "bergeser" else plan
        docx = folder / f"{name}.docx"
        paper = office.office.paper
        # Small lists keep the identity page one page, which this module does not look at.
        docx.write_bytes(sop_document.render(template, sop, office.office, drawn, paper=paper, list_size=8))
        jobs.append(Job(docx, docx.with_suffix(".pdf")))
        result[name] = Made(plan, form, jobs[-1].pdf)
    assert [outcome.error for outcome in convert(jobs, workers=1)] == [None] * len(jobs)
    return result


def shifted(plan: Plan) -> Plan:
    """``plan`` with the second symbol of its first page moved by SHIFT to the right."""
    page = plan.pages[0]
    symbols = list(page.symbols)
    rect = symbols[1].rect
    symbols[1] = replace(symbols[1], rect=replace(rect, x=rect.x + SHIFT))
    return replace(plan, pages=(replace(page, symbols=tuple(symbols)), *plan.pages[1:]))


@pytest.mark.parametrize("name", [*EXAMPLES, *DENSE])
def test_the_page_shows_what_was_planned(name: str, made: dict[str, Made]) -> None:
    assert complaints(made[name]) == []


def test_a_symbol_a_millimetre_off_is_found(made: dict[str, Made]) -> None:
    symbol = made["bergeser"].plan.pages[0].symbols[1]
    found = complaints(made["bergeser"])
    assert f"halaman 1: simbol {symbol.alt} tidak di tempatnya" in found
    assert any("goresan lain" in complaint for complaint in found)


def moved_line(page: PagePlan) -> PagePlan:
    """``page`` with a bend of a line elsewhere."""
    index = next(i for i, line in enumerate(page.lines) if len(line.points) > 2)
    (x, y), *rest = page.lines[index].points
    line = replace(page.lines[index], points=((x, y), (rest[0][0] + SHIFT, rest[0][1]), *rest[1:]))
    return replace(page, lines=(*page.lines[:index], line, *page.lines[index + 1 :]))


def moved_label(page: PagePlan) -> PagePlan:
    """``page`` with a label elsewhere."""
    rect = page.labels[0].rect
    return replace(page, labels=(replace(page.labels[0], rect=replace(rect, x=rect.x + 2 * SHIFT)), *page.labels[1:]))


def higher_row(page: PagePlan) -> PagePlan:
    """``page`` with a first row that is higher."""
    return replace(page, heights=(page.heights[0] + SHIFT, *page.heights[1:]))


CHANGES: dict[str, Callable[[PagePlan], PagePlan]] = {
    "garis ": moved_line,
    "teks ": moved_label,
    "garis baris ": higher_row,
    "goresan lain ": lambda page: replace(page, lines=page.lines[1:]),
    "simbol ": lambda page: replace(page, symbols=(*page.symbols, replace(page.symbols[0], column=1))),
}


@pytest.mark.parametrize("wanted", CHANGES)
def test_each_kind_of_difference_is_found(wanted: str, made: dict[str, Made]) -> None:
    item = made[EXAMPLES[0]]
    pages = (CHANGES[wanted](item.plan.pages[0]), *item.plan.pages[1:])
    found = complaints(replace(item, plan=replace(item.plan, pages=pages)))
    assert any(complaint.startswith(f"halaman 1: {wanted}") for complaint in found)


def complaints(item: Made) -> list[str]:
    """What is not as planned on the pages of a PDF."""
    with pdfium.PdfDocument(item.pdf) as pdf:
        return [
            f"halaman {number}: {complaint}"
            for number, page in enumerate(item.plan.pages, 1)  # page 0 of the PDF is the identity page
            for complaint in Reading(item, page, pdf[number]).complaints()
        ]


class Reading:
    """A page of the PDF beside its plan."""

    def __init__(self, item: Made, page: PagePlan, sheet: pdfium.PdfPage) -> None:
        self.page = page
        every = paths(sheet)
        self.borders = [path for path in every if path.straight and abs(path.width - PT / 2) < PT / 12]
        self.heads = [path for path in every if path.head]
        self.strokes = [path for path in every if path.stroked and path not in self.borders]
        self.letters = letters(sheet)
        self.rules = list(accumulate(page.heights, initial=page.area.y))
        before = [column.key for column in item.form.columns].index(ACTORS)
        widths = item.plan.widths
        self.columns = list(accumulate(widths[before : len(widths) - (len(item.form.columns) - before - 1)]))
        left = item.form.left + sum(widths[:before])
        self.columns = [left, *(left + edge for edge in self.columns)]
        self.used: list[Path] = []

    def complaints(self) -> Iterator[str]:
        """Everything that is not as planned."""
        yield from self._table()
        outlines = [self._outline(symbol) for symbol in self.page.symbols]
        for symbol, outline in zip(self.page.symbols, outlines, strict=True):
            if outline is None:
                yield f"simbol {symbol.alt} tidak di tempatnya"
            else:
                yield from self._in_column(symbol, outline)
                yield from self._shape(symbol, outline)
        for line in self.page.lines:
            yield from self._line(line, outlines)
        for label in self.page.labels:
            if label.gap:
                self._outline(label)
        yield from self._others()
        yield from self._texts()

    def _table(self) -> Iterator[str]:
        """Borders of rows and actor columns stand where they were planned."""
        for y in self.rules:
            if not any(distance((0, b.points[0][1]), (0, y)) <= NEAR and across(b) for b in self.borders):
                yield f"garis baris pada {y / MM:.1f} mm tidak ada"
        for x in self.columns:
            if not any(distance((b.points[0][0], 0), (x, 0)) <= NEAR and not across(b) for b in self.borders):
                yield f"garis kolom pada {x / MM:.1f} mm tidak ada"

    def _outline(self, thing: Symbol | Label) -> Path | None:
        found = [path for path in self.strokes if path.closed and off(path.box, thing.rect) <= NEAR]
        self.used += found[:1]
        return found[0] if found else None

    def _in_column(self, symbol: Symbol, outline: Path) -> Iterator[str]:
        """The drawn symbol stands between the drawn borders of its column."""
        left, top, right, bottom = outline.box
        beside = [b for b in self.borders if not across(b) and b.box[1] <= top and bottom <= b.box[3]]
        before = max((b.box[0] for b in beside if b.box[0] < (left + right) / 2), default=0.0)
        after = min((b.box[0] for b in beside if b.box[0] > (left + right) / 2), default=0.0)
        wanted = (self.columns[symbol.column], self.columns[symbol.column + 1])
        if distance((before, after), wanted) > NEAR or not before < left < right < after:
            yield f"simbol {symbol.alt} tidak di dalam kolomnya"

    def _shape(self, symbol: Symbol, outline: Path) -> Iterator[str]:
        """A box fills its corners, a diamond and a capsule do not."""
        rect = symbol.rect
        gap = near_line((rect.x, rect.y), outline)
        if (gap > NEAR) != (symbol.kind in (SymbolKind.DECISION, SymbolKind.TERMINATOR)):
            yield f"simbol {symbol.alt} bukan {symbol.kind.value}"

    def _line(self, line: Line, outlines: Sequence[Path | None]) -> Iterator[str]:
        """Its corners are drawn, it starts and ends at the borders of its symbols, and its head points there."""
        points = simplified(line.points)
        found = [path for path in self.strokes if follows(path, points[:-1])]
        if not found:
            yield f"garis {line.alt} tidak di tempatnya"
            return
        path = found[0]
        self.used.append(path)
        end = path.points[-1]
        if line.arrow:
            head = min(self.heads, key=lambda h: distance(h.points[0], points[-1]), default=None)
            if head is None or distance(head.points[0], points[-1]) > NEAR:
                yield f"mata panah {line.alt} tidak ada"
                return
            end = head.points[0]
        for spot, index in ((path.points[0], line.source), (end, line.target)):
            outline = outlines[index]
            if outline is not None and near_line(spot, outline) > NEAR:
                yield f"garis {line.alt} tidak bertemu tepi simbol"
        if distance(end, points[-1]) > NEAR:
            yield f"garis {line.alt} tidak sampai"

    def _others(self) -> Iterator[str]:
        """Nothing else is stroked over the actor columns but borders of the table."""
        area = self.page.area
        for path in self.strokes:
            left, top, right, bottom = path.box
            inside = left < area.right and area.x < right and top < area.bottom and area.y < bottom
            if inside and path not in self.used:
                yield f"goresan lain pada {left / MM:.1f}, {top / MM:.1f} mm"
        for path in self.borders:
            along = path.points[0][1] if across(path) else path.points[0][0]
            places = self.rules if across(path) else self.columns
            left, top, right, bottom = path.box
            inside = left < area.right - NEAR and area.x + NEAR < right and top < area.bottom - NEAR
            if inside and area.y + NEAR < bottom and min(abs(along - place) for place in places) > NEAR:
                yield f"garis tabel lain pada {left / MM:.1f}, {top / MM:.1f} mm"
        arrows = sum(line.arrow for line in self.page.lines)
        if len(self.heads) != arrows:
            yield f"{len(self.heads)} mata panah, seharusnya {arrows}"

    def _texts(self) -> Iterator[str]:
        """Texts of symbols and labels stand in their boxes, and no others over the actor columns."""
        count = 0
        things: list[Symbol | Label] = [symbol for symbol in self.page.symbols if symbol.text]
        for thing in (*things, *self.page.labels):
            own = [letter for letter in self.letters if letter.within(thing.rect)]
            wanted = "".join(thing.text.split())
            count += len(wanted)
            if "".join(letter.sign for letter in own) != wanted:
                yield f"teks “{thing.text}” tidak di kotaknya"
            elif any(beyond(letter, thing.rect) > NEAR for letter in own):
                yield f"teks “{thing.text}” melewati kotaknya"
        if sum(letter.within(self.page.area) for letter in self.letters) != count:
            yield "teks lain di kolom pelaksana"


def across(path: Path) -> bool:
    """Does a straight path run sideways?"""
    left, top, right, bottom = path.box
    return right - left > bottom - top


def follows(path: Path, points: Sequence[tuple[int, int]]) -> bool:
    """Does an open path go through ``points`` and then once more on?"""
    if path.closed or len(path.points) != len(points) + 1:
        return False
    return all(distance(a, b) <= NEAR for a, b in zip(path.points, points, strict=False))


def beyond(letter: Letter, rect: Rect) -> float:
    """How far a letter reaches out of ``rect``."""
    left, top, right, bottom = letter.box
    return max(rect.x - left, rect.y - top, right - rect.right, bottom - rect.bottom)


def around(chance: random.Random) -> tuple[Point, ...]:
    """A line around something to (nearly) straight below, above or beside its start, with two or four bends."""
    x, y = chance.randint(40 * MM, 120 * MM), chance.randint(40 * MM, 90 * MM)
    far = x + chance.choice([-1, 1]) * chance.randint(2 * MM, 25 * MM)
    end = x + chance.choice([0, 0, 1, 635, 1270, MM // 2, 3 * MM])
    foot = y + chance.randint(12 * MM, 60 * MM)
    points = [(x, y), (far, y), (far, foot), (end, foot)]
    if chance.random() < 0.7:
        out, back = chance.randint(MM, 5 * MM), chance.randint(MM, 5 * MM)
        points = [(x, y - out), *points, (end, foot + back)]
    turned = [(b, a) for a, b in points] if chance.random() < 0.4 else points
    return tuple(turned[::-1] if chance.random() < 0.5 else turned)


def test_random_lines_around_something_are_drawn_as_planned(libreoffice: None, tmp_path: File) -> None:
    chance = random.Random(9)
    sheets = [[around(chance) for _ in range(8)] for _ in range(25)]
    symbol = Symbol(SymbolKind.PROCESS, Rect(15 * MM, 15 * MM, 5 * MM, 5 * MM), "", "Langkah 1: kotak", 0, 0)
    area = Rect(10 * MM, 10 * MM, 180 * MM, 180 * MM)
    document = Document()
    for number, ways in enumerate(sheets, 1):
        lines = tuple(Line(way, "Dari Langkah 1 ke Langkah 2", 0, 0, arrow=False) for way in ways)
        drawing = str(page_drawing(PagePlan((0,), (MM,), area, (symbol,), lines, ()), number, "Arial"))
        paragraph = document.add_paragraph(f"Lembar {chr(64 + number)}")
        paragraph.paragraph_format.page_break_before = number > 1
        paragraph._p.append(parse_xml(drawing.replace("<w:r>", f"<w:r {nsdecls('w')}>", 1)))
    document.save(str(tmp_path / "x.docx"))
    assert convert([Job(tmp_path / "x.docx", tmp_path / "x.pdf")], workers=1)[0].error is None
    with pdfium.PdfDocument(tmp_path / "x.pdf") as pdf:
        for sheet, ways in zip(pdf, sheets, strict=True):
            strokes = [path for path in paths(sheet) if path.stroked and not path.closed]
            for way in ways:
                assert min(worst(path, simplified(way)) for path in strokes) < MM / 10, way


def worst(path: Path, points: Sequence[Point]) -> float:
    """How far the corners of ``path`` are from ``points`` at most."""
    if len(path.points) != len(points):
        return float("inf")
    return max(distance(a, b) for a, b in zip(path.points, points, strict=True))
