"""Where a page of the flowchart must show ink, so that the print can be held against the plan. Lengths in EMU."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, pairwise

from pipeline.model.plan import PagePlan, Plan, Point, Rect


@dataclass(frozen=True, slots=True)
class Trace:
    """Points on the outline of a symbol or on a line; ``alt`` names it."""

    alt: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Ink:
    """What a page must show: all ``traces``, and borders at the heights ``rules`` from ``left`` to ``right``."""

    traces: tuple[Trace, ...]
    rules: tuple[int, ...]
    left: int
    right: int


def ink_of(plan: Plan, left: int) -> tuple[Ink, ...]:
    """The ink of every page of ``plan``, whose table stands at ``left``."""
    return tuple(_page(page, left, left + sum(plan.widths)) for page in plan.pages)


def _page(page: PagePlan, left: int, right: int) -> Ink:
    symbols = (Trace(symbol.alt, _sides(symbol.rect)) for symbol in page.symbols)
    lines = (Trace(line.alt, _along(line.points)) for line in page.lines)
    return Ink((*symbols, *lines), tuple(accumulate(page.heights, initial=page.area.y)), left, right)


def _sides(rect: Rect) -> tuple[Point, ...]:
    """The middles of the sides: every symbol of the form has its outline there."""
    x, y = rect.center
    return (x, rect.y), (rect.x, y), (x, rect.bottom), (rect.right, y)


def _along(points: tuple[Point, ...]) -> tuple[Point, ...]:
    """The bends of a line and the middles of its stretches."""
    return (*points[1:-1], *(((a[0] + b[0]) // 2, (a[1] + b[1]) // 2) for a, b in pairwise(points)))
