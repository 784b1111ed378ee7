"""What the layout starts from: the form, the printed texts of every row, and the symbols each row needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.model.flow import FINISH, Flow, flow_of
from pipeline.model.form import Form
from pipeline.model.plan import SymbolKind
from pipeline.model.sop import Sop, Step, StepKind


@dataclass(frozen=True, slots=True)
class RowSheet:
    """A row as printed: paragraphs by column key, and its symbols as (actor column, kind), responsible one first.

    ``finish`` asks for a small end symbol below the row's own: an exit of it ends the flow. With ``handover`` the
    symbols follow one another in their order and the last one goes on; without, they are joined to the first.
    """

    texts: Mapping[str, tuple[str, ...]]
    symbols: tuple[tuple[int, SymbolKind], ...]
    name: str
    finish: bool = False
    handover: bool = False
    starts: bool = False  # its capsule says "Mulai", not "Selesai"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole step table. ``gap`` is printed where a row has no symbol."""

    form: Form
    actors: tuple[str, ...]
    rows: tuple[RowSheet, ...]
    flow: Flow
    gap: str


def drawn_flow(sheet: Sheet) -> Flow:
    """The arrows whose ends both have a symbol; where a step has no actor there is a gap instead."""
    rows = sheet.rows
    edges = tuple(
        edge
        for edge in sheet.flow.edges
        if rows[edge.source].symbols and (edge.target == FINISH or rows[edge.target].symbols)
    )
    return Flow(sheet.flow.size, edges, ())


_KINDS = {
    StepKind.START: SymbolKind.TERMINATOR,
    StepKind.PROCESS: SymbolKind.PROCESS,
    StepKind.DECISION: SymbolKind.DECISION,
    StepKind.END: SymbolKind.TERMINATOR,
}


def sheet_of(sop: Sop, form: Form, texts: Sequence[Mapping[str, tuple[str, ...]]], gap: str) -> Sheet:
    """The sheet of ``sop``; ``texts`` are the printed paragraphs of each row by column key.

    The first actor of a step gets the symbol of its kind, the others a box joined to it; where they hand over to one
    another, who decides or ends is the last. Without any actor the table keeps one column, headed by ``gap``.
    """
    flow = flow_of(sop)
    ending = {edge.source for edge in flow.edges if edge.target == FINISH}
    rows = tuple(
        _row(row, step, texts[row], finish=row in ending and any(c is not None for c in step.columns))
        for row, step in enumerate(sop.steps)
    )
    return Sheet(form, sop.actors or (gap,), rows, flow, gap)


def _row(row: int, step: Step, texts: Mapping[str, tuple[str, ...]], *, finish: bool) -> RowSheet:
    columns = tuple(dict.fromkeys(column for column in step.columns if column is not None))
    handover = step.handover and len(columns) > 1
    chief = len(columns) - 1 if handover and step.kind is not StepKind.START else 0
    symbols = tuple(
        (column, _KINDS[step.kind] if order == chief else SymbolKind.PROCESS) for order, column in enumerate(columns)
    )
    starts = step.kind is StepKind.START
    return RowSheet(texts, symbols, f"Langkah {step.number or row + 1}", finish, handover, starts)
