"""A text for people in both languages of the product, kept together where it is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


def say(*, id: str, en: str, **facts: object) -> Message:
    """Fill ``{name}`` places of both texts from ``facts`` (``str.format`` rules); a fact may itself be a Message."""
    if not facts:
        return Message(id, en)
    return Message(id.format(**_facts(facts, "id")), en.format(**_facts(facts, "en")))


def _facts(facts: Mapping[str, object], lang: Lang) -> dict[str, object]:
    return {name: fact.text(lang) if isinstance(fact, Message) else fact for name, fact in facts.items()}
