"""Lines of text: where a word processor breaks them, and how many there are at a given width.

A text is measured once, piece by piece; after that the lines at any width are counted with a few searches in sorted
sums. The layout asks for the same texts at many widths, so this is what its speed rests on.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate

from pipeline.layout.fonts import Font

# A line may end after the last blank of a run, and after a hyphen or a dash within a word.
_BREAKS = re.compile(r"(?<= )(?! )|(?<=[-–—])(?=[^\W_])")
_NUMBER = re.compile(r"\d+\.\t")
_REMEMBERED = 50_000
_LEFT_BEHIND = 2
"""Lines that a number takes for itself when the word after it is broken, as LibreOffice sets them."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One paragraph in one font; the tab behind an item's number lies in the indent.

    ``starts`` and ``ends`` are sums of widths (EMU) at which each piece begins and, but for the blanks after it, ends
    when nothing is broken; ``widest`` is the widest piece.
    """

    font: Font
    pieces: tuple[str, ...]
    bare: tuple[int, ...]
    full: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    widest: int
    blank: bool  # some piece is nothing but blanks: it may vanish at a line's end
    numbered: bool = False  # begins with a number and a tab

    @property
    def whole(self) -> int:
        """Width on one line."""
        return self.ends[-1] if self.ends else 0

    @property
    def signs(self) -> int:
        """Number of characters."""
        return sum(map(len, self.pieces))

    def count(self, width: int) -> int:
        """Number of lines of at most ``width`` EMU, as ``wrap`` breaks them; never 0."""
        return self.fit(width)[0]

    def fit(self, width: int) -> tuple[int, int]:
        """Number of lines, and the least width at which they all stay as they are."""
        ends, starts = self.ends, self.starts
        if not ends or ends[-1] <= width:
            return 1, ends[-1] if ends else 0
        if width < self.widest or self.blank:
            # A first word that is broken goes to the next line before, and leaves its number and an empty line behind.
            left = _LEFT_BEHIND if self.numbered and width < self.bare[0] else 0
            return sum(1 for _ in _lines(self, width)) + left, width
        size = len(ends)
        count = first = tight = 0
        while first < size:
            start = starts[first]
            first = bisect_right(ends, width + start, first + 1)
            used = ends[first - 1] - start
            tight = max(tight, used)
            count += 1
        return count, tight

    def ladder(self, rooms: Sequence[int], enough: int = 1) -> list[tuple[int, int, int]]:
        """Line counts at each of the ascending widths ``rooms``, from the widest down: (index, count, least width)
        wherever the count differs from that above, with the least width known to keep the count. The first is the
        widest at which more than ``enough`` lines may be needed.
        """
        steps: list[tuple[int, int, int]] = []
        # Every line but the last is fuller than the width less the widest word, so above this there are no more lines.
        index = min(len(rooms) - 1, bisect_left(rooms, self.ends[-1] // enough + self.widest + 1)) if self.ends else 0
        before = 0
        while index >= 0:
            count, tight = self.fit(rooms[index])
            if count == before:
                steps[-1] = (*steps[-1][:2], tight)
            else:
                steps.append((index, count, tight))
                before = count
            index = bisect_left(rooms, tight) - 1
        return steps


def wrap(text: str, font: Font, width: int) -> list[str]:
    """Break ``text`` into lines of at most ``width`` EMU as a word processor does: at blanks and after hyphens.

    A word wider than the line is broken between characters. Never returns an empty list.
    """
    return [line for paragraph in measure(text, font) for line in _lines(paragraph, width)]


def line_count(text: str, font: Font, width: int) -> int:
    """``len(wrap(text, font, width))``, found without making the lines."""
    return sum(paragraph.count(width) for paragraph in measure(text, font))


def widest_word(text: str, font: Font) -> int:
    """Width of the widest piece that may not be broken (EMU)."""
    return max(paragraph.widest for paragraph in measure(text, font))


@lru_cache(maxsize=20_000)
def measure(text: str, font: Font) -> tuple[Measured, ...]:
    """The paragraphs of ``text``, parted at line feeds, each measured in ``font``."""
    return tuple(_measured(paragraph, font) for paragraph in text.split("\n"))


def _measured(text: str, font: Font) -> Measured:
    numbered = _NUMBER.match(text) is not None
    if numbered:
        text = text.replace("\t", "", 1)
    pieces = tuple(piece for piece in _BREAKS.split(text) if piece)
    known = _known(font)
    if len(known) > _REMEMBERED:
        known.clear()
    widths = [known.get(piece) or known.setdefault(piece, _widths(piece, font)) for piece in pieces]
    bare, full = tuple(width for width, _ in widths), tuple(width for _, width in widths)
    starts = tuple(accumulate(full, initial=0))[:-1]
    ends = tuple(start + width for start, width in zip(starts, bare, strict=True))
    blank = 0 in bare and not all(piece.strip() for piece in pieces)
    return Measured(font, pieces, bare, full, starts, ends, max(bare, default=0), blank, numbered)


@cache
def _known(_: Font) -> dict[str, tuple[int, int]]:
    """Words measured so far in a font: official texts say the same words again and again."""
    return {}


def _widths(piece: str, font: Font) -> tuple[int, int]:
    """Width of a piece without and with the blanks after it (EMU)."""
    return font.width(piece.rstrip()), font.width(piece)


def _lines(text: Measured, width: int) -> Iterator[str]:
    line, used = "", 0
    for piece, bare, full in zip(text.pieces, text.bare, text.full, strict=True):
        if used + bare <= width:
            line, used = line + piece, used + full
            continue
        if line.strip():
            yield line.rstrip()
        line, used = piece, full
        if bare > width:
            *parts, line = _broken(piece, text.font, width)
            yield from parts
            used = text.font.width(line)
    yield line.rstrip()


def _broken(word: str, font: Font, width: int) -> Iterator[str]:
    """A word wider than the line in parts of at most ``width``, one character at least; the last keeps its blanks."""
    sums = list(accumulate(font.units(word), initial=0))
    bare, start = len(word.rstrip()), 0
    while len(word) - start > 1 and font.emu(sums[bare] - sums[min(start, bare)]) > width:
        end = bisect_right(sums, width, start, len(word), key=lambda units: font.emu(units - sums[start])) - 1
        end = max(end, start + 1)
        yield word[start:end]
        start = end
    yield word[start:]
