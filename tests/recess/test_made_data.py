"""The made recesses that the benchmarks measure: valid, alike for equal seeds, and with what real ones have."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from benchmarks.recess_data import EARLIER, RECESS, make_office
from pipeline.model.finding import Severity
from pipeline.run.baseline import begin
from pipeline.run.events import Silent
from pipeline.run.recess_check import check_recesses
from pipeline.run.settings import Settings


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_equal_seeds_give_equal_bytes(tmp_path: Path) -> None:
    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        make_office(tmp_path / name, members=6, proposals=200, seed=seed, earlier=True, areas=True)
    assert files(tmp_path / "a") == files(tmp_path / "b")
    assert files(tmp_path / "a") != files(tmp_path / "c")


@pytest.mark.parametrize(("members", "proposals", "earlier"), [(1, 30, True), (50, 900, True), (60, 80, False)])
def test_the_made_recess_is_as_asked_for_and_nothing_blocks_it(
    members: int, proposals: int, earlier: bool, tmp_path: Path
) -> None:
    office = tmp_path / "inputs" / "kantor"
    folder = make_office(office, members=members, proposals=proposals, earlier=earlier, areas=earlier)
    folders = [office / "reses" / name for name in ((RECESS, EARLIER) if earlier else (RECESS,))]
    assert folder == folders[0]
    for each in folders:
        assert (len(rows(each, "anggota")), len(rows(each, "aspirasi"))) == (members, proposals)
    settings = Settings(tmp_path, tmp_path / "outputs", dt.date(2026, 3, 2))
    checked = check_recesses(folders, settings, Silent(), begin(settings))
    assert [finding.message for finding in checked.findings if finding.severity is Severity.ERROR] == []
    assert not checked.blocked


def test_some_are_said_again_and_some_have_no_amount(tmp_path: Path) -> None:
    found = rows(make_office(tmp_path, proposals=2_000), "aspirasi")
    places = [(row["bidang"], row["desa"], row["lokasi"], row["volume"]) for row in found]
    assert 0.06 < 1 - len(set(places)) / len(found) < 0.12
    assert 0.02 < sum(not row["anggaran"] for row in found) / len(found) < 0.25
    assert {row["anggaran"][:2] for row in found} >= {"Rp", ""}
