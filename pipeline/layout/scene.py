"""One page before routing: lanes, symbols, off-page connectors, and the arrows that have to be drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from pipeline.layout.cells import BAND, FINISH_LANE, SYMBOL_HEIGHT
from pipeline.layout.pages import RowNeed, Stretch, row_height
from pipeline.layout.sheet import Sheet
from pipeline.model.flow import FINISH, Edge
from pipeline.model.form import MM
from pipeline.model.plan import Rect, Symbol, SymbolKind

SIDE = 36 * MM // 10
"""Free width left and right of a symbol, for lines."""
HALF_MIN = 4 * MM
HALF_MAX = 8 * MM
CONNECTOR_HALF = 35 * MM // 10


@dataclass(frozen=True, slots=True)
class Lane:
    """A horizontal strip over all actor columns that holds symbols on one axis."""

    top: int
    bottom: int
    half: int  # half height of its tallest symbol

    @property
    def axis(self) -> int:
        """Where the centres of its symbols lie."""
        return (self.top + self.bottom) // 2


@dataclass(frozen=True, slots=True)
class Place:
    """A symbol of the scene: its index, lane and column."""

    symbol: Symbol
    lane: int
    column: int


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow to be drawn between two symbols (indexes into ``Scene.places``).

    ``also_from`` and ``also_to`` are further symbols of the same steps that it may leave or enter as well: boxes joined
    to the first one stand for one step.
    """

    source: int
    target: int
    label: str
    alt: str
    edge: Edge | None = None
    back: bool = False
    join: bool = False  # a plain line that joins the boxes of one step
    also_from: tuple[int, ...] = ()
    also_to: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything the router needs of a page. ``columns`` are the edges of the actor columns, left to right."""

    area: Rect
    columns: tuple[int, ...]
    half: int
    lanes: tuple[Lane, ...]
    places: tuple[Place, ...]
    arrows: tuple[Arrow, ...]
    gaps: tuple[int, ...]  # lanes of rows without an actor
    heights: tuple[int, ...]

    @property
    def rules(self) -> tuple[int, ...]:
        """The y of the borders between rows, top and bottom included."""
        return tuple(accumulate(self.heights, initial=self.area.y))


@dataclass(frozen=True, slots=True)
class Torn:
    """An arrow whose ends stand on different pages; ``number`` is printed in both connectors."""

    edge: Edge
    number: int


def torn_edges(stretches: Sequence[Stretch], sheet: Sheet) -> tuple[Torn, ...]:
    """Arrows that cross pages, numbered from 1 in document order."""
    page = {row: i for i, s in enumerate(stretches) for row in range(s.first, s.last + 1)}
    edges = [e for e in drawn_edges(sheet) if e.target != FINISH and page[e.source] != page[e.target]]
    return tuple(Torn(edge, number) for number, edge in enumerate(edges, 1))


def drawn_edges(sheet: Sheet) -> Iterator[Edge]:
    """Arrows whose ends both have a symbol; where a step has no actor there is a gap instead."""
    for edge in sheet.flow.edges:
        if sheet.rows[edge.source].symbols and (edge.target == FINISH or sheet.rows[edge.target].symbols):
            yield edge


class _Builder:
    """Puts a page together; only used by ``build_scene``."""

    def __init__(self, sheet: Sheet, stretch: Stretch, left: int, widths: tuple[int, ...]) -> None:
        self.sheet, self.stretch = sheet, stretch
        edges = [left]
        for width in widths:
            edges.append(edges[-1] + width)
        self.columns = tuple(edges)
        self.half = max(HALF_MIN, min(HALF_MAX, min(widths) // 2 - SIDE))
        self.lanes: list[Lane] = []
        self.places: list[Place] = []
        self.arrows: list[Arrow] = []
        self.gaps: list[int] = []
        self.of_row: dict[int, int] = {}  # the symbol that arrows into the row enter
        self.exit_of: dict[int, int] = {}  # the one that they leave
        self.joined: dict[int, tuple[int, ...]] = {}  # by row: boxes joined to the first symbol
        self.finish_of: dict[int, int] = {}
        self.above: list[int] = []
        self.below: list[int] = []

    def lane(self, top: int, bottom: int, height: int) -> int:
        self.lanes.append(Lane(top, bottom, height // 2))
        return len(self.lanes) - 1

    def put(self, kind: SymbolKind, lane: int, column: int, text: str, alt: str, row: int | None) -> int:
        center = (self.columns[column] + self.columns[column + 1]) // 2
        half = CONNECTOR_HALF if kind is SymbolKind.CONNECTOR else self.half
        height = SYMBOL_HEIGHT[kind]
        rect = Rect(center - half, self.lanes[lane].axis - height // 2, 2 * half, height)
        self.places.append(Place(Symbol(kind, rect, text, alt, row, column), lane, column))
        return len(self.places) - 1

    def rows(self, top: int, needs: Sequence[RowNeed]) -> tuple[int, ...]:
        heights = []
        for row in range(self.stretch.first, self.stretch.last + 1):
            height = row_height(row, self.stretch, needs)
            self._row(row, top, top + height)
            heights.append(height)
            top += height
        return tuple(heights)

    def _row(self, row: int, top: int, bottom: int) -> None:
        sheet = self.sheet.rows[row]
        if row == self.stretch.first:
            for _ in range(self.stretch.above):
                self.above.append(self.lane(top, top + BAND, SYMBOL_HEIGHT[SymbolKind.CONNECTOR]))
                top += BAND
        bands = self.stretch.below if row == self.stretch.last else 0
        floor = bottom - bands * BAND - (FINISH_LANE if sheet.finish else 0)
        tallest = max((SYMBOL_HEIGHT[kind] for _, kind in sheet.symbols), default=SYMBOL_HEIGHT[SymbolKind.PROCESS])
        main = self.lane(top, floor, tallest)
        self._symbols(row, main)
        if sheet.finish:
            lane = self.lane(floor, floor + FINISH_LANE, SYMBOL_HEIGHT[SymbolKind.TERMINATOR])
            alt = f"Selesai, dari {sheet.name}"
            column = self.places[self.exit_of[row]].column
            self.finish_of[row] = self.put(SymbolKind.TERMINATOR, lane, column, "Selesai", alt, row)
            floor += FINISH_LANE
        for band in range(bands):
            start = floor + band * BAND
            self.below.append(self.lane(start, start + BAND, SYMBOL_HEIGHT[SymbolKind.CONNECTOR]))

    def _symbols(self, row: int, lane: int) -> None:
        sheet = self.sheet.rows[row]
        if not sheet.symbols:
            self.gaps.append(lane)
            return
        made: dict[int, int] = {}
        for column, kind in sheet.symbols:
            text = ("Mulai" if sheet.starts else "Selesai") if kind is SymbolKind.TERMINATOR else ""
            alt = f"{sheet.name}: {kind.value}, {self.sheet.actors[column]}"
            made[column] = self.put(kind, lane, column, text, alt, row)
        entry = made[sheet.symbols[0][0]]
        self.of_row[row] = entry
        self.exit_of[row] = made[sheet.symbols[-1][0]] if sheet.handover else entry
        if sheet.handover:
            for one, two in pairwise(column for column, _ in sheet.symbols):
                alt = f"{sheet.name} diteruskan ke {self.sheet.actors[two]}"
                self.arrows.append(Arrow(made[one], made[two], "", alt, back=two < one))
        else:
            self.joined[row] = tuple(place for place in made.values() if place != entry)
            for one, two in pairwise(sorted(made)):
                self.arrows.append(Arrow(made[one], made[two], "", f"{sheet.name} dikerjakan bersama", join=True))

    def edges(self, torn: Sequence[Torn]) -> None:
        first, last = self.stretch.first, self.stretch.last
        for edge in drawn_edges(self.sheet):
            if first <= edge.source <= last and edge.target == FINISH:
                self._arrow(self.exit_of[edge.source], self.finish_of[edge.source], edge, edge.label)
            elif first <= edge.source <= last and first <= edge.target <= last:
                self._arrow(self.exit_of[edge.source], self.of_row[edge.target], edge, edge.label)
        for item in torn:
            self._torn(item)

    def _arrow(self, source: int, target: int, edge: Edge, label: str) -> None:
        names = self.sheet.rows
        end = "selesai" if edge.target == FINISH else names[edge.target].name
        alt = f"Dari {names[edge.source].name} ke {end}" + (f" ({edge.label})" if edge.label else "")
        back = FINISH != edge.target <= edge.source
        also_from, also_to = self._others(source, leaving=True), self._others(target, leaving=False)
        self.arrows.append(Arrow(source, target, label, alt, edge, back=back, also_from=also_from, also_to=also_to))

    def _others(self, place: int, *, leaving: bool) -> tuple[int, ...]:
        """Boxes joined to a symbol that stand for its step as well; a diamond and a capsule speak for themselves."""
        symbol = self.places[place].symbol
        if symbol.row is None or symbol.kind is SymbolKind.DECISION or self.of_row.get(symbol.row) != place:
            return ()
        if symbol.kind is SymbolKind.TERMINATOR and not leaving:
            return ()
        return self.joined.get(symbol.row, ())

    def _torn(self, item: Torn) -> None:
        first, last = self.stretch.first, self.stretch.last
        forward = item.edge.target > item.edge.source
        names = self.sheet.rows
        if first <= item.edge.source <= last:
            alt = f"Sambungan {item.number} ke {names[item.edge.target].name} di halaman lain"
            own = self.exit_of[item.edge.source]
            slot = self._slot(self.below if forward else self.above, self.places[own].column)
            other = self.put(SymbolKind.CONNECTOR, *slot, str(item.number), alt, None)
            self._arrow(own, other, item.edge, item.edge.label)
        elif first <= item.edge.target <= last:
            alt = f"Sambungan {item.number} dari {names[item.edge.source].name} di halaman lain"
            own = self.of_row[item.edge.target]
            slot = self._slot(self.above if forward else self.below, self.places[own].column)
            other = self.put(SymbolKind.CONNECTOR, *slot, str(item.number), alt, None)
            self._arrow(other, own, item.edge, "")

    def _slot(self, lanes: Sequence[int], wanted: int) -> tuple[int, int]:
        """The free place in a band nearest to column ``wanted``."""
        taken = {(place.lane, place.column) for place in self.places}
        count = len(self.columns) - 1
        free = [(lane, column) for lane in lanes for column in range(count) if (lane, column) not in taken]
        return min(free, key=lambda slot: (abs(slot[1] - wanted), slot[0], -slot[1]))


def build_scene(
    sheet: Sheet,
    stretch: Stretch,
    needs: Sequence[RowNeed],
    torn: Sequence[Torn],
    left: int,
    top: int,
    widths: tuple[int, ...],
) -> Scene:
    """The scene of one page whose first row starts at ``top`` and whose actor columns start at ``left`` (EMU)."""
    builder = _Builder(sheet, stretch, left, widths)
    heights = builder.rows(top, needs)
    builder.edges(torn)
    return Scene(
        area=Rect(left, top, sum(widths), sum(heights)),
        columns=builder.columns,
        half=builder.half,
        lanes=tuple(builder.lanes),
        places=tuple(builder.places),
        arrows=tuple(builder.arrows),
        gaps=tuple(builder.gaps),
        heights=heights,
    )
