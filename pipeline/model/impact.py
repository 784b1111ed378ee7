"""What ``tertib impact`` finds: where a regulation is cited, how, and what that means."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.finding import Place
from pipeline.model.message import Message


class State(StrEnum):
    """Legal status on a day; values are those of the JSON report."""

    IN_FORCE = "berlaku"
    AMENDED = "diubah"
    PARTLY = "dicabut-sebagian"
    REVOKED = "dicabut"
    REVOKED_LATER = "kemudian-dicabut"
    UNKNOWN = "tidak-dikenal"


class Relation(StrEnum):
    """How a citation concerns the regulation asked for; values are those of the JSON report."""

    ITSELF = "langsung"
    IN_CLAUSE = "klausa-perubahan"
    AMENDS = "mengubah"
    AMENDED_BY = "diubah-oleh"


@dataclass(frozen=True, slots=True)
class Status:
    """A state, and in words with what brought it about."""

    state: State
    text: Message


@dataclass(frozen=True, slots=True)
class Use:
    """One citation of an SOP. ``item`` counts from 1; ``cited`` is the short name of what it cites.

    ``status`` is that of what is cited, on ``day``; ``replacement`` the short name of what stands in its place, ""
    while it is in force; ``suggestion`` what the item should read.
    """

    document: str
    title: str
    place: Place
    item: int
    text: str
    cited: str
    relation: Relation
    day: dt.date
    status: Status
    replacement: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class Impact:
    """The answer: the regulation as understood, its status, every use of it, how many SOPs were read.

    ``long`` is its full citation, "" when the register does not know it; ``unread`` are files that cannot be read.
    """

    short: str
    long: str
    day: dt.date
    status: Status
    replacement: str
    uses: tuple[Use, ...]
    documents: int
    unread: tuple[str, ...] = ()
