"""What a table style says, gathered over the styles it is based on, and stated where it holds.

The order of precedence is Word's: defaults of the document, table style, paragraph style, character style, the thing
itself (ISO/IEC 29500-1, 17.7.2). So what a table style says of text is stated only where no style of the text says
something about the same; where both do and Word's answer is not certain, ``LeaveError`` is raised and the table stays.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from lxml import etree

from pipeline.model.message import Message, say
from pipeline.render.order import ORDER, child, local, put
from pipeline.render.proof_names import W

Looks = Mapping[str, Any]
"""Properties by their names ("shd", "spacing"), as elements."""

_BY_SIDE: Final = frozenset({"tblBorders", "tcBorders", "tblCellMar", "tcMar"})
_TOGGLES: Final = frozenset(
    (
        "b",
        "bCs",
        "i",
        "iCs",
        "caps",
        "smallCaps",
        "strike",
        "dstrike",
        "outline",
        "shadow",
        "emboss",
        "imprint",
        "vanish",
    )
)
_UNSURE: Final = frozenset({"sz", "szCs", "jc"})
"""Word lets a table style win over some paragraph styles here, depending on a setting of the document."""
_NOT_STATED: Final = frozenset({"ind", "tabs", "numPr", "pBdr", "framePr"})
_GROUPS: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {
    "spacing": (
        ("before", "beforeLines", "beforeAutospacing"),
        ("after", "afterLines", "afterAutospacing"),
        ("line", "lineRule"),
    ),
    "rFonts": (
        ("ascii", "asciiTheme"),
        ("hAnsi", "hAnsiTheme"),
        ("eastAsia", "eastAsiaTheme"),
        ("cs", "cstheme"),
        ("hint",),
    ),
}
"""Attributes that say the same thing; each group is stated for itself."""
_BLOCK_TAG: Final = re.compile(r"\{[%{#]p\s")
_RUN_TAG: Final = re.compile(r"\{[{%]-?r\s")


class LeaveError(Exception):
    """This table stays as it is, because of ``why``."""

    def __init__(self, why: Message) -> None:
        super().__init__(why)
        self.why = why


def text_of(node: Any) -> str:
    """The words in ``node``."""
    return "".join(part.text or "" for part in node.iter(W + "t"))


def merged(nodes: Sequence[Any]) -> dict[str, Any]:
    """The properties of ``nodes``, the nearest first; borders and margins side by side, fonts and distances apart."""
    found: dict[str, Any] = {}
    for node in nodes:
        for each in [] if node is None else node:
            name = local(each)
            if name not in found:
                found[name] = copy.deepcopy(each)
            elif name in _BY_SIDE:
                known = {local(side) for side in found[name]}
                found[name].extend(copy.deepcopy(side) for side in each if local(side) not in known)
            elif name in _GROUPS:
                _fill(found[name], each, name, ())
    return found


def same(one: Any, other: Any) -> bool:
    """Do two elements say the same?"""
    return other is not None and canonical(one) == canonical(other)


def canonical(node: Any) -> bytes:
    """An element as it compares."""
    plain = copy.deepcopy(node)
    plain.tail = None
    return bytes(etree.tostring(plain, method="c14n", exclusive=True))


class Texts:
    """Paragraph and character styles of a template, and how looks are stated past them."""

    def __init__(self, styles: Any) -> None:
        self._styles = {node.get(W + "styleId", ""): node for node in styles.iter(W + "style")}
        defaults = styles.find(W + "docDefaults")
        self._of_paragraphs, self._of_runs = (
            {} if defaults is None else merged([defaults.find(f"{W}{name}Default/{W}{name}")])
            for name in ("pPr", "rPr")
        )
        self._default = next(
            (
                id_
                for id_, node in self._styles.items()
                if node.get(W + "type") == "paragraph" and node.get(W + "default") in {"1", "true", "on"}
            ),
            "",
        )

    def state(self, paragraph: Any, of_paragraph: Looks, of_run: Looks) -> None:
        """Give ``paragraph`` what a table style says of it. Raises LeaveError."""
        text = text_of(paragraph)
        if _BLOCK_TAG.search(text):
            return  # the tag takes its paragraph with it
        if of_run and _RUN_TAG.search(text):
            raise LeaveError(say("huruf dari gaya tabel berlaku untuk isi yang membawa formatnya sendiri"))
        chain = self._chain(paragraph.find(f"{W}pPr/{W}pStyle"), self._default)
        above = [node.find(W + "pPr") for node in chain]
        for look in of_paragraph.values():
            _state(paragraph, "pPr", look, above, self._of_paragraphs)
        if of_run:
            looks = [node.find(W + "rPr") for node in chain]
            for run in paragraph.iter(W + "r"):
                character = self._chain(run.find(f"{W}rPr/{W}rStyle"), "")
                for look in of_run.values():
                    _state(run, "rPr", look, [*(node.find(W + "rPr") for node in character), *looks], self._of_runs)
            for look in of_run.values():  # the mark at the end, which makes the height of an empty line
                _state(child(paragraph, "pPr"), "rPr", look, looks, self._of_runs)

    def holds(self, paragraph: Any, of_paragraph: Looks, of_run: Looks) -> bool:
        """Does ``paragraph`` look the same whether a table style says this of it or not? Raises LeaveError."""
        tried = copy.deepcopy(paragraph)
        self.state(tried, of_paragraph, of_run)
        return canonical(tried) == canonical(paragraph)

    def _chain(self, reference: Any, default: str) -> list[Any]:
        name = default if reference is None else reference.get(W + "val", "")
        found: list[Any] = []
        while name in self._styles and self._styles[name] not in found:
            found.append(self._styles[name])
            based = found[-1].find(W + "basedOn")
            name = "" if based is None else based.get(W + "val", "")
        return found


def _state(owner: Any, holder: str, look: Any, above: Sequence[Any], defaults: Looks) -> None:
    """State ``look`` in the ``holder`` of ``owner`` unless that or a style ``above`` says something of it, or the
    defaults of the document say the same."""
    name = local(look)
    if name in _NOT_STATED or name not in ORDER[holder]:
        raise LeaveError(say("gaya tabel memuat “{name}” untuk paragraf", name=name))
    own = owner.find(f"{W}{holder}/{W}{name}")
    if name in _GROUPS:
        stated = child(child(owner, holder), name)
        told = [None if node is None else node.find(W + name) for node in above]
        _fill(stated, look, name, told, defaults.get(name))
        if not stated.attrib:
            kept = stated.getparent()
            kept.remove(stated)
            if not len(kept):
                owner.remove(kept)
        return
    if own is not None:
        return
    if any(node is not None and node.find(W + name) is not None for node in above):
        if name in _TOGGLES or name in _UNSURE:
            raise LeaveError(say("gaya tabel dan gaya paragraf sama-sama menetapkan “{name}”", name=name))
        return
    if not same(look, defaults.get(name)):
        put(child(owner, holder), copy.deepcopy(look))


def _fill(stated: Any, look: Any, name: str, above: Sequence[Any], default: Any = None) -> None:
    """Add to ``stated`` the attributes of ``look`` of whose group neither it nor one ``above`` has any, and that are
    not those of ``default``."""
    for group in _GROUPS[name]:
        keys = [W + key for key in group]
        if any(node is not None and any(key in node.attrib for key in keys) for node in (stated, *above)):
            continue
        if default is not None and all(look.get(key) == default.get(key) for key in keys):
            continue
        for key in keys:
            if key in look.attrib:
                stated.set(key, look.get(key))


def of_table(table: Any, tag: str) -> Iterator[Any]:
    """The ``tag`` (p, tc, tr) of a table itself, not of a table within it. Raises LeaveError for text boxes in it."""
    for node in list(table.iter(W + tag)):
        if next(node.iterancestors(W + "tbl")) is not table:
            continue
        if next(node.iterancestors(W + "txbxContent", W + "tbl")) is not table:
            raise LeaveError(say("kotak teks di dalam tabel"))
        yield node
