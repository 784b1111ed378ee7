"""The proof of a DOCX before it may appear: it opens again, follows the schema, and holds what Word insists on.

The schema check is openxml-audit's, which knows the drawing shapes too (``proof_shapes``). What it does not see is
checked here: the package (``proof_package``), and what stands in its parts (``proof_content``).

The body is read as a stream: what has been checked goes, except for the beginning and the end of each long table and
of the text, which the schema check gets. So a table of any length needs the memory of some sixty rows.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any

from lxml import etree

from pipeline.errors import ProofError
from pipeline.model.message import Message, say, verbatim
from pipeline.render.proof_content import (
    TAG,
    Seen,
    Spans,
    ignorable_faults,
    language_faults,
    mode_faults,
    references,
)
from pipeline.render.proof_names import BODY, SETTINGS, STORY, STYLES, W
from pipeline.render.proof_package import package_faults, zip_faults
from pipeline.render.proof_shapes import Shapes, packed, schema_faults

_KEPT = 20
"""Rows kept at the beginning of a table, and blocks of a text, that is too long for the schema check (twice as many at
the end). It costs milliseconds a row. Rows of one template loop are of one shape, and the checks here see all of them,
so the beginning and the end stand for what is between."""
_JUDGED = (STYLES, SETTINGS)
_BREAKS = str.maketrans("", "", "\r\n\t")


def prove_docx(data: bytes, name: str, *, given: Iterable[str] = ()) -> None:
    """Raise ProofError, with the first fault, unless ``data`` is a sound Word document called ``name``.

    ``given`` are texts of the input: what looks like a template tag in one of them is content, not a leftover.
    """
    tagged = tuple(text.translate(_BREAKS) for text in given if "{" in text and TAG.search(text.translate(_BREAKS)))
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


def _faults(data: bytes, given: tuple[str, ...]) -> Iterator[Message]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
            yield from zip_faults(package.infolist())
            parts = {name: package.read(name) for name in names if name != BODY and not name.endswith("/")}
            if BODY not in names:
                yield say("{part} tidak ada", part=BODY)
                return
            with package.open(BODY) as body:
                reading = _Reading(body, Seen(given))
                yield from (say("{part}: {fault}", part=BODY, fault=fault) for fault in reading.faults())
        yield from _own_faults(parts, reading)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, etree.XMLSyntaxError) as error:
        yield verbatim(error)
        return
    yield from _schema_faults(data, parts, reading)


def _own_faults(parts: dict[str, bytes], reading: _Reading) -> Iterator[Message]:
    """What is wrong with the package and with the parts beside the body."""
    yield from package_faults({**parts, BODY: b""}, reading.used)
    yield from ignorable_faults(reading.root)
    roots = {
        part: etree.fromstring(parts[part]) for part in sorted(parts) if part in _JUDGED or re.fullmatch(STORY, part)
    }
    for part, root in roots.items():
        looked = [ignorable_faults(root)]
        if part not in _JUDGED:
            looked.append(reading.seen.faults(root))
        for faults in looked:
            yield from (say("{part}: {fault}", part=part, fault=fault) for fault in faults)
    yield from reading.seen.closing_faults()
    for part, judge in ((STYLES, reading.seen.style_faults), (STYLES, language_faults), (SETTINGS, mode_faults)):
        if part not in roots:
            yield say("{part} tidak ada", part=part)
        else:
            yield from judge(roots[part])


def _schema_faults(data: bytes, parts: Mapping[str, bytes], reading: _Reading) -> Iterator[Message]:
    shapes = Shapes(parts)
    left_out = shapes.leave_out_known(reading.root)
    if shapes.is_known_package(reading.root):
        return
    fault = None
    for fault in schema_faults(packed(parts, reading.root) if reading.thinned or left_out else data):
        yield verbatim(fault)
    if fault is None:
        shapes.remember(reading.root)


class _Reading:
    """One pass over a body. Afterwards ``root`` holds what is left of it, ``thinned`` says whether that is not
    all, and ``used`` holds the relationship ids in it."""

    def __init__(self, body: IO[bytes], seen: Seen) -> None:
        self._events = etree.iterparse(
            body, tag=(W + "p", W + "tr", W + "tbl"), huge_tree=True, resolve_entities=False, no_network=True
        )
        self.seen = seen
        self.used: dict[str, None] = {}
        self._table: Any = None
        self._spans = Spans(0)
        self._rows = _Thinned()
        self._blocks = _Thinned()

    @property
    def root(self) -> Any:
        return self._events.root

    @property
    def thinned(self) -> bool:
        return self._blocks.thinned

    def faults(self) -> Iterator[Message]:
        """The faults of each row of a table of the body, and of each other block of the body."""
        for _, node in self._events:
            parent = node.getparent()
            if node.tag == W + "tr":
                if parent is not None and _is(parent.getparent(), W + "body"):
                    yield from self._row_faults(node, parent)
            elif _is(parent, W + "body"):
                for part in (node,) if node.tag == W + "p" else node.iterchildren():
                    if part.tag != W + "tr":
                        yield from self._looked(part)
                self._table = None
                self._blocks.add(node, parent)
        for node in self.root.iter(W + "body"):
            for block in node:
                if block.tag not in (W + "p", W + "tbl"):
                    yield from self._looked(block)

    def _row_faults(self, row: Any, table: Any) -> Iterator[Message]:
        if table is not self._table:
            self._table, self._spans = table, Spans.of(table)
            self._rows = _Thinned()
        yield from self._spans.faults(row)
        yield from self._looked(row)
        self._rows.add(row, table)
        self._blocks.thinned |= self._rows.thinned

    def _looked(self, node: Any) -> Iterator[Message]:
        self.used.update(dict.fromkeys(references(node)))
        yield from self.seen.faults(node)


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
