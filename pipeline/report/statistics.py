"""``--statistics``: how often each rule found something, per office and in all, most frequent first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Final

from pipeline.model.finding import Finding, Severity
from pipeline.model.message import Lang, say
from pipeline.model.result import RunResult
from pipeline.report.ending import ending
from pipeline.report.paint import BOLD, STYLES, painter
from pipeline.report.places import SEVERITY
from pipeline.report.view import View

_WORST: Final = tuple(Severity)


@dataclass(frozen=True, slots=True)
class Count:
    """How often a rule found something at one severity, how many of these block, and how many ``--fix`` puts right."""

    code: str
    name: str
    severity: Severity
    number: int
    blocking: int
    fixable: int


def counts(findings: Iterable[Finding]) -> tuple[Count, ...]:
    """One entry per rule and severity, most frequent first, then the worst, then by code."""
    numbers: Counter[tuple[str, str, Severity]] = Counter()
    blocking: Counter[tuple[str, str, Severity]] = Counter()
    fixable: Counter[tuple[str, str, Severity]] = Counter()
    for finding in findings:
        key = (finding.code, finding.name, finding.severity)
        numbers[key] += 1
        blocking[key] += finding.blocks
        fixable[key] += finding.fixable
    found = [Count(*key, number, blocking[key], fixable[key]) for key, number in numbers.items()]
    return tuple(sorted(found, key=lambda count: (-count.number, _WORST.index(count.severity), count.code, count.name)))


def by_office(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Findings by the office they belong to, offices by name; "" holds those of no office (settings of the run)."""
    offices: dict[str, list[Finding]] = {}
    for finding in findings:
        offices.setdefault(office_of(finding), []).append(finding)
    return dict(sorted(offices.items()))


def office_of(finding: Finding) -> str:
    """The office of a finding: first part of the document's id, else the folder of its file."""
    if finding.document:
        return finding.document.partition("/")[0]
    return PurePosixPath(finding.place.file).parent.name


def as_data(result: RunResult) -> dict[str, Any]:
    """The counts as plain data for the JSON report."""
    return {
        "rules": [_data(count) for count in counts(result.findings)],
        "offices": [
            {"office": office, "rules": [_data(count) for count in counts(findings)]}
            for office, findings in by_office(result.findings).items()
        ],
    }


def render(result: RunResult, view: View) -> str:
    """The counts as tables: one for each office where there are several, and one for all. Ends in a newline."""
    findings = [finding for finding in result.findings if finding.blocks or not view.quiet]
    offices = by_office(findings)
    tables = [_table(office or "-", found, view) for office, found in offices.items()] if len(offices) > 1 else []
    if findings:
        tables.append(_table(say("Semua").text(view.lang) if tables else "", findings, view))
    rows = [f"{failure.document or 'tertib'}: {failure.message.text(view.lang)}" for failure in result.failures]
    rows += [] if view.quiet else ending(result, view.lang)
    blocks = [*tables, "\n".join(rows)] if rows else tables
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _table(title: str, findings: Sequence[Finding], view: View) -> str:
    paint = painter(view.color)
    found = counts(findings)
    words = {severity: SEVERITY[severity].text(view.lang) for severity in Severity}
    digits = max(len(str(count.number)) for count in found)
    widest = max(len(word) for word in words.values())
    codes = max(len(count.code) for count in found)
    rows = [paint(f"{title}: {len(findings)}", BOLD)] if title else []
    for count in found:
        word = paint(f"{words[count.severity]:<{widest}}", STYLES[count.severity])
        code = paint(f"{count.code:<{codes}}", BOLD)
        rows.append(f"{count.number:>{digits}}  {word}  {code}  {count.name}{_more(count, view.lang)}")
    return "\n".join(rows)


def _more(count: Count, lang: Lang) -> str:
    """What else is to be said of a rule: `` [menahan: 2] [--fix: 3]``."""
    held = say(" [menahan: {n}]", n=count.blocking).text(lang) if count.blocking else ""
    return held + (f" [--fix: {count.fixable}]" if count.fixable else "")


def _data(count: Count) -> dict[str, Any]:
    return {
        "code": count.code,
        "name": count.name,
        "severity": count.severity.value,
        "count": count.number,
        "blocking": count.blocking,
        "fixable": count.fixable,
    }
