"""The flow of an SOP as a graph over row indexes: what the rules, the totals, the drawing and its narrative go by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from heapq import heappop, heappush

from pipeline.model.remembered import per_sop
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
class Forward:
    """What is reached from the first row, without the edges that go back: ``order`` has every row before those it
    leads to; ``targets`` of a row leave out FINISH and are in document order."""

    order: tuple[int, ...]
    targets: Mapping[int, tuple[int, ...]]

    def beyond(self, row: int) -> frozenset[int]:
        """Rows that come after ``row`` on some way, itself included."""
        return _closure([row], self.targets)


@dataclass(frozen=True, slots=True)
class Meeting:
    """Parallel branches of ``split`` meet at ``row``: one row of each group in ``sources`` must be done before it.

    A group holds the rows of one branch that lead to ``row`` by turns, such as the exits of a decision in it.
    """

    split: int
    row: int
    sources: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Flow:
    """Edges in document order, none twice; ``dangling`` holds (row, target number) of targets that do not exist.

    ``choices`` are the rows whose exits exclude one another; several exits of any other row are taken together.
    """

    size: int
    edges: tuple[Edge, ...]
    dangling: tuple[tuple[int, int], ...]
    choices: frozenset[int] = frozenset()

    _after: tuple[tuple[int, ...], ...] = field(init=False, repr=False, compare=False, default=())

    def __post_init__(self) -> None:
        after: list[list[int]] = [[] for _ in range(self.size)]
        for edge in self.edges:
            if edge.target != FINISH:
                after[edge.source].append(edge.target)
        object.__setattr__(self, "_after", tuple(map(tuple, after)))

    def successors(self, row: int) -> tuple[int, ...]:
        """Rows that follow ``row`` directly (FINISH excluded)."""
        return self._after[row] if 0 <= row < self.size else ()

    def reachable(self, start: int = 0) -> frozenset[int]:
        """Rows that can be reached from ``start``, itself included."""
        return _closure([start] if self.size else [], self._after)

    def ends(self) -> frozenset[int]:
        """Rows at which the flow may end: without exits, or with an exit to FINISH."""
        leading = {edge.source for edge in self.edges}
        finishing = {edge.source for edge in self.edges if edge.target == FINISH}
        return frozenset(row for row in range(self.size) if row not in leading or row in finishing)

    def ending(self) -> frozenset[int]:
        """Rows from which some end can be reached."""
        before: dict[int, list[int]] = {row: [] for row in range(self.size)}
        for edge in self.edges:
            if edge.target != FINISH:
                before[edge.target].append(edge.source)
        return _closure(self.ends(), before)

    def forward(self) -> Forward:
        """The flow from row 0 without its edges that go back: up the page (or to the row itself) in a circle.

        In which branch a circle is entered first makes no difference: a rejection that returns to one of several
        parallel branches goes back to each alike. A row above that is reached in no other way is gone on to, and what
        leads from it to the rows it was reached from goes back.
        """
        return self._going_forward

    @cached_property
    def _going_forward(self) -> Forward:
        return _forward(dict(enumerate(self._after)))

    def splits(self) -> frozenset[int]:
        """Rows whose several targets are gone on to at the same time (``lanjut: 5;6``)."""
        targets: dict[int, set[int]] = {}
        for edge in self.edges:
            if edge.source not in self.choices:
                targets.setdefault(edge.source, set()).add(edge.target)
        return frozenset(row for row, several in targets.items() if len(several) > 1)

    def meetings(self) -> tuple[Meeting, ...]:
        """Where the parallel branches of a split meet, in the order of rows.

        A row is a meeting where its forward edges come from at least two branches that share no row before it. An
        edge that goes back waits for nothing, and neither does a branch's first row for a decision of another branch.
        """
        forward = self.forward()
        before: dict[int, list[int]] = {}
        for row in forward.order:
            for target in dict.fromkeys(forward.targets[row]):
                before.setdefault(target, []).append(row)
        found: list[Meeting] = []
        for split in self.splits() & set(forward.order):
            branches = tuple(dict.fromkeys(forward.targets[split]))
            found += [m for m in _meetings(split, branches, forward, before) if not self._chosen(m)]
        return tuple(sorted(found, key=lambda meeting: (meeting.row, meeting.split)))

    def _chosen(self, meeting: Meeting) -> bool:
        sources = {source for group in meeting.sources for source in group}
        return meeting.split in sources and bool(sources & self.choices)


def _forward(exits: Mapping[int, Sequence[int]]) -> Forward:
    if not exits:
        return Forward((), {})
    rank = _ranks(exits)
    onward: dict[int, tuple[int, ...]] = {}
    reach: dict[int, frozenset[int]] = {}  # only of what an edge leads up to: most rows have none
    for row, targets in exits.items():
        if row in rank:
            upward = {target for target in targets if rank[target] <= rank[row]}
            reach.update({target: _closure([target], exits) for target in upward - reach.keys()})
            back = {target for target in upward if row in reach[target]}
            onward[row] = tuple(target for target in targets if target not in back)
    return Forward(_sorted(onward), {row: onward.get(row, ()) for row in exits})


def _ranks(exits: Mapping[int, Iterable[int]]) -> dict[int, int]:
    """Places of the rows that are reached from row 0: the order of the document, but none before one leads there.

    Every row but the first so has an edge from a row of lower rank, and stays reached without those that go back.
    """
    rank: dict[int, int] = {}
    waiting = [0]
    while waiting:
        row = heappop(waiting)
        if row not in rank:
            rank[row] = len(rank)
            for target in exits[row]:
                heappush(waiting, target)
    return rank


def _sorted(onward: Mapping[int, Iterable[int]]) -> tuple[int, ...]:
    """Rows of a flow that never goes round, from row 0 on, every row before those it leads to."""
    finished: list[int] = []
    seen = {0}
    stack = [(0, iter(onward[0]))]
    while stack:
        row, targets = stack[-1]
        target = next(targets, None)
        if target is None:
            finished.append(row)
            stack.pop()
        elif target not in seen:
            seen.add(target)
            stack.append((target, iter(onward[target])))
    return tuple(reversed(finished))


def _meetings(
    split: int, branches: tuple[int, ...], forward: Forward, before: Mapping[int, list[int]]
) -> Iterator[Meeting]:
    """Follow the branches of ``split`` (bit i for the i-th) and group the edges into every row by what they share."""
    passed: dict[int, int] = {}
    for row in forward.order:
        groups: list[tuple[int, list[int]]] = []
        for source in before.get(row, ()):
            bits = 1 << branches.index(row) if source == split else passed.get(source, 0)
            if not bits:
                continue
            kin = [group for group in groups if group[0] & bits]
            for mask, members in kin:
                groups.remove((mask, members))
                bits |= mask
            groups.append((bits, [*(member for _, members in kin for member in members), source]))
        if groups:
            passed[row] = sum(mask for mask, _ in groups)
        if len(groups) > 1:
            yield Meeting(split, row, tuple(sorted(tuple(sorted(members)) for _, members in groups)))


def _closure(start: Iterable[int], after: Mapping[int, Iterable[int]] | Sequence[Iterable[int]]) -> frozenset[int]:
    seen = set(start)
    todo = list(seen)
    while todo:
        for row in after[todo.pop()]:
            if row not in seen:
                seen.add(row)
                todo.append(row)
    return frozenset(seen)


@per_sop
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
    choices = frozenset(row for row, step in enumerate(sop.steps) if step.decides)
    return Flow(len(sop.steps), tuple(dict.fromkeys(edges)), tuple(dict.fromkeys(dangling)), choices)


_NEXT_ROW = -1


def _exits(step: Step, row: int, last: int) -> Iterator[tuple[str, int]]:
    for branch in step.branches:
        yield branch.label, branch.target
    for target in step.next:
        yield "", target
    stated = bool(step.branches or step.next)
    if not stated and step.kind not in (StepKind.END, StepKind.DECISION) and row < last:
        yield "", _NEXT_ROW
