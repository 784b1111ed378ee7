"""Mends what Word leaves in a template that an office has edited and that would harm the PDF, without asking.

None of it shows on the page in Word, so nobody could be told to go and look for it: an older compatibility mode, the
language of the program it was saved with, the path of a template on somebody's disk, marks that Word sets for itself,
links without a style, numbers of pictures that copying has doubled. ``tertib doctor`` tells what was mended.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any, Final

from lxml import etree

from pipeline.model.message import NOTHING, Message, say
from pipeline.render.proof_names import BODY, COMPATIBILITY, LANGUAGE, SETTINGS, STORY, STYLES, WP, WPG, WPS, A, W

_SETTINGS_RELS: Final = "word/_rels/settings.xml.rels"
_MODE_URI: Final = "http://schemas.microsoft.com/office/word"
_AFTER_COMPAT: Final = frozenset(
    W + name
    for name in (
        "docVars", "rsids", "attachedSchema", "themeFontLang", "clrSchemeMapping", "doNotIncludeSubdocsInStats",
        "doNotAutoCompressPictures", "forceUpgrade", "captions", "readModeInkLockDown", "smartTagType", "shapeDefaults",
        "doNotEmbedSmartTags", "decimalSymbol", "listSeparator",
    )
)  # fmt: skip
OWN_MARKS: Final = re.compile("_GoBack|_Hlk.*")
"""Names of marks that Word sets for itself: where the cursor last stood, and what was once copied."""
_LINKS: Final = say("tautan tanpa gaya Hyperlink, yang hilang di PDF")
_SILENT: Final = NOTHING
"""Told of what nobody needs to know, so that the part is written."""
_SHAPES: Final = (WP + "docPr", WPS + "cNvPr", WPG + "cNvPr")
_CONNECTED: Final = (A + "stCxn", A + "endCxn")
_FIRST_ID: Final = 60_000
"""First number of the pictures of a template: Word counts from 1, and so do the pictures that documents add. Those of
flowcharts begin above."""

Parts = dict[str, bytes]


def repaired(parts: tuple[tuple[str, bytes], ...]) -> tuple[tuple[tuple[str, bytes], ...], tuple[Message, ...]]:
    """The parts of a template after mending, and what was mended that a person may like to know.

    Parts that need nothing stay byte for byte. What is no XML is left for others to tell.
    """
    held = dict(parts)
    told = [*_mended(held, SETTINGS, _with_mode), *_mended(held, STYLES, _with_language)]
    told += _mended(held, SETTINGS, _without_template)
    _mended(held, _SETTINGS_RELS, _without_template_relation)
    numbers = count(_FIRST_ID)
    for name in [name for name in held if name == BODY or re.fullmatch(STORY, name)]:
        if b"<w:bookmarkStart" in held[name]:
            _mended(held, name, _without_own_marks)
        if b"<w:drawing" in held[name]:
            _mended(held, name, lambda root: _numbered(root, numbers))
        if b"<w:hyperlink" in held[name]:
            told += _mended(held, name, _styled_links)
    if _LINKS in told:
        _mended(held, STYLES, _with_link_style)
    return tuple((name, held[name]) for name, _ in parts), tuple(dict.fromkeys(told))


def _mended(parts: Parts, name: str, mend: Callable[[Any], Iterator[Message]]) -> list[Message]:
    """What ``mend`` tells of the part ``name``, which is written anew when it tells something."""
    try:
        root = etree.fromstring(parts[name], etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except (KeyError, etree.XMLSyntaxError):
        return []
    told = list(mend(root))
    if told:
        parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return told


def _with_mode(settings: Any) -> Iterator[Message]:
    modes = [each for each in settings.iter(W + "compatSetting") if each.get(W + "name") == "compatibilityMode"]
    found = modes[0].get(W + "val", "") if modes else "12"  # what Word takes it for where none is stated
    if found == str(COMPATIBILITY):
        return
    for mode in modes:
        mode.getparent().remove(mode)
    compat = settings.find(W + "compat")
    if compat is None:
        compat = etree.Element(W + "compat")
        places = [place for place, each in enumerate(settings) if each.tag in _AFTER_COMPAT or _is_foreign(each)]
        settings.insert(places[0] if places else len(settings), compat)
    mode = etree.SubElement(compat, W + "compatSetting")
    for name, value in (("name", "compatibilityMode"), ("uri", _MODE_URI), ("val", str(COMPATIBILITY))):
        mode.set(W + name, value)
    yield say("mode kompatibilitas Word {found}, dijadikan {wanted}", found=found, wanted=COMPATIBILITY)


def _is_foreign(node: Any) -> bool:
    return not str(node.tag).startswith(W)  # those of mathematics and of later versions of Word


def _with_language(styles: Any) -> Iterator[Message]:
    run = _child(_child(_child(styles, "docDefaults"), "rPrDefault"), "rPr")
    language = run.find(W + "lang")
    if language is None:
        language = etree.SubElement(run, W + "lang")
    found = language.get(W + "val", "")
    if found != LANGUAGE:
        language.set(W + "val", LANGUAGE)
        yield say("bahasa naskah {found}, dijadikan {wanted}", found=found or "–", wanted=LANGUAGE)


def _child(node: Any, name: str) -> Any:
    found = node.find(W + name)
    if found is None:
        found = etree.Element(W + name)
        node.insert(0, found)
    return found


def _without_template(settings: Any) -> Iterator[Message]:
    """The reference to the template that Word made the file from; where that lay on somebody's disk."""
    for node in settings.findall(W + "attachedTemplate"):
        settings.remove(node)
        yield say("pautan ke templat lain")


def _without_template_relation(relations: Any) -> Iterator[Message]:
    for node in list(relations):
        if node.get("Type", "").endswith("/attachedTemplate"):
            relations.remove(node)
            yield say("pautan ke templat lain")


def _without_own_marks(root: Any) -> Iterator[Message]:
    found = [node for node in root.iter(W + "bookmarkStart") if OWN_MARKS.fullmatch(node.get(W + "name", ""))]
    numbers = {node.get(W + "id") for node in found}
    found += [node for node in root.iter(W + "bookmarkEnd") if node.get(W + "id") in numbers]
    for node in found:
        node.getparent().remove(node)
        yield _SILENT


def _numbered(root: Any, numbers: Iterator[int]) -> Iterator[Message]:
    """Give every picture a number of its own, and lines those of the shapes that they are bound to."""
    for drawing in root.iter(W + "drawing"):
        known: dict[str, str] = {}
        for node in drawing.iter(*_SHAPES):
            number = str(next(numbers))
            known.setdefault(node.get("id", ""), number)
            node.set("id", number)
            yield _SILENT
        for node in drawing.iter(*_CONNECTED):
            node.set("id", known.get(node.get("id", ""), node.get("id", "")))


def _styled_links(root: Any) -> Iterator[Message]:
    for link in root.iter(W + "hyperlink"):
        for run in list(link.iter(W + "r")):
            properties = _child(run, "rPr")
            if properties.find(W + "rStyle") is None:
                style = etree.Element(W + "rStyle")
                style.set(W + "val", "Hyperlink")
                properties.insert(0, style)
                yield _LINKS


def _with_link_style(styles: Any) -> Iterator[Message]:
    """The style that links get has no looks of its own, so that they stay as the office wanted them."""
    if any(each.get(W + "styleId") == "Hyperlink" for each in styles.iter(W + "style")):
        return
    style = etree.SubElement(styles, W + "style")
    for name, value in (("type", "character"), ("styleId", "Hyperlink")):
        style.set(W + name, value)
    for name, value in (("name", "Hyperlink"), ("uiPriority", "99")):
        etree.SubElement(style, W + name).set(W + "val", value)
    yield _LINKS
