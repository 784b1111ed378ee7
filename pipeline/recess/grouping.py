"""Grouping of values, and the tallies of groups of rows."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from pipeline.model.recap import Need, Tally, TotalTable
from pipeline.model.recess import Proposal
from pipeline.recess.text import group_key

_Item = TypeVar("_Item")
_Key = TypeVar("_Key", bound=Hashable)


def grouped(items: Iterable[_Item], key: Callable[[_Item], _Key]) -> dict[_Key, list[_Item]]:
    """``items`` by ``key``, both in the order in which they come."""
    groups: dict[_Key, list[_Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups


def labels(table: TotalTable) -> dict[str, str]:
    """The labels of ``table`` by the key of their groups, in the order of print."""
    return {group_key(line.label): line.label for line in table.lines}


def tally_of(rows: Iterable[Proposal], prices: Iterable[int | None]) -> Tally:
    """The tally of ``rows`` that are needs of these ``prices`` (None: without an estimate)."""
    amounts = [row.amount for row in rows]
    stated = [amount for amount in amounts if amount is not None]
    costs = list(prices)
    priced = [price for price in costs if price is not None]
    return Tally(
        heard=len(amounts),
        heard_amount=sum(stated),
        needs=len(costs),
        amount=sum(priced),
        unpriced=len(costs) - len(priced),
        heard_unpriced=len(amounts) - len(stated),
    )


def need_tally(needs: Sequence[Need]) -> Tally:
    """The tally of all rows of ``needs``."""
    return tally_of((row for need in needs for row in need.rows), (need.amount for need in needs))
