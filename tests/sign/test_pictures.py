"""Where two pictures of a page differ, to the pixel: what drawing may change is none, all else is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from pipeline.model.particulars import Box
from pipeline.sign.pictures import differing
from pipeline.sign.sheets import BAND, DPI

Picture = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]
HIGH = 192.0
"""Height of the page in points: 400 pixels."""
ROWS, COLUMNS = 400, 320
SCALE = DPI / 72
BESIDE = [(down, right) for down in (-1, 0, 1) for right in (-1, 0, 1) if (down, right) != (0, 0)]


def white(gray: int = 255) -> Picture:
    return np.full((ROWS, COLUMNS, 3), gray, dtype=np.uint8)


def inked(top: int, left: int, height: int, width: int, gray: int = 0, base: Picture | None = None) -> Picture:
    """A page with a rectangle of ink, in pixels."""
    made = (white() if base is None else base).copy()
    made[top : top + height, left : left + width] = gray
    return made


def told(before: Picture, after: Picture, boxes: Sequence[Box] = ()) -> list[tuple[int, int, int, int]]:
    """The places that differ, in pixels: top, left, height, width."""
    found = differing(before, after, HIGH, boxes, 7)
    assert all(box.page == 7 for box in found)
    return [
        (
            round((HIGH - box.y - box.height) * SCALE),
            round(box.x * SCALE),
            round(box.height * SCALE),
            round(box.width * SCALE),
        )
        for box in found
    ]


def points(top: int, left: int, height: int, width: int) -> Box:
    """A box of pixels in points."""
    return Box(7, left / SCALE, HIGH - (top + height) / SCALE, width / SCALE, height / SCALE)


def test_what_differs_is_boxed_to_the_pixel() -> None:
    place = (37, 50, 40, 21)
    assert told(white(), inked(*place)) == [place]
    assert told(inked(*place), white()) == [place]
    assert told(white(0), inked(*place, 255, white(0))) == [place]
    assert told(inked(*place), inked(*place)) == []


@pytest.mark.parametrize(("gray", "found"), [(12, False), (13, True), (-12, False), (-13, True)])
def test_a_shade_over_all_is_rounding_up_to_a_limit(gray: int, found: bool) -> None:
    assert bool(told(white(128), white(128 + gray))) is found


@pytest.mark.parametrize(("gray", "found"), [(48, False), (49, True)])
def test_a_spot_must_be_strong(gray: int, found: bool) -> None:
    assert told(white(), inked(20, 20, 3, 3, 255 - gray)) == [(20, 20, 3, 3)] * found
    assert told(inked(20, 20, 3, 3, 255 - gray), white()) == [(20, 20, 3, 3)] * found


def test_a_weak_spot_is_not_told_with_a_strong_one() -> None:
    strong = inked(200, 200, 4, 4, base=inked(20, 20, 4, 4))
    assert told(white(), inked(100, 100, 5, 5, 225, strong)) == [(20, 20, 4, 4), (200, 200, 4, 4)]


@pytest.mark.parametrize(("size", "found"), [((1, 2), False), ((1, 3), True), ((3, 1), True)])
@pytest.mark.parametrize("corner", [(24, 24), (31, 31)])
def test_two_pixels_are_dust_and_three_are_not(size: tuple[int, int], found: bool, corner: tuple[int, int]) -> None:
    """Also where they lie in two of the squares in which they are counted."""
    assert bool(told(white(), inked(*corner, *size))) is found


def test_a_square_with_no_changed_pixel_is_not_told_with_those_beside_it() -> None:
    two = inked(40, 34, 6, 6, base=inked(40, 66, 6, 6))
    assert told(white(), two) == [(40, 34, 6, 6), (40, 66, 6, 6)]


@pytest.mark.parametrize("shift", BESIDE)
@pytest.mark.parametrize("thick", [2, 40])
def test_ink_moved_by_a_pixel_is_none(shift: tuple[int, int], thick: int) -> None:
    before, after = inked(48, 48, 40, thick), inked(48 + shift[0], 48 + shift[1], 40, thick)
    assert told(before, after) == []


@pytest.mark.parametrize("shift", BESIDE)
def test_ink_moved_by_more_is_told(shift: tuple[int, int]) -> None:
    before, after = inked(48, 48, 40, 40), inked(48 + 3 * shift[0], 48 + 3 * shift[1], 40, 40)
    assert told(before, after)


@pytest.mark.parametrize("gray", [0, 60])
def test_a_thin_line_is_told_dark_or_light_new_or_gone(gray: int) -> None:
    place = (30, 30, 40, 1)
    for page, ink in ((255, gray), (gray, 255)):
        with_line = inked(*place, ink, white(page))
        assert told(white(page), with_line) == [place]
        assert told(with_line, white(page)) == [place]


@pytest.mark.parametrize(("gray", "found"), [(16, False), (18, True), (-16, False), (-18, True)])
def test_a_veil_of_every_second_row_counts_by_how_dark_it_is_on_the_whole(gray: int, found: bool) -> None:
    before, after = white(128), white(128)
    after[64:128:2, 64:128] = 128 + gray
    assert bool(told(before, after)) is found


def test_a_veil_under_a_box_counts_where_enough_of_its_square_is_free() -> None:
    before, after = white(128), white(128)
    after[64:80, 64:80] = 150
    assert told(before, after, [points(67, 40, 10, 25)]) == [(64, 64, 16, 16)]
    assert told(before, after, [points(67, 40, 40, 32)]) == [(64, 64, 16, 16)]
    assert told(before, after, [points(67, 40, 40, 33)]) == []


@pytest.mark.parametrize("colour", range(3))
def test_every_colour_counts(colour: int) -> None:
    tinted = white()
    tinted[40:50, 60:70, colour] = 0
    assert told(white(), tinted) == [(40, 60, 10, 10)]
    assert told(tinted, white()) == [(40, 60, 10, 10)]


@pytest.mark.parametrize("ink", [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0), (255, 0, 255), (0, 255, 255)])
def test_ink_of_every_colour_is_told(ink: tuple[int, int, int]) -> None:
    tinted = white()
    tinted[40:50, 60:70] = ink
    assert told(white(), tinted) == told(tinted, white()) == [(40, 60, 10, 10)]


@pytest.mark.parametrize(("ground", "edge", "ink"), [(100, 130, 160), (160, 130, 100)])
def test_an_edge_that_is_a_little_alike_does_not_explain_a_change(ground: int, edge: int, ink: int) -> None:
    before = inked(30, 60, 10, 3, ground, inked(28, 59, 14, 5, edge, white(ground)))
    after = inked(30, 60, 10, 3, ink, before)
    assert told(before, after) == [(30, 60, 10, 3)]


def test_colours_are_told_together() -> None:
    tinted = white()
    tinted[40:50, 60:70, 0] = 0
    tinted[45:55, 66:76, 1] = 0
    tinted[50:60, 72:82, 2] = 0
    tinted[150:160, 60:70, 0] = 0
    assert told(white(), tinted) == [(40, 60, 20, 22), (150, 60, 10, 10)]


BOX = (100, 100, 60, 80)
EDGES = {
    "above": (90, 130, 10, 10),
    "below": (160, 130, 10, 10),
    "left": (120, 90, 10, 10),
    "right": (120, 180, 10, 10),
}


@pytest.mark.parametrize("side", EDGES)
def test_a_box_reaches_a_little_over_its_edges(side: str) -> None:
    """Half the line of a frame, 1.5 points."""
    top, left, height, width = EDGES[side]
    toward = {"above": (6, 0), "below": (0, 0), "left": (0, 6), "right": (0, 0)}[side]
    thin = (height if side in ("left", "right") else 4, width if side in ("above", "below") else 4)
    assert told(white(), inked(top + toward[0], left + toward[1], *thin), [points(*BOX)]) == []
    assert told(white(), inked(top, left, height, width), [points(*BOX)])
    further = {"above": (2, 0), "below": (6, 0), "left": (0, 2), "right": (0, 6)}[side]
    assert told(white(), inked(top + further[0], left + further[1], *thin), [points(*BOX)])


def test_all_of_a_box_is_free_and_nothing_else() -> None:
    assert told(white(), inked(*BOX), [points(*BOX)]) == []
    assert told(white(), inked(*BOX), [points(100, 100, 60, 40), points(100, 140, 60, 40)]) == []
    assert told(white(), inked(*BOX), [points(100, 200, 60, 80)]) == [BOX]


@pytest.mark.parametrize("box", [(-30, 100, 60, 60), (100, -30, 60, 60), (-30, -30, 60, 60)])
def test_a_box_may_reach_beyond_the_page(box: tuple[int, int, int, int]) -> None:
    top, left, height, width = box
    inside = inked(max(0, top), max(0, left), height + min(0, top), width + min(0, left))
    assert told(white(), inside, [points(*box)]) == []
    assert told(white(), inside)


def test_the_band_at_the_foot_is_free() -> None:
    edge = ROWS - round(BAND * SCALE)
    assert told(white(), inked(edge, 0, ROWS - edge, COLUMNS)) == []
    assert told(white(), inked(edge - 1, 0, 20, COLUMNS)) == []
    (found,) = told(white(), inked(edge - 12, 20, 40, 40))
    assert abs(found[0] - (edge - 12)) <= 1
    assert found[0] + found[2] <= edge


@pytest.mark.parametrize("more", [(1, 0), (0, 1)])
def test_a_picture_of_one_row_or_column_more_is_the_same(more: tuple[int, int]) -> None:
    larger = np.full((ROWS + more[0], COLUMNS + more[1], 3), 255, dtype=np.uint8)
    assert told(white(), larger) == told(larger, white()) == []


@pytest.mark.parametrize("step", BESIDE)
def test_squares_that_touch_are_told_together(step: tuple[int, int]) -> None:
    after = white()
    for number in range(3):
        top, left = 160 + 16 * number * step[0], 160 + 16 * number * step[1]
        after[top : top + 16, left : left + 16] = 0
    assert len(told(white(), after)) == 1


def test_places_are_told_from_the_top() -> None:
    after = inked(200, 20, 10, 10, base=inked(40, 200, 10, 10, base=inked(40, 40, 10, 10)))
    assert told(white(), after) == [(40, 40, 10, 10), (40, 200, 10, 10), (200, 20, 10, 10)]


def test_a_ring_is_one_place_and_so_is_one_that_is_open_above() -> None:
    after = inked(48, 48, 112, 112)
    after[64:144, 64:144] = 255
    assert told(white(), after) == [(48, 48, 112, 112)]
    after[48:64, 64:144] = 255
    assert told(white(), after) == [(48, 48, 112, 112)]
