"""Widths of the table: within limits, equal for equals, as good as any other, and findings where they cannot be."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flows import form, random_sheet, sheet, step
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.layout.cells import (
    actor_area,
    header_heights,
    name_width,
    row_drawing_height,
    row_text_heights,
    word_width,
)
from pipeline.layout.pages import RowNeed, break_pages
from pipeline.layout.plan import plan_flowchart
from pipeline.layout.sheet import Sheet
from pipeline.layout.table import column_widths, stated_limits, with_fitting_names
from pipeline.model.form import ACTOR_LEAST, ACTORS, MM, TWIP, Column, Form
from pipeline.model.sop import StepKind

SETTINGS = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
TEXTS = (
    "Memberikan disposisi",
    "Menelaah kelengkapan berkas permohonan dan menyiapkan lembar disposisi kepada pejabat yang membidangi",
    "Menyusun konsep surat dinas beserta lampirannya sesuai arahan pimpinan dan ketentuan tata naskah dinas",
    "Menandatangani peraturan perundang-undangan",
)
NAMES = ("Sekretaris DPRD", "Komisi", "Kepala Bagian Persidangan dan Perundang-undangan", "Pengadministrasi Umum")


def worded(base: Sheet, texts: list[str], names: list[str]) -> Sheet:
    """``base`` with other activities, lists and actors' names, taken in turn."""
    rows = tuple(
        replace(
            row, texts={**row.texts, "kegiatan": (texts[i % len(texts)],), "kelengkapan": (texts[-1 - i % len(texts)],)}
        )
        for i, row in enumerate(base.rows)
    )
    actors = tuple(names[i % len(names)] for i in range(len(base.actors)))
    return replace(base, rows=rows, actors=actors)


@st.composite
def worded_sheets(draw: st.DrawFn) -> Sheet:
    texts = draw(st.lists(st.one_of(st.sampled_from(TEXTS), st.text("abc -", max_size=200)), min_size=1, max_size=5))
    names = draw(st.lists(st.one_of(st.sampled_from(NAMES), st.text("abc -", max_size=60)), min_size=1, max_size=5))
    return worded(draw(random_sheet(most_steps=20, most_actors=14)), texts, names)


def straight(count: int, actors: int) -> Sheet:
    kinds = [StepKind.START, *[StepKind.PROCESS] * (count - 2), StepKind.END]
    return sheet([step(i + 1, (i % actors,), kinds[i]) for i in range(count)], actors)


def spans(base: Sheet, widths: tuple[int, ...]) -> tuple[dict[str, int], tuple[int, ...]]:
    """Widths of the text columns by key, and of the actor columns."""
    _, actors = actor_area(base.form, widths, len(base.actors))
    before = [column.key for column in base.form.columns].index(ACTORS)
    rest = (*widths[:before], *widths[before + len(actors) :])
    return dict(zip([c.key for c in base.form.columns if c.key != ACTORS], rest, strict=True)), actors


@SETTINGS
@given(worded_sheets())
def test_widths_fill_the_table_and_keep_the_limits(base: Sheet) -> None:
    widths = column_widths(base)
    assert sum(widths) == base.form.table_width
    texts, actors = spans(base, widths)
    problems = plan_problems(base)
    crowded = any(problem.fatal for problem in problems)
    assert crowded or min(actors) >= ACTOR_LEAST
    for column in base.form.columns:
        if column.key != ACTORS:
            limits = stated_limits(column)
            heading = max(
                word_width(c.text, c.style, base.form) for r in base.form.header for c in r if c.keys == (column.key,)
            )
            rest = TWIP * len(widths) if column is base.form.columns[-1] else TWIP
            assert crowded or texts[column.key] >= min(limits.least, limits.most)
            assert crowded or texts[column.key] <= max(limits.most, heading) + rest


def plan_problems(base: Sheet) -> tuple[object, ...]:
    from pipeline.layout.problems import table_problems

    return tuple(table_problems(base, column_widths(base)))


@SETTINGS
@given(worded_sheets())
def test_actors_are_alike_but_for_longer_words(base: Sheet) -> None:
    _, actors = spans(base, column_widths(base))
    least = min(actors)
    for name, width in zip(base.actors, actors, strict=True):
        assert width == least or width <= name_width(name, base.form) + TWIP


@SETTINGS
@given(worded_sheets())
def test_heights_are_those_of_the_texts(base: Sheet) -> None:
    widths = column_widths(base)
    assert row_text_heights(base, widths) == [
        row_text_heights(replace(base, rows=(row,)), widths)[0] for row in base.rows
    ]


def cost(base: Sheet, widths: tuple[int, ...]) -> tuple[int, int]:
    """Pages, and the height of everything on them."""
    header = sum(header_heights(base, widths))
    texts = row_text_heights(base, widths)
    needs = [RowNeed(text, row_drawing_height(row)) for text, row in zip(texts, base.rows, strict=True)]
    pages = len(break_pages(needs, base.flow, base.form.table_height - header, len(base.actors)))
    return pages, pages * header + sum(need.height() for need in needs)


@SETTINGS
@given(worded_sheets(), st.data())
def test_moving_width_from_column_to_column_saves_no_page(base: Sheet, data: st.DataObject) -> None:
    """A search, not a proof: nothing near the chosen widths, within the limits, is a page better."""
    widths = column_widths(base)
    if any(problem.fatal for problem in plan_problems(base)):  # type: ignore[attr-defined]
        return
    keys = [column for column in base.form.columns if column.key not in (ACTORS, "no")]
    giver, taker = data.draw(st.permutations(keys))[:2]
    texts, actors = spans(base, widths)
    moved = data.draw(st.integers(1, 20)) * MM
    texts = {**texts, giver.key: texts[giver.key] - moved, taker.key: texts[taker.key] + moved}
    if texts[giver.key] < _words(giver, base) or texts[taker.key] > stated_limits(taker).most:
        return
    other: list[int] = []
    for column in base.form.columns:
        other += actors if column.key == ACTORS else [texts[column.key]]
    assert cost(base, widths)[0] <= cost(base, tuple(other))[0]


def _words(column: Column, base: Sheet) -> int:
    words = (word_width(t, column.style, base.form) for row in base.rows for t in row.texts.get(column.key, ()))
    return max(stated_limits(column).least, column.width * 55 // 100, *words)


@pytest.mark.parametrize("actors", range(1, 13))
def test_one_to_twelve_actors_get_readable_columns(actors: int) -> None:
    plan = plan_flowchart(straight(12, actors))
    assert not plan.problems
    _, columns = actor_area(form(), plan.widths, actors)
    assert min(columns) >= ACTOR_LEAST


@pytest.mark.parametrize("actors", [16, 40])
def test_too_many_actors_are_an_error_that_says_how_many_fit(actors: int) -> None:
    plan = plan_flowchart(straight(12, actors))
    assert [problem.fatal for problem in plan.problems] == [True]
    assert plan.problems[0].path == ("pelaksana",)
    assert plan.problems[0].message.id.startswith(f"{actors} pelaksana tidak muat")
    assert plan.pages == ()
    assert sum(plan.widths) == form().table_width


def test_a_name_without_blanks_is_broken_and_told() -> None:
    base = replace(
        straight(5, 3), actors=("KepalaBagianPersidanganPerundangundanganFasilitasiDanKeuangan", "Komisi", "Tim")
    )
    plan = plan_flowchart(base)
    assert [(problem.fatal, problem.path) for problem in plan.problems] == [(False, ("pelaksana", 0))]
    assert "terpenggal" in plan.problems[0].message.id
    assert len(plan.pages) == 1


def stating(base: Sheet, key: str, least: int, most: int) -> Sheet:
    columns = tuple(replace(c, least=least * MM, most=most * MM) if c.key == key else c for c in base.form.columns)
    return replace(base, form=replace(base.form, columns=columns))


@pytest.mark.parametrize(("key", "least", "most"), [("kegiatan", 70, 75), ("waktu", 25, 25), ("output", 20, 24)])
def test_stated_limits_hold(key: str, least: int, most: int) -> None:
    base = stating(straight(8, 4), key, least, most)
    texts, _ = spans(base, column_widths(base))
    assert least * MM - TWIP <= texts[key] <= most * MM + TWIP


def test_stated_limits_hold_for_each_actor() -> None:
    base = stating(straight(8, 4), ACTORS, 20, 22)
    _, actors = spans(base, column_widths(base))
    assert all(20 * MM - TWIP <= width <= 22 * MM + TWIP for width in actors)


def test_a_column_that_holds_up_the_rows_takes_width_from_one_that_does_not() -> None:
    base = straight(10, 4)
    rows = tuple(replace(row, texts={**row.texts, "kegiatan": ("Menyusun " * 30,)}) for row in base.rows)
    long = replace(base, rows=rows)
    assert spans(long, column_widths(long))[0]["kegiatan"] > spans(base, column_widths(base))[0]["kegiatan"]


def test_names_are_set_smaller_only_where_their_words_would_break() -> None:
    few, many = straight(6, 3), replace(straight(6, 12), actors=("Pengadministrasi Umum",) * 12)
    assert with_fitting_names(few) is few
    assert _name_size(with_fitting_names(many).form) < _name_size(many.form)


def _name_size(of: Form) -> float:
    return next(cell.style.size for row in of.header for cell in row if cell.actor)


def test_a_header_font_that_is_nowhere_is_told() -> None:
    base = straight(4, 2)
    head = tuple(
        tuple(replace(cell, style=replace(cell.style, family="Huruf Yang Tidak Ada")) for cell in row)
        for row in base.form.header
    )
    plan = plan_flowchart(replace(base, form=replace(base.form, header=head)))
    assert ["Huruf Yang Tidak Ada" in problem.message.id for problem in plan.problems] == [True]
