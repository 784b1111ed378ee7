"""What Word leaves in a file for itself and nobody sees: numbers of editing sessions, marks of the spelling checker.

The numbers also cut sentences into runs: LibreOffice makes an automatic style of each of them. Runs that differ in
nothing else are joined, which leaves docxtpl's tags as they are read; those that stand for a whole run (``{{r x }}``)
take their run with them, so paragraphs with such tags are not joined.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from pipeline.model.message import Message, say
from pipeline.render.proof_names import SETTINGS, STYLES, W
from pipeline.render.slim_package import Package
from pipeline.render.template_repair import OWN_MARKS

_SESSION: Final = re.compile(re.escape(W) + r"rsid\w*")
_W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_NUMBERS: Final = (_W14 + "paraId", _W14 + "textId")
_RUN_TAG: Final = re.compile(r"\{[{%]-?\s*r\s")
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_MARKS: Final = (W + "proofErr", W + "lastRenderedPageBreak")
_OF_SETTINGS: Final = (W + "rsids", W + "proofState")


def without_noise(package: Package) -> Iterator[Message]:
    """Take it out of ``package``; what was taken out, for people."""
    numbers = sum(_without_numbers(package, name) for name in (*package.stories, STYLES) if name in package)
    if numbers:
        yield say("{n} nomor sesi penyuntingan (rsid)", n=numbers)
    marks = sum(_without_marks(package, name) for name in package.stories)
    if marks:
        yield say("{n} tanda pemeriksa ejaan dan tempat kursor", n=marks)
    if _without_settings(package):
        yield say("catatan sesi penyuntingan dan pemeriksa ejaan di setelan naskah")
    joined = sum(_joined(package, name) for name in package.stories)
    if joined:
        yield say("{n} potongan kalimat disambung", n=joined)


def count_noise(package: Package) -> int:
    """How many of these numbers and marks ``package`` holds."""
    found = 0
    for name in package.stories:
        for node in package.root(name).iter(etree.Element):
            found += node.tag in _MARKS
            found += sum(1 for key in node.attrib if _SESSION.fullmatch(str(key)))
    return found


def _without_numbers(package: Package, name: str) -> int:
    # Comments tell paragraphs apart by these numbers.
    gone = () if any("comments" in part for part in package.names) else _NUMBERS
    found = 0
    root = package.root(name)
    for node in root.iter(etree.Element):
        for key in [key for key in node.attrib if _SESSION.fullmatch(str(key)) or key in gone]:
            del node.attrib[key]
            found += 1
    for node in list(root.iter(W + "rsid")):
        node.getparent().remove(node)
        found += 1
    if found:
        package.touch(name)
    return found


def _without_marks(package: Package, name: str) -> int:
    root = package.root(name)
    found = list(root.iter(*_MARKS))
    starts = [node for node in root.iter(W + "bookmarkStart") if OWN_MARKS.fullmatch(node.get(W + "name", ""))]
    numbers = {node.get(W + "id") for node in starts}
    ends = [node for node in root.iter(W + "bookmarkEnd") if node.get(W + "id") in numbers]
    for node in (*found, *starts, *ends):
        _remove(node)
    if found or starts:
        package.touch(name)
    return len(found) + len(starts)


def _remove(node: Any) -> None:
    """Take ``node`` out; a run that holds nothing else goes with it."""
    parent = node.getparent()
    parent.remove(node)
    if parent.tag == W + "r" and all(each.tag == W + "rPr" for each in parent):
        parent.getparent().remove(parent)


def _without_settings(package: Package) -> bool:
    settings = package.found(SETTINGS)
    found = [] if settings is None else [node for node in settings if node.tag in _OF_SETTINGS]
    for node in found:
        settings.remove(node)
        package.touch(SETTINGS)
    return bool(found)


def _joined(package: Package, name: str) -> int:
    found = 0
    for paragraph in package.root(name).iter(W + "p"):
        if not _RUN_TAG.search("".join(text.text or "" for text in paragraph.iter(W + "t"))):
            found += _join_runs(paragraph)
    if found:
        package.touch(name)
    return found


def _join_runs(paragraph: Any) -> int:
    found = 0
    for run in list(paragraph.iter(W + "r")):
        before = run.getprevious()
        if before is None or not (_is_plain(before) and _is_plain(run)) or _looks(before) != _looks(run):
            continue
        text = before.find(W + "t")
        text.text = (text.text or "") + (run.find(W + "t").text or "")
        text.set(_SPACE, "preserve")
        run.getparent().remove(run)
        found += 1
    return found


def _is_plain(run: Any) -> bool:
    """Holds one text and nothing else, every blank of which prints."""
    if run.tag != W + "r" or run.attrib:
        return False
    rest = [each for each in run if each.tag != W + "rPr"]
    if len(rest) != 1 or rest[0].tag != W + "t":
        return False
    words = rest[0].text or ""
    return rest[0].get(_SPACE) == "preserve" or words == words.strip()


def _looks(run: Any) -> bytes:
    properties = run.find(W + "rPr")
    return b"" if properties is None or not len(properties) else bytes(etree.tostring(properties, method="c14n"))
