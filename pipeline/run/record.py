"""The last result of each command that makes documents, so that ``temuan.html`` shows SOPs and recesses together."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from pipeline.model.finding import Confidence, Finding, Place, Related, Severity, Stage
from pipeline.model.message import Message
from pipeline.model.result import DocumentResult, DurationSummary, Failure, RunResult
from pipeline.run.writing import Outputs

KINDS = ("sop", "reses")


def together(kind: str, result: RunResult, outputs: Outputs) -> RunResult:
    """Remember ``result`` as the last one of ``kind`` and join it with the last one of the other kinds."""
    results = {other: _load(other, outputs) for other in KINDS if other != kind}
    results[kind] = result
    _save(kind, result, outputs)
    found = [results[name] for name in KINDS]
    return RunResult(
        tuple(dict.fromkeys(finding for one in found for finding in one.findings)),
        tuple(document for one in found for document in one.documents),
        tuple(failure for one in found for failure in one.failures),
        tuple(note for one in found for note in one.notes),
    )


def _save(kind: str, result: RunResult, outputs: Outputs) -> None:
    text = json.dumps(asdict(result), ensure_ascii=False, default=dict)
    outputs.write(outputs.private / f"temuan-{kind}.json", text.encode())


def _load(kind: str, outputs: Outputs) -> RunResult:
    # What another version of the program left is not worth a failure: the next run of that command renews it.
    try:
        data: Any = json.loads((outputs.private / f"temuan-{kind}.json").read_bytes())
        return RunResult(
            tuple(_finding(row) for row in data["findings"]),
            tuple(_document(row) for row in data["documents"]),
            tuple(Failure(**{**row, "message": Message(**row["message"])}) for row in data["failures"]),
            tuple(Message(**row) for row in data["notes"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return RunResult((), ())


def _finding(row: dict[str, Any]) -> Finding:
    return Finding(
        **{
            **row,
            "severity": Severity(row["severity"]),
            "message": Message(**row["message"]),
            "help": Message(**row["help"]),
            "place": Place(**row["place"]),
            "about": tuple(row["about"]),
            "related": tuple(Related(Place(**r["place"]), Message(**r["message"])) for r in row["related"]),
            "confidence": Confidence(row["confidence"]),
            "path": tuple(row["path"]),
            "accepts": tuple(_finding(accepted) for accepted in row["accepts"]),
        }
    )


def _duration(row: dict[str, Any]) -> DurationSummary:
    texts = {key: Message(**row[key]) if row[key] else None for key in ("conversion", "excluded")}
    return DurationSummary(**{**row, **texts})


def _document(row: dict[str, Any]) -> DocumentResult:
    return DocumentResult(
        **{
            **row,
            "stage": Stage(row["stage"]),
            "outputs": tuple(row["outputs"]),
            "unchecked": tuple(row["unchecked"]),
            "duration": _duration(row["duration"]),
        }
    )
