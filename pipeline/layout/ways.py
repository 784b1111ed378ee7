"""Which way a line goes: through which corridors of the page, before its exact place in them is known.

A page is a lattice of corridors. Of the vertical ones, number 2c + 1 runs through the middle of actor column c and
2c along its left border, between two columns of symbols; the horizontal ones likewise, over lanes. A way is a row of
corridors, each at a right angle to the one before, so its bends are one less than its corridors. The few ways that a
draughtsman would think of, with at most four bends, are listed and priced against the lines that are there already:
crossings first, then bends, then length. There is always such a way, because the corridors between symbols are free.
Costs are whole numbers: a hundredth of a millimetre of length is 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from pipeline.layout.scene import Place, Scene
from pipeline.model.form import MM
from pipeline.model.plan import Rect

RIGHT, DOWN, LEFT, UP = range(4)

_UNIT = MM // 100
BEND = 1_500
PLENTY = 99
OUTSIDE = 3 * MM
"""What a text in place of a symbol leaves free at both edges of the actor columns, for lines."""
NEVER = 1 << 60

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
    """The chosen way of an arrow from symbol ``source`` to ``target``, which it leaves and enters at the sides ``exit``
    and ``entry``; ``flat`` says whether it starts sideways; ``base`` is its price when alone."""

    arrow: int
    source: int
    target: int
    way: Way
    flat: bool
    exit: int
    entry: int
    base: int
    segments: tuple[Segment, ...] = ()


class Lattice:
    """Corridors of a scene: where they lie, what stands in them, how many lines they hold."""

    def __init__(self, scene: Scene, gaps: Sequence[tuple[int, Rect]], capacity: Sequence[int]) -> None:
        """``gaps`` are (lane, rectangle) of texts in place of symbols; ``capacity`` says by vertical corridor how many
        lines it holds side by side."""
        self.scene = scene
        self.columns, self.lanes = len(scene.columns) - 1, len(scene.lanes)
        self.xs = _positions([(one + two) // 2 for one, two in pairwise(scene.columns)], scene.columns)
        tops = [lane.top for lane in scene.lanes]
        self.ys = _positions([lane.axis for lane in scene.lanes], [*tops, scene.lanes[-1].bottom])
        self.known: dict[tuple[int, int, int, int], list[list[tuple[int, bool, Way]]]] = {}
        self._capacity = tuple(capacity)
        self.widen()
        standing = [[0] * self.lanes for _ in range(2 * self.columns + 1)]
        for place in scene.places:
            standing[2 * place.column + 1][place.lane] = 1
        self.gaps = dict(gaps)
        for lane, rect in gaps:
            for corridor, (left, right) in enumerate(self._reaches()):
                if rect.x < right and left < rect.right:
                    standing[corridor][lane] = 1
        # Sums, by which "is there anything from here to there" is one subtraction.
        self.steep_sums = [list(accumulate(column, initial=0)) for column in standing]
        self.flat_sums = [
            list(accumulate((column[lane] for column in standing), initial=0)) for lane in range(self.lanes)
        ]

    def _reaches(self) -> Iterator[tuple[int, int]]:
        """Where lines of each vertical corridor may lie (EMU); of the outermost only what a gap leaves free."""
        scene, half = self.scene, self.scene.half
        axes = [(one + two) // 2 for one, two in pairwise(scene.columns)]
        yield scene.area.x, scene.area.x + OUTSIDE
        for axis, following in pairwise(axes):
            yield axis - half, axis + half
            yield axis + half, following - half
        yield axes[-1] - half, axes[-1] + half
        yield scene.area.right - OUTSIDE, scene.area.right

    def widen(self) -> None:
        """Undo ``narrow``."""
        self.capacity = list(self._capacity)
        self.flat_capacity = [PLENTY] * (2 * self.lanes + 1)

    def narrow(self, *, flat: bool, corridor: int, held: int) -> None:
        """``held`` lines side by side were too many for a corridor: let it hold fewer."""
        capacity = self.flat_capacity if flat else self.capacity
        capacity[corridor] = max(0, min(capacity[corridor], held) - 1)


def _positions(axes: Sequence[int], edges: Sequence[int]) -> list[int]:
    """Nominal places of corridors in cost units: borders and axes in turn."""
    result = [edges[0] // _UNIT]
    for axis, edge in zip(axes, edges[1:], strict=True):
        result += [axis // _UNIT, edge // _UNIT]
    return result


def ways(lattice: Lattice, source: Place, target: Place) -> Iterator[list[tuple[int, bool, Way]]]:
    """The ways worth thinking of, in three helpings of growing bends: (price without others, first flat, way).

    They depend on the places alone, so the lattice keeps them.
    """
    ends = 2 * source.column + 1, 2 * source.lane + 1, 2 * target.column + 1, 2 * target.lane + 1
    helpings = lattice.known.setdefault(ends, [])
    for number, some in enumerate((_simple, _double, _treble)):
        if number == len(helpings):
            found = []
            for flat, way in some(lattice, *ends):
                cost = _length(lattice, way, flat=flat)
                if cost < NEVER:
                    found.append((cost + (len(way) - 3) * BEND, flat, way))
            found.sort()
            helpings.append(found)
        yield helpings[number]


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
    """Length of a way by the middle of its corridors; NEVER when something stands in it.

    A symbol or a gap stands in it strictly between two of its bends, or on one. This is asked hundreds of times for
    every line.
    """
    total = 0
    last = len(way) - 1
    lying, standing, xs, ys = lattice.flat_sums, lattice.steep_sums, lattice.xs, lattice.ys
    before, corridor = way[0], way[1]
    for index in range(2, last + 1):
        after = way[index]
        if before == after:
            return NEVER
        low, high = (before, after) if before < after else (after, before)
        if flat:
            if corridor & 1:
                sums = lying[corridor >> 1]
                if sums[high] > sums[low + 1]:
                    return NEVER
                if index < last and after & 1:
                    sums = standing[after]
                    if sums[(corridor >> 1) + 1] != sums[corridor >> 1]:
                        return NEVER
            total += abs(xs[after] - xs[before])
        else:
            sums = standing[corridor]
            # Strictly between the row coordinates lie the lanes from (low + 1) // 2 up to, but without, high // 2.
            if sums[high >> 1] > sums[(low + 1) >> 1]:
                return NEVER
            if index < last and corridor & 1 and after & 1 and sums[(after >> 1) + 1] != sums[after >> 1]:
                return NEVER
            total += abs(ys[after] - ys[before])
        flat = not flat
        before, corridor = corridor, after
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
