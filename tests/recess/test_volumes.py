"""An inventory cut into volumes holds every need once, in order, and the same sums."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.recap import DistrictGroup, FieldGroup, Need, Tally
from pipeline.model.recess import Proposal
from pipeline.recess.grouping import need_tally
from pipeline.recess.volumes import MAX_ROWS, volumes_of

SHAPES = st.lists(st.lists(st.integers(1, 25), min_size=1, max_size=6), min_size=1, max_size=8)
"""Districts, in each the number of needs of its fields."""


def inventory(shape: list[list[int]]) -> tuple[DistrictGroup, ...]:
    numbers = itertools.count(1)

    def field(position: int, size: int) -> FieldGroup:
        needs = tuple(need(next(numbers)) for _ in range(size))
        return FieldGroup(f"Bidang {position}", needs, need_tally(needs))

    groups = []
    for number, sizes in enumerate(shape, 1):
        fields = tuple(field(position, size) for position, size in enumerate(sizes, 1))
        groups.append(DistrictGroup(f"Dapil {number}", fields, sum((f.tally for f in fields), Tally())))
    return tuple(groups)


def need(number: int) -> Need:
    amount = None if number % 5 == 0 else number * 1_000
    row = Proposal(f"U{number}", number + 1, amount=amount)
    return Need(number, (row,) * (1 + number % 2), amount, () if amount is None else (amount,))


@given(SHAPES, st.integers(1, 40))
def test_every_need_once_in_order_with_the_same_sums(shape: list[list[int]], most: int) -> None:
    groups = inventory(shape)
    volumes = volumes_of(groups, stem="x", most=most)
    whole = sum(map(sum, shape))
    assert bool(volumes) == (whole > most)
    if not volumes:
        return
    found = [n.number for v in volumes for g in v.groups for f in g.fields for n in f.needs]
    assert found == list(range(1, whole + 1))
    assert sum((v.tally for v in volumes), Tally()) == sum((g.tally for g in groups), Tally())
    for number, volume in enumerate(volumes, 1):
        held = [n for g in volume.groups for f in g.fields for n in f.needs]
        assert (volume.number, volume.count) == (number, len(volumes))
        assert 1 <= volume.needs == len(held) <= most
        assert (volume.first, volume.last) == (held[0].number, held[-1].number)
        assert volume.tally == need_tally(held)
        assert [g.tally for g in volume.groups] == [sum((f.tally for f in g.fields), Tally()) for g in volume.groups]
    assert len({v.stem for v in volumes}) == len(volumes)


@given(SHAPES, st.integers(1, 40))
def test_what_fits_is_not_cut(shape: list[list[int]], most: int) -> None:
    volumes = volumes_of(inventory(shape), stem="x", most=most)
    for number, sizes in enumerate(shape, 1):
        holding = [v for v in volumes if any(g.label == f"Dapil {number}" for g in v.groups)]
        assert len(holding) <= 1 or sum(sizes) > most
        for position, size in enumerate(sizes, 1):
            label = f"Bidang {position}"
            parts = [f for v in holding for g in v.groups for f in g.fields if g.label == f"Dapil {number}"]
            assert sum(f.label == label for f in parts) <= max(1, -(-size // most))


@given(st.lists(st.integers(1, 25), min_size=1, max_size=12), st.integers(1, 40))
def test_the_inventory_of_a_group_is_cut_by_field(sizes: list[int], most: int) -> None:
    (district,) = inventory([sizes])
    volumes = volumes_of(district.fields, stem="x", most=most)
    found = [n.number for v in volumes for g in v.groups for f in g.fields for n in f.needs]
    assert found == (list(range(1, sum(sizes) + 1)) if sum(sizes) > most else [])
    assert all([g.label for g in v.groups] == [""] for v in volumes)


@pytest.mark.parametrize(
    ("shape", "most", "titles"),
    [
        ([[5], [5], [9]], 10, ["Dapil 1, Dapil 2", "Dapil 3"]),
        ([[3], [4, 4, 4], [1]], 8, ["Dapil 1", "Dapil 2: Bidang 1 s.d. Bidang 2", "Dapil 2: Bidang 3", "Dapil 3"]),
        ([[9, 9, 9, 2]], 27, ["Dapil 1: Bidang 1 s.d. Bidang 2", "Dapil 1: Bidang 3 s.d. Bidang 4"]),
        ([[7]], 4, ["Dapil 1: Bidang 1 (bagian 1 dari 2)", "Dapil 1: Bidang 1 (bagian 2 dari 2)"]),
        ([[4, 4]], 8, []),
    ],
)
def test_titles(shape: list[list[int]], most: int, titles: list[str]) -> None:
    assert [volume.title for volume in volumes_of(inventory(shape), stem="x", most=most)] == titles


def test_files_sort_as_they_are_numbered() -> None:
    stems = [volume.stem for volume in volumes_of(inventory([[120]]), stem="rekapitulasi", most=1)]
    assert stems == sorted(stems)
    assert stems[0] == "rekapitulasi-lampiran-001"


def test_an_ordinary_recess_needs_no_volumes() -> None:
    assert volumes_of(inventory([[MAX_ROWS]]), stem="x") == ()
    assert len(volumes_of(inventory([[MAX_ROWS], [1]]), stem="x")) == 2
