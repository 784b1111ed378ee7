"""Hints that something belongs to another level of government, and all that only looks like it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from pipeline.model.office import RegionKind
from pipeline.model.recess import Proposal
from pipeline.recess.authority import LEVELS, hint
from pipeline.recess.text import squash

CASES = yaml.safe_load(Path(__file__).with_name("authority.yaml").read_text(encoding="utf-8"))


def texts() -> Iterator[tuple[str, str, str]]:
    for kind in RegionKind:
        yield from ((kind.value, text, level) for text, level in CASES[kind.value])


def level_of(row: Proposal, kind: RegionKind) -> str:
    found = hint(row, kind, squash(row.text))
    return found.level if found else ""


@pytest.mark.parametrize(("kind", "text", "level"), list(texts()))
def test_what_a_text_tells(kind: str, text: str, level: str) -> None:
    row = Proposal("U1", 2, text=text, village="Mekarsari")
    assert level_of(row, RegionKind(kind)) == level
    assert level in {"", *LEVELS}


@pytest.mark.parametrize("case", CASES["rows"], ids=str)
def test_what_the_other_cells_tell(case: dict[str, str]) -> None:
    row = Proposal(
        "U1",
        2,
        text=case["uraian"],
        field=case.get("bidang", ""),
        agency=case.get("opd", ""),
        location=case.get("lokasi", ""),
        authority=case.get("kewenangan", ""),
        remark=case.get("keterangan", ""),
        volume=case.get("volume", ""),
        unit=case.get("satuan", ""),
    )
    assert level_of(row, RegionKind.REGENCY) == case["hint"]
