"""Every format keeps to its stored snapshot, to its schema, and to what all formats promise."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator, Draft202012Validator
from lxml import etree

from pipeline.model.finding import Fix, Place, Related, Severity
from pipeline.model.message import Lang, say
from pipeline.model.result import RunResult
from pipeline.report import formats
from pipeline.report.formats import FORMATS
from pipeline.report.view import View
from pipeline.resources import data_file
from tests.report import report_sample, snapshots
from tests.report.format_sample import RESULT, VIEW

SCHEMAS = Path(__file__).parents[1] / "data/schemas"
EMPTY = RunResult((), ())
RESULTS = {"all": RESULT, "other": report_sample.RESULT, "empty": EMPTY}


@pytest.fixture(scope="module")
def sarif() -> Draft4Validator:
    schema = json.loads((SCHEMAS / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
    Draft4Validator.check_schema(schema)
    return Draft4Validator(schema, format_checker=Draft4Validator.FORMAT_CHECKER)


@pytest.fixture(scope="module")
def junit() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(SCHEMAS / "junit-10.xsd")))


@pytest.mark.parametrize("name", snapshots.NAMES)
def test_report_is_the_stored_one(name: str) -> None:
    assert snapshots.made(name) == snapshots.path_of(name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("result", RESULTS.values(), ids=RESULTS)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_same_result_same_text_with_a_newline_at_the_end(name: str, result: RunResult, lang: Lang) -> None:
    view = replace(VIEW, lang=lang)
    text = formats.render(name, result, view)
    assert text == formats.render(name, result, view)
    assert not text or (text.endswith("\n") and not text.endswith("\n\n"))
    text.encode("utf-8")  # nothing that UTF-8 cannot hold


@pytest.mark.parametrize("name", FORMATS)
def test_every_finding_is_told(name: str) -> None:
    text = formats.render(name, RESULT, VIEW)
    for finding in RESULT.findings:
        assert finding.code in text
        assert finding.name in text


@pytest.mark.parametrize("name", ["json", "sarif", "junit"])
def test_quiet_leaves_formats_of_machines_complete(name: str) -> None:
    assert formats.render(name, RESULT, replace(VIEW, quiet=True)) == formats.render(name, RESULT, VIEW)


@pytest.mark.parametrize("name", ["full", "concise", "github"])
def test_quiet_tells_people_what_blocks(name: str) -> None:
    text = formats.render(name, RESULT, replace(VIEW, quiet=True))
    assert "IDN-09" in text
    assert "LibreOffice" in text
    assert "DUR-01" not in text
    assert "MSK-02" not in text
    assert formats.render(name, EMPTY, replace(VIEW, quiet=True)) == ""


@pytest.mark.parametrize("result", RESULTS.values(), ids=RESULTS)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_json_keeps_to_the_stored_schema(result: RunResult, lang: Lang) -> None:
    schema = json.loads(data_file("temuan.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(formats.render("json", result, replace(VIEW, lang=lang))))


@pytest.mark.parametrize("result", RESULTS.values(), ids=RESULTS)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_sarif_keeps_to_the_schema_of_oasis(sarif: Draft4Validator, result: RunResult, lang: Lang) -> None:
    sarif.validate(json.loads(formats.render("sarif", result, replace(VIEW, lang=lang))))


@pytest.mark.parametrize("result", RESULTS.values(), ids=RESULTS)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_junit_keeps_to_the_schema_of_jenkins(junit: etree.XMLSchema, result: RunResult, lang: Lang) -> None:
    tree = etree.fromstring(formats.render("junit", result, replace(VIEW, lang=lang)).encode())
    assert junit.validate(tree), junit.error_log


def run() -> dict[str, Any]:
    log: dict[str, Any] = json.loads(formats.render("sarif", RESULT, VIEW))
    return log["runs"][0]


def test_sarif_points_from_results_to_rules() -> None:
    data = run()
    rules = data["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules][:2] == ["IDN-09", "DUR-01"]
    for result in data["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert rules[0]["help"]["markdown"].startswith("**Mengapa**: ")
    assert rules[1]["properties"]["confidence"] == "sedang"
    for rule in rules:  # without any of these GitHub shows an empty page
        assert all(rule[key]["text"] for key in ("shortDescription", "fullDescription", "help"))
    assert rules[1]["defaultConfiguration"] == {"level": "warning"}


def test_sarif_places_are_relative_and_quoted() -> None:
    data = run()
    assert data["columnKind"] == "unicodeCodePoints"
    places = [result["locations"][0].get("physicalLocation") for result in data["results"]]
    assert places[0] is None  # an option of the command line is no file
    assert places[1]["region"] == {
        "startLine": 3, "startColumn": 8, "endLine": 3, "endColumn": 27, "snippet": {"text": "SOP <Reses> & Pokir"},
    }  # fmt: skip
    assert places[2]["region"] == {"startLine": 9, "startColumn": 13, "endLine": 14, "endColumn": 1}
    uris = {place["artifactLocation"]["uri"]: place["artifactLocation"].get("uriBaseId") for place in places if place}
    assert uris["inputs/kantor%20dua/sop/b%C3%A9%20100%25.xlsx"] == "%SRCROOT%"
    assert uris["file:///tempat/lain/sop/a%20b.yaml"] is None
    assert "uri" not in data["originalUriBaseIds"]["%SRCROOT%"]


def test_sarif_tells_accepted_findings_and_failures() -> None:
    data = run()
    hidden = [result for result in data["results"] if "suppressions" in result]
    assert [result["ruleId"] for result in hidden] == ["DUR-08"]
    suppression = hidden[0]["suppressions"][0]
    assert suppression["kind"] == "inSource"
    assert "dikecualikan oleh Kabag" in suppression["justification"]
    invocation = data["invocations"][0]
    assert invocation["executionSuccessful"] is False
    notes = invocation["toolExecutionNotifications"]
    assert [note["level"] for note in notes] == ["error", "error", "note"]
    fine = json.loads(formats.render("sarif", EMPTY, VIEW))["runs"][0]["invocations"][0]
    assert fine["executionSuccessful"] is True


def test_sarif_fingerprints_differ() -> None:
    found = [result["partialFingerprints"]["tertib/v1"] for result in run()["results"]]
    assert len(set(found)) == len(found)


def test_junit_counts_what_it_lists() -> None:
    tree = etree.fromstring(formats.render("junit", RESULT, VIEW).encode())
    for suite in tree:
        cases = suite.findall("testcase")
        assert int(suite.get("tests")) == len(cases) > 0
        for word, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(suite.get(word)) == sum(case.find(tag) is not None for case in cases)
        names = [case.get("name") for case in cases]
        assert len(set(names)) == len(names)
    for word in ("tests", "failures", "errors"):
        assert int(tree.get(word)) == sum(int(suite.get(word)) for suite in tree)


def test_junit_fails_for_a_warning_that_blocks_and_not_for_another() -> None:
    warning = next(found for found in RESULT.findings if found.code == "DUR-01")
    for blocks in (False, True):
        tree = etree.fromstring(
            formats.render("junit", RunResult((replace(warning, blocks=blocks),), ()), VIEW).encode()
        )
        assert len(tree.findall(".//failure")) == int(tree.get("failures")) == int(blocks)


def test_junit_skips_a_rule_only_when_all_that_it_found_is_accepted() -> None:
    acceptance = next(found for found in RESULT.findings if found.accepts)
    open_one = replace(acceptance.accepts[0], subject="another")
    for findings, skipped in (((acceptance,), 1), ((acceptance, open_one), 0)):
        (suite,) = etree.fromstring(formats.render("junit", RunResult(findings, ()), VIEW).encode())
        cases = suite.findall("testcase")
        assert int(suite.get("skipped")) == len(suite.findall(".//skipped")) == skipped
        assert int(suite.get("tests")) == len(cases) == len({case.get("name") for case in cases}) == 2


def test_junit_holds_only_what_xml_allows() -> None:
    bad = replace(RESULT.findings[0], message=say("a\x00\x0b\ud800]]>&\ufffe"))
    tree = etree.fromstring(formats.render("junit", RunResult((bad,), ()), VIEW).encode())
    assert "a\ufffd\ufffd\ufffd]]>&\ufffd" in "".join(tree.itertext())


def commands(result: RunResult) -> list[str]:
    return formats.render("github", result, VIEW).splitlines()


def test_github_commands_are_escaped_and_on_one_line() -> None:
    first = replace(RESULT.findings[1], place=Place("a,b:c%.yaml", 2, 3, 2, 9), message=say("1%\r\n2: a, b"))
    (row,) = commands(RunResult((first,), ()))
    assert row == (
        "::error file=a%2Cb%3Ac%25.yaml,line=2,col=3,endLine=2,endColumn=9,title=IDN-09 (judul-lain-isi)"
        "::1%25%0D%0A2: a, b Perbaiki."
    )


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (Place("f"), "file=f,title"),
        (Place("f", 3), "file=f,line=3,endLine=3,title"),
        (Place("f", 3, 4), "file=f,line=3,col=4,endLine=3,title"),
        (Place("f", 3, 4, 5, 6), "file=f,line=3,endLine=5,title"),
        (Place("f", 3, 4, 5, 1), "file=f,line=3,endLine=4,title"),
        (Place("f", 3, 4, 4, 1), "file=f,line=3,col=4,endLine=3,title"),
        (Place("f.xlsx", 3, 4, sheet="s", cell="B4"), "file=f.xlsx,title"),
        (Place("--select"), "::error title"),
    ],
)
def test_github_places(place: Place, told: str) -> None:
    (row,) = commands(RunResult((replace(RESULT.findings[1], place=place),), ()))
    assert told in row


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_full_report_fits_the_terminal(width: int) -> None:
    lines = {key: text + " panjang" * 40 for key, text in VIEW.lines.items()}
    related = Related(Place("inputs/contoh/sop/reses.yaml", 9, 1, 13, 3), say("kata " * 30))
    findings = tuple(replace(f, message=say("kata " * 60), related=(related,)) for f in RESULT.findings)
    text = formats.render("full", RunResult(findings, ()), replace(VIEW, width=width, lines=lines))
    quoted = [row for row in text.splitlines() if re.match(r" *\d* \|", row)]
    assert quoted
    assert all(len(row) <= width for row in quoted)
    sentences = [row for row in text.splitlines() if row.startswith("  kata")]
    assert sentences
    assert all(len(row) <= min(width, 110) for row in sentences)


def test_full_report_folds_what_differs_in_place_only() -> None:
    folded = formats.render("full", RESULT, VIEW)
    assert folded.count("peringatan DUR-01") == 1
    assert "= dan 2 tempat lain:" in folded
    assert folded.count("reses.langkah.csv:") == 3
    unfolded = formats.render("full", RESULT, replace(VIEW, verbose=True))
    assert unfolded.count("peringatan DUR-01") == 3
    assert "tempat lain" not in unfolded


@pytest.mark.parametrize("change", [{"help": say("Lain.")}, {"severity": Severity.ERROR}])
def test_full_report_folds_nothing_that_differs_otherwise(change: dict[str, Any]) -> None:
    result = replace(RESULT, findings=tuple(replace(f, **change) if f.step == 3 else f for f in RESULT.findings))
    assert "tempat lain" not in formats.render("full", result, VIEW)


def test_people_read_no_signs_that_steer_the_terminal() -> None:
    for name in ("full", "concise"):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e]", formats.render(name, RESULT, VIEW))


def test_nothing_to_count_is_no_table() -> None:
    view = View("id", statistics=True)
    assert formats.render("full", EMPTY, view) == "0 dokumen diperiksa: 0 kesalahan, 0 peringatan, 0 catatan.\n"


def test_quiet_counts_are_of_what_blocks() -> None:
    told = formats.render("full", RESULT, replace(VIEW, statistics=True, quiet=True))
    blocking = {found.code for found in RESULT.findings if found.blocks}
    assert {code for code in {found.code for found in RESULT.findings} if code in told} == blocking


def test_counts_are_in_the_json_report_too() -> None:
    data = json.loads(formats.render("json", RESULT, VIEW))["statistics"]
    assert data["rules"][0] == {
        "code": "DUR-01", "name": "waktu-tidak-terbaca", "severity": "warning", "count": 3, "blocking": 0, "fixable": 0,
    }  # fmt: skip
    assert sum(rule["count"] for rule in data["rules"]) == len(RESULT.findings)
    assert [office["office"] for office in data["offices"]] == ["", "contoh", "kantor dua", "lain"]


def test_counts_tell_what_can_be_put_right() -> None:
    place = RESULT.findings[1].place
    mended = replace(RESULT.findings[1], fixes=(Fix(place, "SOP x", 0, 4, ""),))
    result = RunResult((mended, RESULT.findings[1]), ())
    assert "2  kesalahan   IDN-09  judul-lain-isi [menahan: 2] [--fix: 1]\n" in formats.render(
        "concise", result, replace(VIEW, statistics=True)
    )
    assert json.loads(formats.render("json", result, VIEW))["statistics"]["rules"][0]["fixable"] == 1
    found = json.loads(formats.render("sarif", result, VIEW))["runs"][0]["results"]
    assert [one["properties"].get("fixable", False) for one in found] == [True, False]
