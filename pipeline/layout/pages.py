"""Where pages break: fewest pages first, then no lonely rows, then decisions kept with their nearest target, then
fewest torn arrows, then pages filled alike."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from pipeline.layout.cells import BAND
from pipeline.model.flow import FINISH, Edge, Flow
from pipeline.model.form import MM

_FEW = 4
"""A page with fewer rows than this, and much room left, looks like a leftover."""
_FULL = 60
"""Per cent of a page's room from which on it is no leftover, however few its rows."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows ``first`` to ``last`` (inclusive) on one page, with the tiers of connectors above and below them."""

    first: int
    last: int
    above: int
    below: int


@dataclass(frozen=True, slots=True)
class RowNeed:
    """Heights a row needs for its text and for its symbols."""

    text: int
    drawing: int

    def height(self, above: int = 0, below: int = 0) -> int:
        """Height with bands of connectors of so many tiers above and below the symbols."""
        return max(self.text, self.drawing + (above + below) * BAND)


def break_pages(needs: Sequence[RowNeed], flow: Flow, room: int, columns: int) -> tuple[Stretch, ...]:
    """Stretches that cover all rows; ``room`` is the height for rows on a page (EMU), ``columns`` the actor columns.

    Dynamic programming over break positions, page-bounded: time grows with the rows times the rows of a page. A row
    that is higher than a page stands alone on one.
    """
    search = _Search(needs, flow, room, columns)
    for last in range(len(needs)):
        search.extend(last)
    return search.stretches()


class _Search:
    """The best pages up to each row so far, as the cost and the last of the pages."""

    def __init__(self, needs: Sequence[RowNeed], flow: Flow, room: int, columns: int) -> None:
        self._needs, self._room, self._columns = needs, room, columns
        self._heights = [need.height() for need in needs]
        self._cuts = _Cuts(flow, len(needs))
        self._costs = [0]
        self._pages: list[tuple[int, int, int, int]] = []

    def extend(self, last: int) -> None:
        """Find the best pages up to row ``last``: the page that ends there starts wherever that costs least."""
        heights, room, columns, costs = self._heights, self._room, self._columns, self._costs
        before, forward, few = self._cuts.before, self._cuts.forward, min(_FEW, len(heights))
        full = room * _FULL // 100
        best: tuple[int, tuple[int, int, int, int]] | None = None
        plain = above = below = 0
        for first in range(last, -1, -1):
            plain += heights[first]
            if plain > room and first < last:
                break
            gone, kept = forward(first, last)
            above, below = above + before[first] - kept, below + gone
            tiers = -(-above // columns), -(-below // columns)
            used = plain + self._bands(first, last, *tiers) if above or below else plain
            if used > room and first < last:
                continue
            cost = costs[first] + _FILL * (max(0, room - used) // _FILL_UNIT) ** 2
            if used < full and last - first + 1 < few:
                cost += _LONELY * (few - last + first - 1) ** 2
            if best is None or cost < best[0]:
                best = cost, (first, last, *tiers)
        assert best is not None
        costs.append(best[0] + _PAGE + self._cuts.cost(last))
        self._pages.append(best[1])

    def _bands(self, first: int, last: int, above: int, below: int) -> int:
        """What bands of connectors add to the heights of the first and the last row."""
        needs, heights = self._needs, self._heights
        if first == last:
            return needs[first].height(above, below) - heights[first]
        return needs[first].height(above) - heights[first] + needs[last].height(0, below) - heights[last]

    def stretches(self) -> tuple[Stretch, ...]:
        """The pages, first to last."""
        found: list[Stretch] = []
        end = len(self._pages)
        while end:
            found.append(Stretch(*self._pages[end - 1]))
            end = found[-1].first
        return tuple(reversed(found))


class _Cuts:
    """The arrows of a flow as the page breaks see them: by the rows between which a cut would tear them."""

    def __init__(self, flow: Flow, size: int) -> None:
        self.before = [0] * size  # arrows between this row and one above it
        self._ends: list[list[int]] = [[] for _ in range(size)]  # lower ends of arrows to or from rows below
        torn, parted = [0] * (size + 1), [0] * (size + 1)
        for edge in flow.edges:
            if edge.target in (FINISH, edge.source):
                continue
            upper, lower = sorted((edge.source, edge.target))
            self._ends[upper].append(lower)
            self.before[lower] += 1
            torn[upper] += 1
            torn[lower] -= 1
        for upper, lower in _nearest(flow):
            parted[upper] += 1
            parted[lower] -= 1
        for ends in self._ends:
            ends.sort()
        self._torn, self._parted = list(accumulate(torn)), list(accumulate(parted))

    def forward(self, row: int, last: int) -> tuple[int, int]:
        """Arrows between ``row`` and rows below it: how many reach beyond ``last``, and how many do not."""
        ends = self._ends[row]
        if not ends:
            return 0, 0
        kept = bisect_right(ends, last)
        return len(ends) - kept, kept

    def cost(self, last: int) -> int:
        """Cost of a page break after row ``last``."""
        return self._parted[last] * _PARTED + self._torn[last] * _TORN


# One number holds all aims in their order: each unit is more than all that the units below it can sum up to.
_FILL = 1
_TORN = 1 << 36
_PARTED = _TORN << 16
_LONELY = _PARTED << 16
_PAGE = _LONELY << 20
_FILL_UNIT = MM // 10


def _nearest(flow: Flow) -> list[tuple[int, int]]:
    """Each decision and the nearest row it leads to, the upper row first; of two as near, the one below it."""
    exits: dict[int, list[Edge]] = {}
    for edge in flow.edges:
        if edge.label and edge.target not in (FINISH, edge.source):
            exits.setdefault(edge.source, []).append(edge)
    targets = ((row, min(edges, key=_distance).target) for row, edges in exits.items())
    return [(min(pair), max(pair)) for pair in targets]


def _distance(edge: Edge) -> tuple[int, bool]:
    return abs(edge.target - edge.source), edge.target < edge.source


def stretch_height(stretch: Stretch, needs: Sequence[RowNeed]) -> int:
    """Height of all rows of a page, bands of connectors included."""
    return sum(row_height(row, stretch, needs) for row in range(stretch.first, stretch.last + 1))


def row_height(row: int, stretch: Stretch, needs: Sequence[RowNeed]) -> int:
    """Height of ``row`` on its page."""
    above = stretch.above if row == stretch.first else 0
    below = stretch.below if row == stretch.last else 0
    return needs[row].height(above, below)
