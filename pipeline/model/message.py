"""A text for people in both languages of the product, kept together where it is written."""

from __future__ import annotations

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


def say(*, id: str, en: str, **facts: object) -> Message:
    """Fill ``{name}`` places of both texts from ``facts`` (``str.format`` rules)."""
    if not facts:
        return Message(id, en)
    return Message(id.format(**facts), en.format(**facts))
