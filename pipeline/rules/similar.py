"""Which SOPs of an office have most of their steps in common: asked by STR-08 and STR-09.

Steps are equal when their activities are, but for capitals, blanks and punctuation. Two SOPs can only share more than
a given part of their steps when they share some of the *rarest* steps of each (prefix filtering: Chaudhuri et al. 2006,
Wang et al. 2012), so each SOP is compared with those few that do, and the work grows with the number of SOPs, not with
its square.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pipeline.model.inputs import SopInput
from pipeline.model.naming import fold
from pipeline.model.sop import Sop

FEWEST_STEPS = 4
"""Shorter procedures are alike by chance."""
_HITS = 3
"""Rare steps that must be shared before two SOPs are compared; no more than are needed of the shortest procedure."""
_MOST_KEPT = 32
"""SOPs remembered per step: many copies of one template need not all be compared with one another."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two members, the earlier first, and for each shared step its rows in them; ``share`` is the part of the steps
    of the longer one."""

    first: int
    second: int
    rows: tuple[tuple[int, int], ...]
    share: Fraction


def pairs(items: Sequence[SopInput], share: Fraction) -> Iterator[Pair]:
    """For each member the earlier one with which it shares most of its steps, if that is more than ``share``."""
    steps = [_steps(item.sop) if item.sop is not None else {} for item in items]
    frequency = Counter(key for own in steps for key in own)
    index: dict[str, list[int]] = {}
    for second, own in enumerate(steps):
        if len(own) < FEWEST_STEPS:
            continue
        needed = int(share * len(own)) + 1
        rarest = sorted(own, key=lambda key: (frequency[key], key))[: len(own) - needed + _HITS]
        hits = Counter(first for key in rarest for first in index.get(key, ()))
        best = _best(own, [first for first, count in hits.items() if count >= _HITS], steps, share)
        if best is not None:
            first, part = best
            rows = tuple((steps[first][key], row) for key, row in own.items() if key in steps[first])
            yield Pair(first, second, rows, part)
        for key in rarest:
            known = index.setdefault(key, [])
            if frequency[key] > 1 and len(known) < _MOST_KEPT:
                known.append(second)


def _best(
    own: dict[str, int], candidates: Sequence[int], steps: Sequence[dict[str, int]], share: Fraction
) -> tuple[int, Fraction] | None:
    found = [
        (Fraction(len(own.keys() & steps[first].keys()), max(len(own), len(steps[first]))), -first)
        for first in candidates
    ]
    part, first = max(found, default=(Fraction(0), 0))
    return (-first, part) if part > share else None


def _steps(sop: Sop) -> dict[str, int]:
    """The first row of each activity, by its key."""
    rows: dict[str, int] = {}
    for row, step in enumerate(sop.steps):
        key = fold(step.activity)
        if key:
            rows.setdefault(key, row)
    return rows
