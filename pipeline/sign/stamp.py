"""What a signature looks like on paper: who signed, as what, and when, in a thin frame, with its font embedded.

PDF/A wants every font embedded with right widths. pyHanko's own stamps fail there (Courier is not embedded, widths of
fonts with 2,048 units are not scaled), so the stamp is a small PDF page made here, which pyHanko imports.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from pipeline.model.dates import long_date, zone_name

_INK: Final = "0.15 g"
_LARGEST: Final = 9.0
_SMALLEST: Final = 4.0
_LEADING: Final = 1.25
_MARGIN: Final = 4.0
_HEAD: Final = "Ditandatangani secara elektronik oleh"
"""Printed in documents, so Indonesian only."""


@dataclass(frozen=True, slots=True)
class Face:
    """What is printed in a stamp. ``moment`` is aware, in the zone in which it is told."""

    name: str
    position: str
    moment: dt.datetime

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines from top to bottom."""
        return tuple(filter(None, (_HEAD, self.name, self.position, told_time(self.moment))))


def told_time(moment: dt.datetime) -> str:
    """A moment as it is printed: ``1 Juni 2026 pukul 10.00 WIB``."""
    return f"{long_date(moment.date())} pukul {moment:%H.%M} {zone_name(moment)}"


def stamp_page(face: Face, width: float, height: float, font: bytes | None) -> bytes:
    """A PDF of one page of ``width`` x ``height`` points: ``face`` in a frame, or only the frame without ``font``.

    ``font`` is a TrueType font file; what of it is needed is embedded. The same input gives the same bytes.
    """
    import pikepdf

    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(width, height))
    drawn = [f"q {_INK} 0.15 G 0.5 w 0.25 0.25 {width - 0.5:.2f} {height - 0.5:.2f} re S Q"]
    letters = _Letters.of(font, face.lines) if font else None
    size = _size(face.lines, letters, width, height) if letters else 0.0
    if letters and size:
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=letters.embedded(pdf)))
        drawn += _text(face.lines, letters, size, width, height)
    page.obj.Contents = pdf.make_stream("\n".join(drawn).encode("ascii"))
    made = BytesIO()
    pdf.save(made, deterministic_id=True)
    return made.getvalue()


def _size(lines: Sequence[str], letters: _Letters, width: float, height: float) -> float:
    """The largest size at which all lines fit, 0 when none does."""
    widest = max(letters.width(line) for line in lines)
    if widest <= 0:  # a font whose letters take no room prints them all in one place
        return 0.0
    across = (width - 2 * _MARGIN) * 1000 / widest
    down = (height - 2 * _MARGIN) / (_LEADING * len(lines))
    size = min(_LARGEST, across, down)
    return round(size - 0.05, 1) if size >= _SMALLEST else 0.0


def _text(lines: Sequence[str], letters: _Letters, size: float, width: float, height: float) -> list[str]:
    """The lines in the middle of the box, under each other."""
    step = size * _LEADING
    first = (height + step * len(lines)) / 2 - size
    drawn = [f"BT {_INK} /F1 {size:.1f} Tf"]
    for number, line in enumerate(lines):
        left = (width - letters.width(line) * size / 1000) / 2
        drawn.append(f"1 0 0 1 {left:.2f} {first - number * step:.2f} Tm <{letters.codes(line)}> Tj")
    return [*drawn, "ET"]


_DAMAGE = (struct.error, OSError, ValueError, LookupError, TypeError, AttributeError, AssertionError)
"""What reading a damaged font raises: fontTools believes the lengths and places that a font states."""


@dataclass(frozen=True, slots=True)
class _Letters:
    """A TrueType font with only the signs that are printed (fontTools's), its file, and glyph numbers by sign."""

    font: Any
    data: bytes
    glyphs: dict[str, int]

    @classmethod
    def of(cls, data: bytes, lines: Sequence[str]) -> _Letters | None:
        """The part of a font that ``lines`` need; None when it is no TrueType font or lacks one of their signs."""
        from fontTools import subset, ttLib

        signs = sorted(set("".join(lines)))
        made = BytesIO()
        try:
            font = ttLib.TTFont(BytesIO(data), fontNumber=0, recalcTimestamp=False)
            known = font.getBestCmap() or {}
            if "glyf" not in font or any(ord(sign) not in known for sign in signs):
                return None
            options = subset.Options(hinting=False, layout_features=[], notdef_outline=True)
            options.drop_tables += ["GSUB", "GPOS", "GDEF", "kern", "DSIG", "FFTM", "name"]
            cutter = subset.Subsetter(options)
            cutter.populate(unicodes=[ord(sign) for sign in signs])
            cutter.subset(font)
            font.save(made, reorderTables=False)
            cmap = font.getBestCmap()
            return cls(font, made.getvalue(), {sign: font.getGlyphID(cmap[ord(sign)]) for sign in signs})
        except (ttLib.TTLibError, *_DAMAGE):
            return None

    def codes(self, line: str) -> str:
        """``line`` in the codes of the embedded font, hexadecimal."""
        return "".join(f"{self.glyphs[sign]:04X}" for sign in line)

    def width(self, line: str) -> float:
        """Width of ``line`` in thousandths of the size."""
        return sum(self._advance(self.glyphs[sign]) for sign in line)

    def _scaled(self, value: float) -> int:
        scaled: int = round(value * 1000 / self.font["head"].unitsPerEm)
        return scaled

    def _advance(self, glyph: int) -> int:
        return self._scaled(self.font["hmtx"][self.font.getGlyphName(glyph)][0])

    def embedded(self, pdf: Any) -> Any:
        """The font as a PDF object."""
        from pikepdf import Array, Dictionary, Name, String

        tag = "".join(chr(65 + byte % 26) for byte in hashlib.sha256(self.data).digest()[:6])
        name = Name(f"/{tag}+TandaTangan")
        file = pdf.make_stream(self.data, Length1=len(self.data))
        count = self.font["maxp"].numGlyphs
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=name,
            CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
            CIDToGIDMap=Name.Identity,
            W=Array([0, Array([self._advance(glyph) for glyph in range(count)])]),
            FontDescriptor=pdf.make_indirect(self._descriptor(name, file)),
        )
        return pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type0,
                BaseFont=name,
                Encoding=Name("/Identity-H"),
                DescendantFonts=Array([pdf.make_indirect(descendant)]),
                ToUnicode=pdf.make_stream(self._unicode_map()),
            )
        )

    def _descriptor(self, name: Any, file: Any) -> Any:
        from pikepdf import Array, Dictionary, Name

        head, hhea = self.font["head"], self.font["hhea"]
        corners = (head.xMin, head.yMin, head.xMax, head.yMax)
        return Dictionary(
            Type=Name.FontDescriptor,
            FontName=name,
            Flags=4,
            FontBBox=Array([self._scaled(corner) for corner in corners]),
            ItalicAngle=0,
            Ascent=self._scaled(hhea.ascent),
            Descent=self._scaled(hhea.descent),
            CapHeight=self._scaled(hhea.ascent),
            StemV=80,
            FontFile2=file,
        )

    def _unicode_map(self) -> bytes:
        pairs = "\n".join(
            f"<{glyph:04X}> <{sign.encode('utf-16-be').hex().upper()}>"
            for sign, glyph in sorted(self.glyphs.items(), key=lambda pair: pair[1])
        )
        return (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
            "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
            "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
            f"{len(self.glyphs)} beginbfchar\n{pairs}\nendbfchar\n"
            "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
        ).encode("ascii")
