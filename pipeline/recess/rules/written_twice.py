"""An agency or a field under two names in the rows: "DPUPR" beside "Dinas Pekerjaan Umum dan Penataan Ruang"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from pipeline.model.recess import Proposal
from pipeline.model.region import Agency
from pipeline.recess.affairs import affair_of
from pipeline.recess.rules.base import RecessContext
from pipeline.recess.rules.spellings import Other, other_spellings
from pipeline.recess.text import squash

_BETWEEN = frozenset(("dan", "serta"))


class Twice(NamedTuple):
    """A row whose ``column`` names a group otherwise than most rows do."""

    row: Proposal
    column: str
    name: str
    other: Other


def written_twice(ctx: RecessContext) -> Iterator[Twice]:
    """Rows with the rarer name of an agency or a field. Slips are left to ASP-02 where the office has a register."""
    agencies = ctx.region.agencies
    yield from _column(ctx, "opd", lambda row: row.agency, _agency_key(agencies), slips=not agencies)
    yield from _column(ctx, "bidang", lambda row: row.field, field_key, slips=True)


def _column(
    ctx: RecessContext, column: str, read: Callable[[Proposal], str], key: Callable[[str], str], *, slips: bool
) -> Iterator[Twice]:
    others = other_spellings(Counter(map(read, ctx.recess.proposals)), key)
    for row in ctx.recess.proposals if others else ():
        name = read(row).strip()
        other = others.get(name)
        if other is not None and (slips or other.sure):
            yield Twice(row, column, name, other)


def _agency_key(agencies: tuple[Agency, ...]) -> Callable[[str], str]:
    """By the register: an abbreviation is the agency it stands for."""
    known: dict[str, str] = {}
    for agency in agencies:
        for name in (agency.name, agency.abbreviation):
            known.setdefault(squash(name), squash(agency.name))
    return lambda name: known.get(squash(name), squash(name))


def field_key(name: str) -> str:
    """The affair that ``name`` abbreviates ("PU", "PUPR", "Pekerjaan Umum") or writes with other blanks; else itself.

    Narrower names ("Jalan", "Irigasi") and those of several affairs are fields that an office may want to tell apart.
    """
    plain = squash(name)
    affair = affair_of(name)
    if affair is None or len(affair.parts) > 1:
        return plain
    official = squash(affair.name)
    words = [word for word in official.split() if word not in _BETWEEN]
    initials = "".join(word[0] for word in words)
    solid, whole = plain.replace(" ", ""), official.replace(" ", "")
    same = solid == whole or official.startswith(f"{plain} ") or (len(solid) > 1 and initials.startswith(solid))
    return official if same else plain
