"""A flowchart page as SVG: the table, its texts and the drawing, where the plan has them.

The unit is the millimetre, the picture is the whole page, so every number is that of the plan (five decimals: the
nearest EMU). The file is complete in itself: no links, no scripts, no styles from elsewhere. Every line of text states
how wide it was computed, so it stays in its cell when a reader's device has another font.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.export.cells import Cells, Typesetter, label, line_of_text, mm, points, table
from pipeline.export.xml import attributes, text
from pipeline.model.form import MM, Form, TextStyle
from pipeline.model.plan import LABEL_SIZE, Line, PagePlan, Plan, Point, Rect, Symbol, SymbolKind

_STROKE = 9525
"""Width of lines and outlines, 0.75 pt as in the document."""
_HEAD_LENGTH = 21 * MM // 10
_HEAD_HALF = 10 * MM // 10
_ROUND = 3475
"""Radius of a capsule's ends in 21600ths of its width, that of Word's preset shape."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What stands on the pages beside the drawing.

    ``name`` makes ids that differ between the SOPs on one web page; ``mark`` is the word across a page that is not
    final, "" for none; ``cells`` are the printed paragraphs of every step by column key.
    """

    name: str
    heading: str
    mark: str
    form: Form
    actors: tuple[str, ...]
    cells: Sequence[Cells]
    typesetter: Typesetter


def page_svg(plan: Plan, index: int, printed: Printed, narrative: str = "") -> bytes:
    """Page ``index`` (from 0) of the flowchart as an SVG file in UTF-8; ``narrative`` tells its flow in words."""
    form, page = printed.form, plan.pages[index]
    number = f"Bagian {index + 1} dari {len(plan.pages)}"
    title = f"{printed.heading}. {number}" if len(plan.pages) > 1 else printed.heading
    name = f"{printed.name}-{index + 1}"
    family = form.columns[0].style.family
    parts = [
        _opening(form, name, family),
        f'<title id="{name}-judul">{text(title)}</title>',
        f'<desc id="{name}-uraian">{text(narrative or _rows(page))}</desc>',
        f'<rect width="{mm(form.page_width)}" height="{mm(form.page_height)}" fill="#fff"/>',
        *_mark(printed.mark, form),
        *_heading(printed, page, sum(plan.header), number if len(plan.pages) > 1 else ""),
        *table(plan, page, form, printed.actors, printed.cells, printed.typesetter),
        f'<g fill="none" stroke="#000" stroke-width="{mm(_STROKE)}">',
        *(_line(line) for line in page.lines),
        "</g>",
        f'<g fill="#fff" stroke="#000" stroke-width="{mm(_STROKE)}">',
        *(_symbol(symbol) for symbol in page.symbols),
        "</g>",
        f'<g font-size="{points(LABEL_SIZE)}">',
        *_labels(page, TextStyle(family, LABEL_SIZE), printed.typesetter),
        "</g>",
        "</svg>\n",
    ]
    return "\n".join(parts).encode()


def _opening(form: Form, name: str, family: str) -> str:
    width, height = mm(form.page_width), mm(form.page_height)
    shown = attributes(
        width=f"{width}mm",
        height=f"{height}mm",
        viewBox=f"0 0 {width} {height}",
        role="img",
    )
    named = f' aria-labelledby="{name}-judul {name}-uraian" xml:lang="id"'
    font = attributes(**{"font-family": font_family(family)})
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg"{shown}{named}{font}>'


_LIKE = {
    "arial": "Arial, 'Liberation Sans', Helvetica, sans-serif",
    "calibri": "Calibri, Carlito, sans-serif",
    "cambria": "Cambria, Caladea, serif",
    "times new roman": "'Times New Roman', 'Liberation Serif', Times, serif",
}


def font_family(family: str) -> str:
    """The font that the template names, then those of the same widths, then any."""
    plain = family.replace("'", "").replace("\\", "")
    return _LIKE.get(plain.lower(), f"'{plain}', Arial, 'Liberation Sans', sans-serif")


def _rows(page: PagePlan) -> str:
    first, last = page.rows[0] + 1, page.rows[-1] + 1
    return f"Bagan alir langkah {first}" + (f" sampai {last}" if last > first else "")


def _mark(word: str, form: Form) -> Iterator[str]:
    """The word across the page, behind everything."""
    if word:
        x, y = mm(form.page_width // 2), mm(form.page_height // 2)
        size = mm(min(form.page_width * 5 // (4 * len(word)), form.page_height // 3))
        yield (
            f'<text x="{x}" y="{y}" transform="rotate(-30 {x} {y})" font-size="{size}" fill="#e4e4e4" '
            f'text-anchor="middle" dominant-baseline="central" style="user-select:none">{text(word)}</text>'
        )


def _heading(printed: Printed, page: PagePlan, header: int, number: str) -> Iterator[str]:
    """What the page belongs to, above the table: the picture may stand alone."""
    form, sizes = printed.form, printed.typesetter
    style = TextStyle(form.columns[0].style.family, 8.0)
    y = page.area.y - header - 2 * MM
    right = form.left + form.table_width
    room = form.table_width - (sizes.width(number, style) + 4 * MM if number else 0)
    heading = sizes.fitting(printed.heading, style, room)
    yield f'<g font-size="{points(style.size)}">'
    yield line_of_text(heading, (form.left, y), sizes.width(heading, style))
    if number:
        yield line_of_text(number, (right, y), sizes.width(number, style), anchor="end")
    yield "</g>"


def _line(line: Line) -> str:
    """A line; its head is drawn by itself, for viewers that know no markers."""
    points_ = list(line.points)
    head = ""
    if line.arrow and len(points_) > 1:
        points_[-1], head = _with_head(*points_[-2:])
    path = "M" + " ".join(f"{mm(x)},{mm(y)}" for x, y in points_)
    return f'<g><title>{text(line.alt)}</title><path d="{path}"/>{head}</g>'


def _with_head(before: Point, tip: Point) -> tuple[Point, str]:
    """Where a line ends under its head, and the head with its tip at ``tip``."""
    dx, dy = _sign(tip[0] - before[0]), _sign(tip[1] - before[1])
    base = tip[0] - dx * _HEAD_LENGTH, tip[1] - dy * _HEAD_LENGTH
    one = base[0] - dy * _HEAD_HALF, base[1] + dx * _HEAD_HALF
    two = base[0] + dy * _HEAD_HALF, base[1] - dx * _HEAD_HALF
    corners = " ".join(f"{mm(x)},{mm(y)}" for x, y in (tip, one, two))
    end = tip[0] - dx * _HEAD_LENGTH // 2, tip[1] - dy * _HEAD_LENGTH // 2
    return end, f'<path d="M{corners}Z" fill="#000" stroke="none"/>'


def _sign(value: int) -> int:
    return (value > 0) - (value < 0)


def _symbol(symbol: Symbol) -> str:
    title, rect = f"<title>{text(symbol.alt)}</title>", symbol.rect
    box = attributes(x=mm(rect.x), y=mm(rect.y), width=mm(rect.width), height=mm(rect.height))
    if symbol.kind is SymbolKind.PROCESS:
        return f"<rect{box}>{title}</rect>"
    if symbol.kind is SymbolKind.TERMINATOR:
        rounded = attributes(rx=mm(rect.width * _ROUND // 21600), ry=mm(rect.height // 2))
        return f"<rect{box}{rounded}>{title}</rect>"
    corners = _diamond(rect) if symbol.kind is SymbolKind.DECISION else _pentagon(rect)
    path = " ".join(f"{mm(x)},{mm(y)}" for x, y in corners)
    return f'<path d="M{path}Z">{title}</path>'


def _diamond(rect: Rect) -> tuple[Point, ...]:
    x, y = rect.center
    return (x, rect.y), (rect.right, y), (x, rect.bottom), (rect.x, y)


def _pentagon(rect: Rect) -> tuple[Point, ...]:
    shoulder = rect.y + rect.height * 4 // 5
    x = rect.center[0]
    return (rect.x, rect.y), (rect.right, rect.y), (rect.right, shoulder), (x, rect.bottom), (rect.x, shoulder)


def _labels(page: PagePlan, style: TextStyle, typesetter: Typesetter) -> Iterator[str]:
    for symbol in page.symbols:
        if symbol.text:
            size = symbol.text_size
            name = label(symbol.text, symbol.rect, replace(style, size=size), typesetter)
            yield name if size == style.size else f'<g font-size="{points(size)}">{name}</g>'
    for item in page.labels:
        rect = item.rect
        if item.gap or page.on_column_border(item):
            outline = f' stroke="#000" stroke-width="{mm(_STROKE)}"' if item.gap else ""
            box = attributes(x=mm(rect.x), y=mm(rect.y), width=mm(rect.width), height=mm(rect.height))
            yield f'<rect{box} fill="#fff"{outline}/>'
        yield label(item.text, item.rect, style, typesetter, italic=item.gap)
