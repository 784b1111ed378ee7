"""The document of an SOP is what docxtpl fills and a tree would be finished to, without either."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docxtpl_peer import DOCUMENT, canonical, package, parts_of, peer
from finished_tree import finish
from lxml import etree

from pipeline.errors import TemplateError
from pipeline.model.finding import Stage
from pipeline.model.inputs import SopInput
from pipeline.model.sop import Sop
from pipeline.readers.office import read_office
from pipeline.readers.sop import read_sop
from pipeline.render import sop as sop_document
from pipeline.render.form import IDENTITY_TITLE, W, step_tables, titled_tables
from pipeline.render.measures import Measures
from pipeline.render.template import Template
from pipeline.resources import packaged_templates
from pipeline.run import document
from pipeline.run.document import render_sop

ROOT = Path(__file__).resolve().parents[2]
SOPS = sorted((ROOT / "inputs").glob("*/sop/*.yaml"))
LONG = "Kata & <tanda> “kutip”\tbaris\nbaru " * 6


@pytest.fixture(scope="module")
def template() -> Template:
    return Template.load(packaged_templates() / "sop.docx")


def read(path: Path) -> SopInput:
    return read_sop(path, read_office(path.parent.parent, ROOT), ROOT)


def with_sop(item: SopInput, **changes: Any) -> SopInput:
    assert item.sop is not None
    return replace(item, sop=replace(item.sop, **changes))


def caught(template: Template, item: SopInput, monkeypatch: pytest.MonkeyPatch) -> tuple[bytes, dict[str, Any]]:
    """The document of ``item``, and what its measures and its values are."""
    found: dict[str, Any] = {}
    fill, draw = Template.render, sop_document.render

    def catch(self: Template, context: Mapping[str, object], **named: Any) -> bytes:
        return fill(self, found.setdefault("context", context), **named)

    def caught_too(*given: Any, **named: Any) -> bytes:
        found.update(named, sop=given[1], plan=given[3])
        return draw(*given, **named)

    monkeypatch.setattr(Template, "render", catch)
    monkeypatch.setattr(document.sop_document, "render", caught_too)
    data = render_sop(template, item).docx
    monkeypatch.undo()
    return data, found


def assert_as_finished(template: Template, item: SopInput, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    data, found = caught(template, item, monkeypatch)
    expected = parts_of(peer(template, found["context"]))
    sop: Sop = found["sop"]
    finish(
        expected[DOCUMENT], found["plan"], found["paper"], found["header"], max(1, len(sop.actors)), found["list_size"]
    )
    made = parts_of(data)
    assert list(made) == sorted(expected, key=list(made).index)
    for name, root in made.items():
        assert canonical(root) == canonical(expected[name]), name
    return found


@pytest.mark.parametrize("path", SOPS, ids=lambda p: f"{p.parent.parent.name}-{p.stem}")
def test_every_input(path: Path, template: Template, monkeypatch: pytest.MonkeyPatch) -> None:
    assert_as_finished(template, read(path), monkeypatch)


SOP = ROOT / "inputs/contoh/sop/penyelenggaraan-rapat-paripurna.yaml"


@pytest.mark.parametrize("paper", ["", "F4", "A4", "Legal"])
def test_every_paper(paper: str, template: Template, monkeypatch: pytest.MonkeyPatch) -> None:
    item = read(SOP)
    item = replace(item, office=replace(item.office, office=replace(item.office.office, paper=paper)))
    assert_as_finished(template, item, monkeypatch)


def test_lists_that_must_be_smaller(template: Template, monkeypatch: pytest.MonkeyPatch) -> None:
    item = read(SOP)
    assert item.sop is not None
    found = assert_as_finished(template, with_sop(item, legal_basis=(LONG,) * 2), monkeypatch)
    assert found["list_size"] is not None


def test_names_that_must_be_smaller(template: Template, monkeypatch: pytest.MonkeyPatch) -> None:
    item = read(SOP)
    assert item.sop is not None
    names = tuple(f"{name} Perundangundanganpersidangan" for name in item.sop.actors)
    found = assert_as_finished(template, with_sop(item, actors=names), monkeypatch)
    assert found["header"]


def test_one_item_has_no_indent_and_several_have(template: Template, monkeypatch: pytest.MonkeyPatch) -> None:
    item = read(SOP)
    one = assert_as_finished(template, with_sop(item, equipment=("Satu alat",), records=()), monkeypatch)
    assert one["context"]["peralatan"] == ("Satu alat",)
    tab = with_sop(item, equipment=("Satu\talat", "dua\nbaris"), stage=Stage.DRAFT)
    assert_as_finished(template, tab, monkeypatch)


def edited(path: Path, change: Any) -> Template:
    """The template of SOPs, changed as an office would."""
    template = Template.load(packaged_templates() / "sop.docx")
    root = etree.fromstring(dict(template.parts)[DOCUMENT])
    change(root)
    path.write_bytes(package(tuple((n, etree.tostring(root) if n == DOCUMENT else data) for n, data in template.parts)))
    return Template.load(path)


def hang(root: Any) -> None:
    """Every item is indented by its own paragraph, and every name has a size of its own."""
    for paragraph in root.iter(W + "p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(W + "val").endswith("Butir"):
            indent = etree.SubElement(paragraph.find(W + "pPr"), W + "ind")
            for name in ("left", "hanging"):
                indent.set(W + name, "300")
    for table in (*step_tables(root), *titled_tables(root, IDENTITY_TITLE)):
        for run in table.iter(W + "r"):
            properties = etree.Element(W + "rPr")
            etree.SubElement(properties, W + "b")
            etree.SubElement(properties, W + "sz").set(W + "val", "15")
            run.insert(0, properties)


def no_heights(root: Any) -> None:
    """Rows without properties, and with a height of their own."""
    for table in step_tables(root):
        for number, row in enumerate(table.findall(W + "tr")):
            if number % 2:
                row.remove(row.find(W + "trPr"))
            else:
                etree.SubElement(row.find(W + "trPr"), W + "trHeight").set(W + "val", "99")


@pytest.mark.parametrize("change", [hang, no_heights])
def test_templates_with_looks_of_their_own(change: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    item = read(SOP)
    assert item.sop is not None
    names = tuple(f"{name} Perundangundanganpersidangan" for name in item.sop.actors)
    used = edited(tmp_path / "sop.docx", change)
    for each in (item, with_sop(item, actors=names, legal_basis=(LONG,) * 2, equipment=("Satu alat",))):
        assert_as_finished(used, each, monkeypatch)


def test_cells_need_not_state_a_width(template: Template, tmp_path: Path) -> None:
    def bare(root: Any) -> None:
        for cell in (cell for table in step_tables(root) for cell in table.iter(W + "tc")):
            properties = cell.find(W + "tcPr")
            properties.remove(properties.find(W + "tcW"))
            if not len(properties):
                cell.remove(properties)

    tables = [
        [canonical(table) for table in step_tables(parts_of(render_sop(used, read(SOP)).docx)[DOCUMENT])]
        for used in (template, edited(tmp_path / "sop.docx", bare))
    ]
    assert tables[0] == tables[1]


def add_row(root: Any) -> None:
    """A last row, below those of the steps."""
    for table in step_tables(root):
        last = table.findall(W + "tr")[0]
        copy = etree.fromstring(etree.tostring(last))
        table.append(copy)


def test_a_table_of_other_rows_is_told(tmp_path: Path) -> None:
    used = edited(tmp_path / "sop.docx", add_row)
    with pytest.raises(TemplateError) as error:
        render_sop(used, read(SOP))
    assert "Langkah" in error.value.text("id")


def test_no_tag_of_a_template_is_asked_twice(template: Template) -> None:
    plan = render_plan(template)
    one, other = Measures(plan).fitting("A4"), Measures(plan, (), 9.0).fitting("A4")
    assert one.key == Measures(plan).fitting("A4").key
    assert len({one.key, other.key, Measures(plan).fitting("F4").key}) == 3


def render_plan(template: Template) -> Any:
    found: dict[str, Any] = {}
    with pytest.MonkeyPatch.context() as patch:
        _, found = caught(template, read(SOP), patch)
    return found["plan"]
