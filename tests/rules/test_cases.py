"""Every rule against its case file: what must pass, what must be found, where, and how bad it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from pipeline.model.finding import Confidence, Finding, Fix, Severity
from pipeline.rules.engine import check_group, check_sop
from pipeline.rules.registry import RULES
from tests.rules import desk

SINGLE = [rule.code for rule in RULES if rule.check is not None]
GROUP = [rule.code for rule in RULES if rule.compare is not None and (desk.CASES / f"{rule.code}.yaml").is_file()]
FIXING = sorted(rule.code for rule in RULES if rule.fixable)
PASSING = [(code, case) for code in SINGLE for case in desk.load(code)["lolos"]]
FAILING = [(code, case) for code in SINGLE for case in desk.load(code)["gagal"]]


def ident(value: object) -> str | None:
    return str(value["apa"]) if isinstance(value, Mapping) else None


def test_the_base_has_no_findings() -> None:
    assert [(f.code, f.message.id) for f in check_sop(desk.item(), desk.facts({}))] == []


@pytest.mark.parametrize("code", SINGLE)
def test_every_rule_has_both_kinds_of_cases(code: str) -> None:
    cases = desk.load(code)
    assert cases["lolos"]
    assert cases["gagal"]


def together(case: Mapping[str, Any]) -> tuple[Finding, ...]:
    """Findings about the SOPs of ``dokumen`` (the base where there is none), all of the office of the case."""
    office = case.get("kantor") or {}
    documents = case.get("dokumen") or [case]
    items = [desk.item({**one, "kantor": office}, f"naskah-{n}") for n, one in enumerate(documents, 1)]
    return check_group(items, desk.facts(case))


@pytest.mark.parametrize(("code", "case"), [(c, case) for c in GROUP for case in desk.load(c)["lolos"]], ids=ident)
def test_passes_together(code: str, case: Mapping[str, Any]) -> None:
    assert [f.message.id for f in together(case) if f.code in (code, "INT-01")] == []


@pytest.mark.parametrize(("code", "case"), [(c, case) for c in GROUP for case in desk.load(c)["gagal"]], ids=ident)
def test_fails_together(code: str, case: Mapping[str, Any]) -> None:
    found = [f for f in together(case) if f.code in (code, "INT-01")]
    assert sorted((f.code, desk.path_of(f)) for f in found) == sorted((code, path) for path in case["di"])
    if "tingkat" in case:
        assert {f.severity.value for f in found} == {case["tingkat"]}
    assert case.get("pesan", "") in found[0].message.id
    assert case.get("bantuan", "") in found[0].help.id
    for finding in found:
        assert finding.confidence is Confidence.HIGH or finding.severity is not Severity.ERROR
        assert finding.message.id != finding.message.en
        assert "{" not in finding.message.id + finding.message.en + finding.help.id + finding.help.en


def fixed(findings: Iterable[Finding]) -> dict[str, str]:
    """Path -> text after the fixes of ``findings``."""
    by_value: dict[tuple[str, str], set[Fix]] = defaultdict(set)
    for finding in findings:
        for fix in finding.fixes:
            by_value[fix.place.cell or "", fix.value].add(fix)
    after = {}
    for (path, text), fixes in by_value.items():
        for fix in sorted(fixes, key=lambda each: each.start, reverse=True):
            text = text[: fix.start] + fix.text + text[fix.end :]  # noqa: PLW2901
        after[path] = text
    return after


def test_exactly_the_rules_that_say_so_have_fixes() -> None:
    with_fixes = {
        finding.code
        for code in SINGLE
        for case in desk.load(code)["gagal"]
        for finding in check_sop(desk.item(case), desk.facts(case))
        if finding.fixes
    }
    assert sorted(with_fixes) == FIXING


@pytest.mark.parametrize("code", FIXING)
def test_the_case_file_says_what_is_fixed(code: str) -> None:
    cases = desk.load(code)["gagal"]
    assert any(case.get("perbaikan") for case in cases)
    assert all("perbaikan" in case for case in cases)


@pytest.mark.parametrize(("code", "case"), PASSING, ids=ident)
def test_passes(code: str, case: Mapping[str, Any]) -> None:
    found = check_sop(desk.item(case), desk.facts(case))
    assert [f.message.id for f in found if f.code in (code, "INT-01")] == []


@pytest.mark.parametrize(("code", "case"), FAILING, ids=ident)
def test_fails(code: str, case: Mapping[str, Any]) -> None:
    everything = check_sop(desk.item(case), desk.facts(case))
    found = [f for f in everything if f.code == code]
    assert sorted(desk.path_of(f) for f in found) == sorted(case["di"])
    assert [f.code for f in everything if f.code == "INT-01"] == []
    if "tingkat" in case:
        assert {f.severity.value for f in found} == {case["tingkat"]}
    if "pesan" in case:
        assert case["pesan"] in found[0].message.id
    if "bantuan" in case:
        assert case["bantuan"] in found[0].help.id
    if "hanya" in case:
        assert {f.code for f in everything} == set(case["hanya"])
    if "perbaikan" in case:
        assert fixed(found) == case["perbaikan"]
    for finding in found:
        assert finding.message.id != finding.message.en
        assert finding.help.id != finding.help.en
        assert "{" not in finding.message.id + finding.message.en + finding.help.id + finding.help.en
