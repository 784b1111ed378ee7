"""The formats of a report by name. Each has its own module, loaded only when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Final, Protocol, cast

from pipeline.model.result import RunResult
from pipeline.report.view import View

FORMATS: Final = ("full", "concise", "json", "sarif", "junit", "github")
FOR_PEOPLE: Final = ("full", "concise")
"""Formats that ``--statistics`` turns into tables; JSON holds the same counts always."""
COUNTED: Final = (*FOR_PEOPLE, "json")


class _Format(Protocol):
    def render(self, result: RunResult, view: View) -> str: ...


def render(name: str, result: RunResult, view: View) -> str:
    """The report in the format ``name``: UTF-8 text that ends in a newline, or "" where there is nothing to say."""
    if view.statistics and name in FOR_PEOPLE:
        from pipeline.report import statistics

        return statistics.render(result, view)
    if name == "json":
        from pipeline.report import json_report

        return json_report.render(result, lang=view.lang, version=view.version)
    return cast("_Format", import_module(f"pipeline.report.{name}")).render(result, view)
