"""The flow of an SOP as a graph over row indexes: what both the rules and the drawing go by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.model.sop import END, Sop, Step, StepKind

FINISH = -1
"""Target row of an edge that ends the flow at its source (``selesai`` as the target of an exit)."""


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """An arrow from row ``source`` to row ``target`` (indexes from 0, or FINISH), with its printed label."""

    source: int
    target: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """Edges in document order; ``dangling`` holds (row, target number) of targets that do not exist."""

    size: int
    edges: tuple[Edge, ...]
    dangling: tuple[tuple[int, int], ...]

    def successors(self, row: int) -> tuple[int, ...]:
        """Rows that follow ``row`` directly (FINISH excluded)."""
        return tuple(e.target for e in self.edges if e.source == row and e.target != FINISH)

    def reachable(self, start: int = 0) -> frozenset[int]:
        """Rows that can be reached from ``start``, itself included."""
        return _closure([start] if self.size else [], {r: self.successors(r) for r in range(self.size)})

    def ending(self) -> frozenset[int]:
        """Rows from which some end can be reached: a row without exits, or an exit to FINISH."""
        before: dict[int, list[int]] = {r: [] for r in range(self.size)}
        exits = dict.fromkeys(range(self.size), 0)
        ends: list[int] = []
        for edge in self.edges:
            exits[edge.source] += 1
            if edge.target == FINISH:
                ends.append(edge.source)
            else:
                before[edge.target].append(edge.source)
        ends += [row for row, count in exits.items() if count == 0]
        return _closure(ends, before)


def _closure(start: Iterable[int], after: dict[int, tuple[int, ...]] | dict[int, list[int]]) -> frozenset[int]:
    seen = set(start)
    todo = list(seen)
    while todo:
        for row in after[todo.pop()]:
            if row not in seen:
                seen.add(row)
                todo.append(row)
    return frozenset(seen)


def flow_of(sop: Sop) -> Flow:
    """The graph of ``sop``. A step without a stated continuation leads to the next row; the last row ends.

    A decision leads only where its exits say: a missing exit is not invented (rule ALR-02 reports it).
    """
    rows = {step.number: row for row, step in reversed(list(enumerate(sop.steps))) if step.number is not None}
    edges: list[Edge] = []
    dangling: list[tuple[int, int]] = []
    last = len(sop.steps) - 1
    for row, step in enumerate(sop.steps):
        for label, target in _exits(step, row, last):
            if target == END:
                if step.kind is not StepKind.END:
                    edges.append(Edge(row, FINISH, label))
            elif target < 0:
                edges.append(Edge(row, row + 1, label))
            elif target in rows:
                edges.append(Edge(row, rows[target], label))
            else:
                dangling.append((row, target))
    return Flow(len(sop.steps), tuple(edges), tuple(dangling))


_NEXT_ROW = -1


def _exits(step: Step, row: int, last: int) -> Iterator[tuple[str, int]]:
    for branch in step.branches:
        yield branch.label, branch.target
    for target in step.next:
        yield "", target
    stated = bool(step.branches or step.next)
    if not stated and step.kind not in (StepKind.END, StepKind.DECISION) and row < last:
        yield "", _NEXT_ROW
