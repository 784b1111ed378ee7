"""The content of each member's report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pipeline.model.recap import Dimension, FieldRows, MeetingResult, MemberReport, Recap, Tally, TotalLine, TotalTable
from pipeline.model.recess import Meeting, Proposal
from pipeline.recess.activities import register
from pipeline.recess.grouping import grouped, labels, tally_of
from pipeline.recess.text import group_key


def member_reports(recap: Recap) -> tuple[MemberReport, ...]:
    """The report of every member of the register, in its order; also of one who has no rows.

    A need that the member heard at several meetings is one need here too, at the member's own highest estimate.
    """
    meetings = grouped(recap.recess.meetings, lambda meeting: meeting.member_id)
    proposals = grouped(recap.recess.proposals, lambda proposal: proposal.member_id)
    numbers = {id(row): need.number for need in recap.needs for row in need.rows}
    fields = recap.tables[Dimension.FIELD]
    reports = []
    for member in register(recap.recess):
        own = proposals.get(member.id, [])
        held = sorted(meetings.get(member.id, []), key=_when)
        totals = tuple(_field_totals(own, fields, numbers))
        results = tuple(_results(own, held, fields))
        total = sum((line.tally for line in totals), Tally())
        reports.append(MemberReport(member, tuple(held), results, tuple(own), totals, total))
    return tuple(reports)


def _field_totals(rows: Sequence[Proposal], table: TotalTable, numbers: Mapping[int, int]) -> Iterable[TotalLine]:
    needs = grouped(rows, lambda row: numbers[id(row)])
    # A need stands in the field of the first row: other rows may leave their field empty.
    prices = grouped(needs.values(), lambda found: group_key(found[0].field))
    groups = grouped(rows, lambda row: group_key(row.field))
    for key, label in labels(table).items():
        if key in groups:
            yield TotalLine(label, tally_of(groups[key], (_highest(found) for found in prices.get(key, ()))))


def _highest(rows: Sequence[Proposal]) -> int | None:
    return max((row.amount for row in rows if row.amount is not None), default=None)


def _results(rows: Sequence[Proposal], held: Sequence[Meeting], table: TotalTable) -> Iterable[MeetingResult]:
    known = {meeting.id for meeting in held}
    by_meeting = grouped(rows, lambda row: row.meeting_id if row.meeting_id in known else "")
    for meeting in held:
        yield MeetingResult(meeting, _field_rows(by_meeting.get(meeting.id, []), table))
    if by_meeting.get(""):
        yield MeetingResult(None, _field_rows(by_meeting[""], table))


def _field_rows(rows: Sequence[Proposal], table: TotalTable) -> tuple[FieldRows, ...]:
    groups = grouped(rows, lambda row: group_key(row.field))
    return tuple(FieldRows(label, tuple(groups[k])) for k, label in labels(table).items() if k in groups)


def _when(meeting: Meeting) -> tuple[str, str, int]:
    return (meeting.date.isoformat() if meeting.date else "9999", meeting.time, meeting.row)
