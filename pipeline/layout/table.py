"""Widths of columns and heights of rows, from the texts and the font metrics."""

from __future__ import annotations

from functools import cache

from pipeline.layout.fonts import Font, widest_word, wrap
from pipeline.layout.sheet import RowSheet, Sheet
from pipeline.model.form import ACTORS, MM, Column, Form, HeadCell, TextStyle
from pipeline.model.plan import SymbolKind

SAFETY = 98
"""Per cent of a column that text may fill when measured: word processors round widths differently."""
ACTOR_MIN = 17 * MM
ACTOR_TIGHT = 14 * MM
"""Narrowest actor column when there are many: a symbol and tracks beside it still fit."""
ACTOR_MAX = 30 * MM
NARROWEST, WIDEST = 55, 160
"""Per cent of the template's width between which a text column may be set."""
TIGHTEST = 40
"""Per cent down to which text columns give way before a word in an actor's name is broken."""
SHORT = 8
"""Signs up to which a text stays on one line: "10 menit", "2 jam". A gap, in square brackets, always does."""
STEP = 3 * MM
"""Room is handed out in pieces of this width."""
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


def column_widths(sheet: Sheet) -> tuple[int, ...]:
    """Widths of all columns, actors expanded. Sum is the width between the margins.

    Every column first gets what its longest word needs (a text column within NARROWEST and WIDEST of the template's
    width, an actor at least ACTOR_MIN); the rest goes, piece by piece, to the column whose rows get lower by it. What
    then is still left widens the actors up to ACTOR_MAX, and the text columns in proportion.
    """
    form = sheet.form
    texts = [column for column in form.columns if column.key != ACTORS]
    sizes = {column.key: _least(column, sheet) for column in texts}
    actors = [_actor_width(name, form, ACTOR_MIN) for name in sheet.actors]
    spare = form.table_width - sum(sizes.values()) - sum(actors)
    if spare < 0:
        actors = [_actor_width(name, form, ACTOR_TIGHT) for name in sheet.actors]
        spare = form.table_width - sum(sizes.values()) - sum(actors)
    if spare < 0:
        spare = _narrow(sizes, texts, form, spare)
    if spare < 0:
        actors = _squeeze(actors, form.table_width - sum(sizes.values()))
        spare = 0
    spare = _hand_out(sizes, [c for c in texts if c.key != "no"], sheet, spare)
    more = min(spare // len(actors), max(0, ACTOR_MAX - max(actors)))
    actors = [width + more for width in actors]
    _share(sizes, texts, spare - more * len(actors))
    result: list[int] = []
    for column in form.columns:
        result.extend(actors if column.key == ACTORS else [sizes[column.key]])
    # Rounding leaves a few EMU; the last column takes them, so that the table ends on the margin.
    result[-1] += form.table_width - sum(result)
    return tuple(result)


def _least(column: Column, sheet: Sheet) -> int:
    """What a text column needs at least: its longest word and heading unbroken, within the template's limits."""
    if column.key == "no":
        return column.width
    form = sheet.form
    font = font_of(column.style)
    widest = 0
    for row in sheet.rows:
        for text in row.texts.get(column.key, ()):
            whole = len(text) <= SHORT or text.startswith("[")
            least = font.width(text) if whole else widest_word(text, font)
            widest = max(widest, least + column.style.indent)
    needed = max(_heading_width(column, form), widest * 100 // SAFETY + form.cell_left + form.cell_right + 1)
    return max(column.width * NARROWEST // 100, min(needed, column.width * WIDEST // 100))


def _actor_width(name: str, form: Form, least: int) -> int:
    cells = [cell for row in form.header for cell in row if cell.actor]
    widest = max((widest_word(name, font_of(cell.style)) for cell in cells), default=0)
    return max(least, min(ACTOR_MAX, widest * 100 // SAFETY + form.cell_left + form.cell_right + 1))


def _narrow(sizes: dict[str, int], columns: list[Column], form: Form, lacking: int) -> int:
    """Take what is lacking (negative) from the text columns, in proportion, down to TIGHTEST; returns the rest."""
    least = {c.key: max(c.width * TIGHTEST // 100, _heading_width(c, form)) for c in columns if c.key != "no"}
    room = {key: max(0, sizes[key] - width) for key, width in least.items()}
    total = sum(room.values())
    take = min(-lacking, total)
    for key, width in room.items():
        sizes[key] -= width * take // max(1, total)
    return min(0, lacking + take)


def _heading_width(column: Column, form: Form) -> int:
    """Width that the longest word of a column's heading needs."""
    heads = [cell for row in form.header for cell in row if cell.keys == (column.key,)]
    widest = max((widest_word(cell.text, font_of(cell.style)) for cell in heads), default=0)
    return widest * 100 // SAFETY + form.cell_left + form.cell_right + 1


def _squeeze(actors: list[int], room: int) -> list[int]:
    """More is wanted than there is: actors share ``room`` evenly, long names are broken."""
    return [max(room, 0) // len(actors)] * len(actors)


def _hand_out(sizes: dict[str, int], columns: list[Column], sheet: Sheet, spare: int) -> int:
    """Widen text columns by STEP while rows get lower by it; returns what is left."""
    gains = {column.key: _excess(column, sheet, sizes[column.key]) for column in columns}
    while spare >= STEP:
        best: tuple[int, Column, int, int] | None = None
        for column in columns:
            # A single step often gains no line, so look a few ahead and compare the gain per step.
            for steps in range(1, min(4, spare // STEP) + 1):
                width = sizes[column.key] + steps * STEP
                if width > column.width * WIDEST // 100:
                    break
                gain = (gains[column.key] - _excess(column, sheet, width)) // steps
                if gain > 0 and (best is None or gain > best[0]):
                    best = (gain, column, steps, width)
        if best is None:
            return spare
        _, column, steps, width = best
        sizes[column.key], spare = width, spare - steps * STEP
        gains[column.key] = _excess(column, sheet, width)
    return spare


def _share(sizes: dict[str, int], columns: list[Column], spare: int) -> None:
    """Widen the text columns by ``spare`` in all, in proportion; the activity takes what rounding leaves."""
    shared = [column for column in columns if column.key != "no"]
    total = sum(column.width for column in shared)
    for column in shared:
        sizes[column.key] += spare * column.width // total
    sizes["kegiatan"] += spare - sum(spare * column.width // total for column in shared)


def _excess(column: Column, sheet: Sheet, width: int) -> int:
    """How much the texts of a column stand above what the symbols of their rows need, as a sum of squares (mm)."""
    total = 0
    for row in sheet.rows:
        height = text_height(row.texts.get(column.key, ("",)), column.style, width, sheet.form)
        total += (max(0, height - symbol_lane(row)) // (MM // 10)) ** 2
    return total


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
        _, actors = actor_area(sheet.form, widths, len(sheet.actors))
        pairs = zip(sheet.actors, actors, strict=True)
        return max(text_height((name,), cell.style, width, sheet.form) for name, width in pairs)
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
