"""``--format`` and ``--statistics`` on the command line: real findings keep to the schemas, stdout holds the report."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft4Validator, Draft202012Validator
from lxml import etree

from pipeline.report.formats import COUNTED, FORMATS
from pipeline.resources import data_file
from tests.cli.desk import Desk

SCHEMAS = Path(__file__).parents[1] / "data/schemas"
MACHINES = ("json", "sarif", "junit", "github")


@pytest.fixture
def faulty(desk: Desk) -> Desk:
    """The desk with findings of readers and rules, at one place and at several."""
    desk.edit("sop/surat.yaml", "judul: Penerimaan", "judul: SOP Penerimaan")
    desk.edit("sop/surat.langkah.csv", "1 jam", "1 jma")
    desk.edit("sop/surat.langkah.csv", "10 menit", "10 mnt")
    desk.edit(
        "sop/surat.yaml",
        "langkah:",
        "kecuali:\n  - {aturan: IDN-08, alasan: sudah umum, oleh: Kabag, sampai: 2099-01-01}\nlangkah:",
    )
    return desk


def proved(name: str, text: str) -> None:
    """Fail unless ``text`` keeps to the schema of its format."""
    if name == "json":
        Draft202012Validator(json.loads(data_file("temuan.schema.json").read_text("utf-8"))).validate(json.loads(text))
    elif name == "sarif":
        schema = json.loads((SCHEMAS / "sarif-schema-2.1.0.json").read_text("utf-8"))
        Draft4Validator(schema).validate(json.loads(text))
    elif name == "junit":
        etree.XMLSchema(etree.parse(str(SCHEMAS / "junit-10.xsd"))).assertValid(etree.fromstring(text.encode()))
    else:
        assert all(re.match(r"::(error|warning|notice) .*title=[^:]+::.", row) for row in text.splitlines())


@pytest.mark.parametrize("name", MACHINES)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_real_findings_keep_to_the_schemas(faulty: Desk, name: str, lang: str) -> None:
    ran = faulty.run("check", "--format", name, "--lang", lang)
    proved(name, ran.out)
    assert "DUR-0" in ran.out
    assert str(faulty.folder) not in ran.out


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_run_prints_the_same(faulty: Desk, name: str) -> None:
    assert faulty.run("check", "--format", name).out == faulty.run("check", "--format", name).out


def test_sarif_names_every_rule_and_what_was_accepted(faulty: Desk) -> None:
    run = json.loads(faulty.run("check", "--format", "sarif").out)["runs"][0]
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert {"IDN-08", "HKM-01", "MSK-05", "ARS-01", "ATR-05"} <= set(rules)
    assert "Salah" in rules["HKM-01"]["help"]["markdown"]
    hidden = {result["ruleId"]: result["suppressions"] for result in run["results"] if "suppressions" in result}
    assert "sudah umum" in hidden["IDN-08"][0]["justification"]


def test_a_failure_is_no_success_in_sarif(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.no_soffice(monkeypatch)
    ran = desk.run("build", "--format", "sarif")
    proved("sarif", ran.out)
    invocation = json.loads(ran.out)["runs"][0]["invocations"][0]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["properties"]["exitCode"] == ran.code == 3


@pytest.mark.parametrize("name", FORMATS)
def test_statistics_count_instead_of_listing(faulty: Desk, name: str) -> None:
    ran = faulty.run("check", "--format", name, "--statistics")
    if name not in COUNTED:
        assert ran.code == 2
        assert ran.out == ""
        assert "full, concise, json" in ran.err
    elif name == "json":
        assert json.loads(ran.out)["statistics"]["rules"]
    else:
        assert re.match(r"\d+  (kesalahan|peringatan|catatan) +[A-Z]{3}-\d\d  ", ran.out)
        assert "surat.yaml" not in ran.out


@pytest.mark.parametrize("name", ["json", "sarif", "junit"])
def test_quiet_does_not_shorten_what_programs_read(faulty: Desk, name: str) -> None:
    assert faulty.run("check", "--format", name, "--quiet").out == faulty.run("check", "--format", name).out


def test_a_table_is_told_by_step_and_column(faulty: Desk) -> None:
    out = faulty.run("check").out
    assert "surat.langkah.csv:3:62 sel E3 (langkah 2, kolom waktu)" in out
    assert re.search(r"\n3 \| 2,Memeriksa .*\n  \| +\^{5}\n", out)
