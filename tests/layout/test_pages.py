"""Page breaks: named cases, and the search against all possible breaks of small tables."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.layout.pages import RowNeed, Stretch, break_pages, stretch_height
from pipeline.model.flow import FINISH, Edge, Flow
from pipeline.model.form import MM

SETTINGS = settings(max_examples=500, deadline=None)
Case = tuple[list[RowNeed], Flow, int, int]


def rows(count: int, height: int = 12) -> list[RowNeed]:
    return [RowNeed(height * MM, 11 * MM)] * count


def straight(count: int, *more: Edge) -> Flow:
    return Flow(count, (*(Edge(row, row + 1) for row in range(count - 1)), *more), ())


def lengths(stretches: tuple[Stretch, ...]) -> list[int]:
    return [s.last - s.first + 1 for s in stretches]


def test_one_page_when_all_fits() -> None:
    assert break_pages(rows(10), straight(10), 120 * MM, 4) == (Stretch(0, 9, 0, 0),)


def test_pages_are_filled_alike() -> None:
    assert lengths(break_pages(rows(14), straight(14), 135 * MM, 4)) == [7, 7]


def test_no_row_is_left_alone_on_the_last_page() -> None:
    found = lengths(break_pages([*rows(8, 15), RowNeed(50 * MM, 11 * MM)], straight(9), 172 * MM, 4))
    assert found[-1] > 1


@pytest.mark.parametrize(("target", "kept"), [(6, [6, 5]), (4, [6, 5])])
def test_a_decision_stays_with_its_nearest_target(target: int, kept: list[int]) -> None:
    exits = (Edge(5, target, "Ya"), Edge(5, 0, "Tidak"))
    flow = Flow(11, (*(Edge(row, row + 1) for row in range(10) if row != 5), *exits), ())
    found = break_pages(rows(11), flow, 100 * MM, 4)
    page = {row: number for number, s in enumerate(found) for row in range(s.first, s.last + 1)}
    assert len(found) == 2
    assert page[5] == page[target]


def test_keeping_a_decision_together_costs_no_page() -> None:
    flow = straight(8, Edge(3, 4, "Ya"), Edge(3, 0, "Tidak"))
    needs = [*rows(4, 25), *rows(4, 25)]
    assert lengths(break_pages(needs, flow, 115 * MM, 4)) == [4, 4]


def test_a_row_higher_than_a_page_stands_alone() -> None:
    needs = [*rows(3), RowNeed(300 * MM, 11 * MM), *rows(3)]
    assert Stretch(3, 3, 1, 1) in break_pages(needs, straight(7), 100 * MM, 4)


def test_tiers_hold_as_many_connectors_as_there_are_columns() -> None:
    flow = straight(8, *(Edge(0, 7) for _ in range(4)))
    first, second = break_pages(rows(8), flow, 90 * MM, 2)
    assert (first.below, second.above) == (3, 3)


@st.composite
def tables(draw: st.DrawFn) -> Case:
    count = draw(st.integers(1, 8))
    heights = st.tuples(st.integers(5, 60), st.sampled_from([10, 14, 20]))
    needs = [
        RowNeed(text * MM, drawing * MM) for text, drawing in draw(st.lists(heights, min_size=count, max_size=count))
    ]
    row = st.integers(0, count - 1)
    edge = st.builds(Edge, row, st.one_of(row, st.just(FINISH)), st.sampled_from(["", "Ya", "Tidak"]))
    edges = draw(st.lists(edge, max_size=12))
    return needs, Flow(count, tuple(edges), ()), draw(st.integers(30, 120)) * MM, draw(st.integers(1, 4))


@SETTINGS
@given(tables())
def test_no_other_breaks_are_better(case: Case) -> None:
    needs, flow, room, columns = case
    found = break_pages(needs, flow, room, columns)
    every = [
        tuple(_page(first, end - 1, flow, columns) for first, end in pairwise([0, *cuts, len(needs)]))
        for count in range(len(needs))
        for cuts in combinations(range(1, len(needs)), count)
    ]
    assert found in every
    assert _rank(found, case) == min(_rank(pages, case) for pages in every if _fits(pages, needs, room))


def _fits(pages: tuple[Stretch, ...], needs: list[RowNeed], room: int) -> bool:
    return all(page.first == page.last or stretch_height(page, needs) <= room for page in pages)


def _page(first: int, last: int, flow: Flow, columns: int) -> Stretch:
    """A page with tiers for its torn arrows, counted one by one."""
    on = range(first, last + 1)
    others = [
        edge.target if edge.source in on else edge.source
        for edge in flow.edges
        if edge.target != FINISH and (edge.source in on) != (edge.target in on)
    ]
    above = sum(other < first for other in others)
    return Stretch(first, last, -(-above // columns), -(-(len(others) - above) // columns))


def _rank(pages: tuple[Stretch, ...], case: Case) -> tuple[int, ...]:
    """What the break is judged by, in its order: pages, lonely rows, parted decisions, torn arrows, uneven filling."""
    needs, flow, room, _ = case
    lonely = free = 0
    for page in pages:
        used, count = stretch_height(page, needs), page.last - page.first + 1
        lonely += max(0, min(4, len(needs)) - count) ** 2 if used * 100 < room * 60 else 0
        free += (max(0, room - used) // (MM // 10)) ** 2
    cuts = [page.last for page in pages[:-1]]
    spans = [(edge.source, edge.target) for edge in flow.edges if edge.target != FINISH]
    return len(pages), lonely, _over(cuts, _nearest(flow)), _over(cuts, spans), free


def _over(cuts: list[int], spans: list[tuple[int, int]]) -> int:
    return sum(min(span) <= cut < max(span) for cut in cuts for span in spans)


def _nearest(flow: Flow) -> list[tuple[int, int]]:
    exits = [edge for edge in flow.edges if edge.label and edge.target not in (FINISH, edge.source)]
    return [
        min(
            ((row, edge.target) for edge in exits if edge.source == row),
            key=lambda span: (abs(span[1] - span[0]), span[1] < span[0]),
        )
        for row in {edge.source for edge in exits}
    ]
