"""What a YAML file or a key/value sheet holds: texts, lists and mappings, each with its place.

Texts stay as written: nothing becomes a number, a date or a truth value here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.model.finding import Place
from pipeline.model.message import Message, say


@dataclass(frozen=True, slots=True)
class TextNode:
    """A scalar; ``text`` is None when the file states nothing (empty, ``null``, ``~``)."""

    text: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class ListNode:
    """A list."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class MapNode:
    """A mapping; ``keys`` holds the place of each key."""

    entries: Mapping[str, Node]
    keys: Mapping[str, Place]
    place: Place


Node = TextNode | ListNode | MapNode

STAGE_KEY = "status"
"""The key that says the stage of a document. Where it cannot be read the document is held: it cannot be known which
findings block it, and a document meant as final must not come out as a draft."""


def describe(node: Node) -> Message:
    """What ``node`` is, in words."""
    if isinstance(node, TextNode):
        return say("teks")
    return say("daftar") if isinstance(node, ListNode) else say("pasangan kunci")
