"""A run that ends at any of its writes: the archive verifies, and the next run gives what an undisturbed one gives."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from pipeline.archive import desk, log
from pipeline.archive.storage import Content, LocalStorage, Seal, Storage, open_storage
from pipeline.archive.store import Item
from pipeline.archive.verify import verify_storage
from pipeline.errors import ArchiveError, OutputError
from tests.archive.desk import add, add_signed, item, pdf, tree
from tests.archive.old import old_archive


class Killed(BaseException):
    """The run ends here."""


class Dying(Storage):
    """A storage whose run ends before its write number ``last``; remote ones in the middle of a folder, too."""

    def __init__(self, inside: Storage, last: int) -> None:
        self.inside = inside
        self.told = inside.told
        self.local = inside.local
        self.left = last
        self.entries = inside.entries  # type: ignore[method-assign]
        self.exists = inside.exists  # type: ignore[method-assign]
        self.open = inside.open  # type: ignore[method-assign]

    def _write(self) -> None:
        if self.left == 0:
            raise Killed
        self.left -= 1

    def entries(self, under: str = "") -> object:  # type: ignore[override]
        raise NotImplementedError

    def exists(self, path: str) -> bool:
        raise NotImplementedError

    def open(self, path: str) -> object:  # type: ignore[override]
        raise NotImplementedError

    def put(self, path: str, content: Content) -> None:
        self._write()
        self.inside.put(path, content)

    def put_folder(self, path: str, files: Mapping[str, Content], seal: Seal | None = None) -> None:
        if self.local is not None:
            self._write()
            self.inside.put_folder(path, files, seal)
            return
        # Through this storage, so that it ends between two files.
        type(self.inside).put_folder(self, path, files, seal)

    def remove(self, path: str) -> None:
        self._write()
        self.inside.remove(path)


Start = Callable[[Path, Storage], object]


def _new(_tmp_path: Path, _storage: Storage) -> None:
    return


def _one(tmp_path: Path, storage: Storage) -> None:
    add(storage, item(tmp_path), item(tmp_path, name="lain"))


def _old(tmp_path: Path, storage: Storage) -> None:
    old_archive(tmp_path, storage)


STARTS: dict[str, Start] = {"new": _new, "with versions": _one, "of format 1": _old}


def _items(tmp_path: Path) -> list[Item]:
    return [item(tmp_path, text="dua"), item(tmp_path, name="tiga"), item(tmp_path, name="empat")]


def _storage(kind: str, folder: Path) -> Storage:
    return (
        LocalStorage(folder, None, "arsip") if kind == "local" else open_storage(f"memory://uji{folder}", base=folder)
    )


def _all(storage: Storage) -> dict[str, bytes]:
    return {entry.path: storage.read(entry.path) for entry in storage.entries()}


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("kind", ["local", "memory"])
def test_a_run_that_ends_at_any_write(tmp_path: Path, kind: str, start: str) -> None:
    whole = _storage(kind, tmp_path / "utuh")
    STARTS[start](tmp_path, whole)
    add(whole, *_items(tmp_path))
    expected = _all(whole)
    for number in itertools.count():
        storage = _storage(kind, tmp_path / f"{number}")
        STARTS[start](tmp_path, storage)
        try:
            add(Dying(storage, number), *_items(tmp_path))
            ended = True
        except Killed:
            ended = False
        proved = verify_storage(storage)
        assert proved.whole, (number, [str(finding) for finding in proved.findings])
        add(storage, *_items(tmp_path))
        assert _all(storage) == expected, number
        assert verify_storage(storage).findings == ()
        if ended:
            break
    assert number > 5


def test_what_changed_meanwhile_becomes_the_next_version(tmp_path: Path) -> None:
    """The run that was killed had written version 2 whole; now the inputs are others."""
    storage = LocalStorage(tmp_path / "arsip", None, "arsip")
    add(storage, item(tmp_path))
    with pytest.raises(Killed):
        add(Dying(storage, 2), item(tmp_path, text="dua"))
    assert {finding.code for finding in verify_storage(storage).findings} == {"ARS-06"}
    (made,) = add(storage, item(tmp_path, text="tiga"))
    assert made.version == 3
    assert storage.read("sop/reses/v002/reses.pdf") == pdf("dua")
    assert verify_storage(storage).findings == ()


def test_what_a_killed_run_left_is_entered_even_if_its_input_is_gone(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path / "arsip", None, "arsip")
    add(storage, item(tmp_path))
    with pytest.raises(Killed):
        add(Dying(storage, 2), item(tmp_path, text="dua"))
    add(storage, item(tmp_path, name="lain"))
    assert [one.place for one in desk.load(storage).log.filed] == ["sop/reses/v001", "sop/lain/v001", "sop/reses/v002"]
    assert verify_storage(storage).findings == ()


def test_a_left_version_that_somebody_changed_is_no_unfinished_work(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path / "arsip", None, "arsip")
    add(storage, item(tmp_path))
    with pytest.raises(Killed):
        add(Dying(storage, 2), item(tmp_path, text="dua"))
    (tmp_path / "arsip/sop/reses/v002/reses.docx").write_bytes(b"PK lain")
    proved = verify_storage(storage)
    assert not proved.whole
    assert {finding.code for finding in proved.findings} == {"ARS-02", "ARS-06"}


def test_two_runs_from_two_computers(tmp_path: Path) -> None:
    """Where no lock reaches: the second sees that the log is no longer the one it read, and writes no log."""
    storage = open_storage(f"memory://uji{tmp_path}/dua", base=tmp_path)
    add(storage, item(tmp_path))

    class Other(Dying):
        def _write(self) -> None:
            if self.left == 1:
                self.left = 1000
                add(storage, item(tmp_path, name="lain"))
            super()._write()

    with pytest.raises(OutputError, match=r"elsewhere|tempat lain"):
        add(Other(storage, 3), item(tmp_path, text="dua"))
    assert verify_storage(storage).whole
    assert [one.place for one in desk.load(storage).log.filed] == ["sop/reses/v001", "sop/lain/v001"]


def test_a_damaged_log_or_top_file_stops_filing(tmp_path: Path) -> None:
    folder = tmp_path / "arsip"
    add(folder, item(tmp_path))
    before = tree(folder)
    for name in ("catatan.jsonl", "indeks.csv", "tinjauan.ics", "format.txt", "BACA-SAYA.txt"):
        (folder / name).write_bytes(before[name][:-2])
        with pytest.raises(ArchiveError):
            add(folder, item(tmp_path, text="dua"))
        (folder / name).write_bytes(before[name])
    assert tree(folder) == before


def test_an_archive_of_a_later_program_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "arsip"
    add(folder, item(tmp_path))
    (folder / "format.txt").write_text("tertib-arsip 3\n")
    before = tree(folder)
    with pytest.raises(ArchiveError, match=r"newer|lebih baru"):
        add(folder, item(tmp_path, text="dua"))
    assert tree(folder) == before


def test_a_signed_file_is_filed_once(tmp_path: Path) -> None:
    folder = tmp_path / "arsip"
    add(folder, item(tmp_path))
    original = desk.load(LocalStorage(folder, None, "arsip")).log.filed[0]
    assert add_signed(folder, original) is not None
    before = tree(folder)
    assert add_signed(folder, original) is None
    assert tree(folder) == before
    assert len(log.parse(before["catatan.jsonl"]).filed) == 2
