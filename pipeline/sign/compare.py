"""What changed between a PDF and the one that came back from signing.

The national service rewrites the file (ids, metadata, attachments and tags may go), prints a line in the reserved band
and a picture in the box for the signature. All else must be as it was: the text of every page and its places, the
picture of every page, its size, and no annotation, field, command, attachment or layer may have been added.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from pipeline.model.message import Message, say
from pipeline.model.particulars import Box
from pipeline.sign.changes import Change, Comparison, Kind, shortened, where
from pipeline.sign.objects import Contents, added, contents_of
from pipeline.sign.pictures import differing
from pipeline.sign.sheets import DPI, Sheet, Sheets, Word, opened, without
from pipeline.sign.texts import nearest, text_changes

if TYPE_CHECKING:
    import numpy as np

_SLACK: Final = 0.5
"""Points by which a page may differ in size: numbers are rounded."""
_ALIKE: Final = 0.5
"""Part of the words that pages have in common which belong together."""
_MOST: Final = 12
"""Most places that are told of the picture of one page."""
_WHITE: Final = 243


def compare(original: bytes, returned: bytes) -> Comparison:
    """What differs between the PDFs ``original`` and ``returned``, outside the reserved band and signature boxes.

    Raises SignatureError when one of them cannot be read.
    """
    with opened(original) as before, opened(returned) as after:
        sheets, others = before.outlines(), after.outlines()
        held, given = contents_of(original, sheets), contents_of(returned, others)
        pairs, changes = _paired(before, after)
        boxes, notes = _boxes(held, given, [(sheets[one], others[two]) for one, two in pairs], before)
        for one, two in pairs:
            shown = [box for box in boxes if box.page == two + 1]
            changes += _of_page(one, two, shown, before, after)
        changes += added(held, given, boxes, others)
    return Comparison(tuple(sorted(changes, key=lambda change: change.page or 0)), len(pairs), notes)


def _paired(before: Sheets, after: Sheets) -> tuple[list[tuple[int, int]], list[Change]]:
    """Indexes of the pages that belong together, and what is told of those that have no partner."""
    if len(before) == len(after):
        return [(index, index) for index in range(len(before))], []
    pairs: list[tuple[int, int]] = []
    count = say("Jumlah halaman {before} menjadi {after}.", before=len(before), after=len(after))
    changes = [Change(Kind.PAGES, count)]
    start = 0
    bags = [_bag(after.sheet(index)) for index in range(len(after))]
    for index in range(len(before)):
        sheet = before.sheet(index)
        found = _partner(_bag(sheet), bags, start)
        if found is None:
            text = say("Halaman {n} naskah asli tidak ada lagi: {begins}", n=sheet.number, begins=_begins(sheet))
            changes.append(Change(Kind.PAGES, text, sheet.number))
            continue
        changes += [_new_page(after.sheet(other)) for other in range(start, found)]
        pairs.append((index, found))
        start = found + 1
    changes += [_new_page(after.sheet(other)) for other in range(start, len(after))]
    return pairs, changes


def _partner(bag: Counter[str], bags: Sequence[Counter[str]], start: int) -> int | None:
    """The page from ``start`` on that is most like the one with the words ``bag``, if it is like it at all."""
    scores = [(_likeness(bag, bags[index]), -index) for index in range(start, len(bags))]
    score, index = max(scores, default=(0.0, 0))
    return -index if score >= _ALIKE else None


def _likeness(one: Counter[str], two: Counter[str]) -> float:
    largest = max(one.total(), two.total())
    return (one & two).total() / largest if largest else 1.0


def _bag(sheet: Sheet) -> Counter[str]:
    return Counter(word.text for word in without(sheet.words, ()))


def _new_page(sheet: Sheet) -> Change:
    text = say("Halaman {n} ditambahkan: {begins}", n=sheet.number, begins=_begins(sheet))
    return Change(Kind.PAGES, text, sheet.number)


def _begins(sheet: Sheet) -> Message:
    words = shortened(" ".join(word.text for word in sheet.words[:12]))
    return say("“{words}”.", words=words) if words else say("tanpa teks.")


def _boxes(
    held: Contents, given: Contents, pairs: Sequence[tuple[Sheet, Sheet]], before: Sheets
) -> tuple[tuple[Box, ...], tuple[Message, ...]]:
    """Where signatures may be seen, on the pages of what came back.

    That is the boxes of the original. One that has none was not made for it: there a signature may be seen where the
    original is blank paper.
    """
    number = {sheet.number: other.number for sheet, other in pairs}
    own = tuple(replace(box, page=number[box.page]) for box in held.signatures if box.page in number)
    if held.signatures:
        return own, ()
    blank = {other.number: sheet for sheet, other in pairs}
    boxes = tuple(box for box in given.signatures if box.page in blank and _is_blank(blank[box.page], box, before))
    note = say("Naskah asli tidak memuat kotak tanda tangan; tanda tangan diterima di bagian yang kosong.")
    return boxes, (note,) if boxes else ()


def _is_blank(sheet: Sheet, box: Box, before: Sheets) -> bool:
    picture = before.picture(sheet.number - 1)
    scale = DPI / 72
    top, bottom = int((sheet.height - box.y - box.height) * scale), int((sheet.height - box.y) * scale) + 1
    part = picture[max(0, top) : max(0, bottom), max(0, int(box.x * scale)) : int((box.x + box.width) * scale) + 1]
    return bool(part.size and part.min() >= _WHITE)


def _of_page(one: int, two: int, boxes: Sequence[Box], before: Sheets, after: Sheets) -> Iterator[Change]:
    """What differs between page ``one`` of the original and page ``two`` of what came back (from 0)."""
    sheet, other = before.sheet(one), after.sheet(two)
    sizes = list(_sizes(sheet, other))
    if sizes:
        yield from sizes
        return
    words, news = without(sheet.words, boxes), without(other.words, boxes)
    texts = text_changes(words, news, other.number, other.height)
    yield from texts
    yield from _pictures(before.picture(one), after.picture(two), other, boxes, words, texts)


def _sizes(sheet: Sheet, other: Sheet) -> Iterator[Change]:
    """What speaks against holding two pages against each other at all."""
    page = other.number
    if sheet.turn != other.turn:
        turned = say("Halaman {page} diputar.", page=page)
        yield Change(Kind.SIZE, turned, page)
    elif abs(sheet.width - other.width) > _SLACK or abs(sheet.height - other.height) > _SLACK:
        sizes = [f"{side * 25.4 / 72:.0f}" for side in (sheet.width, sheet.height, other.width, other.height)]
        text = say(
            "Ukuran halaman {page} berubah dari {w} × {h} mm menjadi {v} × {g} mm.",
            page=page,
            w=sizes[0],
            h=sizes[1],
            v=sizes[2],
            g=sizes[3],
        )
        yield Change(Kind.SIZE, text, page)
    elif any(abs(a - b) > _SLACK for a, b in zip(sheet.frame, other.frame, strict=True)):
        yield Change(Kind.SIZE, say("Batas halaman {page} digeser.", page=page), page)


def _pictures(
    one: np.ndarray[Any, Any],
    two: np.ndarray[Any, Any],
    other: Sheet,
    boxes: Sequence[Box],
    words: Sequence[Word],
    texts: Sequence[Change],
) -> Iterator[Change]:
    """Where the pictures differ and no change of the text says so already."""
    told = [change.box for change in texts if change.box is not None]
    found = differing(one, two, other.height, boxes, other.number)
    places = [box for box in found if not any(_covers(large, box) for large in told)]
    for box in places[:_MOST]:
        covered = _covered(words, box)
        near = covered or nearest(words, box)
        if covered:
            text = say(
                "Tampilan “{words}” berubah atau tertutup ({place}).", words=covered, place=where(box, other.height, "")
            )
        else:
            text = say("Gambar halaman berubah ({place}).", place=where(box, other.height, near))
        yield Change(Kind.PICTURE, text, other.number, box, near=near)
    if len(places) > _MOST:
        n = len(places) - _MOST
        more = say("Halaman {page}: masih ada {n} tempat lain yang gambarnya berubah.", page=other.number, n=n)
        yield Change(Kind.PICTURE, more, other.number)


def _covers(large: Box, small: Box) -> bool:
    """Does ``small`` lie in ``large``, but for what letters reach over their box?"""
    slack = 4.0
    return (
        small.x >= large.x - slack
        and small.y >= large.y - slack
        and small.x + small.width <= large.x + large.width + slack
        and small.y + small.height <= large.y + large.height + slack
    )


def _covered(words: Sequence[Word], box: Box) -> str:
    """The words of the original that stand in ``box``, at least in part."""
    inside = [
        word.text
        for word in words
        if word.left < box.x + box.width and word.right > box.x and word.base < box.y + box.height and word.top > box.y
    ]
    return shortened(" ".join(inside))
