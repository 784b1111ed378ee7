"""The proof of a DOCX before it may appear: it opens again, follows the schema, and holds what Word insists on.

The schema check is openxml-audit's, which knows the drawing shapes too. What no validator found when broken on
purpose is checked here: ids used twice, lines bound to nothing, leftover template tags, shapes without an alt text,
spans that do not add up, merged cells without a beginning, alternate content without a choice.

The body is read as a stream: what has been checked goes, except for the beginning and the end of each long table and
of the text, which the schema check gets. So a table of any length needs the memory of some sixty rows.
"""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
import zlib
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import IO, Any, ClassVar

from lxml import etree

from pipeline.errors import ProofError
from pipeline.model.message import say

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_BODY = "word/document.xml"
_KEPT = 20
"""Rows kept at the beginning of a table, and blocks of a text, that is too long for the schema check (twice as many at
the end). It costs milliseconds a row. Rows of one template loop are of one shape, and the checks here see all of them,
so the beginning and the end stand for what is between."""
_TAG = re.compile(r"{[{%].*?[%}]}")
_HAS_BRACKET: Any = etree.XPath("contains(., '{')")
_REFERS: Any = etree.XPath("boolean(.//@*[namespace-uri()=$relations])")
_TEXTS = re.compile(rb">[^<]+<")
_WORDS = re.compile(rb">[^<]*[^<0-9T:.Z+-][^<]*<")  # texts that are no date
_MOST_SHAPES = 20_000
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_BREAKS = str.maketrans("", "", "\r\n\t")
_ALTERNATE = _MC + "AlternateContent"
_SHAPES = (_WPS + "cNvPr", _WP + "docPr")
_ENDS = (_A + "stCxn", _A + "endCxn")
_LOOKED_AT = (*_SHAPES, _PIC + "cNvPr", _ALTERNATE, *_ENDS)
_CELL, _SPAN, _MERGE = W + "tc", W + "gridSpan", W + "vMerge"


def prove_docx(data: bytes, name: str, *, given: Iterable[str] = ()) -> None:
    """Raise ProofError, with the first fault, unless ``data`` is a sound Word document called ``name``.

    ``given`` are texts of the input: what looks like a template tag in one of them is content, not a leftover.
    """
    tagged = tuple(text.translate(_BREAKS) for text in given if "{" in text and _TAG.search(text.translate(_BREAKS)))
    fault = next(_faults(data, tagged), None)
    if fault is not None:
        raise ProofError(
            say(
                "{name} tidak lolos pemeriksaan sendiri: {fault}. Bila templat baru disunting, periksa "
                "perubahan itu; bila tidak, laporkan pesan ini.",
                name=name,
                fault=fault,
            )
        )


def _faults(data: bytes, given: tuple[str, ...]) -> Iterator[str]:
    seen = _Seen(given)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {info.filename: package.read(info) for info in package.infolist() if info.filename != _BODY}
            if _BODY not in package.namelist():
                yield _BODY
                return
            with package.open(_BODY) as body:
                reading = _Reading(body, seen)
                yield from (f"{_BODY}: {fault}" for fault in reading.faults())
        for part in sorted(parts):
            if re.match(r"word/(header|footer)\d*\.xml$", part):
                yield from (f"{part}: {fault}" for fault in seen.faults(etree.fromstring(parts[part])))
    except (zipfile.BadZipFile, zlib.error, EOFError, etree.XMLSyntaxError) as error:
        yield str(error)
        return
    yield from seen.id_faults()
    shapes = _Shapes(parts)
    left_out = shapes.leave_out_known(reading.root)
    if shapes.is_known_package(reading.root):
        return
    fault = None
    for fault in _schema_faults(_packed(parts, reading.root) if reading.thinned or left_out else data):
        yield fault
    if fault is None:
        shapes.remember(reading.root)


def _packed(parts: dict[str, bytes], root: Any) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as package:
        for name, data in (*parts.items(), (_BODY, etree.tostring(root))):
            package.writestr(name, data)
    return buffer.getvalue()


@dataclass(slots=True)
class _Seen:
    """What is looked at wherever it stands; drawings are counted over all parts."""

    given: tuple[str, ...]
    ids: Counter[str | None] = field(default_factory=Counter)
    bound: dict[str | None, None] = field(default_factory=dict)

    def faults(self, node: Any) -> Iterator[str]:
        """The faults of ``node`` and what is in it."""
        if _HAS_BRACKET(node):
            yield from self._leftovers(node)
        for each in node.iter(*_LOOKED_AT):
            yield from self._drawing_faults(each)
        for table in node.iter(W + "tbl"):
            spans = _Spans.of(table)
            for row in table.iterchildren(W + "tr"):
                yield from spans.faults(row)

    def _leftovers(self, node: Any) -> Iterator[str]:
        for paragraph in node.iter(W + "p"):
            for leftover in _TAG.finditer("".join(paragraph.itertext(W + "t"))):
                if not any(leftover[0] in text for text in self.given):
                    yield f"tanda templat tertinggal {leftover[0]}"

    def _drawing_faults(self, node: Any) -> Iterator[str]:
        if node.tag == _ALTERNATE:
            choice = node.find(_MC + "Choice")
            if choice is None or choice.get("Requires") not in node.nsmap | choice.nsmap:
                yield "AlternateContent tanpa pilihan yang sah"
            return
        if node.tag in _ENDS:
            self.bound[node.get("id")] = None
            return
        if node.tag in _SHAPES:
            self.ids[node.get("id")] += 1
        if not node.get("descr"):
            yield f"gambar “{node.get('name')}” tanpa teks pengganti"

    def id_faults(self) -> Iterator[str]:
        """Ids used twice, and lines bound to an id that no shape has."""
        yield from (f"nomor gambar {id_} dipakai {times} kali" for id_, times in self.ids.items() if times > 1)
        yield from (
            f"garis terikat pada nomor gambar {id_} yang tidak ada" for id_ in self.bound if id_ not in self.ids
        )


@dataclass(slots=True)
class _Spans:
    """The rows of one table, one after the other: do their cells fill the columns, does each merge begin?"""

    columns: int
    number: int = 0
    merged: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, table: Any) -> _Spans:
        grid = table.find(W + "tblGrid")
        return cls(0 if grid is None else len(grid))

    def faults(self, row: Any) -> Iterator[str]:
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
                        yield f"baris {self.number}: sel gabungan tanpa awal"
                    merged.add(position)
                position += 1 if span is None else int(span.get(W + "val"))
        self.merged = merged
        if position != self.columns:
            yield f"baris {self.number}: {position} kolom, seharusnya {self.columns}"


class _Reading:
    """One pass over a body. Afterwards ``root`` holds what is left of it, ``thinned`` says whether that is not all."""

    def __init__(self, body: IO[bytes], seen: _Seen) -> None:
        self._events = etree.iterparse(
            body, tag=(W + "p", W + "tr", W + "tbl"), huge_tree=True, resolve_entities=False, no_network=True
        )
        self._seen = seen
        self._table: Any = None
        self._spans = _Spans(0)
        self._rows = _Thinned()
        self._blocks = _Thinned()

    @property
    def root(self) -> Any:
        return self._events.root

    @property
    def thinned(self) -> bool:
        return self._blocks.thinned

    def faults(self) -> Iterator[str]:
        """The faults of each row of a table of the body, and of each other block of the body."""
        for _, node in self._events:
            parent = node.getparent()
            if node.tag == W + "tr":
                if parent is not None and _is(parent.getparent(), W + "body"):
                    yield from self._row_faults(node, parent)
            elif _is(parent, W + "body"):
                for part in (node,) if node.tag == W + "p" else node.iterchildren():
                    if part.tag != W + "tr":
                        yield from self._seen.faults(part)
                self._table = None
                self._blocks.add(node, parent)
        for node in self.root.iter(W + "body"):
            for block in node:
                if block.tag not in (W + "p", W + "tbl"):
                    yield from self._seen.faults(block)

    def _row_faults(self, row: Any, table: Any) -> Iterator[str]:
        if table is not self._table:
            self._table, self._spans = table, _Spans.of(table)
            self._rows = _Thinned()
        yield from self._spans.faults(row)
        yield from self._seen.faults(row)
        self._rows.add(row, table)
        self._blocks.thinned |= self._rows.thinned


def _is(node: Any, tag: str) -> bool:
    return node is not None and node.tag == tag


@dataclass(slots=True)
class _Thinned:
    """Children of one element; all but the first and the last of them are taken out of it."""

    first: int = 0
    last: deque[Any] = field(default_factory=deque)
    thinned: bool = False

    def add(self, node: Any, parent: Any) -> None:
        """``node`` is checked, and as complete as it gets."""
        if self.first < _KEPT:
            self.first += 1
            return
        self.last.append(node)
        if len(self.last) > 2 * _KEPT:
            parent.remove(self.last.popleft())
            self.thinned = True


class _Shapes:
    """What elements look like apart from their texts: the schema check says the same of all that look the same.

    So it gets each once: once in a document, and once in a run where the styles they name are the same. What refers to
    other parts of the package is checked together with them, unless a package that looks the same has been checked.
    """

    _known: ClassVar[set[bytes]] = set()

    def __init__(self, parts: dict[str, bytes]) -> None:
        self._parts = parts
        styles = b"".join(parts.get(f"word/{name}.xml", b"") for name in ("styles", "numbering", "settings"))
        self._styles = blake2b(styles, digest_size=16).digest()
        self._new: set[bytes] = set()

    def leave_out_known(self, root: Any) -> bool:
        """Take rows (but the first of a table) and blocks of known shape out of a body; was there one?"""
        found = [row for table in root.iterfind(f"{W}body/{W}tbl") for row in table.findall(W + "tr")[1:]]
        left_out = self._leave_out(found)
        return self._leave_out([*root.iterfind(f"{W}body/{W}p"), *root.iterfind(f"{W}body/{W}tbl")]) or left_out

    def _leave_out(self, nodes: list[Any]) -> bool:
        known = [node for node in nodes if self._is_known(node)]
        for node in known:
            node.getparent().remove(node)
        return bool(known)

    def _is_known(self, node: Any) -> bool:
        return not _refers(node) and self._has_seen(_bare(node), self._styles)

    def is_known_package(self, root: Any) -> bool:
        """Has a package been checked that differs from this one in texts, in pictures, and in what was left out?"""
        return self._has_seen(_bare(root), *(data for part in sorted(self._parts.items()) for data in _look(*part)))

    def _has_seen(self, *look: bytes) -> bool:
        digest = blake2b(digest_size=16)
        for data in look:
            digest.update(b"%d:" % len(data) + data)
        shape = digest.digest()
        known = shape in self._known or shape in self._new
        self._new.add(shape)
        return known

    def remember(self, root: Any) -> None:
        """All shapes asked about have passed, and with them what is left of ``root`` without those known by now."""
        if len(self._known) > _MOST_SHAPES:
            self._known.clear()
        for look in (self.leave_out_known, self.leave_out_known, self.is_known_package):  # rows, then what held them
            self._known.update(self._new)
            look(root)
        self._known.update(self._new)


def _bare(node: Any) -> bytes:
    """``node`` without its texts."""
    return _TEXTS.sub(b"><", etree.tostring(node, with_tail=False))


def _look(name: str, data: bytes) -> Iterator[bytes]:
    """What the schema check sees of a part: of pictures their names, of pages no texts, of properties only dates."""
    yield name.encode()
    if re.match(r"word/(header|footer)\d*\.xml$", name):
        yield _TEXTS.sub(b"><", data)
    elif name == "docProps/core.xml":
        yield _WORDS.sub(b"><", data)
    elif not name.startswith(("word/media/", "word/embeddings/")):
        yield data


def _refers(node: Any) -> bool:
    return bool(_REFERS(node, relations=_RELATIONS))


def _schema_faults(data: bytes) -> Iterator[str]:
    # The validator reads files only.
    with tempfile.TemporaryDirectory(prefix="tertib-") as folder:
        path = Path(folder) / "bukti.docx"
        path.write_bytes(data)
        result = _validator().validate(str(path))
    if not result.is_valid:
        yield from (str(error) for error in result.errors)


@cache
def _validator() -> Any:
    from openxml_audit import FileFormat, OpenXmlValidator

    return OpenXmlValidator(file_format=FileFormat.OFFICE_2019, max_errors=20)
