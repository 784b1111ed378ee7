"""``--format github``: workflow commands that GitHub Actions shows as notes beside the lines of a pull request."""

from __future__ import annotations

from typing import Final

from pipeline.model.finding import Finding, Place, Severity
from pipeline.model.message import Lang, Message
from pipeline.model.result import RunResult
from pipeline.report.places import is_file, last_line
from pipeline.report.view import View

_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(result: RunResult, view: View) -> str:
    """One command per finding, then failures and notes; ends in a newline, "" where there is nothing to say.

    GitHub shows ten of each kind per step: ``view.quiet`` keeps those that block.
    """
    rows = [_finding(finding, view.lang) for finding in result.findings if finding.blocks or not view.quiet]
    for failure in result.failures:
        title = _property(failure.document or "tertib")
        rows.append(f"::error title={title}::{_data(failure.message.text(view.lang))}")
    if not view.quiet:
        rows += [f"::notice title=tertib::{_data(note.text(view.lang))}" for note in result.notes]
    return "".join(f"{row}\n" for row in rows)


def _finding(finding: Finding, lang: Lang) -> str:
    properties = [f"{key}={_property(str(value))}" for key, value in _where(finding.place)]
    title = f"{finding.code} ({finding.name})" if finding.name else finding.code
    properties.append(f"title={_property(title)}")
    command = _COMMANDS[finding.severity]
    return f"::{command} {','.join(properties)}::{_data(_sentences(finding.message, finding.help, lang))}"


def _where(place: Place) -> list[tuple[str, str | int]]:
    """Place as GitHub takes it: columns only where first and last line are the same, or it shows nothing at all."""
    if not is_file(place):
        return []
    told: list[tuple[str, str | int]] = [("file", place.file)]
    if place.line is None or place.sheet is not None:
        return told
    last = last_line(place) or place.line
    told.append(("line", place.line))
    if last == place.line and place.column is not None:
        told.append(("col", place.column))
    told.append(("endLine", last))
    if last == place.line == place.end_line and place.column is not None and place.end_column is not None:
        told.append(("endColumn", place.end_column))
    return told


def _sentences(message: Message, remedy: Message, lang: Lang) -> str:
    return " ".join(part for part in (message.text(lang), remedy.text(lang)) if part)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
