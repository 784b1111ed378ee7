"""The last result of each command that makes documents, so that ``temuan.html`` shows SOPs and recesses together."""

from __future__ import annotations

import json
from typing import Any

import pipeline
from pipeline.model.result import RunResult
from pipeline.run.stored import result_from_data, result_to_data
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
    data = {"version": pipeline.__version__, "result": result_to_data(result)}
    outputs.write(outputs.private / f"temuan-{kind}.json", json.dumps(data).encode())


def _load(kind: str, outputs: Outputs) -> RunResult:
    # What another version of the program left is not worth a failure: the next run of that command renews it.
    try:
        data: Any = json.loads((outputs.private / f"temuan-{kind}.json").read_bytes())
        if data["version"] == pipeline.__version__:
            return result_from_data(data["result"])
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return RunResult((), ())
