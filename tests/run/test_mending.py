"""What ``--fix`` makes of a file when several findings want the same text changed."""

from __future__ import annotations

from pathlib import Path

from pipeline.model.finding import Finding, Fix, Place, Severity
from pipeline.model.message import NOTHING
from pipeline.run.mending import fixed_files

VALUE = "Rapat , rapat"


def finding(start: int, end: int, text: str) -> Finding:
    fix = Fix(Place("sop.yaml", 1, 8, 1, 8 + len(VALUE)), VALUE, start, end, text)
    return Finding("BHS-01", "x", Severity.WARNING, NOTHING, NOTHING, fix.place, fixes=(fix,))


def made(folder: Path, *findings: Finding) -> str:
    (folder / "sop.yaml").write_text(f"judul: {VALUE}\n", encoding="utf-8")
    return "".join(file.after.decode() for file in fixed_files(findings, folder))


def test_several_changes_of_one_text_are_made_together(tmp_path: Path) -> None:
    assert made(tmp_path, finding(8, 13, "Sidang"), finding(5, 6, "")) == "judul: Rapat, Sidang\n"


def test_the_same_change_wanted_twice_is_made_once(tmp_path: Path) -> None:
    assert made(tmp_path, finding(5, 6, ""), finding(5, 6, "")) == "judul: Rapat, rapat\n"


def test_of_two_changes_that_meet_the_first_is_made(tmp_path: Path) -> None:
    assert made(tmp_path, finding(5, 7, ","), finding(6, 9, ";r")) == "judul: Rapat, rapat\n"
