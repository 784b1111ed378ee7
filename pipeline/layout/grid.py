"""The tracks on which lines may run, and what already occupies them.

Every actor column has tracks left and right of its symbols and three through them (the middle one and one at each
side, for further ports); every lane has the like above, through and below. No track lies on a cell border, where a
line would vanish. A stretch between two tracks is used by one line at most, and two lines meet only at a right angle,
so lines of different arrows cannot lie on one another by construction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.layout.scene import Scene
from pipeline.model.plan import Point, Rect

Node = int
"""A meeting of two tracks: index of the horizontal track times the number of vertical ones, plus that of the latter."""

RIGHT, DOWN, LEFT, UP = range(4)
FREE, FLAT, STEEP, BOTH, BEND = range(5)
"""What occupies a node: nothing, a line across, a line down, both (a crossing), a line that turns there."""
NOWHERE = -1


class Grid:
    """Tracks and occupation of one page; ``xs`` and ``ys`` in EMU, ascending.

    ``column_tracks`` and ``lane_tracks`` hold the index of the first track of each column and lane, and one past all.

    ``steps[heading][node]`` is the neighbouring node, NOWHERE where a symbol, a label or another line bars the way.
    """

    def __init__(
        self, xs: list[int], ys: list[int], column_tracks: list[int], lane_tracks: list[int], spare: int
    ) -> None:
        self.xs, self.ys = xs, ys
        self.column_tracks, self.lane_tracks, self.spare = column_tracks, lane_tracks, spare
        self.width = len(xs)
        count = len(xs) * len(ys)
        self.blocked = bytearray(count)
        self.state = bytearray(count)
        last = self.width - 1
        self.steps = [
            [node + 1 if node % self.width < last else NOWHERE for node in range(count)],
            [node + self.width if node + self.width < count else NOWHERE for node in range(count)],
            [node - 1 if node % self.width else NOWHERE for node in range(count)],
            [node - self.width if node >= self.width else NOWHERE for node in range(count)],
        ]

    def node(self, column: int, row: int) -> Node:
        """The node on vertical track ``column`` and horizontal track ``row``."""
        return row * self.width + column

    def point(self, node: Node) -> Point:
        """Where ``node`` lies on the page."""
        return self.xs[node % self.width], self.ys[node // self.width]

    def block(self, rect: Rect) -> None:
        """Keep lines routed from now on out of ``rect``, also where it lies between two tracks."""
        columns = [i for i, x in enumerate(self.xs) if rect.x <= x <= rect.right]
        rows = [j for j, y in enumerate(self.ys) if rect.y <= y <= rect.bottom]
        for row in rows:
            for left in _touched(self.xs, rect.x, rect.right):
                self._bar(self.node(left, row), RIGHT)
            for column in columns:
                self.blocked[self.node(column, row)] = True
        for column in columns:
            for upper in _touched(self.ys, rect.y, rect.bottom):
                self._bar(self.node(column, upper), DOWN)

    def _bar(self, node: Node, heading: int) -> None:
        other = self.steps[heading][node]
        if other != NOWHERE:
            self.steps[heading][node] = NOWHERE
            self.steps[(heading + 2) % 4][other] = NOWHERE

    def occupy(self, path: Sequence[Node], entry: int, leave: int) -> None:
        """Mark ``path``; ``entry`` and ``leave`` are the directions of the stubs at its ends."""
        for node, before, after in self._turns(path, entry, leave):
            self.state[node] = BEND if before != after else self.state[node] | (STEEP if before % 2 else FLAT)
        for one, two in pairwise(path):
            self._bar(one, self.direction(one, two))

    def release(self, path: Sequence[Node], entry: int, leave: int) -> None:
        """Undo ``occupy``."""
        for node, before, after in self._turns(path, entry, leave):
            self.state[node] = FREE if before != after else self.state[node] & ~(STEEP if before % 2 else FLAT)
        for one, two in pairwise(path):
            heading = self.direction(one, two)
            self.steps[heading][one] = two
            self.steps[(heading + 2) % 4][two] = one

    def direction(self, one: Node, two: Node) -> int:
        """Direction of the step between two neighbouring nodes."""
        if one // self.width == two // self.width:
            return RIGHT if two > one else LEFT
        return DOWN if two > one else UP

    def _turns(self, path: Sequence[Node], entry: int, leave: int) -> Iterator[tuple[Node, int, int]]:
        headings = [entry, *(self.direction(one, two) for one, two in pairwise(path)), leave]
        return zip(path, headings, headings[1:], strict=False)


def _touched(tracks: Sequence[int], start: int, end: int) -> list[int]:
    """Indexes of the stretches between neighbouring tracks that reach into start..end."""
    return [i for i, (one, two) in enumerate(pairwise(tracks)) if one <= end and start <= two]


def build_grid(scene: Scene, spare: int) -> Grid:
    """Tracks of a page with ``spare`` of them in each gutter; symbols block what they cover."""
    xs: list[int] = []
    ys: list[int] = []
    column_tracks: list[int] = []
    lane_tracks: list[int] = []
    used = {place.column for place in scene.places}
    for column, (left, right) in enumerate(pairwise(scene.columns)):
        column_tracks.append(len(xs))
        if column in used:
            xs += _tracks(left, right, (left + right) // 2, scene.half, spare)
        else:  # nothing to go around: fewer tracks, a smaller search
            xs += [left + (right - left) * (i + 1) // (spare + 2) for i in range(spare + 1)]
    column_tracks.append(len(xs))
    for lane in scene.lanes:
        lane_tracks.append(len(ys))
        ys += _tracks(lane.top, lane.bottom, lane.axis, lane.half, spare)
    lane_tracks.append(len(ys))
    grid = Grid(xs, ys, column_tracks, lane_tracks, spare)
    for place in scene.places:
        grid.block(place.symbol.rect)
    return grid


def _tracks(start: int, end: int, axis: int, half: int, spare: int) -> list[int]:
    before = [start + (axis - half - start) * (i + 1) // (spare + 1) for i in range(spare)]
    after = [axis + half + (end - axis - half) * (i + 1) // (spare + 1) for i in range(spare)]
    return [*before, axis - half // 2, axis, axis + half // 2, *after]
