"""Nothing is missing from the registry, and every rule carries its page."""

from __future__ import annotations

import datetime as dt
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.rules import docs, registry
from pipeline.rules.absent import ABSENT
from pipeline.rules.base import Rule
from pipeline.run.catalogue import others
from pipeline.run.codes import prove_codes
from pipeline.run.settings import Settings
from tests.rules import desk

FOLDER = Path(registry.__file__).parent
MODULES = sorted(path.stem for path in FOLDER.glob("*.py") if re.match(r"[a-z]{3}_\d{2}_", path.stem))


@pytest.mark.parametrize("module", MODULES)
def test_every_rule_module_is_in_the_registry(module: str) -> None:
    rule = importlib.import_module(f"pipeline.rules.{module}").RULE
    assert rule in registry.RULES
    assert rule.code == module[:6].upper().replace("_", "-")


def test_the_registry_holds_nothing_else() -> None:
    assert len(registry.RULES) == len(MODULES)
    assert len({rule.code for rule in registry.RULES}) == len(MODULES)
    assert len({rule.name for rule in registry.RULES}) == len(MODULES)


@pytest.mark.parametrize("rule", registry.RULES, ids=lambda rule: rule.code)
def test_every_rule_is_documented(rule: Rule) -> None:
    assert tuple(docs.sections(rule.doc)) == docs.HEADINGS
    assert all(docs.sections(rule.doc).values())
    assert rule.summary.id
    assert rule.summary.id != rule.summary.en
    assert rule.source
    assert (rule.check is None) != (rule.compare is None)
    assert rule.check is None or (desk.CASES / f"{rule.code}.yaml").is_file()


@pytest.mark.parametrize("rule", registry.RULES, ids=lambda rule: rule.code)
def test_what_is_not_sure_is_no_error(rule: Rule) -> None:
    assert rule.confidence is Confidence.HIGH or rule.severity is not Severity.ERROR


def test_case_files_have_rules() -> None:
    codes = {rule.code for rule in registry.RULES}
    assert {path.stem for path in desk.CASES.glob("*.yaml")} - {"_base"} <= codes


def test_explain_says_the_five_things() -> None:
    text = docs.explain("hkm-01", "id")
    assert text is not None
    assert text.startswith("HKM-01  dasar-hukum-dicabut  (kesalahan)")
    assert all(f"\n{heading}:\n" in text for heading in docs.HEADINGS)
    assert "Why:" in (docs.explain("dasar-hukum-dicabut", "en") or "")
    assert docs.explain("HKM-99", "id") is None


def test_codes_of_the_catalogue_that_are_no_rule_are_told_with_the_reason() -> None:
    assert not set(ABSENT) & {entry.code for entry in docs.entries(others())}
    assert "belum dibuat" in (docs.explain("str-02", "id") or "")
    assert "is no rule" in (docs.explain("TTD-12", "en") or "")
    with pytest.raises(UsageError, match="--select: TTD-12 is in the catalogue"):
        prove_codes(Settings(Path(), Path(), dt.date.min, select=("TTD-12",)))


def test_entries_of_others_stand_on_the_page_and_in_the_list() -> None:
    other = docs.Entry("MSK-01", "berkas-tak-ada", Severity.ERROR, say("berkas kosong"))
    page = docs.rules_page("id", [other])
    assert "### MSK-01 berkas-tak-ada" in page
    assert page.count("\n### ") == len(registry.RULES) + len(docs.ENGINE_ENTRIES) + 1
    assert "the file is empty" in docs.listing("en", [other])
    assert docs.explain("MSK-01", "en", [other]) is not None


def test_misspelled_codes_find_a_neighbour() -> None:
    assert registry.nearest("HKM-O1") == "HKM-01"
    assert registry.nearest("dasar-hukum-dicabutt") == "dasar-hukum-dicabut"
    assert registry.nearest("qqqqqq") == ""


def test_importing_the_rules_stays_light() -> None:
    code = (
        "import sys, pipeline.rules.engine;"
        "heavy = {'pandas', 'holidays', 'rapidfuzz', 'docx', 'lxml', 'yaml', 'difflib'} & set(sys.modules);"
        "sys.exit(', '.join(sorted(heavy)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr == ""
