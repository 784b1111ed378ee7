"""Rule RES-12 on our own work: every table must add up to what the rows say, counted a second time without pandas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipeline.errors import ProofError
from pipeline.model.message import Message, say
from pipeline.model.money import rupiah
from pipeline.model.recap import CrossTable, Dimension, GroupReport, Recap, Tally, TotalTable
from pipeline.model.recess import Member, Proposal
from pipeline.recess.ledger import OF_MEMBER, OF_ROW
from pipeline.recess.text import group_key

Counts = dict[str, list[int]]
"""The six numbers of a tally by the key of their group."""


def reconcile(recap: Recap) -> None:
    """Raise ProofError when a table, a line of it or the grand total differs from the sum over the rows."""
    _check_needs(recap)
    expected = _grand_total(recap)
    _same("keseluruhan", recap.total, expected)
    for table in recap.tables.values():
        _same(table.dimension.value, table.total, expected)
        _check_lines(table, _counted(recap, table.dimension))
    _check_cross(recap, recap.cross)
    _check_inventory(recap, expected)
    _check_activities(recap)


def reconcile_groups(recap: Recap, dimension: Dimension, reports: Sequence[GroupReport]) -> None:
    """Raise ProofError unless the reports of ``dimension`` agree with the plenary and in themselves."""
    lines = recap.tables[dimension].lines
    if [report.label for report in reports] != [line.label for line in lines]:
        raise _disagree(dimension.value, len(reports), len(lines))
    for report, line in zip(reports, lines, strict=True):
        name = f"{dimension.value} “{report.label}”"
        _same(name, report.total, line.tally)
        for table in report.tables.values():
            _same(f"{name}, {table.dimension.value}", table.total, line.tally)
            _same(f"{name}, {table.dimension.value}", _sum(one.tally for one in table.lines), line.tally)
        _same(f"{name}, usulan", _sum(part.tally for part in report.fields), line.tally)
        if len(report.needs) - report.elsewhere != line.tally.needs:
            raise _disagree(name, len(report.needs) - report.elsewhere, line.tally.needs)
        if sum(len(part.needs) for part in report.fields) != len(report.needs):
            raise _disagree(name, sum(len(part.needs) for part in report.fields), len(report.needs))
    _check_shares(recap, dimension, reports)


def _check_shares(recap: Recap, dimension: Dimension, reports: Sequence[GroupReport]) -> None:
    """Every report has the meetings and the members of its group."""
    read = OF_MEMBER[dimension]
    groups = {id: group_key(read(member)) for id, member in recap.members.items()}
    meetings = Counter(groups.get(meeting.member_id, "") for meeting in recap.recess.meetings)
    members = Counter(groups.values())
    for report in reports:
        name, key = f"{dimension.value} “{report.label}”", group_key(report.label)
        if report.meetings != meetings[key]:
            raise _disagree(f"{name}, pertemuan", report.meetings, meetings[key])
        if len(report.duties) != members[key]:
            raise _disagree(f"{name}, anggota", len(report.duties), members[key])


def _check_needs(recap: Recap) -> None:
    """Every row is in exactly one need."""
    rows = sorted(row.row for need in recap.needs for row in need.rows)
    if rows != sorted(row.row for row in recap.recess.proposals):
        raise _disagree("usulan", len(rows), len(recap.recess.proposals))


def _grand_total(recap: Recap) -> Tally:
    heard = sum(1 for _ in recap.recess.proposals)
    heard_amount = sum(p.amount or 0 for p in recap.recess.proposals)
    amount = sum(need.amount or 0 for need in recap.needs)
    unpriced = sum(1 for need in recap.needs if need.amount is None)
    heard_unpriced = sum(1 for p in recap.recess.proposals if p.amount is None)
    return Tally(heard, heard_amount, len(recap.needs), amount, unpriced, heard_unpriced)


def _check_lines(table: TotalTable, counted: Counts) -> None:
    for line in table.lines:
        found = counted.pop(group_key(line.label), [0] * 6)
        _same(f"{table.dimension.value} “{line.label}”", line.tally, Tally(*found))
    for key, found in counted.items():
        _same(f"{table.dimension.value} “{key}”", Tally(), Tally(*found))


def _check_cross(recap: Recap, cross: CrossTable) -> None:
    """The sums along either way are the lines of the tables."""
    name = f"{cross.row_dimension.value} × {cross.column_dimension.value}"
    _along(f"{name}, baris", recap.tables[cross.row_dimension], cross.rows, cross.cells)
    columns = tuple(zip(*cross.cells, strict=True)) if cross.cells else tuple(() for _ in cross.columns)
    _along(f"{name}, lajur", recap.tables[cross.column_dimension], cross.columns, columns)


def _along(name: str, table: TotalTable, labels: Sequence[str], cells: Sequence[Sequence[Tally]]) -> None:
    if list(labels) != [line.label for line in table.lines] or len(cells) != len(labels):
        raise _disagree(name, len(cells), len(table.lines))
    for line, found in zip(table.lines, cells, strict=True):
        _same(f"{name} “{line.label}”", _sum(found), line.tally)


def _check_inventory(recap: Recap, expected: Tally) -> None:
    """The inventory by district and field must hold every need once and agree with the table by district."""
    _same("inventarisasi", _sum(group.tally for group in recap.districts), expected)
    printed = {line.label: line.tally for line in recap.tables[Dimension.DISTRICT].lines}
    for group in recap.districts:
        _same(group.label, _sum(part.tally for part in group.fields), group.tally)
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
    if len(recap.duties) != len(recap.members):
        raise _disagree("kewajiban per anggota", len(recap.duties), len(recap.members))


def _counted(recap: Recap, dimension: Dimension) -> Counts:
    """The sums of each group over rows and needs."""
    found: Counts = {}
    keys: dict[str, str] = {}
    for need in recap.needs:
        labels = _labels(need.rows, dimension, recap.members)
        for position, (row, label) in enumerate(zip(need.rows, labels, strict=True)):
            if label not in keys:
                keys[label] = group_key(label)
            sums = found.setdefault(keys[label], [0] * 6)
            sums[0] += 1
            sums[1] += row.amount or 0
            sums[5] += row.amount is None
            if position == 0:
                sums[2] += 1
                sums[3] += need.amount or 0
                sums[4] += need.amount is None
    return found


def _labels(rows: Iterable[Proposal], dimension: Dimension, members: Mapping[str, Member]) -> Iterator[str]:
    if dimension in OF_ROW:
        return map(OF_ROW[dimension], rows)
    found = (members.get(row.member_id) for row in rows)
    return (OF_MEMBER[dimension](member) if member else "" for member in found)


def _sum(tallies: Iterable[Tally]) -> Tally:
    return sum(tallies, Tally())


def _same(name: str, found: Tally, expected: Tally) -> None:
    if found != expected:
        raise ProofError(
            say(
                "Rekapitulasi tidak cocok (RES-12): jumlah tabel {name} {found}, jumlah baris "
                "{expected}. Ini kesalahan program; laporkan beserta data resesnya.",
                name=name,
                found=_told(found),
                expected=_told(expected),
            )
        )


def _told(tally: Tally) -> Message:
    return say(
        "{heard} aspirasi ({heard_amount}; {heard_unpriced} tanpa anggaran), {needs} usulan ({amount}; {unpriced} "
        "tanpa anggaran)",
        heard=tally.heard,
        heard_amount=rupiah(tally.heard_amount),
        heard_unpriced=tally.heard_unpriced,
        needs=tally.needs,
        amount=rupiah(tally.amount),
        unpriced=tally.unpriced,
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
