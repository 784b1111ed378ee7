"""BPMN: valid against OMG's schema, drawn at right angles, executable in the order that the form means."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from pipeline.export.process import NodeKind, process_of
from pipeline.model.bpmn import DC, DI, DIAGRAM, MODEL
from pipeline.model.sop import END, Branch, Sop, StepKind
from pipeline.readers.bpmn import read_bpmn
from pipeline.readers.office import read_office
from pipeline.readers.sop import read_sop
from pipeline.run.export import sop_bpmn
from tests.export.sops import sop, sops, step

ROOT = Path(__file__).parents[2]
B, D = f"{{{MODEL}}}", f"{{{DIAGRAM}}}"
FILES = sorted(path for folder in ("inputs", "tests/gallery/inputs") for path in (ROOT / folder).glob("*/sop/*.yaml"))
EXAMPLES = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@cache
def schema() -> etree.XMLSchema:
    """OMG's schema, from a package that ships it for its own parser."""
    package = find_spec("SpiffWorkflow")
    assert package is not None
    assert package.submodule_search_locations
    folder = Path(package.submodule_search_locations[0])
    return etree.XMLSchema(etree.parse(folder / "bpmn/parser/schema/BPMN20.xsd"))


def prove(made: Sop) -> etree._Element:
    """The root of the BPMN of ``made``, proved: valid, back to the same steps, the same bytes again."""
    data = sop_bpmn(made)
    root = etree.fromstring(data)
    assert schema().validate(root), schema().error_log
    back = read_bpmn(data)
    assert back.steps == made.steps
    assert back.actors == made.actors
    assert back.title == made.title
    assert sop_bpmn(made) == data
    return root


@EXAMPLES
@given(sops())
def test_valid_and_reads_back(made: Sop) -> None:
    check_drawing(prove(made))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_sop_of_examples_and_gallery(path: Path) -> None:
    made = read_sop(path, read_office(path.parents[1], ROOT), ROOT).sop
    if made is not None:
        root = prove(made)
        check_drawing(root)
        for seed in range(30):
            play(root, seed)


def check_drawing(root: etree._Element) -> None:
    """Everything is drawn; lines are at right angles and join the borders of what they connect; lanes hold nodes."""
    shapes = {shape.get("bpmnElement"): bounds(shape) for shape in root.iter(D + "BPMNShape")}
    edges = {edge.get("bpmnElement"): list(points(edge)) for edge in root.iter(D + "BPMNEdge")}
    process = root.find(B + "process")
    assert process is not None
    for lane in process.iter(B + "lane"):
        left, _, right, _ = shapes[lane.get("id")]
        for ref in lane.findall(B + "flowNodeRef"):
            assert left <= shapes[ref.text][0]
            assert shapes[ref.text][2] <= right
    for flow in (*process.iter(B + "sequenceFlow"), *process.iter(B + "association")):
        way = edges[flow.get("id")]
        assert all(one[0] == two[0] or one[1] == two[1] for one, two in pairwise(way)), flow.get("id")
        assert touches(way[0], shapes[flow.get("sourceRef")]), flow.get("id")
        assert touches(way[-1], shapes[flow.get("targetRef")]), flow.get("id")


def bounds(node: etree._Element) -> tuple[int, int, int, int]:
    box = node.find(f"{{{DC}}}Bounds")
    assert box is not None
    x, y, width, height = (int(box.get(name, "")) for name in ("x", "y", "width", "height"))
    return x, y, x + width, y + height


def points(edge: etree._Element) -> Iterator[tuple[int, int]]:
    for point in edge.findall(f"{{{DI}}}waypoint"):
        yield int(point.get("x", "")), int(point.get("y", ""))


def touches(point: tuple[int, int], box: tuple[int, int, int, int]) -> bool:
    x, y = point
    left, top, right, bottom = box
    return left - 1 <= x <= right + 1 and top - 1 <= y <= bottom + 1


def play(root: etree._Element, seed: int) -> None:
    """Run the process by BPMN's rules, choices by lot: no gateway is left waiting for a token that never comes."""
    lot = random.Random(seed)
    process = root.find(B + "process")
    assert process is not None
    kind = {node.get("id", ""): etree.QName(node).localname for node in process}
    leaving: dict[str, list[str]] = {}
    entering: dict[str, list[str]] = {}
    target: dict[str, str] = {}
    for flow in process.iter(B + "sequenceFlow"):
        leaving.setdefault(flow.get("sourceRef", ""), []).append(flow.get("id", ""))
        entering.setdefault(flow.get("targetRef", ""), []).append(flow.get("id", ""))
        target[flow.get("id", "")] = flow.get("targetRef", "")

    @cache
    def ahead(token: str, gateway: str) -> set[str]:
        """The flows that ``token`` can come to without passing ``gateway``."""
        seen, todo = {token}, [token]
        while todo:
            node = target[todo.pop()]
            more = [flow for flow in leaving.get(node, []) if flow not in seen and node != gateway]
            todo += more
            seen.update(more)
        return seen

    def waits(gateway: str, here: set[str], elsewhere: set[str]) -> bool:
        """BPMN 2.0 on inclusive gateways: a token counts that can come where none is and not where one is already."""
        empty = set(entering[gateway]) - here
        ways = [ahead(other, gateway) for other in elsewhere]
        return any(way & empty and not way & here for way in ways)

    tokens = [flow for node in kind if kind[node] == "startEvent" for flow in leaving[node]]
    for _ in range(2000):
        if not tokens:
            return
        ready = []
        for token in tokens:
            node = target[token]
            here = {other for other in tokens if target[other] == node}
            if kind[node] == "parallelGateway":
                if here == set(entering[node]):
                    ready.append((node, here))
            elif kind[node] == "inclusiveGateway":
                if not waits(node, here, set(tokens) - here):
                    ready.append((node, here))
            else:
                ready.append((node, {token}))
        assert ready, tokens
        node, used = lot.choice(ready)
        for token in used:
            tokens.remove(token)
        out = leaving.get(node, [])
        tokens += [lot.choice(out)] if out and kind[node] == "exclusiveGateway" else out


def kinds(made: Sop) -> list[str]:
    """The ids of the nodes, in order."""
    return [node.id for node in process_of(made).nodes]


def flows(made: Sop) -> set[tuple[str, str, str]]:
    """The flows as (from, to, name)."""
    process = process_of(made)
    return {(process.nodes[k.source].id, process.nodes[k.target].id, k.name) for k in process.links}


def test_a_decision_is_work_and_a_choice() -> None:
    exits = (Branch("Ya", 3), Branch("Tidak", 1))
    made = sop(step(1, 0), step(2, 1, kind=StepKind.DECISION, branches=exits), step(3, 2, kind=StepKind.END))
    assert flows(made) == {
        ("Mulai_1", "Langkah_1", ""),
        ("Langkah_1", "Langkah_2", ""),
        ("Langkah_2", "Keputusan_2", ""),
        ("Keputusan_2", "Langkah_3", "Ya"),
        ("Keputusan_2", "Langkah_1", "Tidak"),
        ("Langkah_3", "Selesai_3", ""),
    }


def test_branches_that_meet_are_waited_for_but_not_a_step_back() -> None:
    again = (Branch("Ya", 5), Branch("Tidak", 4))
    made = sop(
        step(1, 0, next=(2, 3)),
        step(2, 1, next=(4,)),
        step(3, 2, next=(4,)),
        step(4, 0, kind=StepKind.DECISION, branches=again),
        step(5, 0, kind=StepKind.END),
    )
    found = flows(made)
    assert {("Langkah_2", "Gabung_4", ""), ("Langkah_3", "Gabung_4", ""), ("Gabung_4", "Langkah_4", "")} <= found
    assert ("Keputusan_4", "Langkah_4", "Tidak") in found
    assert {("Cabang_1", "Langkah_2", ""), ("Cabang_1", "Langkah_3", "")} <= found


@pytest.mark.parametrize("back", [2, 3])
def test_a_rejection_that_returns_to_one_branch_leaves_the_other_undisturbed(back: int) -> None:
    made = sop(
        step(1, 0, next=(2, 3)),
        step(2, 1, next=(4,)),
        step(3, 2, next=(4,)),
        step(4, 0, kind=StepKind.DECISION, branches=(Branch("Ya", 5), Branch("Tidak", back))),
        step(5, 0, kind=StepKind.END),
    )
    found = flows(made)
    assert {("Langkah_2", "Gabung_4", ""), ("Langkah_3", "Gabung_4", ""), ("Gabung_4", "Langkah_4", "")} <= found
    assert ("Keputusan_4", f"Langkah_{back}", "Tidak") in found
    # A gateway that waits for both would wait for ever when only one is done again.
    assert next(n.kind for n in process_of(made).nodes if n.id == "Gabung_4") is NodeKind.INCLUSIVE
    root = prove(made)
    for seed in range(20):
        play(root, seed)


def test_ways_by_turns_come_together_before_the_wait() -> None:
    made = sop(
        step(1, 0, next=(2, 3)),
        step(2, 1, kind=StepKind.DECISION, branches=(Branch("A", 4), Branch("B", 5))),
        step(3, 2, next=(6,)),
        step(4, 0, next=(6,)),
        step(5, 1, next=(6,)),
        step(6, 0, kind=StepKind.END),
    )
    found = flows(made)
    assert {("Langkah_4", "Temu1_6", ""), ("Langkah_5", "Temu1_6", ""), ("Temu1_6", "Gabung_6", "")} <= found
    assert ("Langkah_3", "Gabung_6", "") in found


def test_ends_references_partners_and_gaps() -> None:
    made = sop(
        step(1, 0, 2, reference="SOP Penyusunan Jadwal"),
        step(2, 1, kind=StepKind.DECISION, branches=(Branch("Ya", 3), Branch("Tidak", END))),
        step(3, kind=StepKind.END),
    )
    assert kinds(made) == ["Mulai_1", "Langkah_1", "Langkah_2", "Keputusan_2", "Selesai_2", "Langkah_3", "Selesai_3"]
    process = process_of(made)
    assert process.nodes[1].kind is NodeKind.CALL
    assert process.nodes[1].partners == (2,)
    assert process.lanes[-1] == "[pelaksana belum diisi]"
    root = prove(made)
    notes = [node.get("id") for node in root.iter(B + "textAnnotation")]
    assert notes == ["Bersama_1_3"]


def test_a_step_handed_over_is_work_of_each() -> None:
    exits = (Branch("Ya", 2), Branch("Tidak", 1))
    made = sop(step(1, 0, 2, handover=True, kind=StepKind.DECISION, branches=exits), step(2, 1, kind=StepKind.END))
    assert {
        ("Langkah_1", "Langkah_1_2", ""),
        ("Langkah_1_2", "Keputusan_1", ""),
        ("Keputusan_1", "Langkah_1", "Tidak"),
    } <= flows(made)
    assert [node.lane for node in process_of(made).nodes][:4] == [0, 0, 2, 2]
    prove(made)


@pytest.mark.parametrize("made", [sop(), sop(actors=0), sop(step(1), actors=0)], ids=["no steps", "nothing", "one"])
def test_almost_nothing_is_still_valid(made: Sop) -> None:
    check_drawing(prove(made))


def test_a_lane_is_wide_enough_for_its_name_on_one_line() -> None:
    long = "Kepala Bagian Persidangan dan Perundang-undangan"
    made = replace(sop(step(1, 0), step(2, 1, kind=StepKind.END), actors=2), actors=("Sekretaris", long))
    shapes = {shape.get("bpmnElement"): shape for shape in prove(made).iter(D + "BPMNShape")}
    boxes = [bounds(shapes[f"Pelaksana_{n}"]) for n in (1, 2)]
    short, wide = (right - left for left, _, right, _ in boxes)
    assert short < 250
    assert wide > 6 * len(long)


def test_signs_that_xml_cannot_hold_are_marked() -> None:
    made = sop(step(1, 0, remark="a\x00b\x0cc"))
    assert read_bpmn(sop_bpmn(made)).steps[0].remark == "a\ufffdb\ufffdc"
