"""Rule RES-12 on our own work: every table must add up to what the rows say, counted a second time without pandas."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.errors import ProofError
from pipeline.model.message import say
from pipeline.model.recap import Dimension, Recap, Tally, TotalTable
from pipeline.recess.text import group_key
from pipeline.recess.totals import labels_of


def reconcile(recap: Recap) -> None:
    """Raise ProofError when a table, a group of it or the grand total differs from the sum over the rows."""
    expected = _grand_total(recap)
    _same("keseluruhan", recap.total, expected)
    for table in recap.tables.values():
        _same(table.dimension.value, table.total, expected)
        _check_groups(recap, table)
    _check_inventory(recap, expected)
    _check_activities(recap)


def _grand_total(recap: Recap) -> Tally:
    heard = sum(1 for _ in recap.recess.proposals)
    heard_amount = sum(p.amount or 0 for p in recap.recess.proposals)
    amount = sum(need.amount or 0 for need in recap.needs)
    unpriced = sum(1 for need in recap.needs if need.amount is None)
    heard_unpriced = sum(1 for p in recap.recess.proposals if p.amount is None)
    return Tally(heard, heard_amount, len(recap.needs), amount, unpriced, heard_unpriced)


def _check_groups(recap: Recap, table: TotalTable) -> None:
    counted = dict(_group_amounts(recap, table.dimension))
    for line in table.lines:
        found = counted.pop(group_key(line.label), (0, 0))
        if found != (line.tally.heard, line.tally.heard_amount):
            raise _disagree(f"{table.dimension.value} “{line.label}”", line.tally.heard, found[0])
    for key, (heard, _) in counted.items():
        raise _disagree(f"{table.dimension.value} “{key}”", 0, heard)


def _check_inventory(recap: Recap, expected: Tally) -> None:
    """The inventory by district and field must hold every need once and agree with the table by district."""
    _same("inventarisasi", sum((group.tally for group in recap.districts), Tally()), expected)
    printed = {line.label: line.tally for line in recap.tables[Dimension.DISTRICT].lines}
    for group in recap.districts:
        _same(group.label, sum((part.tally for part in group.fields), Tally()), group.tally)
        line = printed[group.label]
        if (line.needs, line.amount) != (group.tally.needs, group.tally.amount):
            raise _disagree(f"{Dimension.DISTRICT.value} “{group.label}”", line.needs, group.tally.needs)
    numbers = [need.number for group in recap.districts for part in group.fields for need in part.needs]
    if sorted(numbers) != [need.number for need in recap.needs]:
        raise _disagree("inventarisasi", len(numbers), len(recap.needs))


def _check_activities(recap: Recap) -> None:
    meetings = sum(activity.meetings for activity in recap.activities)
    participants = sum(activity.participants or 0 for activity in recap.activities)
    heard = sum(activity.heard for activity in recap.activities)
    if (meetings, participants) != (len(recap.recess.meetings), recap.participants or 0):
        raise _disagree("pertemuan per anggota", meetings, len(recap.recess.meetings))
    if heard != recap.total.heard:
        raise _disagree("aspirasi per anggota", heard, recap.total.heard)


def _group_amounts(recap: Recap, dimension: Dimension) -> Iterable[tuple[str, tuple[int, int]]]:
    counted: dict[str, tuple[int, int]] = {}
    for proposal in recap.recess.proposals:
        key = group_key(labels_of(proposal, recap.members.get(proposal.member_id))[dimension])
        heard, amount = counted.get(key, (0, 0))
        counted[key] = heard + 1, amount + (proposal.amount or 0)
    return counted.items()


def _same(name: str, found: Tally, expected: Tally) -> None:
    if found != expected:
        raise ProofError(
            say(
                "Rekapitulasi tidak cocok (RES-12): jumlah tabel {name} {found}, jumlah baris "
                "{expected}. Ini kesalahan program; laporkan beserta data resesnya.",
                name=name,
                found=found,
                expected=expected,
            )
        )


def _disagree(where: str, printed: int, counted: int) -> ProofError:
    return ProofError(
        say(
            "Rekapitulasi tidak cocok (RES-12) pada {where}: tabel menyebut {printed}, barisnya "
            "{counted}. Ini kesalahan program; laporkan beserta data resesnya.",
            where=where,
            printed=printed,
            counted=counted,
        )
    )
