"""What a stamp is drawn with: where its lines stand, how large, and the font that is embedded for them."""

from __future__ import annotations

import datetime as dt
import random
import re
import time
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from typing import Any

import pikepdf
import pytest
from fontTools import ttLib

from pipeline.sign.stamp import Face, stamp_page
from pipeline.sign.typeface import find_typeface

MOMENT = dt.datetime(2026, 6, 1, 10, 5, tzinfo=dt.timezone(dt.timedelta(hours=7)))
FACE = Face("Pejabat Contoh Satu, S.H., M.Si.", "Sekretaris DPRD", MOMENT)


@pytest.fixture(scope="module")
def font() -> bytes:
    found = find_typeface()
    if found is None:
        pytest.skip("no TrueType font is installed here: what signatures print is not tested")
    return found


def drawn(data: bytes) -> str:
    with pikepdf.open(BytesIO(data)) as pdf:
        return str(pdf.pages[0].Contents.read_bytes(), "ascii")


def size(data: bytes) -> float:
    """The size of the letters, 0 where there are none."""
    found = re.search(r"/F1 ([\d.]+) Tf", drawn(data))
    return float(found[1]) if found else 0.0


def places(data: bytes) -> list[tuple[float, float]]:
    """Where each line begins."""
    return [(float(x), float(y)) for x, y in re.findall(r"1 0 0 1 ([\d.-]+) ([\d.-]+) Tm", drawn(data))]


def widths(data: bytes) -> list[float]:
    """The width of each line in points, after the widths that the PDF states."""
    with pikepdf.open(BytesIO(data)) as pdf:
        (_, stated) = pdf.pages[0].Resources.Font.F1.DescendantFonts[0].W
        advance = [int(each) for each in stated]
    lines = re.findall(r"<([0-9A-F]+)> Tj", drawn(data))
    step = size(data) / 1000
    return [sum(advance[int(line[at : at + 4], 16)] for at in range(0, len(line), 4)) * step for line in lines]


def test_letters_are_as_large_as_fits_between_four_and_nine_points(font: bytes) -> None:
    assert 8.5 < size(stamp_page(FACE, 600, 300, font)) <= 9
    assert size(stamp_page(FACE, 600, 28.8, font)) == pytest.approx(4.1, abs=0.06)
    assert size(stamp_page(FACE, 600, 27, font)) == 0
    assert size(stamp_page(FACE, 40, 300, font)) == 0


@pytest.mark.parametrize("width", range(90, 160, 13))
def test_the_longest_line_fills_the_width_but_for_the_margins(width: int, font: bytes) -> None:
    made = stamp_page(FACE, width, 300, font)
    assert width - 8 - 3 < max(widths(made)) <= width - 8


def test_lines_stand_in_the_middle_a_quarter_of_their_size_apart(font: bytes) -> None:
    made = stamp_page(FACE, 220, 70, font)
    for (left, _), wide in zip(places(made), widths(made), strict=True):
        assert left == pytest.approx((220 - wide) / 2, abs=0.02)
    heights, step = [y for _, y in places(made)], size(made) * 1.25
    assert [a - b for a, b in pairwise(heights)] == pytest.approx([step] * 3, abs=0.02)
    assert heights[0] + size(made) + heights[-1] - (step - size(made)) == pytest.approx(70, abs=0.02)


def test_no_line_is_left_for_a_position_that_is_not_stated(font: bytes) -> None:
    assert len(places(stamp_page(FACE, 220, 70, font))) == 4
    assert len(places(stamp_page(replace(FACE, position=""), 220, 70, font))) == 3


def test_the_frame_is_on_the_paper_with_its_whole_line() -> None:
    assert "0.5 w 0.25 0.25 219.50 69.50 re S" in drawn(stamp_page(FACE, 220, 70, None))


def test_what_is_embedded_is_described_as_it_is(font: bytes) -> None:
    with pikepdf.open(BytesIO(stamp_page(FACE, 220, 70, font))) as pdf:
        top = pdf.pages[0].Resources.Font.F1
        below = top.DescendantFonts[0]
        told = below.FontDescriptor
        names = {str(one) for one in (top.BaseFont, below.BaseFont, told.FontName)}
        data = told.FontFile2.read_bytes()
        assert int(told.FontFile2.Length1) == len(data)
        assert int(told.Flags) == 4
        box = [int(each) for each in told.FontBBox]
        ascent, descent = int(told.Ascent), int(told.Descent)
        stated = [int(each) for each in below.W[1]]
    (name,) = names
    assert re.fullmatch(r"/[A-Z]{6}\+TandaTangan", name)
    inner = ttLib.TTFont(BytesIO(data))
    assert not {"GSUB", "GPOS", "GDEF", "kern", "DSIG", "FFTM", "name", "fpgm", "prep", "cvt "} & set(inner.keys())
    unit = 1000 / inner["head"].unitsPerEm
    head = inner["head"]
    assert box == [round(side * unit) for side in (head.xMin, head.yMin, head.xMax, head.yMax)]
    assert (ascent, descent) == (round(inner["hhea"].ascent * unit), round(inner["hhea"].descent * unit))
    assert stated == [round(inner["hmtx"][glyph][0] * unit) for glyph in inner.getGlyphOrder()]


def _name(data: bytes) -> str:
    with pikepdf.open(BytesIO(data)) as pdf:
        return str(pdf.pages[0].Resources.Font.F1.BaseFont)


def test_parts_of_a_font_that_differ_have_names_that_differ(font: bytes) -> None:
    assert _name(stamp_page(FACE, 220, 70, font)) != _name(stamp_page(replace(FACE, name="Xyz Q"), 220, 70, font))


def test_the_same_input_gives_the_same_bytes_at_another_time(font: bytes) -> None:
    first = stamp_page(FACE, 220, 70, font)
    time.sleep(1.05)  # fonts and ids state the second in which they were made
    assert stamp_page(FACE, 220, 70, font) == first


def _altered(font: bytes, change: Any) -> bytes:
    made, opened = BytesIO(), ttLib.TTFont(BytesIO(font))
    change(opened)
    opened.save(made)
    return made.getvalue()


def test_a_collection_of_fonts_gives_its_first(font: bytes) -> None:
    made, collection = BytesIO(), ttLib.TTCollection()
    collection.fonts = [ttLib.TTFont(BytesIO(font)), ttLib.TTFont(BytesIO(font))]
    collection.save(made)
    assert size(stamp_page(FACE, 220, 70, made.getvalue())) > 4


def _no_room(font: Any) -> None:
    font["hmtx"].metrics = {glyph: (0, bearing) for glyph, (_, bearing) in font["hmtx"].metrics.items()}


def _no_letters(font: Any) -> None:
    font["cmap"].tables = [table for table in font["cmap"].tables if not table.isUnicode()]


@pytest.mark.parametrize("change", [_no_room, _no_letters])
def test_a_font_of_no_use_gives_only_a_frame(change: Any, font: bytes) -> None:
    assert size(stamp_page(FACE, 220, 70, _altered(font, change))) == 0


@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_font_never_stops_a_signature(seed: int, font: bytes) -> None:
    """Cut off, with a wrong directory, or with a hole: at worst there is only the frame."""
    chance = random.Random(seed)
    for kind in range(6):
        data = bytearray(font)
        if kind % 3 == 0:
            del data[chance.randrange(len(data)) :]
        elif kind % 3 == 1:
            for _ in range(20):
                data[chance.randrange(400)] ^= chance.randrange(1, 256)
        else:
            place = chance.randrange(len(data) - 3000)
            data[place : place + 3000] = bytes(3000)
        assert " re S" in drawn(stamp_page(FACE, 220, 70, bytes(data)))
