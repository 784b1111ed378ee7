"""What the other recesses of an office tell a recess, and what is told when they cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.model.inputs import OfficeInput
from pipeline.model.recap import Change
from pipeline.model.recess import RecessInput
from pipeline.readers.office import read_office
from pipeline.readers.recess import read_recess
from pipeline.recess.recap import make_recap
from pipeline.run.recess_history import Informed, with_history
from tests.recess import small

SPANS = {
    "2025-masa-1": ("2025-02-03", "2025-02-08"),
    "2025-masa-3": ("2025-10-06", "2025-10-11"),
    "2026-masa-1": ("2026-02-02", "2026-02-07"),
    "2026-masa-2": ("2026-06-01", "2026-06-06"),
}


def office(root: Path, *names: str) -> dict[str, Path]:
    """An office with recesses of ``names``, all with the same rows."""
    folder = small.write(root)
    made = {}
    for name in names:
        made[name] = folder.with_name(name)
        start, end = SPANS[name]
        made[name].mkdir(exist_ok=True)
        main = small.MAIN.replace("2026-02-02", start).replace("2026-02-07", end)
        (made[name] / "reses.yaml").write_text(main, encoding="utf-8")
        for table, text in small.TABLES.items():
            (made[name] / f"{table}.csv").write_text(text, encoding="utf-8")
    return made


def read(folder: Path, root: Path) -> RecessInput:
    return read_recess(folder, read_office(folder.parent.parent, root), root)


def informed(folder: Path, root: Path) -> Informed:
    return with_history([read(folder, root)], root)


def compared(found: Informed) -> str:
    """Name of the recess that the only one is compared with, "" when with none."""
    earlier = found.items[0].history.earlier
    return earlier.held.id.rpartition("/")[2] if earlier else ""


@pytest.mark.parametrize(
    ("own", "setting", "expected"),
    [
        ("2026-masa-1", "", "2025-masa-3"),
        ("2026-masa-2", "", "2026-masa-1"),
        ("2025-masa-1", "", ""),
        ("2026-masa-2", "pembanding: 2025-masa-1\n", "2025-masa-1"),
        ("2026-masa-2", "pembanding: tidak\n", ""),
    ],
)
def test_the_last_recess_before_is_compared_unless_another_is_named(
    own: str, setting: str, expected: str, tmp_path: Path
) -> None:
    folders = office(tmp_path, *SPANS)
    main = folders[own] / "reses.yaml"
    main.write_text(main.read_text(encoding="utf-8") + setting, encoding="utf-8")
    found = informed(folders[own], tmp_path)
    assert compared(found) == expected
    assert not found.notes
    history = found.items[0].history
    assert {held.id.rpartition("/")[2] for held in history.others} == set(SPANS) - {own}
    assert {path.parent.name for path in history.sources if path.name == "reses.yaml"} == set(SPANS) - {own}
    rows = {path.parent.name for path in history.sources if path.name == "aspirasi.csv"}
    assert rows == ({expected} if expected else set())


def test_everything_came_back(tmp_path: Path) -> None:
    folders = office(tmp_path, "2025-masa-3", "2026-masa-1")
    (item,) = informed(folders["2026-masa-1"], tmp_path).items
    comparison = make_recap(small.recess_of(item), history=item.history).comparison
    assert comparison is not None
    assert dict(comparison.counts) == {Change.DONE: 0, Change.REPEATED: 4, Change.NEW: 0, Change.OPEN: 0}
    assert comparison.needs[0].earlier is not None
    assert comparison.needs[0].earlier.source == "inputs/contoh/reses/2025-masa-3/aspirasi.csv:2"
    assert item.history.earlier is not None
    assert item.history.earlier.reported == {"A1", "A2", "A3"}


@pytest.mark.parametrize("broken", ["rows", "main", "gone"])
def test_a_recess_that_cannot_be_read_costs_only_the_comparison(broken: str, tmp_path: Path) -> None:
    folders = office(tmp_path, "2025-masa-3", "2026-masa-1")
    before = folders["2025-masa-3"]
    item = read(folders["2026-masa-1"], tmp_path)

    if broken == "rows":
        (before / "aspirasi.csv").write_bytes(b"\x00\x01\x02")
    elif broken == "main":
        (before / "reses.yaml").write_text("mulai: [", encoding="utf-8")
    elif broken == "gone":
        (before / "reses.yaml").unlink()
    found = with_history([item], tmp_path)
    assert found.items[0].history.earlier is None
    assert len(found.notes) == 1
    assert "2025-masa-3" in str(found.notes[0])


@pytest.mark.parametrize("part", ["read_held", "earlier_of"])
def test_a_fault_of_the_program_is_told_as_one_and_costs_only_the_comparison(
    part: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crashes(*_given: object) -> None:
        raise KeyError("kegiatan")

    folders = office(tmp_path, "2025-masa-3", "2026-masa-1")
    item = read(folders["2026-masa-1"], tmp_path)
    monkeypatch.setattr(f"pipeline.run.recess_history.{part}", crashes)
    found = with_history([item], tmp_path)
    assert found.items[0].history.earlier is None
    last = found.notes[-1].text("id")
    assert "2025-masa-3" in last
    assert "kesalahan program (KeyError: 'kegiatan')" in last


def test_recesses_of_one_run_are_read_once(tmp_path: Path) -> None:
    folders = office(tmp_path, "2025-masa-3", "2026-masa-1", "2026-masa-2")
    items = [read(folders[name], tmp_path) for name in folders]

    def never(folder: Path, office: OfficeInput, root: Path) -> RecessInput:
        raise AssertionError(folder)

    found = with_history(items, tmp_path, never)
    held = [item.history.earlier.held.id.rpartition("/")[2] for item in found.items if item.history.earlier]
    assert held == ["2025-masa-3", "2026-masa-1"]


def test_a_copy_of_the_same_days_is_not_the_recess_before(tmp_path: Path) -> None:
    folders = office(tmp_path, "2026-masa-1")
    copy = folders["2026-masa-1"].with_name("2026-masa-1-salinan")
    copy.mkdir()
    (copy / "reses.yaml").write_text(small.MAIN, encoding="utf-8")
    found = informed(folders["2026-masa-1"], tmp_path)
    assert compared(found) == ""
    assert not found.notes
