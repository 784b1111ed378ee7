"""A check of one SOP knows the other SOPs of its office by number and title."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.model.finding import Finding
from pipeline.run import cache
from tests.run.small import Inputs, inputs

LINE = "keterkaitan:"


@pytest.fixture
def desk(tmp_path: Path) -> Inputs:
    made = inputs(tmp_path, count=2)
    text = made.path("sop/sop-1.yaml").read_text(encoding="utf-8")
    related = "keterkaitan: [SOP Penerimaan Surat Masuk 2, SOP Penyusunan Renstra, SOP Penerimaan Surat Masuks 2]"
    made.write(
        "sop/sop-1.yaml", "\n".join(related if line.startswith(LINE) else line for line in text.splitlines()) + "\n"
    )
    return made


def one(desk: Inputs, code: str) -> list[Finding]:
    paths = (desk.path("sop/sop-1.yaml"),)
    return [finding for finding in desk.check(paths=paths).findings if finding.code == code]


def test_related_sops_are_found_in_files_that_are_not_checked(desk: Inputs) -> None:
    found = one(desk, "IDN-11")
    assert [finding.message.id.split('"')[1] for finding in found] == [
        "SOP Penyusunan Renstra",
        "SOP Penerimaan Surat Masuks 2",
    ]
    assert [related.place.file for related in found[1].related] == ["inputs/kantor/sop/sop-2.yaml"]


def test_a_file_whose_title_is_not_known_leaves_it_open(desk: Inputs) -> None:
    desk.path("sop/sop-3.xlsx").write_bytes(b"PK")
    assert one(desk, "IDN-11") == []


def test_a_number_of_a_file_that_is_not_checked_is_taken(desk: Inputs) -> None:
    assert one(desk, "STR-04") == []
    desk.change("sop/sop-2.yaml", "/002/", "/001/")
    (found,) = one(desk, "STR-04")
    assert found.place.file == "inputs/kantor/sop/sop-1.yaml"


def test_what_is_kept_of_a_run_depends_on_the_files_beside(
    desk: Inputs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "FEWEST", 1)
    monkeypatch.setattr(cache, "_program", lambda: b"always the same")
    paths = (desk.path("sop/sop-1.yaml"),)
    number = "/002/"
    for other, codes in (("/002/", []), ("/001/", ["STR-04"]), ("/003/", [])):
        desk.change("sop/sop-2.yaml", number, other)
        number = other
        for _ in range(2):
            told = desk.check(paths=paths, cache=tmp_path / "simpan").findings
            assert [finding.code for finding in told if finding.code == "STR-04"] == codes
