"""Totals of a recess by each dimension, with pandas (imported on use: it costs half a second)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.model.recap import UNSTATED, Dimension, Need, Tally, TotalLine, TotalTable
from pipeline.model.recess import Member, Proposal, Recess
from pipeline.recess.text import group_key, natural, squash

if TYPE_CHECKING:
    import pandas as pd

LEADERS = "Pimpinan DPRD"
"""Group of the members without a komisi because they lead the council (UU 23/2014 art. 164: leaders join none)."""

_NUMBERS = ["heard", "heard_amount", "needs", "amount", "unpriced", "heard_unpriced"]
_BY_SIZE = frozenset({Dimension.FIELD, Dimension.AGENCY})
_RANKS = {"sangat tinggi": 0, "tinggi": 1, "sedang": 2, "rendah": 3}


def commission_of(member: Member) -> str:
    """The group of ``member`` in the table by komisi."""
    leads = squash(member.position) in ("ketua dprd", "wakil ketua dprd")
    return member.commission or (LEADERS if leads else "")


def total_tables(recess: Recess, needs: Sequence[Need]) -> Mapping[Dimension, TotalTable]:
    """One table for each dimension. Groups of the register of members stand there even when nothing was heard."""
    frame = _frame(recess, needs)
    return {dimension: _table(frame, dimension, _registered(recess, dimension)) for dimension in Dimension}


def labels_of(proposal: Proposal, member: Member | None) -> dict[Dimension, str]:
    """The group of ``proposal`` in each dimension, as typed; "" where the cell is empty or the member unknown."""
    return {
        Dimension.DISTRICT: member.district if member else "",
        Dimension.FRACTION: member.fraction if member else "",
        Dimension.COMMISSION: commission_of(member) if member else "",
        Dimension.FIELD: proposal.field,
        Dimension.AGENCY: proposal.agency,
        Dimension.SUBDISTRICT: proposal.subdistrict,
        Dimension.VILLAGE: _village(proposal),
        Dimension.PRIORITY: proposal.priority,
        Dimension.STATUS: proposal.status,
    }


def _village(proposal: Proposal) -> str:
    """Villages of different kecamatan may have one name, so the kecamatan stands with it."""
    parts = (proposal.village, f"Kec. {proposal.subdistrict}" if proposal.subdistrict else "")
    return ", ".join(parts) if proposal.village and parts[1] else proposal.village


def _frame(recess: Recess, needs: Sequence[Need]) -> pd.DataFrame:
    import pandas as pd

    members = {member.id: member for member in recess.members}
    rows: list[Mapping[Any, Any]] = []
    for need in needs:
        for proposal in need.rows:
            leads = proposal is need.lead
            rows.append(
                {
                    **labels_of(proposal, members.get(proposal.member_id)),
                    "heard": 1,
                    "heard_amount": proposal.amount or 0,
                    "needs": int(leads),
                    "amount": (need.amount or 0) if leads else 0,
                    "unpriced": int(leads and need.amount is None),
                    "heard_unpriced": int(proposal.amount is None),
                }
            )
    return pd.DataFrame(rows, columns=[*Dimension, *_NUMBERS])


def _registered(recess: Recess, dimension: Dimension) -> list[str]:
    read = {
        Dimension.DISTRICT: lambda m: m.district,
        Dimension.FRACTION: lambda m: m.fraction,
        Dimension.COMMISSION: commission_of,
    }.get(dimension)
    return [label for label in map(read, recess.members) if label] if read else []


def _table(frame: pd.DataFrame, dimension: Dimension, registered: Sequence[str]) -> TotalTable:
    labels = _spellings([*registered, *frame[dimension]])
    keys = frame[dimension].map(group_key)
    sums = frame.groupby(keys, sort=False)[_NUMBERS].sum()
    tallies = {str(key): Tally(*(int(n) for n in row)) for key, *row in sums.itertuples(name=None)}
    lines = [TotalLine(label, tallies.get(key, Tally())) for key, label in labels.items()]
    lines.sort(key=lambda line: _order(line, dimension))
    return TotalTable(dimension, tuple(lines), sum((line.tally for line in lines), Tally()))


def _spellings(labels: Sequence[str]) -> dict[str, str]:
    """The most frequent spelling of each label; the first one where several are equally frequent."""
    counts: dict[str, dict[str, int]] = {}
    for label in labels:
        spellings = counts.setdefault(group_key(label), {})
        spellings[label.strip()] = spellings.get(label.strip(), 0) + 1
    return {key: max(spellings, key=spellings.__getitem__) if key else UNSTATED for key, spellings in counts.items()}


def _order(line: TotalLine, dimension: Dimension) -> tuple[Any, ...]:
    last = line.label == UNSTATED
    if dimension in _BY_SIZE:
        return last, -line.tally.heard, natural(line.label)
    rank = _RANKS.get(squash(line.label), len(_RANKS)) if dimension is Dimension.PRIORITY else 0
    return last, line.label == LEADERS, rank, natural(line.label)
