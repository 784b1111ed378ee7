"""A page of the flowchart as native Word shapes: one anchored DrawingML group of preset shapes and connectors.

What was measured of LibreOffice 7.4 is answered here: a group is stretched unless its extent is the union of its
children, so an invisible first child is exactly as big as the group; every shape has its own alt text (PDF/UA); never
a drawing canvas. Lines are connectors bound to the symbols they join, as far as the format allows
(docs/decisions/09-bound-connectors.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from html import escape

from markupsafe import Markup

from pipeline.model.plan import LABEL_SIZE, Label, Line, PagePlan, Point, Rect, Symbol, SymbolKind
from pipeline.render.connectors import Connector, connector, simplified

IDS = 100_000
"""Ids that each page has for its shapes; a page of paper cannot show as many."""
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
_PRESET = {
    SymbolKind.TERMINATOR: "flowChartTerminator",
    SymbolKind.PROCESS: "flowChartProcess",
    SymbolKind.DECISION: "flowChartDecision",
    SymbolKind.CONNECTOR: "flowChartOffpageConnector",
}
# What shapes have in common, written once: a page is drawn in a fraction of a millisecond.
_PAPER = '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
_PEN = f'<a:ln w="{_LINE}"><a:solidFill><a:srgbClr val="000000"/></a:solidFill><a:miter lim="800000"/>'
_OUTLINE = _PEN + "</a:ln></wps:spPr>"
_NO_OUTLINE = "<a:ln><a:noFill/></a:ln></wps:spPr>"
_NO_TEXT = '<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/></wps:wsp>'
_FREE_BOX = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/>' + _NO_OUTLINE
_PAPER_BOX = f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{_PAPER}{_NO_OUTLINE}'
_BREAK, _BROKEN = "\n", '</w:t><w:br/><w:t xml:space="preserve">'
_GAP_BOX = f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{_PAPER}{_OUTLINE}'
_SYMBOL = {kind: f'<a:prstGeom prst="{p}"><a:avLst/></a:prstGeom>{_PAPER}{_OUTLINE}' for kind, p in _PRESET.items()}
_LINE_END = {
    True: f'<a:noFill/>{_PEN}<a:tailEnd type="triangle" w="med" len="med"/></a:ln></wps:spPr>{_NO_TEXT}',
    False: f"<a:noFill/>{_OUTLINE}{_NO_TEXT}",
}


def page_drawing(page: PagePlan, number: int, family: str, narrative: str = "") -> Markup:
    """The run (``w:r``) that carries the drawing of page ``number`` (from 1); "" for a page without symbols.

    ``narrative`` tells the flow of the page to readers who cannot see it; without one the alt text names its steps.
    Raises ValueError for more shapes than a page has ids.
    """
    count = len(page.lines) + len(page.symbols) + len(page.labels)
    if not count:
        return Markup("")
    if count + 2 > IDS:
        raise ValueError(f"{count} shapes on one page")
    base = number * IDS
    area, name = page.area, f"Bagan alir bagian {number}"
    told = narrative or f"{name}: {_summary(page)}"
    extent = f'cx="{area.width}" cy="{area.height}"'
    return Markup(
        f'<w:r><mc:AlternateContent {_NAMESPACES}><mc:Choice Requires="wpg"><w:drawing>'
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" '
        f'relativeHeight="{251658240 + number}" behindDoc="0" locked="0" layoutInCell="0" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{area.x}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{area.y}</wp:posOffset></wp:positionV>'
        f'<wp:extent {extent}/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="{base}" name="{name}" descr="{escape(told)}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{_GROUP_URI}"><wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext {extent}/><a:chOff x="0" y="0"/><a:chExt {extent}/></a:xfrm>'
        f"</wpg:grpSpPr>{''.join(_shapes(page, base + 1, family, told))}</wpg:wgp></a:graphicData></a:graphic>"
        "</wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    )


def _summary(page: PagePlan) -> str:
    first, last = page.rows[0] + 1, page.rows[-1] + 1
    return f"langkah {first}" if first == last else f"langkah {first} sampai {last}"


def _shapes(page: PagePlan, first: int, family: str, told: str) -> Iterator[str]:
    """All shapes, from behind: the frame with the id ``first``, lines, symbols, labels.

    The frame has the alt text of the drawing too: LibreOffice writes those of shapes to a PDF, but not the group's.
    """
    area = page.area
    symbols = first + 1 + len(page.lines)
    labels = symbols + len(page.symbols)
    yield f"{_open(first, 'Bingkai bagan', told, area, area)}{_FREE_BOX}{_NO_TEXT}"
    for number, line in enumerate(page.lines, first + 1):
        yield _line(number, line, page, symbols)
    for number, symbol in enumerate(page.symbols, symbols):
        yield _symbol(number, symbol, area, family)
    for number, label in enumerate(page.labels, labels):
        yield _label(number, label, page, family)


def _open(number: int, name: str, alt: str, rect: Rect, area: Rect) -> str:
    """The beginning of a shape, up to where its geometry stands."""
    return (
        f'<wps:wsp><wps:cNvPr id="{number}" name="{escape(name)}" descr="{escape(alt)}"/><wps:cNvSpPr/><wps:spPr>'
        f'<a:xfrm><a:off x="{rect.x - area.x}" y="{rect.y - area.y}"/>'
        f'<a:ext cx="{rect.width}" cy="{rect.height}"/></a:xfrm>'
    )


def _symbol(number: int, symbol: Symbol, area: Rect, family: str) -> str:
    # "Langkah 3: belah ketupat, Kepala Bagian" is told apart by what stands before the actor.
    name = symbol.alt if symbol.row is None else symbol.alt.partition(",")[0]
    text = _text(symbol.text, family, size=symbol.text_size) if symbol.text else _NO_TEXT
    return f"{_open(number, name, symbol.alt, symbol.rect, area)}{_SYMBOL[symbol.kind]}{text}"


def _label(number: int, label: Label, page: PagePlan, family: str) -> str:
    name = "Isian yang kurang" if label.gap else f"Nama jalan keluar {_inside(label.alt)}"
    rect = label.rect
    box = _GAP_BOX if label.gap else _PAPER_BOX if page.on_column_border(label) else _FREE_BOX
    return f"{_open(number, name, label.alt, rect, page.area)}{box}{_text(label.text, family, italic=label.gap)}"


def _inside(alt: str) -> str:
    """``alt`` as it goes on within a sentence; names of steps keep their capital."""
    return alt[:1].lower() + alt[1:] if alt.startswith(("Dari", "Sambungan")) else alt


def _text(text: str, family: str, *, italic: bool = False, size: float = LABEL_SIZE) -> str:
    before, after = _around(family, italic, round(2 * size))  # half points
    return f"{before}{escape(text).replace(_BREAK, _BROKEN)}{after}"


@lru_cache(maxsize=32)
def _around(family: str, italic: bool, size: int) -> tuple[str, str]:
    font = escape(family)
    return (
        "<wps:txbx><w:txbxContent><w:p><w:pPr>"
        '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/><w:jc w:val="center"/></w:pPr>'
        f'<w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:cs="{font}"/>{"<w:i/>" if italic else ""}'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr><w:t xml:space="preserve">',
        "</w:t></w:r></w:p></w:txbxContent></wps:txbx>"
        '<wps:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"><a:noAutofit/></wps:bodyPr>'
        "</wps:wsp>",
    )


def _line(number: int, line: Line, page: PagePlan, symbols: int) -> str:
    """A line as a bound connector: a preset, or a freeform where none gives its way; ids from ``symbols``."""
    name = f"{'Anak panah' if line.arrow else 'Garis penghubung'} {_inside(line.alt)}"
    head = f'<wps:wsp><wps:cNvPr id="{number}" name="{escape(name)}" descr="{escape(line.alt)}"/>'
    points = simplified(line.points)
    shape = connector(points)
    drawn = _freeform(points, page.area) if shape is None else _preset(shape, page.area)
    ends = _bound("stCxn", line.source, points[0], page, symbols) + _bound(
        "endCxn", line.target, points[-1], page, symbols
    )
    bound = f"<wps:cNvCnPr>{ends}</wps:cNvCnPr>" if ends else "<wps:cNvCnPr/>"
    return f"{head}{bound}<wps:spPr>{drawn}{_LINE_END[line.arrow]}"


def _bound(tag: str, index: int, point: Point, page: PagePlan, symbols: int) -> str:
    """Binds an end to the symbol ``index`` where it stands at one of its connection sites; elsewhere none can be."""
    site = connection_site(page.symbols[index].rect, point)
    return "" if site is None else f'<a:{tag} id="{symbols + index}" idx="{site}"/>'


def connection_site(rect: Rect, point: Point) -> int | None:
    """Which site of a flowchart shape ``point`` is: 0 top, 1 left, 2 bottom, 3 right, each the middle of its side.

    All four presets have these sites in this order (ISO/IEC 29500-1, presetShapeDefinitions).
    """
    x, y = point
    if abs(2 * x - rect.x - rect.right) <= 2:
        return 0 if y == rect.y else 2 if y == rect.bottom else None
    if abs(2 * y - rect.y - rect.bottom) <= 2:
        return 1 if x == rect.x else 3 if x == rect.right else None
    return None


def _preset(shape: Connector, area: Rect) -> str:
    turned = f' rot="{shape.turn}"' if shape.turn else ""
    flipped = (' flipH="1"' if shape.flip_h else "") + (' flipV="1"' if shape.flip_v else "")
    bends = "".join(f'<a:gd name="adj{i}" fmla="val {bend}"/>' for i, bend in enumerate(shape.bends, 1))
    return (
        f'<a:xfrm{turned}{flipped}><a:off x="{shape.x - area.x}" y="{shape.y - area.y}"/>'
        f'<a:ext cx="{shape.width}" cy="{shape.height}"/></a:xfrm>'
        f'<a:prstGeom prst="{shape.preset}"><a:avLst>{bends}</a:avLst></a:prstGeom>'
    )


def _freeform(points: tuple[Point, ...], area: Rect) -> str:
    """A poly-line whose box is the exact union of its points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, top = min(xs), min(ys)
    width, height = max(xs) - left, max(ys) - top
    pen = "moveTo"
    steps = ""
    for x, y in points:
        steps += f'<a:{pen}><a:pt x="{x - left}" y="{y - top}"/></a:{pen}>'
        pen = "lnTo"
    return (
        f'<a:xfrm><a:off x="{left - area.x}" y="{top - area.y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
        f'<a:path w="{width}" h="{height}" fill="none">{steps}</a:path></a:pathLst></a:custGeom>'
    )
