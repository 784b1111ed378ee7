"""Which rules count and how: selection in three ways on both sides, severities by stage, acceptances of one place."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import UsageError
from pipeline.model.finding import Confidence, Finding, Severity, Stage
from pipeline.rules import registry
from pipeline.run.check import check
from pipeline.run.codes import Names
from pipeline.run.events import Silent
from tests.run.small import TODAY, Inputs, inputs


@pytest.fixture
def desk(tmp_path: Path) -> Inputs:
    return inputs(tmp_path, 2)


def office(desk: Inputs, policy: str) -> None:
    desk.write("kantor.yaml", f"pemerintah: Pemerintah Kabupaten Contoh\naturan: {policy}\n")


def found(desk: Inputs, document: str | None = "kantor/sop/sop-1", **settings: Any) -> list[Finding]:
    return [f for f in desk.check(**settings).findings if f.document == document]


def codes(findings: list[Finding]) -> set[str]:
    return {finding.code for finding in findings}


NAMED = ("KEG", "keg", "KEG-02", "keg-02", "kegiatan-pasif")


@pytest.mark.parametrize("name", NAMED)
def test_rules_are_chosen_by_family_code_or_name_on_the_command_line(desk: Inputs, name: str) -> None:
    assert "KEG-02" in codes(found(desk, select=(name,)))
    assert codes(found(desk, select=(name,))) <= {code for code in codes(found(desk)) if code.startswith("KEG")}
    assert "KEG-02" not in codes(found(desk, ignore=(name,)))


@pytest.mark.parametrize("name", NAMED)
def test_and_in_kantor_yaml(desk: Inputs, name: str) -> None:
    whole = codes(found(desk))
    office(desk, f"{{pilih: [{name}]}}")
    assert codes(found(desk)) <= {code for code in whole if code.startswith("KEG")}
    assert "KEG-02" in codes(found(desk))
    office(desk, f"{{abaikan: [{name}]}}")
    assert "KEG-02" not in codes(found(desk))
    office(desk, f"{{tingkat: {{{name}: error}}}}")
    assert {f.severity for f in found(desk) if f.code == "KEG-02"} == {Severity.ERROR}


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("KEG-O2", "KEG-02"),
        ("kegiatan-pasiff", "kegiatan-pasif"),
        ("MSKK", "MSK"),
        ("kunci-tak-dikenall", "kunci-tak-dikenal"),
        ("MSK-99", "MSK-"),
        ("halaman-tak-muat", "halaman-tidak-muat"),
    ],
)
def test_what_may_be_meant_is_said_everywhere(desk: Inputs, wrong: str, meant: str) -> None:
    for option in ("select", "ignore"):
        with pytest.raises(UsageError) as raised:
            desk.check(**{option: (wrong,)})
        assert meant in raised.value.text("id")
    for policy in (f"{{pilih: [{wrong}]}}", f"{{abaikan: [{wrong}]}}", f"{{tingkat: {{{wrong}: info}}}}"):
        office(desk, policy)
        (told,) = [f for f in desk.check().findings if f.code == "ATR-01"]
        assert meant in told.help.text("id")
        assert (told.place.file, told.place.line) == ("inputs/kantor/kantor.yaml", 2)
    office(desk, "{}")
    desk.change("sop/sop-1.yaml", "langkah:", f"{accepted(wrong)}\nlangkah:")
    (told,) = [f for f in desk.check().findings if f.code == "ATR-01"]
    assert meant in told.help.text("id")


def test_all_names_of_all_findings_are_known(desk: Inputs) -> None:
    names = Names()
    assert {rule.code.lower() for rule in registry.RULES} | {rule.name for rule in registry.RULES} <= set(names)
    assert {"msk", "res", "fmt", "atr-05", "tanggal-tak-terbaca"} <= set(names)
    policy = ", ".join(sorted(names))
    office(desk, f"{{abaikan: [{policy}]}}")
    assert "ATR-01" not in codes(found(desk, None))


def test_the_line_for_a_stage_goes_first_and_the_last_of_several_counts(desk: Inputs) -> None:
    office(desk, "{tingkat: {KEG-02: {final: error, draf: info}, KEG: warning, kegiatan-pasif: info}}")

    def severity(**settings: Any) -> set[Severity]:
        return {f.severity for f in found(desk, **settings) if f.code == "KEG-02"}

    assert severity() == {Severity.ERROR}
    assert severity(stage=Stage.REVIEW) == {Severity.INFO}, "of two lines for every stage the last one"
    assert severity(stage=Stage.DRAFT) == {Severity.INFO}


def test_a_rule_may_be_off_and_off_at_one_stage(desk: Inputs) -> None:
    office(desk, "{tingkat: {KEG-02: mati, DUR: {draf: mati}}}")
    assert "KEG-02" not in codes(found(desk))
    assert "DUR-01" in codes(found(desk))
    assert not any(code.startswith("DUR") for code in codes(found(desk, stage=Stage.DRAFT)))
    office(desk, "{tingkat: {KEG: mati, KEG-02: warning}}")
    assert {code for code in codes(found(desk)) if code.startswith("KEG")} == {"KEG-02"}


def test_what_cannot_be_read_cannot_be_switched_off(desk: Inputs) -> None:
    office(desk, "{tingkat: {MSK: mati, ATR: mati}, abaikan: [MSK, XYZ]}")
    desk.change("sop/sop-1.yaml", "judul:", "judull:")
    assert "MSK-08" in codes(found(desk))
    assert "ATR-01" in codes(found(desk, None))


def test_an_office_may_raise_a_rule_of_low_confidence(desk: Inputs) -> None:
    unsure = {rule.code for rule in registry.RULES if rule.confidence is not Confidence.HIGH}
    told = [f for f in found(desk) if f.code in unsure and f.severity is Severity.WARNING]
    assert told
    office(desk, f"{{tingkat: {{{told[0].code}: error}}}}")
    again = [f for f in found(desk) if f.code == told[0].code]
    assert again
    assert all(f.severity is Severity.ERROR and f.blocks for f in again)


def test_a_wrong_severity_is_said_with_all_that_are_allowed(desk: Inputs) -> None:
    office(desk, "{tingkat: {KEG-02: matii}}")
    (told,) = [f for f in desk.check().findings if f.code == "MSK-10"]
    assert "`mati`" in told.help.text("id")


def accepted(code: str, where: str = "", until: str = "2030-01-01") -> str:
    place = f", di: {where}" if where else ""
    return f"kecuali: [{{aturan: {code}, alasan: Contoh, oleh: Sekretaris DPRD, sampai: {until}{place}}}]"


@pytest.mark.parametrize(
    ("where", "left"),
    [
        ("", set()),
        ("langkah 2", {3}),
        ("langkah 2 waktu", {3}),
        ("waktu", set()),
        ("langkah", set()),
        ("langkah 2 output", {2, 3}),
        ("langkah 9", {2, 3}),
        ("judul", {2, 3}),
    ],
)
def test_an_acceptance_may_be_for_a_place_only(desk: Inputs, where: str, left: set[int]) -> None:
    assert {f.step for f in found(desk) if f.code == "DUR-10"} == {2, 3}
    desk.change("sop/sop-1.yaml", "langkah:", f"{accepted('DUR-10', where)}\nlangkah:")
    told = found(desk)
    assert {f.step for f in told if f.code == "DUR-10"} == left
    assert ("ATR-03" in codes(told)) == (left == {2, 3}), "one that meets nothing is told"


def test_an_item_of_a_list_can_be_accepted_alone(desk: Inputs) -> None:
    desk.change("sop/sop-1.yaml", "dasar_hukum:\n", "dasar_hukum:\n  - Undang-Undang Nomor 32 Tahun 2004 tentang X\n")
    desk.change("sop/sop-1.yaml", "langkah:", f"{accepted('HKM-01', 'dasar_hukum 2')}\nlangkah:")
    assert {"HKM-01", "ATR-03"} <= codes(found(desk))
    desk.change("sop/sop-1.yaml", "dasar_hukum 2", "dasar_hukum 1")
    assert not {"HKM-01", "ATR-03"} & codes(found(desk))


def test_a_family_cannot_be_accepted(desk: Inputs) -> None:
    desk.change("sop/sop-1.yaml", "langkah:", f"{accepted('DUR')}\nlangkah:")
    assert {"ATR-01", "DUR-10"} <= codes(found(desk))


@pytest.mark.parametrize("code", ["ATR-02", "int-01"])
def test_what_always_counts_cannot_be_accepted_and_that_is_said(desk: Inputs, code: str) -> None:
    desk.change("sop/sop-1.yaml", "langkah:", f"{accepted(code)}\nlangkah:")
    (told,) = [finding for finding in found(desk) if finding.code == "ATR-03"]
    assert told.message.text("id") == f"Temuan {code.upper()} selalu berlaku, jadi tidak dapat dikecualikan."


@pytest.mark.parametrize(("code", "until", "told"), [
    ("STR-04", "2030-01-01", "ATR-05"),
    ("STR-04", "2020-01-01", "ATR-02"),
    ("STR-07", "2030-01-01", "ATR-03"),
    ("STR-07", "2020-01-01", "ATR-03"),
])  # fmt: skip
def test_acceptances_of_rules_on_several_sops_are_told_too(desk: Inputs, code: str, until: str, told: str) -> None:
    assert registry.by_name(code) is not None
    desk.change("sop/sop-2.yaml", "Surat Masuk 2", "Surat Masuk 1")
    desk.change("sop/sop-2.yaml", "langkah:", f"{accepted(code, until=until)}\nlangkah:")
    findings = found(desk, "kantor/sop/sop-2")
    assert told in codes(findings)
    assert codes(findings) & {"ATR-02", "ATR-03", "ATR-05"} == {told}
    assert ("STR-04" in codes(findings)) == (told != "ATR-05")


def test_an_acceptance_of_such_a_rule_is_not_left_over_while_others_were_not_looked_at(desk: Inputs) -> None:
    desk.change("sop/sop-2.yaml", "langkah:", f"{accepted('STR-04')}\nlangkah:")
    assert "ATR-03" in codes(found(desk, "kantor/sop/sop-2"))
    assert "ATR-03" not in codes(found(desk, "kantor/sop/sop-2", paths=(desk.path("sop/sop-2.yaml"),)))


def test_acceptances_of_readers_findings_and_of_rules_that_are_off_or_broken(
    desk: Inputs, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.change("sop/sop-1.yaml", "langkah:", f"{accepted('TGL-01')}\nlangkah:")
    assert "ATR-03" in codes(found(desk))
    desk.change("sop/sop-1.yaml", "TGL-01", "KEG-06")
    office(desk, "{tingkat: {KEG-06: {final: mati}}}")
    assert "ATR-03" not in codes(found(desk))
    assert "ATR-03" in codes(found(desk, stage=Stage.REVIEW))
    office(desk, "{}")

    def broken(*_: object) -> object:
        raise ZeroDivisionError("x")

    rules = tuple(replace(r, check=broken) if r.code == "KEG-06" else r for r in registry.RULES)
    monkeypatch.setattr(registry, "RULES", rules)
    assert "ATR-03" not in codes(found(desk))


def crash(*_: object) -> object:
    raise ZeroDivisionError("sengaja")


@pytest.mark.parametrize(
    "what",
    [
        "pipeline.run.safely.read_sop",
        "pipeline.run.safely.read_office",
        "pipeline.run.check.totals",
        "pipeline.rules.engine.flow_of",
    ],
)
def test_a_fault_of_the_program_is_a_finding_and_the_rest_goes_on(
    desk: Inputs, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setattr(what, crash)
    outcome = check(desk.settings, Silent())
    told = [f for f in outcome.report.findings if f.code == "INT-01"]
    assert told
    assert all("ZeroDivisionError" in f.message.text("en") and f.fatal for f in told)
    assert outcome.exit_code == 2
    assert len(outcome.report.documents) == 2


def test_a_rule_on_several_sops_that_crashes_costs_no_other(desk: Inputs, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.change("sop/sop-2.yaml", "Surat Masuk 2", "Surat Masuk 1")
    rule = next(rule for rule in registry.RULES if rule.compare and rule.code != "STR-04")
    broken = replace(rule, compare=crash)
    monkeypatch.setattr(registry, "RULES", tuple(broken if r is rule else r for r in registry.RULES))
    outcome = check(replace(desk.settings, today=TODAY + dt.timedelta(days=1)), Silent())
    told = codes(list(outcome.report.findings))
    assert {"INT-01", "STR-04", "KEG-02"} <= told
    (fault,) = [f for f in outcome.report.findings if f.code == "INT-01"]
    assert f"{rule.code} ({rule.name})" in fault.message.text("id")
    assert outcome.exit_code == 2


def test_a_draft_is_not_held_back_by_what_it_shares_with_a_final_sop(desk: Inputs) -> None:
    desk.change("sop/sop-2.yaml", "Surat Masuk 2", "Surat Masuk 1")
    assert any(f.blocks for f in found(desk, "kantor/sop/sop-2") if f.code == "STR-04")
    desk.change("sop/sop-2.yaml", "status: final", "status: draf")
    assert not any(f.blocks for f in found(desk, "kantor/sop/sop-2"))
