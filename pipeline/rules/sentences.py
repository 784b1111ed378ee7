"""Reads the sentence of an activity: its predicate, who stands before it, who receives, what else is done.

The method is that of rule-based sentence analysis by affixes (me-/ber- active, di- passive); it knows no
dictionary beyond the exceptions in ``words.csv``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from pipeline.rules.vocabulary import words

_TOKEN = re.compile(r"[^\W\d_][\w'/-]*\.?|\d[\w./%-]*|[,;:?()]")
_NOMINAL = re.compile(r"(?:pe|per|ke)\w{3,}an$")
_THEN = frozenset(("kemudian", "selanjutnya", "lalu", "lantas"))
_AND = frozenset(("dan", "serta", "sekaligus", "&")) | _THEN


class Mood(Enum):
    """How an activity is worded."""

    ACTIVE = "active"
    PASSIVE = "passive"
    NOMINAL = "nominal"
    QUESTION = "question"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Sentence:
    """An activity as read. ``subject`` is the text before an active predicate (before the object of a passive one
    it is the object); ``verb`` and ``second`` are lower-case verbs, "" when absent; ``recipients`` are the phrases
    after *kepada* and *ke*; ``agent`` is the phrase after the *oleh* of a stated passive verb.
    """

    mood: Mood
    verb: str = ""
    subject: str = ""
    second: str = ""
    recipients: tuple[str, ...] = ()
    agent: str = ""


def is_active(word: str) -> bool:
    """Does the lower-case ``word`` look like a me- or ber- verb?"""
    if len(word) < 6 or word in words("not_verb"):
        return False
    return (word.startswith("me") and word[2] in "lrwymn") or word.startswith("ber") or word == "bekerja"


def is_passive(word: str) -> bool:
    """Does the lower-case ``word`` look like a di- verb?"""
    return len(word) >= 6 and word.startswith("di") and word not in words("not_passive")


@lru_cache(maxsize=16384)
def parse(text: str) -> Sentence:
    """The sentence of one activity; never fails, whatever the text."""
    tokens = _TOKEN.findall(text)
    lower = [token.lower().rstrip(".") for token in tokens]
    if text.rstrip().endswith("?") or lower[:1] == ["apakah"]:
        return Sentence(Mood.QUESTION, recipients=_phrases(tokens, lower, ("kepada", "ke")))
    verbs = _verbs(lower)
    recipients = _phrases(tokens, lower, ("kepada", "ke"))
    if not verbs:
        nominal = bool(lower) and bool(_NOMINAL.match(lower[0]))
        return Sentence(Mood.NOMINAL if nominal else Mood.OTHER, recipients=recipients)
    first = verbs[0]
    mood = Mood.ACTIVE if is_active(lower[first]) else Mood.PASSIVE
    return Sentence(
        mood,
        verb=lower[first],
        subject=" ".join(tokens[: _before(lower, first)]),
        second=lower[verbs[1]] if len(verbs) > 1 else "",
        recipients=recipients,
        agent=_agent(tokens, lower, verbs),
    )


def _agent(tokens: list[str], lower: list[str], verbs: list[int]) -> str:
    """Who acts by a stated di- verb; "surat yang dikirim oleh Bupati" names no one who acts in this activity."""
    verb = -1
    for index, word in enumerate(lower):
        if is_active(word) or is_passive(word):
            verb = index
        if word == "oleh" and verb in verbs and is_passive(lower[verb]):
            return next(iter(_phrases(tokens[index:], lower[index:], ("oleh",))), "").rstrip(".")
    return ""


def _before(lower: list[str], verb: int) -> int:
    """Index of the first of the auxiliaries that stand directly before ``verb``."""
    while verb > 0 and lower[verb - 1] in words("auxiliary"):
        verb -= 1
    return verb


def _verbs(lower: list[str]) -> list[int]:
    """Indexes of the verbs that state an activity: the predicate and those joined to it as its equals."""
    found: list[int] = []
    last = -1
    nested = False
    for index, word in enumerate(lower):
        if not (is_active(word) or is_passive(word)):
            continue
        before = lower[_before(lower, index) - 1] if _before(lower, index) > 0 else ""
        if before in words("subordinate"):
            nested = True
        elif not found:
            found.append(index)
            nested = False
        elif not nested and word not in words("tool") and _joined(lower, last, index, before):
            found.append(index)
        last = index
    return found


def _joined(lower: list[str], last: int, index: int, before: str) -> bool:
    """Is the verb at ``index`` a second activity, not a part of the phrase that the verb at ``last`` began?"""
    if before in _AND or before == ",":
        return True
    opening = [i for i in range(last + 1, index) if lower[i] in (",", ";") or lower[i] in _THEN]
    if not opening or words("subordinate") & set(lower[opening[-1] + 1 : index]):
        return False
    return lower[opening[-1]] in _THEN or is_passive(lower[index])


def _phrases(tokens: list[str], lower: list[str], markers: tuple[str, ...]) -> tuple[str, ...]:
    found = []
    for index, word in enumerate(lower):
        if word in markers:
            end = index + 1
            while end < len(tokens) and not _ends_phrase(lower[end]):
                end += 1
            if end > index + 1:
                found.append(" ".join(tokens[index + 1 : end]))
    return tuple(found)


def _ends_phrase(word: str) -> bool:
    return word in ",;:?()" or word in words("phrase_end") or is_active(word) or is_passive(word)
