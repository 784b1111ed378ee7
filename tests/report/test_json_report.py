"""The JSON report keeps to its stored schema, which keeps to the command page."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from pipeline.model.result import RunResult
from pipeline.report import json_report
from pipeline.resources import data_file
from tests.report.report_sample import RESULT, SOP

SCHEMA = json.loads(data_file("temuan.schema.json").read_text(encoding="utf-8"))
TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,), "array": (list,), "string": (str,), "integer": (int,), "boolean": (bool,), "null": (type(None),),
}  # fmt: skip


def problems(value: Any, schema: dict[str, Any], path: str = "$") -> list[str]:
    """What of ``value`` breaks ``schema``: the part of JSON Schema that ours uses."""
    if "$ref" in schema:
        return problems(value, SCHEMA["$defs"][schema["$ref"].rsplit("/", 1)[1]], path)
    unknown = set(schema) - {
        "$schema", "$defs", "title", "type", "const", "enum", "minimum", "minLength", "pattern",
        "required", "properties", "items", "additionalProperties",
    }  # fmt: skip
    assert not unknown, f"the checker does not know {unknown}"
    found = []
    names = schema.get("type", [])
    names = [names] if isinstance(names, str) else names
    if names and not any(isinstance(value, TYPES[n]) and not (n == "integer" and value is True) for n in names):
        return [f"{path}: {value!r} is not {names}"]
    if "const" in schema and value != schema["const"]:
        found.append(f"{path}: not {schema['const']}")
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{path}: not one of {schema['enum']}")
    if isinstance(value, int) and value < schema.get("minimum", value):
        found.append(f"{path}: too small")
    if isinstance(value, str):
        if len(value) < schema.get("minLength", 0):
            found.append(f"{path}: too short")
        if "pattern" in schema and not re.search(schema["pattern"], value):
            found.append(f"{path}: {value!r} does not match")
    if isinstance(value, dict):
        found += [f"{path}: lacks {key}" for key in schema.get("required", []) if key not in value]
        for key, item in value.items():
            part = schema.get("properties", {}).get(key, schema.get("additionalProperties", {}))
            found += problems(item, part, f"{path}.{key}")
    if isinstance(value, list):
        for number, item in enumerate(value):
            found += problems(item, schema.get("items", {}), f"{path}[{number}]")
    return found


@pytest.mark.parametrize("result", [RESULT, RunResult((), ())], ids=["full", "empty"])
@pytest.mark.parametrize("lang", ["id", "en"])
def test_report_keeps_to_the_schema(result: RunResult, lang: Any) -> None:
    assert problems(json.loads(json_report.render(result, lang=lang, version="1.2.3")), SCHEMA) == []


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
    assert any(part in problem for problem in problems(data, SCHEMA))
