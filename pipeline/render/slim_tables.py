"""States directly what tables have from a table style, and takes the style off them.

LibreOffice works out a table style cell by cell, in every document: half of the time of a page with tables. Stated
directly the same borders cost next to nothing. A style says things of the whole table and of its first and last rows
and columns; the latter can be stated only where the tags of the template leave it certain which rows those are. A
table of which that does not hold keeps its style, and is told.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from pipeline.model.message import Message, say
from pipeline.render.order import ORDER, child, local, put
from pipeline.render.proof_names import STYLES, W
from pipeline.render.slim_looks import LeaveError, Looks, Texts, canonical, merged, of_table, same, text_of
from pipeline.render.slim_package import Package

_LOOK: Final = {
    "firstRow": 0x0020,
    "lastRow": 0x0040,
    "firstColumn": 0x0080,
    "lastColumn": 0x0100,
    "noHBand": 0x0200,
    "noVBand": 0x0400,
}
_TRUE: Final = frozenset({"1", "true", "on"})
_OPENS: Final = frozenset({"for", "if"})
_EDGES: Final = ("top", "bottom", "left", "right")
_INSIDE: Final = {"top": "insideH", "bottom": "insideH", "left": "insideV", "right": "insideV"}
_PLAIN: Final = frozenset({"tblPr", "tblGrid", "tr", "bookmarkStart", "bookmarkEnd"})
_BANDS: Final = say("garis selang-seling, yang bergantung pada banyaknya baris")
_CORNERS: Final = say("format sudut tabel")
_MEETING: Final = say("dua format bersyarat yang bertemu di satu sel")
_LOOPED: Final = say("baris atau kolom tepi yang berulang")


def without_table_styles(package: Package, *, simple: bool = False) -> tuple[list[Message], list[Message]]:
    """Restate the tables of ``package``: what was done, and which tables kept their style and why.

    With ``simple``, only those whose style says nothing of single cells.
    """
    done, kept, count = list[Message](), list[Message](), 0
    if STYLES not in package:
        return done, kept
    styles = _TableStyles(package.root(STYLES), simple=simple)
    for part in package.stories:
        root = package.root(part)
        for table in reversed([each for each in root.iter(W + "tbl") if style_of(each)]):  # inner tables first
            changed = copy.deepcopy(table)
            changed.tail = table.tail
            holder = table.getparent()
            place = holder.index(table)
            holder[place] = changed  # beside its own cells, so that ancestors are those of the page
            try:
                styles.restate(changed)
            except LeaveError as reason:
                holder[place] = table
                kept.append(say("tabel {name} tetap bergaya tabel: {why}", name=name_of(table), why=reason.why))
            else:
                package.touch(part)
                count += 1
    if count:
        done.append(say("{n} tabel bergaris langsung, bukan lewat gaya tabel", n=count))
    return done, kept


def style_of(table: Any) -> str:
    """The table style that a table names, "" for none."""
    node = table.find(f"{W}tblPr/{W}tblStyle")
    return "" if node is None else str(node.get(W + "val", ""))


def name_of(table: Any) -> str:
    """What people know a table by: its title, or how it begins."""
    title = table.find(f"{W}tblPr/{W}tblCaption")
    words = " ".join((text_of(table) if title is None else title.get(W + "val", "")).split())
    return f"“{words[:40]}”"


@dataclass(slots=True)
class _Style:
    """A table style with what it is based on: of the whole table, and of parts of it by their kinds."""

    table: Looks
    cell: Looks
    paragraph: Looks
    run: Looks
    row: Looks
    parts: dict[str, _Style] = field(default_factory=dict)

    @classmethod
    def of(cls, nodes: Sequence[Any]) -> _Style:
        looks = (merged([node.find(W + name) for node in nodes]) for name in ("tblPr", "tcPr", "pPr", "rPr", "trPr"))
        return cls(*looks)

    def __bool__(self) -> bool:
        return bool(self.table or self.cell or self.paragraph or self.run or self.row)


class _TableStyles:
    def __init__(self, styles: Any, *, simple: bool) -> None:
        self._texts = Texts(styles)
        self._simple = simple
        self._nodes = {
            node.get(W + "styleId", ""): node for node in styles.iter(W + "style") if node.get(W + "type") == "table"
        }
        default = next((node for node in self._nodes.values() if node.get(W + "default") in _TRUE), None)
        self._default = _Style.of([] if default is None else [default])
        self._known: dict[str, _Style] = {}

    def restate(self, table: Any) -> None:
        """State directly what the style of ``table`` says, and drop it. Raises LeaveError and leaves it spoiled."""
        name = style_of(table)
        if name not in self._nodes:
            raise LeaveError(say("gaya {name} tidak ada di berkas", name=name))
        if name not in self._known:
            self._known[name] = self._read(name)
        _Restating(table, self._known[name], self._default, self._texts).run(simple=self._simple)

    def _read(self, name: str) -> _Style:
        nodes: list[Any] = []
        while name in self._nodes and self._nodes[name] not in nodes:
            nodes.append(self._nodes[name])
            based = nodes[-1].find(W + "basedOn")
            name = "" if based is None else based.get(W + "val", "")
        style = _Style.of(nodes)
        kinds = {part.get(W + "type", "") for node in nodes for part in node.findall(W + "tblStylePr")}
        for kind in kinds:
            parts = (p for node in nodes for p in node.findall(W + "tblStylePr") if p.get(W + "type") == kind)
            style.parts[kind] = _Style.of(list(parts))
        return style


class _Restating:
    """One table that gets stated directly what ``style`` says of it."""

    def __init__(self, table: Any, style: _Style, default: _Style, texts: Texts) -> None:
        self._table = table
        self._style = style
        self._default = default
        self._texts = texts
        self._set: dict[tuple[Any, str], bytes] = {}
        self._looks: dict[Any, list[_Style]] = {}

    def run(self, *, simple: bool) -> None:
        """Do it. Raises LeaveError."""
        style = self._style
        if style.row or "tcBorders" in style.cell or style.parts.get("wholeTable"):
            raise LeaveError(_unsure("trPr" if style.row else "tcBorders"))
        kinds = self._kinds()
        if simple and (kinds or style.cell):
            raise LeaveError(say("gaya tabel dengan format sel, yang dicetak lain bila dinyatakan langsung"))
        self._conditions(kinds)
        self._whole()
        self._text()
        properties = self._table.find(W + "tblPr")
        properties.remove(properties.find(W + "tblStyle"))
        for node in list(self._table.iter(W + "cnfStyle")):
            if next(node.iterancestors(W + "tbl")) is self._table:
                node.getparent().remove(node)

    def _kinds(self) -> list[str]:
        """The parts of the style that this table shows. Raises LeaveError for those that cannot be stated."""
        told = {kind for kind, part in self._style.parts.items() if part}
        if not told:
            return []
        look = self._table.find(f"{W}tblPr/{W}tblLook")
        if look is None:
            raise LeaveError(say("tabel tanpa keterangan format mana yang dipakai (tblLook)"))
        on = {name: _flag(look, name) for name in _LOOK}
        if not on["noHBand"] and told & {"band1Horz", "band2Horz"}:
            raise LeaveError(_BANDS)
        if not on["noVBand"] and told & {"band1Vert", "band2Vert"}:
            raise LeaveError(_BANDS)
        rows, columns = on["firstRow"] or on["lastRow"], on["firstColumn"] or on["lastColumn"]
        if rows and columns and told & {"neCell", "nwCell", "seCell", "swCell"}:
            raise LeaveError(_CORNERS)
        flags = {"firstRow": "firstRow", "lastRow": "lastRow", "firstCol": "firstColumn", "lastCol": "lastColumn"}
        return [kind for kind, flag in flags.items() if on[flag] and kind in told]

    def _whole(self) -> None:
        """Borders, margins and the like of the table, and what the style says of every cell."""
        properties = child(self._table, "tblPr")
        for name, look in self._style.table.items():
            if name in {"tblStyleRowBandSize", "tblStyleColBandSize"} or same(look, self._default.table.get(name)):
                continue
            if name not in ORDER["tblPr"]:
                raise LeaveError(_unsure(name))
            own = properties.find(W + name)
            if own is None:
                put(properties, copy.deepcopy(look))
            elif name in {"tblBorders", "tblCellMar"}:
                _add_sides(own, look)
        for cell in of_table(self._table, "tc") if self._style.cell else ():
            for look in self._style.cell.values():
                self._put_in_cell(cell, look)

    def _conditions(self, kinds: Sequence[str]) -> None:
        if not kinds:
            return
        rows = _Line.of(self._rows(), "tr")
        lines = [_Line.of(row.findall(W + "tc"), "tc") for row in rows.nodes]
        for kind in kinds:
            part = self._style.parts[kind]
            if part.table or part.row:
                raise LeaveError(_unsure(kind))
            for cell, ends in _region(kind, rows, lines):
                self._condition(cell, part, ends)

    def _rows(self) -> list[Any]:
        if any(local(node) not in _PLAIN for node in self._table):
            raise LeaveError(_unsure("sdt"))
        rows: list[Any] = self._table.findall(W + "tr")
        headers = [row for row in rows if row.find(f"{W}trPr/{W}tblHeader") is not None]
        if any(row.find(W + "sdt") is not None or row.find(f"{W}trPr/{W}gridBefore") is not None for row in rows):
            raise LeaveError(_unsure("sdt"))
        if len(headers) > 1 and "firstRow" in self._style.parts:
            raise LeaveError(say("beberapa baris kepala"))
        return rows

    def _condition(self, cell: Any, part: _Style, ends: frozenset[str]) -> None:
        """State in ``cell`` what ``part`` says; ``ends`` are the edges of the part that the cell lies at."""
        for name, look in part.cell.items():
            if name == "tcBorders":
                for edge in _EDGES:
                    border = look.find(W + (edge if edge in ends else _INSIDE[edge]))
                    if border is not None:
                        self._border(cell, edge, border)
            else:
                self._once(cell, name, look)
                self._put_in_cell(cell, look)
        self._looks.setdefault(cell, []).append(part)

    def _border(self, cell: Any, edge: str, border: Any) -> None:
        made = border.makeelement(W + edge, dict(border.attrib))
        self._once(cell, edge, made)
        borders = child(child(cell, "tcPr"), "tcBorders")
        if borders.find(W + edge) is None:
            put(borders, made)

    def _once(self, cell: Any, name: str, look: Any) -> None:
        told = canonical(look)
        if self._set.setdefault((cell, name), told) != told:
            raise LeaveError(_MEETING)

    def _put_in_cell(self, cell: Any, look: Any) -> None:
        if local(look) not in ORDER["tcPr"]:
            raise LeaveError(_unsure(local(look)))
        properties = child(cell, "tcPr")
        if properties.find(look.tag) is None:
            put(properties, copy.deepcopy(look))

    def _text(self) -> None:
        if not any(
            part.paragraph or part.run for part in (self._style, *(p for ps in self._looks.values() for p in ps))
        ):
            return
        for paragraph in list(self._table.iter(W + "p")):
            inner = next(paragraph.iterancestors(W + "tbl", W + "txbxContent")) is not self._table
            cells = paragraph.iterancestors(W + "tc")
            cell = next(each for each in cells if next(each.iterancestors(W + "tbl")) is self._table)
            parts = [self._style, *self._looks.get(cell, ())]
            of_paragraph, of_run = (_together([getattr(each, name) for each in parts]) for name in ("paragraph", "run"))
            if not inner:
                self._texts.state(paragraph, of_paragraph, of_run)
            elif not self._texts.holds(paragraph, of_paragraph, of_run):
                raise LeaveError(say("tabel atau kotak teks di dalam tabel"))


@dataclass(frozen=True, slots=True)
class _Line:
    """The rows of a table, or the cells of a row, without those that are only a tag; ``open`` says of the first and
    of the last whether a tag repeats it or leaves it out."""

    nodes: tuple[Any, ...]
    first_open: bool
    last_open: bool

    @classmethod
    def of(cls, nodes: Iterable[Any], tag: str) -> _Line:
        found = list(_outside_tags(nodes, tag))
        open_ = [depth > 0 for _, depth in found] or [True]
        return cls(tuple(node for node, _ in found), open_[0], open_[-1])


def _outside_tags(nodes: Iterable[Any], tag: str) -> Iterator[tuple[Any, int]]:
    depth = 0
    for node in nodes:
        word = re.search(rf"\{{[%{{#]{tag}\s+(\w*)", text_of(node))
        if word is None:
            yield node, depth
        elif word[1] in _OPENS:
            depth += 1
        elif word[1].startswith("end"):
            depth -= 1


def _region(kind: str, rows: _Line, lines: Sequence[_Line]) -> Iterator[tuple[Any, frozenset[str]]]:
    """The cells that ``kind`` holds for, with the edges of the region that each lies at. Raises LeaveError."""
    open_ = rows.first_open or rows.last_open
    if kind in {"firstRow", "lastRow"}:
        if rows.first_open if kind == "firstRow" else rows.last_open:
            raise LeaveError(_LOOPED)
        line = lines[0 if kind == "firstRow" else -1]
        if line.first_open or line.last_open:
            raise LeaveError(_LOOPED)
        yield from (
            (cell, _ends(n, len(line.nodes), "left", "right", "top", "bottom")) for n, cell in enumerate(line.nodes)
        )
        return
    if open_:
        raise LeaveError(_LOOPED)
    for n, line in enumerate(lines):
        if not line.nodes or (line.first_open if kind == "firstCol" else line.last_open):
            raise LeaveError(_LOOPED)
        yield line.nodes[0 if kind == "firstCol" else -1], _ends(n, len(lines), "top", "bottom", "left", "right")


def _ends(place: int, count: int, first: str, last: str, *always: str) -> frozenset[str]:
    return frozenset((*([first] if place == 0 else []), *([last] if place == count - 1 else []), *always))


def _together(looks: Sequence[Looks]) -> dict[str, Any]:
    """Looks of the whole table and of parts of it; two parts that say different things are not sorted out here."""
    found: dict[str, Any] = dict(looks[0])
    told: dict[str, bytes] = {}
    for each in looks[1:]:
        for name, look in each.items():
            if told.setdefault(name, canonical(look)) != canonical(look):
                raise LeaveError(_MEETING)
            holder = look.makeelement(W + "x", {})
            holder.append(copy.deepcopy(look))
            if name in looks[0]:
                under = look.makeelement(W + "x", {})
                under.append(copy.deepcopy(looks[0][name]))
                found[name] = merged([holder, under])[name]
            else:
                found[name] = look
    return found


def _add_sides(own: Any, look: Any) -> None:
    known = {local(side) for side in own}
    for side in look:
        if local(side) not in known:
            put(own, copy.deepcopy(side))


def _flag(look: Any, name: str) -> bool:
    stated = look.get(W + name)
    if stated is not None:
        return stated in _TRUE
    try:
        return bool(int(look.get(W + "val", "0"), 16) & _LOOK[name])
    except ValueError:
        return False


def _unsure(what: str) -> Message:
    return say("gaya tabel yang tidak dapat dinyatakan langsung ({what})", what=what)
