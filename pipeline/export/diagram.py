"""Where the nodes of a process stand and how its flows run: the layout's plan, stretched to the sizes of BPMN tools.

The plan has small symbols, because the form prints the activity beside them; BPMN writes it inside. So both axes are
stretched piece by piece: where a symbol stands they grow to what its text needs, between symbols they grow evenly.
Order and right angles stay, and so does everything the layout promises. Results are in px (96 to the inch).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import isqrt

from pipeline.export.process import Link, Node, NodeKind, Process
from pipeline.model.flow import FINISH
from pipeline.model.form import ACTORS, MM, Form
from pipeline.model.plan import PagePlan, Plan, Point, Rect, Symbol

BAND = 30
"""Height of the head of the pool and of a lane."""
_LEFT, _TOP = 160, 80
"""Where editors put the first pool."""
_GAP = 8
"""Px per millimetre between symbols."""
_LANE, _WIDEST = 230, 460
"""Width of a lane, and up to which it grows so that its name stays on one line."""
_ACTIVITY = 140, 80
_GATEWAY = 50
_EVENT = 36
_SIGN, _LINE = 6.6, 15
"""Usual width of a sign and height of a line at the 12 px that tools write in."""
_MARK = 54
"""Height that the mark of an activity's kind takes, above the name and as much below."""
_LABEL = 6.4, 14
"""The same for the 11 px of labels."""
_LABEL_SIGNS = 13
"""Where a label is broken."""


@dataclass(frozen=True, slots=True)
class Diagram:
    """Rectangles and points in px, by the ids of the elements; ``notes`` are boxes of partners by (node id, lane)."""

    pool: Rect
    lanes: tuple[Rect, ...]
    nodes: Mapping[str, Rect]
    links: Mapping[str, tuple[Point, ...]]
    labels: Mapping[str, Rect]
    notes: Mapping[tuple[str, int], Rect]
    ties: Mapping[tuple[str, int], tuple[Point, ...]]


class _Axis:
    """A stretched axis: EMU to px, linear between its marks."""

    def __init__(self, marks: Iterable[tuple[int, float]]) -> None:
        known = sorted(set(marks))
        self._from = [at for at, _ in known]
        self._to = [px for _, px in known]

    def __call__(self, value: int) -> int:
        index = min(max(bisect_right(self._from, value), 1), len(self._from) - 1)
        a, b = self._from[index - 1], self._from[index]
        low, high = self._to[index - 1], self._to[index]
        return round(low + (high - low) * (value - a) / (b - a))


def rows_of(process: Process) -> tuple[int, ...]:
    """The nodes (indexes) that have a row of their own in the layout, in order; ends hang below the node before."""
    return tuple(i for i, node in enumerate(process.nodes) if node.kind is not NodeKind.END)


def draw(process: Process, plan: Plan, form: Form) -> Diagram:
    """The diagram of ``process`` from the ``plan`` of its rows on one page of ``form``.

    A flow for which the layout found no way gets a plain one.
    """
    return _Drawing(process, plan, form).diagram()


class _Drawing:
    """One diagram in the making; only used by ``draw``."""

    def __init__(self, process: Process, plan: Plan, form: Form) -> None:
        self.process = process
        self.page = plan.pages[0] if plan.pages else PagePlan((), (), Rect(0, 0, 1, 1), (), (), ())
        self.rows = {row: node for row, node in enumerate(rows_of(process))}
        self.node_row = {node: row for row, node in self.rows.items()}
        self.symbols = dict(self._symbols())
        self.x = _Axis(self._columns(plan, form))
        self.y = _Axis(self._heights())
        self.edges = self._edges(plan, form)

    def _symbols(self) -> Iterator[tuple[int, Symbol]]:
        """The symbol of every node: an end hangs lowest in the row before it."""
        for index, node in enumerate(self.process.nodes):
            row = self.node_row.get(index if node.kind is not NodeKind.END else index - 1)
            own = [s for s in self.page.symbols if s.row == row and s.column == node.lane]
            if own:
                pick = max if node.kind is NodeKind.END else min
                yield index, pick(own, key=lambda symbol: symbol.rect.y)

    def _edges(self, plan: Plan, form: Form) -> tuple[int, ...]:
        count = len(self.process.lanes)
        start = next(i for i, column in enumerate(form.columns) if column.key == ACTORS)
        return tuple(accumulate(plan.widths[start : start + count], initial=self.page.area.x))

    def _columns(self, plan: Plan, form: Form) -> Iterator[tuple[int, float]]:
        """Lanes with their names on one line: tools write them into a band of a fixed height. Long ones take more."""
        widths = [self._width(name) for name in self.process.lanes]
        edges, lefts = self._edges(plan, form), tuple(accumulate(widths, initial=_LEFT))
        yield from zip(edges, lefts, strict=True)
        for lane in range(len(edges) - 1):
            rects = [symbol.rect for symbol in self.page.symbols if symbol.column == lane]
            if rects:
                middle = lefts[lane] + widths[lane] / 2
                yield min(rect.x for rect in rects), middle - _ACTIVITY[0] / 2
                yield max(rect.right for rect in rects), middle + _ACTIVITY[0] / 2

    def _width(self, name: str) -> int:
        """Width of a lane: its name stays on one line, or on two where that would be too wide."""
        lengths = (min(len(name) * _SIGN + 24, _WIDEST), len(name) / 2 * _SIGN + 24)
        return max(_LANE, *(round(length) for length in lengths))

    def _heights(self) -> Iterator[tuple[int, float]]:
        at, px = self.page.area.y, float(_TOP + 2 * BAND)
        yield at, px
        for top, bottom, height in self._bands():
            px += (top - at) / MM * _GAP
            yield top, px
            px += height
            yield bottom, px
            at = bottom
        yield self.page.area.bottom + 1, px + (self.page.area.bottom - at) / MM * _GAP

    def _bands(self) -> Iterator[tuple[int, int, int]]:
        """Strips in which symbols stand (EMU), from above, with the height that the highest of them needs (px)."""
        strips: list[tuple[int, int, int]] = []
        for index, symbol in sorted(self.symbols.items(), key=lambda item: item[1].rect.y):
            top, bottom, height = symbol.rect.y, symbol.rect.bottom, node_height(self.process.nodes[index])
            if strips and top < strips[-1][1]:
                last = strips.pop()
                top, bottom, height = last[0], max(last[1], bottom), max(last[2], height)
            strips.append((top, bottom, height))
        yield from strips

    def point(self, at: Point) -> Point:
        return self.x(at[0]), self.y(at[1])

    def rect(self, rect: Rect) -> Rect:
        (left, top), (right, bottom) = self.point((rect.x, rect.y)), self.point((rect.right, rect.bottom))
        return Rect(left, top, right - left, bottom - top)

    def diagram(self) -> Diagram:
        left, right = self.x(self.edges[0]), self.x(self.edges[-1])
        bottom = max(self.y(self.page.area.bottom), _TOP + 2 * BAND + 60)
        pool = Rect(left, _TOP, right - left, bottom - _TOP)
        xs = [self.x(edge) for edge in self.edges]
        lanes = tuple(Rect(a, _TOP + BAND, b - a, pool.height - BAND) for a, b in pairwise(xs))
        nodes = {node.id: self._node(index, node) for index, node in enumerate(self.process.nodes)}
        links = {link.id: self._link(link, nodes) for link in self.process.links}
        notes = dict(self._notes())
        return Diagram(
            pool, lanes, nodes, links, dict(self._labels(nodes, links)), notes, dict(self._ties(nodes, notes))
        )

    def _node(self, index: int, node: Node) -> Rect:
        symbol = self.symbols.get(index)
        if symbol is None:
            return Rect(_LEFT, _TOP + 2 * BAND, *node_size(node))
        box = self.rect(symbol.rect)
        if node.kind.is_activity or (node.kind.is_gateway and self._is_slanted(symbol)):
            return box
        (x, y), size = self.point(symbol.rect.center), node_size(node)[0]
        return Rect(x - size // 2, y - size // 2, size, size)

    def _is_slanted(self, symbol: Symbol) -> bool:
        """Does a line end beside a corner of the diamond? Then it keeps the shape of the plan."""
        x, y = symbol.rect.center
        ends = [
            line.points[end]
            for line in self.page.lines
            for end, own in ((0, line.source), (-1, line.target))
            if self.page.symbols[own] is symbol
        ]
        return any(abs(end[0] - x) > 1 and abs(end[1] - y) > 1 for end in ends)

    def _link(self, link: Link, nodes: Mapping[str, Rect]) -> tuple[Point, ...]:
        source, target = self.process.nodes[link.source], self.process.nodes[link.target]
        one, two = nodes[source.id], nodes[target.id]
        line = self._line_of(link)
        if line is None:
            return _plain(one, two)
        points = [self.point(at) for at in line]
        points = _reach(points, one, kind=source.kind)
        return tuple(_reach(points[::-1], two, kind=target.kind)[::-1])

    def _line_of(self, link: Link) -> tuple[Point, ...] | None:
        edge = self.edge_of(link)
        for line in self.page.lines:
            if line.edge is not None and (line.edge.source, line.edge.target, line.edge.label) == edge:
                return line.points
        return None

    def edge_of(self, link: Link) -> tuple[int, int, str]:
        return edge_of(self.process, link, self.node_row)

    def _labels(self, nodes: Mapping[str, Rect], links: Mapping[str, tuple[Point, ...]]) -> Iterator[tuple[str, Rect]]:
        """The names of exits where they leave: tools write them larger than the form, so they get other places."""
        taken = list(nodes.values())
        for link in self.process.links:
            if link.name:
                rects = list(beside(links[link.id], label_size(link.name)))
                room = (r for r in rects if self._is_inside(r) and not any(r.meets(other) for other in taken))
                free = (r for r in room if not _crossed(r, links.values()))
                rect = next(free, rects[0])
                taken.append(rect)
                yield link.id, rect

    def _is_inside(self, rect: Rect) -> bool:
        return self.x(self.edges[0]) < rect.x and rect.right < self.x(self.edges[-1])

    def _notes(self) -> Iterator[tuple[tuple[str, int], Rect]]:
        for row, index in self.rows.items():
            node = self.process.nodes[index]
            for symbol in self.page.symbols:
                if symbol.row == row and symbol.column in node.partners:
                    yield (node.id, symbol.column), self.rect(symbol.rect)

    def _ties(
        self, nodes: Mapping[str, Rect], notes: Mapping[tuple[str, int], Rect]
    ) -> Iterator[tuple[tuple[str, int], tuple[Point, ...]]]:
        """From every partner's box straight to the activity: both stand at one height."""
        for (name, lane), note in notes.items():
            own, y = nodes[name], note.center[1]
            yield (name, lane), ((note.right, y), (own.x, y)) if note.x < own.x else ((note.x, y), (own.right, y))


def edge_of(process: Process, link: Link, node_row: Mapping[int, int]) -> tuple[int, int, str]:
    """The edge between rows of the layout that a link is: source row, target row or FINISH, label."""
    ends = process.nodes[link.target].kind is NodeKind.END
    return node_row[link.source], FINISH if ends else node_row[link.target], link.name


def node_size(node: Node) -> tuple[int, int]:
    """Width and height of a node in px."""
    if node.kind.is_activity:
        return _ACTIVITY[0], node_height(node)
    size = _GATEWAY if node.kind.is_gateway else _EVENT
    return size, size


def node_height(node: Node) -> int:
    """Height of a node; an activity has room for its name below the mark of its kind."""
    if not node.kind.is_activity:
        return node_size(node)[1]
    lines = _lines(node.name, int((_ACTIVITY[0] - 14) / _SIGN))
    return max(_ACTIVITY[1], lines * _LINE + _MARK)


def _lines(value: str, room: int) -> int:
    """How many lines of ``room`` signs ``value`` takes, words unbroken where they fit."""
    count, used = 1, 0
    for word in value.split():
        if used and used + 1 + len(word) > room:
            count, used = count + 1, 0
        used += len(word) + (1 if used else 0)
        count, used = count + (used - 1) // room, (used - 1) % room + 1
    return count


def _reach(points: Sequence[Point], shape: Rect, *, kind: NodeKind) -> list[Point]:
    """``points`` with their start on the border of ``shape``, which is not quite that of the symbol of the plan.

    A box is met where the line comes, a circle as far in as it is round there, a diamond only at its corners: one that
    the plan meets beside them has kept the plan's shape (``_Drawing._node``).
    """
    (x, y), (next_x, next_y) = points[0], points[1]
    middle_x, middle_y = shape.center
    if y == next_y and (reach := _depth(y - middle_y, shape.width, shape.height, kind)) is not None:
        return [(middle_x + (reach if next_x > middle_x else -reach), y), *points[1:]]
    if x == next_x and (reach := _depth(x - middle_x, shape.height, shape.width, kind)) is not None:
        return [(x, middle_y + (reach if next_y > middle_y else -reach)), *points[1:]]
    if x == next_x and not kind.is_gateway:
        return [(shape.right if x > middle_x else shape.x, middle_y), (x, middle_y), *points[1:]]
    return list(points)


def _depth(off: int, along: int, across: int, kind: NodeKind) -> int | None:
    """How far from the middle the border lies for a line ``off`` the middle; None where it misses the shape."""
    if off == 0 or (kind.is_activity and 2 * abs(off) <= across):
        return along // 2
    if kind.is_activity or kind.is_gateway or 2 * abs(off) >= across:
        return None
    return isqrt((across // 2) ** 2 - off**2)


def label_size(name: str) -> tuple[int, int]:
    """Width and height of the name of an exit; tools break it where it is long."""
    lines = _lines(name, _LABEL_SIGNS)
    longest = min(len(name), max(_LABEL_SIGNS, *(len(word) for word in name.split()))) if name.split() else 1
    return round(longest * _LABEL[0]) + 4, lines * _LABEL[1]


def beside(points: Sequence[Point], size: tuple[int, int]) -> Iterator[Rect]:
    """Places for a label of ``size`` at the start of a line, best first: on the side away from where it turns."""
    for index in range(min(2, len(points) - 1)):
        turn = points[index + 2] if len(points) > index + 2 else points[index + 1]
        for shift in (3, 12, 30):
            yield from _at(points[index], points[index + 1], turn, size, shift)


def _at(start: Point, end: Point, turn: Point, size: tuple[int, int], shift: int) -> Iterator[Rect]:
    """At both sides of a stretch, ``shift`` px from its start."""
    (x, y), (width, height) = start, size
    if y == end[1]:
        left = x + shift if end[0] > x else x - shift - width
        above, below = Rect(left, y - height - 3, width, height), Rect(left, y + 3, width, height)
        yield from (below, above) if turn[1] < y else (above, below)
    else:
        top = y + shift if end[1] > y else y - shift - height
        right, far = Rect(x + 4, top, width, height), Rect(x - 4 - width, top, width, height)
        yield from (far, right) if turn[0] > x else (right, far)


def _crossed(rect: Rect, lines: Iterable[Sequence[Point]]) -> bool:
    return any(_cuts(one, two, rect) for line in lines for one, two in pairwise(line))


def _cuts(one: Point, two: Point, rect: Rect) -> bool:
    (left, right), (top, bottom) = sorted((one[0], two[0])), sorted((one[1], two[1]))
    return left <= rect.right and rect.x <= right and top <= rect.bottom and rect.y <= bottom


def _plain(one: Rect, two: Rect) -> tuple[Point, ...]:
    """Down, across, down; only where the layout found no way."""
    (x, _), (other, _) = one.center, two.center
    middle = (one.bottom + two.y) // 2
    return (x, one.bottom), (x, middle), (other, middle), (other, two.y)
