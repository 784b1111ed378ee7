"""``tertib explain``: every code that a report can show is explained."""

from __future__ import annotations

import re

import pytest

from pipeline.recess.rules.registry import RECESS_RULES
from pipeline.rules.docs import entries
from pipeline.run.catalogue import others
from pipeline.run.reporting import rule_texts
from tests.cli.desk import Desk


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_code_is_listed_and_explained(desk: Desk, lang: str) -> None:
    listing = desk.run("explain", "--lang", lang).out
    for entry in entries(others()):
        assert entry.code in listing
        ran = desk.run("explain", entry.code, "--lang", lang)
        assert ran.code == 0
        assert ran.out.startswith(f"{entry.code}  {entry.name}")
        assert (entry.summary.en if lang == "en" else entry.summary.id) in ran.out


def test_a_code_with_several_causes_tells_each_with_its_remedy(desk: Desk) -> None:
    text = desk.run("explain", "FMT-01").out
    for cause in (
        "lebih tinggi daripada satu halaman",
        "Anak panah",
        "Terlalu banyak",
        "terpenggal",
        "tidak terpasang",
    ):
        assert cause in text
    assert "Persingkat teksnya" in text


def test_several_codes_and_names(desk: Desk) -> None:
    ran = desk.run("explain", "msk-07", "HKM-01")
    assert ran.code == 0
    assert "MSK-07" in ran.out
    assert "HKM-01" in ran.out


@pytest.mark.parametrize(
    ("code", "part"),
    [
        ("HKM-1", "Maksud Anda HKM-01?"),
        ("idn-1", "Maksud Anda IDN-01?"),
        ("dasar-hukum-dicabt", "Maksud Anda dasar-hukum-dicabut?"),
        ("msk 7", "Maksud Anda MSK-07?"),
        ("zzz", "tertib explain"),
    ],
)
def test_unknown_code(desk: Desk, code: str, part: str) -> None:
    ran = desk.run("explain", code)
    assert ran.code == 2
    assert ran.out == ""
    assert part in ran.err


@pytest.mark.parametrize("lang", ["id", "en"])
def test_it_says_which_rules_can_be_fixed(desk: Desk, lang: str) -> None:
    for entry in entries(others()):
        assert ("--fix" in desk.run("explain", entry.code, "--lang", lang).out) is entry.fixable


def test_the_source_of_every_rule_is_told_in_english(desk: Desk) -> None:
    """An article is the same in every language; the words around it are not."""
    for rule in RECESS_RULES:
        told = desk.run("explain", rule.code, "--lang", "en").out.partition("Source:")[2]
        assert told.strip(), rule.code
        assert not re.search(r"\b(Pasal|ayat|dan|yang|konvensi)\b", told), told


@pytest.mark.parametrize("family", ["KEG", "hkm", "MSK"])
def test_a_family_is_listed(desk: Desk, family: str) -> None:
    ran = desk.run("explain", family)
    rows = ran.out.splitlines()[1:]
    assert ran.code == 0
    assert len(rows) > 5
    assert all(row.strip().startswith(f"{family.upper()}-") for row in rows)


def test_a_code_of_two_rules_tells_both_apart(desk: Desk) -> None:
    """RES-01 and RES-04 judge SOPs and the data of recesses."""
    for code in ("RES-01", "reses-tanpa-pengumuman"):
        text = desk.run("explain", code).out
        heads = [line for line in text.splitlines() if line.startswith("RES-")]
        assert [head.rpartition(")")[2].strip() for head in heads] == ["pada SOP", "pada data reses"]
        assert text.count("Sumber:") == 2
    assert "pada data reses" not in desk.run("explain", "RES-05").out


def test_reports_explain_a_code_once() -> None:
    codes = [rule.code for rule in rule_texts("id")]
    assert len(codes) == len(set(codes))
    both = next(rule for rule in rule_texts("id") if rule.code == "RES-04")
    assert [
        text.startswith(("(pada SOP)", "(pada data reses)")) for heading, text in both.sections if heading == "Apa"
    ] == [
        True,
        True,
    ]
