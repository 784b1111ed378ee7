"""Finds the way of every line: fewest crossings, then fewest bends, then shortest; the same input, the same way.

A* over the tracks of ``pipeline.layout.grid``. Costs are whole numbers: a hundredth of a millimetre of length is 1.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from pipeline.layout.grid import DOWN, LEFT, RIGHT, STEP, UP, Grid, Node
from pipeline.layout.ports import Port, ports
from pipeline.layout.scene import Arrow, Scene
from pipeline.model.form import MM
from pipeline.model.plan import Point, SymbolKind

_UNIT = MM // 100
_BEND = 1_500
_CROSSING = 6_000
_AGAINST_FLOW = 4_000
"""Leaving a symbol upwards or entering it from below: the flow of the form runs downwards."""
_SIDE_ENTRY = 300
"""Entering a symbol from the side where the arrow runs forward: from above is the habit."""


@dataclass(frozen=True, slots=True)
class Route:
    """A way: its nodes, the ports at its ends and its cost."""

    nodes: tuple[Node, ...]
    start: Port
    end: Port
    cost: int

    @property
    def leave(self) -> int:
        """Direction of the stub into the target."""
        return (self.end.side + 2) % 4


class Router:
    """Routes the arrows of one scene on one grid, and remembers which ports are taken."""

    def __init__(self, scene: Scene, grid: Grid) -> None:
        self.scene, self.grid = scene, grid
        self._ports = [tuple(ports(i, place, grid)) for i, place in enumerate(scene.places)]
        self._taken: set[Point] = set()
        self._exit_sides: dict[int, list[int]] = {}

    def commit(self, arrow: Arrow, route: Route) -> None:
        """Occupy a way."""
        self.grid.occupy(route.nodes, route.start.side, route.leave)
        self._taken |= {route.start.point, route.end.point}
        self._exit_sides.setdefault(arrow.source, []).append(route.start.side)

    def release(self, arrow: Arrow, route: Route) -> None:
        """Free a way again."""
        self.grid.release(route.nodes, route.start.side, route.leave)
        self._taken -= {route.start.point, route.end.point}
        self._exit_sides[arrow.source].remove(route.start.side)

    def find(self, arrow: Arrow, avoid: Collection[Point] = ()) -> Route | None:
        """The cheapest way for ``arrow`` as things stand, not leaving at ``avoid``; None when there is none.

        Ports beside the middle of a side are only looked at when the middle ones give no way without crossing.
        """
        starts = [(port, cost) for port, cost in self._exits(arrow) if port.point not in avoid]
        goals = list(self._entries(arrow))
        central = [item for item in starts if not item[0].cost], [item for item in goals if not item[0].cost]
        route = _direct(self.grid, *central) or _Search(self.grid, central[1]).run(central[0])
        if route is not None and route.cost < _CROSSING:
            return route
        other = _Search(self.grid, goals).run(starts)
        return other if route is None or (other is not None and other.cost < route.cost) else route

    def _exits(self, arrow: Arrow) -> Iterator[tuple[Port, int]]:
        kind = self.scene.places[arrow.source].symbol.kind
        used = self._exit_sides.get(arrow.source, [])
        for port in self._free(arrow.source):
            if arrow.join and port.side not in (LEFT, RIGHT):
                continue
            if kind is SymbolKind.DECISION and port.side in used:
                continue  # two exits of a decision leave at different sides
            upwards = port.side == UP and kind is not SymbolKind.CONNECTOR
            yield port, port.cost * 100 + (_AGAINST_FLOW if upwards else 0)

    def _entries(self, arrow: Arrow) -> Iterator[tuple[Port, int]]:
        kind = self.scene.places[arrow.target].symbol.kind
        for port in self._free(arrow.target):
            if arrow.join and port.side not in (LEFT, RIGHT):
                continue
            cost = port.cost * 100
            if port.side == DOWN and kind is not SymbolKind.CONNECTOR:
                cost += _AGAINST_FLOW
            elif port.side in (LEFT, RIGHT) and not arrow.back:
                cost += _SIDE_ENTRY
            yield port, cost

    def _free(self, index: int) -> Iterator[Port]:
        return (port for port in self._ports[index] if port.point not in self._taken)


_NEVER = 1 << 60


def _direct(grid: Grid, starts: Sequence[tuple[Port, int]], goals: Sequence[tuple[Port, int]]) -> Route | None:
    """The cheapest free way with one bend at most, None when two bends might do better or there is none.

    Most arrows of an SOP are such, and this finds them without a search.
    """
    best: Route | None = None
    floor = _NEVER
    for start, first in starts:
        for end, last in goals:
            length = sum(abs(a - b) for a, b in zip(grid.point(start.node), grid.point(end.node), strict=True)) // _UNIT
            floor = min(floor, first + last + length)
            nodes = _elbow(grid, start, end)
            bends = 0 if nodes and start.side == (end.side + 2) % 4 else 1
            cost = first + last + length + bends * _BEND
            if nodes and (best is None or cost < best.cost):
                best = Route(nodes, start, end, cost)
    return best if best is not None and best.cost <= floor + 2 * _BEND else None


def _elbow(grid: Grid, start: Port, end: Port) -> tuple[Node, ...]:
    """The nodes of the straight or once bent way between two ports; () where something stands in it."""
    (x0, y0), (x1, y1) = start.node, end.node
    heading, wanted = start.side, (end.side + 2) % 4
    if start.node in grid.blocked or end.node in grid.blocked or _bends(heading, wanted, x1 - x0, y1 - y0) > 1:
        return ()
    corner = (x1, y0) if heading in (RIGHT, LEFT) else (x0, y1)
    nodes, node = [start.node], start.node
    while node != end.node or heading != wanted:
        turn = wanted if node == corner else heading
        if _turn_cost(grid, node, heading, turn) not in (0, _BEND):
            return ()
        heading = turn
        if node == end.node:
            break
        following = _neighbour(grid, node, turn)
        if following is None:
            return ()
        nodes.append(following)
        node = following
    return tuple(nodes) if _turn_cost(grid, node, heading, wanted) == 0 else ()


class _Search:
    """Cheapest path from any start to any goal. A state is a node and the heading with which it is reached."""

    def __init__(self, grid: Grid, goals: Sequence[tuple[Port, int]]) -> None:
        self.grid = grid
        self.xs = [x // _UNIT for x in grid.xs]
        self.ys = [y // _UNIT for y in grid.ys]
        self.ends: dict[tuple[Node, int], tuple[Port, int]] = {}
        for port, cost in goals:
            key = (port.node, (port.side + 2) % 4)
            if port.node not in grid.blocked and cost < self.ends.get(key, (port, _NEVER))[1]:
                self.ends[key] = (port, cost)
        self.aims = [
            (self.xs[node[0]], self.ys[node[1]], heading, cost) for (node, heading), (_, cost) in self.ends.items()
        ]
        self.queue: list[tuple[int, int, int, Node, int]] = []
        self.came: dict[tuple[Node, int], tuple[Node, int] | Port] = {}
        self.best: dict[tuple[Node, int], int] = {}
        self.finish: tuple[int, Node, int, Port] | None = None

    def run(self, starts: Sequence[tuple[Port, int]]) -> Route | None:
        """The cheapest route, None when there is none."""
        if not self.ends:
            return None
        for port, cost in starts:
            if port.node not in self.grid.blocked:
                self._push(cost, port.node, port.side, port)
        while self.queue:
            bound, _, cost, node, heading = heapq.heappop(self.queue)
            if self.finish is not None and bound >= self.finish[0]:
                break
            if cost == self.best[node, heading]:
                self._expand(cost, node, heading)
        return self._trace()

    def _push(self, cost: int, node: Node, heading: int, origin: tuple[Node, int] | Port) -> None:
        state = (node, heading)
        if cost >= self.best.get(state, _NEVER):
            return
        self.best[state], self.came[state] = cost, origin
        heapq.heappush(self.queue, (cost + self._ahead(node, heading), len(self.came), cost, node, heading))

    def _ahead(self, node: Node, heading: int) -> int:
        """Least cost from a state to any goal: distance, and the bends that headings and sides force."""
        x, y = self.xs[node[0]], self.ys[node[1]]
        least = _NEVER
        for aim_x, aim_y, wanted, extra in self.aims:
            dx, dy = aim_x - x, aim_y - y
            cost = abs(dx) + abs(dy) + extra
            if cost < least:
                cost += _BEND * _bends(heading, wanted, dx, dy)
                least = min(least, cost)
        return least

    def _expand(self, cost: int, node: Node, heading: int) -> None:
        for turn in (heading, (heading + 1) % 4, (heading + 3) % 4):
            step = _turn_cost(self.grid, node, heading, turn)
            if step is None:
                continue
            if (node, turn) in self.ends:
                port, extra = self.ends[node, turn]
                if self.finish is None or cost + step + extra < self.finish[0]:
                    self.finish = (cost + step + extra, node, heading, port)
            following = _neighbour(self.grid, node, turn)
            if following is not None:
                length = abs(self.xs[node[0]] - self.xs[following[0]]) + abs(self.ys[node[1]] - self.ys[following[1]])
                self._push(cost + step + length, following, turn, (node, heading))

    def _trace(self) -> Route | None:
        if self.finish is None:
            return None
        total, node, heading, end = self.finish
        nodes: list[Node] = []
        state: tuple[Node, int] | Port = (node, heading)
        while not isinstance(state, Port):
            nodes.append(state[0])
            state = self.came[state]
        return Route(tuple(reversed(nodes)), state, end, total)


def _bends(heading: int, wanted: int, dx: int, dy: int) -> int:
    """Fewest turns from ``heading`` to a goal at (dx, dy) that must be reached with heading ``wanted``."""
    if heading == wanted:
        off, along = (dy, dx) if heading in (RIGHT, LEFT) else (dx, dy)
        return 0 if off == 0 and _ahead_of(along, heading) else 2
    if (heading + 2) % 4 == wanted:
        return 2
    own, other = (dx, dy) if heading in (RIGHT, LEFT) else (dy, dx)
    return 1 if _ahead_of(own, heading) and _ahead_of(other, wanted) else 3


def _ahead_of(offset: int, heading: int) -> bool:
    return offset >= 0 if heading in (RIGHT, DOWN) else offset <= 0


def _turn_cost(grid: Grid, node: Node, heading: int, turn: int) -> int | None:
    """Cost of going through ``node``; None where a line of another arrow forbids it."""
    if node in grid.bends:
        return None
    across = grid.through.get(node)
    if heading != turn:
        return None if across else _BEND
    if not across:
        return 0
    return None if (heading in (RIGHT, LEFT)) in across else _CROSSING


def _neighbour(grid: Grid, node: Node, turn: int) -> Node | None:
    dx, dy = STEP[turn]
    other = (node[0] + dx, node[1] + dy)
    if not (0 <= other[0] < len(grid.xs) and 0 <= other[1] < len(grid.ys)) or other in grid.blocked:
        return None
    edge = (node, other) if node < other else (other, node)
    if edge in grid.edges or grid.passes_wall(node, other):
        return None
    return other


def points_of(route: Route, grid: Grid) -> tuple[Point, ...]:
    """The corner points of a way, from border to border."""
    raw = [route.start.point, *(grid.point(node) for node in route.nodes), route.end.point]
    corners: list[Point] = []
    for point in raw:
        if corners and corners[-1] == point:
            continue
        if len(corners) > 1 and _straight(corners[-2], corners[-1], point):
            corners[-1] = point
        else:
            corners.append(point)
    return tuple(corners)


def _straight(one: Point, two: Point, three: Point) -> bool:
    return one[0] == two[0] == three[0] or one[1] == two[1] == three[1]
