"""``check --fix`` on whole offices: what is promised is done, nothing else changes, and nothing new is found."""

from __future__ import annotations

import csv
import datetime as dt
import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.model.finding import Finding
from pipeline.rules.registry import RULES
from pipeline.run.check import check
from pipeline.run.events import Silent
from pipeline.run.mending import fixed_files
from pipeline.run.settings import Settings
from tests.cli.desk import Desk
from tests.rules.desk import load

ROOT = Path(__file__).parents[2]
OFFICES = [*(ROOT / "inputs").iterdir(), *(ROOT / "tests/gallery/inputs").iterdir()]


def findings(desk: Desk) -> list[dict[str, Any]]:
    found = json.loads(desk.run("check", "--format", "json", "--no-cache").out)["findings"]
    assert isinstance(found, list)
    return found


def counted(found: list[dict[str, Any]]) -> Counter[tuple[str, str, str]]:
    """Code, document and place in the form of each finding."""
    return Counter((each["code"], each["document"] or "", json.dumps(each["path"])) for each in found)


def values(folder: Path) -> dict[tuple[str, ...], object]:
    """Every value in every input file, by file and place."""
    found: dict[tuple[str, ...], object] = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".yaml":
            _leaves(yaml.load(path.read_text(encoding="utf-8-sig"), yaml.BaseLoader), (str(path),), found)
        elif path.suffix == ".csv":
            for row, cells in enumerate(csv.reader(path.read_text(encoding="utf-8-sig").splitlines(keepends=True))):
                found |= {(str(path), str(row), str(column)): cell for column, cell in enumerate(cells)}
    return found


def _leaves(node: object, path: tuple[str, ...], found: dict[tuple[str, ...], object]) -> None:
    if isinstance(node, dict):
        for key, value in node.items():
            _leaves(value, (*path, str(key)), found)
    elif isinstance(node, list):
        for index, value in enumerate(node):
            _leaves(value, (*path, str(index)), found)
    else:
        found[path] = node


def _checked(desk: Desk) -> tuple[Finding, ...]:
    settings = Settings(desk.folder, desk.folder / "outputs", dt.date.today())  # noqa: DTZ011 - as the command does
    return check(settings, Silent()).result.findings


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("office", [each for each in OFFICES if (each / "kantor.yaml").is_file()], ids=lambda p: p.name)
def test_an_office(desk: Desk, office: Path) -> None:
    inputs = desk.folder / "inputs"
    shutil.rmtree(desk.office)
    shutil.copytree(office, inputs / office.name)
    before, texts = findings(desk), values(inputs)
    promised = [each for each in before if each["fixable"]]
    wanted = {place for file in fixed_files(_checked(desk), desk.folder) for place, _ in file.done}
    desk.run("check", "--fix", "--no-cache")
    after, written = findings(desk), contents(inputs)
    assert counted(after) - counted(before) == Counter()
    assert counted(before) - counted(after) == counted(promised)
    assert [each["code"] for each in after if each["fixable"]] == []
    now = values(inputs)
    assert now.keys() == texts.keys()
    assert sum(now[key] != texts[key] for key in texts) == len(wanted)
    desk.run("check", "--fix", "--no-cache")
    assert contents(inputs) == written


def forms() -> dict[str, dict[str, Any]]:
    """The failing cases of the rules that have fixes, as SOPs by name; what only the rules' desk knows is left out."""
    found = {}
    for code in (rule.code for rule in RULES if rule.fixable):
        for number, case in enumerate(load(code)["gagal"]):
            form = {**load("_base"), **case.get("sop", {}), "riwayat": [], "kecuali": []}
            for row, patch in case.get("ubah", {}).items():
                form["langkah"][row - 1] |= patch
            form["tanggal"] |= form.pop("ditulis", {})
            found[f"{code.lower()}-{number}"] = {key: value for key, value in form.items() if value}
    return found


@pytest.mark.parametrize("width", [40, 10_000])
def test_the_cases_of_all_rules_as_files(desk: Desk, width: int) -> None:
    for name, form in forms().items():
        desk.put(f"sop/{name}.yaml", yaml.safe_dump(form, allow_unicode=True, sort_keys=False, width=width))
    before = findings(desk)
    promised = [each for each in before if each["fixable"]]
    assert {each["code"] for each in promised} == {rule.code for rule in RULES if rule.fixable}
    desk.run("check", "--fix", "--no-cache")
    after = findings(desk)
    assert counted(promised) - (counted(before) - counted(after)) == Counter()
    assert [each["code"] for each in after if each["fixable"]] == []
    # Once "Pmpinan DPRD" is read rightly, it is seen that this actor has no column; and the cases have one title.
    assert {code for code, _, _ in counted(after) - counted(before)} <= {"PLK-04", "STR-04"}
