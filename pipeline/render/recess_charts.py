"""The charts of the plenary: which there are, and how wide they may be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.model.form import MM, TWIP
from pipeline.model.recap import Comparison, Dimension, Recap, TotalTable
from pipeline.model.recess import RecessInput
from pipeline.render.charts import Bars, draw, top, top_pairs
from pipeline.render.paper import size_of
from pipeline.render.parts import Part
from pipeline.render.template import Template

_FIRST_ID = 301
"""Ids of drawings; the logo has lower ones."""
_GAP = 4 * MM
_SIZE = re.compile(rb'<w:pgSz w:w="(\d+)" w:h="(\d+)"')
_EDGES = re.compile(rb'<w:pgMar [^>]*w:right="(\d+)"[^>]* w:left="(\d+)"')
_FONT = re.compile(rb'<w:docDefaults>.*?<w:rFonts [^>]*w:ascii="([^"]+)"', re.DOTALL)
_OF = {Dimension.FIELD: "bidang", Dimension.AGENCY: "perangkat daerah", Dimension.DISTRICT: "dapil"}


@dataclass(frozen=True, slots=True)
class Charts:
    """The charts of a document as its template asks for them, and their parts."""

    context: Mapping[str, object]
    parts: tuple[Part, ...] = ()

    @property
    def shown(self) -> bool:
        """Is there a chart beside that of the comparison?"""
        return bool(self.context["baris"])


_NAMES = ("bidang", "anggaran", "opd", "dapil", "banding")
NO_CHARTS = Charts({"baris": [], **dict.fromkeys(_NAMES)})


def charts_of(template: Template, item: RecessInput, recap: Recap) -> Charts:
    """The charts that say something: those with two bars or more, side by side two on the width of a page."""
    if "grafik" not in template.body:
        return NO_CHARTS
    width = (_text_width(template, item.office.office.paper) - _GAP) // 2
    font = _font(template)
    shown = [bars for bars in _bars(recap) if len(bars.labels) > 1]
    drawn = {
        bars.name: draw(bars, width=width, number=number, font=font) for number, bars in enumerate(shown, _FIRST_ID)
    }
    grid = [chart for name, chart in drawn.items() if name != "banding"]
    context: dict[str, object] = {name: drawn.get(name) for name in _NAMES}
    context["baris"] = [grid[at : at + 2] for at in range(0, len(grid), 2)]
    return Charts(context, tuple(part for chart in drawn.values() for part in chart.parts))


def _bars(recap: Recap) -> list[Bars]:
    tables = recap.tables
    found = [
        _counted("bidang", "Usulan menurut bidang", tables[Dimension.FIELD]),
        _priced(tables[Dimension.FIELD]),
        _counted("opd", "Usulan menurut perangkat daerah", tables[Dimension.AGENCY]),
        _counted("dapil", "Usulan menurut daerah pemilihan", tables[Dimension.DISTRICT], ranked=False),
    ]
    return [*found, _compared(recap.comparison)] if recap.comparison else found


def _counted(name: str, title: str, table: TotalTable, *, ranked: bool = True) -> Bars:
    lines = tuple((line.label, line.tally.needs) for line in table.lines if line.tally.needs)
    if ranked or len(lines) > 13:
        lines = top(lines, of=_OF[table.dimension])
    return Bars(name, title, tuple(label for label, _ in lines), (("Usulan", tuple(value for _, value in lines)),))


def _priced(table: TotalTable) -> Bars:
    stated = [(line.label, line.tally.recorded_amount) for line in table.lines]
    lines = top([(label, amount) for label, amount in stated if amount], of=_OF[table.dimension])
    series = (("Rupiah", tuple(value for _, value in lines)),)
    return Bars("anggaran", "Perkiraan anggaran menurut bidang", tuple(label for label, _ in lines), series, money=True)


def _compared(found: Comparison) -> Bars:
    lines = top_pairs([(field.label, field.now, field.before) for field in found.fields], of="bidang", keep=8)
    series = (
        ("Reses ini", tuple(now for _, now, _ in lines)),
        ("Reses sebelumnya", tuple(before for _, _, before in lines)),
    )
    return Bars("banding", "Usulan menurut bidang", tuple(label for label, _, _ in lines), series)


def _text_width(template: Template, paper: str) -> int:
    """Between the margins of the template's first section, on ``paper``, in EMU."""
    document = dict(template.parts)["word/document.xml"]
    size, edges = _SIZE.search(document), _EDGES.search(document)
    if size is None or edges is None:
        return 170 * MM
    width, height = int(size[1]) * TWIP, int(size[2]) * TWIP
    sides = size_of(paper)
    if sides is not None:
        width = sides[0] if width < height else sides[1]
    return width - sum(int(edge) for edge in edges.groups()) * TWIP


def _font(template: Template) -> str:
    found = _FONT.search(dict(template.parts).get("word/styles.xml", b""))
    return found[1].decode() if found else "Arial"
