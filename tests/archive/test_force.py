"""What was in force on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from pipeline.archive.facts import Facts
from pipeline.archive.force import standings
from pipeline.archive.log import Filed
from pipeline.archive.storage import Hashes


def filed(
    version: int,
    effective: str,
    stage: str = "final",
    original: int = 0,
    name: str = "reses",
    others: tuple[str, ...] = (),
) -> Filed:
    """A version in the log."""
    day = dt.date.fromisoformat(effective) if effective else None
    facts = Facts(
        "sop", name, version, dt.date(2026, 1, 1), stage=stage, effective=day, original=original, others=others
    )
    return Filed(facts, Hashes("", ""), version)


CASES: dict[str, tuple[Sequence[Filed], str, dict[int, str]]] = {
    "the only one": ([filed(1, "2024-01-01")], "2024-05-01", {1: ""}),
    "on its very day": ([filed(1, "2024-05-01")], "2024-05-01", {1: ""}),
    "not yet": ([filed(1, "2024-05-02")], "2024-05-01", {1: "baru berlaku 2 Mei 2024"}),
    "a draft": ([filed(1, "2024-01-01", "draf")], "2024-05-01", {1: "berstatus draf"}),
    "no date": ([filed(1, "")], "2024-05-01", {1: "tanggal efektifnya tidak tercatat"}),
    "the later one": (
        [filed(1, "2023-01-01"), filed(2, "2024-01-01")],
        "2024-05-01",
        {1: "digantikan v002 sejak 1 Januari 2024", 2: ""},
    ),
    "before the later one": (
        [filed(1, "2023-01-01"), filed(2, "2024-06-01")],
        "2024-05-01",
        {1: "", 2: "baru berlaku 1 Juni 2024"},
    ),
    "a draft replaces nothing": (
        [filed(1, "2023-01-01"), filed(2, "2024-01-01", "tinjau")],
        "2024-05-01",
        {1: "", 2: "berstatus tinjau"},
    ),
    "an older one filed later": (
        [filed(1, "2024-01-01"), filed(2, "2023-01-01")],
        "2024-05-01",
        {1: "", 2: "digantikan v001 sejak 1 Januari 2024"},
    ),
    "a correction keeps the date": (
        [filed(1, "2024-01-01"), filed(2, "2024-01-01")],
        "2024-05-01",
        {1: "digantikan v002 dengan tanggal efektif yang sama", 2: ""},
    ),
    "the signed one": (
        [filed(1, "2024-01-01"), filed(2, "2024-01-01", original=1), filed(3, "2024-01-01")],
        "2024-05-01",
        {1: "digantikan v002, yang bertanda tangan", 2: "", 3: "digantikan v002, yang bertanda tangan"},
    ),
    "not the one signed by somebody else": (
        [filed(1, "2024-01-01"), filed(2, "2024-01-01", original=1), filed(3, "2024-01-01", original=1, others=("B",))],
        "2024-05-01",
        {
            1: "digantikan v002, yang bertanda tangan",
            2: "",
            3: "v002 ditandatangani oleh yang ditetapkan, versi ini oleh B",
        },
    ),
    "the one signed by somebody else alone": (
        [filed(1, "2024-01-01"), filed(2, "2024-01-01", original=1, others=("B",)), filed(3, "2024-01-01")],
        "2024-05-01",
        {1: "digantikan v002, yang bertanda tangan", 2: "", 3: "digantikan v002, yang bertanda tangan"},
    ),
    "the later one, whoever signed": (
        [filed(1, "2023-01-01"), filed(2, "2023-01-01", original=1), filed(3, "2024-01-01", original=3, others=("B",))],
        "2024-05-01",
        {1: "digantikan v003 sejak 1 Januari 2024", 2: "digantikan v003 sejak 1 Januari 2024", 3: ""},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_holds_and_why_the_rest_does_not(name: str) -> None:
    versions, day, expected = CASES[name]
    found = standings(versions, dt.date.fromisoformat(day))
    assert {one.facts.version: one.reason.id if one.reason else "" for one in found} == expected
    assert sum(one.in_force for one in found) <= 1


def test_sops_do_not_replace_each_other() -> None:
    found = standings([filed(1, "2023-01-01"), filed(1, "2024-01-01", name="lain")], dt.date(2025, 1, 1))
    assert [one.in_force for one in found] == [True, True]


def test_reports_on_recesses_are_never_in_force() -> None:
    facts = Facts("reses", "2026-masa-1", 1, dt.date(2026, 1, 1), stage="final", effective=dt.date(2024, 1, 1))
    assert standings([Filed(facts, Hashes("", ""), 1)], dt.date(2026, 1, 1)) == ()
