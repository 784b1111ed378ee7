"""Draws the lines of a page: ways through corridors first, then exact places in them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from pipeline.layout.chooser import CROSSING, Chooser
from pipeline.layout.scene import Scene
from pipeline.layout.tracks import CLEAR, EDGE, GAPS, Shortage, Tracks
from pipeline.layout.ways import PLENTY, Lattice, Route
from pipeline.model.plan import Point, Rect

_ATTEMPTS = 6
_LOOKS = 3
"""So many times lines that cross unforeseen are chosen anew."""


@dataclass(frozen=True, slots=True)
class Routed:
    """Corner points by arrow (index into ``Scene.arrows``) and the symbols at both ends (into ``Scene.places``),
    arrows without a way, and corridors short of room."""

    points: Mapping[int, tuple[Point, ...]]
    ends: Mapping[int, tuple[int, int]]
    lost: tuple[int, ...]
    crossings: int
    shortages: tuple[Shortage, ...]


def lattice_of(scene: Scene, gaps: Sequence[tuple[int, Rect]]) -> Lattice:
    """The corridors of ``scene``; ``gaps`` are (lane, rectangle) of texts that stand in place of symbols."""
    return Lattice(scene, gaps, _capacity(scene))


def route(scene: Scene, lattice: Lattice, kept: Collection[tuple[int, int]] = ()) -> Routed:
    """Route all arrows of ``scene``; ``kept`` are (vertical corridor, lane) where names need more room than they found.

    Where a corridor cannot hold its lines, fewer are sent through it and all is tried again; an arrow that then still
    has no room is lost.
    """
    lattice.widen()
    for _ in range(_ATTEMPTS):
        chooser = Chooser(scene, lattice, kept)
        lost = chooser.run()
        tracks = Tracks(scene, lattice, chooser.routes)
        tracks.run()
        if not tracks.crowded:
            break
        for shortage in tracks.crowded:
            lattice.narrow(flat=shortage.flat, corridor=shortage.corridor, held=tracks.held(shortage))
    tracks = _untangled(scene, lattice, chooser, tracks)
    for shortage in tracks.crowded:
        lost += _crowded_out(chooser, shortage)
    points = {index: tracks.points(way) for index, way in chooser.routes.items() if index not in lost}
    ends = {index: (way.source, way.target) for index, way in chooser.routes.items()}
    return Routed(points, ends, tuple(sorted(lost)), len(tracks.crossings()), tuple(tracks.shortages))


def _untangled(scene: Scene, lattice: Lattice, chooser: Chooser, tracks: Tracks) -> Tracks:
    """``tracks``, or better ones: lines that cross unforeseen are chosen anew, once that is seen."""
    for _ in range(_LOOKS):
        crossings = tracks.crossings()
        pairs = {pair for pair in crossings if not chooser.foresees(*pair)}
        before = dict(chooser.routes)
        if tracks.crowded or not pairs or not chooser.untangle(pairs):
            break
        other = Tracks(scene, lattice, chooser.routes)
        other.run()
        if other.crowded or _burden(chooser.routes, other.crossings()) >= _burden(before, crossings):
            chooser.restore(before)
            tracks = Tracks(scene, lattice, chooser.routes)
            tracks.run()
            break
        tracks = other
    return tracks


def _burden(routes: Mapping[int, Route], crossings: Sequence[tuple[int, int]]) -> int:
    """Price of all lines as they are drawn."""
    return len(crossings) * CROSSING + sum(route.base for route in routes.values())


def _crowded_out(chooser: Chooser, shortage: Shortage) -> list[int]:
    """Arrows that a corridor without enough room cannot hold: the last ones in its order."""
    return [
        index
        for index, way in chooser.routes.items()
        for segment in way.segments
        if (segment.flat, segment.corridor) == (shortage.flat, shortage.corridor)
        and not segment.least <= segment.at <= segment.most
    ]


def _capacity(scene: Scene) -> list[int]:
    """How many lines fit side by side in each vertical corridor."""
    result = []
    last = len(scene.columns) - 1
    for column in range(last + 1):
        count = 0
        for other in (column - 1, column):
            if 0 <= other < last:
                width = scene.columns[other + 1] - scene.columns[other]
                free = width // 2 - scene.half - CLEAR - EDGE
                count += 1 + free // GAPS[1] if free >= 0 else 0
        result += [max(1, count), PLENTY]
    return result[:-1]
