"""No room while signing, exporting, or making a document again: said in words, nothing half-made, nothing lost."""

from __future__ import annotations

import errno
import io
import os
from pathlib import Path
from typing import Any

import pytest

from tests.reliability.stages import Stage

PDF = "outputs/uji/sop/surat.pdf"
COMMANDS = {
    "sign": (("sign", PDF), "ttd/surat.pdf tidak dapat ditulis: penyimpanan penuh"),
    "bagit": (("archive", "export", "--bagit", "ekspor"), "Tidak dapat menulis ekspor: penyimpanan penuh"),
    "ocfl": (("archive", "export", "--ocfl", "ekspor/gudang"), "Tidak dapat menulis ekspor: penyimpanan penuh"),
    "rebuild": (("verify", "--rebuild", PDF), "TMPDIR"),
}


class FullDisk:
    """From the write with ``number`` on, no file gets onto the disk; ``asked`` counts them.

    A write is a file that is opened for writing, or flushed to the disk.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
        self.asked = 0
        self._number = number
        self._open, self._fsync = io.open, os.fsync
        monkeypatch.setattr("io.open", self.open)
        monkeypatch.setattr("os.fsync", self.fsync)

    def open(self, file: Any, mode: str = "r", *more: Any, **named: Any) -> Any:
        """``open`` as ``pathlib`` calls it."""
        if set(mode) & set("wax+"):
            self._ask(file)
        return self._open(file, mode, *more, **named)

    def fsync(self, handle: Any) -> None:
        """``os.fsync``."""
        self._ask(None)
        self._fsync(handle)

    def _ask(self, file: Any) -> None:
        self.asked += 1
        if self.asked >= self._number:
            raise OSError(errno.ENOSPC, "No space left on device", None if file is None else os.fspath(file))


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("number", [1, 5, 30])
def test_a_disk_that_fills_up(
    stages: tuple[Stage, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, number: int
) -> None:
    place = stages[-1].after.copy(tmp_path / "tempat")
    before = place.visible()
    command, named = COMMANDS[name]
    command = (*command, *(place.key() if name == "sign" else ()))
    beside = set(place.folder.iterdir())
    with monkeypatch.context() as patch:
        disk = FullDisk(patch, number)
        code, told = place.here(patch, *command)
    said = " ".join(told.split())
    assert "esalahan program" not in said, told
    if disk.asked >= number:
        assert code == 2, told
        assert "penyimpanan penuh" in said
        assert named in said
        assert place.visible() == before
        assert not [path for path in set(place.folder.iterdir()) - beside if any(path.iterdir())]
        assert not list((place.folder / "outputs/uji/sop").rglob("*.part"))
        code, told = place.here(monkeypatch, *command)  # with room again
    assert code == 0, told
    assert place.here(monkeypatch, "verify", "outputs")[0] == 0
