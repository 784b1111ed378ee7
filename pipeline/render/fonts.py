"""The fonts that the print of a DOCX asks for: those of runs with text, with styles and theme resolved.

LibreOffice replaces a font that is missing without a word. What a document really asks for is less than what it names:
templates list fonts of empty runs, unused styles and notes that nobody prints. A run counts when it prints a letter
or digit from A to Z: signs such as arrows come from whatever font has them.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from pipeline.errors import ProofError
from pipeline.model.message import say
from pipeline.render.proof_names import BODY, MC, RELATIONS, STYLES, A, W

_FALLBACK: Final = MC + "Fallback"
_LETTER: Final = re.compile("[A-Za-z0-9]")
_ALWAYS: Final = frozenset({"footnotes", "endnotes", "chart"})
"""Kinds of parts that print wherever they are referred to."""

_LARGE: Final = 4 << 20
"""Bytes of a part from which on it is read as a stream."""

_Key = tuple[str, str, str, str]


def fonts_of(docx: bytes) -> frozenset[str]:
    """Families that the printed text of ``docx`` asks for, named as there. Raises ProofError when it is unreadable."""
    from lxml import etree

    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as package:
            return frozenset(family for family in _families(package) if family)
    except (zipfile.BadZipFile, zlib.error, KeyError, etree.XMLSyntaxError) as error:
        raise ProofError(say("Huruf DOCX tidak dapat dibaca ({error}).", error=error)) from error


def _families(package: zipfile.ZipFile) -> Iterator[str]:
    names = frozenset(package.namelist())
    styles = _styles(package.read(STYLES) if STYLES in names else b"", _theme_part(package, names))
    body = _asked(package, BODY)
    yield from styles.resolve(body.keys)
    for kind, target, relation in _related(package, names):
        if kind == "chart":
            yield from _chart_fonts(package, target, styles)
        elif kind in _ALWAYS or relation in body.headers:
            yield from styles.resolve(_asked(package, target).keys)


def _related(package: zipfile.ZipFile, names: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    """Kind, part name and id of what the body refers to."""
    from lxml import etree

    path = "word/_rels/document.xml.rels"
    if path not in names:
        return
    for relation in etree.fromstring(package.read(path)):
        target = posixpath.normpath(posixpath.join("/word", relation.get("Target", ""))).lstrip("/")
        if relation.get("TargetMode") != "External" and target in names:
            yield relation.get("Type", "").rsplit("/", 1)[-1], target, relation.get("Id", "")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the runs with text of a part say: own font, character, paragraph and table style.

    ``headers`` are the ids of the headers and footers that its sections print.
    """

    keys: frozenset[_Key]
    headers: frozenset[str]


def _asked(package: zipfile.ZipFile, part: str) -> _Asked:
    if package.getinfo(part).file_size > _LARGE:
        return _streamed(package, part)
    data = package.read(part)
    return _whole(data) if part == BODY else _kept(data)


def _whole(data: bytes) -> _Asked:
    from lxml import etree

    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False))
    keys = frozenset(_key(run) for run in root.iter(W + "r") if _prints(run))
    return _Asked(keys, frozenset(id_ for section in root.iter(W + "sectPr") for id_ in _printed_headers(section)))


_kept = lru_cache(maxsize=64)(_whole)
"""Headers and footers are the same in most documents of an office."""


def _streamed(package: zipfile.ZipFile, part: str) -> _Asked:
    """As ``_whole``, but a long table needs no more memory than a short one."""
    from lxml import etree

    keys: set[_Key] = set()
    headers: set[str] = set()
    with package.open(part) as stream:
        reading = etree.iterparse(stream, tag=[W + "r", W + "p", W + "tr", W + "sectPr"], resolve_entities=False)
        for _, node in reading:
            if node.tag == W + "r":
                if _prints(node):
                    keys.add(_key(node))
            elif node.tag == W + "sectPr":
                headers.update(_printed_headers(node))
            elif node.getparent().tag != W + "txbxContent" and node.find(f"{W}pPr/{W}sectPr") is None:
                # Runs of a text box end before the paragraph that holds the box; both have been read by now.
                for kid in list(node):
                    if kid.tag not in {W + "pPr", W + "trPr"}:
                        node.remove(kid)
    return _Asked(frozenset(keys), frozenset(headers))


def _prints(run: Any) -> bool:
    if not any(_LETTER.search(text.text or "") for text in run.iterchildren(W + "t")):
        return False
    if _child(_child(run, "rPr"), "vanish") is not None:
        return False
    return next(run.iterancestors(_FALLBACK), None) is None


def _key(run: Any) -> _Key:
    own = _child(run, "rPr")
    paragraph = _child(next(run.iterancestors(W + "p"), None), "pPr")
    table = _child(next(run.iterancestors(W + "tbl"), None), "tblPr")
    return (
        _font(_child(own, "rFonts")),
        _value(_child(own, "rStyle")),
        _value(_child(paragraph, "pStyle")),
        _value(_child(table, "tblStyle")),
    )


def _child(node: Any, name: str) -> Any:
    """The first child of ``node`` by that name; None without one. Much faster than a path."""
    return None if node is None else next(node.iterchildren(W + name), None)


def _printed_headers(section: Any) -> Iterator[str]:
    """Ids of the headers and footers that print; those of a first page only where the section has one."""
    title = section.find(W + "titlePg")
    first = title is not None and title.get(W + "val", "1") not in {"0", "false", "off"}
    for name in ("headerReference", "footerReference"):
        for reference in section.iterchildren(W + name):
            kind = reference.get(W + "type")
            if kind == "default" or (kind == "first" and first):
                yield reference.get(f"{{{RELATIONS}}}id", "")


def _value(node: Any) -> str:
    return "" if node is None else str(node.get(W + "val", ""))


def _font(fonts: Any) -> str:
    """What a ``w:rFonts`` says of plain letters: a family, ``+major`` or ``+minor`` for the theme's, "" for nothing."""
    if fonts is None:
        return ""
    theme = fonts.get(W + "asciiTheme", "")
    return f"+{theme[:5]}" if theme else str(fonts.get(W + "ascii", ""))


@dataclass(frozen=True, slots=True)
class _Styles:
    """Styles by id: the style each is based on and the font it states. ``theme`` holds the fonts of the theme."""

    fonts: dict[str, tuple[str, str]]
    default: str
    paragraph: str
    theme: dict[str, str]

    def resolve(self, keys: Collection[_Key]) -> Iterator[str]:
        """The families that ``keys`` come to."""
        for own, character, paragraph, table in keys:
            found = (
                own
                or self._styled(character)
                or self._styled(paragraph or self.paragraph)
                or self._styled(table)
                or self.default
            )
            yield self.family(found)

    def family(self, font: str) -> str:
        """``font`` itself, or the theme's that it names."""
        return self.theme.get(font[1:6], "") if font.startswith("+") else font.strip()

    def _styled(self, name: str) -> str:
        seen: set[str] = set()
        while name and name not in seen:
            seen.add(name)
            name, font = self.fonts.get(name, ("", ""))
            if font:
                return font
        return ""


@lru_cache(maxsize=16)
def _styles(data: bytes, theme: bytes) -> _Styles:
    """What the parts with the styles and the theme say; b"" for one that is not there."""
    from lxml import etree

    families = _theme(theme)
    if not data:
        return _Styles({}, "", "", families)
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False))
    fonts, paragraph = {}, ""
    for style in root.iterchildren(W + "style"):
        name = style.get(W + "styleId", "")
        fonts[name] = _value(style.find(W + "basedOn")), _font(style.find(f"{W}rPr/{W}rFonts"))
        if style.get(W + "type") == "paragraph" and style.get(W + "default") in {"1", "true", "on"}:
            paragraph = name
    default = _font(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}rFonts"))
    return _Styles(fonts, default, paragraph, families)


def _theme_part(package: zipfile.ZipFile, names: frozenset[str]) -> bytes:
    path = next((name for name in sorted(names) if name.startswith("word/theme/") and name.endswith(".xml")), "")
    return package.read(path) if path else b""


def _theme(data: bytes) -> dict[str, str]:
    from lxml import etree

    if not data:
        return {}
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False))
    scheme = f"{A}themeElements/{A}fontScheme/{A}"
    latin = {kind: root.find(f"{scheme}{kind}Font/{A}latin") for kind in ("major", "minor")}
    return {kind: str(node.get("typeface", "")) for kind, node in latin.items() if node is not None}


_CHART_THEME: Final = {"+mj-lt": "+major", "+mn-lt": "+minor"}


def _chart_fonts(package: zipfile.ZipFile, part: str, styles: _Styles) -> Iterator[str]:
    """Fonts that a chart states; one that states none is set in LibreOffice's own."""
    from lxml import etree

    root = etree.fromstring(package.read(part), etree.XMLParser(resolve_entities=False))
    for node in root.iter(A + "latin"):
        typeface = str(node.get("typeface", ""))
        yield styles.family(_CHART_THEME.get(typeface, typeface))
