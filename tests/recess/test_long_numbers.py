"""Cells of thousands of digits: Python refuses to read them as numbers, so nothing may try."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline.run.events import Silent
from pipeline.run.recap import recap
from pipeline.run.settings import Settings
from tests.recess import small

DIGITS = "9" * 5_000
COLUMNS = [
    (table, column)
    for table, text in small.TABLES.items()
    for column in text.splitlines()[0].split(",")
    if not column.endswith("id")
]


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_cell_of_thousands_of_digits_costs_no_report(
    table: str, column: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.run.artifacts.find_soffice", lambda: None)
    edits = [{"table": table, "row": row, "column": column, "value": DIGITS} for row in (2, 3)]
    small.write(tmp_path, small.spoiled(edits))
    settings = Settings(
        tmp_path, tmp_path / "outputs", dt.date(2026, 3, 1), pdf=False, only=frozenset({"rekapitulasi"})
    )
    outcome = recap(settings, Silent())
    assert [finding for finding in outcome.result.findings if finding.code.startswith("INT")] == []
    assert outcome.problems == ()
