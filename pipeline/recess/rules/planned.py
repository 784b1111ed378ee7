"""What goes to the planning system, and how many equal faults of it are told as one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial

from pipeline.model.message import say
from pipeline.model.recess import Proposal
from pipeline.recess.rules.base import Hit, RecessContext
from pipeline.recess.thinning import SAME, ranges

_NO_PROPOSAL = re.compile(r"pengaduan|aduan|keluhan|tanggapan|apresiasi", re.IGNORECASE)
_PROPOSAL = re.compile(r"usul", re.IGNORECASE)
_CANCELLED = re.compile(r"batal|cancel|tolak|tidak\s+(?:disetujui|diteruskan)|reject", re.IGNORECASE)
_FEW = 3


def planned(ctx: RecessContext) -> tuple[tuple[int, Proposal], ...]:
    """The proposals that are entered, with their index; none unless ``pokir`` says that they are.

    Complaints and answers are not entered, nor what was cancelled or turned down.
    """
    if ctx.recess.planning is None:
        return ()
    return tuple((index, row) for index, row in enumerate(ctx.recess.proposals) if _is_entered(row.kind, row.status))


@lru_cache(maxsize=1024)
def _is_entered(kind: str, status: str) -> bool:
    if _NO_PROPOSAL.search(kind) and not _PROPOSAL.search(kind):
        return False
    return _CANCELLED.search(status) is None


@dataclass(slots=True)
class Gathered:
    """Hits on rows by what they have in common; only those that are told are made. Many of a kind end in one for the
    others, with their rows. What all rows have is told once: a column that nobody filled in is one fault.

    ``most`` are told one by one: SAME, or ALIKE where each speaks of other values.
    """

    most: int = SAME
    _makers: dict[str, list[Callable[[], Hit]]] = field(default_factory=dict)
    _rows: dict[str, list[int]] = field(default_factory=dict)

    def add(self, kind: str, row: Proposal, make: Callable[[RecessContext, Proposal], Hit], ctx: RecessContext) -> None:
        """Note a hit of ``kind`` on ``row``, to be made by ``make``."""
        rows = self._rows.setdefault(kind, [])
        rows.append(row.row)
        if len(rows) <= self.most + 1:
            self._makers.setdefault(kind, []).append(partial(make, ctx, row))

    def hits(self, all_rows: int = 0) -> Iterator[Hit]:
        """Every hit that is told. ``all_rows`` is how many there would be if all rows had the fault."""
        for kind, makers in self._makers.items():
            rows = self._rows[kind]
            if len(rows) == all_rows and all_rows > _FEW:
                first = makers[0]()
                what = say("{what}; begitu juga semua usulan lain ({n})", what=first.message, n=all_rows - 1)
                yield replace(first, message=what)
                continue
            yield from (make() for make in makers[: self.most])
            if len(rows) > self.most:
                yield _others(makers[self.most](), rows[self.most + 1 :])


def _others(hit: Hit, rows: list[int]) -> Hit:
    """``hit`` for itself and all ``rows``."""
    if not rows:
        return hit
    what = say("{what}; dan hal serupa pada {n} baris lagi: {rows}", what=hit.message, n=len(rows), rows=ranges(rows))
    return replace(hit, message=what)
