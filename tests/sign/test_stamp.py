"""What a signature looks like: text that can be read back, in its frame, the same every time."""

from __future__ import annotations

import datetime as dt
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from pipeline.sign.stamp import Face, stamp_page, told_time
from pipeline.sign.typeface import find_typeface

MOMENT = dt.datetime(2026, 6, 1, 10, 5, tzinfo=dt.timezone(dt.timedelta(hours=7)))
FACE = Face("Pejabat Contoh Satu, S.H., M.Si.", "Sekretaris DPRD", MOMENT)


@pytest.fixture(scope="module")
def font() -> bytes:
    found = find_typeface()
    if found is None:
        pytest.skip("no TrueType font is installed here: what signatures print is not tested")
    return found


def _text(data: bytes) -> list[str]:
    page = pypdfium2.PdfDocument(data)[0]
    return page.get_textpage().get_text_bounded().splitlines()


def test_lines_can_be_read_back(font: bytes) -> None:
    assert _text(stamp_page(FACE, 220, 70, font)) == [
        "Ditandatangani secara elektronik oleh",
        "Pejabat Contoh Satu, S.H., M.Si.",
        "Sekretaris DPRD",
        "1 Juni 2026 pukul 10.05 WIB",
    ]


def test_same_input_same_bytes(font: bytes) -> None:
    assert stamp_page(FACE, 220, 70, font) == stamp_page(FACE, 220, 70, font)


@pytest.mark.parametrize(("width", "height"), [(220, 70), (120, 60), (90, 40), (300, 30)])
def test_text_stays_inside(width: int, height: int, font: bytes) -> None:
    page = pypdfium2.PdfDocument(stamp_page(FACE, width, height, font))[0]
    text = page.get_textpage()
    assert text.count_chars() > 50
    boxes = [text.get_charbox(at) for at in range(text.count_chars())]
    assert min(box[0] for box in boxes) >= 0
    assert max(box[2] for box in boxes) <= width
    assert min(box[1] for box in boxes) >= 0
    assert max(box[3] for box in boxes) <= height


def test_text_that_cannot_be_read_is_left_out(font: bytes) -> None:
    assert _text(stamp_page(FACE, 40, 10, font)) == []


@pytest.mark.parametrize("font", [None, b"", b"no font at all", b"OTTO" + bytes(100)])
def test_only_a_frame_without_a_font_of_use(font: bytes | None) -> None:
    made = stamp_page(FACE, 220, 70, font)
    assert _text(made) == []
    with pikepdf.open(BytesIO(made)) as pdf:
        assert b" re S" in pdf.pages[0].Contents.read_bytes()


def test_sign_that_the_font_lacks(font: bytes) -> None:
    assert _text(stamp_page(Face("\U0001f600", "", MOMENT), 220, 70, font)) == []


@pytest.mark.parametrize(
    ("hours", "zone"), [(7, "WIB"), (8, "WITA"), (9, "WIT"), (0, "UTC"), (-5, "UTC-0500"), (5.5, "UTC+0530")]
)
def test_zones(hours: float, zone: str) -> None:
    moment = dt.datetime(2026, 1, 9, 8, 0, tzinfo=dt.timezone(dt.timedelta(hours=hours)))
    assert told_time(moment) == f"9 Januari 2026 pukul 08.00 {zone}"
