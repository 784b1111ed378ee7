"""Every rule on recess data passes what is right and finds what is wrong, at its place, as its case file says."""

from __future__ import annotations

import importlib
import re
from pathlib import Path
from typing import Any

import pytest

from pipeline.model.finding import Confidence, Severity
from pipeline.recess.rules import registry
from pipeline.recess.rules.base import Rule
from pipeline.rules import docs
from tests.recess import desk

RULES = {rule.code: rule for rule in registry.RECESS_RULES}
WITH_CASES = {path.stem for path in desk.CASES.glob("*.yaml")}
CODES = sorted(code for code in WITH_CASES if not code.startswith("PKR"))
"""The rules on planning have cases in other words, and a test of their own."""
PASSING = [(code, case) for code in CODES for case in desk.load(code)["lolos"]]
FAILING = [(code, case) for code in CODES for case in desk.load(code)["gagal"]]
FOLDER = Path(registry.__file__).parent
MODULES = sorted(path.stem for path in FOLDER.glob("*.py") if re.match(r"[a-z]{3}_\d{2}_", path.stem))
WITHOUT_CASES = {"RES-12"}
"""Proved on what the program makes itself, in the tests of the recap."""


def ident(value: Any) -> str:
    return value if isinstance(value, str) else str(value["apa"])


@pytest.mark.parametrize(("code", "case"), PASSING, ids=ident)
def test_passes(code: str, case: desk.Case, tmp_path: Path) -> None:
    found = desk.findings(desk.item(case, tmp_path))
    assert [f.message.id for f in found if f.code == code] == []


@pytest.mark.parametrize(("code", "case"), FAILING, ids=ident)
def test_fails(code: str, case: desk.Case, tmp_path: Path) -> None:
    found = [f for f in desk.findings(desk.item(case, tmp_path)) if f.code == code]
    assert sorted(desk.place_of(f, tmp_path) for f in found) == sorted(case["di"])
    assert {f.severity.value for f in found} == {case["tingkat"]}
    assert any(case.get("pesan", "") in f.message.id for f in found)
    assert any(case.get("bantuan", "") in f.help.id for f in found)
    for finding in found:
        assert finding.name == RULES[code].name
        assert finding.confidence is Confidence.HIGH or finding.severity is not Severity.ERROR
        assert "{" not in finding.message.id + finding.message.en + finding.help.id + finding.help.en
        assert not finding.message.id[:1].islower()
        assert finding.help.id.endswith((".", "?"))
        assert finding.place not in [related.place for related in finding.related]


@pytest.mark.parametrize("module", MODULES)
def test_every_module_of_a_rule_is_in_the_registry(module: str) -> None:
    rule = importlib.import_module(f"pipeline.recess.rules.{module}").RULE
    assert rule in registry.RECESS_RULES
    assert rule.code == module[:6].upper().replace("_", "-")


def test_the_registry_holds_nothing_else() -> None:
    assert len(registry.RECESS_RULES) == len(MODULES) == len(RULES)
    assert len({rule.name for rule in registry.RECESS_RULES}) == len(MODULES)


@pytest.mark.parametrize("rule", registry.RECESS_RULES, ids=lambda rule: rule.code)
def test_every_rule_is_explained_and_has_cases(rule: Rule) -> None:
    assert tuple(docs.sections(rule.doc)) == docs.HEADINGS
    assert all(docs.sections(rule.doc).values())
    assert rule.source
    assert rule.code in WITHOUT_CASES or rule.code in WITH_CASES


@pytest.mark.parametrize("rule", registry.RECESS_RULES, ids=lambda rule: rule.code)
def test_what_is_not_sure_is_no_error(rule: Rule) -> None:
    assert rule.confidence is Confidence.HIGH or rule.severity is not Severity.ERROR


def test_the_correct_recess_has_no_findings(tmp_path: Path) -> None:
    assert [f"{f.code} {f.message.id}" for f in desk.findings(desk.item({}, tmp_path))] == []
