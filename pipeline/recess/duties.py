"""What the report of each member must hold (PP 12/2018 art. 88(5)), and who is barred for want of one (88(6))."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model.recap import Duty, Recap
from pipeline.model.recess import Meeting, Member, Recess


def duties_of(recess: Recess) -> tuple[Duty, ...]:
    """One entry for each member of the register, in its order; of two with one id the first stands for both."""
    held: dict[str, list[Meeting]] = {}
    for meeting in recess.meetings:
        held.setdefault(meeting.member_id, []).append(meeting)
    heard = {proposal.member_id for proposal in recess.proposals}
    first = {member.id: member for member in reversed(recess.members)}
    return tuple(
        _duty(member, held.get(member.id, ()), member.id in heard)
        for member in recess.members
        if first[member.id] is member
    )


def barred(recap: Recap) -> tuple[Member, ...]:
    """The members without any meeting or proposal: without a report there is no next recess (art. 88(6))."""
    return tuple(duty.member for duty in recap.duties if not duty.reported)


def _duty(member: Member, meetings: Sequence[Meeting], heard: bool) -> Duty:
    """Every meeting must say when and where it was, and be documented: one without is a gap in the report."""
    return Duty(
        member=member,
        reported=bool(meetings) or heard,
        time_and_place=bool(meetings) and all(m.date is not None and m.time and m.venue for m in meetings),
        heard=heard,
        documented=bool(meetings) and all(m.photos or m.attendance for m in meetings),
    )
