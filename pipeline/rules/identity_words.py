"""Words of the identity page: kinds of activity, skills, registers, equipment (``identity.csv``, ``equipment.csv``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.rules.vocabulary import rows, words

_WORD = re.compile(r"[^\W\d_]\w*")
_NOUN = re.compile(r"(?:pe\w{4,}an|per\w{3,}an|ke\w{4,}an|\w{4,}an|\w{3,}(?:asi|isi|usi|ensi)|\w{4,}ing)$")
_VERB = re.compile(r"(?:me\w{4,}|ber\w{4,})$")
_PAIRS = frozenset(
    ("tata cara", "kerja sama", "tindak lanjut", "serah terima", "pinjam pakai", "alih media", "antar jemput")
)


@cache
def kind(name: str) -> frozenset[str]:
    """The words of one kind: activity, not_activity, skill, stock, register, subject."""
    return frozenset(word for row_kind, word in rows("identity.csv", ("jenis", "kata")) if row_kind == name)


def spoken(text: str) -> tuple[str, ...]:
    """The words of ``text`` in lower case."""
    return tuple(word.lower() for word in _WORD.findall(text))


@lru_cache(maxsize=4096)
def begins_with_activity(title: str) -> bool:
    """Does ``title`` begin with the noun or verb of an activity ("Penyusunan ...", "Fasilitasi ...")?"""
    said = spoken(title)
    if not said:
        return False
    first = said[0]
    if " ".join(said[:2]) in _PAIRS or first in kind("activity") or first in words("generic"):
        return True
    if first in kind("not_activity"):
        return False
    return bool(_NOUN.match(first)) or (bool(_VERB.match(first)) and first not in words("not_verb"))


@dataclass(frozen=True, slots=True)
class Tool:
    """A piece of equipment: its ``name``, what speaks of its use, and what in the list of equipment stands for it."""

    name: str
    used: re.Pattern[str]
    listed: re.Pattern[str]
    telling: tuple[str, ...] = ()
    """The longest word of each phrase that speaks of its use, in lower case: a text without any of them does not."""


@cache
def tools() -> tuple[Tool, ...]:
    """The rows of ``equipment.csv``."""
    table = rows("equipment.csv", ("alat", "disebut", "dipenuhi"))
    return tuple(
        Tool(name, _any(used), _any(listed), tuple(max(phrase.lower().split(), key=len) for phrase in used.split(";")))
        for name, used, listed in table
    )


@cache
def telling_words() -> tuple[tuple[str, Tool], ...]:
    """Every tool by each of its telling words."""
    return tuple((word, tool) for tool in tools() for word in dict.fromkeys(tool.telling))


def _any(phrases: str) -> re.Pattern[str]:
    """A pattern for any of the phrases between ``;``, as whole words."""
    parts = (re.escape(phrase.strip()).replace(r"\ ", r"\s+") for phrase in phrases.split(";"))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w-])", re.IGNORECASE)
