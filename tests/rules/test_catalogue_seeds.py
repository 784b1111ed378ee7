"""Every known defect of the published SOPs, row by row: which rule must find it and where, and which must be silent."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.model.finding import Finding
from pipeline.readers.office import read_office
from pipeline.readers.sop import read_sop
from pipeline.rules.engine import Facts, check_sop
from pipeline.rules.registry import READERS_CODES, RULES
from tests.rules import desk

ROOT = Path(__file__).resolve().parents[2]
ROWS: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("catalogue_seeds.yaml").read_text(encoding="utf-8")
)
CODES = {rule.code for rule in RULES} | READERS_CODES


def ident(row: dict[str, Any]) -> str:
    return f"{row['baris']} {row['cacat']}"


@cache
def found(document: str) -> tuple[Finding, ...]:
    """All findings of a published SOP, each with its data path as its place."""
    office, _, name = document.partition("/")
    folder = ROOT / "inputs" / office
    item = read_sop(folder / "sop" / f"{name}.yaml", read_office(folder, ROOT), ROOT)
    return check_sop(replace(item, places=desk.Places()), Facts(today=desk.TODAY))


@pytest.mark.parametrize("row", ROWS, ids=ident)
def test_row(row: dict[str, Any]) -> None:
    findings = found(row.get("dokumen", "banyumas/penyusunan-renstra"))
    for code, places in row.get("ada", {}).items():
        hits = {desk.path_of(f) for f in findings if f.code == code}
        assert set(places) <= hits
        if code in row.get("hanya", ()):
            assert hits == set(places)
    for code in row.get("tidak", ()):
        assert [f.message.id for f in findings if f.code == code] == []
    for key in ("pesan", "bantuan"):
        for code, part in row.get(key, {}).items():
            texts = [(f.message if key == "pesan" else f.help).id for f in findings if f.code == code]
            assert any(part in text for text in texts)


@pytest.mark.parametrize("row", ROWS, ids=ident)
def test_row_says_something(row: dict[str, Any]) -> None:
    assert row.get("ada") or row.get("tidak") or row.get("di_luar")
    assert set(row.get("ada", {})) | set(row.get("tidak", ())) <= CODES
    assert all(reason.endswith(".") for reason in row.get("di_luar", {}).values())
    assert not set(row.get("ada", {})) & set(row.get("di_luar", {}))


def test_every_row_is_there() -> None:
    assert {row["baris"] for row in ROWS} == set(range(1, 54))
