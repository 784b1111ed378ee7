"""Units that do not add up without a rule: working days against calendar days and months. Asked by DUR-06, DUR-07."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, auto

from pipeline.model.duration import Quantity, TimeValue, Unit
from pipeline.model.sop import Sop


class Kind(Enum):
    """What days a unit counts."""

    WORKING = auto()
    CALENDAR = auto()


_KINDS = {
    **dict.fromkeys((Unit.DAY, Unit.WORKDAY), Kind.WORKING),
    **dict.fromkeys((Unit.CALENDAR_DAY, Unit.MONTH, Unit.QUARTER, Unit.SEMESTER, Unit.YEAR), Kind.CALENDAR),
}
"""Hours fit into either, and a week is five working days or seven calendar days alike."""


def kinds(quantities: Iterable[Quantity]) -> frozenset[Kind]:
    """The kinds of days that ``quantities`` count."""
    return frozenset(_KINDS[quantity.unit] for quantity in quantities if quantity.unit in _KINDS)


def kinds_in(time: TimeValue | None) -> frozenset[Kind]:
    """The kinds of days that a cell counts, all its values together."""
    durations = time.durations if time is not None else ()
    return kinds(quantity for duration in durations for quantity in (*duration.low, *duration.high))


def kinds_of(sop: Sop) -> frozenset[Kind]:
    """The kinds of days of all steps and of the stated total."""
    return frozenset().union(kinds_in(sop.total), *(kinds_in(step.time) for step in sop.steps))
