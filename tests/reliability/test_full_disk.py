"""No room, no permission, no folder for temporary files: said in words, nothing lost, and the next run completes."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.reliability.office import Workplace
from tests.reliability.stages import COMMANDS, Stage

NAMES = tuple(COMMANDS)
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="rights and limits of POSIX")


def stage_of(stages: tuple[Stage, ...], name: str) -> Stage:
    """The stage of a command after the inputs changed."""
    return next(stage for stage in reversed(stages) if stage.name == name)


def full_from(monkeypatch: pytest.MonkeyPatch, number: int) -> Callable[[], int]:
    """Every flush of a file to the disk fails from the one with ``number`` on; how many there were."""
    real, seen = os.fsync, [0]

    def fsync(handle: Any) -> None:
        seen[0] += 1
        if seen[0] >= number:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    return lambda: seen[0]


def prove_next_run(place: Workplace, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands is old or new, and the next run makes all of it new."""
    old, new = stage.before.visible(), stage.after.visible()
    seen = place.visible()
    odd = {name for name, digest in seen.items() if digest not in (old.get(name), new.get(name))}
    grown = {name for name in odd if "/arsip/" in name and "/" not in name.partition("/arsip/")[2]}
    assert odd - grown <= {"temuan.html", "temuan.json"}, odd
    assert set(old) & set(new) <= set(seen), "nothing is lost"
    for pdf in {name for name in seen if name.endswith(".pdf") and "/arsip/" not in name}:
        docx = pdf.removesuffix(".pdf") + ".docx"
        if old.get(pdf) != new.get(pdf) and old.get(docx) != new.get(docx):
            assert (seen[pdf] == new[pdf]) == (seen[docx] == new[docx]), f"{docx} and its PDF belong together"
    monkeypatch.undo()
    code, told = place.here(monkeypatch, *stage.command)
    assert code == 0, told
    assert place.visible() == new


@POSIX
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("number", [1, 2, 4, 7, 12])
def test_a_disk_that_fills_up(
    stages: tuple[Stage, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, number: int
) -> None:
    stage = stage_of(stages, name)
    place = stage.before.copy(tmp_path / "tempat")
    asked = full_from(monkeypatch, number)
    code, told = place.here(monkeypatch, *stage.command)
    if asked() >= number and code:
        assert code == 2, told
        assert "penuh" in " ".join(told.split()), told
    assert "esalahan program" not in " ".join(told.split()), told
    prove_next_run(place, stage, monkeypatch)


@pytest.mark.parametrize("name", ["build", "recap", "book"])
def test_no_folder_for_temporary_files(
    stages: tuple[Stage, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    stage = stage_of(stages, name)
    place = stage.before.copy(tmp_path / "tempat")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tidak-ada"))
    code, told = place.here(monkeypatch, *stage.command)
    said = " ".join(told.split())
    assert code == 2, told
    assert "TMPDIR" in said, told
    assert "esalahan program" not in said, told
    prove_next_run(place, stage, monkeypatch)


def test_a_record_of_an_earlier_version_is_understood(
    stages: tuple[Stage, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = stage_of(stages, "build")
    place = stage.before.copy(tmp_path / "tempat")
    private = place.folder / "outputs/.tertib"
    rows = []
    for record in private.glob("catatan-*.jsonl"):
        rows += [json.loads(line) for line in record.read_text(encoding="utf-8").splitlines()[1:]]
        record.unlink()
    for row in rows:
        for name in ("unchecked", "title", "basis", "drawn"):
            row.pop(name, None)
        row["masa_depan"] = 1
    assert rows
    value = {"schema_version": 1, "outputs": {row.pop("key"): row for row in rows}}
    (private / "state.json").write_text(json.dumps(value), encoding="utf-8")
    code, told = place.here(monkeypatch, *stage.command)
    assert code == 0, told
    assert "disimpan sebagai" not in " ".join(told.split()), told
    assert place.visible() == stage.after.visible()
