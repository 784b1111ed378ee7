"""A page of the flowchart as native Word shapes: one anchored DrawingML group of preset shapes and lines.

What was measured of LibreOffice 7.4 is answered here: a group is stretched unless its extent is the union of its
children, so an invisible first child is exactly as big as the group; every shape has its own alt text (PDF/UA); never
a drawing canvas. Ids are unique over the document: page times 1000 plus the shape's number.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from markupsafe import Markup, escape

from pipeline.model.plan import Label, Line, PagePlan, Rect, Symbol, SymbolKind

_PRESET = {
    SymbolKind.TERMINATOR: "flowChartTerminator",
    SymbolKind.PROCESS: "flowChartProcess",
    SymbolKind.DECISION: "flowChartDecision",
    SymbolKind.CONNECTOR: "flowChartOffpageConnector",
}
_NAMESPACES = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
_GROUP_URI = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
_LINE = 9525
"""Line width, 0.75 pt."""
_INK = '<a:solidFill><a:srgbClr val="000000"/></a:solidFill>'
_PAPER = '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
_NO_TEXT = '<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/>'
_LABEL_SIZE = 14
"""Half points."""


def page_drawing(page: PagePlan, number: int, family: str) -> Markup:
    """The run (``w:r``) that carries the drawing of page ``number`` (from 1); "" for a page without symbols."""
    base = number * 1000
    shapes = list(_shapes(page, base, family))
    if not shapes:
        return Markup("")
    area, name = page.area, f"Bagan alir bagian {number}"
    frame = _shape(
        base + 1, "Bingkai bagan", "Bingkai bagan alir", area, area, _rect("rect", "<a:noFill/>"), line=False
    )
    extent = f'cx="{area.width}" cy="{area.height}"'
    return Markup(
        f'<w:r><mc:AlternateContent {_NAMESPACES}><mc:Choice Requires="wpg"><w:drawing>'
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" '
        f'relativeHeight="{251658240 + number}" behindDoc="0" locked="0" layoutInCell="0" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{area.x}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{area.y}</wp:posOffset></wp:positionV>'
        f'<wp:extent {extent}/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="{base}" name={quoteattr(name)} descr={quoteattr(name + ": " + _summary(page))}/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{_GROUP_URI}"><wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext {extent}/><a:chOff x="0" y="0"/><a:chExt {extent}/></a:xfrm>'
        f"</wpg:grpSpPr>{frame}{''.join(shapes)}</wpg:wgp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
        "</mc:Choice></mc:AlternateContent></w:r>"
    )


def _summary(page: PagePlan) -> str:
    first, last = page.rows[0] + 1, page.rows[-1] + 1
    return f"langkah {first}" if first == last else f"langkah {first} sampai {last}"


def _shapes(page: PagePlan, base: int, family: str) -> Iterator[str]:
    number = base + 2
    for line in page.lines:
        yield _line(number, line, page.area)
        number += 1
    for symbol in page.symbols:
        yield _symbol(number, symbol, page.area, family)
        number += 1
    for label in page.labels:
        yield _label(number, label, page.area, family)
        number += 1


def _shape(
    number: int, name: str, alt: str, rect: Rect, area: Rect, geometry: str, *, line: bool, text: str = ""
) -> str:
    outline = f'<a:ln w="{_LINE}">{_INK}<a:miter lim="800000"/></a:ln>' if line else "<a:ln><a:noFill/></a:ln>"
    return (
        f'<wps:wsp><wps:cNvPr id="{number}" name={quoteattr(name)} descr={quoteattr(alt)}/><wps:cNvSpPr/><wps:spPr>'
        f'<a:xfrm><a:off x="{rect.x - area.x}" y="{rect.y - area.y}"/>'
        f'<a:ext cx="{rect.width}" cy="{rect.height}"/></a:xfrm>{geometry}{outline}</wps:spPr>'
        f"{text or _NO_TEXT}</wps:wsp>"
    )


def _rect(preset: str, fill: str) -> str:
    return f'<a:prstGeom prst="{preset}"><a:avLst/></a:prstGeom>{fill}'


def _symbol(number: int, symbol: Symbol, area: Rect, family: str) -> str:
    geometry = _rect(_PRESET[symbol.kind], _PAPER)
    text = _text(symbol.text, family) if symbol.text else ""
    return _shape(number, symbol.kind.value.capitalize(), symbol.alt, symbol.rect, area, geometry, line=True, text=text)


def _label(number: int, label: Label, area: Rect, family: str) -> str:
    name = "Isian yang kurang" if label.gap else "Nama jalan keluar"
    fill = _PAPER if label.gap else "<a:noFill/>"
    text = _text(label.text, family, italic=label.gap)
    return _shape(number, name, label.alt, label.rect, area, _rect("rect", fill), line=label.gap, text=text)


def _text(text: str, family: str, *, italic: bool = False) -> str:
    look = (
        f"<w:rPr><w:rFonts w:ascii={quoteattr(family)} w:hAnsi={quoteattr(family)} w:cs={quoteattr(family)}/>"
        f'{"<w:i/>" if italic else ""}<w:sz w:val="{_LABEL_SIZE}"/><w:szCs w:val="{_LABEL_SIZE}"/></w:rPr>'
    )
    return (
        "<wps:txbx><w:txbxContent><w:p><w:pPr>"
        '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/><w:jc w:val="center"/></w:pPr>'
        f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p></w:txbxContent></wps:txbx>'
        '<wps:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"><a:noAutofit/></wps:bodyPr>'
    )


def _line(number: int, line: Line, area: Rect) -> str:
    """A poly-line as a freeform whose box is the exact union of its points, with an arrow head at its end."""
    xs, ys = [x for x, _ in line.points], [y for _, y in line.points]
    rect = Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
    names = ["moveTo", *["lnTo"] * (len(line.points) - 1)]
    steps = "".join(
        f'<a:{name}><a:pt x="{x - rect.x}" y="{y - rect.y}"/></a:{name}>'
        for name, (x, y) in zip(names, line.points, strict=True)
    )
    head = '<a:tailEnd type="triangle" w="med" len="med"/>' if line.arrow else ""
    geometry = (
        '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
        f'<a:path w="{rect.width}" h="{rect.height}" fill="none">{steps}</a:path></a:pathLst></a:custGeom><a:noFill/>'
    )
    name = "Anak panah" if line.arrow else "Garis penghubung"
    return (
        f'<wps:wsp><wps:cNvPr id="{number}" name="{name}" descr={quoteattr(line.alt)}/><wps:cNvSpPr/><wps:spPr>'
        f'<a:xfrm><a:off x="{rect.x - area.x}" y="{rect.y - area.y}"/>'
        f'<a:ext cx="{rect.width}" cy="{rect.height}"/></a:xfrm>{geometry}'
        f'<a:ln w="{_LINE}">{_INK}<a:miter lim="800000"/>{head}</a:ln></wps:spPr>{_NO_TEXT}</wps:wsp>'
    )
