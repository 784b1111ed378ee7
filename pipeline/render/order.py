"""The order in which WordprocessingML wants the children of an element: Word calls a file damaged that has another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from lxml import etree

from pipeline.render.proof_names import W

_PPR = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
)
_RPR = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish "
    "webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang "
    "eastAsianLayout specVanish oMath rPrChange"
)
_TBLPR = (
    "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd "
    "tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange"
)
_TCPR = (
    "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark headers "
    "cellIns cellDel cellMerge tcPrChange"
)
_BORDERS = "top left start bottom right end insideH insideV tl2br tr2bl"
ORDER: Final[Mapping[str, tuple[str, ...]]] = {
    "pPr": tuple(_PPR.split()),
    "rPr": tuple(_RPR.split()),
    "tblPr": tuple(_TBLPR.split()),
    "tcPr": tuple(_TCPR.split()),
    "tblBorders": tuple(_BORDERS.split()),
    "tcBorders": tuple(_BORDERS.split()),
    "tblCellMar": ("top", "left", "start", "bottom", "right", "end"),
    "p": ("pPr",),
    "r": ("rPr",),
    "tc": ("tcPr",),
}
"""The order of children that the schema demands (ISO/IEC 29500-1, wml.xsd); what is not named stands behind."""


def local(node: Any) -> str:
    """The name of an element without its namespace; "" for a comment."""
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def place_of(parent: Any, name: str) -> int:
    """The index at which a child of that name belongs under ``parent``."""
    order = ORDER[local(parent)]
    earlier = order[: order.index(name) + 1]
    return next((place for place, each in enumerate(parent) if local(each) not in earlier), len(parent))


def put(parent: Any, node: Any) -> None:
    """Set ``node`` under ``parent`` where the schema wants it, in the place of one of its name."""
    old = parent.find(node.tag)
    if old is None:
        parent.insert(place_of(parent, local(node)), node)
    else:
        parent.replace(old, node)


def child(parent: Any, name: str) -> Any:
    """The child of that name, made where there is none."""
    found = parent.find(W + name)
    if found is None:
        found = etree.Element(W + name)
        put(parent, found)
    return found
