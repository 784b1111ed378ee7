"""Chooses the way of every line of a page, the cheapest among the others: crossings first, then bends, then length."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from pipeline.layout.scene import Arrow, Scene
from pipeline.layout.ways import (
    BEND,
    DOWN,
    LEFT,
    NEVER,
    RIGHT,
    UP,
    Lattice,
    Route,
    Segment,
    Way,
    segments_of,
    sides,
    ways,
)
from pipeline.model.plan import SymbolKind

CROSSING = 12_000
_FULL = 40_000
"""Going where more lines run side by side than have room."""
_BESIDE = 250
"""Running beside another line: a reader follows a lonely one more easily."""
_AGAINST_FLOW = 4_000
"""Leaving a symbol upwards or entering it from below: the flow of the form runs downwards."""
_GOING_BACK = 1_000
"""The same for an arrow that does go up."""
_SIDE_ENTRY = 300
"""Entering a symbol from the side where the arrow runs forward: from above is the habit."""
_SHARED_SIDE = 1_800
"""Touching a symbol at a side where another line does."""
_SLANT = 4_500
"""Touching a diamond beside its corner: the reader looks for lines at the corners."""
_PAST_NAME = 2_500
"""Running past the side of a symbol where the name of an exit needs the room."""
_OTHER_BOX = 1_000
"""Leaving or entering a box joined to the responsible actor's: that one is the habit."""
_ROUNDS = 3
_RIVALS = 4
_PORTS = {
    SymbolKind.PROCESS: (3, 7, 3, 7),
    SymbolKind.TERMINATOR: (3, 4, 3, 4),
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
        self._leaving: dict[tuple[int, int], int] = {}
        self._entangled: set[tuple[int, int]] = set()  # pairs that were seen to cross, both ways round
        self._tried: set[tuple[int, int]] = set()
        self._exits: dict[int, int] = {}  # by decision: its exits that have no way yet
        for arrow in scene.arrows:
            if not arrow.join and scene.places[arrow.source].symbol.kind is SymbolKind.DECISION:
                self._exits[arrow.source] = self._exits.get(arrow.source, 0) + 1

    def run(self) -> list[int]:
        """Choose all ways; returns the arrows that found none."""
        order = sorted(range(len(self.scene.arrows)), key=self._priority)
        lost = [index for index in order if not self._choose(index)]
        # Entries of a decision whose sides were kept for its exits share one, now that those have theirs.
        lost = [index for index in lost if not self._choose(index)]
        for _ in range(_ROUNDS):
            if not self._improve(order) and not self._exchange(order):
                break
        self._assign_corners()
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
        """Take up once more each line that others hinder or hindered, now that all are known; has any changed?"""
        changed = False
        for index in order:
            route = self.routes.get(index)
            if route is None or self.scene.arrows[index].join:
                continue
            self._release(route)
            now = self._price(route, NEVER)
            if now > self._least(index):
                better = self._best(index, now)
                if better is not None:
                    route, changed = better, True
            self._commit(route)
        return changed

    def _least(self, index: int) -> int:
        """What the line of an arrow costs at least, were it alone."""
        arrow = self.scene.arrows[index]
        found = next(ways(self.lattice, self.scene.places[arrow.source], self.scene.places[arrow.target]))
        return found[0][0] if found else 0

    def _exchange(self, order: Sequence[int]) -> bool:
        """Take up pairs of lines that cross and choose both anew, each of them first once; has any changed?"""
        changed = False
        for index in order:
            for other in self._rivals(index)[:_RIVALS]:
                pair = (index, other) if index < other else (other, index)
                if pair not in self._tried:
                    self._tried.add(pair)
                    if self._try_pair(index, other):
                        changed = True
                        break
        return changed

    def _try_pair(self, one: int, two: int) -> bool:
        routes = self.routes[one], self.routes[two]
        for route in routes:
            self._release(route)
        least = self._price_in_turn(routes)
        best = routes
        for first, second in ((two, one), (one, two)):
            found = self._choose_in_turn(first, second)
            if found is not None:
                price = self._price_in_turn(found)
                if price < least:
                    best, least = found, price
        for route in best:
            self._commit(route)
        return best is not routes

    def _choose_in_turn(self, first: int, second: int) -> tuple[Route, Route] | None:
        """The best way for ``first`` while ``second`` is not there, then the best for that; nothing stays."""
        one = self._best(first)
        if one is None:
            return None
        self._commit(one)
        two = self._best(second)
        self._release(one)
        return None if two is None else (one, two)

    def _price_in_turn(self, routes: tuple[Route, Route]) -> int:
        """Price of two ways together; NEVER when they cannot both be. Nothing stays."""
        one, two = routes
        price = self._price(one, NEVER)
        self._commit(one)
        price += self._price(two, NEVER)
        self._release(one)
        return price

    def untangle(self, pairs: Collection[tuple[int, int]]) -> bool:
        """Choose the ways of ``pairs`` anew, which were seen to cross although nothing in the choice told so.

        Did any change? While they run beside one another a crossing is reckoned from now on.
        """
        self._entangled |= {pair for one, two in pairs for pair in ((one, two), (two, one))}
        changed = self._improve(sorted({index for pair in pairs for index in pair}))
        self._assign_corners()
        return changed

    def restore(self, routes: Mapping[int, Route]) -> None:
        """Go back to ``routes``."""
        for route in list(self.routes.values()):
            self._release(route)
        for route in routes.values():
            self._commit(route)
        self._assign_corners()

    def foresees(self, one: int, two: int) -> bool:
        """Was it reckoned that these two lines cross?"""
        return two in self._rivals(one)

    def _rivals(self, index: int) -> list[int]:
        """The arrows that the line of arrow ``index`` crosses."""
        found: set[int] = set()
        for segment in self.routes[index].segments if index in self.routes else ():
            across = self._steep if segment.flat else self._flat
            for corridor in range(segment.low + 1, segment.high):
                found |= {o.arrow for o in across[corridor] if o.low < segment.corridor < o.high}
            for other in (self._flat if segment.flat else self._steep)[segment.corridor]:
                if other is not segment and _unavoidable(
                    segment.low, segment.high, segment.low_turn, segment.high_turn, other
                ):
                    found.add(other.arrow)
        found.discard(index)
        return sorted(other for other in found if not self.scene.arrows[other].join)

    def _assign_corners(self) -> None:
        """Give each corner of a diamond to one line, exits and straight ones first; others touch beside it."""
        for route in self.routes.values():
            for segment in (route.segments[0], route.segments[-1]):
                segment.tip = segment.slant = False
        taken: set[tuple[int, int]] = set()
        order = sorted(self.routes, key=lambda index: (len(self.routes[index].segments) > 1, index))
        for leaving in (True, False):
            for index in order:
                route = self.routes[index]
                place, side = (route.source, route.exit) if leaving else (route.target, route.entry)
                segment = route.segments[0 if leaving else -1]
                kind = self.scene.places[place].symbol.kind
                if kind is SymbolKind.DECISION and (place, side) in taken:
                    segment.slant, segment.tip = True, False
                elif segment.slant:
                    continue
                elif kind in (SymbolKind.DECISION, SymbolKind.CONNECTOR):
                    segment.tip = True
                    taken.add((place, side))

    def _commit(self, route: Route) -> None:
        self.routes[route.arrow] = route
        for segment in route.segments:
            (self._flat if segment.flat else self._steep)[segment.corridor].append(segment)
        arrow = self.scene.arrows[route.arrow]
        for key in ((route.source, route.exit), (route.target, route.entry)):
            self._used[key] = self._used.get(key, 0) + 1
        if arrow.source in self._exits and not arrow.join:
            self._exits[arrow.source] -= 1
            self._leaving[arrow.source, route.exit] = self._leaving.get((arrow.source, route.exit), 0) + 1
        for corridor, name in self._names(route):
            self._named.setdefault(corridor, []).append(name)

    def _release(self, route: Route) -> None:
        for segment in route.segments:
            (self._flat if segment.flat else self._steep)[segment.corridor].remove(segment)
        arrow = self.scene.arrows[route.arrow]
        for key in ((route.source, route.exit), (route.target, route.entry)):
            self._used[key] -= 1
        if arrow.source in self._exits and not arrow.join:
            self._exits[arrow.source] += 1
            self._leaving[arrow.source, route.exit] -= 1
        for corridor, name in self._names(route):
            self._named[corridor].remove(name)
        del self.routes[route.arrow]

    def _names(self, route: Route) -> Iterator[tuple[int, tuple[int, int]]]:
        """Where the name of an exit at a side of its symbol needs room: beside the symbol."""
        arrow = self.scene.arrows[route.arrow]
        if arrow.label and route.flat:
            place = self.scene.places[route.source]
            yield 2 * place.column + (2 if route.exit == RIGHT else 0), (2 * place.lane + 1, _PAST_NAME)

    def _best(self, index: int, limit: int = NEVER) -> Route | None:
        """The cheapest way below ``limit``; the first one found wins a tie."""
        arrow = self.scene.arrows[index]
        best: Route | None = None
        for source in (arrow.source, *arrow.also_from):
            for target in (arrow.target, *arrow.also_to):
                other = source != arrow.source or target != arrow.target
                route, limit = self._best_between(index, source, target, limit, _OTHER_BOX if other else 0)
                best = route or best
        return best

    def _best_between(self, index: int, source: int, target: int, limit: int, extra: int) -> tuple[Route | None, int]:
        """The cheapest way below ``limit`` between two symbols and its price, or None and ``limit``."""
        best: Route | None = None
        least_bends = 3
        for helping in ways(self.lattice, self.scene.places[source], self.scene.places[target]):
            for base, flat, way in helping:
                if base + extra >= limit:
                    break
                first, last = sides(way, flat=flat)
                route = Route(index, source, target, way, flat, first, last, base + extra)
                price = self._price(route, limit)
                if price < limit:
                    best, limit = route, price
            if limit <= least_bends * BEND + extra:
                break
            least_bends += 1
        if best is not None:
            best.segments = segments_of(index, best.way, source, target, flat=best.flat)
        return best, limit

    def _price(self, route: Route, limit: int) -> int:
        """Price of a way among the others; at least ``limit`` or NEVER when it is not worth it or not possible."""
        arrow, flat, way = self.scene.arrows[route.arrow], route.flat, route.way
        price = route.base + self._ends(arrow, route)
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
                        price += CROSSING
            price += self._company(route.arrow, flat, corridor, before, after, start, end)
            if not flat and corridor in self._named:
                price += sum(cost for lane, cost in self._named[corridor] if before < lane < after)
            flat = not flat
        return price

    def _company(self, index: int, flat: bool, corridor: int, low: int, high: int, start: int, end: int) -> int:
        """Price of those that run on the same corridor: crossings that no order avoids, and want of room."""
        price = beside = 0
        for other in (self._flat if flat else self._steep)[corridor]:
            if other.low >= high or low >= other.high:
                continue
            beside += 1
            price += CROSSING * _unavoidable(low, high, start, end, other)
            if self._entangled and (index, other.arrow) in self._entangled:
                price += CROSSING
        if beside >= (self.lattice.flat_capacity if flat else self.lattice.capacity)[corridor]:
            price += _FULL
        return price + _BESIDE * beside

    def _beside_name(self, way: Way) -> int:
        """What it costs to name an exit at a side which other lines pass."""
        corridor = way[0] + 1 if way[2] > way[0] else way[0] - 1
        return sum(_PAST_NAME for segment in self._steep[corridor] if segment.low < way[1] < segment.high)

    def _ends(self, arrow: Arrow, route: Route) -> int:
        """What leaving and entering at these sides costs; NEVER where it must not be."""
        first, last = route.exit, route.entry
        if arrow.join and (len(route.way) != 3 or not route.flat):
            return NEVER
        source = self.scene.places[route.source].symbol.kind
        target = self.scene.places[route.target].symbol.kind
        price = self._port(route.source, source, first, leaving=not arrow.join, join=arrow.join)
        price += self._port(route.target, target, last, join=arrow.join)
        against = _GOING_BACK if arrow.back else _AGAINST_FLOW
        if first == UP and source is not SymbolKind.CONNECTOR:
            price += against
        if target is not SymbolKind.CONNECTOR:
            if last == DOWN:
                price += against
            elif last in (LEFT, RIGHT) and not arrow.back and not arrow.join:
                price += _SIDE_ENTRY
        return price

    def _port(self, place: int, kind: SymbolKind, side: int, *, leaving: bool = False, join: bool = False) -> int:
        used = self._used.get((place, side), 0)
        if kind is SymbolKind.DECISION and not join:
            return self._corner(place, side, used, leaving=leaving)
        return NEVER if used >= _PORTS[kind][side] else used * _SHARED_SIDE

    def _corner(self, place: int, side: int, used: int, *, leaving: bool) -> int:
        """Price of a side of a decision: its exits leave at different sides, and keep the last free ones for them."""
        if not used:
            return 0 if leaving or self._free_sides(place) > self._exits.get(place, 0) else NEVER
        if used >= _PORTS[SymbolKind.DECISION][side]:
            return NEVER
        if leaving:
            better = [other for other in range(4) if not self._leaving.get((place, other), 0)]
            if self._leaving.get((place, side), 0):
                better = [o for o in better if self._used.get((place, o), 0) < _PORTS[SymbolKind.DECISION][o]]
            else:
                better = [o for o in better if not self._used.get((place, o), 0)]
            if better:
                return NEVER
        return used * _SLANT

    def _free_sides(self, place: int) -> int:
        return sum(not self._used.get((place, side), 0) for side in range(4))


def _unavoidable(low: int, high: int, start: int, end: int, other: Segment) -> int:
    """Crossings of a stretch from ``low`` to ``high`` with ``other`` on its corridor, in the better of both orders."""
    inside, inside2 = other.low < low < other.high, other.low < high < other.high
    around, around2 = low < other.low < high, low < other.high < high
    first = (start > 0 and inside) + (end > 0 and inside2)
    first += (other.low_turn < 0 and around) + (other.high_turn < 0 and around2)
    if not first:
        return 0
    then = (start < 0 and inside) + (end < 0 and inside2)
    then += (other.low_turn > 0 and around) + (other.high_turn > 0 and around2)
    return min(first, then)
