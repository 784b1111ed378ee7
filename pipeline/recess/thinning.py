"""Faults that hit thousands of rows alike are told in full for the first rows, and for the others in one finding."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from pipeline.model.finding import Finding, Place, Related
from pipeline.model.message import Message, say

SAME: Final = 20
"""Findings with the same words in the same column that are told one by one."""
ALIKE: Final = 200
"""Findings of one kind in the same column, about different values, that are told one by one."""
_SHOWN = 10
_RANGES = 15
_CELL = re.compile(r"([A-Z]+)(\d+)")


@dataclass(slots=True)
class _Rest:
    """What is not told one by one: the first of it, and the rows and some places of all."""

    first: Finding
    rows: list[int] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)


def thinned(findings: Iterable[Finding]) -> Iterator[Finding]:
    """``findings`` in their order, and at the end one for each group of those that were left out.

    What is not about a row of a table is never left out.
    """
    counts: dict[Hashable, int] = {}
    rests: dict[Hashable, _Rest] = {}
    for finding in findings:
        cell = _CELL.fullmatch(finding.place.cell or "")
        if cell is None or finding.fatal:
            yield finding
            continue
        kind = (finding.code, finding.severity, finding.place.file, finding.place.sheet, cell[1], finding.message.key)
        same = (*kind, finding.message)
        number = counts[same] = counts.get(same, 0) + 1
        others = counts[kind] = counts.get(kind, 0) + 1
        if number <= SAME and others <= ALIKE:
            yield finding
            continue
        rest = rests.setdefault(same if number > SAME else kind, _Rest(finding))
        rest.rows.append(int(cell[2]))
        if len(rest.places) < _SHOWN:
            rest.places.append(finding.place)
    yield from map(_told, rests.values())


def _told(rest: _Rest) -> Finding:
    if len(rest.rows) == 1:
        return rest.first
    message = say(
        "{what}; dan hal serupa pada {n} baris lagi: {rows}",
        what=rest.first.message.bare(),
        n=len(rest.rows) - 1,
        rows=ranges(sorted(set(rest.rows[1:]))),
    ).sentence()
    related = tuple(Related(place, say("baris lain dengan hal serupa")) for place in rest.places[1:])
    return replace(rest.first, message=message, related=(*rest.first.related, *related))


def ranges(rows: list[int]) -> Message:
    """ "22–40, 45, 51–60"; of very many the first ones and how many are left."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and row == found[-1][1] + 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    shown = ", ".join(f"{first}–{last}" if first < last else str(first) for first, last in found[:_RANGES])
    left = sum(last - first + 1 for first, last in found[_RANGES:])
    return say("{rows}, dan {n} baris lain", rows=shown, n=left) if left else say("{rows}", rows=shown)
