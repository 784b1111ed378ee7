"""``--format sarif``: SARIF 2.1.0 (OASIS, errata 01), as code scanning services and editors read it.

Paths are relative to ``%SRCROOT%``, the working folder. Columns count Unicode code points, as ours do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from pipeline.model.finding import Confidence, Edit, Finding, Place, Severity
from pipeline.model.fingerprint import fingerprint
from pipeline.model.message import Lang, say, translated
from pipeline.model.result import RunResult
from pipeline.report import json_text
from pipeline.report.places import CRASHED, Lines, is_file
from pipeline.report.view import View
from pipeline.report.where import in_words

if TYPE_CHECKING:
    from pipeline.report.html_parts import RuleText

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT: Final = "tertib/v1"
ROOT: Final = "%SRCROOT%"
_NO_LINES: Final[Lines] = {}
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(result: RunResult, view: View) -> str:
    """The log as JSON, complete whatever ``view.quiet`` says; ends in a newline."""
    run = json_text.lines_of(_run(result, view), "  ")
    return f'{{\n  "$schema": "{SCHEMA}",\n  "version": "2.1.0",\n  "runs": [{run}]\n}}\n'


def _run(result: RunResult, view: View) -> Iterator[tuple[str, object]]:
    """The run of the log: every rule, finding, accepted finding and failure."""
    rules = _rules(result, view)
    index = {rule["id"]: number for number, rule in enumerate(rules)}
    driver = {"name": "tertib", "version": view.version, "language": view.lang, "rules": rules}
    root = say("Folder tempat tertib dijalankan").text(view.lang)
    yield "tool", {"driver": driver}
    yield "invocations", [_invocation(result, view.lang)]
    yield "originalUriBaseIds", {ROOT: {"description": {"text": root}}}
    yield "columnKind", "unicodeCodePoints"
    yield "language", view.lang
    yield "results", _results(result.findings, index, view)


def _rules(result: RunResult, view: View) -> list[dict[str, Any]]:
    """Every rule of the program, and those of findings that it does not list."""
    known = {rule.code: _rule(rule, view.lang) for rule in view.rules}
    for finding in _every(result.findings):
        if finding.code not in known:
            known[finding.code] = _described(finding.code, finding.name, finding.name or finding.code, ())
    return list(known.values())


def _every(findings: Iterable[Finding]) -> Iterator[Finding]:
    for finding in findings:
        yield finding
        yield from finding.accepts


def _rule(rule: RuleText, lang: Lang) -> dict[str, Any]:
    summary = rule.summary.text(lang)
    first, *rest = [text for _, text in rule.sections] or [summary]
    told = [*rule.sections[1:], *((cause.text(lang), remedy.text(lang)) for cause, remedy in rule.cases)]
    data = _described(rule.code, rule.name, summary, told)
    if rest:
        data["fullDescription"] = {"text": first}
    data["defaultConfiguration"] = {"level": _LEVELS[rule.severity]}
    data["properties"] = {
        "family": rule.code.partition("-")[0],
        "confidence": rule.confidence.value,
        "precision": _PRECISION[rule.confidence],
        "tags": [rule.family.text(lang)],
    }
    return data


def _described(code: str, name: str, summary: str, told: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The texts of a rule. GitHub takes no rule without help: where there is none it names the command."""
    pairs = list(told) or [("tertib", f"tertib explain {code}")]
    return {
        "id": code,
        "name": name or code,
        "shortDescription": {"text": f"{summary}."},
        "fullDescription": {"text": f"{summary}."},
        "help": {
            "text": "\n".join(f"{heading}: {text}" for heading, text in pairs),
            "markdown": "\n\n".join(f"**{heading}**: {text}" for heading, text in pairs),
        },
    }


_PRECISION: Final = {Confidence.HIGH: "very-high", Confidence.MEDIUM: "medium", Confidence.LOW: "low"}


def _invocation(result: RunResult, lang: Lang) -> dict[str, Any]:
    told: list[dict[str, Any]] = []
    for failure in result.failures:
        note = _notification("error", failure.message.text(lang), failure.document)
        told.append({**note, "properties": {"exitCode": failure.exit_code}})
    for finding in result.findings:
        if finding.code == CRASHED:
            told.append(_notification("error", finding.message.text(lang), finding.document))
    fine = not told
    told += [_notification("note", note.text(lang), None) for note in result.notes]
    return {"executionSuccessful": fine, "toolExecutionNotifications": told}


def _notification(level: str, text: str, document: str | None) -> dict[str, Any]:
    where = [{"logicalLocations": [{"fullyQualifiedName": document}]}] if document else []
    return {"level": level, "message": {"text": text}, **({"locations": where} if where else {})}


def _results(findings: Iterable[Finding], index: dict[str, int], view: View) -> Iterator[dict[str, Any]]:
    for finding in findings:
        yield _result(finding, index, view)
        for accepted in finding.accepts:
            suppression = {
                "kind": "inSource",
                "status": "accepted",
                "justification": finding.message.text(view.lang),
                "location": _location(finding.place),
            }
            yield {**_result(accepted, index, view), "suppressions": [suppression]}


def _result(finding: Finding, index: dict[str, int], view: View) -> dict[str, Any]:
    lang = view.lang
    message, remedy = finding.message.text(lang), finding.help.text(lang)
    data: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index[finding.code],
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{message} {remedy}".rstrip()},
        "locations": [_location(finding.place, view.lines, _logical(finding, lang))],
    }
    related = _related(finding, lang)
    if related:
        data["relatedLocations"] = related
    edits = view.edits.get(finding.fixes, ()) if finding.fixable else ()
    if edits:
        data["fixes"] = [_fix(edits, remedy)]
    data["partialFingerprints"] = {FINGERPRINT: fingerprint(finding)}
    data["properties"] = {
        "blocks": finding.blocks,
        "confidence": finding.confidence.value,
        **({"source": translated(finding.source, lang)} if finding.source else {}),
        **({"help": remedy} if remedy else {}),
        **({"fixable": True} if finding.fixable else {}),
        **({"document": finding.document} if finding.document else {}),
    }
    return data


def _fix(edits: Sequence[Edit], remedy: str) -> dict[str, Any]:
    """What an editor may do: the changes of each file, from its first line on."""
    files: dict[str, list[dict[str, Any]]] = {}
    for edit in edits:
        change = {"deletedRegion": _region(edit.place, _NO_LINES), "insertedContent": {"text": edit.text}}
        files.setdefault(edit.place.file, []).append(change)
    changes = [{"artifactLocation": _artifact(file), "replacements": each} for file, each in files.items()]
    return {"description": {"text": remedy}, "artifactChanges": changes}


def _related(finding: Finding, lang: Lang) -> list[dict[str, Any]]:
    """Related places, numbered; the format allows none of them twice."""
    places = dict.fromkeys((other.place, other.message.text(lang)) for other in finding.related)
    return [
        {"id": number, **_location(place), "message": {"text": text}} for number, (place, text) in enumerate(places, 1)
    ]


def _logical(finding: Finding, lang: Lang) -> Sequence[dict[str, Any]]:
    """The place in the document's own terms: its id and the key of the form, and the step in words."""
    parts = [finding.document] if finding.document else []
    place = finding.place
    parts += [str(part) for part in finding.path] or [part for part in (place.sheet, place.cell) if part]
    if not is_file(place):
        parts = [place.file]
    if not parts:
        return ()
    words = in_words(finding, lang)
    return [{"fullyQualifiedName": "/".join(parts), **({"name": words} if words else {})}]


def _location(place: Place, lines: Lines = _NO_LINES, logical: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    data: dict[str, Any] = {}
    if is_file(place):
        data["physicalLocation"] = {"artifactLocation": _artifact(place.file), "region": _region(place, lines)}
    if logical:
        data["logicalLocations"] = list(logical)
    return data


@lru_cache(maxsize=4096)
def _artifact(file: str) -> dict[str, Any]:
    path = file.encode("utf-8", "surrogateescape")
    if file.startswith("/"):
        return {"uri": f"file://{quote(path)}"}
    if file[1:3] == ":/":
        return {"uri": f"file:///{file[:2]}{quote(path[2:])}"}
    return {"uri": quote(path), "uriBaseId": ROOT}


def _region(place: Place, lines: Lines) -> dict[str, Any]:
    """Lines and columns from 1, the end column one past the last sign: as in ``Place``.

    A finding on a whole file or on a sheet stands at line 1: GitHub takes no result without a line. What stands there
    is quoted when it is within one line.
    """
    if place.line is None or place.sheet is not None:
        return {"startLine": 1}
    region: dict[str, Any] = {"startLine": place.line}
    if place.column is not None:
        region["startColumn"] = place.column
    if place.end_line is not None:
        region["endLine"] = place.end_line
    if place.column is not None and place.end_column is not None:
        region["endColumn"] = place.end_column
    line = lines.get((place.file, place.line))
    if line is not None and place.column is not None and place.end_column is not None and place.end_line == place.line:
        region["snippet"] = {"text": line[place.column - 1 : place.end_column - 1]}
    return region
