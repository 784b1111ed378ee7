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
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from pipeline.errors import ProofError
from pipeline.model.message import say
from pipeline.render.proof_names import BODY, MC, RELATIONS, STYLES, A, W

_FALLBACK: Final = MC + "Fallback"
_LETTER: Final = re.compile("[A-Za-z0-9]")
_ALWAYS: Final = frozenset({"footnotes", "endnotes", "chart"})
"""Kinds of parts that print wherever they are referred to."""

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
    styles = _Styles.read(package, names)
    headers: set[str] = set()
    yield from styles.resolve(_asked(package, BODY, headers))
    for kind, target, relation in _related(package, names):
        if kind == "chart":
            yield from _chart_fonts(package, target, styles)
        elif kind in _ALWAYS or relation in headers:
            yield from styles.resolve(_asked(package, target, set()))


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


def _asked(package: zipfile.ZipFile, part: str, headers: set[str]) -> set[_Key]:
    """What the runs with text of ``part`` say: own font, character, paragraph and table style.

    Ids of the headers and footers that its sections print go into ``headers``. Read as a stream: a long table needs
    no more memory than a short one.
    """
    from lxml import etree

    found: set[_Key] = set()
    with package.open(part) as stream:
        reading = etree.iterparse(stream, tag=[W + "r", W + "p", W + "tr", W + "sectPr"], resolve_entities=False)
        for _, node in reading:
            if node.tag == W + "r":
                if _prints(node):
                    found.add(_key(node))
            elif node.tag == W + "sectPr":
                headers.update(_printed_headers(node))
            elif node.getparent().tag != W + "txbxContent" and node.find(f"{W}pPr/{W}sectPr") is None:
                # Runs of a text box end before the paragraph that holds the box; both have been read by now.
                for kid in list(node):
                    if kid.tag not in {W + "pPr", W + "trPr"}:
                        node.remove(kid)
    return found


def _prints(run: Any) -> bool:
    if run.find(f"{W}rPr/{W}vanish") is not None:
        return False
    if not any(_LETTER.search(text.text or "") for text in run.iterchildren(W + "t")):
        return False
    return next(run.iterancestors(_FALLBACK), None) is None


def _key(run: Any) -> _Key:
    fonts, style = run.find(f"{W}rPr/{W}rFonts"), _value(run.find(f"{W}rPr/{W}rStyle"))
    paragraph = next(run.iterancestors(W + "p"), None)
    table = next(run.iterancestors(W + "tbl"), None)
    return (
        _font(fonts),
        style,
        "" if paragraph is None else _value(paragraph.find(f"{W}pPr/{W}pStyle")),
        "" if table is None else _value(table.find(f"{W}tblPr/{W}tblStyle")),
    )


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

    @classmethod
    def read(cls, package: zipfile.ZipFile, names: frozenset[str]) -> _Styles:
        from lxml import etree

        theme = _theme(package, names)
        if STYLES not in names:
            return cls({}, "", "", theme)
        root = etree.fromstring(package.read(STYLES), etree.XMLParser(resolve_entities=False))
        fonts, paragraph = {}, ""
        for style in root.iterchildren(W + "style"):
            name = style.get(W + "styleId", "")
            fonts[name] = _value(style.find(W + "basedOn")), _font(style.find(f"{W}rPr/{W}rFonts"))
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in {"1", "true", "on"}:
                paragraph = name
        default = _font(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}rFonts"))
        return cls(fonts, default, paragraph, theme)

    def resolve(self, keys: set[_Key]) -> Iterator[str]:
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


def _theme(package: zipfile.ZipFile, names: frozenset[str]) -> dict[str, str]:
    from lxml import etree

    path = next((name for name in sorted(names) if name.startswith("word/theme/") and name.endswith(".xml")), "")
    if not path:
        return {}
    root = etree.fromstring(package.read(path), etree.XMLParser(resolve_entities=False))
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
