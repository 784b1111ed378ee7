"""Children stand in the order of the schema, whatever was there before."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree

from pipeline.render.order import child, place_of, put
from pipeline.render.proof import prove_docx
from pipeline.render.proof_names import W
from pipeline.resources import packaged_templates
from pipeline.run.slim_samples import samples


def _holder(name: str, *children: str) -> etree._Element:
    holder = etree.Element(W + name)
    for each in children:
        etree.SubElement(holder, W + each).set(W + "val", "old")
    return holder


@pytest.mark.parametrize(
    ("holder", "children", "new", "expected"),
    [
        ("pPr", (), "ind", ["ind"]),
        ("pPr", ("pStyle", "spacing", "jc"), "ind", ["pStyle", "spacing", "ind", "jc"]),
        ("pPr", ("jc", "rPr"), "pStyle", ["pStyle", "jc", "rPr"]),
        ("rPr", ("b", "lang"), "sz", ["b", "sz", "lang"]),
        ("tcPr", ("tcW", "vAlign"), "tcBorders", ["tcW", "tcBorders", "vAlign"]),
        ("tblBorders", ("top", "insideV"), "bottom", ["top", "bottom", "insideV"]),
        ("r", ("t",), "rPr", ["rPr", "t"]),
        ("pPr", ("pStyle", "spacing"), "spacing", ["pStyle", "spacing"]),
    ],
)
def test_put(holder: str, children: tuple[str, ...], new: str, expected: list[str]) -> None:
    node = _holder(holder, *children)
    made = etree.Element(W + new)
    put(node, made)
    assert [etree.QName(each).localname for each in node] == expected
    assert node.find(W + new) is made
    assert child(node, new) is made


def test_what_the_schema_does_not_know_stands_behind() -> None:
    node = _holder("pPr", "pStyle")
    node.append(etree.Element("{urn:other}x"))
    assert place_of(node, "rPr") == 1


def test_items_and_names_with_looks_of_their_own(tmp_path: Path) -> None:
    """Distances and languages stated directly, as Word likes to, keep the document sound."""
    document = docx.Document(str(packaged_templates() / "sop.docx"))
    for properties in document.element.body.iter(qn("w:pPr")):
        style = properties.find(qn("w:pStyle"))
        if style is not None and properties.find(qn("w:spacing")) is None:
            style.addnext(parse_xml(f'<w:spacing {nsdecls("w")} w:after="0"/>'))
    for run in document.element.body.iter(qn("w:r")):
        run.get_or_add_rPr().append(parse_xml(f'<w:lang {nsdecls("w")} w:val="id-ID"/>'))
    path = tmp_path / "sop.docx"
    document.save(str(path))
    filled = samples(path, path.read_bytes(), "sop.docx")[1:]
    assert len(filled) == 2
    for sample in filled:
        prove_docx(sample.docx, "sop.docx", given=sample.given)
