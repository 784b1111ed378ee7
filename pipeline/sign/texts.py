"""Which words of a page are gone, new, or moved: characters are matched by what they are and where they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.model.message import Message, say
from pipeline.model.particulars import Box
from pipeline.sign.changes import Change, Kind, shortened, where
from pipeline.sign.sheets import Word

_NEAR: Final = 0.75
"""Points within which a character counts as unmoved; programs that rewrite a PDF round its numbers."""
_MOST: Final = 12
"""Most places that are told of one page; what is beyond is counted."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Words close to each other that differ: ``gone`` of the original, ``new`` of what came back."""

    gone: tuple[Word, ...]
    new: tuple[Word, ...]


def changed_words(before: Sequence[Word], after: Sequence[Word]) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """The words of each page of which at least one character has no match on the other page."""
    if before == after:  # most pages; it only saves time
        return (), ()
    free = defaultdict[tuple[str, int, int], list[tuple[float, float, int]]](list)
    for number, word in enumerate(after):
        for sign, (x, y) in zip(word.text, word.places, strict=True):
            free[sign, int(x), int(y)].append((x, y, number))
    gone = {
        number
        for number, word in enumerate(before)
        for sign, place in zip(word.text, word.places, strict=True)
        if not _take(free, sign, place)
    }
    new = {number for left in free.values() for _, _, number in left}
    return (
        tuple(word for number, word in enumerate(before) if number in gone),
        tuple(word for number, word in enumerate(after) if number in new),
    )


def _take(
    free: dict[tuple[str, int, int], list[tuple[float, float, int]]], sign: str, place: tuple[float, float]
) -> bool:
    """Take the character ``sign`` at ``place`` away from ``free``, if it is there."""
    x, y = place
    for column in _around(x):
        for row in _around(y):
            cell = free.get((sign, column, row), [])
            for index, (other_x, other_y, _) in enumerate(cell):
                if abs(other_x - x) <= _NEAR and abs(other_y - y) <= _NEAR:
                    del cell[index]
                    return True
    return False


def _around(value: float) -> tuple[int, ...]:
    """The whole points within reach of ``value``, its own first."""
    return tuple(dict.fromkeys((int(value), int(value - _NEAR), int(value + _NEAR))))


def text_changes(before: Sequence[Word], after: Sequence[Word], page: int, height: float) -> tuple[Change, ...]:
    """What differs between the words of two pages, told at page ``page`` of ``height`` points."""
    gone, new = changed_words(before, after)
    spots = _spots(gone, new)
    told = [_change(spot, before, page, height) for spot in spots[:_MOST]]
    if len(spots) > _MOST:
        more = say("Halaman {page}: masih ada {n} tempat lain yang teksnya berubah.", page=page, n=len(spots) - _MOST)
        told.append(Change(Kind.TEXT, more, page))
    return tuple(told)


def _spots(gone: Sequence[Word], new: Sequence[Word]) -> list[Spot]:
    """Changed words that stand on one line, or in one another's place, together; from the top of the page."""
    marked = sorted([(word, True) for word in gone] + [(word, False) for word in new], key=_reading)
    groups: list[list[tuple[Word, bool]]] = []
    for word, is_gone in marked:
        group = next(
            (group for group in reversed(groups[-4:]) if any(_beside(word, other) for other, _ in group)), None
        )
        if group is None:
            groups.append([(word, is_gone)])
        else:
            group.append((word, is_gone))
    return _moved(
        [
            Spot(tuple(word for word, old in group if old), tuple(word for word, old in group if not old))
            for group in groups
        ]
    )


def _moved(spots: Sequence[Spot]) -> list[Spot]:
    """``spots``, with a text that is gone in one place and new in another told as one that moved."""
    arrived = {_said(spot.new): spot for spot in reversed(spots) if not spot.gone}
    told: list[Spot] = []
    for spot in spots:
        there = arrived.pop(_said(spot.gone), None) if not spot.new else None
        told.append(spot if there is None else Spot(spot.gone, there.new))
    moved = {id(word) for spot in told if spot.gone for word in spot.new}
    return [spot for spot in told if spot.gone or id(spot.new[0]) not in moved]


def _said(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _reading(marked: tuple[Word, bool]) -> tuple[int, float]:
    """From top to bottom and left to right."""
    word = marked[0]
    return -round(word.base / 4), word.left


def _beside(one: Word, two: Word) -> bool:
    size = max(one.size, two.size, 1.0)
    apart = max(one.left - two.right, two.left - one.right)
    return abs(one.base - two.base) < size * 0.6 and apart < size * 1.5


def _change(spot: Spot, words: Sequence[Word], page: int, height: float) -> Change:
    changed = spot.gone + spot.new
    box = box_of(changed, page)
    gone, new = _said(spot.gone), _said(spot.new)
    near = nearest(words, box, spot.gone)
    place = where(box, height, near)
    return Change(Kind.TEXT, _told(shortened(gone), shortened(new), place), page, box, gone, new, near)


def _told(gone: str, new: str, place: Message) -> Message:
    if gone == new:
        return say("Teks “{text}” bergeser ({place}).", text=gone, place=place)
    if not new:
        return say("Teks “{text}” hilang ({place}).", text=gone, place=place)
    if not gone:
        return say("Teks “{text}” ditambahkan ({place}).", text=new, place=place)
    return say("Teks “{gone}” menjadi “{new}” ({place}).", gone=gone, new=new, place=place)


def box_of(words: Sequence[Word], page: int) -> Box:
    """The box around ``words``."""
    left, right = min(word.left for word in words), max(word.right for word in words)
    bottom, top = min(word.base - word.size * 0.2 for word in words), max(word.top for word in words)
    return Box(page, round(left, 1), round(bottom, 1), round(right - left, 1), round(top - bottom, 1))


def nearest(words: Sequence[Word], box: Box, but: Sequence[Word] = ()) -> str:
    """The words that stand nearest to ``box``, as they are read; "" where a page has none."""
    x, y = box.x + box.width / 2, box.y + box.height / 2
    others = [(number, word) for number, word in enumerate(words) if word not in but]
    closest = sorted(others, key=lambda pair: _distance(pair[1], x, y))[:3]
    return shortened(" ".join(word.text for _, word in sorted(closest, key=lambda pair: pair[0])))


def _distance(word: Word, x: float, y: float) -> float:
    across = max(word.left - x, 0.0, x - word.right)
    return across + 2 * max(word.base - y, 0.0, y - word.top)
