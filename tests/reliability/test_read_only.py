"""Folders that may only be read: the folder is named, with what to do, and the next run completes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.powers import ordinary_rights
from tests.reliability.office import Workplace
from tests.reliability.stages import COMMANDS, Stage

ARCHIVE = "outputs/uji/arsip"
CASES = [
    *(("outputs", name) for name in COMMANDS),
    ("outputs/uji/sop", "build"),
    ("outputs/uji", "book"),
    (ARCHIVE, "archive"),
    (ARCHIVE, "signed"),
]
"""The folder that may only be read, with all in it, and the command."""


@pytest.mark.parametrize(("folder", "name"), CASES)
@ordinary_rights()
def test_a_folder_that_may_only_be_read(
    stages: tuple[Stage, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, name: str
) -> None:
    stage = next(stage for stage in reversed(stages) if stage.name == name)
    place = stage.before.copy(tmp_path / "tempat")
    before = documents(place)
    with read_only(place.folder / folder):
        code, told = place.here(monkeypatch, *stage.command)
        said = " ".join(told.split())
        assert code == 2, told
        assert "tidak ada izin" in said
        assert folder in said
        assert "esalahan program" not in said
        pairs = {path for path in before if not path.startswith("uji/arsip/")}
        assert {path: documents(place).get(path) for path in pairs} == {path: before[path] for path in pairs}
        assert place.here(monkeypatch, "verify", "outputs")[0] == 0 or not (place.folder / ARCHIVE).exists()
    code, told = place.here(monkeypatch, *stage.command)
    assert code == 0, told
    assert documents(place) == documents(stage.after)


@ordinary_rights()
def test_a_folder_for_signed_files_that_may_only_be_read(
    stages: tuple[Stage, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = stages[-1].after.copy(tmp_path / "tempat")
    command = ("sign", "outputs/uji/sop/surat.pdf", *place.key())
    with read_only(place.folder / "outputs/uji/sop"):
        code, told = place.here(monkeypatch, *command)
    said = " ".join(told.split())
    assert code == 2, told
    assert "ttd/surat.pdf tidak dapat ditulis: tidak ada izin" in said
    assert "--to" in said
    assert place.here(monkeypatch, *command, "--to", "ttd")[0] == 0


@pytest.mark.parametrize("form", ["--bagit", "--ocfl"])
@ordinary_rights()
def test_a_folder_for_exports_that_may_only_be_read(
    stages: tuple[Stage, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    place = stages[-1].after.copy(tmp_path / "tempat")
    target = place.folder / "ekspor"
    target.mkdir()
    command = ("archive", "export", form, "ekspor/baru")
    with read_only(target):
        code, told = place.here(monkeypatch, *command)
        assert code == 2, told
        assert "Tidak dapat menulis" in " ".join(told.split())
        assert "ekspor/baru" in told
        assert "tidak ada izin" in " ".join(told.split())
        assert list(target.iterdir()) == []
    assert place.here(monkeypatch, *command)[0] == 0
    assert place.here(monkeypatch, "verify", "outputs")[0] == 0


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Within, nothing can be made, changed or removed in ``folder`` and below it."""
    folders = [Path(base) for base, _, _ in os.walk(folder)]
    for one in folders:
        one.chmod(0o555)
    try:
        yield
    finally:
        for one in folders:
            one.chmod(0o755)


def documents(place: Workplace) -> dict[str, str]:
    """All that is visible but the report of the last run."""
    return {name: digest for name, digest in place.visible().items() if not name.startswith("temuan.")}
