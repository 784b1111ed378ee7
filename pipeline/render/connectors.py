"""A poly-line as one of Word's connector presets: which preset, where its box stands, how it is turned, and bent.

Word draws the presets in a box with the start in its upper left and the end in its lower right corner, the first
stretch running sideways (ISO/IEC 29500-1, presetShapeDefinitions). Flipping moves the start to another corner, and a
quarter turn makes the first stretch run up or down. Adjustments say, in 100,000ths of the box, where the stretches
between the first and the last one lie; they may lie outside the box.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.model.plan import Point

FULL = 100_000
"""An adjustment of the whole width or height of the box."""
QUARTER = 5_400_000
"""A quarter turn clockwise, in 60,000ths of a degree."""
FARTHEST = 3 * FULL
"""Largest adjustment: LibreOffice rounds the sides of boxes to twips (0.018 mm), and an error grows with it."""
_PRESETS = {2: "straightConnector1", 3: "bentConnector2", 4: "bentConnector3", 5: "bentConnector4", 6: "bentConnector5"}


@dataclass(frozen=True, slots=True)
class Connector:
    """A preset in its box before turning: ``x``, ``y``, ``width``, ``height`` in EMU, ``turn`` in 60,000ths of a degree
    clockwise about the middle, applied after the flips; ``bends`` are the adjustments in order.
    """

    preset: str
    x: int
    y: int
    width: int
    height: int
    turn: int = 0
    flip_h: bool = False
    flip_v: bool = False
    bends: tuple[int, ...] = ()


def simplified(points: Sequence[Point]) -> tuple[Point, ...]:
    """``points`` without repeated ones and without those in the middle of a straight stretch."""
    kept: list[Point] = []
    for point in points:
        if kept and kept[-1] == point:
            continue
        if len(kept) > 1 and _between(kept[-2], kept[-1], point):
            kept[-1] = point
        else:
            kept.append(point)
    return tuple(kept)


def _between(a: Point, b: Point, c: Point) -> bool:
    """Does the way from ``a`` over ``b`` to ``c`` run on in one direction?"""
    if a[0] == b[0] == c[0]:
        return (b[1] - a[1] > 0) == (c[1] - b[1] > 0)
    return a[1] == b[1] == c[1] and (b[0] - a[0] > 0) == (c[0] - b[0] > 0)


def connector(points: Sequence[Point]) -> Connector | None:
    """The preset whose drawn way is that of the orthogonal poly-line ``points`` (simplified), to 1 EMU in 100,000.

    None where no preset gives the way: more than four bends, a way that turns back on itself, or one that reaches so
    far out of a narrow box (its end straight above or beside its start) that LibreOffice could draw it elsewhere.
    """
    preset = _PRESETS.get(len(points))
    if preset is None or not _alternates(points):
        return None
    (x0, y0), (x1, y1) = points[0], points[-1]
    if len(points) == 2:
        return Connector(preset, min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0), 0, x1 < x0, y1 < y0)
    if points[1][1] == y0:
        return _across(preset, points)
    # Turned back by a quarter, the line starts sideways; its box turns about the same middle.
    flat = _across(preset, [(y, -x) for x, y in points])
    if flat is None:
        return None
    middle_x, middle_y = -(2 * flat.y + flat.height), 2 * flat.x + flat.width  # doubled
    x, y = (middle_x - flat.width) // 2, (middle_y - flat.height) // 2
    return Connector(preset, x, y, flat.width, flat.height, QUARTER, flat.flip_h, flat.flip_v, flat.bends)


def _alternates(points: Sequence[Point]) -> bool:
    """Do stretches run sideways and up or down by turns?"""
    ways = [(a[0] != b[0], a[1] != b[1]) for a, b in pairwise(points)]
    return all(x != y for x, y in ways) and all(one != two for one, two in pairwise(ways))


def _across(preset: str, points: Sequence[Point]) -> Connector | None:
    """As ``connector``, for a line with bends whose first stretch runs sideways."""
    (x0, y0), (x1, y1) = points[0], points[-1]
    inner = points[1:-2]
    across = _adjustments(x0, x1, [x for x, _ in inner[::2]])
    down = _adjustments(y0, y1, [y for _, y in inner[1::2]])
    if across is None or down is None:
        return None
    bends = tuple((down if index % 2 else across)[index // 2] for index in range(len(inner)))
    return Connector(preset, min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0), 0, x1 < x0, y1 < y0, bends)


def _adjustments(start: int, end: int, values: Sequence[int]) -> list[int] | None:
    """What puts stretches at ``values``, for a side of the box from ``start`` to ``end``; None beyond FARTHEST."""
    length = end - start
    if any(abs(value - start) * FULL > FARTHEST * abs(length) for value in values):
        return None
    # Where the side has no length every value is its start.
    return [round((value - start) * FULL / length) if length else 0 for value in values]
