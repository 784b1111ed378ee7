"""Does a printed page show the flowchart where it was computed? Read from the picture of the page.

A picture says the same whatever way a version of LibreOffice takes to write it, vector paths do not. It costs some
5 ms a page. What cannot be told for sure (a table without borders, or with faint ones) counts as right.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from pipeline.errors import ProofError
from pipeline.model.form import MM
from pipeline.model.ink import Ink, Trace
from pipeline.model.message import Message, say

SCALE = 5
"""Pixels per millimetre."""
DPI = 127
NEAR = 3
"""Pixels around a point within which its ink must stand, 0.6 mm; LibreOffice 7.4 is at most 0.1 mm off."""
_BLACK = 160
"""Darkest gray that is not the ink of symbols and lines; a line of 0.75 pt is darker, a watermark lighter."""
_WHITE = 225
"""Darkest gray that is not the ink of a border."""
_STEP = 6
"""Pixels between the samples of a row."""
_FULL = 95
"""Per cent of a row's samples that are ink where a border runs."""
_FARTHEST = 6 * SCALE
"""A table that seems to stand further off is taken for another one."""
_IS_INK = bytes(int(gray < _WHITE) for gray in range(256))


@dataclass(frozen=True, slots=True)
class Picture:
    """A page in gray, one byte a pixel, SCALE pixels per millimetre, ``stride`` bytes a row."""

    pixels: bytes
    width: int
    height: int
    stride: int


def prove_page(picture: Picture, ink: Ink, *, name: str, number: int) -> None:
    """Raise ProofError unless ``picture``, page ``number`` of the PDF ``name``, shows ``ink``."""
    for slip, low, high in (
        (_slip(_rules(picture, ink), [_pixel(y) for y in ink.rules]), _LOW, _HIGH),
        (_slip(_sides(picture, ink), [_pixel(ink.left), _pixel(ink.right)]), _RIGHT, _LEFT),
    ):
        if abs(slip) > NEAR:
            raise _slipped(name, number, abs(slip) / SCALE, low if slip > 0 else high)
    lost = next((trace for trace in ink.traces if not _shown(picture, trace)), None)
    if lost is not None:
        raise ProofError(
            say(
                "{name}: di halaman {number}, “{alt}” tidak tergambar di tempat yang dihitung. Biasanya "
                "versi LibreOffice ini menggambar lain; jalankan tertib doctor, coba versi lain, dan "
                "laporkan pesan ini.",
                name=name,
                number=number,
                alt=lost.alt,
            )
        )


_LOW, _HIGH = say("rendah"), say("tinggi")
_RIGHT, _LEFT = say("kanan"), say("kiri")


def _slipped(name: str, number: int, far: float, way: Message) -> ProofError:
    return ProofError(
        say(
            "{name}: di halaman {number}, tabel langkah berada {told} mm terlalu {way} terhadap "
            "gambar alurnya. Biasanya templat diubah (paragraf atau jarak di atas tabel itu, tinggi "
            "baris kepala, indentasi tabel); kembalikan bagian itu.",
            name=name,
            number=number,
            told=round(far, 1),
            way=way,
        )
    )


def prove_pages(page: Callable[[int], Any], inks: Sequence[Ink], starts: Iterable[int], name: str) -> None:
    """As ``prove_page`` for pages in a row of the PDF ``name``, from one of the indexes ``starts`` on.

    ``page`` gives the pdfium page at an index. Where texts are few, other pages may hold them too, so it is enough
    that one of ``starts`` is right.
    """
    fault: ProofError | None = None
    for start in starts:
        try:
            for index, ink in enumerate(inks, start):
                prove_page(_picture(page(index)), ink, name=name, number=index + 1)
        except ProofError as error:
            fault = error
        else:
            return
    if fault is not None:
        raise fault


class _Paper:
    """Memory for the picture of a page, the same for one after the other: fresh memory costs as much as the drawing.

    Use it only while PDFIUM is held.
    """

    _memory: Any = b""

    @classmethod
    def bitmap(cls, width: int, height: int, **kind: Any) -> Any:
        """A pdfium bitmap of one byte a pixel."""
        from pypdfium2 import PdfBitmap

        if len(cls._memory) < width * height:
            cls._memory = (ctypes.c_ubyte * (width * height))()
        return PdfBitmap.new_native(width, height, buffer=cls._memory, **kind)


def _picture(page: Any) -> Picture:
    bitmap = page.render(scale=DPI / 72, grayscale=True, bitmap_maker=_Paper.bitmap)
    width, height, stride = bitmap.width, bitmap.height, bitmap.stride
    pixels = bytes(memoryview(bitmap.buffer)[: stride * height])
    bitmap.close()
    return Picture(pixels, width, height, stride)


def _pixel(emu: int) -> int:
    return emu * SCALE // MM


def _shown(picture: Picture, trace: Trace) -> bool:
    return all(_dark(picture, _pixel(x), _pixel(y)) for x, y in trace.points)


def _dark(picture: Picture, x: int, y: int) -> bool:
    left, right = max(0, x - NEAR), min(picture.width, x + NEAR + 1)
    rows = range(max(0, y - NEAR), min(picture.height, y + NEAR + 1))
    starts = (row * picture.stride for row in rows)
    return any(min(picture.pixels[start + left : start + right], default=255) < _BLACK for start in starts)


def _rules(picture: Picture, ink: Ink) -> list[float]:
    """The heights, in pixels, at which ink runs from one side of the table to the other."""
    left, right = _pixel(ink.left) + SCALE, _pixel(ink.right) - SCALE
    starts = range(0, picture.height * picture.stride, picture.stride)
    return _runs(
        row for row, start in enumerate(starts) if _inked(picture.pixels[start + left : start + right : _STEP])
    )


def _sides(picture: Picture, ink: Ink) -> list[float]:
    """Where ink runs from the first to the last rule, in pixels from the left, near the sides of the table."""
    top, bottom = _pixel(ink.rules[0]) + SCALE, _pixel(ink.rules[-1]) - SCALE
    rows = slice(top * picture.stride, bottom * picture.stride)
    field, step = picture.pixels[rows], _STEP * picture.stride
    near = (range(side - _FARTHEST, side + _FARTHEST + 1) for side in (_pixel(ink.left), _pixel(ink.right)))
    return _runs(x for xs in near for x in xs if 0 <= x < picture.width and _inked(field[x::step]))


def _inked(samples: bytes) -> bool:
    return samples.translate(_IS_INK).count(1) * 100 >= len(samples) * _FULL


def _runs(pixels: Iterable[int]) -> list[float]:
    """The middles of stretches of ``pixels`` in a row; thicker ones than a border are filled cells."""
    groups = groupby(enumerate(pixels), lambda pair: pair[1] - pair[0])
    runs = [[pixel for _, pixel in group] for _, group in groups]
    return [(run[0] + run[-1]) / 2 for run in runs if len(run) <= SCALE]


def _slip(found: Sequence[float], planned: Sequence[int]) -> float:
    """How far the table stands too low, in pixels: 0 unless borders with the planned distances say otherwise."""
    slips = []
    for start in range(len(found) - len(planned) + 1):
        gaps = [f - p for f, p in zip(found[start:], planned, strict=False)]
        if max(gaps) - min(gaps) <= NEAR:
            slips.append(sum(gaps) / len(gaps))
    slip = min(slips, key=abs, default=0.0)
    return slip if abs(slip) <= _FARTHEST else 0.0
