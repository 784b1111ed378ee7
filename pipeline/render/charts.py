"""Bar charts as parts of a Word document: vectors that Word can edit, with their data in a workbook inside.

Numbers print in the Indonesian way (1.234) whatever the language of the program that shows them: the points are
literals of the number format. The bars are dark and light, so that they can be told apart on a black-and-white print.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from markupsafe import Markup

from pipeline.model.form import MM
from pipeline.model.money import rupiah, thousands
from pipeline.render.parts import Part
from pipeline.resources import data_file

if TYPE_CHECKING:
    from jinja2 import Template as JinjaTemplate

TOP = 12
"""Bars that a chart has at most, beside the one that sums all others."""
ROW, PAIR = 4.9, 7.6  # mm that a label takes with one bar, and with two
_LABELS, _BARS = 0.42, 0.45  # shares of the width; what is left is for the number behind the longest bar
_LEGEND = 8.0  # mm
_EDGE = 1.5  # mm above and below the bars
_SIZE = 750  # hundredths of a point
_FILLS = (("1F3864", "1F3864"), ("D9D9D9", "595959"))
_MAIN_FIGURES = 5
_LETTER = 1.45  # mm, of a label on average

_ILLEGAL = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold."""
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_COUNT_FORMAT = '[<1000]0;[<1000000]0"."000;0"."000"."000'


@dataclass(frozen=True, slots=True)
class Unit:
    """How numbers are told: what a chart's heading adds, and the format of the labels."""

    words: str
    format: str


COUNT = Unit("", _COUNT_FORMAT)


@dataclass(frozen=True, slots=True)
class Bars:
    """What a chart shows: for each of ``labels`` one bar of each series, which is a name with its values.

    ``name`` is that of the parts in the package and unique in a document; ``money`` says that values are rupiah.
    """

    name: str
    title: str
    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[int, ...]], ...]
    money: bool = False

    @property
    def unit(self) -> Unit:
        """Counts as they are; rupiah in thousands, millions or billions, so that labels have at most six digits."""
        return _money_unit(max(self.series[0][1], default=0)) if self.money else COUNT


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as a template shows it: ``judul`` (with its unit), ``gambar`` (the run), ``keterangan`` (alt text)."""

    judul: str
    gambar: Markup
    keterangan: str
    parts: tuple[Part, ...]


def top(lines: Sequence[tuple[str, int]], *, of: str, keep: int = TOP) -> tuple[tuple[str, int], ...]:
    """The ``keep`` greatest of ``lines``, greatest first, and the sum of all others as "Lainnya (9 bidang)".

    Equal values keep their order. The sum of the result is that of ``lines``.
    """
    ranked = sorted(lines, key=lambda line: -line[1])
    rest = ranked[keep:]
    if len(rest) < 2:
        return tuple(ranked)
    return (*ranked[:keep], (f"Lainnya ({len(rest)} {of})", sum(value for _, value in rest)))


def top_pairs(lines: Sequence[tuple[str, int, int]], *, of: str, keep: int = TOP) -> tuple[tuple[str, int, int], ...]:
    """Like ``top`` for lines with two values, ranked by the greater one."""
    ranked = sorted(lines, key=lambda line: -max(line[1:]))
    rest = ranked[keep:]
    if len(rest) < 2:
        return tuple(ranked)
    sums = (sum(line[1] for line in rest), sum(line[2] for line in rest))
    return (*ranked[:keep], (f"Lainnya ({len(rest)} {of})", *sums))


def draw(bars: Bars, *, width: int, number: int, font: str = "Arial") -> Chart:
    """``bars`` as a chart ``width`` EMU wide, as high as they need. ``number`` is the id of the drawing."""
    rows = len(bars.labels)
    legend = _LEGEND if len(bars.series) > 1 else 0.0
    height = rows * (ROW if len(bars.series) == 1 else PAIR) + 2 * _EDGE + legend
    plot = {"x": _LABELS, "y": _EDGE / height, "w": _BARS, "h": (height - 2 * _EDGE - legend) / height}
    longest = int(width / MM * _LABELS / _LETTER)
    title = f"{bars.title} ({bars.unit.words})" if bars.unit.words else bars.title
    alt = _described(bars)
    return Chart(
        judul=title,
        gambar=_run(bars.name, number, width, round(height * MM), alt),
        keterangan=alt,
        parts=_parts(bars, _xml(bars, plot, font, longest)),
    )


def _money_unit(greatest: int) -> Unit:
    """Thousands below ten million, billions from a trillion on, millions between."""
    name, zeros = ("ribu", 3) if greatest < 10**7 else ("juta", 6) if greatest < 999_500 * 10**6 else ("miliar", 9)
    commas = "," * (zeros // 3)
    half, thousand = 5 * 10 ** (zeros - 1), 9_995 * 10 ** (zeros - 1)
    return Unit(f"{name} rupiah", f'[<{half}]"<1";[<{thousand}]0{commas};0"."000{commas}')


def _described(bars: Bars) -> str:
    tell = rupiah if bars.money else thousands
    parts = [
        f"{_plain(label)} " + ", ".join(_figure(name, values[at], bars, tell) for name, values in bars.series)
        for at, label in enumerate(bars.labels[:_MAIN_FIGURES])
    ]
    more = len(bars.labels) - _MAIN_FIGURES
    if more > 0:
        parts.append(f"dan {more} batang lain")
    sums = ", ".join(_figure(name, sum(values), bars, tell) for name, values in bars.series)
    return f"Grafik batang {bars.title[:1].lower()}{bars.title[1:]}: {'; '.join(parts)}. Jumlah {sums}."


def _figure(name: str, value: int, bars: Bars, tell: Any) -> str:
    return f"{name.lower()} {tell(value)}" if len(bars.series) > 1 else str(tell(value))


def shortened(label: str, longest: int) -> str:
    """``label`` on one line of the axis, cut between words; the tables have it whole."""
    plain = _plain(label)
    if len(plain) <= longest:
        return plain
    cut = plain[: longest - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,") + "…"


def _axis(labels: Sequence[str], longest: int) -> list[str]:
    """``labels`` on one line each; those that would read alike keep their ends."""
    short = [shortened(label, longest) for label in labels]
    half = (longest - 1) // 2
    return [
        text if short.count(text) == 1 else f"{_plain(label)[:half].rstrip()}…{_plain(label)[-half:].lstrip()}"
        for text, label in zip(short, labels, strict=True)
    ]


def _plain(label: str) -> str:
    return " ".join(_ILLEGAL.sub("", label).split())


def _run(name: str, number: int, width: int, height: int, alt: str) -> Markup:
    return Markup(
        '<w:r><w:drawing xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
        f'xmlns:r="{_RELATIONS}"><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{number}" name="Grafik {name}" '
        f"descr={quoteattr(alt)}/><wp:cNvGraphicFramePr/><a:graphic>"
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        f'<c:chart r:id="{_rid(name)}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def _rid(name: str) -> str:
    return f"rIdGrafik{name.capitalize()}"


def _parts(bars: Bars, xml: str) -> tuple[Part, ...]:
    relations = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONS}/package" Target="../embeddings/{bars.name}.xlsx"/></Relationships>'
    )
    return (
        Part(f"word/charts/{bars.name}.xml", xml.encode(), _CHART_TYPE, f"{_RELATIONS}/chart", _rid(bars.name)),
        Part(f"word/charts/_rels/{bars.name}.xml.rels", relations.encode()),
        Part(f"word/embeddings/{bars.name}.xlsx", _workbook(bars), _BOOK_TYPE),
    )


def _xml(bars: Bars, plot: dict[str, float], font: str, longest: int) -> str:
    series = [
        {"name": name, "numbers": values, "column": column, "fill": fill, "line": line}
        for (name, values), column, (fill, line) in zip(bars.series, "BC", _FILLS, strict=False)
    ]
    return _template().render(
        labels=_axis(bars.labels, longest),
        last=len(bars.labels) + 1,
        series=series,
        format=bars.unit.format,
        gap=35 if len(series) == 1 else 30,
        plot={name: f"{share:.4f}" for name, share in plot.items()},
        font=font,
        size=_SIZE,
    )


@cache
def _template() -> JinjaTemplate:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined)
    return environment.from_string(data_file("grafik.xml.j2").read_text(encoding="utf-8"))


def _workbook(bars: Bars) -> bytes:
    """The data as the one sheet of a workbook, for Word's "Edit data"; texts never become formulas."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": dt.datetime(2000, 1, 1)})  # noqa: DTZ001 - equal input, equal bytes
    sheet = book.add_worksheet("Data")
    sheet.set_column(0, 0, 48)
    for row, label in enumerate(bars.labels, 1):
        sheet.write_string(row, 0, _plain(label))
    for column, (name, values) in enumerate(bars.series, 1):
        sheet.write_string(0, column, name)
        for row, value in enumerate(values, 1):
            sheet.write_number(row, column, value)
    book.close()
    return buffer.getvalue()
