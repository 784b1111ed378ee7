"""What has to hold whatever the inputs are: the whole of ``tertib check``, from the files to every report."""

from __future__ import annotations

import json
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from jsonschema import Draft4Validator, Draft202012Validator
from lxml import etree, html

from pipeline.model.finding import Finding, Place
from pipeline.model.message import Message
from pipeline.report import formats
from pipeline.report.paint import clean
from pipeline.report.view import View
from pipeline.resources import data_file
from pipeline.run.check import check
from pipeline.run.events import Silent
from pipeline.run.fix import diff, fixed_files
from pipeline.run.outcome import Outcome
from pipeline.run.quoting import quoted_lines
from pipeline.run.reporting import page_of, rule_texts
from pipeline.run.settings import Settings

SCHEMAS = Path(__file__).parents[1] / "data/schemas"
LONGEST_SECONDS = 20
"""No more than a stop for what never ends; how long is usual is measured by the benchmarks."""
_ENDS = re.compile(r"\r\n|\n|\r")
_GAP = re.compile(r"\{[a-z_]\w*\}")
_MISSING = ("MSK-01", "MSK-02")


def sound_check(settings: Settings) -> Outcome:
    """Check, prove everything that is promised of the outcome, and hand it back."""
    with stopped():
        outcome = check(settings, Silent())
    assert outcome.exit_code in (0, 1, 2)
    sound_findings(outcome.report.findings, settings.root)
    assert outcome.exit_code != 2
    with stopped():
        sound_reports(outcome, settings)
        diff(fixed_files(outcome.report.findings, settings.root))
    return outcome


@contextmanager
def stopped() -> Iterator[None]:
    """An end, with the place where it was, for what would go on for ever; Windows has no such alarm."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def stop(*_: object) -> NoReturn:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(LONGEST_SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def sound_findings(findings: tuple[Finding, ...], root: Path) -> None:
    """Every finding says what, where and what to do, and none tells of a crash."""
    given = "".join(_given(path) for path in sorted((root / "inputs").rglob("*")))
    for finding in findings:
        assert finding.code != "INT-01", (finding.name, finding.message.en)
        assert finding.code
        assert finding.name
        for text in (finding.message, finding.help, *(other.message for other in finding.related)):
            _sound_text(text, given)
        for place in (finding.place, *(other.place for other in finding.related)):
            _sound_place(place, root, finding.code)
        for fix in finding.fixes:
            assert 0 <= fix.start <= fix.end <= len(fix.value), fix


def _given(path: Path) -> str:
    return path.name + (path.read_bytes().decode("utf-8", "replace") if path.is_file() else "")


def _sound_text(text: Message, given: str) -> None:
    for words in (text.text("id"), text.text("en")):
        assert words.strip()
        assert "{" in given or not _GAP.search(words), words


def _sound_place(place: Place, root: Path, code: str) -> None:
    path = root / place.file
    assert not Path(place.file).is_relative_to(root), place
    if not path.is_file():
        assert code in _MISSING, (code, place)
        return
    if place.sheet is not None or place.line is None:
        return
    rows = _ENDS.split(path.read_bytes().decode("utf-8-sig", "replace"))
    assert 1 <= place.line <= len(rows), (code, place, len(rows))
    last = place.end_line or place.line
    assert place.line <= last <= len(rows), (code, place, len(rows))
    assert place.column is None or 1 <= place.column <= len(rows[place.line - 1]) + 1, (code, place)
    assert place.end_column is None or 1 <= place.end_column <= len(rows[last - 1]) + 1, (code, place)
    if place.column and place.end_column and last == place.line:
        assert place.column <= place.end_column, (code, place)


def sound_reports(outcome: Outcome, settings: Settings) -> None:
    """Every format is what its readers expect, in both languages, and twice the same."""
    result = outcome.report
    lines = quoted_lines(result.findings, settings.root)
    for lang, width in (("id", 100), ("en", 20)):
        view = View(lang, "1", lines, width=width, rules=rule_texts(lang))  # type: ignore[arg-type]
        texts = {name: formats.render(name, result, view) for name in formats.FORMATS}
        assert texts == {name: formats.render(name, result, view) for name in formats.FORMATS}
        _sound_texts(texts)
    for name in formats.FOR_PEOPLE:
        formats.render(name, result, View("id", "1", lines, statistics=True))
    _sound_page(page_of(result, settings, base=""))


def _sound_texts(texts: dict[str, str]) -> None:
    for name in formats.FOR_PEOPLE:
        assert all(row == clean(row) for row in texts[name].split("\n")), texts[name]
    _of_json().validate(_unlike("json", json.loads(texts["json"]), "findings"))
    log = json.loads(texts["sarif"])
    _unlike("sarif", log["runs"][0], "results")
    _unlike("rules", log["runs"][0]["tool"]["driver"], "rules")
    _of_sarif().validate(log)
    tree = etree.fromstring(texts["junit"].encode())
    assert _of_junit().validate(tree), _of_junit().error_log
    assert all(re.match(r"::(error|warning|notice) .*::.", row) for row in texts["github"].split("\n") if row)


_met: set[tuple[str, object]] = set()


def _unlike(kind: str, data: dict[str, Any], key: str) -> dict[str, Any]:
    """``data`` with only those entries of the list ``key`` that are made unlike all met before, to save time."""
    new = []
    for entry in data[key]:
        form = (kind, _form(entry))
        if form not in _met:
            _met.add(form)
            new.append(entry)
    data[key] = new
    return data


def _form(value: Any, key: str = "") -> object:
    """What a schema sees of a value: keys, kinds, whether something is there, and addresses."""
    if isinstance(value, dict):
        return tuple((name, _form(inner, name)) for name, inner in value.items())
    if isinstance(value, list):
        return frozenset(_form(inner, key) for inner in value)
    if isinstance(value, str) and key in ("uri", "id", "ruleId", "severity", "level", "code", "confidence"):
        return value
    return type(value).__name__, bool(value) if not isinstance(value, int) else value > 0


def _sound_page(page: str) -> None:
    tree = html.document_fromstring(page.encode())
    scripts = list(tree.iter("script"))
    assert len(scripts) == page.count("</script>")
    assert not [element for element in _elements(tree) if any(name.startswith("on") for name in element.attrib)]


def _elements(tree: Any) -> Iterator[Any]:
    return (element for element in tree.iter() if isinstance(element.tag, str))


@cache
def _of_json() -> Draft202012Validator:
    return Draft202012Validator(json.loads(data_file("temuan.schema.json").read_text(encoding="utf-8")))


@cache
def _of_sarif() -> Draft4Validator:
    schema = json.loads((SCHEMAS / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
    return Draft4Validator(schema, format_checker=Draft4Validator.FORMAT_CHECKER)


@cache
def _of_junit() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(SCHEMAS / "junit-10.xsd")))
