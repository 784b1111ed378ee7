"""The flow of an SOP in the terms of BPMN.

Every step is an activity. What the form draws as a diamond is work as well (somebody checks, and it takes time), so a
decision is an activity followed by an exclusive gateway, whose outgoing flows carry the names of the exits. A step
that is handed over (``A > B``) is one activity for each who has it in hand, the later ones parts of the first.

Steps that go on together leave through a parallel gateway. Where their branches meet, one waits for all of them, or an
inclusive gateway for those that come, where a branch may also end or go elsewhere, or a rejection returns to one of
them alone. Ways that lead to a row by turns simply enter it, unless they are one of several branches that meet: then an
exclusive gateway brings them together first, because the parallel one waits for each of its flows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pipeline.model.bpmn import GAP, GAP_ACTOR
from pipeline.model.flow import FINISH, Edge, Flow, Meeting, flow_of
from pipeline.model.sop import Sop, Step, StepKind


class NodeKind(StrEnum):
    """Kinds of nodes; the values are BPMN's elements."""

    START = "startEvent"
    END = "endEvent"
    TASK = "userTask"
    CALL = "callActivity"
    CHOICE = "exclusiveGateway"
    PARALLEL = "parallelGateway"
    INCLUSIVE = "inclusiveGateway"

    @property
    def is_activity(self) -> bool:
        """Is it a step?"""
        return self in (NodeKind.TASK, NodeKind.CALL)

    @property
    def is_gateway(self) -> bool:
        """Is it drawn as a diamond?"""
        return self in (NodeKind.CHOICE, NodeKind.PARALLEL, NodeKind.INCLUSIVE)


@dataclass(frozen=True, slots=True)
class Node:
    """A node of step ``row`` in lane ``lane``; ``partners`` are the lanes of those who do an activity with others.

    ``part_of`` is the activity that this one continues in other hands, "" for all others.
    """

    id: str
    kind: NodeKind
    row: int
    lane: int
    name: str = ""
    partners: tuple[int, ...] = ()
    part_of: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A sequence flow between two nodes (indexes), with the name of the exit that it is."""

    id: str
    source: int
    target: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Process:
    """``lanes`` are the actors; with ``gap`` the last one is for steps without an actor."""

    lanes: tuple[str, ...]
    gap: bool
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]


def process_of(sop: Sop) -> Process:
    """The process of ``sop``: nodes in the order of the rows, each row's own in the order of the flow."""
    return _Builder(sop).process()


def lane_of(step: Step, actors: int) -> int:
    """The lane of a step: that of its first actor who has a column, else the one after the ``actors``."""
    return next((column for column in step.columns if column is not None), actors)


class _Builder:
    """Puts a process together; only used by ``process_of``."""

    def __init__(self, sop: Sop) -> None:
        self.sop, self.flow = sop, flow_of(sop)
        self.nodes: list[Node] = []
        self.links: list[tuple[int, int, str]] = []
        self.activity: dict[int, int] = {}
        self.leaving: dict[int, int] = {}
        self.ends: dict[int, int] = {}
        self.entry: dict[Edge, int] = {}
        meetings = self.flow.meetings()
        self.turns = _turns(self.flow, meetings)
        self.certain = {m.row for m in meetings} - {m.row for m in meetings if not _is_certain(self.flow, m)}

    def process(self) -> Process:
        for row, step in enumerate(self.sop.steps):
            self._step(row, step)
        for row in range(self.flow.size):
            self._exits(row)
        gap = not self.sop.actors or any(node.lane == len(self.sop.actors) for node in self.nodes)
        lanes = (*self.sop.actors, GAP_ACTOR) if gap else self.sop.actors
        ordered = sorted(self.links, key=lambda link: link[0])  # stable: exits stay in their order
        links = [Link(f"Alur_{number}", *link) for number, link in enumerate(ordered, 1)]
        return Process(lanes, gap, tuple(self.nodes), tuple(links))

    def _put(self, id: str, kind: NodeKind, row: int, lane: int, name: str = "", **more: Any) -> int:
        self.nodes.append(Node(id, kind, row, lane, name, **more))
        return len(self.nodes) - 1

    def _step(self, row: int, step: Step) -> None:
        columns = tuple(dict.fromkeys(column for column in step.columns if column is not None))
        lane = lane_of(step, len(self.sop.actors))
        entered = any(edge.target == row for edge in self.flow.edges)
        before: list[int] = []
        if row == 0 or (step.kind is StepKind.START and not entered):
            before.append(self._put(f"Mulai_{row + 1}", NodeKind.START, row, lane, "Mulai"))
        before += self._meeting(row, lane)
        kind, name = NodeKind.CALL if step.references else NodeKind.TASK, step.activity or GAP
        partners = () if step.handover else columns[1:]
        own = self._put(f"Langkah_{row + 1}", kind, row, lane, name, partners=partners)
        self.activity[row] = self.leaving[row] = own
        self.links += [(source, own, "") for source in before]
        for order, other in enumerate(columns[1:] if step.handover else (), 2):
            part = self._put(f"Langkah_{row + 1}_{order}", kind, row, other, name, part_of=self.nodes[own].id)
            self._go_on(row, part)
        self._close(row, step)

    def _go_on(self, row: int, node: int) -> None:
        """Let the step leave through ``node`` from now on."""
        self.links.append((self.leaving[row], node, ""))
        self.leaving[row] = node

    def _close(self, row: int, step: Step) -> None:
        """The gateway for several exits, and the end."""
        edges = [edge for edge in self.flow.edges if edge.source == row]
        lane = self.nodes[self.leaving[row]].lane
        if edges and row in self.flow.choices:
            self._go_on(row, self._put(f"Keputusan_{row + 1}", NodeKind.CHOICE, row, lane))
        elif len(edges) > 1:
            self._go_on(row, self._put(f"Cabang_{row + 1}", NodeKind.PARALLEL, row, lane))
        if any(edge.target == FINISH for edge in edges) or self._closes(row, step, edges):
            self.ends[row] = self._put(f"Selesai_{row + 1}", NodeKind.END, row, lane, "Selesai")

    def _closes(self, row: int, step: Step, edges: list[Edge]) -> bool:
        """Does the flow end after a row that leads nowhere? Not where an exit is missing or its target is."""
        lost = {source for source, _ in self.flow.dangling}
        return not edges and row not in lost and (step.kind is StepKind.END or row not in self.flow.choices)

    def _meeting(self, row: int, lane: int) -> Iterator[int]:
        """The gateway that waits for the branches that meet at ``row``, if any do."""
        groups = self.turns.get(row, ())
        if not groups:
            return
        by_turns = sum(len(group) > 1 for group in groups)
        merges = [self._put(f"Temu{n}_{row + 1}", NodeKind.CHOICE, row, lane) for n in range(1, by_turns + 1)]
        kind = NodeKind.PARALLEL if row in self.certain else NodeKind.INCLUSIVE
        join = self._put(f"Gabung_{row + 1}", kind, row, lane)
        self.links += [(merge, join, "") for merge in merges]
        for group in groups:
            target = join if len(group) == 1 else merges.pop(0)
            self.entry.update(dict.fromkeys(group, target))
        yield join

    def _exits(self, row: int) -> None:
        source = self.leaving[row]
        exits = [edge for edge in self.flow.edges if edge.source == row]
        for edge in exits:
            target = self.ends[row] if edge.target == FINISH else self.entry.get(edge, self.activity[edge.target])
            self.links.append((source, target, edge.label))
        if not exits and row in self.ends:
            self.links.append((source, self.ends[row], ""))


def _is_certain(flow: Flow, meeting: Meeting) -> bool:
    """Does every branch always come to the meeting, each time it is waited for?

    Not a branch that may end or go back over the split, and not when a rejection later returns to one branch alone.
    """
    heads = [head for head in flow.successors(meeting.split) if meeting.row in flow.reachable(head)]
    inside: set[int] = set()
    for head in heads:
        todo = [head]
        while todo:
            row = todo.pop()
            if row != meeting.row and row not in inside:
                inside.add(row)
                todo += flow.successors(row)
    reached = flow.reachable() - inside - {meeting.split}
    again = any(edge.source in reached and edge.target in inside for edge in flow.edges)
    return not again and not inside & (flow.ends() | {meeting.split})


def _turns(flow: Flow, meetings: Sequence[Meeting]) -> dict[int, tuple[tuple[Edge, ...], ...]]:
    """By row at which branches meet: the edges into it, those in one group that come by turns."""
    keys: dict[int, dict[int, list[tuple[int, int]]]] = {}
    for number, meeting in enumerate(meetings):
        for group, sources in enumerate(meeting.sources):
            for source in sources:
                keys.setdefault(meeting.row, {}).setdefault(source, []).append((number, group))
    found: dict[int, tuple[tuple[Edge, ...], ...]] = {}
    for row, sources_of in keys.items():
        groups: dict[tuple[tuple[int, int], ...], list[Edge]] = {}
        for edge in flow.edges:
            if edge.target == row and edge.source in sources_of:
                groups.setdefault(tuple(sources_of[edge.source]), []).append(edge)
        if len(groups) > 1:
            found[row] = tuple(tuple(group) for group in groups.values())
    return found
