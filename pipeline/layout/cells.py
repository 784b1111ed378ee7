"""Heights of cells, header and rows at given widths, and what the symbols of a row need."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from pipeline.layout.fonts import Font
from pipeline.layout.lines import Measured, line_count, measure, widest_word
from pipeline.layout.sheet import RowSheet, Sheet
from pipeline.model.form import ACTORS, MM, Column, Form, HeadCell, TextStyle
from pipeline.model.plan import SymbolKind

SAFETY = 98
"""Per cent of a column that text may fill when measured: word processors round widths differently."""
SLACK = MM // 2
"""Added to each row: borders take part of it."""
GUTTER = 23 * MM // 10
"""Free height above and below a symbol, for lines."""
SYMBOL_HEIGHT = {
    SymbolKind.TERMINATOR: 6 * MM,
    SymbolKind.PROCESS: 6 * MM,
    SymbolKind.DECISION: 10 * MM,
    SymbolKind.CONNECTOR: 65 * MM // 10,
}
BAND = SYMBOL_HEIGHT[SymbolKind.CONNECTOR] + 2 * GUTTER
"""Height of a band of off-page connectors."""
FINISH_LANE = SYMBOL_HEIGHT[SymbolKind.TERMINATOR] + 2 * GUTTER


@cache
def font_of(style: TextStyle) -> Font:
    """The font of a style, for measuring."""
    return Font(style.family, style.size, style.bold)


def text_room(width: int, style: TextStyle, form: Form) -> int:
    """Width that text may fill in a cell ``width`` wide."""
    return (width - form.cell_left - form.cell_right - style.indent) * SAFETY // 100


def width_for(text: int, style: TextStyle, form: Form) -> int:
    """Width of the cell in which a text of width ``text`` just fits."""
    return -(-text * 100 // SAFETY) + form.cell_left + form.cell_right + style.indent


def word_width(text: str, style: TextStyle, form: Form) -> int:
    """Width of a cell in which no word of ``text`` is broken."""
    return width_for(widest_word(text, font_of(style)), style, form)


@cache
def line_height(style: TextStyle) -> int:
    """Height of a line at single spacing (EMU)."""
    return font_of(style).line_height


def lines_height(lines: int, paragraphs: int, style: TextStyle, form: Form) -> int:
    """Height of a cell with so many lines in so many paragraphs, margins included."""
    return lines * line_height(style) + paragraphs * style.spacing + form.cell_top + form.cell_bottom + SLACK


def text_height(paragraphs: Sequence[str], style: TextStyle, width: int, form: Form) -> int:
    """Height of a cell ``width`` wide that holds ``paragraphs``, margins included."""
    font, room = font_of(style), text_room(width, style, form)
    lines = sum(line_count(text, font, room) for text in paragraphs or ("",))
    return lines_height(lines, max(1, len(paragraphs)), style, form)


def header_heights(sheet: Sheet, widths: tuple[int, ...]) -> tuple[int, ...]:
    """Heights of the header rows, so that every heading and actor's name fits."""
    form = sheet.form
    heights = [max(_head_height(cell, sheet, widths) for cell in row if not cell.merged) for row in form.header]
    for index, row in enumerate(form.header[:-1]):
        merged = max((_head_height(cell, sheet, widths) for cell in row if cell.merged), default=0)
        heights[index + 1] += max(0, merged - heights[index] - heights[index + 1])
    return tuple(heights)


def _head_height(cell: HeadCell, sheet: Sheet, widths: tuple[int, ...]) -> int:
    if cell.actor:
        _, actors = actor_area(sheet.form, widths, len(sheet.actors))
        pairs = zip(sheet.actors, actors, strict=True)
        return max(text_height((name,), cell.style, width, sheet.form) for name, width in pairs)
    spans = _spans(sheet.form, widths, len(sheet.actors))
    return text_height((cell.text,), cell.style, sum(spans[key] for key in cell.keys), sheet.form)


def _spans(form: Form, widths: tuple[int, ...], actors: int) -> dict[str, int]:
    spans: dict[str, int] = {}
    position = 0
    for column in form.columns:
        count = max(1, actors) if column.key == ACTORS else 1
        spans[column.key] = sum(widths[position : position + count])
        position += count
    return spans


def row_text_heights(sheet: Sheet, widths: tuple[int, ...]) -> list[int]:
    """Heights that the texts of all rows need."""
    rows = sheet.rows
    spans, form = _spans(sheet.form, widths, len(sheet.actors)), sheet.form
    heights = [0] * len(rows)
    for column in text_columns(form):
        style, room = column.style, text_room(spans[column.key], column.style, form)
        for index, paragraphs in enumerate(measured_column(column, rows)):
            lines = sum(paragraph.count(room) for paragraph in paragraphs)
            height = lines_height(lines, len(rows[index].texts.get(column.key) or ("",)), style, form)
            heights[index] = max(heights[index], height)
    return heights


Cells = Sequence[Sequence[Measured]]
"""The measured paragraphs of each row in one column."""


def measured_column(column: Column, rows: Sequence[RowSheet]) -> Cells:
    """The measured paragraphs of a column's cell in each row."""
    key, font = column.key, font_of(column.style)
    return [[m for text in row.texts.get(key) or ("",) for m in measure(text, font)] for row in rows]


def text_columns(form: Form) -> list[Column]:
    """All columns but those of the actors."""
    return [column for column in form.columns if column.key != ACTORS]


def actor_styles(form: Form) -> tuple[TextStyle, ...]:
    """Styles of the header cells that hold an actor's name."""
    return tuple(cell.style for row in form.header for cell in row if cell.actor)


def name_width(name: str, form: Form) -> int:
    """Width of an actor's column in which no word of the name is broken."""
    return max((word_width(name, style, form) for style in actor_styles(form)), default=0)


def symbol_lane(row: RowSheet) -> int:
    """Height of the lane that the symbols of a row need, room for lines included."""
    kinds = [kind for _, kind in row.symbols] or [SymbolKind.PROCESS]
    return max(SYMBOL_HEIGHT[kind] for kind in kinds) + 2 * GUTTER


def row_drawing_height(row: RowSheet) -> int:
    """Height that the drawing of a row needs without connectors, the end below a row that ends included."""
    return symbol_lane(row) + (FINISH_LANE if row.finish else 0)


def actor_area(form: Form, widths: tuple[int, ...], actors: int) -> tuple[int, tuple[int, ...]]:
    """Left edge of the first actor column on the page, and the widths of the actor columns."""
    position = next(i for i, column in enumerate(form.columns) if column.key == ACTORS)
    return form.left + sum(widths[:position]), widths[position : position + max(1, actors)]
