"""How much smaller the lists of the identity page must be set so that the page stays one page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.layout.cells import font_of
from pipeline.layout.lines import line_count
from pipeline.model.form import MM, PT, Identity, IdentityRow, Part

STEPS = range(4)
"""Reductions to try, in half points. Smaller lists would be hard to read: then they take a second page."""
_RESERVE = MM
"""Kept free: rounding, and the paragraph that ends the section."""
_BORDER = PT // 2
"""Height of the line above a row, and of that below the last one."""

Values = Mapping[str, Sequence[str]]
"""The printed paragraphs by the name a template has for them (``dasar_hukum``, ``pengesah.jabatan``)."""
Pictures = Mapping[str, int]
"""The heights of pictures in a line of their own (EMU) by the name a template has for them (``kode_qr``)."""


def reduction(identity: Identity, values: Values, pictures: Pictures) -> int:
    """Half points to take from the lists so that the identity page fits; 0 when no reduction helps."""
    for step in STEPS:
        if _height(identity, values, pictures, step) + _RESERVE <= identity.room:
            return step
    return 0


def _height(identity: Identity, values: Values, pictures: Pictures, step: int) -> int:
    rows = sum(_row_height(row, identity, values, pictures, step) for row in identity.rows)
    return rows + (len(identity.rows) + 1) * _BORDER


def _row_height(row: IdentityRow, identity: Identity, values: Values, pictures: Pictures, step: int) -> int:
    heights = [
        sum(_part_height(part, values, pictures, width - identity.cell_width, step) for part in parts)
        + identity.cell_height
        for width, parts in row.cells
    ]
    return max([row.least, *heights])


def _part_height(part: Part, values: Values, pictures: Pictures, room: int, step: int) -> int:
    texts = values.get(part.key, ()) if part.key else (part.text,)
    style = replace(part.style, size=part.style.size - step / 2) if part.listed else part.style
    font = font_of(style)
    if part.key in pictures:  # it stands on the base line, so the line is higher than it by what hangs below that
        return pictures[part.key] + font.line_height // 3 + style.spacing
    # Rows of this page follow their text, so a line too few is no clipped text: the full width is measured.
    width = room - style.indent
    line = part.exact or font.line_height
    return sum(line_count(text, font, width) * line + style.spacing for text in texts)
