"""``tertib archive list``: what is in the archives, and what was in force on a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pipeline.archive.facts import Facts, version_name
from pipeline.archive.force import Standing, standings
from pipeline.archive.index import state
from pipeline.errors import TertibError
from pipeline.report.archive_list import Line
from pipeline.run.archive_places import opened, places
from pipeline.run.outcome import Problem
from pipeline.run.settings import Settings


@dataclass(frozen=True, slots=True)
class Row:
    """A version: ``office`` its office, ``archive`` where it lies, ``state`` its degree of completion.

    ``standing`` is how it stood on the day that was asked for, None where no day was, or it is no SOP.
    """

    office: str
    archive: str
    facts: Facts
    state: str
    standing: Standing | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What is in the archives, ``on`` a day or at all, and the archives that could not be read."""

    rows: tuple[Row, ...]
    on: dt.date | None
    problems: tuple[Problem, ...] = ()


def listing(settings: Settings) -> Listing:
    """The versions in the archives at ``settings.paths``, as they stood on ``settings.as_of``.

    Raises UsageError where there is no archive, OutputError where one cannot be reached.
    """
    rows: list[Row] = []
    problems: list[Problem] = []
    for place in places(settings):
        told = place.storage.told
        try:
            archive = opened(place)
        except TertibError as error:
            problems.append(Problem(error, told))
            continue
        log = archive.log
        filed = [one for one in (*archive.old, *log.filed) if place.means(one.facts.folder)]
        day = settings.as_of
        on = {one.facts.place: one for one in standings(filed, day)} if day else {}
        office = str(log.settings.get("kantor") or told)
        rows += [Row(office, told, one.facts, state(one.facts), on.get(one.place)) for one in filed]
    rows.sort(key=lambda row: (row.office, row.facts.kind != "sop", row.facts.folder, row.facts.version))
    return Listing(tuple(rows), settings.as_of, tuple(problems))


def lines_of(found: Listing) -> tuple[Line, ...]:
    """The rows as they are printed."""
    return tuple(_line(row) for row in found.rows)


def _line(row: Row) -> Line:
    facts, standing = row.facts, row.standing
    return Line(
        row.office,
        row.archive,
        facts.kind,
        facts.name,
        version_name(facts.version),
        facts.number,
        facts.title,
        facts.stage,
        facts.date,
        facts.effective,
        row.state,
        facts.signers,
        standing.in_force if standing else None,
        standing.reason if standing else None,
        facts.partly,
        facts.others,
        facts.unchecked,
    )
