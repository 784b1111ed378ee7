"""Which way a line goes: through which corridors of the page, before its exact place in them is known.

A page is a lattice of corridors. Of the vertical ones, number 2c + 1 runs through the middle of actor column c and
2c along its left border, between two columns of symbols; the horizontal ones likewise, over lanes. A way is a row of
corridors, each at a right angle to the one before, so its bends are one less than its corridors. The few ways that a
draughtsman would think of, with at most four bends, are listed and priced against the lines that are there already:
crossings first, then bends, then length. There is always such a way, because the corridors between symbols are free.
Costs are whole numbers: a hundredth of a millimetre of length is 1.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from pipeline.layout.scene import Arrow, Place, Scene
from pipeline.model.form import MM
from pipeline.model.plan import Rect, SymbolKind

RIGHT, DOWN, LEFT, UP = range(4)

_UNIT = MM // 100
_BEND = 1_500
_CROSSING = 6_000
_FULL = 15_000
"""Going where more lines run side by side than have room."""
_BESIDE = 250
"""Running beside another line: a reader follows a lonely one more easily."""
_AGAINST_FLOW = 4_000
"""Leaving a symbol upwards or entering it from below: the flow of the form runs downwards."""
_SIDE_ENTRY = 300
"""Entering a symbol from the side where the arrow runs forward: from above is the habit."""
_SHARED_SIDE = 1_800
"""Touching a symbol at a side where another line does."""
_SLANT = 4_500
"""Touching a diamond beside its corner: the reader looks for lines at the corners."""
_PAST_NAME = 2_500
"""Running past the side of a symbol where the name of an exit needs the room."""
PLENTY = 99
OUTSIDE = 3 * MM
"""What a text in place of a symbol leaves free at both edges of the actor columns, for lines."""
_NEVER = 1 << 60

Way = tuple[int, ...]
"""Corridors from end to end: the cross coordinate of the source, the corridors in turn, that of the target."""


@dataclass(slots=True)
class Segment:
    """A stretch of a way on one ``corridor``, from coordinate ``low`` to ``high`` along it (numbers of corridors).

    ``low_turn`` and ``high_turn`` tell to which side the way goes on there: -1 or 1; 0 where it ends at a symbol.
    ``low_place`` and ``high_place`` are indexes of those symbols, else -1. ``tip`` binds it to the symbols' middle,
    ``slant`` to a place beside it. ``at`` is the exact place, set when the way is drawn (EMU).
    """

    arrow: int
    flat: bool
    corridor: int
    low: int
    high: int
    low_turn: int
    high_turn: int
    low_place: int = -1
    high_place: int = -1
    tip: bool = False
    slant: bool = False
    at: int = 0
    least: int = 0
    most: int = 0
    low_at: int = 0
    high_at: int = 0


@dataclass(slots=True)
class Route:
    """The chosen way of an arrow: ``exit`` and ``entry`` are sides of its symbols, ``base`` its price when alone."""

    arrow: int
    way: Way
    flat: bool
    exit: int
    entry: int
    base: int
    segments: tuple[Segment, ...] = ()


class Lattice:
    """Corridors of a scene: where they lie, what stands in them, how many lines they hold."""

    def __init__(self, scene: Scene, gaps: Sequence[tuple[int, Rect]], capacity: Sequence[int]) -> None:
        self.scene = scene
        self.columns, self.lanes = len(scene.columns) - 1, len(scene.lanes)
        self.xs = _positions([(one + two) // 2 for one, two in pairwise(scene.columns)], scene.columns)
        tops = [lane.top for lane in scene.lanes]
        self.ys = _positions([lane.axis for lane in scene.lanes], [*tops, scene.lanes[-1].bottom])
        self.capacity = list(capacity)
        self.flat_capacity = [PLENTY] * (2 * self.lanes + 1)
        standing = [[0] * self.lanes for _ in range(2 * self.columns + 1)]
        for place in scene.places:
            standing[2 * place.column + 1][place.lane] = 1
        self.gaps = dict(gaps)
        for lane, rect in gaps:
            for corridor, (left, right) in enumerate(self._reaches()):
                if rect.x < right and left < rect.right:
                    standing[corridor][lane] = 1
        self._steep = [list(accumulate(column, initial=0)) for column in standing]
        self._flat = [list(accumulate((column[lane] for column in standing), initial=0)) for lane in range(self.lanes)]

    def _reaches(self) -> Iterator[tuple[int, int]]:
        """Where the lines of each vertical corridor may lie (EMU); of the outermost ones only what a gap leaves free."""
        scene, half = self.scene, self.scene.half
        axes = [(one + two) // 2 for one, two in pairwise(scene.columns)]
        yield scene.area.x, scene.area.x + OUTSIDE
        for axis, following in pairwise(axes):
            yield axis - half, axis + half
            yield axis + half, following - half
        yield axes[-1] - half, axes[-1] + half
        yield scene.area.right - OUTSIDE, scene.area.right

    def narrow(self, *, flat: bool, corridor: int, held: int) -> None:
        """``held`` lines side by side were too many for a corridor: let it hold fewer."""
        capacity = self.flat_capacity if flat else self.capacity
        capacity[corridor] = max(0, min(capacity[corridor], held) - 1)

    def barred(self, *, flat: bool, corridor: int, one: int, two: int) -> bool:
        """Does a symbol or a gap stand strictly between the coordinates ``one`` and ``two`` on a corridor?"""
        low, high = (one, two) if one < two else (two, one)
        if flat:
            if not corridor & 1:
                return False
            sums = self._flat[corridor >> 1]
            return sums[high] > sums[low + 1]
        sums = self._steep[corridor]
        # Strictly between the row coordinates lie the lanes from (low + 1) // 2 up to, but without, high // 2.
        return sums[high >> 1] > sums[(low + 1) >> 1]

    def free(self, column: int, lane: int) -> bool:
        """Is the cell without a symbol? Arguments are odd corridor numbers."""
        sums = self._steep[column]
        return sums[(lane >> 1) + 1] == sums[lane >> 1]


def _positions(axes: Sequence[int], edges: Sequence[int]) -> list[int]:
    """Nominal places of corridors in cost units: borders and axes in turn."""
    result = [edges[0] // _UNIT]
    for axis, edge in zip(axes, edges[1:], strict=True):
        result += [axis // _UNIT, edge // _UNIT]
    return result


def ways(lattice: Lattice, source: Place, target: Place) -> Iterator[list[tuple[int, bool, Way]]]:
    """The ways worth thinking of, in three helpings of growing bends: (price without others, first flat, way)."""
    x, y, ends = 2 * source.column + 1, 2 * source.lane + 1, (2 * target.column + 1, 2 * target.lane + 1)
    for some in (_simple, _double, _treble):
        found = []
        for flat, way in some(lattice, x, y, *ends):
            cost = _length(lattice, way, flat=flat)
            if cost < _NEVER:
                found.append((cost + (len(way) - 3) * _BEND, flat, way))
        found.sort()
        yield found


def _simple(lattice: Lattice, x: int, y: int, x2: int, y2: int) -> Iterator[tuple[bool, Way]]:
    """Straight, one bend, or two."""
    if x == x2:
        yield False, (y, x, y2)
    if y == y2:
        yield True, (x, y, x2)
    if x != x2 and y != y2:
        yield True, (x, y, x2, y2)
        yield False, (y, x, y2, x2)
    if x != x2:
        for flat_corridor in _between(y, y2, 2 * lattice.lanes):
            yield False, (y, x, flat_corridor, x2, y2)
    if y != y2:
        for steep in range(0, 2 * lattice.columns + 1, 2):
            yield True, (x, y, steep, y2, x2)


def _between(y: int, y2: int, most: int) -> Iterator[int]:
    """Horizontal corridors between two lanes, and the first one above and below both."""
    low, high = min(y, y2), max(y, y2)
    yield from range(max(0, low - 1), min(most, high + 1) + 1, 2)


def _double(lattice: Lattice, x: int, y: int, x2: int, y2: int) -> Iterator[tuple[bool, Way]]:
    """Three bends: past the source below or above and down a channel, or down a channel and over the target."""
    for steep in range(0, 2 * lattice.columns + 1, 2):
        for flat_corridor in (y + 1, y - 1):
            yield False, (y, x, flat_corridor, steep, y2, x2)
        for flat_corridor in (y2 - 1, y2 + 1):
            yield True, (x, y, steep, flat_corridor, x2, y2)


def _treble(lattice: Lattice, x: int, y: int, x2: int, y2: int) -> Iterator[tuple[bool, Way]]:
    """Four bends."""
    for steep in range(0, 2 * lattice.columns + 1, 2):
        for first in (y + 1, y - 1):
            for second in (y2 - 1, y2 + 1):
                if first != second:
                    yield False, (y, x, first, steep, second, x2, y2)
    for first in (x + 1, x - 1):
        for second in (x2 - 1, x2 + 1):
            if first != second:
                for flat_corridor in sorted({y + 1, y - 1, y2 + 1, y2 - 1}):
                    yield True, (x, y, first, flat_corridor, second, y2, x2)


def _length(lattice: Lattice, way: Way, *, flat: bool) -> int:
    """Length of a way by the middle of its corridors; _NEVER when something stands in it."""
    total = 0
    last = len(way) - 1
    for index in range(1, last):
        before, corridor, after = way[index - 1], way[index], way[index + 1]
        if before == after or lattice.barred(flat=flat, corridor=corridor, one=before, two=after):
            return _NEVER
        if index + 1 < last and corridor & 1 and after & 1:
            column, lane = (after, corridor) if flat else (corridor, after)
            if not lattice.free(column, lane):
                return _NEVER
        places = lattice.xs if flat else lattice.ys
        total += abs(places[after] - places[before])
        flat = not flat
    return total


def sides(way: Way, *, flat: bool) -> tuple[int, int]:
    """Side of the source that a way leaves and side of the target that it enters."""
    first = (RIGHT if way[2] > way[0] else LEFT) if flat else (DOWN if way[2] > way[0] else UP)
    flat_last = flat if len(way) % 2 else not flat
    forward = way[-3] < way[-1]
    last = (LEFT if forward else RIGHT) if flat_last else (UP if forward else DOWN)
    return first, last


def segments_of(arrow: int, way: Way, source: int, target: int, *, flat: bool) -> tuple[Segment, ...]:
    """The stretches of a way; ``source`` and ``target`` are indexes of its symbols."""
    result = []
    last = len(way) - 2
    for index in range(1, last + 1):
        before, corridor, after = way[index - 1], way[index], way[index + 1]
        start = (way[index - 2] > corridor) * 2 - 1 if index > 1 else 0
        end = (way[index + 2] > corridor) * 2 - 1 if index < last else 0
        first, final = source if index == 1 else -1, target if index == last else -1
        if before < after:
            segment = Segment(arrow, flat, corridor, before, after, start, end, first, final)
        else:
            segment = Segment(arrow, flat, corridor, after, before, end, start, final, first)
        result.append(segment)
        flat = not flat
    return tuple(result)


_PORTS = {
    SymbolKind.PROCESS: (3, 7, 3, 7),
    SymbolKind.TERMINATOR: (1, 4, 1, 4),
    SymbolKind.DECISION: (1, 5, 1, 5),
    SymbolKind.CONNECTOR: (1, 1, 1, 1),
}
"""How many lines may touch a symbol at its sides (right, below, left, above)."""


class Chooser:
    """Chooses the way of every arrow of a scene, one after the other, and again where a better one has come free."""

    def __init__(self, scene: Scene, lattice: Lattice, kept: Collection[tuple[int, int]] = ()) -> None:
        """``kept`` are (vertical corridor, lane) that lines should stay out of: a name found no room there."""
        self.scene, self.lattice = scene, lattice
        self._named: dict[int, list[tuple[int, int]]] = {}  # by vertical corridor: lane coordinate and price
        for corridor, lane in sorted(kept):
            self._named.setdefault(corridor, []).append((2 * lane + 1, _FULL))
        self.routes: dict[int, Route] = {}
        self._steep: list[list[Segment]] = [[] for _ in range(2 * lattice.columns + 1)]
        self._flat: list[list[Segment]] = [[] for _ in range(2 * lattice.lanes + 1)]
        self._used: dict[tuple[int, int], int] = {}
        self._exits: dict[int, int] = {}  # by decision: its exits that have no way yet
        for arrow in scene.arrows:
            if not arrow.join and scene.places[arrow.source].symbol.kind is SymbolKind.DECISION:
                self._exits[arrow.source] = self._exits.get(arrow.source, 0) + 1

    def run(self) -> list[int]:
        """Choose all ways; returns the arrows that found none."""
        order = sorted(range(len(self.scene.arrows)), key=self._priority)
        lost = [index for index in order if not self._choose(index)]
        for _ in range(3):
            if not self._improve(order):
                break
        return lost

    def _priority(self, index: int) -> tuple[bool, bool, int, int]:
        arrow = self.scene.arrows[index]
        source, target = self.scene.places[arrow.source], self.scene.places[arrow.target]
        rows, columns = abs(source.lane - target.lane), abs(source.column - target.column)
        return not arrow.join, rows > 1 or columns > 0, rows + columns, index

    def _choose(self, index: int) -> bool:
        found = self._best(index)
        if found is not None:
            self._commit(found)
        return found is not None

    def _improve(self, order: Sequence[int]) -> bool:
        """Take up each line that others hinder once more, now that all are known; has any changed?"""
        changed = False
        for index in order:
            route = self.routes.get(index)
            if route is None or self.scene.arrows[index].join:
                continue
            self._release(route)
            now = self._price(index, route.base, route.flat, route.way, _NEVER)
            if now > route.base:
                better = self._best(index, now)
                if better is not None:
                    route, changed = better, True
            self._commit(route)
        return changed

    def _commit(self, route: Route) -> None:
        self.routes[route.arrow] = route
        for segment in route.segments:
            (self._flat if segment.flat else self._steep)[segment.corridor].append(segment)
        arrow = self.scene.arrows[route.arrow]
        for key in ((arrow.source, route.exit), (arrow.target, route.entry)):
            self._used[key] = self._used.get(key, 0) + 1
        if arrow.source in self._exits and not arrow.join:
            self._exits[arrow.source] -= 1
        for corridor, name in self._names(route):
            self._named.setdefault(corridor, []).append(name)

    def _release(self, route: Route) -> None:
        for segment in route.segments:
            (self._flat if segment.flat else self._steep)[segment.corridor].remove(segment)
        arrow = self.scene.arrows[route.arrow]
        for key in ((arrow.source, route.exit), (arrow.target, route.entry)):
            self._used[key] -= 1
        if arrow.source in self._exits and not arrow.join:
            self._exits[arrow.source] += 1
        for corridor, name in self._names(route):
            self._named[corridor].remove(name)
        del self.routes[route.arrow]

    def _names(self, route: Route) -> Iterator[tuple[int, tuple[int, int]]]:
        """Where the name of an exit at a side of its symbol needs room: beside the symbol."""
        arrow = self.scene.arrows[route.arrow]
        if arrow.label and route.flat:
            place = self.scene.places[arrow.source]
            yield 2 * place.column + (2 if route.exit == RIGHT else 0), (2 * place.lane + 1, _PAST_NAME)

    def _best(self, index: int, limit: int = _NEVER) -> Route | None:
        """The cheapest way below ``limit``; the first one found wins a tie."""
        arrow = self.scene.arrows[index]
        source, target = self.scene.places[arrow.source], self.scene.places[arrow.target]
        best: tuple[int, int, bool, Way] | None = None
        least_bends = 3
        for helping in ways(self.lattice, source, target):
            for base, flat, way in helping:
                if base >= limit:
                    break
                price = self._price(index, base, flat, way, limit)
                if price < limit:
                    best, limit = (price, base, flat, way), price
            if limit <= least_bends * _BEND:
                break
            least_bends += 1
        if best is None:
            return None
        _, base, flat, way = best
        return self._route(index, base, flat, way)

    def _route(self, index: int, base: int, flat: bool, way: Way) -> Route:
        arrow = self.scene.arrows[index]
        first, last = sides(way, flat=flat)
        segments = segments_of(index, way, arrow.source, arrow.target, flat=flat)
        kinds = [self.scene.places[place].symbol.kind for place in (arrow.source, arrow.target)]
        for segment, kind, place, side in zip(
            (segments[0], segments[-1]), kinds, (arrow.source, arrow.target), (first, last), strict=True
        ):
            if kind is SymbolKind.DECISION:
                used = self._used.get((place, side), 0)
                segment.tip, segment.slant = used == 0, used > 0
            elif kind is SymbolKind.CONNECTOR or (kind is SymbolKind.TERMINATOR and side in (LEFT, RIGHT)):
                segment.tip = True
        return Route(index, way, flat, first, last, base, segments)

    def _price(self, index: int, base: int, flat: bool, way: Way, limit: int) -> int:
        """Price of a way among the others; at least ``limit`` or _NEVER when it is not worth it or not possible."""
        arrow = self.scene.arrows[index]
        price = base + self._ends(arrow, way, flat)
        if arrow.label and flat:
            price += self._beside_name(way)
        last = len(way) - 2
        for at in range(1, last + 1):
            if price >= limit:
                return price
            before, corridor, after = way[at - 1], way[at], way[at + 1]
            start = (way[at - 2] > corridor) * 2 - 1 if at > 1 else 0
            end = (way[at + 2] > corridor) * 2 - 1 if at < last else 0
            if before > after:
                before, after, start, end = after, before, end, start
            crossing = self._steep if flat else self._flat
            for other in range(before + 1, after):
                for segment in crossing[other]:
                    if segment.low < corridor < segment.high:
                        price += _CROSSING
            price += self._company(flat, corridor, before, after, start, end)
            if not flat and corridor in self._named:
                price += sum(cost for lane, cost in self._named[corridor] if before < lane < after)
            flat = not flat
        return price

    def _company(self, flat: bool, corridor: int, low: int, high: int, start: int, end: int) -> int:
        """Price of those that run on the same corridor: crossings that no order avoids, and want of room."""
        price = beside = 0
        for other in (self._flat if flat else self._steep)[corridor]:
            if other.low >= high or low >= other.high:
                continue
            beside += 1
            first = (start > 0 and other.low < low < other.high) + (end > 0 and other.low < high < other.high)
            first += (other.low_turn < 0 and low < other.low < high) + (other.high_turn < 0 and low < other.high < high)
            then = (start < 0 and other.low < low < other.high) + (end < 0 and other.low < high < other.high)
            then += (other.low_turn > 0 and low < other.low < high) + (other.high_turn > 0 and low < other.high < high)
            price += _CROSSING * min(first, then)
        if beside >= (self.lattice.flat_capacity if flat else self.lattice.capacity)[corridor]:
            price += _FULL
        return price + _BESIDE * beside

    def _beside_name(self, way: Way) -> int:
        """What it costs to name an exit at a side which other lines pass."""
        corridor = way[0] + 1 if way[2] > way[0] else way[0] - 1
        return sum(_PAST_NAME for segment in self._steep[corridor] if segment.low < way[1] < segment.high)

    def _ends(self, arrow: Arrow, way: Way, flat: bool) -> int:
        """What leaving and entering at these sides costs; _NEVER where it must not be."""
        first, last = sides(way, flat=flat)
        if arrow.join and (len(way) != 3 or not flat):
            return _NEVER
        source = self.scene.places[arrow.source].symbol.kind
        target = self.scene.places[arrow.target].symbol.kind
        price = self._port(arrow.source, source, first, leaving=True) + self._port(arrow.target, target, last)
        if first == UP and source is not SymbolKind.CONNECTOR:
            price += _AGAINST_FLOW
        if target is not SymbolKind.CONNECTOR:
            if last == DOWN:
                price += _AGAINST_FLOW
            elif last in (LEFT, RIGHT) and not arrow.back and not arrow.join:
                price += _SIDE_ENTRY
        return price

    def _port(self, place: int, kind: SymbolKind, side: int, *, leaving: bool = False) -> int:
        used = self._used.get((place, side), 0)
        decides = kind is SymbolKind.DECISION
        if not used:
            # The last free sides of a decision are for its exits, which leave at different sides.
            spare = decides and not leaving and self._free_sides(place) <= self._exits.get(place, 0)
            return _NEVER if spare else 0
        if used >= _PORTS[kind][side]:
            return _NEVER
        if decides and leaving and self._free_sides(place):
            return _NEVER
        return used * (_SLANT if decides else _SHARED_SIDE)

    def _free_sides(self, place: int) -> int:
        return sum(not self._used.get((place, side), 0) for side in range(4))
