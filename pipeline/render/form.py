"""Reads the form of the flowchart page out of a Word template, so that code repeats no measure of it.

The step table is the one whose title (in Word: Table Properties, Alt Text, Title) is "Langkah". Its columns are
known by the tags in the row that repeats: ``{{ b.kegiatan }}`` marks the column *kegiatan*, ``{%tc for ... %}`` the
group of actor columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from lxml import etree

from pipeline.errors import TemplateError
from pipeline.model.form import ACTORS, MM, TWIP, Column, Form, HeadCell, Identity, IdentityRow, Part, TextStyle
from pipeline.model.message import Message, say
from pipeline.model.particulars import RESERVED_MM
from pipeline.render.limits import LimitsError, limited
from pipeline.render.template import Template

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TABLE_TITLE = "Langkah"
IDENTITY_TITLE = "Identitas"
_TAG = re.compile(r"\bb\.(\w+)")
_COUNTED = re.compile(r"\d+|{{\s*(?:loop\.index|jumlah_pelaksana)\b[^}]*}}")
_NEEDED = ("no", "kegiatan", ACTORS, "kelengkapan", "waktu", "output", "keterangan")


def read_form(template: Template) -> Form:
    """Measure the flowchart page of ``template``.

    Raises TemplateError when it has no step table, when the table lacks a column that the form must have, or when it
    states limits for widths that cannot be followed.
    """
    parts = dict(template.parts)
    root = etree.fromstring(parts["word/document.xml"])
    styles = _Styles(etree.fromstring(parts["word/styles.xml"]))
    table = next(step_tables(root), None)
    if table is None:
        raise _broken(template, say("tabel berjudul “{title}” tidak ada", title=TABLE_TITLE))
    rows = list(table.iter(W + "tr"))
    body = next((row for row in rows if "b.no" in _text(row)), None)
    if body is None:
        raise _broken(template, say("baris langkah dengan {{ b.no }} tidak ada"))
    widths = [int(node.get(W + "w")) * TWIP for node in table.find(W + "tblGrid")]
    columns = tuple(_columns(body, widths, styles))
    missing = [key for key in _NEEDED if key not in {column.key for column in columns}]
    if missing:
        raise _broken(
            template,
            say("kolom {missing} tidak ada pada baris langkah", missing=missing[0]),
        )
    header = tuple(_header_row(row, columns, styles) for row in rows[: rows.index(body)] if not _is_control(row))
    form = _form(_section(root, table), table, columns, header)
    try:
        return replace(form, columns=limited(columns, header, description_of(table), form.table_width))
    except LimitsError as error:
        raise _wrong_limits(template, error) from error


def read_identity(template: Template) -> Identity | None:
    """Measure the identity page of ``template``; None when it has no table titled "Identitas"."""
    parts = dict(template.parts)
    root = etree.fromstring(parts["word/document.xml"])
    styles = _Styles(etree.fromstring(parts["word/styles.xml"]))
    table = next(titled_tables(root, IDENTITY_TITLE), None)
    if table is None:
        return None
    widths = [int(node.get(W + "w")) * TWIP for node in table.find(W + "tblGrid")]
    rows = tuple(_identity_row(row, widths, styles) for row in table.findall(W + "tr"))
    page = _form(_section(root, table), table, (), ())
    room = page.page_height - page.top - page.bottom
    return Identity(rows, room, page.cell_left + page.cell_right, page.cell_top + page.cell_bottom)


def _identity_row(row: Any, widths: list[int], styles: _Styles) -> IdentityRow:
    height = row.find(f"{W}trPr/{W}trHeight")
    cells: list[tuple[int, tuple[Part, ...]]] = []
    position = 0
    for cell in row.findall(W + "tc"):
        width = sum(widths[position : position + _span(cell)])
        position += _span(cell)
        if cell.find(f"{W}tcPr/{W}vMerge") is None:  # the letterhead reaches over rows that are higher than it
            cells.append((width, tuple(_parts(cell, styles))))
    return IdentityRow(0 if height is None else int(height.get(W + "val")) * TWIP, tuple(cells))


def _parts(cell: Any, styles: _Styles) -> Iterator[Part]:
    looped = ""
    for paragraph in cell.findall(W + "p"):
        text = _text(paragraph)
        if loop := re.search(r"{%\s*p\s+for\s+\w+\s+in\s+([\w.]+)", text):
            looped = loop.group(1)
        elif re.search(r"{%\s*p\s+endfor", text):
            looped = ""
        elif not re.search(r"{%\s*p\s", text):
            value = re.search(r"{{\s*(?:r\s+)?([\w.]+)", text)
            key = looped or (value.group(1) if value else "")
            style, exact = styles.of_paragraph(paragraph), styles.exact_line(paragraph)
            yield Part(key, text, style, exact, listed="." not in looped and bool(looped))


def step_tables(root: Any) -> Iterator[Any]:
    """The tables titled "Langkah" in document order."""
    return titled_tables(root, TABLE_TITLE)


def titled_tables(root: Any, title: str) -> Iterator[Any]:
    """The tables with that title in document order."""
    for table in root.iter(W + "tbl"):
        caption = table.find(f"{W}tblPr/{W}tblCaption")
        if caption is not None and caption.get(W + "val") == title:
            yield table


def description_of(table: Any) -> str:
    """The description of a table's alternative text, "" without one."""
    node = table.find(f"{W}tblPr/{W}tblDescription")
    return "" if node is None else str(node.get(W + "val"))


def _wrong_limits(template: Template, error: LimitsError) -> TemplateError:
    return TemplateError(
        say(
            "{name}: batas lebar kolom pada tabel “{title}”: {error}. Perbaiki di Word pada "
            "Properti Tabel, Teks Alternatif, Deskripsi, menurut docs/templates.md.",
            name=template.path.name,
            title=TABLE_TITLE,
            error=error.why,
        )
    )


def _broken(template: Template, why: Message) -> TemplateError:
    return TemplateError(
        say(
            "{name}: {why}. Ambil kembali templat bawaan atau perbaiki menurut docs/templates.md.",
            name=template.path.name,
            why=why,
        )
    )


def _text(node: Any) -> str:
    return "".join(part.text or "" for part in node.iter(W + "t"))


def _is_control(row: Any) -> bool:
    return "{%tr" in _text(row)


def _span(cell: Any) -> int:
    node = cell.find(f"{W}tcPr/{W}gridSpan")
    return 1 if node is None else int(node.get(W + "val"))


def _columns(body: Any, widths: list[int], styles: _Styles) -> Iterator[Column]:
    position = 0
    group: int | None = None
    for cell in body.findall(W + "tc"):
        text, width = _text(cell), sum(widths[position : position + _span(cell)])
        position += _span(cell)
        if re.search(r"{%\s*tc\s+for", text):
            group = width
        elif group is not None:
            group += width
            if re.search(r"{%\s*tc\s+endfor", text):
                yield Column(ACTORS, group, styles.of_cell(cell), middle=_is_middle(cell))
                group = None
        elif found := _TAG.search(text):
            yield Column(found.group(1), width, styles.of_cell(cell), middle=_is_middle(cell))


def _header_row(row: Any, columns: tuple[Column, ...], styles: _Styles) -> tuple[HeadCell, ...]:
    """The cells of a header row with the columns each lies over (actor tags make one cell per actor)."""
    keys = _grid_keys(columns)
    cells: list[HeadCell] = []
    position = 0
    for cell in row.findall(W + "tc"):
        covered = tuple(dict.fromkeys(keys[position : position + _span(cell)]))
        position += _span(cell)
        text = _text(cell)
        if re.search(r"{%\s*tc\s", text):
            continue
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        starts = merge is not None and merge.get(W + "val") == "restart"
        continues = merge is not None and not starts
        actor = ACTORS in covered and bool(re.search(r"{{\s*nama\b", text))
        plain = re.sub(r"{[{%].*?[%}]}", "", text).strip()
        numbered = not actor and bool(_COUNTED.fullmatch(text.strip()))
        cells.append(
            HeadCell("" if continues else plain, covered, styles.of_cell(cell), actor, starts, numbered, _fill(cell))
        )
    return tuple(cells)


def _is_middle(cell: Any) -> bool:
    node = cell.find(f"{W}tcPr/{W}vAlign")
    return node is not None and node.get(W + "val") == "center"


def _fill(cell: Any) -> str:
    node = cell.find(f"{W}tcPr/{W}shd")
    value = "" if node is None else str(node.get(W + "fill") or "")
    return value if re.fullmatch("[0-9A-Fa-f]{6}", value) else ""


def _grid_keys(columns: tuple[Column, ...]) -> list[str]:
    """Key of each grid column of the template: the actor group has three there (for, cell, endfor)."""
    return [key for column in columns for key in ([column.key] * (3 if column.key == ACTORS else 1))]


def _section(root: Any, table: Any) -> Any:
    """The section properties that hold for ``table``: the next ones after it."""
    body = root.find(W + "body")
    nodes = list(body)
    for node in nodes[nodes.index(table) :]:
        section = node if node.tag == W + "sectPr" else node.find(f"{W}pPr/{W}sectPr")
        if section is not None:
            return section
    return body.find(W + "sectPr")


def _form(section: Any, table: Any, columns: tuple[Column, ...], header: tuple[tuple[HeadCell, ...], ...]) -> Form:
    size, margin = section.find(W + "pgSz"), section.find(W + "pgMar")

    def length(node: Any, name: str) -> int:
        return int(node.get(W + name)) * TWIP

    def cell_margin(*names: str) -> int:
        for name in names:
            node = table.find(f"{W}tblPr/{W}tblCellMar/{W}{name}")
            if node is not None:
                return int(node.get(W + "w")) * TWIP
        return 108 * TWIP if "left" in names or "right" in names else 0

    return Form(
        page_width=length(size, "w"),
        page_height=length(size, "h"),
        left=length(margin, "left"),
        right=length(margin, "right"),
        top=length(margin, "top"),
        # Where a template leaves less, pages end higher: an electronic signature needs the foot of the page.
        bottom=max(length(margin, "bottom"), RESERVED_MM * MM),
        columns=columns,
        header=header,
        cell_left=cell_margin("left", "start"),
        cell_right=cell_margin("right", "end"),
        cell_top=cell_margin("top"),
        cell_bottom=cell_margin("bottom"),
    )


class _Styles:
    """Paragraph styles of the template with what they inherit."""

    def __init__(self, root: Any) -> None:
        self._styles = {node.get(W + "styleId"): node for node in root.iter(W + "style")}
        self._defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        normal = [k for k, node in self._styles.items() if node.get(W + "default") == "1"]
        self._normal = next((k for k in normal if self._styles[k].get(W + "type") == "paragraph"), None)

    def of_cell(self, cell: Any) -> TextStyle:
        """The style of the paragraph in ``cell`` that carries its value (the last one that is no block tag)."""
        paragraphs = [p for p in cell.findall(W + "p") if not re.search(r"{%\s*p\s", _text(p))]
        return self.of_paragraph(paragraphs[-1] if paragraphs else cell.find(W + "p"))

    def exact_line(self, paragraph: Any) -> int | None:
        """The line height that the paragraph's style states exactly (EMU), None where it follows the font."""
        chain = list(self._chain(paragraph.find(f"{W}pPr/{W}pStyle")))
        props = [paragraph.find(W + "pPr"), *(node.find(W + "pPr") for node in chain)]
        if _first(props, "spacing", "lineRule") != "exact":
            return None
        return _length(_first(props, "spacing", "line"))

    def of_paragraph(self, paragraph: Any) -> TextStyle:
        """The style of ``paragraph``, its own looks and its first run's included."""
        chain = list(self._chain(paragraph.find(f"{W}pPr/{W}pStyle")))
        run = paragraph.find(f"{W}r/{W}rPr")
        looks = [run, *(node.find(W + "rPr") for node in chain), self._defaults]
        props = [paragraph.find(W + "pPr"), *(node.find(W + "pPr") for node in chain)]
        fonts = _first(looks, "rFonts", "ascii")
        size = _first(looks, "sz", "val")
        return TextStyle(
            family=fonts or "Arial",
            size=int(size) / 2 if size else 10.0,
            bold=_is_bold(looks),
            indent=sum(_length(_first(props, "ind", name)) for name in ("left", "right")),
            spacing=sum(_length(_first(props, "spacing", name)) for name in ("before", "after")),
            centred=_first(props, "jc", "val") == "center",
        )

    def _chain(self, reference: Any) -> Iterator[Any]:
        name = self._normal if reference is None else reference.get(W + "val")
        seen: set[str] = set()
        while name and name in self._styles and name not in seen:
            seen.add(name)
            node = self._styles[name]
            yield node
            based = node.find(W + "basedOn")
            name = None if based is None else based.get(W + "val")


def _first(nodes: list[Any], tag: str, attribute: str) -> str | None:
    for node in nodes:
        found = None if node is None else node.find(W + tag)
        value = None if found is None else found.get(W + attribute)
        if value is not None:
            return str(value)
    return None


def _is_bold(nodes: list[Any]) -> bool:
    for node in nodes:
        found = None if node is None else node.find(W + "b")
        if found is not None:
            return found.get(W + "val") not in ("0", "false")
    return False


def _length(value: str | None) -> int:
    return 0 if value is None else int(value) * TWIP
