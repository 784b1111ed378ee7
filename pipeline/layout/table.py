"""Widths of columns and heights of rows, from the texts and the font metrics."""

from __future__ import annotations

from pipeline.layout.fonts import Font, wrap
from pipeline.layout.sheet import RowSheet, Sheet
from pipeline.model.form import ACTORS, MM, Form, HeadCell, TextStyle
from pipeline.model.plan import SymbolKind

SAFETY = 98
"""Per cent of a column that text may fill when measured: word processors round widths differently."""
ACTOR_MIN = 15 * MM
ACTOR_MAX = 30 * MM
TEXT_MIN = 75
"""Per cent of the template's width that a text column keeps when many actors need room."""
SLACK = MM // 2
"""Added to each row: borders take part of it."""
GUTTER = 26 * MM // 10
"""Free height above and below a symbol, for lines."""
SYMBOL_HEIGHT = {
    SymbolKind.TERMINATOR: 64 * MM // 10,
    SymbolKind.PROCESS: 7 * MM,
    SymbolKind.DECISION: 11 * MM,
    SymbolKind.CONNECTOR: 7 * MM,
}
BAND = SYMBOL_HEIGHT[SymbolKind.CONNECTOR] + 2 * GUTTER
"""Height of a band of off-page connectors."""
FINISH_LANE = SYMBOL_HEIGHT[SymbolKind.TERMINATOR] + 2 * GUTTER


def font_of(style: TextStyle) -> Font:
    """The font of a style, for measuring."""
    return Font(style.family, style.size, style.bold)


def column_widths(sheet: Sheet) -> tuple[int, ...]:
    """Widths of all columns, actors expanded. Sum is the width between the margins.

    Actor columns share their group's width evenly between ACTOR_MIN and ACTOR_MAX; what is left over goes to the
    text columns, what is lacking is taken from them down to TEXT_MIN per cent of the template's width.
    """
    form, count = sheet.form, max(1, len(sheet.actors))
    texts = {column.key: column.width for column in form.columns if column.key not in (ACTORS, "no")}
    fixed = sum(column.width for column in form.columns if column.key == "no")
    total = form.table_width - fixed
    least = {key: width * TEXT_MIN // 100 for key, width in texts.items()}
    wanted = total - sum(texts.values())
    group = max(min(wanted, ACTOR_MAX * count), min(_widest_actor(sheet) * count, total - sum(least.values())))
    actor = group // count
    spare = total - actor * count
    scale = sum(texts.values())
    sizes = {key: width * spare // scale for key, width in texts.items()}
    result: list[int] = []
    for column in form.columns:
        if column.key == ACTORS:
            result.extend([actor] * count)
        else:
            result.append(sizes.get(column.key, column.width))
    # Rounding leaves a few EMU; the last column takes them, so that the table ends on the margin.
    result[-1] += form.table_width - sum(result)
    return tuple(result)


def _widest_actor(sheet: Sheet) -> int:
    """Width a column needs so that no word of an actor's name is broken, at least ACTOR_MIN."""
    form = sheet.form
    cells = [cell for row in form.header for cell in row if cell.actor]
    words = [word for name in sheet.actors for word in name.split()]
    widest = max((font_of(cell.style).width(word) for cell in cells for word in words), default=0)
    return max(ACTOR_MIN, widest * 100 // SAFETY + form.cell_left + form.cell_right)


def header_heights(sheet: Sheet, widths: tuple[int, ...]) -> tuple[int, ...]:
    """Heights of the header rows, so that every heading and actor's name fits."""
    form = sheet.form
    heights = [max(_head_height(cell, sheet, widths) for cell in row if not cell.merged) for row in form.header]
    for index, row in enumerate(form.header[:-1]):
        merged = max((_head_height(cell, sheet, widths) for cell in row if cell.merged), default=0)
        heights[index + 1] += max(0, merged - heights[index] - heights[index + 1])
    return tuple(heights)


def _head_height(cell: HeadCell, sheet: Sheet, widths: tuple[int, ...]) -> int:
    spans = _spans(sheet.form, widths, len(sheet.actors))
    if cell.actor:
        actor = spans[ACTORS] // max(1, len(sheet.actors))
        return max(text_height((name,), cell.style, actor, sheet.form) for name in sheet.actors or ("",))
    return text_height((cell.text,), cell.style, sum(spans[key] for key in cell.keys), sheet.form)


def _spans(form: Form, widths: tuple[int, ...], actors: int) -> dict[str, int]:
    spans: dict[str, int] = {}
    position = 0
    for column in form.columns:
        count = max(1, actors) if column.key == ACTORS else 1
        spans[column.key] = sum(widths[position : position + count])
        position += count
    return spans


def text_height(paragraphs: tuple[str, ...], style: TextStyle, width: int, form: Form) -> int:
    """Height of a cell ``width`` wide that holds ``paragraphs``, margins included."""
    font = font_of(style)
    room = (width - form.cell_left - form.cell_right - style.indent) * SAFETY // 100
    lines = sum(len(wrap(text.replace("\t", ""), font, room)) for text in paragraphs or ("",))
    spacing = style.spacing * max(1, len(paragraphs))
    return lines * font.line_height + spacing + form.cell_top + form.cell_bottom + SLACK


def row_text_height(row: RowSheet, sheet: Sheet, widths: tuple[int, ...]) -> int:
    """Height that the texts of a row need."""
    spans = _spans(sheet.form, widths, len(sheet.actors))
    return max(
        text_height(row.texts.get(column.key, ("",)), column.style, spans[column.key], sheet.form)
        for column in sheet.form.columns
        if column.key != ACTORS
    )


def symbol_lane(row: RowSheet) -> int:
    """Height of the lane that the symbols of a row need, room for lines included."""
    kinds = [kind for _, kind in row.symbols] or [SymbolKind.PROCESS]
    return max(SYMBOL_HEIGHT[kind] for kind in kinds) + 2 * GUTTER


def actor_area(form: Form, widths: tuple[int, ...], actors: int) -> tuple[int, tuple[int, ...]]:
    """Left edge of the first actor column on the page, and the widths of the actor columns."""
    position = next(i for i, column in enumerate(form.columns) if column.key == ACTORS)
    return form.left + sum(widths[:position]), widths[position : position + max(1, actors)]
