"""An SOP as BPMN 2.0: one pool with a lane for every actor, the flow, and where everything stands.

The same SOP gives the same file, byte by byte. ``pipeline.readers.bpmn`` reads it back to the same steps.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.export.diagram import Diagram
from pipeline.export.process import Link, Node, NodeKind, Process
from pipeline.export.xml import attributes, text
from pipeline.model.bpmn import DC, DI, DIAGRAM, FINISH_WORD, GAP, MODEL, OWN
from pipeline.model.plan import Point, Rect
from pipeline.model.sop import END, Sop, Step

_POOL, _DIAGRAM = "Kolam", "Diagram"


def bpmn(sop: Sop, process: Process, diagram: Diagram) -> bytes:
    """The BPMN file of ``sop`` in UTF-8; ``process`` and ``diagram`` are those of this SOP."""
    name = "SOP_" + re.sub(r"[^A-Za-z0-9_.-]", "_", sop.id)
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<bpmn:definitions xmlns:bpmn="{MODEL}" xmlns:bpmndi="{DIAGRAM}" xmlns:dc="{DC}" xmlns:di="{DI}" '
        f'xmlns:tertib="{OWN}" id="Definisi" targetNamespace="{OWN}" exporter="tertib">',
        '<bpmn:collaboration id="Kolaborasi">',
        f"<bpmn:participant{attributes(id=_POOL, name=sop.title or GAP, processRef=name)}/>",
        "</bpmn:collaboration>",
        f"<bpmn:process{attributes(id=name, name=sop.title or GAP, isExecutable='false')}>",
        *_about(sop),
        *_lanes(process),
        *_nodes(sop, process),
        *(_link(link, process) for link in process.links),
        *_notes(sop, process),
        "</bpmn:process>",
        *_picture(process, diagram),
        "</bpmn:definitions>\n",
    ]
    return "\n".join(parts).encode()


def _about(sop: Sop) -> Iterator[str]:
    facts = attributes(id=sop.id, nomor=sop.number or None, judul=sop.title, tahap=sop.stage.value)
    number = f"Nomor {sop.number}. " if sop.number else ""
    yield f"<bpmn:documentation>{text(number)}Tahap: {sop.stage.value}.</bpmn:documentation>"
    yield f"<bpmn:extensionElements><tertib:sop{facts}/></bpmn:extensionElements>"


def _lanes(process: Process) -> Iterator[str]:
    yield '<bpmn:laneSet id="Pelaksana">'
    for index, name in enumerate(process.lanes):
        yield f"<bpmn:lane{attributes(id=_lane_id(index), name=name)}>"
        if process.gap and index == len(process.lanes) - 1:
            yield "<bpmn:extensionElements><tertib:tanpaPelaksana/></bpmn:extensionElements>"
        yield from (f"<bpmn:flowNodeRef>{n.id}</bpmn:flowNodeRef>" for n in process.nodes if n.lane == index)
        yield "</bpmn:lane>"
    yield "</bpmn:laneSet>"


def _lane_id(index: int) -> str:
    return f"Pelaksana_{index + 1}"


def _nodes(sop: Sop, process: Process) -> Iterator[str]:
    incoming: dict[int, list[str]] = {}
    outgoing: dict[int, list[str]] = {}
    for link in process.links:
        outgoing.setdefault(link.source, []).append(link.id)
        incoming.setdefault(link.target, []).append(link.id)
    for index, node in enumerate(process.nodes):
        ins, outs = incoming.get(index, ()), outgoing.get(index, ())
        yield f"<bpmn:{node.kind.value}{attributes(id=node.id, name=node.name or None, **_direction(node, ins, outs))}>"
        if node.part_of:
            yield f"<bpmn:extensionElements><tertib:penerusan{attributes(dari=node.part_of)}/></bpmn:extensionElements>"
        elif node.kind.is_activity:
            yield from _step(sop.steps[node.row])
        yield from (f"<bpmn:incoming>{name}</bpmn:incoming>" for name in ins)
        yield from (f"<bpmn:outgoing>{name}</bpmn:outgoing>" for name in outs)
        yield f"</bpmn:{node.kind.value}>"


def _direction(node: Node, ins: Iterable[str], outs: Iterable[str]) -> dict[str, str]:
    if not node.kind.is_gateway:
        return {}
    several = len(list(outs)) > 1
    return {"gatewayDirection": "Diverging" if several or len(list(ins)) < 2 else "Converging"}


def _step(step: Step) -> Iterator[str]:
    said = "\n".join(_documentation(step))
    if said:
        yield f"<bpmn:documentation>{text(said)}</bpmn:documentation>"
    facts = attributes(
        no=step.number,
        jenis=step.kind.value,
        kegiatan=None if step.activity else "",
        dalam=step.within,
        rujukan=step.reference or None,
        diteruskan="ya" if step.handover else None,
    )
    yield f"<bpmn:extensionElements><tertib:langkah{facts}>"
    columns = (*step.columns, *[None] * (len(step.actors) - len(step.columns)))
    for name, column in zip(step.actors, columns, strict=False):
        lane = attributes(lajur=None if column is None else _lane_id(column))
        yield f"<tertib:pelaksana{lane}>{text(name)}</tertib:pelaksana>"
    yield from (f"<tertib:kelengkapan>{text(item)}</tertib:kelengkapan>" for item in step.inputs)
    if step.time is not None:
        yield f"<tertib:waktu>{text(step.time.text)}</tertib:waktu>"
    yield from (f"<tertib:output>{text(item)}</tertib:output>" for item in step.outputs)
    if step.remark:
        yield f"<tertib:keterangan>{text(step.remark)}</tertib:keterangan>"
    for branch in step.branches:
        yield f"<tertib:cabang{attributes(nama=branch.label, ke=_target(branch.target))}/>"
    yield from (f"<tertib:lanjut{attributes(ke=_target(target))}/>" for target in step.next)
    yield "</tertib:langkah></bpmn:extensionElements>"


def _target(number: int) -> str:
    return FINISH_WORD if number == END else str(number)


def _documentation(step: Step) -> Iterator[str]:
    """What the form prints beside the drawing, in words: every tool shows it."""
    if len(step.actors) > 1:
        yield f"Pelaksana: {(' > ' if step.handover else '; ').join(step.actors)}"
    if step.inputs:
        yield f"Kelengkapan: {'; '.join(step.inputs)}"
    if step.time is not None and step.time.text.strip():
        yield f"Waktu: {step.time.text.strip()}"
    if step.outputs:
        yield f"Output: {'; '.join(step.outputs)}"
    if step.remark:
        yield f"Keterangan: {step.remark}"
    if step.within is not None:
        yield f"Waktunya termasuk dalam waktu langkah {step.within}"
    if step.references:
        yield f"Lihat SOP: {'; '.join(step.references)}"


def _link(link: Link, process: Process) -> str:
    ends = attributes(
        id=link.id,
        name=link.name or None,
        sourceRef=process.nodes[link.source].id,
        targetRef=process.nodes[link.target].id,
    )
    return f"<bpmn:sequenceFlow{ends}/>"


def _note_id(node: Node, lane: int) -> str:
    return f"Bersama_{node.row + 1}_{lane + 1}"


def _notes(sop: Sop, process: Process) -> Iterator[str]:
    """A note in the lane of everyone who does a step with its first actor: BPMN has a node in one lane only."""
    for node in process.nodes:
        for lane in node.partners:
            name = _note_id(node, lane)
            number = sop.steps[node.row].number or node.row + 1
            said = f"<bpmn:text>Bersama: langkah {number}</bpmn:text>"
            yield f'<bpmn:textAnnotation id="{name}">{said}</bpmn:textAnnotation>'
            yield f'<bpmn:association id="Ikatan_{name}" sourceRef="{name}" targetRef="{node.id}"/>'


def _picture(process: Process, diagram: Diagram) -> Iterator[str]:
    yield f'<bpmndi:BPMNDiagram id="{_DIAGRAM}"><bpmndi:BPMNPlane id="{_DIAGRAM}_bidang" bpmnElement="Kolaborasi">'
    yield from _shape(_POOL, diagram.pool, 'isHorizontal="false"')
    for index, rect in enumerate(diagram.lanes):
        yield from _shape(_lane_id(index), rect, 'isHorizontal="false"')
    for node in process.nodes:
        marked = 'isMarkerVisible="true"' if node.kind is NodeKind.CHOICE else ""
        yield from _shape(node.id, diagram.nodes[node.id], marked, named=node.kind in (NodeKind.START, NodeKind.END))
        yield from (_note_shape(node, lane, diagram) for lane in node.partners if (node.id, lane) in diagram.notes)
    for link in process.links:
        yield from _edge(link.id, diagram.links[link.id], diagram.labels.get(link.id))
    for node in process.nodes:
        for lane in node.partners:
            if (node.id, lane) in diagram.ties:
                yield from _edge(f"Ikatan_{_note_id(node, lane)}", diagram.ties[node.id, lane], None)
    yield "</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>"


def _note_shape(node: Node, lane: int, diagram: Diagram) -> str:
    return "".join(_shape(_note_id(node, lane), diagram.notes[node.id, lane], ""))


def _shape(name: str, rect: Rect, more: str, *, named: bool = False) -> Iterator[str]:
    """``named`` puts the name beside the shape, to its right, where no line runs."""
    label = ""
    if named:
        beside = Rect(rect.right + 4, rect.y + 2, 46, 14)
        label = f"<bpmndi:BPMNLabel>{_bounds(beside)}</bpmndi:BPMNLabel>"
    gap = " " if more else ""
    yield f'<bpmndi:BPMNShape id="{name}_di" bpmnElement="{name}"{gap}{more}>{_bounds(rect)}{label}</bpmndi:BPMNShape>'


def _bounds(rect: Rect) -> str:
    return f'<dc:Bounds x="{rect.x}" y="{rect.y}" width="{rect.width}" height="{rect.height}"/>'


def _edge(name: str, points: tuple[Point, ...], label: Rect | None) -> Iterator[str]:
    way = "".join(f'<di:waypoint x="{x}" y="{y}"/>' for x, y in points)
    beside = "" if label is None else f"<bpmndi:BPMNLabel>{_bounds(label)}</bpmndi:BPMNLabel>"
    yield f'<bpmndi:BPMNEdge id="{name}_di" bpmnElement="{name}">{way}{beside}</bpmndi:BPMNEdge>'
