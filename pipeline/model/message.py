"""A text for people in both languages of the product, kept together where it is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Lang = Literal["id", "en"]


@dataclass(frozen=True, slots=True)
class Message:
    """One text in Indonesian (``id``) and English (``en``)."""

    id: str
    en: str

    def text(self, lang: Lang) -> str:
        """The text in ``lang``."""
        return self.en if lang == "en" else self.id

    def bare(self) -> Message:
        """The same text without a full stop at its end."""
        return Message(self.id.rstrip("."), self.en.rstrip("."))

    def sentence(self) -> Message:
        """The same text beginning with a capital letter, unless its first word is quoted or names a file or key."""
        return Message(_capital(self.id), _capital(self.en))


def _capital(text: str) -> str:
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    return text if set("./_\\") & set(first.rstrip(".")) else text[:1].upper() + text[1:]


def listed(words: Sequence[str]) -> str:
    """Words as an Indonesian list: "a", "a dan b", "a, b, dan c"."""
    if len(words) < 3:
        return " dan ".join(words)
    return f"{', '.join(words[:-1])}, dan {words[-1]}"


NOTHING = Message("", "")
"""No text, as a fact that may be left out."""


def verbatim(text: object) -> Message:
    """A text that is the same in every language: a name, a path, a number."""
    return Message(str(text), str(text))


def joined(separator: str, messages: Iterable[Message]) -> Message:
    """Messages in a row, with ``separator`` between them."""
    every = tuple(messages)
    return Message(separator.join(m.id for m in every), separator.join(m.en for m in every))


def say(*, id: str, en: str, **facts: object) -> Message:
    """Fill ``{name}`` places of both texts from ``facts`` (``str.format`` rules); a fact may itself be a Message.

    A float gets a decimal comma in Indonesian.
    """
    if not facts:
        return Message(id, en)
    return Message(id.format(**_facts(facts, "id")), en.format(**_facts(facts, "en")))


def _facts(facts: Mapping[str, object], lang: Lang) -> dict[str, object]:
    return {name: _fact(fact, lang) for name, fact in facts.items()}


def _fact(fact: object, lang: Lang) -> str:
    if isinstance(fact, Message):
        return fact.text(lang)
    return str(fact).replace(".", ",") if isinstance(fact, float) and lang == "id" else str(fact)
