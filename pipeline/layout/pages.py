"""Where pages break: fewest pages first, then fewest torn arrows and no lonely row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.layout.table import BAND
from pipeline.model.flow import FINISH, Flow

_PAGE_COST = 10_000
_FEW = 4
"""A page with fewer rows than this looks like a leftover."""
_LONELY_COST = 60
_TORN_COST = 10


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

    Dynamic programming over break positions. A row that is higher than a page stands alone on one.
    """
    best: list[tuple[int, tuple[Stretch, ...]]] = [(0, ())]
    for end in range(len(needs)):
        options = []
        for start in range(end, -1, -1):
            stretch = _stretch(start, end, flow, columns)
            if start < end and stretch_height(stretch, needs) > room:
                if sum(need.height() for need in needs[start : end + 1]) > room:
                    break
                continue
            cost, before = best[start]
            options.append((cost + _cost(stretch, flow, len(needs)), (*before, stretch)))
        best.append(min(options, key=lambda option: option[0]))
    return best[-1][1]


def stretch_height(stretch: Stretch, needs: Sequence[RowNeed]) -> int:
    """Height of all rows of a page, bands of connectors included."""
    return sum(row_height(row, stretch, needs) for row in range(stretch.first, stretch.last + 1))


def row_height(row: int, stretch: Stretch, needs: Sequence[RowNeed]) -> int:
    """Height of ``row`` on its page."""
    above = stretch.above if row == stretch.first else 0
    below = stretch.below if row == stretch.last else 0
    return needs[row].height(above, below)


def _stretch(first: int, last: int, flow: Flow, columns: int) -> Stretch:
    above = below = 0
    for edge in flow.edges:
        if edge.target == FINISH:
            continue
        source_in, target_in = first <= edge.source <= last, first <= edge.target <= last
        if source_in == target_in:
            continue
        if (edge.target if source_in else edge.source) > last:
            below += 1
        else:
            above += 1
    return Stretch(first, last, -(-above // columns), -(-below // columns))


def _cost(stretch: Stretch, flow: Flow, count: int) -> int:
    torn = sum(1 for e in flow.edges if e.source <= stretch.last < e.target or e.target <= stretch.last < e.source)
    rows = stretch.last - stretch.first + 1
    lacking = max(0, min(_FEW, count) - rows)
    return _PAGE_COST + _LONELY_COST * lacking**2 + _TORN_COST * torn
