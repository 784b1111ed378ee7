"""BPMN files as bpmn-js takes them: no warning, everything drawn, and what it saves reads back to the same steps."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from pipeline.model.bpmn import DIAGRAM
from pipeline.readers.bpmn import read_bpmn
from pipeline.readers.office import read_office
from pipeline.readers.sop import read_sop
from pipeline.run.export import sop_bpmn
from tests.export import chromium
from tests.export.sops import sop, step

ROOT = Path(__file__).parents[2]


def test_bpmn_js_draws_every_sop_and_saves_the_same_steps() -> None:
    chromium.find()
    chromium.needs_bpmn_js()
    folders = sorted((*ROOT.glob("inputs/*"), *ROOT.glob("tests/gallery/inputs/*")))
    read = [
        read_sop(path, read_office(folder, ROOT), ROOT).sop
        for folder in folders
        for path in sorted((folder / "sop").glob("*.yaml"))
    ]
    sops = [one for one in read if one is not None]
    sops.append(sop(step(1, 0, 1, 2, remark="a\tb\n<c> & “d” "), step(2, 2, 0, handover=True), step(3)))
    files = [sop_bpmn(one) for one in sops]
    for made, file, seen in zip(sops, files, chromium.open_bpmn(files), strict=True):
        assert seen["warnings"] == [], made.id
        shapes = {node.get("bpmnElement") for node in etree.fromstring(file).iter(f"{{{DIAGRAM}}}BPMNShape")}
        edges = {node.get("bpmnElement") for node in etree.fromstring(file).iter(f"{{{DIAGRAM}}}BPMNEdge")}
        assert shapes | edges <= set(seen["drawn"]), made.id
        back = read_bpmn(seen["xml"].encode())
        assert (back.title, back.actors, back.steps) == (made.title, made.actors, made.steps), made.id
