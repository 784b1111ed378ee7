"""Who gets what: a document that was lost with its worker is tried alone."""

from __future__ import annotations

from collections import deque

import pytest

from pipeline.run.cluster import AHEAD, Cluster, _Flight, _Stretch
from pipeline.run.events import Silent
from pipeline.run.parcels import Parcel

PARCEL = Parcel(b"", (), {})
Flying = dict[str, list[tuple[int, bool]]]


@pytest.mark.parametrize(
    ("flying", "suspects", "given"),
    [
        ({"a": [], "b": []}, [], {"a": [1, 2], "b": [3, 4]}),
        ({"a": [(7, False)], "b": [(8, False), (9, False)]}, [], {"a": [1]}),
        # A suspect goes to the worker that has nothing, and nothing else goes there.
        ({"a": [(7, False)], "b": []}, [20], {"b": [20], "a": [1]}),
        ({"a": [], "b": [(7, False)]}, [20], {"a": [20], "b": [1]}),
        ({"a": [(20, True)], "b": [(7, False)]}, [], {"b": [1]}),
        # Where all have something, as many get nothing new as there are suspects, until they are free.
        ({"a": [(7, False)], "b": [(8, False)], "c": [(9, False)]}, [20], {"b": [1], "c": [2]}),
        ({"a": [(7, False)], "b": [(8, False)]}, [20, 21, 22], {}),
    ],
)
def test_who_gets_what(flying: Flying, suspects: list[int], given: dict[str, list[int]]) -> None:
    stretch = _Stretch(deque(range(1, 5)), deque(suspects))
    for worker, flights in flying.items():
        for number, alone in flights:
            stretch.flights[f"{worker}{number}"] = _Flight(number, worker, None, alone, PARCEL)
    got: dict[str, list[int]] = {}
    for worker, number in Cluster("tcp://127.0.0.1:1", Silent())._next(stretch, list(flying)):
        got.setdefault(worker, []).append(number)
    assert got == given
    assert all(len(flying[worker]) + len(numbers) <= AHEAD for worker, numbers in got.items())
