"""What a title is about, and whether a text touches it: light stemming of Indonesian, no dictionary."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.model.naming import bare_title
from pipeline.rules.vocabulary import expansions, words

_WORD = re.compile(r"[^\W\d_]{2,}")
_SHORT = re.compile(r"\b[A-Z]{2,8}\b")
_NASAL = (
    ("meny", ("s",)),
    ("peny", ("s",)),
    ("meng", ("", "k")),
    ("peng", ("", "k")),
    ("mem", ("", "p")),
    ("pem", ("", "p")),
    ("men", ("", "t")),
    ("pen", ("", "t")),
)
_PLAIN = ("ber", "per", "ter", "me", "pe", "di", "ke", "se")


@lru_cache(maxsize=65536)
def stems(word: str) -> frozenset[str]:
    """Possible stems of a lower-case word; two words are kin when their stems meet."""
    found = {word}
    for ending in ("nya", "lah", "kah"):
        if word.endswith(ending) and len(word) - 3 >= 4:
            found.add(word[:-3])
    for base in tuple(found):
        found.update(base[: -len(s)] for s in ("kan", "an", "i") if base.endswith(s) and len(base) - len(s) >= 4)
    for base in tuple(found):
        for prefix, restored in _NASAL:
            if base.startswith(prefix):
                found.update(r + base[len(prefix) :] for r in restored if len(base) - len(prefix) >= 4 - len(r))
        found.update(base[len(p) :] for p in _PLAIN if base.startswith(p) and len(base) - len(p) >= 4)
    return frozenset(found)


@lru_cache(maxsize=16384)
def text_stems(text: str) -> frozenset[str]:
    """Stems of all words of a text, and of the words its abbreviations stand for."""
    words = _WORD.findall(text.lower())
    full = _full_forms()
    words += [each for word in words if word in full for each in _WORD.findall(full[word])]
    return frozenset().union(*map(stems, words))


@lru_cache(maxsize=16384)
def _spelt_out(text: str) -> str:
    """``text`` in lower case, followed by the full forms of its abbreviations."""
    lower = text.lower()
    found = [full for word in _WORD.findall(lower) if (full := _full_forms().get(word))]
    return " ".join((lower, *found))


@cache
def _full_forms() -> dict[str, str]:
    return dict(expansions())


@dataclass(frozen=True, slots=True)
class Topic:
    """The words that carry the meaning of a title, in lower case; ``phrases`` and ``shorts`` are its other names."""

    words: tuple[str, ...]
    phrases: tuple[str, ...]
    shorts: frozenset[str]

    def touches(self, text: str) -> bool:
        """Does ``text`` name the topic, by kin word, abbreviation or full form? True for an empty topic."""
        if not self.words:
            return True
        found = text_stems(text)
        if any(stems(word) & found for word in self.words):
            return True
        spelt_out = _spelt_out(text)
        return any(p in spelt_out for p in self.phrases) or any(s.lower() in self.shorts for s in _WORD.findall(text))

    def any_touches(self, texts: Iterable[str]) -> bool:
        """Does one of ``texts`` name the topic?"""
        return any(self.touches(text) for text in texts)


@lru_cache(maxsize=4096)
def topic_of(title: str) -> Topic:
    """The topic of a title: its words without the kinds of activity and the words every office uses."""
    every = _WORD.findall(bare_title(title).lower())
    skipped = words("generic") | words("function")
    carrying = tuple(dict.fromkeys(w for w in every if w not in skipped))
    text = " ".join(every)
    phrases = tuple(full for short, full in expansions() if short in every)
    shorts = {short for short, full in expansions() if full in text} | _initials(every)
    return Topic(carrying, phrases, frozenset(shorts))


def _initials(every: list[str]) -> set[str]:
    """Initials of three to eight neighbouring words of a title ("kenaikan gaji berkala" -> kgb)."""
    content = [w for w in every if w not in ("dan", "di", "ke", "dari", "pada", "untuk", "yang", "atau")]
    spans = ((a, b) for a in range(len(content)) for b in range(a + 3, min(a + 8, len(content)) + 1))
    return {"".join(w[0] for w in content[a:b]) for a, b in spans}


def abbreviations_in(text: str) -> tuple[str, ...]:
    """Words of 2 to 8 capitals in ``text``, in order of appearance."""
    return tuple(dict.fromkeys(_SHORT.findall(text)))
