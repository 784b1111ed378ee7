"""A text for people: written in Indonesian where it is said, in other languages by gettext catalogues.

The Indonesian text is the key (msgid) of the catalogues in ``data/locale``; ``python -m pipeline.cli.texts`` brings
them up to date. A text whose key no catalogue has, such as a name or a path, is the same in every language.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final, Literal

Lang = Literal["id", "en"]
LANGUAGES: Final[tuple[Lang, ...]] = ("id", "en")
DOMAIN: Final = "tertib"
LOCALE: Final = Path(__file__).resolve().parent.parent / "data" / "locale"
_SOURCE: Final = "id"
_WHOLE: Final = "{text}"


@dataclass(frozen=True, slots=True)
class Message:
    """A text in every language. ``facts`` fill its ``{name}`` places (``str.format`` rules); one may be a message
    itself, and a float gets a decimal comma in Indonesian. Without facts, braces are braces.

    ``finish`` is what is done to the text in the end: nothing, ``"sentence"`` or ``"bare"``. ``context`` tells apart
    equal texts that other languages tell apart.
    """

    key: str
    facts: tuple[tuple[str, str | float | Message], ...] = ()
    finish: Literal["", "sentence", "bare"] = ""
    context: str = ""

    def text(self, lang: Lang) -> str:
        """The text in ``lang``."""
        text = translated(self.key, lang, self.context)
        if self.facts:
            text = text.format(**{name: _fact(fact, lang) for name, fact in self.facts})
        if self.finish == "sentence":
            return _capital(text)
        return text.rstrip(".") if self.finish == "bare" else text

    @property
    def id(self) -> str:
        """The text in Indonesian."""
        return self.text("id")

    @property
    def en(self) -> str:
        """The text in English."""
        return self.text("en")

    def bare(self) -> Message:
        """The same text without a full stop at its end."""
        return replace(self, finish="bare")

    def sentence(self) -> Message:
        """The same text beginning with a capital letter, unless its first word is quoted or names a file or key."""
        return replace(self, finish="sentence")


NOTHING: Final = Message("")
"""No text, as a fact that may be left out."""


def say(text: str, /, *, context: str = "", **facts: object) -> Message:
    """The message that the catalogues know as ``text``; see ``Message`` for ``facts`` and ``context``."""
    return Message(text, tuple((name, _kept(fact)) for name, fact in facts.items()), context=context)


def verbatim(text: object) -> Message:
    """A text that is the same in every language: a name, a path, a number."""
    return Message(_WHOLE, (("text", str(text)),))


def joined(separator: str, messages: Iterable[Message]) -> Message:
    """Messages in a row, with ``separator`` between them."""
    facts = tuple((f"part{number}", message) for number, message in enumerate(messages))
    return Message(separator.join(f"{{{name}}}" for name, _ in facts), facts)


def listed(words: Sequence[str]) -> str:
    """Words as an Indonesian list: "a", "a dan b", "a, b, dan c"."""
    if len(words) < 3:
        return " dan ".join(words)
    return f"{', '.join(words[:-1])}, dan {words[-1]}"


def translated(key: str, lang: Lang, context: str = "") -> str:
    """What the catalogue of ``lang`` has for ``key``; the key itself where it has nothing."""
    # The empty key of a catalogue is its header.
    if lang == _SOURCE or not key:
        return key
    return _catalogue(lang).pgettext(context, key) if context else _catalogue(lang).gettext(key)


@cache
def _catalogue(lang: Lang) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALE, languages=[lang])


def _kept(fact: object) -> str | float | Message:
    return fact if isinstance(fact, Message | float) else str(fact)


def _fact(fact: str | float | Message, lang: Lang) -> str:
    if isinstance(fact, Message):
        return fact.text(lang)
    return str(fact).replace(".", ",") if isinstance(fact, float) and lang == _SOURCE else str(fact)


def _capital(text: str) -> str:
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    return text if set("./_\\") & set(first.rstrip(".")) else text[:1].upper() + text[1:]
