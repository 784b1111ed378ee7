"""The legal status of a regulation on a day, and what stands in its place."""

from __future__ import annotations

import datetime as dt
from typing import Final

from pipeline.model.dates import told_date
from pipeline.model.impact import State, Status
from pipeline.model.message import Message, say
from pipeline.rules.canonical import replacement
from pipeline.rules.register import Register, Regulation, had_come

PARLIAMENTS: Final = "UU 17/2014"
REGIONS: Final = "UU 23/2014"
"""The law on the parliaments lost its part on regional councils to the one on regional government (art. 409)."""


def successor(register: Register, ref: str) -> str:
    """What replaced ``ref`` in the end, following a chain of revocations; ``ref`` itself while it is in force."""
    row = register.named(ref)
    seen = {ref}
    while row is not None and row.revoked and row.revoked_by and row.revoked_by[0] not in seen:
        ref = row.revoked_by[0]
        seen.add(ref)
        row = register.named(ref)
    return ref


def cited_today(short: str, register: Register, day: dt.date, today: dt.date, *, gazettes: bool) -> str:
    """A regulation as the legal basis should cite it on ``day``, or today where it is younger."""
    row = register.named(short)
    if row is None:
        return short
    when = register.since(short)
    on = day if when is None or had_come(when, day) else max(day, today)
    return replacement(row, register, on, gazettes=gazettes)


def told_since(when: dt.date | int | None) -> Message:
    """A day, or a year, in words."""
    if isinstance(when, dt.date):
        return told_date(when)
    return say("tahun {year}", year=when or 0)


def status_on(row: Regulation | None, register: Register, day: dt.date) -> Status:
    """The status of a regulation of the register on ``day``; None is one it does not know."""
    if row is None:
        return Status(
            State.UNKNOWN,
            say("tidak ada dalam daftar peraturan"),
        )
    if row.revoked:
        return _revoked(row, register, day)
    if row.partly_by and _in_time(register.since(row.partly_by[0]), day):
        by = ", ".join(row.partly_by)
        return Status(State.PARTLY, say("dicabut sebagian oleh {by}", by=by))
    past = register.amendments(row, day)
    if past:
        return Status(
            State.AMENDED,
            say("berlaku, terakhir diubah dengan {last}", last=past[-1]),
        )
    return Status(State.IN_FORCE, say("berlaku"))


def _revoked(row: Regulation, register: Register, day: dt.date) -> Status:
    known = register.revocation(row)
    if known is None:
        return Status(State.REVOKED, say("sudah dicabut"))
    by, when = known
    told = told_since(when)
    if _in_time(when, day) and when != day.year:
        return Status(State.REVOKED, say("dicabut {by} sejak {when}", by=by, when=told))
    if when == day.year:
        return Status(
            State.REVOKED,
            say("dicabut {by} pada tahun yang sama; periksa tanggalnya", by=by),
        )
    return Status(
        State.REVOKED_LATER,
        say("masih berlaku pada tanggal itu, kemudian dicabut {by} ({when})", by=by, when=told),
    )


def _in_time(when: dt.date | int | None, day: dt.date) -> bool:
    return when is None or when == day.year or had_come(when, day)
