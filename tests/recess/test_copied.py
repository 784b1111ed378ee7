"""RES-14: which row is told to be a copy of which."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.recess import RecessInput
from pipeline.recess.rules import res_14_copied
from pipeline.recess.rules.base import RecessContext
from pipeline.rules.calendar import Calendar
from tests.recess import small

Pairs = dict[tuple[str, str], dict[int, int]]
ROW = st.tuples(st.sampled_from(("A1", "A2", "A3")), st.sampled_from(("Contoh Mekar", "Contoh Asri", "Contoh Sari")))


@pytest.fixture(scope="module")
def item(tmp_path_factory: pytest.TempPathFactory) -> RecessInput:
    folder: Path = tmp_path_factory.mktemp("disalin")
    return small.read(folder)


def noted(item: RecessInput, rows: Sequence[tuple[str, str]], ones: list[int], others: list[int]) -> Pairs:
    recess = small.recess_of(item)
    one = recess.proposals[0]
    recess = replace(
        recess, proposals=tuple(replace(one, member_id=member, village=village) for member, village in rows)
    )
    found: Pairs = {}
    res_14_copied._note(RecessContext(item, recess, Calendar({})), ones, others, found)
    return found


@given(rows=st.lists(ROW, max_size=12), cut=st.integers(0, 12), apart=st.booleans())
def test_a_later_row_goes_with_the_earliest_of_another_member_elsewhere(
    item: RecessInput, rows: list[tuple[str, str]], cut: int, apart: bool
) -> None:
    everything = [*range(len(rows))]
    ones, others = (everything[:cut], everything[cut:]) if apart else (everything, everything)
    expected: Pairs = {}
    for first, later in sorted({(min(pair), max(pair)) for pair in product(ones, others)}):
        if rows[first][0] != rows[later][0] and rows[first][1] != rows[later][1]:
            expected.setdefault((rows[later][0], rows[first][0]), {}).setdefault(later, first)
    assert noted(item, rows, ones, others) == expected


def test_thousands_of_equal_rows_are_gone_through_once(item: RecessInput) -> None:
    rows = [("A1", "Contoh Mekar"), ("A2", "Contoh Asri")] * 10_000
    everything = [*range(len(rows))]
    found = noted(item, rows, everything, everything)
    assert {pair: set(copies.values()) for pair, copies in found.items()} == {("A2", "A1"): {0}, ("A1", "A2"): {1}}
    assert sum(len(copies) for copies in found.values()) == len(rows) - 1


PAIRS = """
from pipeline.recess.rules import res_14_copied as rule
common = "perbaikan saluran air dekat balai warga yang rusak berat sejak musim hujan tahun lalu dan dua kali banjir"
rare = ("alfa beta gama delta", "alfa", "beta", "gama", "delta", *(f"lain{n}" for n in range(8)))
texts = tuple(rule._Text(f"{common} {words} akhir", [at]) for at, words in enumerate(rare))
print([(*one.rows, *two.rows) for one, two in rule._alike(texts)])
"""


def test_copies_are_found_in_the_same_order_in_every_run() -> None:
    found = set()
    for seed in ("0", "1", "2", "3"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[2])}
        ran = subprocess.run([sys.executable, "-c", PAIRS], env=environment, capture_output=True, text=True, check=True)
        found.add(ran.stdout)
    assert found == {"[(0, 1), (0, 2), (0, 3), (0, 4)]\n"}
