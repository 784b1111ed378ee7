"""Whatever the rows are: tables equal the grand total, nothing is lost or counted twice, reports agree with each other.

The sums here are made in plain Python from the rows, not with what the program uses.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.recap import Change, Comparison, Dimension, GroupReport, Need, Recap, Tally
from pipeline.model.recess import Earlier, EarlierNeed, Held, History, Recess
from pipeline.recess.comparison import is_done
from pipeline.recess.groups import GROUPED
from pipeline.recess.needs import doubtful
from pipeline.recess.recap import barred, group_reports, make_recap, member_reports
from pipeline.recess.text import group_key
from tests.recess.rows import MEETINGS, MEMBERS, recesses

many = settings(max_examples=25, deadline=None)


def total(tallies: Iterable[Tally]) -> Tally:
    return sum(tallies, Tally())


@many
@given(recesses())
def test_every_table_equals_the_grand_total(found: Recess) -> None:
    recap = make_recap(found)
    rows = found.proposals
    assert recap.total.heard == len(rows)
    assert recap.total.heard_amount == sum(row.amount or 0 for row in rows)
    assert recap.total.heard_unpriced == sum(row.amount is None for row in rows)
    assert recap.total.needs == len(recap.needs)
    prices = [max((row.amount for row in need.rows if row.amount is not None), default=None) for need in recap.needs]
    assert recap.total.amount == sum(price or 0 for price in prices)
    assert recap.total.unpriced == prices.count(None)
    assert set(recap.tables) == set(Dimension)
    for table in recap.tables.values():
        assert table.total == recap.total == total(line.tally for line in table.lines)
        assert len({line.label for line in table.lines}) == len(table.lines)


@many
@given(recesses())
def test_sums_along_both_ways_of_the_cross_table_are_lines(found: Recess) -> None:
    recap = make_recap(found)
    cross = recap.cross
    down, across = recap.tables[cross.row_dimension], recap.tables[cross.column_dimension]
    assert [total(row) for row in cross.cells] == [line.tally for line in down.lines]
    assert [total(row[n] for row in cross.cells) for n in range(len(cross.columns))] == [
        line.tally for line in across.lines
    ]


@many
@given(recesses())
def test_every_row_is_in_exactly_one_need(found: Recess) -> None:
    recap = make_recap(found)
    assert sorted(row.row for need in recap.needs for row in need.rows) == [row.row for row in found.proposals]
    assert [need.number for need in recap.needs] == list(range(1, len(recap.needs) + 1))
    for need in recap.needs:
        assert len(need.scores) == len(need.rows)
        assert need.scores[0] == 100
        assert [row.row for row in need.rows] == sorted(row.row for row in need.rows)
        told = [row.id for row in need.rows if row.id]
        for group in found.apart:
            assert len({id for id in told if id in group}) <= 1
    assert len(doubtful(recap.needs)) == sum(score < 100 for need in recap.needs for score in need.scores)


@many
@given(recesses())
def test_reports_of_groups_add_up_to_the_plenary(found: Recess) -> None:
    recap = make_recap(found)
    owners = {member.id: member for member in reversed(MEMBERS)}
    read: dict[Dimension, Callable[[str], str]] = {
        Dimension.DISTRICT: lambda id: owners[id].district if id in owners else "",
        Dimension.FRACTION: lambda id: owners[id].fraction if id in owners else "",
    }
    for dimension in GROUPED:
        reports = group_reports(recap, dimension)
        assert [report.total for report in reports] == [line.tally for line in recap.tables[dimension].lines]
        assert sum(len(report.needs) - report.elsewhere for report in reports) == len(recap.needs)
        for report in reports:
            _agrees(report)
            if dimension in read:
                group = "" if report.label == "Tidak diisi" else report.label
                expected = [n for n in recap.needs if any(read[dimension](r.member_id) == group for r in n.rows)]
                assert list(report.needs) == expected
                led = [need for need in expected if read[dimension](need.lead.member_id) == group]
                assert (report.total.needs, report.total.amount) == (len(led), sum(n.amount or 0 for n in led))


def _agrees(report: GroupReport) -> None:
    assert total(part.tally for part in report.fields) == report.total
    assert [need for part in report.fields for need in part.needs] == sorted(
        report.needs, key=lambda need: [part.needs.count(need) for part in report.fields].index(1)
    )
    for table in report.tables.values():
        assert table.total == report.total == total(line.tally for line in table.lines)
    assert report.meetings == sum(activity.meetings for activity in report.activities)


@many
@given(recesses())
def test_reports_of_members_hold_what_they_heard(found: Recess) -> None:
    recap = make_recap(found)
    reports = member_reports(recap)
    assert [report.member.row for report in reports] == [2, 3, 4, 5, 6, 7, 9]
    for report in reports:
        own = [row for row in found.proposals if row.member_id == report.member.id]
        assert list(report.proposals) == own
        assert report.total.heard == len(own)
        assert report.total.heard_amount == sum(row.amount or 0 for row in own)
        assert report.total.needs == sum(any(row in own for row in need.rows) for need in recap.needs)
        shown = [row.row for result in report.results for part in result.fields for row in part.rows]
        assert sorted(shown) == [row.row for row in own]


@many
@given(recesses())
def test_duties_are_of_every_member_and_the_silent_ones_are_barred(found: Recess) -> None:
    recap = make_recap(found)
    assert [duty.member.row for duty in recap.duties] == [2, 3, 4, 5, 6, 7, 9]
    present = {row.member_id for row in (*found.proposals,)} | {meeting.member_id for meeting in MEETINGS}
    assert {member.id for member in barred(recap)} == {member.id for member in MEMBERS} - present
    assert not any(duty.time_and_place or duty.documented or duty.complete for duty in recap.duties)


@settings(max_examples=20, deadline=None)
@given(recesses(most=15), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing_of_what_was_heard(found: Recess, random: Random) -> None:
    rows = list(found.proposals)
    random.shuffle(rows)
    one, other = make_recap(found), make_recap(replace(found, proposals=tuple(rows)))
    assert _heard(one) == _heard(other)
    assert (one.total.heard, one.total.heard_amount) == (other.total.heard, other.total.heard_amount)


def _heard(recap: Recap) -> dict[Dimension, list[tuple[str, int, int, int]]]:
    """What was heard by group. Of equally frequent spellings the first is printed, so the key is compared."""
    return {
        dimension: sorted(
            (group_key(line.label), line.tally.heard, line.tally.heard_amount, line.tally.heard_unpriced)
            for line in table.lines
        )
        for dimension, table in recap.tables.items()
    }


@many
@given(recesses(), recesses())
def test_a_comparison_holds_every_need_of_both_once(now: Recess, before: Recess) -> None:
    earlier = before_of(make_recap(before).needs)
    comparison = compared(make_recap(now, history=History(earlier=earlier)))
    recap = make_recap(now)
    assert Counter(line.need.number for line in comparison.needs if line.need) == Counter(n.number for n in recap.needs)
    assert Counter(line.earlier.number for line in comparison.needs if line.earlier) == Counter(
        need.number for need in earlier.needs
    )
    for line in comparison.needs:
        both = line.need is not None and line.earlier is not None
        assert (line.change is Change.REPEATED) == both
        assert (line.change is Change.NEW) == (line.earlier is None)
        if line.need is None and line.earlier is not None:
            assert (line.change is Change.DONE) == is_done(line.earlier.status)
    assert sum(comparison.counts.values()) == len(comparison.needs)
    assert sum(field.now for field in comparison.fields) == len(recap.needs)
    assert sum(field.before for field in comparison.fields) == len(earlier.needs)


def before_of(needs: Iterable[Need]) -> Earlier:
    """A recess before with ``needs``."""
    return Earlier(
        Held("contoh/reses/0"),
        needs=tuple(
            EarlierNeed(
                need.number,
                need.lead.text,
                need.lead.field,
                need.lead.agency,
                need.lead.subdistrict,
                need.lead.village,
                need.lead.location,
                need.lead.status,
                need.amount,
                f"aspirasi.csv:{need.lead.row}",
            )
            for need in needs
        ),
    )


def compared(recap: Recap) -> Comparison:
    assert recap.comparison is not None
    return recap.comparison
