"""The reports of groups: what the members of a dapil, fraksi or komisi heard."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pipeline.model.recap import (
    Dimension,
    Duty,
    FieldGroup,
    GroupReport,
    Need,
    Recap,
    Tally,
    TotalLine,
    TotalTable,
)
from pipeline.recess.activities import attendance_of
from pipeline.recess.ledger import OF_MEMBER, Ledger, ledger_of
from pipeline.recess.reconcile import reconcile_groups
from pipeline.recess.text import group_key

GROUPED = (Dimension.DISTRICT, Dimension.FRACTION, Dimension.COMMISSION)
"""Dimensions by which there are reports."""
PARTS = (Dimension.FIELD, Dimension.AGENCY, Dimension.SUBDISTRICT)
"""Tables in a report."""


def group_reports(recap: Recap, dimension: Dimension) -> tuple[GroupReport, ...]:
    """A report for each line of the plenary's table by ``dimension``, in its order; also for a group without rows.

    Rows whose member is unknown, or has no such group in the register, make the report of "Tidak diisi", so that the
    reports together hold every row. Raises ProofError when a report differs from the plenary (RES-12).
    """
    ledger = ledger_of(recap.recess, recap.needs)
    keys = _keys(recap, dimension)
    needs = _heard_by(recap, keys)
    fields = _field_tallies(recap, keys)
    tables = {part: _part_tables(ledger, dimension, part) for part in PARTS}
    reports = []
    for code, line in enumerate(recap.tables[dimension].lines):
        key = group_key(line.label)
        found = needs.get(key, [])
        activities = tuple(one for one in recap.activities if keys.get(one.member.id, "") == key)
        reports.append(
            GroupReport(
                dimension=dimension,
                label=line.label,
                activities=activities,
                meetings=sum(one.meetings for one in activities),
                participants=attendance_of(activities),
                needs=tuple(found),
                fields=_fields(recap, found, fields.get(key, {})),
                elsewhere=sum(keys.get(need.lead.member_id, "") != key for need in found),
                tables={part: tables[part][code] for part in PARTS},
                total=line.tally,
                duties=_duties(recap, keys, key),
            )
        )
    reconcile_groups(recap, dimension, reports)
    return tuple(reports)


def _keys(recap: Recap, dimension: Dimension) -> dict[str, str]:
    """The group of each member by id."""
    read = OF_MEMBER[dimension]
    return {id: group_key(read(member)) for id, member in recap.members.items()}


def _duties(recap: Recap, keys: Mapping[str, str], key: str) -> tuple[Duty, ...]:
    return tuple(duty for duty in recap.duties if keys[duty.member.id] == key)


def _heard_by(recap: Recap, keys: Mapping[str, str]) -> dict[str, list[Need]]:
    """The needs of each group, in the order of their numbers."""
    found: dict[str, list[Need]] = {}
    for need in recap.needs:
        for key in dict.fromkeys(keys.get(row.member_id, "") for row in need.rows):
            found.setdefault(key, []).append(need)
    return found


def _field_tallies(recap: Recap, keys: Mapping[str, str]) -> dict[str, dict[str, Tally]]:
    """What each group heard by the field under which the need is printed, which is that of its lead."""
    found: dict[str, dict[str, Tally]] = {}
    for need in recap.needs:
        field = group_key(need.lead.field)
        for position, row in enumerate(need.rows):
            tallies = found.setdefault(keys.get(row.member_id, ""), {})
            tallies[field] = tallies.get(field, Tally()) + _share(need, position)
    return found


def _share(need: Need, position: int) -> Tally:
    """What one row of ``need`` adds: the need itself is counted at the row that leads."""
    amount = need.rows[position].amount
    leads = position == 0
    return Tally(
        heard=1,
        heard_amount=amount or 0,
        needs=int(leads),
        amount=(need.amount or 0) if leads else 0,
        unpriced=int(leads and need.amount is None),
        heard_unpriced=int(amount is None),
    )


def _fields(recap: Recap, needs: Sequence[Need], tallies: Mapping[str, Tally]) -> tuple[FieldGroup, ...]:
    groups: dict[str, list[Need]] = {}
    for need in needs:
        groups.setdefault(group_key(need.lead.field), []).append(need)
    lines = recap.tables[Dimension.FIELD].lines
    labels = [(group_key(line.label), line.label) for line in lines]
    return tuple(FieldGroup(label, tuple(groups[key]), tallies[key]) for key, label in labels if key in groups)


def _part_tables(ledger: Ledger, dimension: Dimension, part: Dimension) -> list[TotalTable]:
    """The table by ``part`` of each group: only lines that have rows, in the order of the plenary's table."""
    lines: list[list[TotalLine]] = [[] for _ in ledger.labels[dimension]]
    labels = ledger.labels[part]
    for (group, code), tally in sorted(ledger.tallies(dimension, part).items()):
        lines[group].append(TotalLine(labels[code], tally))
    return [TotalTable(part, tuple(found), sum((line.tally for line in found), Tally())) for found in lines]


def tally_of(recap: Recap, report: GroupReport) -> Callable[[Sequence[Need]], Tally]:
    """What sums some needs of ``report`` as its tables do: rows that its members heard, needs that it counts."""
    keys = _keys(recap, report.dimension)
    own = group_key(report.label)

    def tally(needs: Sequence[Need]) -> Tally:
        shares = (
            _share(need, position)
            for need in needs
            for position, row in enumerate(need.rows)
            if keys.get(row.member_id, "") == own
        )
        return sum(shares, Tally())

    return tally
