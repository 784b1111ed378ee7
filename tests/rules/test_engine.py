"""Policy, selection, acceptance, stages, order and crashes: what the engine does with what rules yield."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from pipeline.model.finding import Finding, Place, Severity, Stage
from pipeline.model.message import say
from pipeline.model.office import Policy, SeverityChange
from pipeline.rules import engine, registry
from pipeline.rules.base import Context, Facts, Hit, Rule
from pipeline.rules.engine import check_group, check_sop, check_together, judge
from tests.rules import desk

FACTS = Facts(today=desk.TODAY)
NO_WARNING: dict[str, Any] = {"sop": {"peringatan": [], "judul": "Pengelolaan Surat Masuk."}}  # IDN-01, IDN-08


ALONE: dict[str, Any] = {"sop": {"keterkaitan": ["-"]}}


def codes(found: tuple[Finding, ...]) -> list[str]:
    return sorted(f.code for f in found)


def made(code: str = "MSK-08", severity: Severity = Severity.ERROR, **more: Any) -> Finding:
    return Finding(code, "nama", severity, say("a"), say("c"), Place("x.yaml"), **more)


def test_errors_block_from_review_on() -> None:
    item = desk.item(NO_WARNING)
    for stage, blocked in ((Stage.DRAFT, []), (Stage.REVIEW, ["IDN-01"]), (Stage.FINAL, ["IDN-01"])):
        found = check_sop(item, replace(FACTS, stage=stage))
        assert [f.code for f in found if f.blocks] == blocked


def test_strict_blocks_warnings_where_errors_block() -> None:
    item = desk.item(NO_WARNING)
    assert all(f.blocks for f in check_sop(item, replace(FACTS, strict=True)))
    assert not any(f.blocks for f in check_sop(item, replace(FACTS, strict=True, stage=Stage.DRAFT)))


@pytest.mark.parametrize("wanted", ["IDN-08", "idn-08", "judul-berawalan-sop"])
def test_selection_by_code_and_slug(wanted: str) -> None:
    item = desk.item(NO_WARNING)
    assert codes(check_sop(item, replace(FACTS, select=(wanted,)))) == ["IDN-08"]
    assert codes(check_sop(item, replace(FACTS, ignore=(wanted,)))) == ["IDN-01"]


def test_selection_by_family() -> None:
    item = desk.item(NO_WARNING)
    assert codes(check_sop(item, replace(FACTS, select=("IDN",)))) == ["IDN-01", "IDN-08"]
    assert codes(check_sop(item, replace(FACTS, select=("HKM",)))) == []


def test_the_command_line_selects_over_the_office_and_both_ignore() -> None:
    case = {**NO_WARNING, "kantor": {"pilih": ["HKM"], "abaikan": ["IDN-08"]}}
    assert codes(check_sop(desk.item(case), FACTS)) == []
    assert codes(check_sop(desk.item(case), replace(FACTS, select=("IDN",)))) == ["IDN-01"]


def test_severity_of_the_office() -> None:
    case = {**NO_WARNING, "kantor": {"tingkat": {"IDN-01": "info", "IDN-08": "error"}}}
    found = {f.code: f for f in check_sop(desk.item(case), FACTS)}
    assert found["IDN-01"].severity is Severity.INFO
    assert found["IDN-08"].blocks


def test_severity_for_one_stage_goes_before_that_for_every_stage() -> None:
    policy = Policy(
        severities=(
            SeverityChange("HKM", Severity.ERROR, Stage.FINAL),
            SeverityChange("HKM-10", Severity.INFO),
        )
    )
    finding = made("HKM-10", Severity.WARNING)
    assert judge([finding], stage=Stage.FINAL, policy=policy, facts=FACTS)[0].severity is Severity.ERROR
    assert judge([finding], stage=Stage.DRAFT, policy=policy, facts=FACTS)[0].severity is Severity.INFO


def test_what_cannot_be_read_blocks_a_draft_and_is_not_selected_away() -> None:
    finding = made(blocks=True)
    facts = replace(FACTS, select=("HKM",), ignore=("MSK",))
    assert judge([finding], stage=Stage.DRAFT, policy=Policy(), facts=facts) == (replace(finding, fatal=True),)


def test_input_errors_survive_selection_but_input_warnings_do_not() -> None:
    facts = replace(FACTS, select=("HKM",))
    found = judge([made(), made(severity=Severity.WARNING)], stage=Stage.DRAFT, policy=Policy(), facts=facts)
    assert [f.severity for f in found] == [Severity.ERROR]


def accepted(code: str, until: dt.date) -> dict[str, Any]:
    return {"sop": {**NO_WARNING["sop"], "kecuali": [{"aturan": code, "sampai": until}]}}


@pytest.mark.parametrize("code", ["IDN-01", "kolom-identitas-kosong"])
def test_an_acceptance_silences_its_finding_and_is_said(code: str) -> None:
    found = check_sop(desk.item(accepted(code, desk.TODAY)), FACTS)
    assert codes(found) == ["ATR-05", "IDN-08"]
    told = next(f for f in found if f.code == "ATR-05")
    assert (told.severity, told.blocks, desk.path_of(told)) == (Severity.INFO, False, "kecuali/0")
    for part in (code, "alasan", "Sekretaris DPRD", desk.TODAY.isoformat()):
        assert part in told.message.id
        assert part in told.message.en


def test_an_ended_acceptance_counts_no_more_and_is_said() -> None:
    case = accepted("IDN-01", desk.TODAY - dt.timedelta(days=1))
    assert codes(check_sop(desk.item(case), FACTS)) == ["ATR-02", "IDN-01", "IDN-08"]


def test_an_acceptance_without_finding_is_said_unless_its_rule_was_not_run() -> None:
    case = accepted("HKM-01", desk.TODAY)
    assert codes(check_sop(desk.item(case), FACTS)) == ["ATR-03", "IDN-01", "IDN-08"]
    assert codes(check_sop(desk.item(case), replace(FACTS, select=("IDN",)))) == ["IDN-01", "IDN-08"]


def test_an_acceptance_of_an_unknown_rule_gets_a_suggestion() -> None:
    found = {f.code: f for f in check_sop(desk.item(accepted("IDN-1", desk.TODAY)), FACTS)}
    assert "IDN-01" in found["ATR-01"].help.id
    assert desk.path_of(found["ATR-01"]) == "kecuali/0"


def test_an_acceptance_reaches_findings_of_the_readers() -> None:
    case = accepted("TGL-01", desk.TODAY)
    item = replace(desk.item(case), findings=(made("TGL-01"),))
    assert codes(check_sop(item, FACTS)) == ["ATR-05", "IDN-01", "IDN-08"]


def test_an_unreadable_sop_has_its_readers_findings_only() -> None:
    item = replace(desk.item(), sop=None, findings=(made(blocks=True),))
    assert codes(check_sop(item, FACTS)) == ["MSK-08"]


def test_what_a_reader_could_not_read_is_not_called_empty() -> None:
    plain = desk.item({"sop": {"tanggal": {"pembuatan": dt.date(2024, 1, 2)}}})
    assert codes(check_sop(plain, FACTS)) == ["IDN-01"]
    place = plain.places[("tanggal", "efektif")]
    item = replace(plain, findings=(replace(made("TGL-01"), place=place),))
    assert codes(check_sop(item, FACTS)) == ["TGL-01"]


def broken(_sop: object, _ctx: Context) -> Iterator[Hit]:
    raise ZeroDivisionError("satu per nol")
    yield


def test_a_crashing_rule_is_a_finding_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = Rule("KEG-99", "rusak", Severity.INFO, say("a"), "", "", check=broken)
    monkeypatch.setattr(registry, "RULES", (rule, *registry.RULES))
    found = check_sop(desk.item(NO_WARNING), replace(FACTS, stage=Stage.DRAFT, ignore=("INT",)))
    assert codes(found) == ["IDN-01", "IDN-08", "INT-01"]
    crash = next(f for f in found if f.code == engine.CRASH)
    assert "KEG-99 (rusak)" in crash.message.id
    assert crash.blocks


def test_a_broken_preparation_is_said_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("x")

    monkeypatch.setattr(engine, "_context", fail)
    assert codes(check_sop(desk.item(), FACTS)) == ["INT-01"]


def test_a_crashing_group_rule_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_items: object) -> Iterator[Hit]:
        raise KeyError("x")

    rule = Rule("STR-99", "rusak", Severity.INFO, say("a"), "", "", compare=fail)
    monkeypatch.setattr(registry, "RULES", (rule,))
    assert codes(check_group([desk.item()], FACTS)) == ["INT-01"]


def test_two_sops_of_one_office_may_not_share_number_and_title() -> None:
    first, second = desk.item(ALONE, name="satu"), desk.item(ALONE, name="dua")
    found = check_group([first, second], FACTS)
    assert codes(found) == ["STR-04", "STR-04"]
    assert all(f.document == "dua/sop/naskah" and f.related and f.blocks for f in found)
    other = replace(second, office=replace(second.office, office=replace(second.office.office, folder=desk.CASES)))
    assert check_group([first, other], FACTS) == ()


def test_a_shared_number_can_be_accepted() -> None:
    second = desk.item({"sop": {**ALONE["sop"], "kecuali": [{"aturan": "STR-04", "sampai": desk.TODAY}]}}, name="dua")
    assert codes(check_group([desk.item(ALONE), second], FACTS)) == ["ATR-05"]
    assert check_sop(second, FACTS) == ()


def test_sops_that_are_not_checked_are_compared_with_but_not_told_of() -> None:
    own = desk.item({"sop": {"keterkaitan": ["SOP Penyusunan Renstra"]}}, name="satu")
    faulty = desk.item({"sop": {"judul": "Penyusunan Renstra", "keterkaitan": ["SOP Lain"]}}, name="dua")
    assert codes(check_together([own], FACTS, [faulty])) == ["STR-04", "STR-08"]
    assert {f.document for f in check_together([own], FACTS, [faulty])} == {"satu/sop/naskah"}
    assert codes(check_together([faulty], FACTS, [replace(own, sop=None)])) == []
    assert check_together([], FACTS, [faulty]) == ()


def test_unknown_codes_of_the_command_line_and_the_office_are_said() -> None:
    item = desk.item({"kantor": {"abaikan": ["HKM-1"], "tingkat": {"XYZ-01": "info"}}})
    found = check_group([item], replace(FACTS, select=("IDN-O9",)))
    assert [f.code for f in found] == ["ATR-01"] * 3
    assert {f.place.file for f in found} == {"--select", "sop.yaml"}
    assert "IDN-09" in next(f for f in found if f.place.file == "--select").help.id


@pytest.mark.parametrize(
    "code", ["HKM", "HKM-01", "hkm-01", "dasar-hukum-dicabut", "MSK", "msk-08", "TGL-01", "RES", "ABC-01", "slug"]
)
def test_known_codes_are_not(code: str) -> None:
    facts = replace(FACTS, ignore=(code,), known=frozenset({"abc-01", "msk-08", "slug"}))
    assert check_group([desk.item()], facts) == ()


def test_a_wrong_row_of_the_offices_register_is_said() -> None:
    row = {"kind": "PP", "number": "1", "year": 2020, "about": "x", "status": "berlku"}
    found = check_group([desk.item({"kantor": {"regulasi": [row]}})], FACTS)
    assert codes(found) == ["ATR-04"]
    assert desk.path_of(found[0]) == "regulasi/0/status"


def test_findings_come_in_the_order_of_the_file() -> None:
    item = desk.item(NO_WARNING)
    places = {(): Place("sop.yaml", 1), ("judul",): Place("sop.yaml", 9), ("peringatan",): Place("sop.yaml", 3)}
    found = check_sop(replace(item, places=places), FACTS)
    assert [f.code for f in found] == ["IDN-01", "IDN-08"]


def test_slugs_of_readers_findings_are_known() -> None:
    case = accepted("tanggal-tak-terbaca", desk.TODAY)
    item = replace(desk.item(case), findings=(replace(made("TGL-01"), name="tanggal-tak-terbaca"),))
    facts = replace(FACTS, known=frozenset(("TGL-01", "tanggal-tak-terbaca")))
    assert codes(check_sop(item, facts)) == ["ATR-05", "IDN-01", "IDN-08"]
