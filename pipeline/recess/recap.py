"""Makes the recap of a recess and the content of each member's report. Pure: values in, values out."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from pipeline.model.recap import (
    UNKNOWN_MEMBER,
    Activity,
    Dimension,
    DistrictGroup,
    FieldGroup,
    FieldRows,
    MeetingResult,
    MemberReport,
    Need,
    Recap,
    Tally,
    TotalLine,
    TotalTable,
)
from pipeline.model.recess import Meeting, Member, Proposal, Recess
from pipeline.recess.needs import merge
from pipeline.recess.reconcile import reconcile
from pipeline.recess.text import group_key, natural
from pipeline.recess.totals import total_tables

_Item = TypeVar("_Item")
_Key = TypeVar("_Key", bound=Hashable)


def make_recap(recess: Recess) -> Recap:
    """Merge, total and reconcile. Raises ProofError when our own tables do not add up (RES-12)."""
    members = {member.id: member for member in reversed(recess.members)}
    meetings = {meeting.id: meeting for meeting in reversed(recess.meetings)}
    needs = merge(recess.proposals, meetings)
    tables = total_tables(recess, needs)
    districts = _numbered(_districts(needs, members, tables))
    needs = tuple(need for group in districts for part in group.fields for need in part.needs)
    recap = Recap(
        recess=recess,
        members=members,
        meetings=meetings,
        needs=needs,
        tables=tables,
        districts=districts,
        activities=_activities(recess),
        total=_tally(recess.proposals, needs),
        participants=attendance(recess.meetings),
    )
    reconcile(recap)
    return recap


def attendance(meetings: Iterable[Meeting]) -> int | None:
    """How many people came to ``meetings``, None when none of them says: not recorded is not nobody."""
    counts = [meeting.participants for meeting in meetings if meeting.participants is not None]
    return sum(counts) if counts else None


def member_reports(recap: Recap) -> tuple[MemberReport, ...]:
    """The report of every member of the register, in its order; also of one who has no rows."""
    meetings = _grouped(recap.recess.meetings, lambda meeting: meeting.member_id)
    proposals = _grouped(recap.recess.proposals, lambda proposal: proposal.member_id)
    fields = recap.tables[Dimension.FIELD]
    reports = []
    for member in _register(recap.recess):
        own = proposals.get(member.id, [])
        held = sorted(meetings.get(member.id, []), key=_when)
        totals = tuple(_field_totals(own, fields))
        results = tuple(_results(own, held, fields))
        total = sum((line.tally for line in totals), Tally())
        reports.append(MemberReport(member, tuple(held), results, tuple(own), totals, total))
    return tuple(reports)


def _register(recess: Recess) -> Iterable[Member]:
    """The members, without a second one that has the same id (reported by the reader; the first keeps the rows)."""
    first = {member.id: member for member in reversed(recess.members)}
    return [member for member in recess.members if first[member.id] is member]


def _activities(recess: Recess) -> tuple[Activity, ...]:
    known = {member.id for member in recess.members}
    meetings = _grouped(recess.meetings, lambda meeting: meeting.member_id if meeting.member_id in known else "")
    proposals = _grouped(recess.proposals, lambda row: row.member_id if row.member_id in known else "")
    found = [_activity(member, meetings, proposals) for member in _register(recess)]
    if "" in meetings or "" in proposals:
        # Rows of nobody in the register still count, or the table would not add up.
        found.append(_activity(Member("", 0, UNKNOWN_MEMBER), meetings, proposals))
    return tuple(found)


def _activity(
    member: Member, meetings: Mapping[str, Sequence[Meeting]], proposals: Mapping[str, Sequence[Proposal]]
) -> Activity:
    held = meetings.get(member.id, ())
    return Activity(member, len(held), attendance(held), len(proposals.get(member.id, ())))


def _districts(
    needs: Sequence[Need], members: Mapping[str, Member], tables: Mapping[Dimension, TotalTable]
) -> tuple[DistrictGroup, ...]:
    def district(need: Need) -> str:
        member = members.get(need.lead.member_id)
        return group_key(member.district if member else "")

    groups = _grouped(needs, district)
    return tuple(
        DistrictGroup(label, _field_groups(groups[key], tables[Dimension.FIELD]), _need_tally(groups[key]))
        for key, label in _labels(tables[Dimension.DISTRICT]).items()
        if key in groups
    )


def _numbered(districts: Iterable[DistrictGroup]) -> tuple[DistrictGroup, ...]:
    """The same groups with needs numbered from 1 in the order of print."""
    count = itertools.count(1)

    def renumber(part: FieldGroup) -> FieldGroup:
        return replace(part, needs=tuple(replace(need, number=next(count)) for need in part.needs))

    return tuple(replace(group, fields=tuple(map(renumber, group.fields))) for group in districts)


def _field_groups(needs: Sequence[Need], table: TotalTable) -> tuple[FieldGroup, ...]:
    groups = _grouped(needs, lambda need: group_key(need.lead.field))
    return tuple(
        FieldGroup(label, tuple(sorted(groups[key], key=_by_place)), _need_tally(groups[key]))
        for key, label in _labels(table).items()
        if key in groups
    )


def _field_totals(rows: Sequence[Proposal], table: TotalTable) -> Iterable[TotalLine]:
    groups = _grouped(rows, lambda row: group_key(row.field))
    for key, label in _labels(table).items():
        if key in groups:
            yield TotalLine(label, _tally(groups[key], merge(groups[key], {})))


def _results(rows: Sequence[Proposal], held: Sequence[Meeting], table: TotalTable) -> Iterable[MeetingResult]:
    known = {meeting.id for meeting in held}
    by_meeting = _grouped(rows, lambda row: row.meeting_id if row.meeting_id in known else "")
    for meeting in held:
        yield MeetingResult(meeting, _field_rows(by_meeting.get(meeting.id, []), table))
    if by_meeting.get(""):
        yield MeetingResult(None, _field_rows(by_meeting[""], table))


def _field_rows(rows: Sequence[Proposal], table: TotalTable) -> tuple[FieldRows, ...]:
    groups = _grouped(rows, lambda row: group_key(row.field))
    return tuple(FieldRows(label, tuple(groups[k])) for k, label in _labels(table).items() if k in groups)


def _labels(table: TotalTable) -> dict[str, str]:
    return {group_key(line.label): line.label for line in table.lines}


def _tally(rows: Iterable[Proposal], needs: Iterable[Need]) -> Tally:
    amounts = [row.amount for row in rows]
    stated = [amount for amount in amounts if amount is not None]
    prices = [need.amount for need in needs]
    priced = [price for price in prices if price is not None]
    return Tally(
        heard=len(amounts),
        heard_amount=sum(stated),
        needs=len(prices),
        amount=sum(priced),
        unpriced=len(prices) - len(priced),
        heard_unpriced=len(amounts) - len(stated),
    )


def _need_tally(needs: Sequence[Need]) -> Tally:
    return _tally((row for need in needs for row in need.rows), needs)


def _grouped(items: Iterable[_Item], key: Callable[[_Item], _Key]) -> dict[_Key, list[_Item]]:
    groups: dict[_Key, list[_Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups


def _when(meeting: Meeting) -> tuple[str, str, int]:
    return (meeting.date.isoformat() if meeting.date else "9999", meeting.time, meeting.row)


def _by_place(need: Need) -> tuple[object, ...]:
    lead = need.lead
    return natural(lead.subdistrict), natural(lead.village), need.number
