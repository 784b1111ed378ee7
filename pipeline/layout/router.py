"""Finds the way of every line: fewest crossings, then fewest bends, then shortest; the same input, the same way.

A* over the tracks of ``pipeline.layout.grid``. Costs are whole numbers: a hundredth of a millimetre of length is 1.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from pipeline.layout.grid import DOWN, FREE, LEFT, NOWHERE, RIGHT, UP, Grid, Node
from pipeline.layout.ports import Port, ports
from pipeline.layout.scene import Arrow, Scene
from pipeline.model.form import MM
from pipeline.model.plan import Point, SymbolKind

_UNIT = MM // 100
_BEND = 1_500
_CROSSING = 6_000
_CRAMPED = 9_000
"""Turning so close to the target that the arrow head has no straight run: worse than a crossing."""
HEAD = 22 * MM // 10
"""Length of the straight run before an arrow head, EMU."""
_AGAINST_FLOW = 4_000
"""Leaving a symbol upwards or entering it from below: the flow of the form runs downwards."""
_SLANTED_EXIT = 3_000
"""Leaving a diamond on a slant: the reader looks for its exits at the corners, rather a line is crossed."""
_SIDE_ENTRY = 300
"""Entering a symbol from the side where the arrow runs forward: from above is the habit."""


Window = tuple[int, int, int, int]
"""First and last vertical, first and last horizontal track that a search may use."""


@dataclass(frozen=True, slots=True)
class Route:
    """A way: its nodes, the ports at its ends, its cost, and what it would cost without crossings."""

    nodes: tuple[Node, ...]
    start: Port
    end: Port
    cost: int
    free_cost: int

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

        Most ways have one bend at most, or are found among the ports in the middle of sides and within the cells
        around the two symbols; more is searched when there is none or it crosses a line.
        """
        starts = [(port, cost) for port, cost in self._exits(arrow) if port.point not in avoid]
        goals = list(self._entries(arrow))
        central = [item for item in starts if not item[0].cost], [item for item in goals if not item[0].cost]
        best = _direct(self.grid, *central)
        near = self._window(arrow)
        searches = (
            (*central, near, 0, 0),
            (starts, goals, near, 0, _NEVER),
            (starts, goals, self._page(), 1, _NEVER),
        )
        for first, last, room, bearable, detour in searches:
            if best is not None and self._crossings(best) <= bearable:
                break
            found = _Search(self.grid, last, room).run(first, detour)
            if found is not None and (best is None or found.cost < best.cost):
                best = found
        return best

    def cost_now(self, route: Route) -> int:
        """What a released way would cost with the lines that have come since."""
        return route.free_cost + _CROSSING * self._crossings(route)

    def _crossings(self, route: Route) -> int:
        return sum(1 for node in route.nodes if self.grid.state[node] != FREE)

    def _page(self) -> Window:
        return 0, len(self.grid.xs) - 1, 0, len(self.grid.ys) - 1

    def _window(self, arrow: Arrow) -> Window:
        """The tracks of the cells from one symbol to the other and one cell more on each side."""
        ends = self.scene.places[arrow.source], self.scene.places[arrow.target]
        left, right = _around([place.column for place in ends], self.grid.column_tracks)
        top, bottom = _around([place.lane for place in ends], self.grid.lane_tracks)
        return left, right, top, bottom

    def _exits(self, arrow: Arrow) -> Iterator[tuple[Port, int]]:
        kind = self.scene.places[arrow.source].symbol.kind
        used = self._exit_sides.get(arrow.source, [])
        for port in self._free(arrow.source):
            if arrow.join and port.side not in (LEFT, RIGHT):
                continue
            if kind is SymbolKind.DECISION and port.side in used:
                continue  # two exits of a decision leave at different sides
            cost = port.cost * 100
            if port.side == UP and kind is not SymbolKind.CONNECTOR:
                cost += _AGAINST_FLOW
            if kind is SymbolKind.DECISION and port.cost:
                cost += _SLANTED_EXIT
            yield port, cost

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


def _around(cells: Sequence[int], tracks: Sequence[int]) -> tuple[int, int]:
    """First and last track of the ``cells`` and their neighbours; ``tracks`` ends with one past the last."""
    return tracks[max(0, min(cells) - 1)], tracks[min(len(tracks) - 1, max(cells) + 2)] - 1


_NEVER = 1 << 60


def _direct(grid: Grid, starts: Sequence[tuple[Port, int]], goals: Sequence[tuple[Port, int]]) -> Route | None:
    """The cheapest free way with one bend at most, None when two bends might do better or there is none.

    Most arrows of an SOP are such, and this finds them without a search.
    """
    best: Route | None = None
    floor = _NEVER
    for start, first in starts:
        for end, last in goals:
            length = _length(grid.point(start.node), grid.point(end.node)) // _UNIT
            floor = min(floor, first + last + length)
            nodes = _elbow(grid, start, end)
            bends = 0 if nodes and start.side == (end.side + 2) % 4 else 1
            cost = first + last + length + bends * _BEND
            if nodes and (best is None or cost < best.cost):
                best = Route(nodes, start, end, cost, cost)
    return best if best is not None and best.cost <= floor + 2 * _BEND else None


def _elbow(grid: Grid, start: Port, end: Port) -> tuple[Node, ...]:
    """The nodes of the straight or once bent way between two ports; () where something stands in it."""
    heading, wanted = start.side, (end.side + 2) % 4
    (x0, y0), (x1, y1) = grid.point(start.node), grid.point(end.node)
    if grid.blocked[start.node] or grid.blocked[end.node] or _bends(heading, wanted, x1 - x0, y1 - y0) > 1:
        return ()
    across = heading in (RIGHT, LEFT)
    corner = grid.node(
        *(
            (end.node % grid.width, start.node // grid.width)
            if across
            else (start.node % grid.width, end.node // grid.width)
        )
    )
    nodes, node = [], start.node
    while True:
        turn = wanted if node == corner else heading
        if grid.state[node] != FREE or (turn != heading and _length(grid.point(node), end.point) < HEAD):
            return ()
        nodes.append(node)
        heading = turn
        if node == end.node:
            return tuple(nodes) if heading == wanted else ()
        node = grid.steps[heading][node]
        if node == NOWHERE or grid.blocked[node]:
            return ()


_STRAIGHT: tuple[tuple[int | None, ...], ...] = (
    (0, None, _CROSSING, None, None),
    (0, _CROSSING, None, None, None),
)
"""Cost of going straight on through a node, by orientation of the heading and what occupies the node."""


class _Search:
    """Cheapest path from any start to any goal. A state is a node times four plus the heading it is reached with."""

    def __init__(self, grid: Grid, goals: Sequence[tuple[Port, int]], window: Window) -> None:
        self.grid, self.window = grid, window
        self.xs = [x // _UNIT for x in grid.xs]
        self.ys = [y // _UNIT for y in grid.ys]
        self.ends: dict[int, tuple[Port, int]] = {}
        for port, cost in goals:
            key = port.node * 4 + (port.side + 2) % 4
            if not grid.blocked[port.node] and cost < self.ends.get(key, (port, _NEVER))[1]:
                self.ends[key] = (port, cost)
        self.cramped = {key for port, _ in goals for key in _approach(grid, port)}
        self.aims = [
            (self.xs[key // 4 % grid.width], self.ys[key // 4 // grid.width], key % 4, cost)
            for key, (_, cost) in self.ends.items()
        ]

    def run(self, starts: Sequence[tuple[Port, int]], detour: int) -> Route | None:
        """The cheapest route, None when there is none that costs at most ``detour`` more than a free one would."""
        queue: list[tuple[int, int, int, int]] = []
        came: dict[int, int | Port] = {}
        best: dict[int, int] = {}
        for port, cost in starts if self.ends else ():
            state = port.node * 4 + port.side
            if not self.grid.blocked[port.node] and cost < best.get(state, _NEVER):
                best[state], came[state] = cost, port
                heapq.heappush(queue, (cost + self._ahead(port.node, port.side), 0, cost, state))
        if not queue:
            return None
        finish = self._flood(queue, came, best, queue[0][0] + detour)
        return None if finish is None else self._trace(came, *finish)

    def _flood(
        self, queue: list[tuple[int, int, int, int]], came: dict[int, int | Port], best: dict[int, int], limit: int
    ) -> tuple[int, int, Port] | None:
        """Expand states in the order of their least total cost; returns cost, last state and port of the goal.

        One loop on purpose: it runs ten thousand times for a page, and calls would double its cost.
        """
        grid, ends, cramped = self.grid, self.ends, self.cramped
        steps, occupied, blocked, width = grid.steps, grid.state, grid.blocked, grid.width
        xs, ys, (left, right, top, bottom) = self.xs, self.ys, self.window
        finish: tuple[int, int, Port] | None = None
        while queue:
            bound, _, reached, state = heapq.heappop(queue)
            if bound > limit or (finish is not None and bound >= finish[0]):
                break
            if reached != best[state]:
                continue
            node, heading = state >> 2, state & 3
            for turn, extra in _WAYS[heading][occupied[node]]:
                key = node << 2 | turn
                cost = reached + extra
                if turn != heading and key in cramped:
                    cost += _CRAMPED
                end = ends.get(key)
                if end is not None and cost + end[1] <= limit and (finish is None or cost + end[1] < finish[0]):
                    finish = (cost + end[1], state, end[0])
                following = steps[turn][node]
                if following < 0 or blocked[following]:
                    continue
                row, column = divmod(following, width)
                if not (left <= column <= right and top <= row <= bottom):
                    continue
                cost += abs(ys[node // width] - ys[row]) if turn & 1 else abs(xs[node % width] - xs[column])
                other = following << 2 | turn
                if cost < best.get(other, _NEVER):
                    best[other], came[other] = cost, state
                    # Among equals the latest goes first: it is nearest to a goal, and plateaus are not flooded.
                    heapq.heappush(queue, (cost + self._ahead(following, turn), -len(came), cost, other))
        return finish

    def _trace(self, came: dict[int, int | Port], total: int, last: int, end: Port) -> Route:
        nodes: list[Node] = []
        origin: int | Port = last
        while not isinstance(origin, Port):
            nodes.append(origin >> 2)
            origin = came[origin]
        crossings = sum(1 for node in nodes if self.grid.state[node] != FREE)
        return Route(tuple(reversed(nodes)), origin, end, total, total - crossings * _CROSSING)

    def _ahead(self, node: Node, heading: int) -> int:
        """Least cost from a state to any goal: distance, and the bends that headings and sides force."""
        row, column = divmod(node, self.grid.width)
        x, y = self.xs[column], self.ys[row]
        least = _NEVER
        for aim_x, aim_y, wanted, extra in self.aims:
            dx, dy = aim_x - x, aim_y - y
            cost = abs(dx) + abs(dy) + extra
            if cost < least:
                cost += _FEWEST[heading][wanted][(dx > 0) - (dx < 0)][(dy > 0) - (dy < 0)]
                least = min(least, cost)
        return least


def _ways(heading: int, occupation: int) -> tuple[tuple[int, int], ...]:
    straight = _STRAIGHT[heading % 2][occupation]
    ways = () if straight is None else ((heading, straight),)
    if occupation != FREE:
        return ways
    return (*ways, ((heading + 1) % 4, _BEND), ((heading + 3) % 4, _BEND))


_WAYS = tuple(tuple(_ways(heading, occupation) for occupation in range(5)) for heading in range(4))
"""Ways on from a node and what they cost, by the heading it is reached with and what occupies it."""


def _approach(grid: Grid, port: Port) -> Iterator[int]:
    """States just before a port in which a line must not have turned yet: the arrow head needs a straight run."""
    heading = (port.side + 2) % 4
    node = port.node
    while node != NOWHERE and _length(grid.point(node), port.point) < HEAD:
        yield node * 4 + heading
        node = grid.steps[port.side][node]


def _length(one: Point, two: Point) -> int:
    return abs(one[0] - two[0]) + abs(one[1] - two[1])


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


_FEWEST = [
    [[[_BEND * _bends(heading, wanted, dx, dy) for dy in (0, 1, -1)] for dx in (0, 1, -1)] for wanted in range(4)]
    for heading in range(4)
]
"""Cost of the fewest turns by heading, wanted heading and the signs of both offsets (index -1 is the last)."""


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
