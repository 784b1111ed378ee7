"""Reads the sentence of an activity: what is done, in how many clauses, and who stands in which part of each.

The method is that of rule-based sentence analysis by affixes (me-/ber- active, di- passive); it knows no
dictionary beyond the lists in ``words.csv``. Names of offices are not known here: the parts are phrases as
written, and ``parties`` says whom they mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache

from pipeline.rules.vocabulary import words

_TOKEN = re.compile(r"[^\W\d_][\w'/-]*\.?|\d[\w./%-]*|[,;:?()]")
_NUMBERING = re.compile(r"\s*(?:\d{1,2}|[a-z])[.)]\s+")
_NOMINAL = re.compile(r"(?:pe|per|ke)\w{3,}an$")
_THEN = frozenset(("kemudian", "selanjutnya", "lalu", "lantas"))
_LIST = frozenset(("dan", "serta", "atau", "&", "maupun"))
_AND = frozenset(("dan", "serta", "sekaligus", "&")) | _THEN
_SENDING = frozenset(
    ("ditujukan", "disampaikan", "dikirim", "dikirimkan", "diserahkan", "diberikan", "diajukan", "dilaporkan")
)
"""Verbs that take a *kepada* of their own when they stand in a phrase ("surat yang ditujukan kepada Bupati")."""
_BY_ITSELF = frozenset(("sesuai", "sehubungan", "terkait", "berkaitan", "berkenaan", "beserta", "seiring"))
"""Words after which *dengan* brings in no companion ("sesuai dengan peraturan")."""


class Mood(Enum):
    """How an activity is worded."""

    ACTIVE = "active"
    PASSIVE = "passive"
    NOMINAL = "nominal"
    QUESTION = "question"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Clause:
    """One statement of an activity. ``verb`` is in lower case, "" when there is none; the rest are phrases as written.

    ``subject`` stands before the predicate: it acts in an active clause and is the object of a passive one. ``agent``
    follows the *oleh* of the clause. ``recipients`` follow *kepada* and *ke*, *untuk* and *bagi* before an actor, or a
    verb that gives them a task; ``companions`` follow *bersama*, or *dengan* before an actor. What belongs to a phrase
    within the clause ("surat yang dikirim oleh Bupati") is no part of it.
    """

    mood: Mood
    verb: str = ""
    subject: str = ""
    agent: str = ""
    recipients: tuple[str, ...] = ()
    companions: tuple[str, ...] = ()

    @property
    def doer(self) -> str:
        """The phrase that names who acts: the subject of an active verb, else the agent; "" when unsaid."""
        return (self.subject if self.mood is Mood.ACTIVE else "") or self.agent


@dataclass(frozen=True, slots=True)
class Sentence:
    """An activity as read: its clauses, at least one; the first states the activity, others are further ones."""

    clauses: tuple[Clause, ...]

    @property
    def mood(self) -> Mood:
        """The mood of the activity."""
        return self.clauses[0].mood

    @property
    def verb(self) -> str:
        """The verb of the activity in lower case, "" when it has none."""
        return self.clauses[0].verb

    @property
    def subject(self) -> str:
        """The subject of the activity as written."""
        return self.clauses[0].subject

    @property
    def agent(self) -> str:
        """The phrase after the *oleh* of the activity."""
        return self.clauses[0].agent

    @property
    def second(self) -> str:
        """The verb of a second activity, "" when there is none."""
        return self.clauses[1].verb if len(self.clauses) > 1 else ""

    @property
    def recipients(self) -> tuple[str, ...]:
        """Recipients of all clauses."""
        return tuple(phrase for clause in self.clauses for phrase in clause.recipients)


@lru_cache(maxsize=16384)
def is_active(word: str) -> bool:
    """Does the lower-case ``word`` look like a me- or ber- verb?"""
    if len(word) < 6 or word in words("not_verb"):
        return False
    return (word.startswith("me") and word[2] in "lrwymn-") or word.startswith("ber") or word == "bekerja"


@lru_cache(maxsize=16384)
def is_passive(word: str) -> bool:
    """Does the lower-case ``word`` look like a di- verb?"""
    return len(word) >= 6 and word.startswith("di") and word not in words("not_passive")


@lru_cache(maxsize=16384)
def parse(text: str) -> Sentence:
    """The sentence of one activity; never fails, whatever the text."""
    numbering = _NUMBERING.match(text)
    tokens = _without_brackets(_TOKEN.findall(text, numbering.end() if numbering else 0))
    lower = [token.lower().rstrip(".") for token in tokens]
    whole = (0, len(tokens))
    if text.rstrip().endswith("?") or lower[:1] == ["apakah"]:
        return Sentence((_clause(tokens, lower, Mood.QUESTION, whole, None),))
    starts = _clause_starts(lower)
    if not starts:
        mood = Mood.NOMINAL if lower and _NOMINAL.match(lower[0]) else Mood.OTHER
        return Sentence((_clause(tokens, lower, mood, whole, None),))
    clauses = []
    if starts[0][0]:  # "Perencanaan dan menambahkan ...": a noun states the first activity
        clauses.append(_clause(tokens, lower, Mood.NOMINAL, (0, starts[0][0]), None))
    for number, (start, verb) in enumerate(starts):
        end = starts[number + 1][0] if number + 1 < len(starts) else len(tokens)
        mood = Mood.ACTIVE if is_active(lower[verb]) else Mood.PASSIVE
        clauses.append(_clause(tokens, lower, mood, (start, end), verb))
    return Sentence(_with_shared_agent(clauses))


def _with_shared_agent(clauses: list[Clause]) -> tuple[Clause, ...]:
    """The *oleh* after the last of several passive verbs holds for all of them ("disusun dan diumumkan oleh X")."""
    for number in range(len(clauses) - 2, -1, -1):
        one, following = clauses[number], clauses[number + 1]
        passive = one.mood is following.mood is Mood.PASSIVE
        if passive and following.agent and not following.subject and not one.agent:
            clauses[number] = replace(one, agent=following.agent)
    return tuple(clauses)


def _without_brackets(tokens: list[str]) -> list[str]:
    """``tokens`` without what stands in round brackets: a remark, no part of the activity."""
    if "(" not in tokens:
        return tokens
    kept: list[str] = []
    depth = 0
    for token in tokens:
        depth += (token == "(") - (token == ")" and depth > 0)
        if not depth and token not in "()":
            kept.append(token)
    return kept


def _clause(tokens: list[str], lower: list[str], mood: Mood, span: tuple[int, int], verb: int | None) -> Clause:
    parts = _parts(tokens, lower, span, verb)
    agent = next(iter(parts["oleh"]), "")
    if verb is None:
        return Clause(mood, "", "", agent, tuple(parts["kepada"]), tuple(parts["dengan"]))
    subject = " ".join(tokens[span[0] : max(span[0], _before(lower, verb))]).strip(" ,;:.")
    if mood is Mood.ACTIVE and verb + 1 < span[1] and _orders(lower[verb], lower[verb + 1]):
        parts["kepada"].insert(0, _text(tokens, lower, verb + 1, span[1]))
    if mood is Mood.PASSIVE and not agent and subject and verb + 1 < span[1] and lower[verb + 1] in words("actor"):
        agent = _text(tokens, lower, verb + 1, span[1])
    return Clause(
        mood,
        _without_object(lower[verb]),
        subject,
        agent,
        tuple(parts["kepada"]),
        tuple(parts["dengan"]),
    )


def _orders(verb: str, after: str) -> bool:
    """Does the verb give its object, an actor, something to do ("Menugaskan Kasubbag untuk menyusun laporan")?"""
    return after in words("actor") and (verb in words("tasking") or verb == "meminta")


def _without_object(verb: str) -> str:
    """A verb without the object joined to it: "mencatatnya" -> "mencatat"."""
    return verb[:-3] if verb.endswith("nya") and not verb.endswith("tanya") else verb


def _parts(tokens: list[str], lower: list[str], span: tuple[int, int], verb: int | None) -> dict[str, list[str]]:
    """The phrases of a clause by what brings them in, leaving out those that belong to a phrase within it."""
    found: dict[str, list[str]] = {"oleh": [], "kepada": [], "dengan": []}
    last = verb  # the verb-like word seen last: a phrase after another one than the clause's own belongs to that
    for index in range(span[0] if verb is None else verb + 1, span[1] - 1):
        word = lower[index]
        kind = _MARKERS.get(word)
        if kind is None:
            if is_active(word) or is_passive(word):
                last = index
        elif _brings_in(kind, tokens, lower, index, (verb, last)):
            text = _text(tokens, lower, index + 1, span[1])
            if text:
                found[kind].append(text)
    return found


def _brings_in(
    kind: str, tokens: list[str], lower: list[str], index: int, verbs: tuple[int | None, int | None]
) -> bool:
    """Does the marker at ``index`` bring in a part of the clause? ``verbs``: the clause's own, and the last one."""
    verb, last = verbs
    word, before, actor = lower[index], lower[index - 1] if index else "", lower[index + 1] in words("actor")
    if kind == "oleh":
        return last == verb and not (verb is not None and _within_noun(lower, verb, index))
    if kind == "kepada":
        inner = {before if index - 1 != verb else "", lower[last] if last is not None and last != verb else ""}
        return (actor or word in ("kepada", "ke")) and not inner & _SENDING
    return before not in _BY_ITSELF and (actor or (word != "dengan" and tokens[index + 1][:1].isupper()))


_MARKERS = {
    "oleh": "oleh",
    **dict.fromkeys(("kepada", "ke", "untuk", "bagi"), "kepada"),
    **dict.fromkeys(("dengan", "bersama", "bersama-sama"), "dengan"),
}


def _named(tokens: list[str], index: int) -> bool:
    """Is the word a name by its capital?"""
    return tokens[index][:1].isupper()


def _within_noun(lower: list[str], verb: int, by: int) -> bool:
    """Does an *oleh* after an active verb belong to a noun before it ("hasil pemeriksaan oleh Inspektorat")?"""
    return is_active(lower[verb]) and any(_NOMINAL.match(word) for word in lower[max(verb + 1, by - 2) : by])


def _text(tokens: list[str], lower: list[str], start: int, limit: int) -> str:
    """The phrase that begins at ``start``: it runs over commas and *dan* as long as actors follow."""
    end = start
    while end < limit and not _ends_phrase(tokens, lower, end, limit):
        end += 1
    while end > start and lower[end - 1] in _LIST:
        end -= 1
    return " ".join(tokens[start:end]).replace(" ,", ",").rstrip(". ")


def _ends_phrase(tokens: list[str], lower: list[str], index: int, limit: int) -> bool:
    word = lower[index]
    if word in _LIST or word == ",":
        after = index + 1
        while after < limit and lower[after] in _LIST:
            after += 1
        if after >= limit or is_active(lower[after]) or is_passive(lower[after]):
            return True
        return lower[after] not in words("actor") and (word == "," or not _named(tokens, after))
    return word in ";:?()" or word in words("phrase_end") or is_active(word) or is_passive(word)


def _before(lower: list[str], verb: int) -> int:
    """Index of the first of the auxiliaries that stand directly before ``verb``."""
    while verb > 0 and lower[verb - 1] in words("auxiliary"):
        verb -= 1
    return verb


def _clause_starts(lower: list[str]) -> list[tuple[int, int]]:
    """(first word, verb) of each clause: the predicate and the verbs joined to it as its equals."""
    found: list[tuple[int, int]] = []
    last = -1
    nested = False
    for index, word in enumerate(lower):
        if not (is_active(word) or is_passive(word)):
            continue
        first = _before(lower, index)
        before = lower[first - 1] if first > 0 else ""
        if before in words("subordinate"):
            nested = True
        elif not found:
            noun = before in _AND and first > 1 and _NOMINAL.match(lower[0]) is not None
            found.append((first if noun else 0, index))
            nested = False
        elif word not in words("tool"):
            start = _joined(lower, (last, index), before, nested=nested, passive=is_passive(lower[found[0][1]]))
            if start is not None:
                found.append((start, index))
                nested = False
        last = index
    return found


def _joined(lower: list[str], between: tuple[int, int], before: str, *, nested: bool, passive: bool) -> int | None:
    """First word of the clause of the second of two verbs when that states a second activity; None when it is part of
    the phrase that the first began. ``passive``: the sentence began with a passive verb."""
    last, index = between
    if not nested and (before in _AND or before == ","):
        return _before(lower, index)
    opening = [i for i in range(last + 1, index) if lower[i] in (",", ";") or lower[i] in _AND]
    if not opening or words("subordinate") & set(lower[opening[-1] + 1 : index]):
        return None
    start = opening[-1] + 1
    word = lower[opening[-1]]
    # A new subject that can act begins a new activity, also after a phrase with a verb of its own.
    ordered = last + 1 < index and _orders(lower[last], lower[last + 1])
    if start < index and lower[start] in words("actor") and is_active(lower[index]) and not ordered:
        return start
    if nested:
        return None
    if word in _LIST or word == "sekaligus":
        return start if passive and is_passive(lower[index]) else None
    return start if word in _THEN or is_passive(lower[index]) else None
