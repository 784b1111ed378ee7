"""Comparing what people typed: the same words in another case, spacing or punctuation are the same."""

from __future__ import annotations

import re
import unicodedata

from pipeline.model.recap import UNSTATED

_UNSTATED = UNSTATED.casefold()
_SIGNS = re.compile(r"[\W_]+")
_ROMAN = {"i": 1, "v": 5, "x": 10}
_MOST_DIGITS = 18
_PIECES = re.compile(r"\d+|[^\W\d_]+")


def squash(text: str) -> str:
    """``text`` without case, punctuation and repeated blanks: "Jalan  Desa." and "JALAN DESA" are equal."""
    return _SIGNS.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def group_key(label: str) -> str:
    """What decides the group of a row; "" for an empty cell, a dash, or a cell that says that it is not filled in."""
    key = squash(label)
    return "" if key == _UNSTATED else key


def natural(label: str) -> tuple[tuple[int, int, str], ...]:
    """Key that sorts "Dapil 2" before "Dapil 10" and "Komisi IV" before "Komisi V"."""
    return tuple(_piece(piece) for piece in _PIECES.findall(label.casefold()))


def _piece(piece: str) -> tuple[int, int, str]:
    if piece.isdecimal():
        # Python refuses to read thousands of digits, and what is so long is no number that anybody sorts by.
        return 0, int(piece[:_MOST_DIGITS]), piece[_MOST_DIGITS:]
    if set(piece) <= _ROMAN.keys():
        return 0, _roman(piece), ""
    return 1, 0, piece


def _roman(text: str) -> int:
    values = [_ROMAN[sign] for sign in text]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))
