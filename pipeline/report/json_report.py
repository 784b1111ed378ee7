"""The report as JSON, schema version 1; the schema itself is ``data/temuan.schema.json``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from typing import Any, Final

from pipeline.model.finding import Finding, Place, Severity
from pipeline.model.fingerprint import fingerprint
from pipeline.model.message import Lang, translated
from pipeline.model.result import DocumentResult, Failure, RunResult
from pipeline.report import json_text, statistics

SCHEMA_VERSION: Final = 1
_PLACE: Final = tuple(field.name for field in fields(Place))


def render(result: RunResult, *, lang: Lang, version: str) -> str:
    """The report as JSON, a finding on each line, with a newline at the end; ``version`` is that of the program."""
    return json_text.lines_of(_entries(result, lang=lang, version=version)) + "\n"


def as_data(result: RunResult, *, lang: Lang, version: str) -> dict[str, Any]:
    """The report as plain data. Fields are added, never renamed, within a schema version."""
    entries = _entries(result, lang=lang, version=version)
    return {key: list(value) if isinstance(value, Iterator) else value for key, value in entries}


def _entries(result: RunResult, *, lang: Lang, version: str) -> Iterator[tuple[str, Any]]:
    counts = Counter((finding.document, finding.severity) for finding in result.findings)
    blocked = {finding.document for finding in result.findings if finding.blocks}
    yield "schema_version", SCHEMA_VERSION
    yield "tool", {"name": "tertib", "version": version}
    yield "findings", (_finding(finding, lang) for finding in result.findings)
    yield "documents", (_document(document, counts, document.id in blocked, lang) for document in result.documents)
    yield "failures", [_failure(failure, lang) for failure in result.failures]
    yield "notes", [note.text(lang) for note in result.notes]
    yield (
        "summary",
        {
            "documents": len(result.documents),
            "errors": result.count(Severity.ERROR),
            "warnings": result.count(Severity.WARNING),
            "infos": result.count(Severity.INFO),
            "blocking": sum(1 for finding in result.findings if finding.blocks),
            "failures": len(result.failures),
            "fixable": sum(finding.fixable for finding in result.findings),
        },
    )
    yield "statistics", statistics.as_data(result)


def _finding(finding: Finding, lang: Lang) -> dict[str, Any]:
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "blocks": finding.blocks,
        "message": finding.message.text(lang),
        "help": finding.help.text(lang),
        "source": translated(finding.source, lang),
        "confidence": finding.confidence.value,
        "fingerprint": fingerprint(finding),
        "fixable": finding.fixable,
        "path": list(finding.path),
        "step": finding.step,
        "place": _place(finding.place),
        "related": [{"place": _place(other.place), "message": other.message.text(lang)} for other in finding.related],
        "document": finding.document,
        **({"accepts": [_finding(accepted, lang) for accepted in finding.accepts]} if finding.accepts else {}),
    }


def _place(place: Place) -> dict[str, Any]:
    # Not dataclasses.asdict: it copies deeply, and takes longer than all the rest of a large report.
    return {name: getattr(place, name) for name in _PLACE}


def _document(
    document: DocumentResult, counts: Counter[tuple[str | None, Severity]], blocked: bool, lang: Lang
) -> dict[str, Any]:
    duration = document.duration
    return {
        "id": document.id,
        "title": document.title,
        "stage": document.stage.value,
        "errors": counts[document.id, Severity.ERROR],
        "warnings": counts[document.id, Severity.WARNING],
        "infos": counts[document.id, Severity.INFO],
        "blocked": blocked,
        "duration": {
            "shortest": duration.shortest,
            "typical": duration.typical,
            "longest": duration.longest,
            "conversion": duration.conversion.text(lang) if duration.conversion else "",
            "excluded": duration.excluded.text(lang) if duration.excluded else "",
        },
        "outputs": list(document.outputs),
        "layout": dict(document.layout),
        **_why(document, lang),
    }


def _why(document: DocumentResult, lang: Lang) -> dict[str, Any]:
    """Why it was made again, where that was asked for."""
    if document.why is None:
        return {}
    return {"why": [{"code": one.code, "message": one.message.text(lang)} for one in document.why]}


def _failure(failure: Failure, lang: Lang) -> dict[str, Any]:
    return {
        "document": failure.document,
        "message": failure.message.text(lang),
        "exit_code": failure.exit_code,
    }
