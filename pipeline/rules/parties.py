"""Whom the phrases of a sentence mean: who acts, who receives, who takes part; and who counts as the same.

"Dewan" alone is resolved by its verb where the office's register does not say what it stands for: what one person
does is done by members, what is decided is decided by the leaders or the plenary meeting.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pipeline.model.naming import expand
from pipeline.model.office import ActorKind, Office
from pipeline.rules.actors import Names, key
from pipeline.rules.sentences import Clause
from pipeline.rules.vocabulary import actor_groups, words

_EACH = re.compile(r"^(?:setiap|tiap-tiap|tiap|masing-masing|seluruh|semua|para|oleh|unsur)\s+", re.IGNORECASE)
_BETWEEN = re.compile(r"^\s*(?:(?:,|;|/)\s*)?(?:(?:dan|serta|atau|bersama|beserta|maupun)(?:\s+dengan)?\s+)?(?=\S)")
_NEXT = re.compile(r"\s*[,;/]\s*(?:(?:dan|serta|atau)\s+)?|\s+(?:dan|serta|atau|bersama|beserta|maupun)\s+")
_UNIT = re.compile(r"^(?:kepala|ketua|koordinator|sekretaris|sub ?koordinator)\s+(?:tim\s+)?")
_HEAD = re.compile(r"kepala (?:sub)?bagian (\w{4,})")
_SHORT = re.compile(r"\b(?!DPRD\b)[A-Z]{2,}")
_MEMBERS = frozenset(("anggota", "pimpinan", "alat"))
MEMBER, LEADERS, PLENARY = "Anggota DPRD", "Pimpinan DPRD", "Rapat Paripurna"


@dataclass(frozen=True, slots=True)
class Party:
    """Someone a phrase names. ``name`` is the one name it stands for, "" when nobody knows it; ``written`` is as in
    the text. ``choices`` are the names it may stand for: several when it is ambiguous, none when it is unknown."""

    written: str
    name: str = ""
    choices: tuple[str, ...] = ()


def doers(clause: Clause, names: Names) -> tuple[Party, ...]:
    """Who acts by the words of a clause: its subject, or its agent; () when they name nobody."""
    return tuple(p for p in parties(clause.doer, names, clause.verb) if p.name or p.choices or _is_actor(p.written))


@lru_cache(maxsize=16384)
def parties(phrase: str, names: Names, verb: str = "") -> tuple[Party, ...]:
    """Everyone a phrase names, in order ("A, B, dan C"); what is no known name is a party without name."""
    found: list[Party] = []
    rest = _EACH.sub("", phrase.strip())
    while rest:
        party, after = _first(rest, names, verb)
        if party is not None:
            found.append(party)
        after = _EACH.sub("", _BETWEEN.sub("", after)).strip()
        rest = after if len(after) < len(rest) else ""  # whatever the text, this ends
    return tuple(found)


def _first(text: str, names: Names, verb: str) -> tuple[Party | None, str]:
    """The party ``text`` begins with and what follows it."""
    for spelling in (text, expand(text, names.region)):
        head = names.head(key(spelling))
        if head:
            taken, rest = _take(spelling, head)
            after = rest.split(maxsplit=1)[0].lower() if rest.strip() else ""
            if not after or after.strip(",;/.") in ("", "dan", "serta", "atau", "bersama", "beserta", "maupun"):
                return _known(taken, head, names, verb), rest
            if rest[:1] in ",;/" or after in words("qualifier"):
                return _known(taken, head, names, verb), _after_part(rest)
    part = _NEXT.split(text, maxsplit=1)[0]
    return _unknown(part.strip(" ."), names), text[len(part) :]


def _after_part(rest: str) -> str:
    """``rest`` from the next separator on."""
    match = _NEXT.search(rest)
    return rest[match.start() :] if match else ""


def _take(text: str, head: str) -> tuple[str, str]:
    """``text`` cut after the words whose key is ``head``."""
    for match in re.finditer(r"(?=[\s,;/.]|$)", text):
        if key(text[: match.start()]) == head:
            return text[: match.start()].strip(" ."), text[match.start() :].lstrip(".")
    return text, ""


def _known(written: str, head: str, names: Names, verb: str) -> Party:
    name = names.known[head]
    choices = _vague(verb) if head in names.vague else (name,)
    return Party(written, name if name in choices else choices[0], choices)


def _vague(verb: str) -> tuple[str, ...]:
    """Whom "Dewan" may mean before ``verb``."""
    if verb in words("individual") or verb == "melaksanakan":
        return (MEMBER,)
    return (LEADERS, PLENARY) if verb in words("consenting") or verb.startswith("memberi") else (MEMBER, LEADERS)


def _unknown(written: str, names: Names) -> Party | None:
    """A part that is no known name: one of which a single known name is the longer form, or only as written."""
    if not written:
        return None
    plain = key(expand(written, names.region))
    if plain in names.vague:
        return Party(written, "", (MEMBER, LEADERS, PLENARY))
    longer = {name for spelling, name in names.known.items() if spelling.startswith(plain + " ")}
    if len(longer) == 1 and " " in plain:
        (name,) = longer
        return Party(written, name, (name,))
    return Party(written)


def _is_actor(written: str) -> bool:
    return key(written).split(" ", 1)[0] in words("actor")


@lru_cache(maxsize=16384)
def kin(one: str, other: str) -> bool:
    """May two names of actors stand for the same people: one contains the other, unit and head, member and body?"""
    a, b = key(one), key(other)
    if a == b or f" {a} " in f" {b} " or f" {b} " in f" {a} " or _stripped(a) == _stripped(b):
        return True
    groups = actor_groups()
    first, second = groups.get(one, ""), groups.get(other, "")
    if first == second == "pimpinan":
        return True
    # Members and leaders sit on the council's bodies; who of them acts is not for the sentence to say.
    return "alat" in (first, second) and first in _MEMBERS and second in _MEMBERS


def alike(choice: str, name: str, names: Names) -> bool:
    """May ``choice``, named by a sentence, be ``name``, a column: the same, kin, or the head of the unit named?"""
    return kin(choice, name) or heads_unit(name, choice, names) or heads_unit(choice, name, names)


def has_column(party: Party, names: Names) -> bool:
    """Does one of the columns stand for someone the party may be?"""
    return any(alike(choice, column, names) for choice in party.choices for column in names.columns)


def is_another_head(party: Party, others: Iterable[str], names: Names) -> bool:
    """Is a party that nobody knows the head of a unit that none of ``others`` names? Abbreviated ones may."""
    found = None if party.choices else _HEAD.match(key(expand(party.written, names.region)))
    if found is None:
        return False
    start = re.compile(rf"\b{re.escape(found[1][:3])}")
    return not any(_SHORT.search(other) or start.search(key(expand(other, names.region))) for other in others)


def _stripped(plain: str) -> str:
    """A name without the word for its head, cut to its first words: "kepala bagian umum" and "bagian umum"."""
    return _UNIT.sub("", plain)


def heads_unit(position: str, unit: str, names: Names) -> bool:
    """Does ``position`` belong to ``unit`` by the office's register, or is the unit the secretariat as a whole?"""
    wanted = key(unit)
    if actor_groups().get(unit) == "setwan" and wanted.startswith("sekretariat"):
        return position not in actor_groups() or actor_groups()[position] == "setwan"
    return any(name == position and own == wanted for name, own in names.units)


def is_outside(party: Party, office: Office) -> bool:
    """Is the party outside council and secretariat, by the office's register or by what he is commonly?"""
    for position in office.positions:
        if position.name == party.name:
            return position.kind is ActorKind.EXTERNAL
    return actor_groups().get(party.name, "luar") == "luar"
