"""The rows of a recess as columns: for each dimension the number of the group a row is in, and what it adds to totals.

A column of small numbers per dimension instead of a mapping per row: 100,000 proposals stay below 20 MB.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipeline.model.recap import LEADERS, UNSTATED, Dimension, Need, Tally, commission_of
from pipeline.model.recess import Member, Proposal, Recess
from pipeline.recess.text import group_key, natural, squash

if TYPE_CHECKING:
    import pandas as pd

_NUMBERS: Final = ["heard", "heard_amount", "needs", "amount", "unpriced", "heard_unpriced"]
_BY_SIZE: Final = frozenset({Dimension.FIELD, Dimension.AGENCY})
_RANKS: Final = {"sangat tinggi": 0, "tinggi": 1, "sedang": 2, "rendah": 3}
_EXACT: Final = 2**62
"""Sums below this fit a machine integer; larger ones are added as Python integers."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Rows in file order. ``frame`` has for each dimension a column with the position of the row's group in
    ``labels``, which are in the order of print, and the numbers of a ``Tally``: a need counts on its lead's row.
    """

    frame: pd.DataFrame
    labels: Mapping[Dimension, tuple[str, ...]]

    def tallies(self, *dimensions: Dimension) -> dict[tuple[int, ...], Tally]:
        """The sums of each combination of groups that has rows."""
        sums = self.frame.groupby([dimension.value for dimension in dimensions], sort=False)[_NUMBERS].sum()
        size = len(dimensions)
        found = {}
        for key, *numbers in sums.itertuples(name=None):
            groups = (key,) if size == 1 else key
            found[tuple(int(code) for code in groups)] = Tally(*(int(number) for number in numbers))
        return found


def ledger_of(recess: Recess, needs: Sequence[Need]) -> Ledger:
    """The ledger of all rows of ``recess``. Groups of the register of members are there even without rows."""
    import pandas as pd

    members = {member.id: member for member in reversed(recess.members)}
    rows = recess.proposals
    columns: dict[str, object] = {}
    labels = {}
    for dimension in Dimension:
        raw = raw_labels(dimension, rows, members)
        codes, labels[dimension] = _coded(raw, _registered(recess, dimension), dimension)
        columns[dimension.value] = pd.Series(codes, dtype="int32")
    for name, numbers in _numbers(needs, rows).items():
        exact = sum(numbers) < _EXACT
        columns[name] = pd.Series(numbers, dtype="int64" if exact else "object")
    return Ledger(pd.DataFrame(columns), labels)


def village_of(proposal: Proposal) -> str:
    """Villages of different kecamatan may have one name, so the kecamatan stands with it."""
    if proposal.village and proposal.subdistrict:
        return f"{proposal.village}, Kec. {proposal.subdistrict}"
    return proposal.village


OF_MEMBER: Final[Mapping[Dimension, Callable[[Member], str]]] = {
    Dimension.DISTRICT: lambda member: member.district,
    Dimension.FRACTION: lambda member: member.fraction,
    Dimension.COMMISSION: commission_of,
}
"""Dimensions in which a row stands where its member does."""

OF_ROW: Final[Mapping[Dimension, Callable[[Proposal], str]]] = {
    Dimension.FIELD: lambda row: row.field,
    Dimension.AGENCY: lambda row: row.agency,
    Dimension.SUBDISTRICT: lambda row: row.subdistrict,
    Dimension.VILLAGE: village_of,
    Dimension.PRIORITY: lambda row: row.priority,
    Dimension.STATUS: lambda row: row.status,
}
"""Dimensions in which a row says itself where it stands."""


def raw_labels(dimension: Dimension, rows: Iterable[Proposal], members: Mapping[str, Member]) -> list[str]:
    """The group of each row as typed; "" where the cell is empty or the member unknown."""
    if dimension in OF_ROW:
        return [OF_ROW[dimension](row) for row in rows]
    groups = {id: OF_MEMBER[dimension](member) for id, member in members.items()}
    return [groups.get(row.member_id, "") for row in rows]


def _registered(recess: Recess, dimension: Dimension) -> list[str]:
    read = OF_MEMBER.get(dimension)
    return [label for label in map(read, recess.members) if label] if read else []


def _coded(raw: Sequence[str], registered: Sequence[str], dimension: Dimension) -> tuple[list[int], tuple[str, ...]]:
    """The position of each raw label's group among the groups' labels, and those labels in the order of print."""
    counts = Counter(raw)
    spellings: dict[str, Counter[str]] = {}
    keys = {label: group_key(label) for label in (*registered, *counts)}
    for label, count in (Counter(registered) + counts).items():
        spellings.setdefault(keys[label], Counter())[label.strip()] += count
    heard: Counter[str] = Counter()
    for label, count in counts.items():
        heard[keys[label]] += count
    # The most frequent spelling stands for the group; the first one where several are equally frequent.
    labels = {key: found.most_common(1)[0][0] if key else UNSTATED for key, found in spellings.items()}
    order = sorted(labels, key=lambda key: _order(labels[key], heard[key], dimension))
    position = {key: code for code, key in enumerate(order)}
    codes = {label: position[key] for label, key in keys.items()}
    return [codes[label] for label in raw], tuple(labels[key] for key in order)


def _order(label: str, heard: int, dimension: Dimension) -> tuple[object, ...]:
    last = label == UNSTATED
    if dimension in _BY_SIZE:
        return last, -heard, natural(label)
    rank = _RANKS.get(squash(label), len(_RANKS)) if dimension is Dimension.PRIORITY else 0
    return last, label == LEADERS, rank, natural(label)


def _numbers(needs: Sequence[Need], rows: Sequence[Proposal]) -> dict[str, list[int]]:
    """The numbers of a ``Tally`` for each row; what is counted once per need stands at the row that leads it."""
    led = {id(need.lead): need for need in needs}
    owners = [led.get(id(row)) for row in rows]
    return {
        "heard": [1] * len(rows),
        "heard_amount": [row.amount or 0 for row in rows],
        "needs": [int(need is not None) for need in owners],
        "amount": [(need.amount or 0) if need else 0 for need in owners],
        "unpriced": [int(need is not None and need.amount is None) for need in owners],
        "heard_unpriced": [int(row.amount is None) for row in rows],
    }
