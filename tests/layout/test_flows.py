"""Named flows and what their drawing must look like."""

from __future__ import annotations

import pytest
from flows import sheet, step

from pipeline.layout.labels import label_size
from pipeline.layout.plan import plan_flowchart
from pipeline.layout.sheet import Sheet
from pipeline.layout.tracks import HEAD
from pipeline.model.plan import SymbolKind
from pipeline.model.sop import END, Branch, Step, StepKind

START, STOP, DECIDE = StepKind.START, StepKind.END, StepKind.DECISION


def straight(count: int, actors: int = 1) -> Sheet:
    """Steps one after the other, each by the next actor."""
    kinds = [START, *[StepKind.PROCESS] * (count - 2), STOP]
    return sheet([step(i + 1, (i % actors,), kinds[i]) for i in range(count)], actors)


def decision(yes: int, no: int, **more: object) -> Step:
    """Step 3 as a decision."""
    return step(3, (1,), DECIDE, branches=(Branch("Ya", yes), Branch("Tidak", no)), **more)


def test_one_actor_is_a_straight_column_of_arrows() -> None:
    plan = plan_flowchart(straight(5))
    assert plan.score["bends"] == plan.score["crossings"] == 0
    assert [s.kind for s in plan.pages[0].symbols] == [
        SymbolKind.TERMINATOR,
        *[SymbolKind.PROCESS] * 3,
        SymbolKind.TERMINATOR,
    ]
    assert [s.text for s in plan.pages[0].symbols] == ["Mulai", "", "", "", "Selesai"]


def test_a_step_to_the_next_actor_bends_once() -> None:
    assert plan_flowchart(straight(2, actors=2)).score["bends"] == 1


def test_a_loop_back_and_its_labels() -> None:
    steps = [step(1, (0,), START), step(2, (0,)), decision(4, 2), step(4, (0,), STOP)]
    plan = plan_flowchart(sheet(steps, 2))
    assert plan.score["crossings"] == 0
    assert sorted(label.text for label in plan.pages[0].labels) == ["Tidak", "Ya"]


@pytest.mark.parametrize(("target", "actor"), [(1, 0), (2, 0), (2, 1), (1, 2), (2, 2)])
def test_an_arrow_head_has_a_straight_run(target: int, actor: int) -> None:
    """A head right behind a bend is drawn slanted."""
    steps = [step(1, (actor,), START), step(2, (actor,)), decision(4, target), step(4, (0,), STOP)]
    lines = plan_flowchart(sheet(steps, 3)).pages[0].lines
    runs = [abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in (line.points[-2:] for line in lines if line.arrow)]
    assert min(runs) >= HEAD


def test_a_three_way_decision_leaves_at_three_sides() -> None:
    exits = (Branch("A", 3), Branch("B", 4), Branch("C", 5))
    steps = [
        step(1, (1,), START),
        step(2, (1,), DECIDE, branches=exits),
        step(3, (0,), next=(6,)),
        step(4, (1,), next=(6,)),
        step(5, (2,)),
        step(6, (1,), STOP),
    ]
    plan = plan_flowchart(sheet(steps, 3))
    diamond = next(s for s in plan.pages[0].symbols if s.kind is SymbolKind.DECISION)
    starts = {line.points[0] for line in plan.pages[0].lines if "Dari Langkah 2 " in line.alt}
    x, y = diamond.rect.center
    assert {(sx < x, sx > x, sy < y, sy > y) for sx, sy in starts} >= {
        (True, False, False, False),
        (False, True, False, False),
        (False, False, False, True),
    }
    assert plan.score["crossings"] == 0


def test_an_exit_that_ends_gets_an_end_of_its_own() -> None:
    steps = [step(1, (0,), START), step(2, (1,)), decision(4, END), step(4, (0,), STOP)]
    symbols = plan_flowchart(sheet(steps, 2)).pages[0].symbols
    assert [s.text for s in symbols if s.kind is SymbolKind.TERMINATOR] == ["Mulai", "Selesai", "Selesai"]


def test_two_actors_are_joined_by_a_line_without_head() -> None:
    steps = [step(1, (0,), START), step(2, (0, 2)), step(3, (1,), STOP)]
    plan = plan_flowchart(sheet(steps, 3))
    joins = [line for line in plan.pages[0].lines if not line.arrow]
    assert len(joins) == 1
    assert joins[0].points[0][1] == joins[0].points[1][1]


def test_a_step_without_actor_is_a_visible_gap() -> None:
    steps = [step(1, (0,), START), step(2, ()), step(3, (0,), STOP)]
    page = plan_flowchart(sheet(steps, 2)).pages[0]
    assert [label.text for label in page.labels if label.gap] == ["[pelaksana belum diisi]"]
    assert page.lines == ()


@pytest.mark.parametrize("actors", [1, 2, 5])
def test_the_box_of_a_gap_holds_its_text(actors: int) -> None:
    steps = [step(1, (0,), START), step(2, ()), step(3, (0,), STOP)]
    made = sheet(steps, actors)
    page = plan_flowchart(made).pages[0]
    (gap,) = (label for label in page.labels if label.gap)
    width, height = label_size(gap.text, made.form.columns[0].style.family)
    assert width <= gap.rect.width
    assert height <= gap.rect.height
    assert " ".join(gap.text.split()) == "[pelaksana belum diisi]"


def test_an_sop_without_actors_still_has_its_table() -> None:
    plan = plan_flowchart(sheet([step(1, ()), step(2, ())], 0))
    assert len(plan.pages[0].labels) == 2
    assert len(plan.widths) == 7


@pytest.mark.parametrize("count", [20, 40, 80])
def test_long_flows_break_into_pages_with_paired_connectors(count: int) -> None:
    plan = plan_flowchart(straight(count, actors=4))
    connectors = [s.text for page in plan.pages for s in page.symbols if s.kind is SymbolKind.CONNECTOR]
    assert len(plan.pages) > 1
    assert connectors == [str(number) for number in range(1, len(plan.pages)) for _ in (0, 1)]
    assert min(len(page.rows) for page in plan.pages) > 1


def test_a_loop_back_over_pages_goes_through_connectors() -> None:
    steps = list(straight(30, actors=3).flow.edges)
    rows = [step(i + 1, (i % 3,), START if i == 0 else STOP if i == 29 else StepKind.PROCESS) for i in range(30)]
    rows[28] = step(29, (1,), DECIDE, branches=(Branch("Ya", 30), Branch("Tidak", 2)))
    plan = plan_flowchart(sheet(rows, 3))
    first, last = plan.pages[0], plan.pages[-1]
    numbers = {s.text for s in first.symbols if s.kind is SymbolKind.CONNECTOR} & {
        s.text for s in last.symbols if s.kind is SymbolKind.CONNECTOR
    }
    assert len(steps) == 29
    assert numbers, "the exit Tidak of step 29 comes back to step 2 through a pair"


def test_a_text_higher_than_a_page_is_a_problem_not_a_broken_page() -> None:
    long = Step(2, "Menyusun " * 1200, ("A",), (0,))
    plan = plan_flowchart(sheet([step(1, (0,), START), long, step(3, (0,), STOP)], 1))
    assert [p.fatal for p in plan.problems] == [True]
    assert "Langkah 2" in plan.problems[0].message.id


def test_forty_actors_are_laid_out_or_reported() -> None:
    plan = plan_flowchart(straight(40, actors=40))
    assert plan.problems or plan.score["overlaps"] == 0
    assert sum(plan.widths) == straight(40, actors=40).form.table_width
