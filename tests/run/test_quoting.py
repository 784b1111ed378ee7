"""Reports quote the lines of findings, but never personal data of recess tables."""

from __future__ import annotations

from pathlib import Path

from pipeline.model.finding import Finding, Place, Severity
from pipeline.model.message import say
from pipeline.run.quoting import quoted_lines

LINE = "U1,Bantuan untuk 3302121212120001 hubungi 0812-3456-7890"


def finding(file: str) -> Finding:
    return Finding("XXX-01", "x", Severity.ERROR, say("x"), say("y"), Place(file, 1, 4, 1, 9))


def test_personal_data_of_a_table_is_not_quoted(tmp_path: Path) -> None:
    for name in ("aspirasi.csv", "langkah.csv"):
        (tmp_path / name).write_text(LINE, encoding="utf-8")
    quoted = quoted_lines([finding("aspirasi.csv"), finding("langkah.csv")], tmp_path)
    assert quoted["aspirasi.csv", 1] == "U1,Bantuan untuk •••••••••••••••• hubungi ••••-••••-••••"
    assert quoted["langkah.csv", 1] == LINE
