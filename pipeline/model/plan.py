"""A computed flowchart: sizes of the table and everything drawn on each page. All lengths in EMU, from the page's
upper left corner. What the layout promises here, the document must show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.finding import DataPath
from pipeline.model.flow import Edge
from pipeline.model.message import Message

Point = tuple[int, int]

LABEL_SIZE = 7.0
"""Font size of texts in the drawing, points."""
_SMALL_SIZE = 6.0
_ROOMY = 331_200
"""Width from which on a capsule holds "Selesai" at LABEL_SIZE (9.2 mm): 8.1 mm, where nine tenths of it take text."""


class SymbolKind(StrEnum):
    """The symbols of the form besides the arrow (PermenPAN-RB 35/2012), by their Indonesian names."""

    TERMINATOR = "kapsul"
    PROCESS = "kotak"
    DECISION = "belah ketupat"
    CONNECTOR = "segilima"


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle; ``x``, ``y`` is its upper left corner."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """Right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """Lower edge."""
        return self.y + self.height

    @property
    def center(self) -> Point:
        """Centre, rounded down."""
        return self.x + self.width // 2, self.y + self.height // 2

    def meets(self, other: Rect) -> bool:
        """Do the interiors share a point?"""
        across = self.x < other.right and other.x < self.right
        return across and self.y < other.bottom and other.y < self.bottom


@dataclass(frozen=True, slots=True)
class Symbol:
    """A drawn symbol. ``row`` is the step's index (None for connectors), ``column`` the actor's index."""

    kind: SymbolKind
    rect: Rect
    text: str
    alt: str
    row: int | None
    column: int

    @property
    def text_size(self) -> float:
        """Font size of ``text`` in points: narrow capsules have a smaller one."""
        narrow = self.kind is SymbolKind.TERMINATOR and self.rect.width < _ROOMY
        return _SMALL_SIZE if narrow else LABEL_SIZE


@dataclass(frozen=True, slots=True)
class Line:
    """An orthogonal line through ``points``, from the border of symbol ``source`` to that of ``target`` (indexes into
    ``PagePlan.symbols``). ``arrow`` puts a head at the last point; ``edge`` is what is drawn, None for a joining line.
    """

    points: tuple[Point, ...]
    alt: str
    source: int
    target: int
    edge: Edge | None = None
    arrow: bool = True


@dataclass(frozen=True, slots=True)
class Label:
    """A short text in the drawing: the name of an exit, or the gap where a step has no actor."""

    rect: Rect
    text: str
    alt: str
    gap: bool = False
    line: int | None = None  # index into ``PagePlan.lines`` of the exit it names


@dataclass(frozen=True, slots=True)
class PagePlan:
    """One page of the flowchart: ``rows`` are step indexes, ``heights`` their exact heights.

    ``columns`` are the x of the borders of the actor columns, the outermost included.
    """

    rows: tuple[int, ...]
    heights: tuple[int, ...]
    area: Rect
    symbols: tuple[Symbol, ...]
    lines: tuple[Line, ...]
    labels: tuple[Label, ...]
    columns: tuple[int, ...] = ()

    def on_column_border(self, label: Label) -> bool:
        """Does ``label`` stand across a border between columns, which then gives way to it?"""
        return any(label.rect.x < border < label.rect.right for border in self.columns)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that cannot be laid out well; ``fatal`` when no readable page can be made of it."""

    path: DataPath
    message: Message
    help: Message
    fatal: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole flowchart. ``widths`` are those of all table columns, actors expanded, in print order.

    ``score`` counts pages, symbols, lines, crossings, bends, overlaps and lines through symbols or texts.
    """

    widths: tuple[int, ...]
    header: tuple[int, ...]
    pages: tuple[PagePlan, ...]
    score: Mapping[str, int]
    problems: tuple[Problem, ...] = ()
