"""A part of a Word template as a Jinja source: docxtpl's tags, in XML that stays in the order of the schema."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from lxml import etree

_CELL: Final = re.compile(r"(<w:tcPr>)(.*?)</w:tcPr>", re.DOTALL)
_PROPERTY: Final = re.compile(r"""<w:(\w+)(?: (?:"[^"]*"|[^<>"])*)?(?:/>|(?<!/)>.*?</w:\1>)""", re.DOTALL)
_CELL_ORDER: Final = {
    name: place
    for place, name in enumerate(
        ("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "textDirection",
         "tcFitText", "vAlign", "hideMark")
    )
}  # fmt: skip


@cache
def _parser() -> Any:
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def parsed(data: bytes) -> Any:
    """The root of a part. Raises lxml's XMLSyntaxError."""
    return etree.fromstring(data, _parser())


def plain_source(root: Any) -> str:
    """``root`` as a Jinja source whose tags stand as they are (the properties of a document)."""
    return str(etree.tostring(root, encoding="unicode"))


def jinja_source(root: Any) -> str:
    """``root`` as a Jinja source.

    A line break before each paragraph lets an error name the paragraph it stands in.
    """
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", _in_order(_patcher().patch_xml(plain_source(root))))


def without_breaks(data: str) -> str:
    """``data`` of a source without the line breaks that name paragraphs."""
    return data.replace("\n<w:p", "<w:p")


def as_printed(data: str) -> str:
    """The text between two tags of a source as it is printed: without the line breaks, and with the signs of tags
    where docxtpl's way to write them stands."""
    data = without_breaks(data)
    if "_" in data:
        for written, sign in (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}")):
            data = data.replace(written, sign)
    return data


def _in_order(source: str) -> str:
    """Put the properties of cells into the order of the schema: docxtpl sets spans and shades before widths."""
    return _CELL.sub(lambda found: found[1] + _sorted(found[2]) + "</w:tcPr>", source)


def _sorted(properties: str) -> str:
    found = list(_PROPERTY.finditer(properties))
    if "".join(each[0] for each in found) != properties:
        return properties
    return "".join(each[0] for each in sorted(found, key=lambda each: _CELL_ORDER.get(each[1], len(_CELL_ORDER))))


@cache
def _patcher() -> Any:
    from docxtpl import DocxTemplate

    return DocxTemplate("")
