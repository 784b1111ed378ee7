"""``--format junit``: JUnit XML for the test pages of GitLab, Jenkins and others.

A suite is a document (or a file of an office), a test case a rule that had something to say about it. It failed when
one of its findings is an error or blocks; other findings stand in its output. Accepted findings are skipped tests; a
rule that crashed and what could not be made are errors. A document without findings has one test case that passed, so
that it is seen to have been checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final
from xml.sax.saxutils import escape

from pipeline.model.finding import Finding, Severity
from pipeline.model.message import Lang, say, translated
from pipeline.model.result import Failure, RunResult
from pipeline.report.places import CRASHED, SEVERITY, is_file, short_place
from pipeline.report.view import View

_ILLEGAL: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even escaped."""
_ATTRIBUTE: Final = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


@dataclass(slots=True)
class _Suite:
    file: str = ""
    rules: dict[str, list[Finding]] = field(default_factory=dict)
    accepted: dict[str, list[tuple[Finding, str]]] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Tally:
    tests: int
    failures: int
    errors: int
    skipped: int


def render(result: RunResult, view: View) -> str:
    """The XML, complete whatever ``view.quiet`` says; ends in a newline."""
    suites = _suites(result, view.lang)
    tallies = {name: _tally(suite) for name, suite in suites.items()}
    rows = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="tertib" tests="{sum(t.tests for t in tallies.values())}" '
        f'failures="{sum(t.failures for t in tallies.values())}" errors="{sum(t.errors for t in tallies.values())}">',
    ]
    for name, suite in suites.items():
        rows += _suite(name, suite, tallies[name], view.lang)
    rows.append("</testsuites>")
    return "\n".join(rows) + "\n"


def _suites(result: RunResult, lang: Lang) -> dict[str, _Suite]:
    """Suites by name: documents in their order, then what belongs to none of them."""
    suites = {document.id: _Suite() for document in result.documents}
    for finding in result.findings:
        suite = suites.setdefault(finding.document or finding.place.file, _Suite())
        suite.file = suite.file or (finding.place.file if is_file(finding.place) else "")
        suite.rules.setdefault(finding.code, []).append(finding)
        for accepted in finding.accepts:
            suite.accepted.setdefault(accepted.code, []).append((accepted, finding.message.text(lang)))
    for failure in result.failures:
        suites.setdefault(failure.document or "tertib", _Suite()).failures.append(failure)
    return suites


def _tally(suite: _Suite) -> _Tally:
    failed = sum(any(_fails(f) for f in found) for code, found in suite.rules.items() if code != CRASHED)
    crashed = CRASHED in suite.rules
    skipped = sum(code not in suite.rules for code in suite.accepted)
    tests = len(suite.rules) + skipped + len(suite.failures)
    return _Tally(tests or 1, failed, len(suite.failures) + crashed, skipped)


def _fails(finding: Finding) -> bool:
    return finding.blocks or finding.severity is Severity.ERROR


def _suite(name: str, suite: _Suite, tally: _Tally, lang: Lang) -> Iterator[str]:
    file = f' file="{_attribute(suite.file)}"' if suite.file else ""
    yield (
        f'  <testsuite name="{_attribute(name)}" tests="{tally.tests}" failures="{tally.failures}" '
        f'errors="{tally.errors}" skipped="{tally.skipped}" time="0"{file}>'
    )
    for findings in suite.rules.values():
        yield from _rule(name, findings, lang)
    for code, accepted in suite.accepted.items():
        if code not in suite.rules:
            yield from _skipped(name, accepted)
    for number, failure in enumerate(suite.failures, 1):
        yield from _error(name, failure, number, lang)
    if not (suite.rules or suite.accepted or suite.failures):
        yield f"    {_case(name, say('tanpa temuan').text(lang))}/>"
    yield "  </testsuite>"


def _case(suite: str, name: str) -> str:
    return f'<testcase classname="{_attribute(suite)}" name="{_attribute(name)}" time="0"'


def _rule(suite: str, findings: Sequence[Finding], lang: Lang) -> Iterator[str]:
    failing = [finding for finding in findings if _fails(finding)]
    others = [finding for finding in findings if not _fails(finding)]
    yield f"    {_case(suite, _title(findings[0]))}>"
    if failing:
        first = failing[0]
        word = SEVERITY[first.severity].text(lang)
        told = _headline(failing, lang)
        body = _text("\n\n".join(_told(finding, lang) for finding in failing))
        element = "error" if first.code == CRASHED else "failure"
        yield f'      <{element} type="{_attribute(word)}" message="{_attribute(told)}">{body}</{element}>'
    if others:
        yield f"      <system-out>{_text(chr(10).join(_told(finding, lang) for finding in others))}</system-out>"
    yield "    </testcase>"


def _headline(findings: Sequence[Finding], lang: Lang) -> str:
    first = findings[0].message.text(lang)
    if len(findings) == 1:
        return first
    more = say("{first} (dan {n} lainnya)", first=first, n=len(findings) - 1)
    return more.text(lang)


def _skipped(suite: str, accepted: Sequence[tuple[Finding, str]]) -> Iterator[str]:
    finding, reason = accepted[0]
    yield f"    {_case(suite, _title(finding))}>"
    yield f'      <skipped message="{_attribute(reason)}"/>'
    yield "    </testcase>"


def _error(suite: str, failure: Failure, number: int, lang: Lang) -> Iterator[str]:
    text = failure.message.text(lang)
    code = f"exit {failure.exit_code}"
    yield f"    {_case(suite, code if number == 1 else f'{code} ({number})')}>"
    yield f'      <error type="{code}" message="{_attribute(text)}"/>'
    yield "    </testcase>"


def _title(finding: Finding) -> str:
    return f"{finding.code} {finding.name}".rstrip()


def _told(finding: Finding, lang: Lang) -> str:
    parts = [
        f"{short_place(finding.place, lang)}: {SEVERITY[finding.severity].text(lang)}: {finding.message.text(lang)}",
        finding.help.text(lang),
        translated(finding.source, lang),
    ]
    return "\n".join(part for part in parts if part)


def _text(text: str) -> str:
    return escape(_ILLEGAL.sub("\ufffd", text))


def _attribute(text: str) -> str:
    return escape(_ILLEGAL.sub("\ufffd", text), _ATTRIBUTE)
