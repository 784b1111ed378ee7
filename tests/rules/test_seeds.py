"""The SOPs of ``inputs/`` as the program reads them: the published one with its faults, and those without."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from pipeline.model.finding import Finding, Severity
from pipeline.readers.office import read_office
from pipeline.readers.sop import read_sop
from pipeline.rules.engine import Facts, check_group, check_sop
from tests.rules import desk

ROOT = Path(__file__).resolve().parents[2]
EXPECTED = (
    *("IDN-09", "IDN-10", "HKM-01", "HKM-11", "MUT-01", "MUT-02", "MUT-07", "PLK-01", "PLK-02", "PLK-13"),
    *("KEG-01", "KEG-02", "KEG-03", "KEG-08", "BHS-01", "BHS-02", "BHS-04", "RES-02", "RES-04", "TTD-03", "TTD-04"),
    *("IDN-04", "IDN-05", "IDN-08", "PLK-05", "PLK-07", "DUR-03", "HKM-08", "HKM-10", "HKM-12", "PLK-09"),
    *("IDN-02", "IDN-13", "IDN-14", "IDN-15", "IDN-17", "TGL-02", "TGL-06"),
    *("PLK-04", "PLK-06", "PLK-08", "KEG-04", "KEG-06", "RES-06", "RES-11", "RES-15", "MUT-03", "MUT-06"),
)
FORBIDDEN = ("TTD-02", "RES-01", "TGL-01", "TGL-04", "HKM-09", "INT-01", "IDN-01", "IDN-12", "DUR-01", "DUR-06")


TOGETHER = {
    "banyumas": [
        ("IDN-03", "inputs/banyumas/kantor.yaml"),
        ("IDN-11", "inputs/banyumas/sop/penyusunan-renstra.yaml"),
        ("STR-07", "inputs/banyumas/sop/pelaksanaan-reses-usulan.yaml"),
    ],
    "bekasi": [("IDN-03", "inputs/bekasi/kantor.yaml")],
}
"""What is found in the SOPs of an office together: offices without a logo, a related SOP with another title ("SOP
Reses"), and SOPs that do not say of which type they are."""


@cache
def check(office: str) -> dict[str, tuple[Finding, ...]]:
    folder = ROOT / "inputs" / office
    read = read_office(folder, ROOT)
    items = [read_sop(path, read, ROOT) for path in sorted((folder / "sop").glob("*.yaml"))]
    facts = Facts(today=desk.TODAY)
    assert sorted((f.code, f.place.file) for f in check_group(items, facts)) == TOGETHER.get(office, [])
    return {item.path.stem: check_sop(item, facts) for item in items}


def test_the_published_sop_has_exactly_the_known_faults() -> None:
    count = Counter(f.code for f in check("banyumas")["penyusunan-renstra"])
    assert set(count) == set(EXPECTED)
    assert count["PLK-02"] == 2
    assert not set(count) & set(FORBIDDEN)


def test_the_idle_columns_are_these_two() -> None:
    found = [f.message.id for f in check("banyumas")["penyusunan-renstra"] if f.code == "PLK-02"]
    assert ["FPKA" in found[0], "Masyarakat" in found[1]] == [True, True]


def test_the_revoked_law_points_to_the_law_of_today() -> None:
    found = next(f for f in check("banyumas")["penyusunan-renstra"] if f.code == "HKM-01")
    assert found.severity is Severity.ERROR
    assert "Undang-Undang Nomor 23 Tahun 2014" in found.help.id
    assert "5 Agustus 2014" in found.message.id


def test_the_capital_of_tentang_is_a_remark_only() -> None:
    found = [f for f in check("banyumas")["penyusunan-renstra"] if f.code == "HKM-08"]
    assert [f.severity for f in found] == [Severity.INFO]


def test_a_draft_is_not_blocked() -> None:
    assert not any(f.blocks for f in check("banyumas")["penyusunan-renstra"])


def test_the_proposed_revision_has_no_error() -> None:
    found = check("banyumas")["pelaksanaan-reses-usulan"]
    assert [f.message.id for f in found if f.severity is Severity.ERROR] == []


def test_the_fictional_office_has_four_sops_without_errors_or_warnings() -> None:
    sops = check("contoh")
    assert len(sops) == 4
    assert [f.message.id for found in sops.values() for f in found if f.severity is not Severity.INFO] == []


@pytest.mark.parametrize("index", range(7))
def test_narrative_drafts_are_reported_group_by_group(index: int) -> None:
    sops = check("bekasi")
    assert len(sops) == 7
    found = list(sops.values())[index]
    count = Counter(f.code for f in found)
    assert 4 <= count["NAR-01"] <= 6
    assert not set(count) & {"IDN-01", "IDN-09", "PLK-01", "PLK-02", "MUT-01", "MUT-02", "INT-01"}
    assert not any(f.blocks for f in found)


def test_narrative_drafts_say_which_steps_name_nobody() -> None:
    said = {}
    for name, found in check("bekasi").items():
        (text,) = [f.message.id for f in found if f.code == "NAR-01" and "siapa" in f.message.id]
        assert not any("padahal kalimatnya" in f.message.id for f in found)
        said[name[:2]] = text.partition("langkah ")[2].rstrip(".")
    assert said == {"01": "1, 3", "02": "2, 3", "03": "2, 3", "04": "3", "05": "3", "06": "3", "07": "1, 2, 3"}


def test_plenary_session_is_the_wrong_term() -> None:
    found = check("bekasi")["04-pengelolaan-sidang-paripurna"]
    assert "NAR-04" in {f.code for f in found}
