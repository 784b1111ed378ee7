"""Widths of text from font metrics, so that every row height is known before a document is opened.

Metrics of the fonts an office's template usually names ship with the program (``data/font-metrics.json``, advance
widths per 1000 units), taken from the metric-compatible free fonts: Liberation Sans has the widths of Arial, Carlito
those of Calibri, Caladea those of Cambria, Liberation Serif those of Times New Roman. So the layout is the same on
every machine, whether or not the fonts are installed there. Any other font is read from where it is installed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.resources import data_file

PT = 12700
"""EMU per point."""


@dataclass(frozen=True, slots=True)
class Metrics:
    """Advance widths by character and the line height, in thousandths of the font size."""

    widths: Mapping[str, int]
    default: int
    line: int


@dataclass(frozen=True, slots=True)
class Font:
    """A font as a template names it. ``size`` in points. ``known`` is False when its widths are only estimated."""

    family: str
    size: float
    bold: bool = False

    @property
    def metrics(self) -> Metrics:
        """The metrics of the family, or of Arial when the family is nowhere to be found."""
        return find_metrics(self.family, bold=self.bold) or _fallback(bold=self.bold)

    @property
    def known(self) -> bool:
        """Are the widths those of this very font?"""
        return find_metrics(self.family, bold=self.bold) is not None

    def units(self, text: str) -> list[int]:
        """Advance width of each character of ``text``, in thousandths of the size."""
        metrics = self.metrics
        widths, default = metrics.widths, metrics.default
        return [widths.get(sign, default) for sign in text]

    def emu(self, units: int) -> int:
        """A length in thousandths of the size as EMU."""
        return int(units * self.size * PT / 1000)

    def width(self, text: str) -> int:
        """Width of ``text`` on one line, in EMU."""
        return self.emu(sum(self.units(text)))

    @property
    def line_height(self) -> int:
        """Height of a line at single spacing, in EMU, rounded up."""
        return -int(-self.metrics.line * self.size * PT // 1000)


@cache
def _shipped() -> dict[str, Metrics]:
    raw = json.loads(data_file("font-metrics.json").read_text("utf-8"))
    return {
        name: Metrics(dict(zip(raw["signs"], entry["widths"], strict=True)), entry["default"], entry["line"])
        for name, entry in raw["fonts"].items()
    }


_ALIASES = {
    "liberation sans": "arial",
    "helvetica": "arial",
    "carlito": "calibri",
    "caladea": "cambria",
    "liberation serif": "times new roman",
    "times": "times new roman",
}


@cache
def find_metrics(family: str, *, bold: bool) -> Metrics | None:
    """Metrics of ``family`` from the shipped table or from an installed file; None when there is neither."""
    name = family.strip().lower()
    name = _ALIASES.get(name, name)
    shipped = _shipped().get(f"{name} bold" if bold else name)
    return shipped or _installed(family, bold=bold)


@cache
def _fallback(*, bold: bool) -> Metrics:
    return _shipped()["arial bold" if bold else "arial"]


def _installed(family: str, *, bold: bool) -> Metrics | None:
    wanted = family.lower().replace(" ", "")
    for path in _font_files():
        if path.stem.lower().replace("-", "").replace(" ", "").startswith(wanted[:6]):
            found = read_metrics(path, family, bold=bold)
            if found is not None:
                return found
    return None


@cache
def _font_files() -> tuple[Path, ...]:
    home = Path.home()
    folders = {
        "win32": [Path("C:/Windows/Fonts"), home / "AppData/Local/Microsoft/Windows/Fonts"],
        "darwin": [Path("/Library/Fonts"), Path("/System/Library/Fonts"), home / "Library/Fonts"],
    }.get(sys.platform, [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts"])
    found = (path for folder in folders if folder.is_dir() for path in folder.rglob("*"))
    return tuple(sorted(path for path in found if path.suffix.lower() in {".ttf", ".otf"}))


def read_metrics(path: Path, family: str, *, bold: bool, signs: str | None = None) -> Metrics | None:
    """Metrics of the font file ``path`` when it is ``family`` in the wanted weight, else None."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        font = TTFont(path, lazy=True)
        names = font["name"]
        is_bold = bool(font["OS/2"].fsSelection & 0x20) or "demi" in path.stem.lower()
        italic = bool(font["OS/2"].fsSelection & 0x01)
        if str(names.getBestFamilyName()).lower() != family.lower() or is_bold != bold or italic:
            return None
        units = font["head"].unitsPerEm
        table, advances = font.getBestCmap(), font["hmtx"]
        chosen = signs if signs is not None else "".join(chr(code) for code in table if code < 0x2200)
        widths = {s: round(advances[table[ord(s)]][0] * 1000 / units) for s in chosen if ord(s) in table}
        head, os2 = font["hhea"], font["OS/2"]
        # Word processors differ in which of the two they take; the taller one never clips.
        height = max(head.ascent - head.descent + head.lineGap, os2.usWinAscent + os2.usWinDescent)
        line = -(-height * 1000 // units)
    except (TTLibError, OSError, KeyError):
        return None
    return Metrics(widths, widths.get("n", 556), line)
