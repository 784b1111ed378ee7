"""The tracks on which lines may run, and what already occupies them.

Every actor column has tracks left and right of its symbols and three through them (the middle one and one at each
side, for further ports); every lane has the like above, through and below. No track lies on a cell border, where a
line would vanish. A stretch between two tracks is used by one line at most, and two lines meet only at a right angle,
so lines of different arrows cannot lie on one another by construction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.layout.scene import Scene
from pipeline.model.plan import Point, Rect

Node = tuple[int, int]
"""Index of a vertical track and index of a horizontal track."""

RIGHT, DOWN, LEFT, UP = range(4)
STEP: tuple[Node, ...] = ((1, 0), (0, 1), (-1, 0), (0, -1))


@dataclass(slots=True)
class Grid:
    """Tracks and occupation of one page. ``xs``, ``ys`` in EMU, ascending."""

    xs: list[int]
    ys: list[int]
    column_tracks: list[int]  # index of the first track of each column
    lane_tracks: list[int]
    spare: int  # tracks per gutter
    blocked: set[Node] = field(default_factory=set)
    edges: set[tuple[Node, Node]] = field(default_factory=set)
    through: dict[Node, set[bool]] = field(default_factory=dict)  # is horizontal
    bends: set[Node] = field(default_factory=set)
    walls: list[Rect] = field(default_factory=list)

    def point(self, node: Node) -> Point:
        """Where ``node`` lies on the page."""
        return self.xs[node[0]], self.ys[node[1]]

    def block(self, rect: Rect) -> None:
        """Keep lines out of ``rect``."""
        columns = [i for i, x in enumerate(self.xs) if rect.x <= x <= rect.right]
        rows = [j for j, y in enumerate(self.ys) if rect.y <= y <= rect.bottom]
        self.blocked.update((i, j) for i in columns for j in rows)

    def wall(self, rect: Rect) -> None:
        """Keep lines routed from now on out of ``rect``, also where it lies between tracks."""
        self.walls.append(rect)
        self.block(rect)

    def passes_wall(self, one: Node, two: Node) -> bool:
        """Does the stretch between neighbouring nodes touch a wall?"""
        if not self.walls:
            return False
        (x0, y0), (x1, y1) = self.point(one), self.point(two)
        left, right, top, bottom = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
        return any(w.x <= right and left <= w.right and w.y <= bottom and top <= w.bottom for w in self.walls)

    def occupy(self, path: Sequence[Node], entry: int, leave: int) -> None:
        """Mark ``path``; ``entry`` and ``leave`` are the directions of the stubs at its ends."""
        for node, before, after in _turns(path, entry, leave):
            if before == after:
                self.through.setdefault(node, set()).add(before in (RIGHT, LEFT))
            else:
                self.bends.add(node)
        self.edges.update(_edge(one, two) for one, two in pairwise(path))

    def release(self, path: Sequence[Node], entry: int, leave: int) -> None:
        """Undo ``occupy``."""
        for node, before, after in _turns(path, entry, leave):
            if before == after:
                self.through[node].discard(before in (RIGHT, LEFT))
                if not self.through[node]:
                    del self.through[node]
            else:
                self.bends.discard(node)
        self.edges.difference_update(_edge(one, two) for one, two in pairwise(path))


def _edge(one: Node, two: Node) -> tuple[Node, Node]:
    return (one, two) if one < two else (two, one)


def direction(one: Node, two: Node) -> int:
    """Direction of the step between two nodes on one track."""
    if one[1] == two[1]:
        return RIGHT if two[0] > one[0] else LEFT
    return DOWN if two[1] > one[1] else UP


def _turns(path: Sequence[Node], entry: int, leave: int) -> Iterable[tuple[Node, int, int]]:
    headings = [entry, *(direction(one, two) for one, two in pairwise(path)), leave]
    return zip(path, headings, headings[1:], strict=False)


def build_grid(scene: Scene, spare: int) -> Grid:
    """Tracks of a page with ``spare`` of them in each gutter; symbols block what they cover."""
    xs: list[int] = []
    ys: list[int] = []
    column_tracks: list[int] = []
    lane_tracks: list[int] = []
    for left, right in pairwise(scene.columns):
        column_tracks.append(len(xs))
        xs += _tracks(left, right, (left + right) // 2, scene.half, spare)
    for lane in scene.lanes:
        lane_tracks.append(len(ys))
        ys += _tracks(lane.top, lane.bottom, lane.axis, lane.half, spare)
    grid = Grid(xs, ys, column_tracks, lane_tracks, spare)
    for place in scene.places:
        grid.block(place.symbol.rect)
    return grid


def _tracks(start: int, end: int, axis: int, half: int, spare: int) -> list[int]:
    before = [start + (axis - half - start) * (i + 1) // (spare + 1) for i in range(spare)]
    after = [axis + half + (end - axis - half) * (i + 1) // (spare + 1) for i in range(spare)]
    return [*before, axis - half // 2, axis, axis + half // 2, *after]
