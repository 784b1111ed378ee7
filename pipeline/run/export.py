"""An SOP in other formats: hands the layout's plan to ``pipeline.export``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.export.bpmn import bpmn
from pipeline.export.cells import Cells
from pipeline.export.diagram import draw, edge_of, rows_of
from pipeline.export.process import Node, NodeKind, Process, process_of
from pipeline.export.svg import Printed, page_svg
from pipeline.layout.plan import plan_flowchart
from pipeline.layout.sheet import RowSheet, Sheet
from pipeline.model.bpmn import GAP_ACTOR
from pipeline.model.flow import Edge, Flow
from pipeline.model.form import ACTORS, MM, Column, Form, TextStyle
from pipeline.model.naming import sop_name
from pipeline.model.plan import Plan, SymbolKind
from pipeline.model.sop import Sop
from pipeline.render import sop as sop_document
from pipeline.render.narrative import page_narratives
from pipeline.render.watermark import watermark_word
from pipeline.run.typesetting import Metrics

_LANE = 30 * MM
_ROW = 60 * MM
"""More than any row of a process needs: all of them stand on one page."""
_PLAIN = TextStyle("Arial", 7.0)


def sop_svg(sop: Sop, plan: Plan, form: Form, cells: Sequence[Cells]) -> Iterator[bytes]:
    """Every flowchart page of ``sop`` as SVG; ``plan``, ``form`` and ``cells`` are those of the document."""
    number = f", Nomor {sop.number}" if sop.number else ""
    printed = Printed(
        name=re.sub(r"[^A-Za-z0-9-]+", "-", sop.id).strip("-") or "sop",
        heading=f"{sop_name(sop.title) if sop.title else 'SOP'}{number}",
        mark=watermark_word(sop.stage),
        form=form,
        actors=sop.actors or (sop_document.GAP_ACTOR,),
        cells=cells,
        typesetter=Metrics(),
    )
    for index, narrative in enumerate(page_narratives(sop, plan)):
        yield page_svg(plan, index, printed, narrative)


def sop_bpmn(sop: Sop) -> bytes:
    """``sop`` as BPMN 2.0, laid out by the same engine as the printed flowchart, on one page of any height."""
    process = process_of(sop)
    form = _tall_form(process)
    plan = plan_flowchart(_sheet(process, form))
    return bpmn(sop, process, draw(process, plan, form))


def _tall_form(process: Process) -> Form:
    """A page without texts: its rows are as high as their symbols."""
    width = _LANE * len(process.lanes)
    columns = (Column("no", MM, _PLAIN), Column(ACTORS, width, _PLAIN), Column("kegiatan", MM, _PLAIN))
    height = _ROW * (len(process.nodes) + 2)
    return Form(width + 2 * MM, height, 0, 0, 0, 0, columns, (), 0, 0, 0, 0)


_SYMBOLS = {NodeKind.START: SymbolKind.TERMINATOR, NodeKind.TASK: SymbolKind.PROCESS, NodeKind.CALL: SymbolKind.PROCESS}


def _sheet(process: Process, form: Form) -> Sheet:
    """A row for every node; an end is the small symbol below the row before it."""
    order = rows_of(process)
    node_row = {node: row for row, node in enumerate(order)}
    rows = tuple(_row(process.nodes[index], process.nodes[index + 1 : index + 2]) for index in order)
    edges = tuple(Edge(*edge_of(process, link, node_row)) for link in process.links)
    return Sheet(form, process.lanes, rows, Flow(len(rows), edges, ()), GAP_ACTOR)


def _row(node: Node, after: tuple[Node, ...]) -> RowSheet:
    # A diamond speaks for its step alone: no line may touch a partner's box, of which BPMN makes a note.
    kind = SymbolKind.DECISION if node.partners else _SYMBOLS.get(node.kind, SymbolKind.DECISION)
    partners = tuple((lane, SymbolKind.PROCESS) for lane in node.partners)
    finish = any(other.kind is NodeKind.END for other in after)
    return RowSheet({}, ((node.lane, kind), *partners), node.id, finish)
