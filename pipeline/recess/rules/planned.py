"""What goes to the planning system, and how many equal faults of it are told as one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from pipeline.model.message import say
from pipeline.model.recess import Proposal
from pipeline.recess.rules.base import Hit, RecessContext

_NO_PROPOSAL = re.compile(r"pengaduan|aduan|keluhan|tanggapan|apresiasi", re.IGNORECASE)
_PROPOSAL = re.compile(r"usul", re.IGNORECASE)
_CANCELLED = re.compile(r"batal|cancel|tolak|tidak\s+(?:disetujui|diteruskan)|reject", re.IGNORECASE)
MOST = 50
"""Equal faults told one by one: a column that nobody filled in is one fault."""
_FEW = 3


def planned(ctx: RecessContext) -> tuple[tuple[int, Proposal], ...]:
    """The proposals that are entered, with their index; none unless ``pokir`` says that they are.

    Complaints and answers are not entered, nor what was cancelled or turned down.
    """
    if ctx.recess.planning is None:
        return ()
    return tuple((index, row) for index, row in enumerate(ctx.recess.proposals) if _is_entered(row))


def _is_entered(row: Proposal) -> bool:
    if row.kind and _NO_PROPOSAL.search(row.kind) and not _PROPOSAL.search(row.kind):
        return False
    return not (row.status and _CANCELLED.search(row.status))


@dataclass(slots=True)
class Gathered:
    """Hits by what they have in common. Many of a kind become one, with their number; so do all rows there are.

    A hit is made when it is told.
    """

    _makers: dict[str, list[Callable[[], Hit]]] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)

    def add(self, kind: str, make: Callable[[], Hit]) -> None:
        """Note a hit of ``kind``."""
        count = self._counts[kind] = self._counts.get(kind, 0) + 1
        if count <= MOST:
            self._makers.setdefault(kind, []).append(make)

    def hits(self, all_rows: int = 0) -> Iterator[Hit]:
        """Every hit, or the first with the number of all. ``all_rows`` is how many there would be if all had it."""
        for kind, makers in self._makers.items():
            count = self._counts[kind]
            if count > MOST or (count == all_rows and count > _FEW):
                first = makers[0]()
                yield replace(first, message=say("{what}; begitu juga {n} baris lain", what=first.message, n=count - 1))
            else:
                yield from (make() for make in makers)
