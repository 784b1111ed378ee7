"""The measures of a plan put into the document of an SOP: widths, exact heights, and sizes of what must be smaller.

The template says in its source, by signs that no value can hold, where they stand; a filled body is cut at the signs
and put together again. So the form of an SOP needs no tree, and the template still rules where its rows and cells are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from lxml import etree

from pipeline.errors import TemplateError
from pipeline.model.form import TWIP, HeadCell
from pipeline.model.message import say
from pipeline.model.plan import PagePlan, Plan
from pipeline.render.compiled import Fitting
from pipeline.render.form import IDENTITY_TITLE, TABLE_TITLE, W, step_tables, titled_tables
from pipeline.render.limits import without_limits
from pipeline.render.order import place_of, put
from pipeline.render.paper import refit

_ROW, _CELL, _NAME, _ITEM, _OR, _GRID, _TOTAL, _LIST = "\x01\x02\x03\x04\x05\x06\x07\x10"
_HEIGHT, _WIDTH, _NAMED, _LISTED, _COLUMNS, _SUM = (
    f"tertib-{word}" for word in ("tinggi", "lebar", "nama", "butir", "kolom", "jumlah")
)
_SIGNS: Final = (
    (f'"{_HEIGHT}"', f'"{_ROW}"'),
    (f'"{_LISTED}"', f'"{_LIST}"'),
    (f'<w:gridCol w:w="{_COLUMNS}"/>', _GRID),
    (f'"{_SUM}"', f'"{_TOTAL}"'),
    ("<?tertib butir?>", _ITEM),
    ("<?tertib atau?>", _OR),
)
_PROPERTIES: Final = re.compile(r"<w:tcPr>.*?</w:tcPr>", re.DOTALL)
_SPAN: Final = re.compile(r'<w:gridSpan w:val="([^"]*)"/>')
_TAGGED: Final = re.compile(r"{%\s*tc\s")
_ACTOR: Final = re.compile(f'"{_NAMED} (\\d+ \\d+)"')
_NO_INDENT: Final = ("left", "firstLine")

Header = Sequence[Sequence[HeadCell]]


@dataclass(slots=True)
class Measures:
    """What stands in the signs of one document. ``header`` is that of the step table where the actors' names are set
    smaller than in the template, ``list_size`` (points) that of the identity page's lists where they are."""

    plan: Plan
    header: Header = ()
    list_size: float | None = None
    _known: dict[tuple[bytes, ...], list[bytes]] = field(default_factory=dict)

    def fitting(self, paper: str) -> Fitting:
        """The same as what is done to the body of a template on ``paper`` ("" as the template has it)."""
        lists = self.list_size is not None
        key = f"langkah {paper} {bool(self.header):d}{lists:d}"
        return Fitting(key, partial(_prepare, paper=paper, header=self.header, lists=lists), _marked, self.put)

    def put(self, data: bytes) -> bytes:
        """``data`` of a filled body with its measures. Raises TemplateError when it has other rows than the plan."""
        data = b"".join(self._tables(data)).replace(
            _TOTAL.encode(), _number(sum(width // TWIP for width in self.plan.widths))
        )
        if self.list_size is not None:
            data = data.replace(_LIST.encode(), _half_points(self.list_size))
        if self.header:
            pieces = data.split(_NAME.encode())
            pieces[1::2] = [self._name_size(*map(int, place.split())) for place in pieces[1::2]]
            data = b"".join(pieces)
        return _indented(data)

    def _tables(self, data: bytes) -> Iterator[bytes]:
        before, *tables = data.split(_GRID.encode())
        if len(tables) != len(self.plan.pages):
            raise _other_form(len(tables), len(self.plan.pages))
        yield before
        grid = b"".join(b'<w:gridCol w:w="%d"/>' % (width // TWIP) for width in self.plan.widths)
        for table, page in zip(tables, self.plan.pages, strict=True):
            yield grid
            yield from self._rows(table, page)

    def _rows(self, table: bytes, page: PagePlan) -> Iterator[bytes]:
        before, *rows = table.split(_ROW.encode())
        heights = (*self.plan.header, *page.heights)
        if len(rows) != len(heights):
            raise _other_form(len(rows), len(heights))
        yield before
        sign = _CELL.encode()
        for height, row in zip(heights, rows, strict=True):
            yield _number(height // TWIP)
            pieces = row.split(sign)
            spans = tuple(pieces[1::2])
            if spans not in self._known:
                self._known[spans] = list(_spanned(self.plan.widths, spans))
            pieces[1::2] = self._known[spans]
            yield from pieces

    def _name_size(self, row: int, place: int) -> bytes:
        return _half_points(self.header[row][place].style.size)


def _spanned(widths: Sequence[int], spans: Sequence[bytes]) -> Iterator[bytes]:
    """The width of each cell of a row, by the columns that it spans."""
    at = 0
    for span in map(int, spans):
        yield _number(sum(width // TWIP for width in widths[at : at + span]))
        at += span


def _number(value: int) -> bytes:
    return b"%d" % value


def _half_points(points: float) -> bytes:
    return _number(round(2 * points))


def _indented(data: bytes) -> bytes:
    """An item that stands alone has no number, so it loses the hanging indent of numbered items."""
    before, *items = data.split(_ITEM.encode())
    done = [before]
    between = _OR.encode()
    for item in items:
        numbered, alone, rest = item.split(between, 2)
        tabbed = rest.find(b"<w:tab/>", 0, rest.find(b"</w:p>")) >= 0
        done += (numbered if tabbed else alone, rest)
    return b"".join(done)


def _prepare(root: Any, paper: str, header: Header, lists: bool) -> None:
    """Put the signs into the parsed body of a template, as what XML can hold."""
    refit(root, paper)
    for table in step_tables(root):
        _fit_table(table)
        _mark_names(table, header)
    _mark_items(root)
    for table in titled_tables(root, IDENTITY_TITLE) if lists else ():
        for paragraph in filter(_is_item, table.iter(W + "p")):
            for run in paragraph.iter(W + "r"):
                _set_size(run, _LISTED)


def _marked(source: str) -> str:
    """``source`` with the signs themselves; the width of a cell goes by the columns that it spans."""
    for written, sign in _SIGNS:
        source = source.replace(written, sign)
    source = _ACTOR.sub(rf'"{_NAME}\1{_NAME}"', source)
    return _PROPERTIES.sub(_spanning, source)


def _spanning(properties: re.Match[str]) -> str:
    span = _SPAN.search(properties[0])
    return properties[0].replace(f'"{_WIDTH}"', f'"{_CELL}{span[1] if span else 1}{_CELL}"')


def _fit_table(table: Any) -> None:
    description = table.find(f"{W}tblPr/{W}tblDescription")
    if description is not None:
        description.set(W + "val", without_limits(description.get(W + "val")))
    grid = table.find(W + "tblGrid")
    grid[:] = [grid.makeelement(W + "gridCol", {W + "w": _COLUMNS})]
    width = table.find(f"{W}tblPr/{W}tblW")
    if width is not None:
        width.set(W + "w", _SUM)
    for row in table.findall(W + "tr"):
        _exact_height(row)
        for cell in row.findall(W + "tc"):
            _cell_width(cell).set(W + "w", _WIDTH)


def _cell_width(cell: Any) -> Any:
    """The element for the width of ``cell``, the first of its properties; other programs than Word may leave it out."""
    properties = cell.find(W + "tcPr")
    if properties is None:
        properties = cell.makeelement(W + "tcPr")
        cell.insert(0, properties)
    width = properties.find(W + "tcW")
    if width is None:
        width = properties.makeelement(W + "tcW", {W + "type": "dxa"})
        properties.insert(0, width)
    return width


def _exact_height(row: Any) -> None:
    properties = row.find(W + "trPr")
    if properties is None:
        properties = row.makeelement(W + "trPr")
        row.insert(0, properties)
    for node in properties.findall(W + "trHeight"):
        properties.remove(node)
    node = properties.makeelement(W + "trHeight", {W + "val": _HEIGHT, W + "hRule": "exact"})
    properties.insert(0 if properties.find(W + "cantSplit") is None else 1, node)


def _mark_names(table: Any, header: Header) -> None:
    """Mark the actors' names in the header; the cells of tags come and go, and are no cells of the header."""
    rows = (row for row in table.findall(W + "tr") if "{%tr" not in _text(row))
    for number, (row, heads) in enumerate(zip(rows, header, strict=False)):
        cells = (cell for cell in row.findall(W + "tc") if not _TAGGED.search(_text(cell)))
        for place, (cell, head) in enumerate(zip(cells, heads, strict=False)):
            for run in cell.iter(W + "r") if head.actor else ():
                _set_size(run, f"{_NAMED} {number} {place}")


def _mark_items(root: Any) -> None:
    """Give every item that is not numbered by the template itself both indents, to choose from."""
    for paragraph in filter(_is_item, root.iter(W + "p")):
        if paragraph.find(f".//{W}tab") is not None:
            continue
        properties = paragraph.find(W + "pPr")
        indent = properties.find(W + "ind")
        alone = properties.makeelement(W + "ind", {} if indent is None else dict(indent.attrib))
        for name in _NO_INDENT:
            alone.set(W + name, "0")
        first, between, last = (etree.ProcessingInstruction("tertib", word) for word in ("butir", "atau", "atau"))
        place = place_of(properties, "ind") if indent is None else properties.index(indent)
        numbered = [] if indent is None else [indent]
        properties[place : place + len(numbered)] = [first, *numbered, between, alone, last]


def _is_item(paragraph: Any) -> bool:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return style is not None and style.get(W + "val").endswith("Butir")


def _set_size(run: Any, half_points: str) -> None:
    properties = run.find(W + "rPr")
    if properties is None:
        properties = run.makeelement(W + "rPr")
        run.insert(0, properties)
    for name in ("sz", "szCs"):
        node = properties.find(W + name)
        if node is None:
            node = properties.makeelement(W + name)
            put(properties, node)
        node.set(W + "val", half_points)


def _text(node: Any) -> str:
    return "".join(part.text or "" for part in node.iter(W + "t"))


def _other_form(found: int, planned: int) -> TemplateError:
    return TemplateError(
        say(
            "Tabel “{title}” pada templat terisi {found} baris atau halaman, padahal yang dihitung {planned}. "
            "Tabel itu hanya boleh memuat baris kepala dan baris langkah. Perbaiki di Word, atau ambil kembali "
            "templat bawaan.",
            title=TABLE_TITLE,
            found=found,
            planned=planned,
        )
    )
