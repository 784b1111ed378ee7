"""The form as a template states it: paper, margins, columns and fonts of the step table. All lengths in EMU."""

from __future__ import annotations

from dataclasses import dataclass

MM = 36000
"""EMU per millimetre."""
PT = 12700
"""EMU per point."""
TWIP = 635
"""EMU per twentieth of a point, the unit of Word's tables."""

RESERVE = 2 * MM
"""Kept free below the table: borders and rounding take part of it, and a full page must not push out a blank one."""

ACTORS = "pelaksana"
"""Key of the column group that holds one column per actor."""

ACTOR_LEAST = 14 * MM
"""Narrowest actor column: a symbol 8 mm wide and a track on either side of it still fit."""
ACTOR_MOST = 40 * MM
"""Widest actor column where the template states no other; only a name with a long word gets one as wide."""


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a cell's text is set: font, indents and space around paragraphs."""

    family: str
    size: float  # points
    bold: bool = False
    indent: int = 0  # left and right together
    spacing: int = 0  # before and after together, per paragraph
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the step table. ``key`` is ``no``, ``kegiatan``, ``kelengkapan`` ... or ACTORS for the group.

    ``least`` and ``most`` are the limits that the template states for its width, of each actor's column in the group;
    0 where it states none.
    """

    key: str
    width: int
    style: TextStyle
    middle: bool = False  # texts stand half-way up the row, not at its top
    least: int = 0
    most: int = 0


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A header cell over the columns ``keys``; ``text`` "" for a cell that continues the one above.

    ``numbered`` marks a cell of the row that counts the columns; over the group of actors it is one cell for each.
    ``fill`` is the background as six hex digits, "" for none.
    """

    text: str
    keys: tuple[str, ...]
    style: TextStyle
    actor: bool = False  # one cell per actor, with the actor's name
    merged: bool = False  # starts a cell that reaches down over the next header row
    numbered: bool = False
    fill: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """The flowchart page of a template. The table stands at the left margin, ``anchor`` below the top margin."""

    page_width: int
    page_height: int
    left: int
    right: int
    top: int
    bottom: int
    columns: tuple[Column, ...]
    header: tuple[tuple[HeadCell, ...], ...]
    cell_left: int
    cell_right: int
    cell_top: int
    cell_bottom: int
    anchor: int = PT
    """Height of the paragraph before the table that carries the drawing."""

    @property
    def table_width(self) -> int:
        """Width between the margins."""
        return self.page_width - self.left - self.right

    @property
    def table_height(self) -> int:
        """Height for header and rows: between the margins, less anchor, closing paragraph and RESERVE."""
        return self.page_height - self.top - self.bottom - 2 * self.anchor - RESERVE


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph of the identity page: a fixed ``text``, or the values under ``key``, one paragraph each.

    ``exact`` is its line height where the template states one. A ``listed`` part may be set smaller to fit the page.
    """

    key: str
    text: str
    style: TextStyle
    exact: int | None = None
    listed: bool = False


@dataclass(frozen=True, slots=True)
class IdentityRow:
    """A row of the identity page: its least height, and per cell the width and the paragraphs."""

    least: int
    cells: tuple[tuple[int, tuple[Part, ...]], ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """The identity page: its rows, the height between the margins, and what a cell adds to its text."""

    rows: tuple[IdentityRow, ...]
    room: int
    cell_width: int  # left and right margins of a cell together
    cell_height: int  # top and bottom margins of a cell together

    @property
    def list_size(self) -> float:
        """Size of the lists in points, as the template has it; 0 when it has none."""
        sizes = (part.style.size for row in self.rows for _, parts in row.cells for part in parts if part.listed)
        return min(sizes, default=0.0)
