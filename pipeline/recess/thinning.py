"""Faults that hit thousands of rows alike are told in full for the first rows, and for the others in one finding."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from pipeline.model.finding import Finding, Related
from pipeline.model.message import Message, say, verbatim

SAME: Final = 20
"""Findings with the same words in the same column that are told one by one."""
ALIKE: Final = 200
"""Findings of one kind in the same column, about different values, that are told one by one."""
_SHOWN = 10
_RANGES = 15
_CELL = re.compile(r"([A-Z]+)(\d+)")


@dataclass(slots=True)
class _Rest:
    """What is not told one by one: the first findings of it, and the rows of all."""

    findings: list[Finding] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)


class Thinner:
    """Lets the first findings of a kind through and counts the others, which then need not be made at all."""

    def __init__(self) -> None:
        self._counts: dict[Hashable, int] = {}
        self._rests: dict[Hashable, _Rest] = {}

    def kept(self, kind: Hashable, words: Message, row: int, make: Callable[[], Finding]) -> Finding | None:
        """The finding on ``row`` that ``make`` makes; None when it is one of too many of its ``kind``.

        ``words`` is its message. One that is left out is part of what ``rest`` tells.
        """
        same = (kind, words)
        number = self._counts.get(same, 0) + 1
        others = self._counts[kind] = self._counts.get(kind, 0) + 1
        if others <= ALIKE or number > 1:  # the 100,000th value needs no counter of its own
            self._counts[same] = number
        if number <= SAME and others <= ALIKE:
            return make()
        rest = self._rests.setdefault(same if number > SAME else kind, _Rest())
        rest.rows.append(row)
        if len(rest.findings) < _SHOWN:
            rest.findings.append(make())
        return None

    def rest(self) -> Iterator[Finding]:
        """A finding for each group of those that were left out."""
        yield from map(_told, self._rests.values())


def thinned(findings: Iterable[Finding]) -> Iterator[Finding]:
    """``findings`` in their order, and at the end one for each group of those that were left out.

    What is not about a row of a table is never left out.
    """
    thinner = Thinner()
    for finding in findings:
        cell = _CELL.fullmatch(finding.place.cell or "")
        if cell is None or finding.fatal:
            yield finding
            continue
        kind = (finding.code, finding.severity, finding.place.file, finding.place.sheet, cell[1], finding.message.key)
        kept = thinner.kept(kind, finding.message, int(cell[2]), _same(finding))
        if kept is not None:
            yield kept
    yield from thinner.rest()


def _same(finding: Finding) -> Callable[[], Finding]:
    return lambda: finding


def _told(rest: _Rest) -> Finding:
    first, *others = rest.findings
    if not others:
        return first
    message = say(
        "{what}; dan hal serupa pada {n} baris lagi: {rows}",
        what=first.message.bare(),
        n=len(rest.rows) - 1,
        rows=ranges(sorted(set(rest.rows[1:]))),
    ).sentence()
    related = tuple(Related(other.place, say("baris lain dengan hal serupa")) for other in others)
    return replace(first, message=message, related=(*first.related, *related))


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
    return say("{rows}, dan {n} baris lain", rows=shown, n=left) if left else verbatim(shown)
