"""The stored report of each format. ``python -m tests.report.snapshots`` writes them anew: read the difference."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from pipeline.report import formats
from pipeline.report.formats import FORMATS
from tests.report.format_sample import RESULT, VIEW

FOLDER = Path(__file__).parent / "snapshots"
_SUFFIXES = {"json": "json", "sarif": "sarif", "junit": "xml"}
NAMES = (*FORMATS, "statistics")


def path_of(name: str) -> Path:
    """Where the report of a format is stored."""
    return FOLDER / f"{name}.{_SUFFIXES.get(name, 'txt')}"


def made(name: str) -> str:
    """The report as the program makes it today."""
    if name == "statistics":
        return formats.render("full", RESULT, replace(VIEW, statistics=True))
    text = formats.render(name, RESULT, VIEW)
    # A line per finding is made for machines; spread out, a difference is easier to read.
    return json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n" if text.startswith("{") else text


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for each in NAMES:
        path_of(each).write_text(made(each), encoding="utf-8", newline="\n")
