"""Published SOPs, transcribed: what a person reads in the original drawing is what the input says and the page shows.

``nyata.csv`` was counted by eye on the originals: steps, actor columns, arrows inside a row from whose end the flow
goes on, decisions, arrows between steps (off-page connectors resolved), arrows that go back, ends, and pages of the
flowchart.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from pipeline.layout.plan import plan_flowchart
from pipeline.layout.sheet import sheet_of
from pipeline.model.flow import FINISH, flow_of
from pipeline.model.inputs import SopInput
from pipeline.model.plan import Plan
from pipeline.model.sop import Sop, StepKind
from pipeline.readers.office import read_office
from pipeline.readers.sop import read_sop
from pipeline.render import sop as sop_document
from pipeline.render.form import read_form
from pipeline.render.paper import form_on
from pipeline.render.template import Template
from pipeline.resources import packaged_templates
from pipeline.run.document import render_sop

ROOT = Path(__file__).resolve().parents[2]
OFFICE = Path(__file__).parent / "inputs" / "nyata"
ALWAYS_ZERO = ("overlaps", "through_symbols", "through_texts", "outside")
PERSONAL = {
    "NIP": re.compile(r"(?<!\d)(19|20)\d{6}[ .]?\d{6}[ .]?[12][ .]?\d{3}(?!\d)"),
    "phone or e-mail": re.compile(r"[\w.]+@[\w.]+|(?<!\d)0\d{2,3}[-) ]+\d{5,}"),
    "signer": re.compile(r"^\s*(pengesah|nama|nip)\s*:", re.MULTILINE),
}

with (Path(__file__).parent / "nyata.csv").open(encoding="utf-8", newline="") as file:
    READ_BY_EYE = list(csv.DictReader(file))
each = pytest.mark.parametrize("seen", READ_BY_EYE, ids=[row["file"] for row in READ_BY_EYE])


@cache
def template() -> Template:
    return Template.load(packaged_templates() / "sop.docx")


@cache
def item_of(name: str) -> SopInput:
    return read_sop(OFFICE / "sop" / f"{name}.yaml", read_office(OFFICE, ROOT), ROOT)


def sop_in(item: SopInput) -> Sop:
    assert item.sop is not None
    return item.sop


def plan_of(item: SopInput) -> Plan:
    sop = sop_in(item)
    form = form_on(read_form(template()), item.office.office.paper)
    return plan_flowchart(sheet_of(sop, form, sop_document.step_cells(sop), sop_document.GAP_ACTOR))


def test_every_transcription_was_counted() -> None:
    assert {row["file"] for row in READ_BY_EYE} == {path.stem for path in (OFFICE / "sop").glob("*.yaml")}


@each
def test_nothing_personal_is_in_it(seen: Mapping[str, str]) -> None:
    for path in (OFFICE / "sop").glob(f"{seen['file']}.*"):
        text = path.read_text("utf-8")
        assert [what for what, pattern in PERSONAL.items() if pattern.search(text)] == []


@each
def test_it_reads_without_input_faults(seen: Mapping[str, str]) -> None:
    item = item_of(seen["file"])
    assert [str(finding.message) for finding in item.findings if finding.code.startswith("MSK")] == []


@each
def test_it_says_what_the_original_shows(seen: Mapping[str, str]) -> None:
    sop = sop_in(item_of(seen["file"]))
    flow = flow_of(sop)
    assert flow.dangling == ()
    arrows = [edge for edge in flow.edges if edge.target != FINISH]
    ends = {edge.source for edge in flow.edges if edge.target == FINISH}
    ends |= set(range(flow.size)) - {edge.source for edge in flow.edges}
    found = {
        "steps": len(sop.steps),
        "actors": len(sop.actors),
        "handovers": sum(len(step.columns) - 1 for step in sop.steps if step.handover),
        "decisions": sum(step.kind is StepKind.DECISION for step in sop.steps),
        "edges": len(arrows),
        "back": sum(edge.target <= edge.source for edge in arrows),
        "ends": len(ends),
    }
    assert found == {key: int(seen[key]) for key in found}


@each
def test_every_arrow_is_drawn_and_every_box_stands_in_its_row_and_column(seen: Mapping[str, str]) -> None:
    item = item_of(seen["file"])
    sop, plan = sop_in(item), plan_of(item)
    assert [str(problem.message) for problem in plan.problems if problem.fatal] == []
    assert {line.edge for page in plan.pages for line in page.lines if line.edge} == set(flow_of(sop).edges)
    boxes = {(symbol.row, symbol.column) for page in plan.pages for symbol in page.symbols if symbol.row is not None}
    assert boxes == {(row, column) for row, step in enumerate(sop.steps) for column in step.columns}


@each
def test_it_needs_no_more_pages_than_by_hand(seen: Mapping[str, str]) -> None:
    assert len(plan_of(item_of(seen["file"])).pages) <= int(seen["pages"])


@each
def test_its_page_is_clean(seen: Mapping[str, str]) -> None:
    rendered = render_sop(template(), item_of(seen["file"]))
    assert [str(finding.message) for finding in rendered.findings if finding.blocks] == []
    assert {key: rendered.layout[key] for key in ALWAYS_ZERO} == dict.fromkeys(ALWAYS_ZERO, 0)
