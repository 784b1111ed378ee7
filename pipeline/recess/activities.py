"""What the members did in a recess: meetings, people who came, proposals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pipeline.model.recap import UNKNOWN_MEMBER, Activity
from pipeline.model.recess import Meeting, Member, Proposal, Recess
from pipeline.recess.grouping import grouped


def register(recess: Recess) -> tuple[Member, ...]:
    """The members, without a second one that has the same id (reported by the reader; the first keeps the rows)."""
    first = {member.id: member for member in reversed(recess.members)}
    return tuple(member for member in recess.members if first[member.id] is member)


def attendance(meetings: Iterable[Meeting]) -> int | None:
    """How many people came to ``meetings``, None when none of them says: not recorded is not nobody."""
    return _stated(meeting.participants for meeting in meetings)


def attendance_of(activities: Iterable[Activity]) -> int | None:
    """How many people came to all meetings of ``activities``, None when none of them says."""
    return _stated(activity.participants for activity in activities)


def activities_of(recess: Recess) -> tuple[Activity, ...]:
    """One for each member of the register, and one more for rows of nobody in it, or the table would not add up."""
    known = {member.id for member in recess.members}
    meetings = grouped(recess.meetings, lambda meeting: meeting.member_id if meeting.member_id in known else "")
    proposals = grouped(recess.proposals, lambda row: row.member_id if row.member_id in known else "")
    found = [_activity(member, meetings, proposals) for member in register(recess)]
    if "" in meetings or "" in proposals:
        found.append(_activity(Member("", 0, UNKNOWN_MEMBER), meetings, proposals))
    return tuple(found)


def _activity(
    member: Member, meetings: Mapping[str, Sequence[Meeting]], proposals: Mapping[str, Sequence[Proposal]]
) -> Activity:
    held = meetings.get(member.id, ())
    return Activity(member, len(held), attendance(held), len(proposals.get(member.id, ())))


def _stated(counts: Iterable[int | None]) -> int | None:
    stated = [count for count in counts if count is not None]
    return sum(stated) if stated else None
