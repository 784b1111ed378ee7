"""What the report of each member holds, and who reported: one meeting without it is a gap."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.model.recess import Meeting, Member, Proposal, Recess
from pipeline.recess.comparison import earlier_of
from pipeline.recess.duties import barred
from pipeline.recess.recap import make_recap
from tests.recess import small
from tests.recess.rows import recess

GOOD = Meeting("P1", 2, "A1", dt.date(2026, 2, 2), "09.00", venue="Balai Desa", photos="3")
ROW = Proposal("U1", 2, "P1", "A1", text="Jalan")


def held(meetings: tuple[Meeting, ...], rows: tuple[Proposal, ...]) -> Recess:
    return replace(recess(rows), members=(Member("A1", 2, "Anggota Contoh 01"),), meetings=meetings)


@pytest.mark.parametrize(
    ("second", "rows", "expected"),
    [
        ({}, (ROW,), "reported time_and_place heard documented complete"),
        ({"photos": "", "attendance": "ada"}, (ROW,), "reported time_and_place heard documented complete"),
        ({"photos": ""}, (ROW,), "reported time_and_place heard"),
        ({"date": None}, (ROW,), "reported heard documented"),
        ({"time": ""}, (ROW,), "reported heard documented"),
        ({"venue": ""}, (ROW,), "reported heard documented"),
        ({}, (), "reported time_and_place documented"),
        (None, (ROW,), "reported heard"),
        (None, (), ""),
    ],
)
def test_duties(second: dict[str, object] | None, rows: tuple[Proposal, ...], expected: str) -> None:
    meetings = () if second is None else (GOOD, replace(GOOD, id="P2", row=3, **second))  # type: ignore[arg-type]
    recap = make_recap(held(meetings, rows))
    (duty,) = recap.duties
    names = ("reported", "time_and_place", "heard", "documented", "complete")
    assert [name for name in names if getattr(duty, name)] == expected.split()
    assert [member.id for member in barred(recap)] == ([] if duty.reported else ["A1"])


@pytest.mark.parametrize(
    ("one", "other", "status"),
    [
        ("Diusulkan", "Ditunda", "Diusulkan"),
        ("", "Ditunda", "Ditunda"),
        ("Diusulkan", "Selesai", "Selesai"),
        ("Selesai", "Diusulkan", "Selesai"),
        ("", "", ""),
    ],
)
def test_the_status_of_a_need_that_several_heard(one: str, other: str, status: str, tmp_path: Path) -> None:
    edits = [{"table": "aspirasi", "row": row, "column": "status", "value": v} for row, v in ((2, one), (4, other))]
    earlier = earlier_of(small.read(tmp_path, small.spoiled(edits)))
    assert earlier is not None
    assert [need.status for need in earlier.needs if need.heard == 2] == [status]
