"""What docxtpl itself makes of a template and a context, and the form in which two documents are compared."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import jinja2
from docxtpl import DocxTemplate
from lxml import etree

from pipeline.model.dates import long_date
from pipeline.render.template import Template
from pipeline.render.values import rupiah, thousands

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
DOCUMENT = "word/document.xml"
FILLED = re.compile(r"word/(document|header\d*|footer\d*)\.xml")


def package(parts: tuple[tuple[str, bytes], ...]) -> bytes:
    """``parts`` as a DOCX."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as written:
        for name, data in parts:
            written.writestr(name, data)
    return buffer.getvalue()


def peer(template: Template, context: Mapping[str, object]) -> bytes:
    """The document as docxtpl's own ``render`` gives it. Only that None prints nothing is the product's."""
    env = jinja2.Environment(autoescape=True, finalize=lambda value: "" if value is None else value)
    env.filters |= {"tanggal": long_date, "ribuan": thousands, "rupiah": rupiah}
    document = DocxTemplate(io.BytesIO(package(template.parts)))
    document.render(dict(context), jinja_env=env)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def parts_of(data: bytes) -> dict[str, Any]:
    """The parsed parts with pages, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return {name: etree.fromstring(opened.read(name)) for name in opened.namelist() if FILLED.fullmatch(name)}


def canonical(root: Any) -> str:
    """``root`` in canonical XML, without what differs by intent and shows nowhere.

    docxtpl numbers pictures anew and sets the properties of cells in an order of its own; a tab is a run of its own
    there. What prefixes are declared where says nothing.
    """
    root = deepcopy(root)
    for number, node in enumerate(root.iter(WP + "docPr"), 1001):
        node.set("id", str(number))
    for properties in root.iter(W + "tcPr"):
        properties[:] = sorted(properties, key=lambda node: str(node.tag))
    for run in list(root.iter(W + "r")):
        _single(run)
    return bytes(etree.tostring(root, method="c14n", exclusive=True)).decode()


def _single(run: Any) -> None:
    """Put each part of a run into a run of its own."""
    properties = run.find(W + "rPr")
    content = [node for node in run if node is not properties]
    for node in content[1:]:
        other = run.makeelement(run.tag, dict(run.attrib))
        if properties is not None:
            other.append(deepcopy(properties))
        other.append(node)
        run.getparent().insert(run.getparent().index(run) + content.index(node), other)


def compared(template: Template, context: Mapping[str, object]) -> tuple[dict[str, str], dict[str, str]]:
    """The parts of the product's document and of docxtpl's, in canonical form."""
    ours, theirs = parts_of(template.render(context)), parts_of(peer(template, context))
    return ({name: canonical(root) for name, root in found.items()} for found in (ours, theirs))  # type: ignore[return-value]
