"""The texts of DOCX and XLSX packages, part by part, and of what can stand in them: XML, pictures, packages."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import IO, Any, Final

from lxml import etree

from pipeline.render.personal_scan import Text, UnreadableError, reads, texts_of, together

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_S: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_BLOCKS: Final = frozenset({_W + "p", _A + "p", _S + "si", _S + "is", _S + "text"})
"""Elements whose pieces (runs) people read as one text."""
_PIECES: Final = frozenset({_W + "t", _W + "delText", _W + "instrText", _A + "t", _S + "t"})
_SIGNS: Final = {_W + "tab": " ", _W + "br": " ", _W + "cr": " ", _W + "noBreakHyphen": "-", _A + "br": " "}
_DONE: Final = frozenset({*_BLOCKS, _W + "tr"})
"""Elements that are let go as soon as they have been read, or a long table would stay in memory."""
_XML: Final = frozenset({".xml", ".rels", ".vml", ".svg"})
_PICTURES: Final = frozenset({".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp"})
_FONTS: Final = frozenset({".odttf", ".ttf", ".otf", ".fntdata"})
_NO_WORDS: Final = re.compile(r"[\d.,:;+\-%\s]*|(?:0x)?[0-9A-Fa-f-]+|\{[0-9A-Fa-f-]+\}")
"""Sizes, positions, ids and colours in attributes."""
_CODE: Final = re.compile(r'&(?:[A-Za-z]|"[^"]*")')
_EVENTS: Final = ("end", "comment", "pi")
_MOST: Final = 2**31


def package_texts(data: bytes) -> Iterator[Text]:
    """Every text of an OOXML package. Raises UnreadableError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            yield Text("zip", package.comment.decode("utf-8", "replace"))
            for info in package.infolist():
                yield Text(info.filename, info.filename)
                yield Text(info.filename, info.comment.decode("utf-8", "replace"))
                if info.flag_bits & 1 or info.file_size > _MOST:
                    raise UnreadableError(info.filename)
                if not info.is_dir():
                    with package.open(info) as file:
                        yield from part_texts(file, info.filename)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError) as fault:
        raise UnreadableError("zip") from fault


def part_texts(file: IO[bytes], name: str) -> Iterator[Text]:
    """The texts of one part, or of a file of such a kind. Raises UnreadableError."""
    suffix = f".{name.rpartition('.')[2]}".casefold()
    if suffix in _XML:
        yield from _xml_texts(file, name)
    elif suffix in _PICTURES:
        yield from picture_texts(file.read(), name)
    elif suffix in (".docx", ".xlsx", ".pptx", ".pdf", ".json", ".csv", ".txt"):
        try:
            yield from (Text(f"{name}: {one.place}", one.text, one.pattern) for one in texts_of(file.read(), name))
        except UnreadableError as fault:
            raise UnreadableError(f"{name}: {fault}") from fault
    elif suffix not in _FONTS:
        raise UnreadableError(name)


def _xml_texts(file: IO[bytes], name: str) -> Iterator[Text]:
    try:
        if "worksheets/sheet" in name:
            yield from _sheet_texts(file, name)
            return
        for event, node in etree.iterparse(file, events=_EVENTS, resolve_entities=False, huge_tree=True):
            if event != "end":
                yield Text(name, node.text or "")
                continue
            yield from _element_texts(node, name)
            if node.tag in _BLOCKS:
                yield Text(name, _joined(node))
            if node.tag in _DONE:
                for child in list(node):
                    node.remove(child)
    except etree.XMLSyntaxError as fault:
        raise UnreadableError(name) from fault


def _joined(block: Any) -> str:
    """The text of a paragraph or cell, its runs joined."""
    return "".join(node.text or "" if node.tag in _PIECES else _SIGNS.get(node.tag, "") for node in block.iter())


def _element_texts(node: Any, name: str) -> Iterator[Text]:
    """What an element says by itself: its attributes, its own text, comments and what follows it."""
    for value in node.attrib.values():
        if len(value) > 5:
            yield Text(name, value, pattern=len(value) == 16 or not _NO_WORDS.fullmatch(value))
    for text in (node.text, node.tail):
        if text and len(text) > 5:
            yield Text(name, text, pattern=reads(text.strip()))
            if "&" in text:  # the head and foot of a worksheet: "&C0281..." is centred
                yield Text(name, _CODE.sub(" ", text))


def _around(root: Any, name: str) -> Iterator[Text]:
    """Comments and processing instructions, in the tree and beside its root."""
    beside = (*root.itersiblings(preceding=True), *root.itersiblings())
    for node in (*beside, *root.iter(etree.Comment, etree.PI)):
        yield Text(name, node.text or "")


def _sheet_texts(file: IO[bytes], name: str) -> Iterator[Text]:
    """A worksheet: rows are read as they come, the rest (links, headers, validations) as any XML."""
    root: Any = None
    for _, node in etree.iterparse(file, tag=_S + "row", resolve_entities=False, huge_tree=True):
        yield from _row_texts(node, f"{name}, baris {node.get('r')}")
        root = node.getroottree().getroot() if root is None else root
        node.clear()
        while node.getprevious() is not None:
            before = node.getparent()[0]
            if not isinstance(before.tag, str):  # a comment between rows
                yield Text(name, before.text or "")
            del node.getparent()[0]
    if root is None:
        file.seek(0)
        root = etree.parse(file, etree.XMLParser(resolve_entities=False)).getroot()
    for node in root.iter(etree.Element):
        yield from _element_texts(node, name)
    yield from _around(root, name)


def _row_texts(row: Any, place: str) -> Iterator[Text]:
    """The cells of a row; the runs of a formatted text are one."""
    formatted = row.find(f".//{_S}r") is not None
    cells = ("".join(map(str, cell.itertext())) for cell in row) if formatted else map(str, row.itertext())
    yield from together(cells, place)


def picture_texts(data: bytes, name: str) -> Iterator[Text]:
    """What a picture says about itself: EXIF, XMP, comments, text chunks. Raises UnreadableError."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as picture:
            picture.load()
            info = dict(picture.info)
            exif = picture.getexif()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as fault:
        raise UnreadableError(name) from fault
    info.pop("icc_profile", None)
    info.pop("exif", None)
    values: list[object] = [*info.items(), *exif.values()]
    for place in (0x8769, 0x8825, 0xA005):
        values += exif.get_ifd(place).values()
    for value in _flat(values):
        yield Text(name, value)


def _flat(value: object) -> Iterator[str]:
    if isinstance(value, bytes):
        for coding in ("utf-8", "utf-16-le", "latin-1"):
            yield value.decode(coding, "replace").replace("\x00", "")
    elif isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _flat(inner)
    elif isinstance(value, dict):
        yield from _flat(list(value.items()))
