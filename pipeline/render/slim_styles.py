"""Styles and lists that nothing in a template uses. LibreOffice builds every one of them for every document.

A style is in use when a paragraph, run or table names it, when one in use is based on it, follows it or is linked with
it, when a list in use has it at one of its levels, when a setting names it, or when a field does (a table of contents
asks for styles by their names). Those named "Tertib ..." stay for whoever edits the template: they are what the
manual offers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from pipeline.model.message import Message, say
from pipeline.render.proof_names import SETTINGS, STYLES, W
from pipeline.render.slim_package import Package

NUMBERING: Final = "word/numbering.xml"
OWN: Final = "tertib"
_NAMED: Final = {W + "pStyle": "paragraph", W + "rStyle": "character", W + "tblStyle": "table"}
_FOLLOWED: Final = ("basedOn", "next", "link")
_OF_SETTINGS: Final = ("defaultTableStyle", "clickAndTypeStyle")
_CONTENTS: Final = re.compile(r"\bTO[CA]\b")
_TRUE: Final = frozenset({"1", "true", "on"})


@dataclass(frozen=True, slots=True)
class Unused:
    """Ids of styles, and numbers of lists and of their definitions, that nothing uses; ``all`` styles there are."""

    styles: frozenset[str]
    tables: int
    lists: frozenset[str]
    definitions: frozenset[str]
    all: int

    def __bool__(self) -> bool:
        return bool(self.styles or self.lists or self.definitions)


def unused(package: Package) -> Unused:
    """What nothing in ``package`` uses."""
    if STYLES not in package:
        return Unused(frozenset(), 0, frozenset(), frozenset(), 0)
    use = _Use(package)
    use.follow()
    styles = frozenset(use.styles) - use.used
    tables = sum(use.styles[name].get(W + "type") == "table" for name in styles)
    lists = frozenset(use.lists) - use.lists_used
    return Unused(styles, tables, lists, frozenset(use.definitions) - use.definitions_used, len(use.styles))


def without_unused(package: Package) -> Iterator[Message]:
    """Take it out of ``package``; what was taken out, for people."""
    found = unused(package)
    if found.styles:
        root = package.root(STYLES)
        for style in [each for each in root.iter(W + "style") if each.get(W + "styleId") in found.styles]:
            style.getparent().remove(style)
        package.touch(STYLES)
        yield say("{n} gaya yang tidak dipakai, dari {all}", n=len(found.styles), all=found.all)
    if found.lists or found.definitions:
        _drop_lists(package, found)
        yield say("{n} penomoran yang tidak dipakai", n=max(len(found.lists), len(found.definitions)))


def _drop_lists(package: Package, found: Unused) -> None:
    root = package.root(NUMBERING)
    for node in list(root):
        if node.get(W + "numId") in found.lists or node.get(W + "abstractNumId") in found.definitions:
            root.remove(node)
    package.touch(NUMBERING)
    if not len(root):
        package.drop(NUMBERING)


class _Use:
    """Follows from what the pages name to all that it needs."""

    def __init__(self, package: Package) -> None:
        self.styles = {node.get(W + "styleId", ""): node for node in package.root(STYLES).iter(W + "style")}
        numbering = package.found(NUMBERING)
        nums = [] if numbering is None else numbering.findall(W + "num")
        abstracts = [] if numbering is None else numbering.findall(W + "abstractNum")
        self.lists = {node.get(W + "numId", ""): node for node in nums}
        self.definitions = {node.get(W + "abstractNumId", ""): node for node in abstracts}
        self.used: set[str] = set()
        self.lists_used: set[str] = set()
        self.definitions_used: set[str] = set()
        self._begin(package)

    def _begin(self, package: Package) -> None:
        fields: list[str] = []
        for name in package.stories:
            root = package.root(name)
            self._of(root)
            fields += [node.text or "" for node in root.iter(W + "instrText")]
            fields += [node.get(W + "instr", "") for node in root.iter(W + "fldSimple")]
        told = " ".join(fields)
        settings = package.found(SETTINGS)
        for name in _OF_SETTINGS:
            node = None if settings is None else settings.find(W + name)
            self._use("" if node is None else node.get(W + "val", ""))
        for id_, style in self.styles.items():
            if style.get(W + "default") in _TRUE or _is_asked(_name(style), id_, told):
                self._use(id_)

    def follow(self) -> None:
        """Until nothing new is found."""
        before = -1
        while before != self._count():
            before = self._count()
            for id_ in list(self.used):
                style = self.styles[id_]
                for name in _FOLLOWED:
                    node = style.find(W + name)
                    self._use("" if node is None else node.get(W + "val", ""))
                self._of(style)
            for number in list(self.lists_used):
                node = self.lists[number].find(W + "abstractNumId")
                self._define("" if node is None else node.get(W + "val", ""))
                self._of(self.lists[number])
            for number in list(self.definitions_used):
                self._of(self.definitions[number])
                self._linked(self.definitions[number])

    def _of(self, node: Any) -> None:
        """The styles and lists that ``node`` names."""
        for each in node.iter(*_NAMED, W + "numId"):
            value = each.get(W + "val", "")
            if each.tag == W + "numId":
                self._list(value)
            else:
                self._use(value)

    def _linked(self, definition: Any) -> None:
        """A list that has its levels from a style of lists, and the other way round."""
        for name in ("styleLink", "numStyleLink"):
            node = definition.find(W + name)
            if node is not None:
                self._use(node.get(W + "val", ""))

    def _use(self, id_: str) -> None:
        if id_ in self.styles:
            self.used.add(id_)

    def _list(self, number: str) -> None:
        if number in self.lists:
            self.lists_used.add(number)

    def _define(self, number: str) -> None:
        if number in self.definitions:
            self.definitions_used.add(number)

    def _count(self) -> int:
        return len(self.used) + len(self.lists_used) + len(self.definitions_used)


def _name(style: Any) -> str:
    node = style.find(W + "name")
    return "" if node is None else str(node.get(W + "val", ""))


def _is_asked(name: str, id_: str, fields: str) -> bool:
    """The style has a name of ours, or the text of a field names it."""
    folded = name.casefold()
    if folded.startswith(OWN) or id_.casefold().startswith(OWN):
        return True
    if _CONTENTS.search(fields) and re.match(r"(toc|toa|heading|table of) ?", folded):
        return True
    return bool(name) and re.search(rf"(?<!\w){re.escape(folded)}(?!\w)", fields.casefold()) is not None
