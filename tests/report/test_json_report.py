"""The JSON report keeps to its stored schema, which keeps to the command page."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pipeline.report import json_report
from pipeline.resources import data_file
from tests.report.report_sample import RESULT, SOP

SCHEMA = json.loads(data_file("temuan.schema.json").read_text(encoding="utf-8"))


def problems(data: Any) -> list[str]:
    """What of ``data`` breaks the stored schema, with the place."""
    return [f"{error.json_path}: {error.message}" for error in Draft202012Validator(SCHEMA).iter_errors(data)]


def test_fields_of_the_command_page_are_all_there() -> None:
    data = json_report.as_data(RESULT, lang="id", version="1.2.3")
    assert data["schema_version"] == 1
    assert data["tool"] == {"name": "tertib", "version": "1.2.3"}
    first = data["findings"][0]
    assert {"code", "name", "severity", "blocks", "message", "help", "source", "place", "related", "document"} <= set(
        first
    )
    assert first["place"] == {
        "file": "inputs/contoh/sop/reses.yaml", "line": 3, "column": 8, "end_line": 3, "end_column": 27,
        "sheet": None, "cell": None,
    }  # fmt: skip
    document = data["documents"][0]
    assert document["id"] == SOP
    assert document["stage"] == "final"
    assert (document["errors"], document["warnings"]) == (1, 2)
    assert document["duration"] == {
        "shortest": "1 hari kerja",
        "typical": "2 hari kerja",
        "longest": "3 hari kerja",
        "conversion": "1 hari = 7,5 jam",
        "excluded": "",
    }
    assert data["documents"][1]["duration"]["conversion"] == ""
    assert document["layout"] == {"crossings": 0}
    assert {"documents": 2, "errors": 2, "warnings": 2, "infos": 1}.items() <= data["summary"].items()


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (lambda d: d.pop("tool"), "tool"),
        (lambda d: d["findings"][0].update(severity="fatal"), "severity"),
        (lambda d: d["findings"][0]["place"].update(line=0), "line"),
        (lambda d: d["documents"][0]["layout"].update(crossings="0"), "crossings"),
    ],
)
def test_the_checker_sees_a_broken_report(change: Any, part: str) -> None:
    data = json_report.as_data(RESULT, lang="id", version="1")
    change(data)
    assert any(part in problem for problem in problems(data))
