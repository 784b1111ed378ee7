"""What "right" means for a drawing, over random flows: spec of the flowchart page, section "What right means"."""

from __future__ import annotations

import os
from collections import Counter
from itertools import pairwise

from flows import random_sheet
from hypothesis import HealthCheck, given, settings

from pipeline.layout.labels import line_meets
from pipeline.layout.outline import covers
from pipeline.layout.plan import plan_flowchart
from pipeline.layout.sheet import Sheet
from pipeline.layout.tracks import HEAD
from pipeline.model.flow import FINISH
from pipeline.model.form import ACTORS, MM
from pipeline.model.plan import PagePlan, Plan, Point, Rect, SymbolKind

EXAMPLES = int(os.environ.get("TERTIB_CONTOH_ACAK", "300"))
SETTINGS = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))


def on_border(point: Point, rect: Rect, kind: SymbolKind) -> bool:
    """Does ``point`` lie on the outline of the symbol (to the EMU, slants to rounding)?"""
    x, y = point
    if not (rect.x <= x <= rect.right and rect.y <= y <= rect.bottom):
        return False
    if kind is SymbolKind.DECISION:
        cx, cy = rect.center
        share = abs(x - cx) * 2 / rect.width + abs(y - cy) * 2 / rect.height
        return abs(share - 1) < 0.001
    if kind is SymbolKind.TERMINATOR:
        end = rect.width * 3475 / 21600  # the preset's round ends are half ellipses
        out = abs(x - rect.center[0]) - (rect.width / 2 - end)
        if out > 0:
            return abs((out / end) ** 2 + ((y - rect.center[1]) * 2 / rect.height) ** 2 - 1) < 0.001
        return y in (rect.y, rect.bottom)
    if kind is SymbolKind.CONNECTOR and y > rect.y + rect.height * 4 / 5:  # its lowest fifth is a point
        return abs(rect.bottom - y - rect.height / 5 * abs(x - rect.center[0]) * 2 / rect.width) < 36
    return x in (rect.x, rect.right) or y in (rect.y, rect.bottom)


def touching(point: Point, page: PagePlan) -> list[int]:
    """Indexes of the symbols whose border holds ``point``."""
    return [i for i, s in enumerate(page.symbols) if on_border(point, s.rect, s.kind)]


@SETTINGS
@given(random_sheet())
def test_every_drawing_is_right(sheet: Sheet) -> None:
    plan = plan_flowchart(sheet)
    dense = any(problem.fatal for problem in plan.problems)
    assert plan.score["overlaps"] == 0
    assert plan.score["through_symbols"] == 0
    assert plan.score["through_texts"] == 0
    assert plan.score["outside"] == 0
    for page in plan.pages:
        check_page(page)
    check_table(plan, sheet)
    if not dense:
        check_arrows(plan, sheet)
        check_connectors(plan)


def check_page(page: PagePlan) -> None:
    """Lines are orthogonal and end at borders; symbols do not meet; labels touch nothing."""
    for line in page.lines:
        assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(line.points))
        assert len(touching(line.points[0], page)) == 1, line
        assert len(touching(line.points[-1], page)) == 1, line
    for i, one in enumerate(page.symbols):
        assert not any(one.rect.meets(two.rect) for two in page.symbols[i + 1 :])
    for i, label in enumerate(page.labels):
        assert not any(label.rect.meets(other.rect) for other in page.labels[i + 1 :])
        assert not any(covers(symbol, label.rect) for symbol in page.symbols)
        if label.line is not None:
            rect, near = label.rect, 7 * MM
            around = Rect(rect.x - near, rect.y - near, rect.width + 2 * near, rect.height + 2 * near)
            assert line_meets(page.lines[label.line].points, around), "the name of an exit stands beside its line"


def check_table(plan: Plan, sheet: Sheet) -> None:
    """Every row stands on exactly one page, in order; pages fit; symbols stand in their column and row."""
    form = sheet.form
    assert [row for page in plan.pages for row in page.rows] == list(range(len(sheet.rows)))
    assert sum(plan.widths) == form.table_width
    before = sum(1 for column in form.columns[: [c.key for c in form.columns].index(ACTORS)])
    for page in plan.pages:
        assert sum(plan.header) + sum(page.heights) <= form.table_height
        top = page.area.y
        bands = {}
        for row, height in zip(page.rows, page.heights, strict=True):
            bands[row] = (top, top + height)
            top += height
        for symbol in page.symbols:
            left = form.left + sum(plan.widths[: before + symbol.column])
            assert left < symbol.rect.x
            assert symbol.rect.right < left + plan.widths[before + symbol.column]
            if symbol.row is not None:
                upper, lower = bands[symbol.row]
                assert upper < symbol.rect.y
                assert symbol.rect.bottom < lower


def check_arrows(plan: Plan, sheet: Sheet) -> None:
    """Every edge between drawn steps has its line; exits of a decision leave at different sides."""
    drawn = [
        e
        for e in sheet.flow.edges
        if sheet.rows[e.source].symbols and (e.target == FINISH or sheet.rows[e.target].symbols)
    ]
    page_of = {row: number for number, page in enumerate(plan.pages) for row in page.rows}
    torn = sum(1 for e in drawn if e.target != FINISH and page_of[e.source] != page_of[e.target])
    joins = sum(max(0, len(row.symbols) - 1) for row in sheet.rows)  # joined or handed over
    assert sum(len(page.lines) for page in plan.pages) == len(drawn) + torn + joins
    for page in plan.pages:
        for line in page.lines:
            assert touching(line.points[0], page) == [line.source]
            assert touching(line.points[-1], page) == [line.target]
            for end, row in (
                (line.source, line.edge and line.edge.source),
                (line.target, line.edge and line.edge.target),
            ):
                drawn_row = page.symbols[end].row
                assert row is None or drawn_row is None or row in (drawn_row, FINISH)
        for index, symbol in enumerate(page.symbols):
            if symbol.kind is SymbolKind.DECISION:
                exits = [line for line in page.lines if line.source == index and line.edge]
                sides = {side_of(line.points[0], symbol.rect) for line in exits}
                joined = [line for line in page.lines if line.edge is None and index in (line.source, line.target)]
                assert len(sides) >= min(len(exits), 4 - len(joined)), "exits leave at different sides"
        check_heads(page)


def side_of(point: Point, rect: Rect) -> str:
    """The corner of a diamond at which, or beside which, a line touches it."""
    x, y = point
    if x in (rect.x, rect.right):
        return "left" if x == rect.x else "right"
    return "above" if y < rect.center[1] else "below"


def check_heads(page: PagePlan) -> None:
    """Every arrow head has a straight run behind it."""
    for line in page.lines:
        (x0, y0), (x1, y1) = line.points[-2:]
        assert not line.arrow or abs(x0 - x1) + abs(y0 - y1) >= HEAD or len(line.points) == 2


def check_connectors(plan: Plan) -> None:
    """Connectors come in pairs with the same number, on two pages."""
    numbers = [(s.text, i) for i, page in enumerate(plan.pages) for s in page.symbols if s.kind is SymbolKind.CONNECTOR]
    assert all(times == 2 for times in Counter(text for text, _ in numbers).values())
    assert len(set(numbers)) == len(numbers)


@SETTINGS
@given(random_sheet(most_steps=12))
def test_the_same_input_gives_the_same_drawing(sheet: Sheet) -> None:
    assert plan_flowchart(sheet) == plan_flowchart(sheet)
