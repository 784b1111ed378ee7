"""Texts whose words are broken over lines, found on a page of a PDF by where their characters stand.

A reader of PDF gives the lines of neighbouring cells in turns, so a word that is broken between characters comes apart.
Here it is put together again: pieces of lines are followed to the right and to the line below in the same column.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

_GAP = 0.25
"""Width of white, in sizes of its letters, that ends a piece; the next one may still continue it."""
_TAB = 4.0
"""Widest white within a line of a cell, in sizes of its letters: a numbered list has a tab."""
_LEADING = 2.0
"""Farthest line that counts as the next one, in sizes of its letters."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters without white between them: text without hyphens, ends, baseline (upwards) and size in points."""

    text: str
    left: float
    right: float
    base: float
    size: float


def squeeze(text: str) -> str:
    """``text`` without white space and hyphens, as lines wrap where they must; pdfium has its own sign for those."""
    return re.sub(r"[\s\u00ad\ufffe\u200b\x02-]+", "", text)


def pieces(textpage: Any) -> tuple[Piece, ...]:
    """The pieces of a pdfium text page."""
    from pypdfium2 import raw

    found: list[Piece] = []
    sign, last = "", ""
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(textpage.count_chars()):
        last, sign = sign, squeeze(chr(raw.FPDFText_GetUnicode(textpage, index)))
        if not sign:
            continue
        raw.FPDFText_GetCharOrigin(textpage, index, x, y)
        left, _, right, _ = textpage.get_charbox(index, loose=True)
        piece = Piece(sign, left, right, y.value, raw.FPDFText_GetFontSize(textpage, index))
        if last and found and _level(found[-1], piece) and abs(left - found[-1].right) < _GAP * piece.size:
            piece = _together(found.pop(), piece)
        found.append(piece)
    return tuple(found)


def _level(one: Piece, two: Piece) -> bool:
    """Do they stand on one line?"""
    return abs(one.base - two.base) < min(one.size, two.size) / 4


def _together(one: Piece, two: Piece) -> Piece:
    left, right = min(one.left, two.left), max(one.right, two.right)
    return Piece(one.text + two.text, left, right, one.base, max(one.size, two.size))


def printed(text: str, page: Sequence[Piece]) -> int:
    """How often ``text`` stands on a page, every character of it, in order, along the lines of one column."""
    wanted = squeeze(text)
    if not wanted:
        return 0
    after = lru_cache(maxsize=None)(lambda line: tuple(_after(line, page)))

    def goes_on(rest: str, line: Piece) -> bool:
        """Does ``rest`` follow the end of ``line``, the pieces of one line so far?"""
        for piece in after(line):
            if piece.text.startswith(rest):
                return True
            if rest.startswith(piece.text):
                wider = _together(line, piece) if _level(line, piece) else piece
                if goes_on(rest[len(piece.text) :], wider):
                    return True
        return False

    count = 0
    for piece in page:
        for start in range(len(piece.text)):
            head = piece.text[start:]
            count += head.startswith(wanted) or (wanted.startswith(head) and goes_on(wanted[len(head) :], piece))
    return count


def _after(line: Piece, page: Sequence[Piece]) -> Iterator[Piece]:
    """What may be read after ``line``: the piece to its right, and the pieces below it on the next line."""
    beside = [p for p in page if _level(line, p) and p.left > max(line.left, line.right - _GAP * line.size)]
    nearest = min(beside, key=lambda p: p.left, default=None)
    if nearest is not None and nearest.left - line.right < _TAB * line.size:
        yield nearest
    below = [p for p in page if p.left < line.right and line.left < p.right and _under(line, p)]
    highest = max(below, key=lambda p: p.base, default=None)
    if highest is not None:
        yield from (p for p in below if _level(p, highest))


def _under(line: Piece, piece: Piece) -> bool:
    """Does ``piece`` stand on a line shortly below ``line``?"""
    return not _level(line, piece) and 0 < line.base - piece.base < _LEADING * max(line.size, piece.size)
