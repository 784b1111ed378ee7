"""On which pages the parts of a book's front matter will come to stand: a guess that saves a second conversion.

The contents name these pages before LibreOffice has laid them out. A wrong guess costs time and nothing else: the
front matter is then made again with the pages that were found.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from typing import Final

from pipeline.model.office import Office
from pipeline.render.paper import SIZES

_ONE_PAGE: Final = 1100
"""Signs of a decree that still fit on one page, with its signature."""
_MARGINS: Final = 142.0  # points above and below
_LINE, _PADDING = 11.6, 4.5
_ANNEX_HEAD, _CONTENTS_HEAD, _TABLE_HEAD = 104.0, 44.0, 16.0
_SIGNER = 120.0
"""Height of the block at the end of the annex: who signs, of two lines, and the name."""
_ANNEX_SIGNS, _CONTENTS_SIGNS = 40, 56
"""Signs in a line of the columns that hold the names of SOPs."""


def guess(office: Office, titles: Sequence[str]) -> list[tuple[str, int]]:
    """Bookmark and page (from 0) of each part, as the template that ships with the program makes them."""
    contents = 1
    heads = []
    decree = office.book.decree
    if decree is not None:
        size = sum(map(len, (*decree.considering, *decree.recalling, *decree.deciding)))
        annex = _pages([*_heights(titles, _ANNEX_SIGNS), _SIGNER], _ANNEX_HEAD, office.paper)
        contents = 2 + (size > _ONE_PAGE) + annex
        position = next((one.position for one in office.officials if one.id == decree.signer), "")
        region = "" if office.region.casefold() in position.casefold() else office.region
        heads.append((f"Keputusan {position} {region}".strip(), 1))
    listed = _pages(_heights([*([""] * (len(heads) + 2)), *titles], _CONTENTS_SIGNS), _CONTENTS_HEAD, office.paper)
    return [*heads, ("Daftar Isi", contents), ("Penjelasan Singkat", contents + listed)]


def _heights(titles: Iterable[str], signs: int) -> list[float]:
    return [_PADDING + _LINE * max(1, len(textwrap.wrap(title, signs))) for title in titles]


def _pages(heights: Sequence[float], head: float, paper: str) -> int:
    """Pages that rows of these heights take below a head; the header of the table stands on each."""
    room = SIZES.get(paper.upper(), SIZES["F4"])[1] / 25.4 * 72 - _MARGINS - _TABLE_HEAD
    count, left = 1, room - head
    for height in heights:
        if height > left:
            count, left = count + 1, room
        left -= height
    return count
