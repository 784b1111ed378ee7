"""Findings on recess tables keep their fingerprint when rows move."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from pathlib import Path

from pipeline.model.fingerprint import fingerprint
from pipeline.run.baseline import begin
from pipeline.run.events import Silent
from pipeline.run.recess_check import check_recesses
from pipeline.run.settings import Settings

ROOT = Path(__file__).parents[2]


def keys(folder: Path) -> list[str]:
    settings = Settings(folder, folder / "outputs", dt.date(2026, 11, 21))
    checked = check_recesses([folder / "contoh/reses/2026-masa-1"], settings, Silent(), begin(settings))
    return [fingerprint(finding) for finding in checked.findings]


def rewrite(path: Path, change: object) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    change(rows)  # type: ignore[operator]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def test_a_new_row_changes_no_key(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "inputs/contoh", tmp_path / "contoh")
    table = tmp_path / "contoh/reses/2026-masa-1/pertemuan.csv"

    def spoil(rows: list[list[str]]) -> None:
        for row in rows[3:6]:
            row[2] = "2026-12-31"  # outside the recess
        rows[7][2] = "kemarin"

    rewrite(table, spoil)
    before = keys(tmp_path)
    assert len(set(before)) == len(before) >= 4
    rewrite(table, lambda rows: rows.insert(2, ["P999", *rows[2][1:]]))
    assert set(before) <= set(keys(tmp_path))
