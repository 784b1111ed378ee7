"""Page numbers of the book on the pages of its parts, in a font that another PDF brings.

A contents that says "13" is no use on paper when no page says 13: the parts count their own pages. The number stands
at the head of the page, in the middle, as an artifact: readers aloud are not told it twice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pipeline.errors import ProofError
from pipeline.model.message import say
from pipeline.pdf.merge_parts import sorted_items

WORDS: Final = "Halaman buku"
"""Stands before the number, because the page prints its number within its own document, too."""
SAMPLE: Final = f"{WORDS} 0123456789"
"""What the PDF that brings the font has to show."""
SIZE: Final = 8.0
BASELINE: Final = 27.0
"""Points from the upper edge of the page: below what printers cannot print, above the header of the templates."""
NAME: Final = "/HalamanBuku"
_CODES: Final = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]{4})>")
_RANGES: Final = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]{4})>")


@dataclass(frozen=True, slots=True)
class Hand:
    """Codes of signs in a font, and widths by code (thousandths of the size)."""

    codes: Mapping[str, bytes]
    widths: Mapping[bytes, float]

    def write(self, number: int, box: Sequence[float]) -> bytes:
        """The content that prints the page number ``number`` at the head of a page with the media box ``box``."""
        codes = [self.codes[sign] for sign in text_of(number)]
        width = sum(self.widths.get(code, 500.0) for code in codes) * SIZE / 1000
        left, _, right, top = box
        x, y = (left + right - width) / 2, top - BASELINE
        shown = b"".join(codes).hex().upper()
        return (
            f"\nQ\n/Artifact <</Type /Pagination /Subtype /Header>> BDC\nq 0.25 g\nBT\n{NAME} {SIZE:g} Tf\n"
            f"{x:.2f} {y:.2f} Td <{shown}> Tj\nET\nQ\nEMC\n"
        ).encode()


def text_of(number: int) -> str:
    """What stands on page ``number``."""
    return f"{WORDS} {number}"


def hand_of(source: Any, name: str) -> tuple[Any, Hand]:
    """The first font of the open PDF ``source`` that can write SAMPLE. Raises ProofError, naming the file ``name``."""
    for _, font in sorted_items(source.pages[0].obj.Resources.get("/Font")):
        codes = _codes(font)
        if all(sign in codes for sign in SAMPLE):
            return font, Hand(codes, _widths(font))
    raise ProofError(
        say(
            "{name}: tidak ada huruf yang dapat mencetak nomor halaman buku. Periksa huruf gaya "
            "Tertib Halaman di templat buku-sop.docx.",
            name=name,
        )
    )


def _codes(font: Any) -> dict[str, bytes]:
    """Codes by sign, as the font's own table of Unicode values has them."""
    found: dict[str, bytes] = {}
    if "/ToUnicode" not in font:
        return found
    table = bytes(font.ToUnicode.read_bytes())
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, sign in _CODES.findall(block):
            found.setdefault(chr(int(sign, 16)), bytes.fromhex(code.decode()))
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for low, high, sign in _RANGES.findall(block):
            size = len(low) // 2
            for step in range(int(high, 16) - int(low, 16) + 1):
                found.setdefault(chr(int(sign, 16) + step), (int(low, 16) + step).to_bytes(size, "big"))
    return found


def _widths(font: Any) -> dict[bytes, float]:
    """Widths of a simple font; none for another, whose signs then count as half as wide as they are high."""
    if "/Widths" not in font:
        return {}
    first = int(font.FirstChar)
    return {bytes([first + at]): float(width) for at, width in enumerate(font.Widths) if first + at < 256}
