"""Where a shape of the DOCX is drawn, by the formulas of the standard: what Word makes of the XML.

The definitions are those of presetShapeDefinitions (ISO/IEC 29500-1, annex D) in its own notation. Nothing here knows
how the product computes them.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
Point = tuple[Fraction, Fraction]

GUIDES = {
    "straightConnector1": "",
    "bentConnector2": "",
    "bentConnector3": "x1 */ w adj1 100000",
    "bentConnector4": "x1 */ w adj1 100000; x2 +/ x1 r 2; y2 */ h adj2 100000; y1 +/ t y2 2",
    "bentConnector5": "x1 */ w adj1 100000; x3 */ w adj3 100000; x2 +/ x1 x3 2; "
    "y2 */ h adj2 100000; y1 +/ t y2 2; y3 +/ b y2 2",
}
PATHS = {
    "straightConnector1": "l t, r b",
    "bentConnector2": "l t, r t, r b",
    "bentConnector3": "l t, x1 t, x1 b, r b",
    "bentConnector4": "l t, x1 t, x1 y2, r y2, r b",
    "bentConnector5": "l t, x1 t, x1 y2, x3 y2, x3 b, r b",
}
QUARTER = 5_400_000


def preset_path(preset: str, width: int, height: int, bends: dict[str, int]) -> list[Point]:
    """The path of a connector preset in its own box."""
    names = {"l": 0, "t": 0, "r": width, "b": height, "w": width, "h": height, **bends}
    values = {name: Fraction(value) for name, value in names.items()}
    for guide in filter(None, GUIDES[preset].split("; ")):
        name, operation, *arguments = guide.split()
        one, two, three = (values[a] if a in values else Fraction(a) for a in arguments)
        values[name] = one * two / three if operation == "*/" else (one + two) / three
    corners = (corner.split() for corner in PATHS[preset].split(", "))
    return [(values[x], values[y]) for x, y in corners]


def drawn_path(shape: Any) -> list[Point]:
    """The points of a line (``wps:wsp``) in its group: path, then flips, then rotation about the middle of the box."""
    transform = shape.find(f"{WPS}spPr/{A}xfrm")
    width, height = (int(transform.find(A + "ext").get(name)) for name in ("cx", "cy"))
    left, top = (int(transform.find(A + "off").get(name)) for name in ("x", "y"))
    preset = shape.find(f"{WPS}spPr/{A}prstGeom")
    if preset is None:
        path = [(Fraction(p.get("x")), Fraction(p.get("y"))) for p in shape.iter(A + "pt")]
    else:
        bends = {g.get("name"): int(g.get("fmla").removeprefix("val ")) for g in preset.iter(A + "gd")}
        path = preset_path(preset.get("prst"), width, height, bends)
    turns = int(transform.get("rot", "0")) // QUARTER
    flips = (-1 if transform.get("flipH") == "1" else 1, -1 if transform.get("flipV") == "1" else 1)
    middle = (Fraction(width, 2), Fraction(height, 2))
    points = []
    for x, y in path:
        u, v = (x - middle[0]) * flips[0], (y - middle[1]) * flips[1]
        for _ in range(turns):
            u, v = -v, u
        points.append((left + middle[0] + u, top + middle[1] + v))
    return points


def is_line(shape: Any) -> bool:
    """Is it a connector or a freeform, not a symbol or a text?"""
    return shape.find(WPS + "cNvCnPr") is not None or shape.find(f"{WPS}spPr/{A}custGeom") is not None
