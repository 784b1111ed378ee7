"""Figures that say what they show: charts get back the text that LibreOffice loses, a flowchart holds its own parts.

LibreOffice 7.4 drops the alternative text of charts. A group of shapes it writes as an empty figure beside figures of
the shapes, and the words inside the shapes as paragraphs far off: read aloud, that is a heap of words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from pipeline.errors import ProofError
from pipeline.model.message import say
from pipeline.pdf.tags import tree_kids

if TYPE_CHECKING:
    import pikepdf

_DRAWING = re.compile(
    rb"<wp:extent\b([^>]*)>(?:(?!<wp:extent\b).)*?<wp:docPr\b([^>]*)>(.*?)</wp:(?:inline|anchor)>", re.S
)
_CHART = b"drawingml/2006/chart"
_EMU = 12700
"""English metric units in a point."""
_NEAR = 2.0
"""Points that the box of a figure may differ from its drawing, or stand out of its group."""

Place = tuple[float, float, float, float]


def box_of(element: Any) -> Place | None:
    """The box among the attributes of ``element``: left, bottom, right, top in points; None without one."""
    import pikepdf

    attributes = element.get("/A", ())
    for one in [attributes] if isinstance(attributes, pikepdf.Dictionary) else attributes:
        if "/BBox" in one:
            left, bottom, right, top = (float(side) for side in one.BBox)
            return left, bottom, right, top
    return None


def gather(figures: Sequence[Any]) -> None:
    """Put the shapes of a drawing and their words into the empty figure that LibreOffice wrote for their group."""
    empty = [one for one in figures if "/K" not in one and "/Alt" in one and "/Pg" in one]
    # All are looked at before the first is filled: a group that holds its shapes does not look like one any more.
    groups = [(one, shapes) for one in empty if len(shapes := _shapes_after(one)) > 1]
    many = Counter(group.Pg.objgen for group, _ in groups)
    for group, shapes in groups:
        _adopt(group, shapes, words=_words_of(group) if many[group.Pg.objgen] == 1 else ())


def _shapes_after(group: Any) -> list[Any]:
    """The figures right after ``group`` that lie within it."""
    import pikepdf

    outer = box_of(group)
    kids = tree_kids(group.P)
    at = next((index for index, kid in enumerate(kids, 1) if _is(kid, group)), len(kids))
    found = []
    for kid in kids[at:]:
        inner = box_of(kid) if isinstance(kid, pikepdf.Dictionary) and kid.get("/S") == pikepdf.Name.Figure else None
        if outer is None or inner is None or not _within(inner, outer) or kid.Pg.objgen != group.Pg.objgen:
            break
        found.append(kid)
    return found


def _within(inner: Place, outer: Place) -> bool:
    return (
        inner[0] > outer[0] - _NEAR
        and inner[1] > outer[1] - _NEAR
        and inner[2] < outer[2] + _NEAR
        and inner[3] < outer[3] + _NEAR
    )


def _words_of(group: Any) -> list[Any]:
    """The divisions with the words inside shapes, which LibreOffice puts into the paragraph of their anchor."""
    import pikepdf

    found: list[Any] = []
    for kid in tree_kids(group.P):
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Pg") is not None and kid.Pg.objgen == group.Pg.objgen:
            inner = tree_kids(kid)
            if inner and all(
                isinstance(one, pikepdf.Dictionary) and one.get("/S") == pikepdf.Name.Div for one in inner
            ):
                found += inner
    return found


def _adopt(group: Any, shapes: Sequence[Any], words: Sequence[Any]) -> None:
    import pikepdf

    # A shape that is only a text box is an empty figure of its own; its words say all that it shows.
    kept = [one for one in shapes if "/K" in one or not words]
    for parent in {one.P.objgen: one.P for one in words}.values():
        del parent["/K"]
    moved = {one.objgen for one in shapes}
    group.P.K = pikepdf.Array([kid for kid in tree_kids(group.P) if _key(kid) not in moved])
    group.K = pikepdf.Array([*kept, *words])
    for one in (*kept, *words):
        one.P = group


def describe(pdf: pikepdf.Pdf, figures: Sequence[Any], docx: Path | None) -> None:
    """Give the charts among ``figures``, which stand in the order of reading, the alternative texts of ``docx``.

    Raises ProofError for a figure that has none: a made-up text would say nothing.
    """
    import pikepdf

    lacking = [one for one in figures if not str(one.get("/Alt", one.get("/ActualText", ""))).strip()]
    if not lacking:
        return
    charts = [] if docx is None else list(_charts(docx))
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    for figure in lacking:
        text = _taken(charts, box_of(figure))
        if not text:
            raise ProofError(
                say(
                    "Gambar di halaman {number} tidak punya teks alternatif, jadi tidak dapat dibacakan bagi yang "
                    "tidak melihatnya. Di Word, klik kanan gambar itu di templat, pilih Teks Alternatif, dan tulis apa "
                    "yang ditunjukkannya.",
                    number=pages.get(figure.Pg.objgen, "?") if "/Pg" in figure else "?",
                )
            )
        figure.Alt = pikepdf.String(text)


def _charts(docx: Path) -> Iterator[tuple[float, float, str]]:
    """Width and height in points and the alternative text of the charts of a DOCX, in order."""
    try:
        with ZipFile(docx) as package:
            body = package.read("word/document.xml")
    except (BadZipFile, KeyError):
        return
    for extent, properties, rest in _DRAWING.findall(body):
        if _CHART in rest:
            wide, high = (int(_attribute(extent, name) or 0) / _EMU for name in ("cx", "cy"))
            yield wide, high, _attribute(properties, "descr").strip()


def _attribute(tag: bytes, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"'.encode(), tag)
    return unescape(found[1].decode()) if found else ""


def _taken(charts: list[tuple[float, float, str]], box: Place | None) -> str:
    """The text of the next chart, when it is as big as ``box``; it is taken off the list."""
    if not charts or box is None:
        return ""
    wide, high, text = charts.pop(0)
    return text if abs(box[2] - box[0] - wide) < _NEAR and abs(box[3] - box[1] - high) < _NEAR else ""


def _key(kid: Any) -> Any:
    return getattr(kid, "objgen", None)


def _is(kid: Any, other: Any) -> bool:
    return bool(_key(kid) == other.objgen)
