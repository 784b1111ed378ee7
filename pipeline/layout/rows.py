"""Order and distances of things that stand in a row: which first, and where each, as near as can be to its wish."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

Pairs = set[tuple[int, int]]
"""Pairs of indexes (smaller first) that must not share a place; the first stands before the second."""


def best_order(count: int, price: Mapping[tuple[int, int], int], leaning: Sequence[int]) -> list[int]:
    """An order of 0..count-1 with a low sum of ``price[a, b]`` over all a before b: by insertion, then by moves."""
    order: list[int] = []
    for item in sorted(range(count), key=lambda i: (leaning[i], i)):
        order.insert(_cheapest(order, item, price), item)
    for _ in range(count):
        before = list(order)
        for item in before:
            order.remove(item)
            order.insert(_cheapest(order, item, price), item)
        if order == before:
            break
    return order


def _cheapest(order: Sequence[int], item: int, price: Mapping[tuple[int, int], int]) -> int:
    """Where to insert ``item``, the last such place: costs change by one neighbour from place to place."""
    cost = sum(price.get((item, other), 0) for other in order)
    best, where = cost, 0
    for index, other in enumerate(order, 1):
        cost += price.get((other, item), 0) - price.get((item, other), 0)
        if cost <= best:
            best, where = cost, index
    return where


def depths(count: int, apart: Pairs) -> tuple[list[int], list[int]]:
    """For each of 0..count-1, how many must stand in a row before it and after it."""
    before, after = [0] * count, [0] * count
    for i, j in sorted(apart, key=lambda pair: pair[1]):
        before[j] = max(before[j], before[i] + 1)
    for i, j in sorted(apart, key=lambda pair: -pair[0]):
        after[i] = max(after[i], after[j] + 1)
    return before, after


def groups(count: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Connected groups of 0..count-1, each in ascending order."""
    group = list(range(count))

    def root(item: int) -> int:
        while group[item] != item:
            item = group[item]
        return item

    for one, two in pairs:
        group[root(two)] = root(one)
    result: dict[int, list[int]] = {}
    for item in range(count):
        result.setdefault(root(item), []).append(item)
    return list(result.values())


def solve(
    limits: Sequence[tuple[int, int]], apart: Pairs, wanted: Sequence[int], gap: int, zone: tuple[int, int]
) -> tuple[list[int], int]:
    """Places in order, ``gap`` apart, within their limits, off ``zone`` and as near as possible to ``wanted``.

    The second result is what is lacking where limits and distances cannot both be kept; the distances are then.
    """
    count = len(limits)
    ahead: list[list[int]] = [[] for _ in range(count)]
    behind: list[list[int]] = [[] for _ in range(count)]
    for i, j in apart:
        ahead[i].append(j)
        behind[j].append(i)
    most = [0] * count
    for i in range(count - 1, -1, -1):
        most[i] = _off(min([limits[i][1], *(most[j] - gap for j in ahead[i])]), zone, down=True)
    places = [0] * count
    lack = 0
    for i in range(count):
        least = _off(max([limits[i][0], *(places[j] + gap for j in behind[i])]), zone, down=False)
        lack = max(lack, least - most[i])
        places[i] = least if least > most[i] else _nearest(wanted[i], least, most[i], zone)
    return places, lack


def _nearest(wanted: int, least: int, most: int, zone: tuple[int, int]) -> int:
    """The place from ``least`` to ``most`` outside ``zone`` that is nearest to ``wanted``; both ends are outside."""
    place = min(max(wanted, least), most)
    if not zone[0] < place < zone[1]:
        return place
    if least > zone[0]:
        return zone[1]
    return zone[0] if most < zone[1] or place - zone[0] < zone[1] - place else zone[1]


def _off(at: int, zone: tuple[int, int], *, down: bool) -> int:
    if zone[0] < at < zone[1]:
        return zone[0] if down else zone[1]
    return at
