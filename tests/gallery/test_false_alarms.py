"""Published SOPs, transcribed: every error that is found in them is listed, with the reason why it is right.

``nyata-identitas.yaml`` adds what the transcriptions leave out, the legal basis and the dates of the originals.
``nyata-kesalahan.yaml`` holds the errors, grouped by rule and reason. A rule that finds an error too many or one too
few in twelve real documents shows here.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.model.finding import Severity
from pipeline.model.inputs import SopInput
from pipeline.readers.office import read_office
from pipeline.readers.sop import read_sop
from pipeline.rules.engine import Facts, check_group, check_sop

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
OFFICE = HERE / "inputs" / "nyata"
FACTS = Facts(today=dt.date(2026, 11, 21))
Error = tuple[str, str, str]
"""File name without ending, code, data path with ``/``."""


def load(name: str) -> Any:
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))


IDENTITIES: Mapping[str, Mapping[str, Any]] = load("nyata-identitas.yaml")
LISTED: list[Mapping[str, Any]] = load("nyata-kesalahan.yaml")


@cache
def items() -> tuple[SopInput, ...]:
    office = read_office(OFFICE, ROOT)
    return tuple(completed(read_sop(path, office, ROOT)) for path in sorted((OFFICE / "sop").glob("*.yaml")))


def completed(item: SopInput) -> SopInput:
    assert item.sop is not None
    identity = IDENTITIES[item.path.stem[:3]]
    dates = identity["tanggal"]
    sop = replace(
        item.sop,
        legal_basis=tuple(identity["dasar_hukum"]),
        created=dates["pembuatan"],
        revised=dates["revisi"],
        effective=dates["efektif"],
        records=tuple(identity.get("pencatatan", item.sop.records)),
    )
    return replace(item, sop=sop)


@cache
def found() -> Counter[Error]:
    each = [(item.path.stem, finding) for item in items() for finding in check_sop(item, FACTS)]
    each += [(Path(finding.place.file).stem, finding) for finding in check_group(items(), FACTS)]
    errors = [(name, finding) for name, finding in each if finding.severity is Severity.ERROR]
    return Counter((name, finding.code, "/".join(map(str, finding.path))) for name, finding in errors)


def listed() -> Counter[Error]:
    return Counter(
        (name, entry["aturan"], path)
        for entry in LISTED
        for name, paths in entry["di"].items()
        for path in (paths if isinstance(paths, list) else [paths])
    )


def test_twelve_documents_are_looked_at() -> None:
    assert set(IDENTITIES) == {item.path.stem[:3] for item in items()}
    assert len(IDENTITIES) == 12


def test_every_error_is_listed() -> None:
    assert sorted((found() - listed()).elements()) == []


def test_every_listed_error_is_found() -> None:
    assert sorted((listed() - found()).elements()) == []


@pytest.mark.parametrize("entry", LISTED, ids=lambda entry: f"{entry['aturan']}-{next(iter(entry['di']))[:4]}")
def test_every_error_has_its_reason(entry: Mapping[str, Any]) -> None:
    assert set(entry) == {"aturan", "alasan", "di"}
    assert len(entry["alasan"].split()) >= 8
