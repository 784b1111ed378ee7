"""The proof of a DOCX before it may appear: it opens again, follows the schema, and holds what Word insists on.

The schema check is openxml-audit's, which knows the drawing shapes too. What no validator found when broken on
purpose is checked here: ids used twice, lines bound to nothing, leftover template tags, shapes without an alt text,
spans that do not add up, merged cells without a beginning, alternate content without a choice.
"""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from pipeline.errors import ProofError
from pipeline.model.message import say

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_KEPT = 20
"""Rows kept at each end of a table, and paragraphs of a text, that is too long for the schema check."""
_TAG = re.compile(r"{[{%].*?[%}]}")


def prove_docx(data: bytes, name: str, *, given: Iterable[str] = ()) -> None:
    """Raise ProofError, with the first fault, unless ``data`` is a sound Word document called ``name``.

    ``given`` are texts of the input: what looks like a template tag in one of them is content, not a leftover.
    """
    fault = next(_faults(data, tuple(text for text in given if _TAG.search(text))), None)
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
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {info.filename: package.read(info) for info in package.infolist()}
        roots = {
            n: etree.fromstring(parts[n]) for n in parts if re.match(r"word/(document|header\d*|footer\d*)\.xml$", n)
        }
    except (zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        yield str(error)
        return
    if "word/document.xml" not in roots:
        yield "word/document.xml"
        return
    for part, root in roots.items():
        yield from (f"{part}: {fault}" for fault in _part_faults(root, given))
    yield from _id_faults(list(roots.values()))
    yield from _schema_faults(_thinned(parts, roots["word/document.xml"]) or data)


def _thinned(parts: Mapping[str, bytes], root: Any) -> bytes | None:
    """The package without the middle of long tables and of a long text; None when nothing is long.

    The schema check costs milliseconds a row. Rows of one template loop are of one shape, and the checks above have
    seen all of them, so the beginning and the end of each stand for what is between.
    """
    body = root.find(W + "body")
    long = [(table, table.findall(W + "tr")) for table in root.iter(W + "tbl")]
    long = [(parent, nodes) for parent, nodes in [*long, (body, list(body))] if len(nodes) > 3 * _KEPT]
    if not long:
        return None
    for parent, nodes in long:
        for node in nodes[_KEPT:-_KEPT]:
            parent.remove(node)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as package:
        for name, data in parts.items():
            package.writestr(name, etree.tostring(root) if name == "word/document.xml" else data)
    return buffer.getvalue()


def _part_faults(root: Any, given: tuple[str, ...]) -> Iterator[str]:
    for leftover in _TAG.finditer("".join(node.text or "" for node in root.iter(W + "t"))):
        if not any(leftover.group(0) in text for text in given):
            yield f"tanda templat tertinggal {leftover.group(0)}"
    for tag in (_WPS + "cNvPr", _WP + "docPr", _PIC + "cNvPr"):
        for node in root.iter(tag):
            if not node.get("descr"):
                yield f"gambar “{node.get('name')}” tanpa teks pengganti"
    for node in root.iter(_MC + "AlternateContent"):
        choice = node.find(_MC + "Choice")
        if choice is None or choice.get("Requires") not in node.nsmap | choice.nsmap:
            yield "AlternateContent tanpa pilihan yang sah"
    for table in root.iter(W + "tbl"):
        yield from _table_faults(table)


def _table_faults(table: Any) -> Iterator[str]:
    count = len(table.find(W + "tblGrid"))
    open_merges: set[int] = set()
    for number, row in enumerate(table.findall(W + "tr"), 1):
        position, merged = 0, set()
        for cell in row.findall(W + "tc"):
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            if merge is not None:
                if merge.get(W + "val") != "restart" and position not in open_merges:
                    yield f"baris {number}: sel gabungan tanpa awal"
                merged.add(position)
            position += 1 if span is None else int(span.get(W + "val"))
        open_merges = merged
        if position != count:
            yield f"baris {number}: {position} kolom, seharusnya {count}"


def _id_faults(roots: list[Any]) -> Iterator[str]:
    tags = (_WP + "docPr", _WPS + "cNvPr")
    ids = Counter(node.get("id") for root in roots for tag in tags for node in root.iter(tag))
    for number, times in ids.items():
        if times > 1:
            yield f"nomor gambar {number} dipakai {times} kali"
    for root in roots:
        for node in root.iter(_A + "stCxn", _A + "endCxn"):
            if node.get("id") not in ids:
                yield f"garis terikat pada nomor gambar {node.get('id')} yang tidak ada"


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
