"""The grid of a table whose columns are made by a loop: as many columns as its rows will have."""

from __future__ import annotations

import re

_GRID = re.compile(r"<w:tblGrid>.*?</w:tblGrid>(?=((?:(?!<w:tr[ >]).)*)(<w:tr[ >].*?</w:tr>))", re.DOTALL)
_CELL = re.compile(r"<w:tc[ >].*?</w:tc>", re.DOTALL)
_TAG = re.compile(r"{%.*?%}", re.DOTALL)
_WIDTH = re.compile(r'<w:tcW [^>]*w:w="(\d+)"')
_SPAN = re.compile(r'<w:gridSpan w:val="(\d+)"')


def with_grids(source: str) -> str:
    """``source`` (a Jinja source of a document's body) with the loops over columns repeated in the tables' grids.

    Word keeps one column in the grid for each cell of the template, tags among them; Word and LibreOffice want one for
    each cell of the document. Only the first row of a table counts.
    """
    return _GRID.sub(lambda found: _looped(found[2]) or found[0], source)


def _looped(row: str) -> str:
    """The grid of a table with this first row; "" when no tag stands between its cells, or they are not plain."""
    if "<w:tbl>" in row:
        return ""
    columns: list[str] = []
    at = 0
    looped = False
    for cell in _CELL.finditer(row):
        tags = _TAG.findall(row[at : cell.start()])
        width, span = _WIDTH.search(cell[0]), _SPAN.search(cell[0])
        if width is None or span is not None:
            return ""
        columns += [*tags, f'<w:gridCol w:w="{width[1]}"/>']
        looped = looped or bool(tags)
        at = cell.end()
    tags = _TAG.findall(row[at:])
    return f"<w:tblGrid>{''.join([*columns, *tags])}</w:tblGrid>" if looped or tags else ""
