"""Measures text with the same font metrics as the layout, for those who draw it elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.layout.cells import font_of
from pipeline.layout.lines import wrap
from pipeline.model.form import TextStyle


class Metrics:
    """The typesetter of ``pipeline.export``; lengths in EMU."""

    def lines(self, value: str, style: TextStyle, width: int) -> Sequence[str]:
        """``value`` broken into lines of at most ``width``."""
        return wrap(value, font_of(style), width)

    def width(self, value: str, style: TextStyle) -> int:
        """Width of ``value`` on one line."""
        return font_of(style).width(value)

    def line_height(self, style: TextStyle) -> int:
        """Height of a line."""
        return font_of(style).line_height

    def fitting(self, value: str, style: TextStyle, width: int) -> str:
        """``value``, cut with a mark where it is wider than ``width``."""
        if self.width(value, style) <= width:
            return value
        count = len(value)
        while count and self.width(value[:count] + " …", style) > width:
            count -= 1
        return value[:count].rstrip() + " …"
