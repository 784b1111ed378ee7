"""The pages of a PDF as they are shown: their size, the characters on them with their places, and their picture."""

from __future__ import annotations

import ctypes
import io
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pipeline.errors import SignatureError
from pipeline.model.message import say
from pipeline.model.particulars import RESERVED_MM, Box
from pipeline.resources import PDFIUM
from pipeline.sign.measure import prove_measure

if TYPE_CHECKING:
    import numpy as np

DPI: Final = 150
BAND: Final = RESERVED_MM * 72 / 25.4
"""Height of the reserved band at the foot of a page, in points."""
_SOFT: Final = frozenset("\u00ad\ufffe\uffff\u200b\u0002\u0000")
"""Signs that are no print: soft hyphens and what pdfium gives for them."""


Frame = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Word:
    """Characters in a row without white: their places are those of their origins, in points of the page as shown."""

    text: str
    places: tuple[tuple[float, float], ...]
    size: float

    @property
    def left(self) -> float:
        """Where it begins."""
        return min(x for x, _ in self.places)

    @property
    def right(self) -> float:
        """About where it ends."""
        return max(x for x, _ in self.places) + self.size * 0.6

    @property
    def base(self) -> float:
        """Its baseline, from the lower edge of the page."""
        return self.places[0][1]

    @property
    def top(self) -> float:
        """About its upper edge."""
        return self.base + self.size * 0.8


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: ``number`` from 1, ``frame`` what of its space is shown (left, bottom, right, top in points) before it is
    turned by ``turn`` degrees, and its words."""

    number: int
    frame: Frame
    turn: int
    words: tuple[Word, ...]

    @property
    def width(self) -> float:
        """In points, as it is shown."""
        left, bottom, right, top = self.frame
        return right - left if self.turn % 180 == 0 else top - bottom

    @property
    def height(self) -> float:
        """In points, as it is shown."""
        left, bottom, right, top = self.frame
        return top - bottom if self.turn % 180 == 0 else right - left

    def box(self, rectangle: Sequence[float]) -> Box:
        """A rectangle of the page's own space (two opposite corners) as it is shown."""
        one = _turned(rectangle[0], rectangle[1], self.frame, self.turn)
        two = _turned(rectangle[2], rectangle[3], self.frame, self.turn)
        x, y = min(one[0], two[0]), min(one[1], two[1])
        return Box(self.number, x, y, abs(one[0] - two[0]), abs(one[1] - two[1]))

    @property
    def text(self) -> str:
        """All characters without white, in the order of the file."""
        return "".join(word.text for word in self.words)


class Sheets:
    """The pages of an open PDF."""

    def __init__(self, document: Any) -> None:
        self._document = document

    def __len__(self) -> int:
        return len(self._document)

    def sheet(self, index: int, *, words: bool = True) -> Sheet:
        """Page ``index`` (from 0), without its words when they are not wanted: they take much memory."""
        page = self._document[index]
        try:
            frame, turn = _shown(page), page.get_rotation()
            return Sheet(index + 1, frame, turn, tuple(_words(page, frame, turn)) if words else ())
        finally:
            page.close()

    def outlines(self) -> list[Sheet]:
        """All pages without their words."""
        return [self.sheet(index, words=False) for index in range(len(self))]

    def picture(self, index: int) -> np.ndarray[Any, Any]:
        """Page ``index`` in its three colours (rows from the top, columns, colours), ``DPI`` dots per inch."""
        page = self._document[index]
        try:
            bitmap = page.render(scale=DPI / 72)
            try:
                shown: np.ndarray[Any, Any] = bitmap.to_numpy()[:, :, :3].copy()
                return shown
            finally:
                bitmap.close()
        finally:
            page.close()


@contextmanager
def opened(data: bytes) -> Iterator[Sheets]:
    """The pages of the PDF ``data``. Raises SignatureError where there are none to be read."""
    import pypdfium2 as pdfium

    prove_measure(data)
    with PDFIUM:
        try:
            document = pdfium.PdfDocument(io.BytesIO(data))
        except pdfium.PdfiumError as error:
            raise unreadable(data) from error
        try:
            yield Sheets(document)
        except pdfium.PdfiumError as error:
            raise unreadable(data) from error
        finally:
            document.close()


def unreadable(data: bytes) -> SignatureError:
    """Why the PDF ``data`` cannot be read."""
    if not data:
        return SignatureError(say("Berkas ini kosong (0 byte)."))
    if b"%PDF-" not in data[:1024]:
        return SignatureError(say("Berkas ini bukan PDF."))
    if b"/Encrypt" in data:
        return SignatureError(say("PDF ini terkunci sandi atau dienkripsi, jadi isinya tidak dapat diperiksa."))
    return SignatureError(say("PDF ini rusak: halamannya tidak dapat dibaca."))


def without(words: Sequence[Word], boxes: Sequence[Box], *, slack: float = 1.5) -> tuple[Word, ...]:
    """``words`` without the characters in the reserved band or in one of ``boxes`` (of the same page)."""
    kept: list[Word] = []
    for word in words:
        signs = [
            (sign, place) for sign, place in zip(word.text, word.places, strict=True) if _free(place, boxes, slack)
        ]
        if len(signs) == len(word.text):
            kept.append(word)
        elif signs:
            kept.append(Word("".join(sign for sign, _ in signs), tuple(place for _, place in signs), word.size))
    return tuple(kept)


def _free(place: tuple[float, float], boxes: Sequence[Box], slack: float) -> bool:
    x, y = place
    if y < BAND:
        return False
    return not any(
        box.x - slack <= x <= box.x + box.width + slack and box.y - slack <= y <= box.y + box.height + slack
        for box in boxes
    )


def _shown(page: Any) -> Frame:
    """The part of a page that is shown: what of its media box lies in its crop box."""
    media, crop = page.get_mediabox(), page.get_cropbox()
    box = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
    return box if box[0] < box[2] and box[1] < box[3] else (media[0], media[1], media[2], media[3])


def _words(page: Any, frame: Frame, turn: int) -> Iterator[Word]:
    from pypdfium2 import raw

    textpage = page.get_textpage()
    try:
        signs: list[str] = []
        places: list[tuple[float, float]] = []
        size = 0.0
        x, y = ctypes.c_double(), ctypes.c_double()
        for index in range(textpage.count_chars()):
            sign = chr(raw.FPDFText_GetUnicode(textpage, index))
            if sign in _SOFT:
                continue
            raw.FPDFText_GetCharOrigin(textpage, index, x, y)
            place = _turned(x.value, y.value, frame, turn)
            blank = sign.isspace()
            if signs and (blank or math.dist(place, places[-1]) > size * 2):
                yield Word("".join(signs), tuple(places), size)
                signs, places = [], []
            if blank:
                continue
            if not signs:
                size = _size(textpage, index)
            signs.append(sign)
            places.append(place)
        if signs:
            yield Word("".join(signs), tuple(places), size)
    finally:
        textpage.close()


def _size(textpage: Any, index: int) -> float:
    """About the size of a character in points: its box may be too low, and the size of its font scaled by the page."""
    from pypdfium2 import raw

    _, bottom, _, top = textpage.get_charbox(index, loose=True)
    high, font = abs(float(top - bottom)) / 1.15, float(raw.FPDFText_GetFontSize(textpage, index))
    return max(high, font if font <= 3 * high else 0.0, 1.0)


def _turned(x: float, y: float, frame: Frame, turn: int) -> tuple[float, float]:
    """A point of a page in points from the lower left corner of the page as it is shown."""
    left, bottom, right, top = frame
    if turn == 90:
        return y - bottom, right - x
    if turn == 180:
        return right - x, top - y
    if turn == 270:
        return top - y, x - left
    return x - left, y - bottom
