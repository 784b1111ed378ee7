"""The exact places of lines: an order within every corridor, then distances, so that no two lie on one another.

Lines that run beside one another in a corridor are put in the order with the fewest crossings. Lines whose stretches
merely touch may share a place, unless that makes them meet; then they are set apart and all is placed again, so lines
of different arrows never overlap by construction. None lies on a border of the table, where it would vanish.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.layout import outline
from pipeline.layout.rows import best_order, depths, groups, solve
from pipeline.layout.scene import Scene
from pipeline.layout.ways import DOWN, LEFT, RIGHT, UP, Lattice, Route, Segment
from pipeline.model.form import MM
from pipeline.model.plan import Point, Rect, SymbolKind

HEAD = 22 * MM // 10
"""Length of the straight run before an arrow head."""
CLEAR = 8 * MM // 10
"""Between a line and a symbol that it passes, or a bend and the symbol that the line leaves."""
EDGE = MM // 2
"""Least distance between a line and a border of the table beside which it runs."""
_ROOMY_EDGE = MM
"""The same where there is room."""
GAPS = (MM, 8 * MM // 10, 6 * MM // 10, 45 * MM // 100)
"""Distances between lines to try, the widest first."""
_PORTS = (2 * MM, 15 * MM // 10, 12 * MM // 10, MM)
"""The same at one side of a symbol: arrow heads must not touch."""
_SPREAD = 24 * MM // 10
_LANE_REACH = 22 * MM // 10
"""How far from its axis a line may touch a symbol at its side."""
_OVERLAP = 1_000
_IN_LINE = 24 * MM // 10
"""Two lines that follow one another on one place at this distance or less would be read as one."""


@dataclass(slots=True)
class _Corridor:
    """A corridor in use: its segments in order, and which of them must not share a place."""

    flat: bool
    number: int
    segments: list[Segment]
    apart: set[tuple[int, int]]  # pairs of indexes into ``segments``, smaller first
    touching: set[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Shortage:
    """A corridor whose lines lack ``lack`` EMU of room."""

    flat: bool
    corridor: int
    lack: int


class Tracks:
    """Gives the segments of the routes of one page their places."""

    def __init__(self, scene: Scene, lattice: Lattice, routes: Mapping[int, Route]) -> None:
        self.scene, self.lattice, self.routes = scene, lattice, routes
        self.shortages: list[Shortage] = []
        self.crowded: list[Shortage] = []
        self._corridors = self._gather()
        self._standing: dict[tuple[int, int], Rect] = {(p.column, p.lane): p.symbol.rect for p in scene.places}

    def run(self) -> None:
        """Place everything.

        ``shortages`` then tells which corridors had too little room at the widest distance, ``crowded`` which ones
        even at the smallest: lines there break limits or lie on one another.
        """
        while True:
            self._rough()
            for exact in (False, True):
                self.shortages, self.crowded = [], []
                for flat in (False, True):
                    for corridor in self._corridors:
                        if corridor.flat is flat:
                            self._arrange(corridor, exact=exact or flat)
                            self._settle(corridor)
                    self._measure()
            if not self._set_apart():
                return

    def held(self, shortage: Shortage) -> int:
        """How many lines run side by side where there is a shortage."""
        corridor = next(c for c in self._corridors if (c.flat, c.number) == (shortage.flat, shortage.corridor))
        return max(depths(len(corridor.segments), corridor.apart)[0]) + 1

    def crossings(self) -> list[tuple[int, int]]:
        """The pairs of arrows whose lines cross, once for each crossing."""
        flat = [segment for corridor in self._corridors if corridor.flat for segment in corridor.segments]
        steep = [segment for corridor in self._corridors if not corridor.flat for segment in corridor.segments]
        return [
            (min(one.arrow, two.arrow), max(one.arrow, two.arrow))
            for one in flat
            for two in steep
            if one.low_at < two.at < one.high_at and two.low_at < one.at < two.high_at and one.arrow != two.arrow
        ]

    def points(self, route: Route) -> tuple[Point, ...]:
        """Corner points of a route from border to border."""
        first, last = route.segments[0], route.segments[-1]
        corners = [
            (two.at, one.at) if one.flat else (one.at, two.at)
            for one, two in zip(route.segments, route.segments[1:], strict=False)
        ]
        start = self._touch(route.source, route.exit, first.at)
        end = self._touch(route.target, route.entry, last.at)
        return (start, *corners, end)

    def _touch(self, place: int, side: int, at: int) -> Point:
        """Where a line meets the border of a symbol at ``side``."""
        symbol = self.scene.places[place].symbol
        rect = symbol.rect
        if side in (LEFT, RIGHT):
            inset = outline.inset_at_side(symbol, at)
            return (rect.x + inset if side == LEFT else rect.right - inset), at
        if side == UP:
            return at, rect.y + outline.inset_above(symbol, at)
        return at, rect.bottom - outline.inset_below(symbol, at)

    def _gather(self) -> list[_Corridor]:
        by_corridor: dict[tuple[bool, int], list[Segment]] = {}
        for index in sorted(self.routes):
            for segment in self.routes[index].segments:
                by_corridor.setdefault((segment.flat, segment.corridor), []).append(segment)
        result = []
        for (flat, number), segments in sorted(by_corridor.items()):
            apart, touching = set(), set()
            for i, one in enumerate(segments):
                for j in range(i + 1, len(segments)):
                    two = segments[j]
                    if one.low < two.high and two.low < one.high:
                        apart.add((i, j))
                    elif _meet(one, two) or _meet(two, one):
                        touching.add((i, j))
            result.append(_Corridor(flat, number, segments, apart, touching))
        return result

    def _rough(self) -> None:
        """Ends and limits before anything is placed."""
        for route in self.routes.values():
            for segment in route.segments:
                segment.low_at, segment.high_at = segment.low, segment.high
        for corridor in self._corridors:
            for segment in corridor.segments:
                segment.least, segment.most = self._limits(segment)

    def _measure(self) -> None:
        """Exact ends of all segments from the places that their neighbours have now; the outer ones end at symbols."""
        for route in self.routes.values():
            segments = route.segments
            start = self._touch(route.source, route.exit, segments[0].at)[0 if segments[0].flat else 1]
            end = self._touch(route.target, route.entry, segments[-1].at)[0 if segments[-1].flat else 1]
            ends = [start, *(segment.at for segment in segments), end]
            for i, segment in enumerate(segments):
                before = start if i == 0 else ends[i]
                after = end if i == len(segments) - 1 else ends[i + 2]
                segment.low_at, segment.high_at = min(before, after), max(before, after)

    def _arrange(self, corridor: _Corridor, *, exact: bool) -> None:
        """Sort the segments of a corridor so that they cross least."""
        segments = corridor.segments
        if not corridor.apart:
            return
        pairs = sorted(corridor.apart)
        price: dict[tuple[int, int], int] = {}
        for i, j in pairs:
            price[i, j] = _crossings(segments[i], segments[j], exact=exact)
            price[j, i] = _crossings(segments[j], segments[i], exact=exact)
        for i, j in corridor.touching:
            price[i, j] = _collisions(segments[i], segments[j], exact=exact)
            price[j, i] = _collisions(segments[j], segments[i], exact=exact)
        order = best_order(len(segments), price, [_leaning(segment) for segment in segments])
        place = {old: new for new, old in enumerate(order)}
        corridor.segments = [segments[i] for i in order]
        corridor.apart = {_pair(place[i], place[j]) for i, j in corridor.apart}
        corridor.touching = {_pair(place[i], place[j]) for i, j in corridor.touching}

    def _limits(self, segment: Segment) -> tuple[int, int]:
        """Least and greatest place of a segment: off symbols and borders, a straight run before an arrow head."""
        if segment.corridor & 1:
            return self._port_limits(segment)
        return self._flat_limits(segment) if segment.flat else self._steep_limits(segment)

    def _port_limits(self, segment: Segment) -> tuple[int, int]:
        scene = self.scene
        if segment.flat:
            axis = scene.lanes[segment.corridor >> 1].axis
        else:
            axis = sum(scene.columns[segment.corridor >> 1 : (segment.corridor >> 1) + 2]) // 2
        reach = _LANE_REACH if segment.flat else scene.half * 8 // 10
        for place in (segment.low_place, segment.high_place):
            if place >= 0:
                symbol = scene.places[place].symbol
                reach = min(reach, _reach(symbol.kind, symbol.rect, flat=segment.flat))
        if segment.tip:
            reach = 0
        return axis - reach, axis + reach

    def _steep_limits(self, segment: Segment) -> tuple[int, int]:
        scene, column = self.scene, segment.corridor >> 1
        border = scene.columns[column]
        least = scene.area.x + EDGE if column == 0 else (scene.columns[column - 1] + border) // 2 + scene.half + CLEAR
        if column == self.lattice.columns:
            most = scene.area.right - EDGE
        else:
            most = (border + scene.columns[column + 1]) // 2 - scene.half - CLEAR
        route = self.routes[segment.arrow]
        if segment is route.segments[-2]:
            rect = scene.places[route.target].symbol.rect
            if route.entry == LEFT and 2 * scene.places[route.target].column == segment.corridor:
                most = min(most, rect.x - HEAD)
            elif route.entry == RIGHT and 2 * scene.places[route.target].column + 2 == segment.corridor:
                least = max(least, rect.right + HEAD)
        for lane, gap in self.lattice.gaps.items():
            if segment.low < 2 * lane + 1 < segment.high:
                if column == 0:
                    most = min(most, gap.x - CLEAR)
                elif column == self.lattice.columns:
                    least = max(least, gap.right + CLEAR)
        return least, max(least, most)

    def _flat_limits(self, segment: Segment) -> tuple[int, int]:
        scene, lane = self.scene, segment.corridor >> 1
        least, most = scene.area.y + EDGE, scene.area.bottom - EDGE
        columns = range(segment.low >> 1, (segment.high >> 1) + 1)
        if lane > 0:
            above = scene.lanes[lane - 1]
            least = max(least, above.axis + _LANE_REACH + CLEAR)
            bottoms = (self._standing.get((column, lane - 1)) for column in columns)
            least = max([least, *(rect.bottom + CLEAR for rect in bottoms if rect is not None)])
        if lane < self.lattice.lanes:
            below = scene.lanes[lane]
            most = min(most, below.axis - _LANE_REACH - CLEAR)
            tops = (self._standing.get((column, lane)) for column in columns)
            most = min([most, *(rect.y - CLEAR for rect in tops if rect is not None)])
        route = self.routes[segment.arrow]
        if len(route.segments) > 1 and segment is route.segments[-2]:
            rect, target_lane = scene.places[route.target].symbol.rect, scene.places[route.target].lane
            if route.entry == UP and target_lane == lane:
                most = min(most, rect.y - HEAD)
            elif route.entry == DOWN and target_lane == lane - 1:
                least = max(least, rect.bottom + HEAD)
        return least, most

    def _settle(self, corridor: _Corridor) -> None:
        """Give the segments of a corridor their places, as far apart as there is room for."""
        if corridor.number & 1:
            wanted = self._at_ports(corridor)
            gaps: Sequence[int] = _PORTS
        else:
            wanted = self._in_channel(corridor)
            gaps = GAPS
        zone = self._zone(corridor, _ROOMY_EDGE)
        limits = [(segment.least, segment.most) for segment in corridor.segments]
        found, lack = solve(limits, corridor.apart, wanted, gaps[0], zone)
        missing = lack
        for gap in gaps:
            if missing <= 0:
                break
            found, missing = solve(limits, corridor.apart, wanted, gap, self._zone(corridor, EDGE))
        for segment, at in zip(corridor.segments, found, strict=True):
            segment.at = at
        if lack > 0 and not corridor.number & 1:
            self.shortages.append(Shortage(corridor.flat, corridor.number, lack))
        if missing > 0:
            self.crowded.append(Shortage(corridor.flat, corridor.number, missing))

    def _zone(self, corridor: _Corridor, distance: int) -> tuple[int, int]:
        """Where no line may lie because a border of the table does."""
        if corridor.number & 1:
            return 0, 0
        if corridor.flat:
            lane = corridor.number >> 1
            edge = self.scene.lanes[lane].top if lane < self.lattice.lanes else self.scene.area.bottom
            if edge not in self.scene.rules:
                return 0, 0
        else:
            edge = self.scene.columns[corridor.number >> 1]
        return edge - distance, edge + distance

    def _in_channel(self, corridor: _Corridor) -> list[int]:
        """Where the lines of a channel would rather be: evenly over its two halves, beside the border."""
        low, high = self._zone(corridor, EDGE)
        before, after = depths(len(corridor.segments), corridor.apart)
        wanted = []
        for i, segment in enumerate(corridor.segments):
            count = before[i] + after[i] + 1
            if low == high or not segment.least < low < high < segment.most:
                wanted.append(segment.least + (segment.most - segment.least) * (before[i] + 1) // (count + 1))
                continue
            pull = segment.low_turn + segment.high_turn
            first = (count + (pull < 0 or (pull == 0 and corridor.flat))) // 2
            if before[i] < first:
                wanted.append(segment.least + (low - segment.least) * (before[i] + 1) // (first + 1))
            else:
                share, rest = before[i] - first + 1, count - first + 1
                wanted.append(high + (segment.most - high) * share // rest)
        return wanted

    def _at_ports(self, corridor: _Corridor) -> list[int]:
        """Where lines at the sides of symbols would rather be: the weightiest in the middle, the others around it."""
        segments = corridor.segments
        wanted = [0] * len(segments)
        for group in groups(len(segments), corridor.apart):
            axis = [(segments[i].least + segments[i].most) // 2 for i in group]
            weights = [_weight(segments[i]) for i in group]
            heaviest = max(weights)
            reach = max(segments[i].most - a for i, a in zip(group, axis, strict=True))
            distance = min(_SPREAD, 2 * reach // max(1, len(group) - 1)) if len(group) > 1 else 0
            middle = weights.index(heaviest) if heaviest else (len(group) - 1) / 2
            for rank, i in enumerate(group):
                wanted[i] = axis[rank] + int((rank - middle) * distance)
        return wanted

    def _set_apart(self) -> bool:
        """Part segments that share a place and meet there, the flat ones first: were there any?"""
        return self._part(flat=True) or self._part(flat=False)

    def _part(self, *, flat: bool) -> bool:
        found = False
        for corridor in self._corridors:
            for i, j in sorted(corridor.touching) if corridor.flat is flat else ():
                one, two = corridor.segments[i], corridor.segments[j]
                near = one.low_at <= two.high_at + _IN_LINE and two.low_at <= one.high_at + _IN_LINE
                if near and abs(one.at - two.at) < GAPS[-1]:
                    corridor.touching.remove((i, j))
                    corridor.apart.add((i, j))
                    if one.tip and two.tip:
                        late = two if two.low_place >= 0 else one
                        late.tip, late.slant = False, True
                    found = True
        return found


def _meet(one: Segment, two: Segment) -> bool:
    """Does ``one`` end where ``two`` starts, other than at two sides of one symbol?"""
    return one.high == two.low and (one.high_place < 0 or two.low_place < 0)


def _pair(one: int, two: int) -> tuple[int, int]:
    return (one, two) if one < two else (two, one)


def _weight(segment: Segment) -> int:
    """A diamond's corner cannot give way; a straight arrow should not."""
    if segment.tip:
        return 3
    return 2 if segment.low_place >= 0 and segment.high_place >= 0 else 0


def _leaning(segment: Segment) -> int:
    return segment.low_turn + segment.high_turn


def _reach(kind: SymbolKind, rect: Rect, *, flat: bool) -> int:
    """How far from its middle a line may touch a symbol above and below, or at its sides (``flat``)."""
    if flat:
        return rect.height * {SymbolKind.PROCESS: 35, SymbolKind.TERMINATOR: 28}.get(kind, 0) // 100
    if kind is SymbolKind.TERMINATOR:
        return rect.width // 2 - outline.capsule_end(rect)
    return rect.width * (26 if kind is SymbolKind.DECISION else 40) // 100


def _crossings(one: Segment, two: Segment, *, exact: bool) -> int:
    """Crossings at the ends of two segments when ``one`` lies before ``two`` (left of it, or above)."""
    if exact:
        low, high, low2, high2 = one.low_at, one.high_at, two.low_at, two.high_at
    else:
        low, high, low2, high2 = one.low, one.high, two.low, two.high
    return (
        (one.low_turn > 0 and low2 < low < high2)
        + (one.high_turn > 0 and low2 < high < high2)
        + (two.low_turn < 0 and low < low2 < high)
        + (two.high_turn < 0 and low < high2 < high)
    ) + (_collisions(one, two, exact=exact) if exact else 0)


def _collisions(one: Segment, two: Segment, *, exact: bool) -> int:
    """What it costs to put ``one`` before ``two`` where both turn at one place: the stretches there would meet."""
    if not exact:
        return 0
    total = 0
    for at, turn in ((one.low_at, one.low_turn), (one.high_at, one.high_turn)):
        for at2, turn2 in ((two.low_at, two.low_turn), (two.high_at, two.high_turn)):
            if abs(at - at2) < GAPS[-1] and turn > 0 and turn2 < 0:
                total += _OVERLAP
    return total
