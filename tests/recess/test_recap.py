"""Totals agree with a sum in plain Python, merged needs lose nothing, and a wrong total never leaves the program."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import ProofError
from pipeline.model.finding import Stage
from pipeline.model.recap import UNSTATED, Dimension, Tally
from pipeline.model.recess import Meeting, Member, Proposal, Recess
from pipeline.recess.groups import GROUPED, group_reports
from pipeline.recess.needs import merge
from pipeline.recess.recap import make_recap, member_reports
from pipeline.recess.reconcile import reconcile
from pipeline.recess.text import natural
from tests.recess import small

COMMISSIONS = ("", "Komisi I", "Komisi II")
MEMBERS = tuple(
    Member(f"A{n}", n, f"Anggota Contoh {n:02d}", f"Fraksi {n % 3}", COMMISSIONS[n % 3], f"Dapil {n % 2}")
    for n in range(2, 8)
)
MEETINGS = tuple(Meeting(f"P{n}", n, f"A{n}", participants=10 * n) for n in range(2, 8))
WORDS = st.sampled_from(
    ["Perbaikan jalan", "perbaikan  jalan.", "Bantuan benih", "Ruang kelas", "", "–", "Tidak diisi"]
)
PLACES = st.sampled_from(["Contoh Timur", "contoh timur", "Contoh Barat", ""])


@st.composite
def proposals(draw: st.DrawFn) -> tuple[Proposal, ...]:
    """Rows with everything that may be wrong with them: empty cells, unknown members, other spellings."""
    size = draw(st.integers(0, 25))
    return tuple(
        Proposal(
            id=f"U{row}",
            row=row,
            meeting_id=draw(st.sampled_from(["P2", "P3", "P9", ""])),
            member_id=draw(st.sampled_from(["A2", "A3", "A4", "A9", ""])),
            text=draw(WORDS),
            field=draw(WORDS),
            agency=draw(WORDS),
            subdistrict=draw(PLACES),
            village=draw(PLACES),
            location=draw(PLACES),
            amount=draw(st.one_of(st.none(), st.integers(0, 10**13))),
            priority=draw(st.sampled_from(["Tinggi", "tinggi", "Rendah", ""])),
        )
        for row in range(2, size + 2)
    )


def recess(rows: tuple[Proposal, ...]) -> Recess:
    return Recess("contoh/reses/1", Stage.DRAFT, members=MEMBERS, meetings=MEETINGS, proposals=rows)


@settings(max_examples=60, deadline=None)
@given(proposals())
def test_totals_equal_a_sum_in_plain_python(rows: tuple[Proposal, ...]) -> None:
    recap = make_recap(recess(rows))
    assert recap.total.heard == len(rows)
    assert recap.total.heard_amount == sum(row.amount or 0 for row in rows)
    assert recap.total.amount == sum(max((r.amount or 0 for r in need.rows), default=0) for need in recap.needs)
    for table in recap.tables.values():
        assert table.total == recap.total
        assert sum((line.tally for line in table.lines), Tally()) == recap.total
        assert len({line.label for line in table.lines}) == len(table.lines)
    by_fraction: defaultdict[str, int] = defaultdict(int)
    names = {member.id: member.fraction for member in MEMBERS}
    for row in rows:
        by_fraction[names.get(row.member_id, UNSTATED)] += row.amount or 0
    printed = {line.label: line.tally.heard_amount for line in recap.tables[Dimension.FRACTION].lines}
    assert {label: amount for label, amount in printed.items() if amount} == {k: v for k, v in by_fraction.items() if v}


@settings(max_examples=60, deadline=None)
@given(proposals())
def test_nothing_is_lost_or_counted_twice(rows: tuple[Proposal, ...]) -> None:
    recap = make_recap(recess(rows))
    assert sorted(row.row for need in recap.needs for row in need.rows) == [row.row for row in rows]
    assert [need.number for need in recap.needs] == list(range(1, len(recap.needs) + 1))
    reports = member_reports(recap)
    known = {member.id for member in MEMBERS}
    assert sum(report.total.heard for report in reports) == sum(row.member_id in known for row in rows)
    for report in reports:
        shown = [row.row for result in report.results for part in result.fields for row in part.rows]
        assert sorted(shown) == [row.row for row in report.proposals]


def test_the_same_need_in_other_words_of_case_and_signs_is_one(tmp_path: Path) -> None:
    recap = make_recap(small.recess_of(small.read(tmp_path)))
    merged = [need for need in recap.needs if len(need.rows) > 1]
    assert [[row.id for row in need.rows] for need in merged] == [["U1", "U3"]]
    assert merged[0].amount == 120_000_000  # the higher estimate, and both are told
    assert merged[0].amounts == (100_000_000, 120_000_000)
    assert recap.total == Tally(
        heard=5, heard_amount=280_000_000, needs=4, amount=180_000_000, unpriced=1, heard_unpriced=1
    )
    assert recap.participants == 1_350


def test_rows_without_text_or_place_are_never_merged() -> None:
    rows = (
        Proposal("U1", 2, text="Jalan"),
        Proposal("U2", 3, text="Jalan"),
        Proposal("U3", 4, subdistrict="X"),
        Proposal("U4", 5, subdistrict="X"),
    )
    assert len(merge(rows, {})) == 4


def test_place_of_the_meeting_counts_when_the_row_has_none() -> None:
    meetings = {n: Meeting(n, 2, subdistrict="Contoh Timur", village="Contoh Asri") for n in ("P1", "P2")}
    rows = (Proposal("U1", 2, "P1", text="Jalan"), Proposal("U2", 3, "P2", text="jalan"))
    assert len(merge(rows, meetings)) == 1


def test_groups_of_the_register_stand_there_without_rows() -> None:
    recap = make_recap(recess(()))
    assert [line.label for line in recap.tables[Dimension.FRACTION].lines] == ["Fraksi 0", "Fraksi 1", "Fraksi 2"]


def test_leaders_have_a_group_of_their_own(tmp_path: Path) -> None:
    recap = make_recap(small.recess_of(small.read(tmp_path)))
    labels = [line.label for line in recap.tables[Dimension.COMMISSION].lines]
    assert labels == ["Komisi I", "Komisi II", "Pimpinan DPRD"]


@pytest.mark.parametrize("part", ["total", "table", "line", "district", "need", "activity"])
def test_a_wrong_total_is_caught(part: str, tmp_path: Path) -> None:
    recap = make_recap(small.recess_of(small.read(tmp_path)))
    table = recap.tables[Dimension.FIELD]
    first = table.lines[0]
    more = replace(first, tally=first.tally + Tally(heard=1))
    less = replace(table.lines[1], tally=replace(table.lines[1].tally, heard=table.lines[1].tally.heard - 1))
    changed = {
        "total": lambda: replace(recap, total=recap.total + Tally(amount=1)),
        "table": lambda: replace(recap, tables={**recap.tables, Dimension.FIELD: replace(table, total=Tally())}),
        "line": lambda: replace(
            recap, tables={**recap.tables, Dimension.FIELD: replace(table, lines=(more, less, *table.lines[2:]))}
        ),
        "district": lambda: replace(recap, districts=recap.districts[1:]),
        "need": lambda: replace(recap, needs=recap.needs[1:]),
        "activity": lambda: replace(recap, activities=recap.activities[1:]),
    }[part]()
    with pytest.raises(ProofError, match="RES-12"):
        reconcile(changed)


def test_order_of_labels() -> None:
    labels = ["Dapil 10", "Dapil 2", "Komisi V", "Komisi IV", "Komisi I"]
    assert sorted(labels, key=natural) == ["Dapil 2", "Dapil 10", "Komisi I", "Komisi IV", "Komisi V"]


def test_what_is_not_filled_in_stands_last_however_often_it_is() -> None:
    rows = tuple(Proposal(f"U{n}", n, text=f"Usul {n}", field="" if n < 6 else "Tani") for n in range(2, 8))
    table = make_recap(recess(rows)).tables[Dimension.FIELD]
    assert [(line.label, line.tally.heard) for line in table.lines] == [("Tani", 2), (UNSTATED, 4)]


def test_a_need_heard_twice_by_a_member_is_one_in_the_report_and_in_the_field_of_its_first_row() -> None:
    cells = {"member_id": "A2", "text": "Perbaikan jalan", "subdistrict": "X", "village": "Y", "amount": 5}
    rows = (Proposal("U2", 2, field="PU", **cells), Proposal("U3", 3, **{**cells, "amount": 9}))  # type: ignore[arg-type]
    report = member_reports(make_recap(recess(rows)))[0]
    assert [(line.label, line.tally.heard, line.tally.needs) for line in report.fields] == [
        ("PU", 1, 1),
        (UNSTATED, 1, 0),
    ]
    assert (report.total.needs, report.total.amount) == (1, 9)


def test_an_edition_in_other_words_has_the_needs_of_the_first() -> None:
    cells = {"member_id": "A2", "subdistrict": "X", "village": "Y", "field": "PU"}
    texts = ("Rehab rumah, hubungi 081", "Rehab rumah, hubungi 082", "Rehab rumah, hubungi 081", "Bantuan bibit")
    rows = tuple(Proposal(f"U{n}", n, text=text, **cells) for n, text in enumerate(texts, 2))  # type: ignore[arg-type]
    whole = make_recap(recess(rows))
    public = recess(tuple(replace(row, text=row.text.partition(",")[0]) for row in rows))
    assert len(make_recap(public).needs) == 2
    edition = make_recap(public, like=whole)
    assert [(need.number, [row.row for row in need.rows], need.scores) for need in edition.needs] == [
        (need.number, [row.row for row in need.rows], need.scores) for need in whole.needs
    ]
    assert edition.needs[0].lead.text == "Rehab rumah"
    assert edition.total == whole.total
    with pytest.raises(ProofError, match="RES-12"):
        make_recap(recess((*public.proposals, replace(rows[0], row=9))), like=whole)


def test_an_estimate_of_nothing_is_an_estimate() -> None:
    rows = (
        Proposal("U2", 2, member_id="A2", text="Jalan", field="PU", amount=0),
        Proposal("U3", 3, member_id="A2", text="Jembatan", field="PU"),
    )
    recap = make_recap(recess(rows))
    assert (recap.total.unpriced, recap.total.heard_unpriced) == (1, 1)
    for dimension in GROUPED:
        for report in group_reports(recap, dimension):
            assert sum((part.tally for part in report.fields), Tally()) == report.total


def test_meetings_of_a_member_stand_in_order_of_time_and_those_without_a_date_last() -> None:
    day = dt.date(2026, 2, 3)
    held = (
        Meeting("P1", 2, "A2"),
        Meeting("P2", 3, "A2", day, "13.00"),
        Meeting("P3", 4, "A2", dt.date(2026, 2, 4), "08.00"),
        Meeting("P4", 5, "A2", day, "09.00"),
    )
    report = member_reports(make_recap(replace(recess(()), meetings=held)))[0]
    assert [meeting.id for meeting in report.meetings] == ["P4", "P2", "P3", "P1"]
