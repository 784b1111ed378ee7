"""The report of an output folder holds the last findings on SOPs and on recesses."""

from __future__ import annotations

from pathlib import Path

from pipeline.model.result import RunResult
from pipeline.run.events import Silent
from pipeline.run.record import together
from pipeline.run.writing import own
from tests.report.report_sample import RESULT


def test_other_kind_is_kept_and_own_kind_replaced(tmp_path: Path) -> None:
    with own(tmp_path, Silent()) as outputs:
        assert together("sop", RESULT, outputs) == RESULT
        both = together("reses", RESULT, outputs)
        assert both.findings == RESULT.findings, "what both runs find is told once"
        assert both.documents == RESULT.documents * 2
        assert both.failures == RESULT.failures * 2
        assert both.notes == RESULT.notes * 2
        assert together("reses", RunResult((), ()), outputs) == RESULT
        assert together("sop", RunResult((), ()), outputs) == RunResult((), ())


def test_a_damaged_record_is_passed_over(tmp_path: Path) -> None:
    with own(tmp_path, Silent()) as outputs:
        for data in (b"", b"{}", b'{"findings": [{"x": 1}]}', b"\xff"):
            (outputs.private / "temuan-reses.json").write_bytes(data)
            assert together("sop", RESULT, outputs) == RESULT
