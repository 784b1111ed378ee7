"""Real changes of files, as the system tells them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.run import changes as module
from pipeline.run.changes import FileChanges

PATIENCE = 20.0


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "inputs"
    (folder / "sop").mkdir(parents=True)
    (folder / "sop/a.yaml").write_text("satu")
    return folder


def is_yaml(path: Path) -> bool:
    return path.suffix == ".yaml" or path.is_dir()


@pytest.fixture(params=[None, True], ids=["told", "polling"])
def listening(root: Path, request: pytest.FixtureRequest) -> Iterator[FileChanges]:
    with FileChanges([root], is_yaml, polling=request.param) as made:
        yield made


def heard(changes: FileChanges, *wanted: Path) -> set[Path]:
    """What is told until all ``wanted`` were."""
    found: set[Path] = set()
    end = time.monotonic() + PATIENCE
    while not found.issuperset(wanted) and time.monotonic() < end:
        found |= changes.next(0.1)
    return found


def replaced(path: Path) -> None:
    aside = path.with_name("C07E1A00")
    aside.write_text("ditulis di samping")
    aside.replace(path)


def written(path: Path) -> None:
    path.write_text("ditulis di tempat")


def written_slowly(path: Path) -> None:
    with path.open("w") as file:
        for part in ("separuh", "separuh lagi"):
            file.write(part)
            file.flush()


@pytest.mark.parametrize("save", [replaced, written, written_slowly, Path.unlink])
def test_however_a_file_is_saved_its_name_is_told(
    listening: FileChanges, root: Path, save: Callable[[Path], None]
) -> None:
    path = root / "sop/a.yaml"
    save(path)
    assert path in heard(listening, path)


def test_two_saves_within_a_second_are_two(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_LOOK", 0.02)
    path = root / "sop/a.yaml"
    with FileChanges([root], is_yaml, polling=True) as changes:
        for text in ("dua", "tiga", "empat"):
            path.write_text(text)
            assert heard(changes, path) == {path}


def test_what_does_not_matter_is_not_told(listening: FileChanges, root: Path) -> None:
    (root / "sop/~$a.xlsx").write_text("")
    last = root / "sop/b.yaml"
    last.write_text("")
    assert {path.suffix for path in heard(listening, last)} <= {".yaml", ""}


def test_nothing_comes_for_a_while(listening: FileChanges) -> None:
    assert listening.next(0) == frozenset()
    assert listening.next(0.05) == frozenset()


def test_a_folder_of_the_same_name_is_watched_in_its_place(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_TICK", 0.05)
    with FileChanges([root], lambda path: path.suffix == ".yaml") as changes:
        root.rename(tmp_path / "lama")
        root.mkdir()
        assert root in heard(changes, root)
        new = root / "b.yaml"
        new.write_text("")
        assert new in heard(changes, new)


def test_a_folder_that_is_gone_ends_the_watching(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_TICK", 0.05)
    with FileChanges([root], is_yaml) as changes:
        root.rename(root.with_name("lain"))
        with pytest.raises(UsageError, match="inputs"):
            heard(changes, root / "tidak pernah")


def test_where_the_system_has_no_more_watches_it_is_looked_at(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def limited(*_: object, **__: object) -> Iterator[object]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("watchfiles.watch", limited)
    with FileChanges([root], is_yaml) as changes:
        path = root / "sop/a.yaml"
        path.write_text("dua")
        assert path in heard(changes, path)
        assert changes.polling


def test_a_watcher_that_fails_is_heard_of(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> Iterator[object]:
        raise RuntimeError("rusak")

    monkeypatch.setattr("watchfiles.watch", broken)
    with FileChanges([root], is_yaml) as changes, pytest.raises(RuntimeError, match="rusak"):
        changes.next(PATIENCE)


@pytest.mark.parametrize(("kind", "far"), [("cifs", True), ("nfs4", True), ("ext4", False)])
def test_drives_of_other_computers_are_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, far: bool
) -> None:
    folder = tmp_path / "drive kantor"
    folder.mkdir()
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/x / ext4 rw 0 0\n//s/d {str(folder).replace(' ', chr(92) + '040')} {kind} rw 0 0\n")
    monkeypatch.setattr(module, "MOUNTS", mounts)
    monkeypatch.setattr("sys.platform", "linux")
    assert FileChanges([folder], is_yaml).polling is far
    monkeypatch.setattr("sys.platform", "win32")
    assert FileChanges([folder], is_yaml).polling is False
