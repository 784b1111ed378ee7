"""Makes the recap of a recess and the content of each member's report. Pure: values in, values out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from pipeline.model.recap import Dimension, MemberReport, Need, Recap, Tally, TotalLine
from pipeline.model.recess import Meeting, Proposal, Recess
from pipeline.recess.needs import merge
from pipeline.recess.reconcile import reconcile
from pipeline.recess.text import group_key
from pipeline.recess.totals import total_tables


def make_recap(recess: Recess) -> Recap:
    """Merge, total and reconcile. Raises ProofError when our own tables do not add up (RES-12)."""
    meetings = {meeting.id: meeting for meeting in reversed(recess.meetings)}
    needs = merge(recess.proposals, meetings)
    recap = Recap(
        recess=recess,
        members={member.id: member for member in reversed(recess.members)},
        meetings=meetings,
        needs=needs,
        tables=total_tables(recess, needs),
        total=_total(needs),
        participants=sum(meeting.participants or 0 for meeting in recess.meetings),
    )
    reconcile(recap)
    return recap


def member_reports(recap: Recap) -> tuple[MemberReport, ...]:
    """The report of every member of the register, in its order; also of one who has no rows."""
    meetings = _by_member(recap.recess.meetings)
    proposals = _by_member(recap.recess.proposals)
    labels = {group_key(line.label): line.label for line in recap.tables[Dimension.FIELD].lines}
    reports = []
    for member in recap.recess.members:
        if recap.members[member.id] is not member:
            continue  # a second member with the same id: reported, and the first one keeps the rows
        own = tuple(proposals.get(member.id, ()))
        fields = _fields(own, labels)
        held = sorted(meetings.get(member.id, ()), key=_when)
        reports.append(MemberReport(member, tuple(held), own, fields, _sum(fields)))
    return tuple(reports)


def _total(needs: Iterable[Need]) -> Tally:
    return sum((_tally(need.rows, [need]) for need in needs), Tally())


def _tally(rows: Iterable[Proposal], needs: Sequence[Need]) -> Tally:
    amounts = [row.amount for row in rows]
    priced = [need.amount for need in needs if need.amount is not None]
    return Tally(len(amounts), sum(a or 0 for a in amounts), len(needs), sum(priced), len(needs) - len(priced))


def _fields(rows: Sequence[Proposal], labels: Mapping[str, str]) -> tuple[TotalLine, ...]:
    groups: dict[str, list[Proposal]] = {}
    for row in rows:
        groups.setdefault(group_key(row.field), []).append(row)
    own = {key: merge(group, {}) for key, group in groups.items()}
    return tuple(TotalLine(label, _tally(groups[k], own[k])) for k, label in labels.items() if k in groups)


_Row = TypeVar("_Row", Meeting, Proposal)


def _by_member(rows: Iterable[_Row]) -> dict[str, list[_Row]]:
    groups: dict[str, list[_Row]] = {}
    for row in rows:
        groups.setdefault(row.member_id, []).append(row)
    return groups


def _sum(lines: Iterable[TotalLine]) -> Tally:
    return sum((line.tally for line in lines), Tally())


def _when(meeting: Meeting) -> tuple[str, str, int]:
    return (meeting.date.isoformat() if meeting.date else "9999", meeting.time, meeting.row)
