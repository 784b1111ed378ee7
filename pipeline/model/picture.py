"""Pictures for print: what their bytes say about their size, and how large the logo is printed."""

from __future__ import annotations

import struct

from pipeline.model.form import MM

LOGO_HEIGHT = 20 * MM
LOGO_WIDTH = 40 * MM
"""The room for the logo in the letterhead, in EMU: it is printed as large as fits."""
COVER_HEIGHT = 34 * MM
COVER_WIDTH = 60 * MM
"""The room for the logo on the cover of a report."""

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
_EMU_PER_INCH = 914400


def measured(data: bytes) -> tuple[str, tuple[int, int]] | None:
    """(file name extension, (width, height) in pixels) of a PNG or JPEG; None for anything else."""
    if data.startswith(PNG) and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return ("png", (width, height)) if width and height else None
    if data.startswith(JPEG):
        size = _jpeg_size(data)
        return ("jpeg", size) if size and all(size) else None
    return None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Width and height from the first start-of-frame segment (ISO/IEC 10918-1, B.2.2)."""
    position = 2
    while position + 9 < len(data) and data[position] == 0xFF:
        marker = data[position + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[position + 5 : position + 9])
            return width, height
        position += 2 + struct.unpack(">H", data[position + 2 : position + 4])[0]
    return None


def fitted(pixels: tuple[int, int], width_max: int = LOGO_WIDTH, height: int = LOGO_HEIGHT) -> tuple[int, int]:
    """Width and height in EMU at which a logo is printed: ``height`` high, and at most ``width_max`` wide."""
    width = height * pixels[0] // max(1, pixels[1])
    if width <= width_max:
        return width, height
    return width_max, width_max * pixels[1] // pixels[0]


def dots_per_inch(pixels: tuple[int, int]) -> int:
    """Resolution of a logo at its printed size."""
    return pixels[1] * _EMU_PER_INCH // max(1, fitted(pixels)[1])
