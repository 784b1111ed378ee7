"""The whole computation of a flowchart, from texts and flow to a plan that can be drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.layout.cells import actor_area, header_heights, row_drawing_height, row_text_heights
from pipeline.layout.labels import GAP, Surroundings, broken, label_size, place_name
from pipeline.layout.pages import RowNeed, Stretch, break_pages, stretch_height
from pipeline.layout.problems import table_problems
from pipeline.layout.router import lattice_of, route
from pipeline.layout.scene import Arrow, Scene, Torn, build_scene, drawn_edges, torn_edges
from pipeline.layout.score import score
from pipeline.layout.sheet import Sheet
from pipeline.layout.table import column_widths, with_wider_actors
from pipeline.layout.tracks import HEAD
from pipeline.layout.ways import OUTSIDE
from pipeline.model.flow import Flow
from pipeline.model.form import MM
from pipeline.model.message import say
from pipeline.model.plan import Label, Line, PagePlan, Plan, Point, Problem, Rect

AIR = 3 * MM
_ATTEMPTS = 4
_LOOKS = 2
"""So many times lines are moved for the sake of names."""
_HEAD_HALF = MM // 2
"""Half the width of an arrow head."""
_NAME_ROOM = 4 * MM
"""By how much a row grows where the name of an exit finds no room."""


def plan_flowchart(sheet: Sheet) -> Plan:
    """Compute the flowchart of ``sheet``.

    Rows too high for a page and lines without a way are in ``Plan.problems``; nothing is raised for them.
    """
    plan = first = _Planner(sheet).run()
    for wider in with_wider_actors(sheet):
        if not any(problem.fatal for problem in plan.problems):
            break
        planner = _Planner(wider)
        if planner.widths != plan.widths:
            plan = planner.run()
    return first if any(problem.fatal for problem in plan.problems) else plan


class _Planner:
    """One computation: sizes, pages, drawings. Rows grow where lines need more room than texts and symbols leave."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.widths = column_widths(sheet)
        self.header = header_heights(sheet, self.widths)
        self.room = sheet.form.table_height - sum(self.header)
        self.left, self.actors = actor_area(sheet.form, self.widths, len(sheet.actors))
        self.top = sheet.form.top + sheet.form.anchor + sum(self.header)
        self.flow = Flow(sheet.flow.size, tuple(drawn_edges(sheet)), ())

    def run(self) -> Plan:
        problems = table_problems(self.sheet, self.widths)
        if any(problem.fatal for problem in problems):
            return Plan(self.widths, self.header, (), score(()), tuple(problems))
        texts = row_text_heights(self.sheet, self.widths)
        needs = [RowNeed(text, row_drawing_height(row)) for text, row in zip(texts, self.sheet.rows, strict=True)]
        stretches = self._breaks(needs)
        torn = torn_edges(stretches, self.sheet)
        pages: list[PagePlan] = []
        problems += _too_high(stretches, needs, self.room)
        for number, stretch in enumerate(stretches, 1):
            page, lost = self._page(stretch, needs, torn)
            pages.append(page)
            problems += _lost(lost, number, stretch)
        return Plan(self.widths, self.header, tuple(pages), score(pages), tuple(problems))

    def _breaks(self, needs: Sequence[RowNeed]) -> tuple[Stretch, ...]:
        return break_pages(needs, self.flow, self.room, max(1, len(self.sheet.actors)))

    def _page(
        self, stretch: Stretch, needs: Sequence[RowNeed], torn: Sequence[Torn]
    ) -> tuple[PagePlan, Sequence[Arrow]]:
        """Draw a page; where lines are short of room and the page has some, its rows grow and it is drawn again."""
        grown = list(needs)
        best: _Drawing | None = None
        for _ in range(_ATTEMPTS):
            scene = build_scene(
                self.sheet, stretch, _spread(stretch, grown, self.room), torn, self.left, self.top, self.actors
            )
            drawing = _Drawing(scene, self.sheet)
            if best is None or drawing.rank < best.rank:
                best = drawing
            more = drawing.growth(stretch)
            if not more:
                break
            rooms = [max(need.text, need.drawing) for need in grown]
            for row, extra in more.items():
                grown[row] = RowNeed(grown[row].text, rooms[row] + extra)
            if stretch_height(stretch, grown) > self.room:
                break
        assert best is not None
        return best.page(stretch), best.lost


def _spread(stretch: Stretch, needs: Sequence[RowNeed], room: int) -> Sequence[RowNeed]:
    """Give what is left of a page to its rows, each at most AIR: longer arrows read better."""
    count = stretch.last - stretch.first + 1
    extra = max(0, min(AIR, (room - stretch_height(stretch, needs)) // count))
    return [RowNeed(need.text + extra, need.drawing + extra) for need in needs]


class _Drawing:
    """The lines and labels of one scene."""

    def __init__(self, scene: Scene, sheet: Sheet) -> None:
        self.scene = scene
        self.family = next(column.style.family for column in sheet.form.columns)
        self.gaps = tuple(self._gap(lane, sheet.gap) for lane in scene.gaps)
        self.labels: dict[int, Label] = {}
        self.unnamed: list[int] = []
        self._lattice = lattice_of(scene, [(lane, gap.rect) for lane, gap in zip(scene.gaps, self.gaps, strict=True)])
        self.routed = route(scene, self._lattice)
        if not self._name_exits(far=False) and not self._make_room_for_names():
            self._name_exits(far=True)
            self._keep_out_of_names()

    def _make_room_for_names(self) -> bool:
        """Other ways, with which all names stand near their exits and no more lines cross; else all as it was."""
        first, kept = self.routed, set[tuple[int, int]]()
        for _ in range(_LOOKS):
            kept |= self._beside_unnamed()
            self.routed = route(self.scene, self._lattice, kept)
            if self.routed.crossings > first.crossings or self.routed.lost:
                break
            if self._name_exits(far=False):
                return True
        self.routed = first
        return False

    def _keep_out_of_names(self) -> None:
        """Other ways for the sake of names that find no room at all."""
        kept: set[tuple[int, int]] = set()
        for _ in range(_LOOKS):
            if not self.unnamed:
                return
            kept |= self._beside_unnamed()
            self.routed = route(self.scene, self._lattice, kept)
            self._name_exits(far=True)

    def _beside_unnamed(self) -> set[tuple[int, int]]:
        """The vertical corridors beside the symbols whose exits have no name yet."""
        places = [self.scene.places[self.routed.ends[index][0]] for index in self.unnamed]
        return {(2 * place.column + side, place.lane) for place in places for side in (0, 2)}

    @property
    def lost(self) -> tuple[Arrow, ...]:
        """Arrows that found no room, for themselves or for their names."""
        return tuple(self.scene.arrows[i] for i in sorted({*self.routed.lost, *self.unnamed}))

    @property
    def rank(self) -> tuple[int, int]:
        """Less is better: lost arrows, then want of room."""
        return len(self.lost), sum(shortage.lack for shortage in self.routed.shortages)

    def growth(self, stretch: Stretch) -> dict[int, int]:
        """By how much rows should grow so that lines and names have room between them (EMU)."""
        wishes = [
            (lane, shortage.lack)
            for shortage in self.routed.shortages
            if shortage.flat
            for lane in ((shortage.corridor >> 1) - 1, shortage.corridor >> 1)
            if 0 <= lane < len(self.scene.lanes)
        ]
        wishes += [(self.scene.places[self.scene.arrows[index].source].lane, _NAME_ROOM) for index in self.unnamed]
        result: dict[int, int] = {}
        for lane, extra in wishes:
            row = self._row_of(lane, stretch)
            result[row] = max(result.get(row, 0), extra)
        return result

    def _row_bands(self, stretch: Stretch) -> list[tuple[int, int, int]]:
        rules = self.scene.rules
        return [(row, rules[i], rules[i + 1]) for i, row in enumerate(range(stretch.first, stretch.last + 1))]

    def _row_of(self, lane: int, stretch: Stretch) -> int:
        axis = self.scene.lanes[lane].axis
        return next(row for row, top, bottom in self._row_bands(stretch) if top <= axis < bottom)

    def _gap(self, lane: int, text: str) -> Label:
        room = self.scene.area.width - 2 * OUTSIDE
        for lines in broken(text):  # on as few lines as the columns of the actors are wide enough for
            width, height = label_size(lines, self.family)
            if width + 2 * GAP <= room:
                break
        width, height = min(width + 2 * MM, room), height + MM
        x = self.scene.area.x + (self.scene.area.width - width) // 2
        rect = Rect(x, self.scene.lanes[lane].axis - height // 2, width, height)
        return Label(rect, lines, text, gap=True)

    def _name_exits(self, *, far: bool) -> bool:
        """Find room for all names of exits; ``unnamed`` are those without. Have all found it?"""
        self.labels, self.unnamed = {}, []
        scene, lines = self.scene, self.routed.points
        texts = [gap.rect for gap in self.gaps]
        texts += [_head(points) for index, points in lines.items() if not scene.arrows[index].join]
        symbols = [place.symbol for place in scene.places]
        around = Surroundings(scene.area, scene.columns, scene.rules, symbols, list(lines.values()), texts)
        for index, points in sorted(lines.items()):
            arrow = scene.arrows[index]
            if not arrow.label:
                continue
            leaves = symbols[self.routed.ends[index][0]]
            found = place_name(arrow.label, self.family, points, leaves, around, far=far)
            if found is None:
                self.unnamed.append(index)
            else:
                text, rect = found
                self.labels[index] = Label(rect, text, arrow.alt)
                texts.append(rect)
        return not self.unnamed

    def page(self, stretch: Stretch) -> PagePlan:
        """The finished page; lines and labels in document order."""
        lost = {*self.routed.lost, *self.unnamed}
        drawn = [index for index in sorted(self.routed.points) if index not in lost]
        lines = []
        for index in drawn:
            arrow = self.scene.arrows[index]
            points, (source, target) = self.routed.points[index], self.routed.ends[index]
            lines.append(Line(points, arrow.alt, source, target, arrow.edge, arrow=not arrow.join))
        number = {index: line for line, index in enumerate(drawn)}
        labels = [replace(self.labels[i], line=number[i]) for i in sorted(self.labels)]
        rows = tuple(range(stretch.first, stretch.last + 1))
        symbols = tuple(place.symbol for place in self.scene.places)
        names = (*labels, *self.gaps)
        return PagePlan(rows, self.scene.heights, self.scene.area, symbols, tuple(lines), names, self.scene.columns)


def _head(points: Sequence[Point]) -> Rect:
    """The place of the arrow head at the end of a line."""
    (x0, y0), (x, y) = points[-2:]
    if x0 == x:
        return Rect(x - _HEAD_HALF, y - HEAD if y0 < y else y, 2 * _HEAD_HALF, HEAD)
    return Rect(x - HEAD if x0 < x else x, y - _HEAD_HALF, HEAD, 2 * _HEAD_HALF)


def _too_high(stretches: Sequence[Stretch], needs: Sequence[RowNeed], room: int) -> list[Problem]:
    return [
        Problem(
            ("langkah", stretch.first),
            say(
                "Langkah {n} setinggi {high} mm, lebih tinggi daripada ruang satu halaman ({room} mm).",
                n=stretch.first + 1,
                high=stretch_height(stretch, needs) // MM,
                room=room // MM,
            ),
            say("Persingkat teksnya atau pecah menjadi beberapa langkah."),
            fatal=True,
        )
        for stretch in stretches
        if stretch_height(stretch, needs) > room
    ]


def _lost(arrows: Sequence[Arrow], page: int, stretch: Stretch) -> list[Problem]:
    """One problem for all arrows of a page that found no room."""
    if not arrows:
        return []
    if len(arrows) == 1:
        message = say(
            "Anak panah “{alt}” tidak mendapat tempat: alur pada halaman {page} bagan terlalu padat.",
            alt=arrows[0].alt,
            page=page,
        )
    else:
        message = say(
            "{count} anak panah tidak mendapat tempat, antara lain “{alt}”: alur pada halaman {page} bagan terlalu "
            "padat.",
            count=len(arrows),
            alt=arrows[0].alt,
            page=page,
        )
    row = next((arrow.edge.source for arrow in arrows if arrow.edge is not None), stretch.first)
    return [
        Problem(
            ("langkah", row),
            message,
            say(
                "Kurangi percabangan atau penolakan ke satu langkah yang sama, perpendek nama cabang, atau pecah "
                "SOP menjadi dua yang saling terkait."
            ),
            fatal=True,
        )
    ]
