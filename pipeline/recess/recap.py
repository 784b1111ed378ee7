"""Makes the recap of a recess, and the content of the reports of members and groups. Pure: values in, values out."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pipeline.model.recap import Dimension, DistrictGroup, FieldGroup, Need, Recap, TotalTable
from pipeline.model.recess import History, Member, Recess
from pipeline.recess.activities import activities_of, attendance
from pipeline.recess.comparison import compare, taken_over
from pipeline.recess.duties import barred, duties_of
from pipeline.recess.grouping import grouped, labels, need_tally, tally_of
from pipeline.recess.groups import group_reports
from pipeline.recess.ledger import ledger_of
from pipeline.recess.members import member_reports
from pipeline.recess.needs import merged, merged_like
from pipeline.recess.reconcile import reconcile
from pipeline.recess.text import group_key, natural
from pipeline.recess.totals import cross_table, total_tables

__all__ = ["barred", "group_reports", "make_recap", "member_reports"]


def make_recap(
    recess: Recess,
    *,
    history: History = History(),  # noqa: B008 - a frozen value
    like: Recap | None = None,
) -> Recap:
    """Merge, total, compare and reconcile. Raises ProofError when our own tables do not add up (RES-12).

    ``like`` is the recap of the same rows in other words: an edition without personal data has the needs, and the
    numbers, of the edition with them.
    """
    members = {member.id: member for member in reversed(recess.members)}
    meetings = {meeting.id: meeting for meeting in reversed(recess.meetings)}
    found = merged(recess) if like is None else merged_like(recess, like.needs)
    ledger = ledger_of(recess, found)
    tables = total_tables(ledger)
    districts = _numbered(_districts(found, members, tables))
    needs = tuple(need for group in districts for part in group.fields for need in part.needs)
    recap = Recap(
        recess=recess,
        members=members,
        meetings=meetings,
        needs=needs,
        tables=tables,
        districts=districts,
        activities=activities_of(recess),
        total=tally_of(recess.proposals, (need.amount for need in needs)),
        participants=attendance(recess.meetings),
        cross=cross_table(ledger, Dimension.SUBDISTRICT, Dimension.FIELD),
        duties=duties_of(recess),
    )
    reconcile(recap)
    if history.earlier is None:
        return recap
    known = None if like is None else like.comparison
    earlier = history.earlier
    comparison = compare(recap, earlier) if known is None else taken_over(known, recap, earlier)
    return replace(recap, comparison=comparison)


def _districts(
    needs: Sequence[Need], members: Mapping[str, Member], tables: Mapping[Dimension, TotalTable]
) -> tuple[DistrictGroup, ...]:
    def district(need: Need) -> str:
        member = members.get(need.lead.member_id)
        return group_key(member.district if member else "")

    groups = grouped(needs, district)
    return tuple(
        DistrictGroup(label, _field_groups(groups[key], tables[Dimension.FIELD]), need_tally(groups[key]))
        for key, label in labels(tables[Dimension.DISTRICT]).items()
        if key in groups
    )


def _numbered(districts: Iterable[DistrictGroup]) -> tuple[DistrictGroup, ...]:
    """The same groups with needs numbered from 1 in the order of print."""
    count = itertools.count(1)

    def renumber(part: FieldGroup) -> FieldGroup:
        return replace(part, needs=tuple(replace(need, number=next(count)) for need in part.needs))

    return tuple(replace(group, fields=tuple(map(renumber, group.fields))) for group in districts)


def _field_groups(needs: Sequence[Need], table: TotalTable) -> tuple[FieldGroup, ...]:
    groups = grouped(needs, lambda need: group_key(need.lead.field))
    return tuple(
        FieldGroup(label, tuple(sorted(groups[key], key=_by_place)), need_tally(groups[key]))
        for key, label in labels(table).items()
        if key in groups
    )


def _by_place(need: Need) -> tuple[object, ...]:
    lead = need.lead
    return natural(lead.subdistrict), natural(lead.village), need.number
