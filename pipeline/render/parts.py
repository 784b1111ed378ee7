"""Parts that a document has beyond those of its template: pictures, charts, and what tells Word of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from lxml import etree

from pipeline.render.package import ONCE, Entry, entry
from pipeline.render.source import parsed

RELS: Final = "word/_rels/document.xml.rels"
TYPES: Final = "[Content_Types].xml"
_IMAGE_REL: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"

Told = tuple[tuple[str, str, str, str], ...]
"""Of each added part what others are told of it: name, type of content, type of relation, id."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image part to be added to the document; ``rid`` is the relationship id that the drawing XML uses."""

    rid: str
    data: bytes
    extension: str  # "png", "jpeg", without the dot

    @property
    def part(self) -> Part:
        """The same as a part of the package."""
        return Part(
            f"word/media/{self.rid}.{self.extension}", self.data, f"image/{self.extension}", _IMAGE_REL, self.rid
        )


@dataclass(frozen=True, slots=True)
class Part:
    """A part to be added to the package, such as a picture, a chart, or the workbook inside a chart.

    ``name`` is its place in the package ("word/charts/grafik.xml"). ``relation`` and ``rid`` are type and id of the
    relationship by which the document refers to it; both are "" for what only another part refers to.
    ``content_type`` is "" for what declares none (a part of relationships).
    """

    name: str
    data: bytes
    content_type: str = ""
    relation: str = ""
    rid: str = ""


def told(added: tuple[Part, ...]) -> Told:
    """What the other parts of the package say of ``added``."""
    return tuple((part.name, part.content_type, part.relation, part.rid) for part in added)


@lru_cache(maxsize=64)
def telling(name: str, data: bytes, added: Told) -> Entry:
    """The part ``name`` (RELS or TYPES), in the template ``data``, when it tells of ``added`` too.

    Documents of one kind have the same parts added, so that this is made once for most.
    """
    change = _with_relations if name == RELS else _with_types
    return entry(name, (change(data, added),), ONCE)


def _with_relations(data: bytes, added: Told) -> bytes:
    root = parsed(data)
    namespace = etree.QName(root).namespace
    for name, _, relation, rid in added:
        if rid:
            target = name.removeprefix("word/")
            etree.SubElement(root, f"{{{namespace}}}Relationship", Id=rid, Type=relation, Target=target)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _with_types(data: bytes, added: Told) -> bytes:
    """Declare what is added: XML parts by name, others by the ending of their names."""
    root = parsed(data)
    namespace = etree.QName(root).namespace
    known = {node.get("Extension", "").lower() for node in root}
    endings = {name.rpartition(".")[2]: kind for name, kind, _, _ in added if kind}
    for ending in sorted(set(endings) - known - {"xml"}):
        root.insert(0, etree.Element(f"{{{namespace}}}Default", Extension=ending, ContentType=endings[ending]))
    for name, kind, _, _ in added:
        if kind and name.endswith(".xml"):
            etree.SubElement(root, f"{{{namespace}}}Override", PartName=f"/{name}", ContentType=kind)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
