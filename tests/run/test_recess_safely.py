"""A fault of the program in one rule on recesses, or in reading one, costs neither the run nor the other findings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.recess import checks
from pipeline.recess.rules.registry import RECESS_RULES
from pipeline.run import recess_safely
from pipeline.run.check import check
from pipeline.run.events import Silent
from pipeline.run.outcome import Outcome
from pipeline.run.settings import Settings
from tests.run.small import TODAY
from tests.wild.office import SESSION, files, written


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    written(files(), tmp_path)
    return Settings(root=tmp_path, output=tmp_path / "outputs", today=TODAY)


def faulty(*_: Any) -> Any:
    raise ZeroDivisionError("uji")


def crashes(outcome: Outcome) -> list[tuple[str, str, str | None]]:
    told = [finding for finding in outcome.report.findings if finding.code == "INT-01"]
    assert all(finding.blocks and finding.fatal for finding in told)
    assert all("ZeroDivisionError: uji" in finding.message.text(lang) for finding in told for lang in ("id", "en"))
    return [(finding.place.file, finding.subject, finding.document) for finding in told]


def test_one_rule(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = check(settings, Silent())
    broken = tuple(replace(rule, check=faulty) if rule.code == "RES-13" else rule for rule in RECESS_RULES)
    monkeypatch.setattr(checks, "RECESS_RULES", broken)
    outcome = check(settings, Silent())
    assert outcome.exit_code == 2
    assert crashes(outcome) == [(f"inputs/{SESSION}reses.yaml", "RES-13", "contoh/reses/2026-masa-1")]
    left = [finding for finding in outcome.report.findings if finding.code != "INT-01"]
    assert left == [finding for finding in whole.report.findings if finding.code != "RES-13"]


def test_the_reader(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recess_safely, "read_recess", faulty)
    outcome = check(settings, Silent())
    assert outcome.exit_code == 2
    assert crashes(outcome) == [(f"inputs/{SESSION}reses.yaml", "read", "contoh/reses/2026-masa-1")]
    assert [document.id for document in outcome.report.documents][-1] == "contoh/reses/2026-masa-1"
    assert any(finding.document == "contoh/sop/tamu" for finding in outcome.report.findings)
