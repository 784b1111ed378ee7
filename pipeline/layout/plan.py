"""The whole computation of a flowchart, from texts and flow to a plan that can be drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.layout.grid import Grid, build_grid
from pipeline.layout.labels import label_size, place_label
from pipeline.layout.pages import RowNeed, Stretch, break_pages, stretch_height
from pipeline.layout.router import Route, Router, points_of
from pipeline.layout.scene import Arrow, Scene, build_scene, drawing_need, drawn_edges, torn_edges
from pipeline.layout.score import score
from pipeline.layout.sheet import Sheet
from pipeline.layout.table import actor_area, column_widths, header_heights, row_text_height, symbol_lane
from pipeline.model.flow import Flow
from pipeline.model.form import MM, Form
from pipeline.model.message import say
from pipeline.model.plan import Label, Line, PagePlan, Plan, Point, Problem, Rect

AIR = 3 * MM
_SPARE = (2, 3, 4, 5)
"""Tracks per gutter to try, one after the other, until every line finds its way."""


def plan_flowchart(sheet: Sheet) -> Plan:
    """Compute the flowchart of ``sheet``.

    Rows too high for a page and lines without a way are in ``Plan.problems``; nothing is raised for them.
    """
    widths = column_widths(sheet)
    header = header_heights(sheet, widths)
    room = sheet.form.table_height - sum(header)
    needs = [_need(sheet, row, widths) for row in range(len(sheet.rows))]
    drawn = Flow(sheet.flow.size, tuple(drawn_edges(sheet)), ())
    stretches = break_pages(needs, drawn, room, max(1, len(sheet.actors)))
    torn = torn_edges(stretches, sheet)
    left, actors = actor_area(sheet.form, widths, len(sheet.actors))
    top = sheet.form.top + sheet.form.anchor + sum(header)
    pages: list[PagePlan] = []
    problems = list(_too_high(stretches, needs, room))
    for stretch in stretches:
        roomy = _spread(stretch, needs, room)
        scene = build_scene(sheet, stretch, roomy, torn, left, top, actors)
        page, lost = _draw(scene, stretch, sheet)
        pages.append(page)
        problems += [_lost(arrow, stretch) for arrow in lost]
    problems += _unknown_fonts(sheet.form)
    return Plan(widths, header, tuple(pages), score(pages), tuple(problems))


def _spread(stretch: Stretch, needs: Sequence[RowNeed], room: int) -> Sequence[RowNeed]:
    """Give what is left of a page to its rows, each at most AIR: longer arrows read better."""
    count = stretch.last - stretch.first + 1
    extra = max(0, min(AIR, (room - stretch_height(stretch, needs)) // count))
    return [RowNeed(need.text + extra, need.drawing + extra) for need in needs]


def _need(sheet: Sheet, row: int, widths: tuple[int, ...]) -> RowNeed:
    line = sheet.rows[row]
    return RowNeed(row_text_height(line, sheet, widths), drawing_need(symbol_lane(line), line.finish))


def _draw(scene: Scene, stretch: Stretch, sheet: Sheet) -> tuple[PagePlan, list[Arrow]]:
    """Route a page with as few tracks as will do."""
    for spare in _SPARE:
        canvas = _Canvas(scene, build_grid(scene, spare), sheet)
        lost = canvas.route()
        if not lost:
            break
    rows = tuple(range(stretch.first, stretch.last + 1))
    symbols = tuple(place.symbol for place in scene.places)
    page = PagePlan(rows, scene.heights, scene.area, symbols, canvas.lines(), canvas.all_labels())
    return page, lost


class _Canvas:
    """One attempt at a page: routes, and the labels beside them."""

    def __init__(self, scene: Scene, grid: Grid, sheet: Sheet) -> None:
        self.scene, self.grid = scene, grid
        self.family = next(column.style.family for column in sheet.form.columns)
        self.router = Router(scene, grid)
        self.routes: dict[int, Route] = {}
        self.labels: dict[int, Label] = {}
        self.gaps = tuple(self._gap(lane, sheet.gap) for lane in scene.gaps)
        for gap in self.gaps:
            grid.block(gap.rect)

    def _gap(self, lane: int, text: str) -> Label:
        width, height = label_size(text, self.family)
        width, height = min(width + 2 * MM, self.scene.area.width), height + MM
        x = self.scene.area.x + (self.scene.area.width - width) // 2
        rect = Rect(x, self.scene.lanes[lane].axis - height // 2, width, height)
        return Label(rect, text, text, gap=True)

    def route(self) -> list[Arrow]:
        """Route everything; returns what found no way."""
        order = sorted(range(len(self.scene.arrows)), key=self._priority)
        lost = [self.scene.arrows[i] for i in order if not self._route(i)]
        if not lost:
            self._improve(order)
        return lost

    def _priority(self, index: int) -> tuple[bool, bool, int, int]:
        arrow = self.scene.arrows[index]
        source, target = self.scene.places[arrow.source], self.scene.places[arrow.target]
        rows, columns = abs(source.lane - target.lane), abs(source.column - target.column)
        return not arrow.join, rows > 1 or columns > 0, rows + columns, index

    def _route(self, index: int) -> bool:
        """Route an arrow and put its label; where the label finds no good room, leave at another place.

        Only when no exit has a place off the borders of the table may the label stand on one.
        """
        return self._leave(index, on_borders=False) or self._leave(index, on_borders=True)

    def _leave(self, index: int, *, on_borders: bool) -> bool:
        arrow = self.scene.arrows[index]
        avoid: set[Point] = set()
        while (route := self.router.find(arrow, avoid)) is not None:
            self.router.commit(arrow, route)
            self.routes[index] = route
            if not arrow.label or self._label(index, on_borders=on_borders):
                return True
            self.router.release(arrow, route)
            del self.routes[index]
            avoid.add(route.start.point)
        return False

    def _label(self, index: int, *, on_borders: bool) -> bool:
        arrow, route = self.scene.arrows[index], self.routes[index]
        rect = place_label(
            label_size(arrow.label, self.family),
            points_of(route, self.grid),
            self.scene.area,
            self.scene.columns,
            self.scene.rules,
            [place.symbol for place in self.scene.places],
            [points_of(r, self.grid) for r in self.routes.values()],
            [label.rect for label in (*self.labels.values(), *self.gaps)],
            on_borders=on_borders,
        )
        if rect is None:
            return False
        self.labels[index] = Label(rect, arrow.label, arrow.alt)
        self.grid.block(rect)
        return True

    def _improve(self, order: Sequence[int]) -> None:
        """Take up each line that crosses others once more, now that all are known, and keep the better way."""
        for index in order:
            arrow, route = self.scene.arrows[index], self.routes[index]
            if arrow.label or arrow.join:
                continue
            self.router.release(arrow, route)
            cost = self.router.cost_now(route)
            if cost > route.free_cost:
                better = self.router.find(arrow)
                if better is not None and better.cost < cost:
                    route = better
            self.router.commit(arrow, route)
            self.routes[index] = route

    def lines(self) -> tuple[Line, ...]:
        """All lines in document order."""
        return tuple(
            Line(
                points_of(self.routes[i], self.grid),
                arrow.alt,
                arrow.source,
                arrow.target,
                arrow.edge,
                arrow=not arrow.join,
            )
            for i, arrow in enumerate(self.scene.arrows)
            if i in self.routes
        )

    def all_labels(self) -> tuple[Label, ...]:
        """Names of exits in document order, then gaps."""
        order = {arrow: line for line, arrow in enumerate(sorted(self.routes))}
        return (*(replace(self.labels[i], line=order[i]) for i in sorted(self.labels)), *self.gaps)


def _too_high(stretches: Sequence[Stretch], needs: Sequence[RowNeed], room: int) -> list[Problem]:
    return [
        Problem(
            ("langkah", stretch.first),
            say(
                id="Langkah {n} setinggi {high} mm, lebih tinggi daripada ruang satu halaman ({room} mm).",
                en="Step {n} is {high} mm high, more than the room of a page ({room} mm).",
                n=stretch.first + 1,
                high=stretch_height(stretch, needs) // MM,
                room=room // MM,
            ),
            say(
                id="Persingkat teksnya atau pecah menjadi beberapa langkah.",
                en="Shorten its texts or split it into several steps.",
            ),
            fatal=True,
        )
        for stretch in stretches
        if stretch_height(stretch, needs) > room
    ]


def _lost(arrow: Arrow, stretch: Stretch) -> Problem:
    return Problem(
        ("langkah", stretch.first),
        say(
            id="Anak panah “{alt}” tidak mendapat tempat: alur di halaman itu terlalu padat.",
            en="The arrow “{alt}” finds no room: the flow on that page is too dense.",
            alt=arrow.alt,
        ),
        say(
            id="Kurangi pelaksana atau percabangan, atau pecah SOP menjadi dua yang saling terkait.",
            en="Use fewer actors or branches, or split the SOP into two that refer to each other.",
        ),
        fatal=True,
    )


def _unknown_fonts(form: Form) -> list[Problem]:
    from pipeline.layout.table import font_of

    families = {column.style.family for column in form.columns if not font_of(column.style).known}
    return [
        Problem(
            (),
            say(
                id="Huruf “{family}” pada templat tidak terpasang; ukuran teks hanya perkiraan.",
                en="The template's font “{family}” is not installed; text sizes are estimates.",
                family=family,
            ),
            say(
                id="Pasang huruf itu, atau pakai Arial, Calibri, Cambria, atau Times New Roman pada templat.",
                en="Install the font, or use Arial, Calibri, Cambria or Times New Roman in the template.",
            ),
        )
        for family in sorted(families)
    ]
