"""What is looked at in the parts of a DOCX that hold text, wherever it stands: tables, drawings, marks, styles.

No validator found these faults when they were put in on purpose, or it looks at less than the whole of a long table.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from lxml import etree

from pipeline.model.message import Message, say
from pipeline.render.proof_names import (
    COMPATIBILITY,
    LANGUAGE,
    MC,
    PIC,
    RELATIONS,
    WP,
    WPC,
    WPG,
    WPS,
    A,
    W,
)

TAG: Final = re.compile(r"{[{%].*?[%}]}")
_HAS_BRACKET: Any = etree.XPath("contains(., '{')")
_REFERENCES: Any = etree.XPath(".//@r:*", namespaces={"r": RELATIONS})
_ALTERNATE: Final = MC + "AlternateContent"
_SHAPES: Final = (WPS + "cNvPr", WP + "docPr")
_GROUPED: Final = WPG + "cNvPr"  # has an id like a shape; the alt texts are those of the shapes in it
_PICTURE: Final = PIC + "cNvPr"  # its id is of no account
_ENDS: Final = (A + "stCxn", A + "endCxn")
_STARTS, _STOPS, _LINK = W + "bookmarkStart", W + "bookmarkEnd", W + "hyperlink"
_STYLED: Final = (W + "pStyle", W + "rStyle", W + "tblStyle")
_CANVAS: Final = WPC + "wpc"
_LOOKED_AT: Final = (
    *_SHAPES, _GROUPED, _PICTURE, _ALTERNATE, *_ENDS, _STARTS, _STOPS, _LINK, *_STYLED, _CANVAS,
)  # fmt: skip
_CELL, _SPAN, _MERGE = W + "tc", W + "gridSpan", W + "vMerge"
_MOST_ID: Final = 2**31 - 1
"""Word reads the ids of drawings into signed 32 bits and calls a file with a larger one damaged."""


@dataclass(slots=True)
class Seen:
    """What has been seen in all parts so far. ``given`` are texts of the input that look like template tags."""

    given: tuple[str, ...]
    ids: Counter[str | None] = field(default_factory=Counter)
    bound: dict[str | None, None] = field(default_factory=dict)
    starts: Counter[str | None] = field(default_factory=Counter)
    stops: Counter[str | None] = field(default_factory=Counter)
    marks: Counter[str] = field(default_factory=Counter)
    styles: dict[tuple[str, str], None] = field(default_factory=dict)

    def faults(self, node: Any) -> Iterator[Message]:
        """The faults of ``node`` and what is in it."""
        if _HAS_BRACKET(node):
            yield from self._leftovers(node)
        yield from self.node_faults(node)
        for table in node.iter(W + "tbl"):
            spans = Spans.of(table)
            for row in table.iterchildren(W + "tr"):
                yield from spans.faults(row)

    def node_faults(self, node: Any) -> Iterator[Message]:
        """Those of the drawings, links and marks among them."""
        for each in node.iter(*_LOOKED_AT):
            yield from self._faults_of(each)

    def _leftovers(self, node: Any) -> Iterator[Message]:
        for paragraph in node.iter(W + "p"):
            for leftover in TAG.finditer("".join(paragraph.itertext(W + "t"))):
                if not any(leftover[0] in text for text in self.given):
                    yield say("tanda templat tertinggal {tag}", tag=leftover[0])

    def _faults_of(self, node: Any) -> Iterator[Message]:
        tag = node.tag
        if tag in _STYLED:
            self.styles[tag, node.get(W + "val", "")] = None
        elif tag in _ENDS:
            self.bound[node.get("id")] = None
        elif tag in (_STARTS, _STOPS):
            yield from self._mark_faults(node)
        elif tag == _ALTERNATE:
            yield from _alternate_faults(node)
        elif tag == _LINK:
            yield from _link_faults(node)
        elif tag == _CANVAS:
            yield say("kanvas gambar, yang tidak tercetak di PDF; susun bentuknya tanpa kanvas")
        else:
            yield from self._drawing_faults(node)

    def _drawing_faults(self, node: Any) -> Iterator[Message]:
        id_ = node.get("id", "")
        if node.tag != _PICTURE:
            self.ids[id_] += 1
        if not (id_.isascii() and id_.isdigit() and int(id_) <= _MOST_ID):
            yield say("nomor gambar {id} bukan bilangan yang diterima Word", id=id_)
        if node.tag != _GROUPED and not node.get("descr"):
            yield say(
                "gambar “{name}” tanpa teks alternatif (di Word: klik kanan gambar, Edit Teks Alternatif)",
                name=node.get("name"),
            )

    def _mark_faults(self, node: Any) -> Iterator[Message]:
        id_ = node.get(W + "id")
        if node.tag == _STOPS:
            self.stops[id_] += 1
            return
        name = node.get(W + "name", "")
        self.starts[id_] += 1
        self.marks[name.casefold()] += 1
        if not name or len(name) > 40:
            yield say("nama markah “{name}” kosong atau lebih dari 40 huruf", name=name)

    def style_faults(self, styles: Any) -> Iterator[Message]:
        """Styles that are named but not in the part ``styles``."""
        kinds = {W + "pStyle": "paragraph", W + "rStyle": "character", W + "tblStyle": "table"}
        known = {(each.get(W + "type", "paragraph"), each.get(W + "styleId")) for each in styles.iter(W + "style")}
        for tag, id_ in self.styles:
            if (kinds[tag], id_) not in known:
                yield say("gaya {id} dipakai tetapi tidak ada", id=id_)

    def closing_faults(self) -> Iterator[Message]:
        """What shows only when all has been seen: ids and marks used twice or alone."""
        for id_, times in self.ids.items():
            if times > 1:
                yield say("nomor gambar {id} dipakai {times} kali", id=id_, times=times)
        for id_ in self.bound:
            if id_ not in self.ids:
                yield say("garis terikat pada nomor gambar {id} yang tidak ada", id=id_)
        for id_ in {**self.starts, **self.stops}:
            if (self.starts[id_], self.stops[id_]) != (1, 1):
                yield say(
                    "markah nomor {id} mulai {starts} kali dan berakhir {stops} kali",
                    id=id_,
                    starts=self.starts[id_],
                    stops=self.stops[id_],
                )
        for name, times in self.marks.items():
            if times > 1:
                yield say("nama markah “{name}” dipakai {times} kali", name=name, times=times)


def references(node: Any) -> Iterator[str]:
    """The relationship ids used by ``node`` and what is in it."""
    yield from _REFERENCES(node)


def language_faults(styles: Any) -> Iterator[Message]:
    """The language of a document is that of its defaults: LibreOffice takes the language of the PDF from there."""
    found = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    language = "" if found is None else found.get(W + "val", "")
    if language != LANGUAGE:
        yield say("bahasa naskah “{found}”, seharusnya {wanted}", found=language, wanted=LANGUAGE)


def mode_faults(settings: Any) -> Iterator[Message]:
    """The compatibility mode must be that of Word 2013 and later."""
    modes = [
        each.get(W + "val")
        for each in settings.iter(W + "compatSetting")
        if each.get(W + "name") == "compatibilityMode"
    ]
    if modes != [str(COMPATIBILITY)]:
        yield say("mode kompatibilitas Word {found}, seharusnya {wanted}", found=modes, wanted=COMPATIBILITY)


def ignorable_faults(root: Any) -> Iterator[Message]:
    """Word refuses a part that calls a prefix ignorable without saying what it stands for."""
    for prefix in root.get(MC + "Ignorable", "").split():
        if prefix not in root.nsmap:
            yield say("awalan {prefix} di mc:Ignorable tidak dinyatakan", prefix=prefix)


def _link_faults(node: Any) -> Iterator[Message]:
    """LibreOffice drops a link whose text has no character style, whichever (seen with 7.4)."""
    if any(run.find(f"{W}rPr/{W}rStyle") is None and run.find(W + "t") is not None for run in node.iter(W + "r")):
        text = "".join(node.itertext(W + "t"))
        yield say("tautan “{text}” tanpa gaya Hyperlink, sehingga hilang di PDF", text=text[:60])


def _alternate_faults(node: Any) -> Iterator[Message]:
    choices = node.findall(MC + "Choice")
    for choice in choices:
        prefixes = choice.get("Requires", "").split()
        if not prefixes or any(prefix not in choice.nsmap for prefix in prefixes):
            yield say("AlternateContent dengan syarat “{requires}” yang tidak sah", requires=choice.get("Requires", ""))
    if not choices:
        yield say("AlternateContent tanpa pilihan")


@dataclass(slots=True)
class Spans:
    """The rows of one table, one after the other: do their cells fill the columns, does each merge begin?"""

    columns: int
    number: int = 0
    merged: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, table: Any) -> Spans:
        grid = table.find(W + "tblGrid")
        return cls(0 if grid is None else len(grid))

    def faults(self, row: Any) -> Iterator[Message]:
        """The faults of the next row."""
        self.number += 1
        position, merged = 0, set()
        if next(row.iter(_SPAN, _MERGE), None) is None:  # as nearly all rows of a long table
            position = sum(1 for _ in row.iterchildren(_CELL))
        else:
            for cell in row.iterchildren(_CELL):
                span, merge = cell.find(f"{W}tcPr/{_SPAN}"), cell.find(f"{W}tcPr/{_MERGE}")
                if merge is not None:
                    if merge.get(W + "val") != "restart" and position not in self.merged:
                        yield say("baris {row}: sel gabungan tanpa awal", row=self.number)
                    merged.add(position)
                position += 1 if span is None else int(span.get(W + "val"))
        self.merged = merged
        if position != self.columns:
            yield say(
                "baris {row}: {found} kolom, seharusnya {columns}",
                row=self.number,
                found=position,
                columns=self.columns,
            )
