"""What an identity field says about other work than that of its SOP: asked by IDN-13, IDN-14 and IDN-15."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.model.sop import Sop
from pipeline.rules.base import Context
from pipeline.rules.identity_words import kind, spoken
from pipeline.rules.shapes import content
from pipeline.rules.topics import stems, text_stems
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


def strays(sop: Sop, ctx: Context) -> bool:
    """Is the title about something else than the content, so that it proves nothing (rule IDN-09)?"""
    return not ctx.topic.any_touches(content(sop))


def own_stems(sop: Sop, ctx: Context, *, without: tuple[str, ...] = ()) -> frozenset[str]:
    """Stems of everything that the SOP is about: its steps and related SOPs, actors, legal basis, and its title where
    that is about the same. ``without`` are texts left out: those that are judged."""
    parts = [*content(sop), *sop.actors, *sop.legal_basis, *sop.equipment]
    if not strays(sop, ctx):
        parts.append(sop.title)
    return frozenset().union(*(text_stems(part) for part in parts if part not in without))


def foreign_subject(text: str, own: frozenset[str]) -> str:
    """The first word of ``text`` that names a field of work which ``own`` does not know; "" when there is none."""
    subjects = (word for word in spoken(text) if word in kind("subject"))
    return next((word for word in subjects if not _NARROW.get(word, stems(word)) & own), "")
