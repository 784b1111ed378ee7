"""What an identity field says about other work than that of its SOP: asked by IDN-13, IDN-14 and IDN-15."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from pipeline.model.remembered import per_sop
from pipeline.model.sop import Sop
from pipeline.rules.identity_words import kind, spoken
from pipeline.rules.shapes import content
from pipeline.rules.topics import stems, text_stems, topic_of
from pipeline.rules.vocabulary import words

_THEN = re.compile(r"\bmaka\b", re.IGNORECASE)
_IF = re.compile(r"\s*(?:jika|apabila|bila|bilamana|kalau|dalam hal)\b", re.IGNORECASE)
_PREDICATE = re.compile(r"\b(?:akan|dapat|tidak|harus|wajib|belum|terkendala|terhambat|terganggu)\b", re.IGNORECASE)
_VERB = re.compile(r"(?:di|ter|me|ber)\w{4,}$")
_MOST_WORDS = 3
_NARROW = {"perencanaan": frozenset(("perencanaan", "perencana", "renstra", "renja", "rkpd", "strategis", "renaksi"))}
"""A plan of any kind ("rencana reses") is not yet planning as a field of work."""


@lru_cache(maxsize=4096)
def condition(text: str) -> str:
    """The part of a warning that speaks of the procedure itself, without the consequence."""
    then = _THEN.search(text)
    if then is not None:
        return text[: then.start()]
    if _IF.match(text):
        return text.partition(",")[0]
    predicate = _PREDICATE.search(text)
    return text[: predicate.start()] if predicate else text


def procedures(text: str) -> Iterator[tuple[str, ...]]:
    """What is said to be done in ``text``: the words after each kind of activity ("Penyusunan Reses" -> reses)."""
    said = spoken(text)
    for index, word in enumerate(said):
        if word in words("generic") and word.endswith(("an", "si")):
            carrying = []
            for follower in said[index + 1 : index + 1 + _MOST_WORDS]:
                if _VERB.match(follower) or _PREDICATE.match(follower):
                    break
                if follower not in words("generic") and follower not in words("function"):
                    carrying.append(follower)
            if carrying:
                yield tuple(carrying)


def strays(sop: Sop) -> bool:
    """Is the title about something else than the content, so that it proves nothing (rule IDN-09)?"""
    return not topic_of(sop.title).any_touches(content(sop))


@per_sop
def own_stems(sop: Sop) -> frozenset[str]:
    """Stems of everything that the SOP is about: its steps and related SOPs, actors, legal basis, and its title where
    that is about the same."""
    return stems_without(sop, ())


def stems_without(sop: Sop, judged: Collection[str]) -> frozenset[str]:
    """``own_stems`` without those of the texts that are ``judged`` themselves."""
    parts = [*content(sop), *sop.actors, *sop.legal_basis, *sop.equipment]
    if not strays(sop):
        parts.append(sop.title)
    return frozenset().union(*(text_stems(part) for part in parts if part not in judged))


def foreign_subject(text: str, sop: Sop) -> str:
    """The first word of ``text`` that names a field of work which the SOP does not know; "" when there is none."""
    subjects = [word for word in spoken(text) if word in kind("subject")]
    return next((word for word in subjects if _NARROW.get(word, stems(word)).isdisjoint(own_stems(sop))), "")
