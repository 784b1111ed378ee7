"""What is drawn on a page of a PDF: its strokes, read back from the vector paths, in EMU from the upper left corner."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.model.form import PT
from pipeline.model.plan import Rect

Spot = tuple[float, float]


@dataclass(frozen=True)
class Path:
    """A path of the page: stroked with a pen of ``width``, or filled. Curves are given by their end points."""

    points: tuple[Spot, ...]
    stroked: bool
    width: float

    @property
    def closed(self) -> bool:
        """Does it end where it began?"""
        return len(self.points) > 3 and distance(self.points[0], self.points[-1]) < PT / 10

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        xs, ys = [x for x, _ in self.points], [y for _, y in self.points]
        return min(xs), min(ys), max(xs), max(ys)

    @property
    def head(self) -> bool:
        """Is it an arrow head: a filled triangle?"""
        return not self.stroked and self.closed and len(self.points) == 4

    @property
    def straight(self) -> bool:
        """Is it one stroke, as the borders of tables are?"""
        return self.stroked and len(self.points) == 2


@dataclass(frozen=True)
class Letter:
    """A printed sign and its box: left, top, right, bottom."""

    sign: str
    box: tuple[float, float, float, float]

    def within(self, rect: Rect) -> bool:
        """Does its middle lie in ``rect``?"""
        x, y = (self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2
        return rect.x <= x <= rect.right and rect.y <= y <= rect.bottom


def distance(one: Spot, two: Spot) -> float:
    """The larger of the distances along x and y."""
    return max(abs(one[0] - two[0]), abs(one[1] - two[1]))


def off(box: Sequence[float], rect: Rect) -> float:
    """How far the sides of ``box`` are from those of ``rect`` at most."""
    sides = (rect.x, rect.y, rect.right, rect.bottom)
    return max(abs(a - b) for a, b in zip(box, sides, strict=True))


def near_line(spot: Spot, path: Path) -> float:
    """How far ``spot`` is from the strokes of ``path``."""
    return min(_from_stroke(spot, a, b) for a, b in pairwise(path.points))


def _from_stroke(spot: Spot, a: Spot, b: Spot) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    share = 0.0 if not length else ((spot[0] - a[0]) * dx + (spot[1] - a[1]) * dy) / length
    share = min(1.0, max(0.0, share))
    return float(((spot[0] - a[0] - share * dx) ** 2 + (spot[1] - a[1] - share * dy) ** 2) ** 0.5)


def paths(page: pdfium.PdfPage) -> list[Path]:
    """All paths of a page, also those within forms, in the order of painting."""
    height = page.get_height()
    found = []
    for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=15):
        fill, stroke, width = ctypes.c_int(), ctypes.c_int(), ctypes.c_float()
        raw.FPDFPath_GetDrawMode(thing, fill, stroke)
        raw.FPDFPageObj_GetStrokeWidth(thing, width)
        points = tuple((x * PT, (height - y) * PT) for x, y in _points(thing))
        if points:
            found.append(Path(points, bool(stroke.value), width.value * PT))
    return found


def _points(thing: Any) -> Iterator[Spot]:
    matrix = thing.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(raw.FPDFPath_CountSegments(thing)):
        raw.FPDFPathSegment_GetPoint(raw.FPDFPath_GetPathSegment(thing, index), x, y)
        yield matrix.on_point(x.value, y.value)


def letters(page: pdfium.PdfPage) -> list[Letter]:
    """The printed signs of a page without blanks, in their order."""
    height, text = page.get_height(), page.get_textpage()
    found = []
    for index in range(text.count_chars()):
        sign = text.get_text_range(index, 1)
        if sign.strip():
            left, bottom, right, top = text.get_charbox(index)
            found.append(Letter(sign, (left * PT, (height - top) * PT, right * PT, (height - bottom) * PT)))
    return found
