"""What a rule on recess data is: a check that yields hits, and all it may ask for, prepared once per recess."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from pipeline.model.finding import Confidence, Finding, Place, Related, Severity, place_of
from pipeline.model.message import Message
from pipeline.model.office import Office
from pipeline.model.recess import MEETINGS, MEMBERS, PROPOSALS, History, Meeting, Member, Proposal, Recess, RecessInput
from pipeline.model.recess_rules import RecessRule
from pipeline.model.region import Region
from pipeline.recess.text import squash
from pipeline.recess.thinning import Thinner


class DayOff(Protocol):
    """A holiday: all that is asked of it is its name."""

    @property
    def name(self) -> str: ...


class Days(Protocol):
    """The calendar of an office. The one of the rules on SOPs is one; this package may not import it."""

    def is_workday(self, day: dt.date, /) -> bool:
        """Is ``day`` worked?"""

    def holiday(self, day: dt.date, /) -> DayOff | None:
        """The holiday on ``day``, None on any other day."""

    def weekend(self, day: dt.date, /) -> str:
        """Name of the weekday when it is never worked, else ""."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell of a table by row (the header is 1) and column: where it stands is worked out for what is told."""

    table: str
    row: int
    column: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing a rule found. ``severity``, ``source`` and ``confidence`` replace those of the rule.

    A rule that may find something in every row gives a ``Spot`` as the place: then thousands cost little.
    """

    place: Place | Spot
    message: Message
    help: Message
    severity: Severity | None = None
    related: tuple[Related, ...] = ()
    source: str | None = None
    confidence: Confidence | None = None


@dataclass(frozen=True)
class RecessContext:
    """A recess and everything that several rules ask about it. Of two records with one id the first is meant.

    ``today`` is None where nothing may depend on the clock.
    """

    item: RecessInput
    recess: Recess
    days: Days
    today: dt.date | None = None

    @property
    def office(self) -> Office:
        """The office that holds the recess."""
        return self.item.office.office

    @property
    def region(self) -> Region:
        """The registers of the office; an empty one means that nothing is checked against it."""
        return self.item.region

    @property
    def history(self) -> History:
        """The other recesses of the office."""
        return self.item.history

    @cached_property
    def members(self) -> Mapping[str, Member]:
        """The members by id, in file order."""
        found: dict[str, Member] = {}
        for member in self.recess.members:
            found.setdefault(member.id, member)
        return found

    @cached_property
    def meetings(self) -> Mapping[str, Meeting]:
        """The meetings by id, in file order."""
        found: dict[str, Meeting] = {}
        for meeting in self.recess.meetings:
            found.setdefault(meeting.id, meeting)
        return found

    @cached_property
    def held(self) -> Mapping[str, tuple[Meeting, ...]]:
        """The meetings of each member by the member's id, in file order."""
        found: dict[str, list[Meeting]] = {}
        for meeting in self.recess.meetings:
            found.setdefault(meeting.member_id, []).append(meeting)
        return {id: tuple(meetings) for id, meetings in found.items()}

    @cached_property
    def heard(self) -> Mapping[str, tuple[Proposal, ...]]:
        """The proposals of each member by the member's id, in file order."""
        found: dict[str, list[Proposal]] = {}
        for row in self.recess.proposals:
            found.setdefault(row.member_id, []).append(row)
        return {id: tuple(rows) for id, rows in found.items()}

    @cached_property
    def plain(self) -> tuple[str, ...]:
        """The texts of the proposals, in file order, without what does not count: case, signs, blanks."""
        return tuple(squash(row.text) for row in self.recess.proposals)

    def whole(self, *tables: str) -> bool:
        """Were all rows of ``tables`` read? Only then may something be said to be missing in them."""
        return not self.item.partial & set(tables)

    def cell(self, table: str, row: int, column: str | None = None) -> Place:
        """The place of a row of ``table`` (the header is 1), or of one cell of it."""
        return self.item.tables[table].place(row, column)

    def member(self, member: Member, column: str) -> Spot:
        """A cell of ``anggota``."""
        return Spot(MEMBERS, member.row, column)

    def meeting(self, meeting: Meeting, column: str) -> Spot:
        """A cell of ``pertemuan``."""
        return Spot(MEETINGS, meeting.row, column)

    def proposal(self, row: Proposal, column: str) -> Spot:
        """A cell of ``aspirasi``."""
        return Spot(PROPOSALS, row.row, column)

    def place(self, spot: Spot) -> Place:
        """Where ``spot`` stands."""
        return self.cell(spot.table, spot.row, spot.column)

    def key(self, *path: str | int) -> Place:
        """The place of a key of ``reses.yaml``."""
        return place_of(self.item.places, path) or Place(self.item.tables[PROPOSALS].file)


Check = Callable[[RecessContext], Iterable[Hit]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(RecessRule):
    """A rule with its explanation and its check. ``doc`` is the module's docstring, which ``explain`` prints.

    ``check`` is None where the finding is made elsewhere: by the reader, which may not import this package, or by the
    program when it proves its own tables.
    """

    doc: str
    check: Check | None = None


def explained(rule: RecessRule, doc: str) -> Rule:
    """``rule``, whose findings are made elsewhere, with its explanation."""
    return Rule(
        code=rule.code,
        name=rule.name,
        severity=rule.severity,
        about=rule.about,
        source=rule.source,
        confidence=rule.confidence,
        doc=doc,
    )


def findings_of(rule: Rule, ctx: RecessContext) -> Iterator[Finding]:
    """What ``rule`` finds on the recess of ``ctx``; of thousands that are alike the first ones and the rows of all."""
    thinner = Thinner()
    for hit in rule.check(ctx) if rule.check is not None else ():
        spot = hit.place
        if isinstance(spot, Spot):
            kind = (spot.table, spot.column, hit.severity, hit.message.key)
            kept = thinner.kept(kind, hit.message, spot.row, _maker(rule, hit, ctx))
            if kept is not None:
                yield kept
        else:
            yield _finding(rule, hit, ctx)
    yield from thinner.rest()


def _maker(rule: Rule, hit: Hit, ctx: RecessContext) -> Callable[[], Finding]:
    return lambda: _finding(rule, hit, ctx)


def _finding(rule: Rule, hit: Hit, ctx: RecessContext) -> Finding:
    spot = hit.place
    return rule.finding(
        ctx.place(spot) if isinstance(spot, Spot) else spot,
        hit.message,
        hit.help,
        document=ctx.item.id,
        severity=hit.severity,
        related=hit.related,
        source=hit.source,
        confidence=hit.confidence,
    )
