"""Storages: files appear whole or not at all, and what goes wrong is said in words."""

from __future__ import annotations

import errno
import os
import resource
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.archive.storage import (
    LocalStorage,
    MissingError,
    Storage,
    UnreadableError,
    checked,
    open_storage,
    scheme_of,
    unwritable,
)
from pipeline.errors import ArchiveError, OutputError

KINDS = ("local", "memory")


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    """An empty storage of every kind that needs no server."""
    address = str(tmp_path / "arsip") if request.param == "local" else f"memory://uji{tmp_path}"
    return open_storage(address, base=tmp_path)


def test_what_is_put_is_there(place: Storage, tmp_path: Path) -> None:
    (tmp_path / "besar.bin").write_bytes(b"x" * 3_000_000)
    place.put("a/b.txt", b"satu")
    place.put("a/b.txt", b"dua")
    place.put("kosong", b"")
    seals: list[list[str]] = []

    def seal(hashes: object) -> dict[str, bytes]:
        seals.append(sorted(hashes))  # type: ignore[call-overload]
        return {"akhir.txt": b"segel"}

    place.put_folder("sop/x/v001", {"x.pdf": tmp_path / "besar.bin", "sumber/y.csv": b"1"}, seal)
    assert place.read("a/b.txt") == b"dua"
    assert {(entry.path, entry.size) for entry in place.entries()} == {
        ("a/b.txt", 3),
        ("kosong", 0),
        ("sop/x/v001/x.pdf", 3_000_000),
        ("sop/x/v001/sumber/y.csv", 1),
        ("sop/x/v001/akhir.txt", 5),
    }
    assert seals == [["sumber/y.csv", "x.pdf"]]
    assert {entry.path for entry in place.entries("sop/x")} == {
        "sop/x/v001/x.pdf",
        "sop/x/v001/sumber/y.csv",
        "sop/x/v001/akhir.txt",
    }
    assert list(place.entries("tidak-ada")) == []


def test_what_is_there_and_what_is_not(place: Storage) -> None:
    place.put("a/b", b"1")
    assert (place.exists("a/b"), place.exists("a"), place.exists("c")) == (True, False, False)
    with pytest.raises(MissingError):
        place.read("c")
    with pytest.raises(MissingError):
        place.open("a/c")
    place.remove("a/b")
    place.remove("a/b")
    assert list(place.entries()) == []


@pytest.mark.parametrize(
    "path",
    ["", "/etc/passwd", "../x", "a/../../x", "a//b", "a/./b", "a\\b", "C:/x", "a\nb", "a\x00b", "a\udc80b", "a/"],
)
def test_paths_that_lead_elsewhere_are_refused(place: Storage, path: str) -> None:
    for use in (lambda: place.put(path, b"x"), lambda: place.read(path), lambda: place.put_folder(path, {"x": b""})):
        with pytest.raises(ArchiveError):
            use()
    with pytest.raises(ArchiveError):
        place.put_folder("baik", {path: b"x"})
    assert list(place.entries()) == []


@pytest.mark.parametrize(
    "path", ["Rapat & Reses; (1) é 漢字 'x'.pdf", " a", "a.", "con", "a b/c%20d/#e?.csv", "-rf", "~"]
)
def test_odd_names_are_kept(place: Storage, path: str) -> None:
    assert checked(path) == path
    place.put(path, b"isi")
    assert place.read(path) == b"isi"
    assert [entry.path for entry in place.entries()] == [path]


@pytest.mark.parametrize(
    ("address", "scheme"),
    [
        ("outputs/x/arsip", ""),
        ("D:/Arsip", ""),
        ("D:\\Arsip", ""),
        ("/srv/arsip", ""),
        ("s3://ember/x", "s3"),
        ("S3://ember", "s3"),
        ("sftp://a@b/c", "sftp"),
        ("file:///srv", "file"),
        ("s3:ember", "s3"),
    ],
)
def test_addresses(address: str, scheme: str) -> None:
    assert scheme_of(address) == scheme


def test_file_addresses_are_folders(tmp_path: Path) -> None:
    for address in (f"file://{tmp_path}/arsip", f"file:{tmp_path}/arsip", str(tmp_path / "arsip"), "arsip"):
        assert open_storage(address, base=tmp_path).local == tmp_path / "arsip"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("ftp://server/arsip", "ftp tidak dikenal"),
        ("s3:ember", "tidak lengkap"),
        ("s3://", "tidak lengkap"),
        ("sftp://server:pelabuhan/x", "tidak lengkap"),
        ("s3://ember/../lain", "tidak lengkap"),
        ("sftp://orang:rahasia@server/x", "kata sandi tidak boleh"),
    ],
)
def test_addresses_that_cannot_be_used(tmp_path: Path, address: str, words: str) -> None:
    with pytest.raises(OutputError) as caught:
        open_storage(address, base=tmp_path)
    assert words in caught.value.text("id")
    assert "rahasia" not in caught.value.text("id")


def test_what_is_not_installed_is_told_with_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "s3fs", None)
    with pytest.raises(OutputError) as caught:
        open_storage("s3://ember/x", base=tmp_path)
    assert 'folder Tertib dengan: pip install -e ".[s3]"' in caught.value.text("id")


def test_a_server_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("paramiko")
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(OutputError) as caught:
        open_storage("sftp://localhost:1/arsip", base=tmp_path)
    assert "tidak dapat dihubungi" in caught.value.text("id")


def test_folders_do_not_import_what_servers_need() -> None:
    code = "import sys, pipeline.archive.storage, pipeline.run.archive; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"fsspec", "s3fs", "paramiko", "pikepdf", "asyncio"} & set(done.stdout.split())


# Only folders from here on.


@pytest.fixture
def local(tmp_path: Path) -> LocalStorage:
    """A folder."""
    return LocalStorage(tmp_path / "arsip", None, "arsip")


def test_links_are_told_and_not_followed(local: LocalStorage, tmp_path: Path) -> None:
    (tmp_path / "luar").mkdir()
    (tmp_path / "luar/x").write_bytes(b"rahasia")
    local.put("a", b"1")
    (local.local / "berkas").symlink_to(tmp_path / "luar/x")
    (local.local / "folder").symlink_to(tmp_path / "luar")
    assert [(entry.path, entry.plain) for entry in local.entries()] == [
        ("a", True),
        ("berkas", False),
        ("folder", False),
    ]
    for path in ("berkas", "folder/x"):
        with pytest.raises(UnreadableError):
            local.read(path)
    with pytest.raises(ArchiveError):
        local.put("folder/y", b"2")
    assert list((tmp_path / "luar").iterdir()) == [tmp_path / "luar/x"]


def test_no_work_is_left(local: LocalStorage, tmp_path: Path) -> None:
    local.put("a", b"1")
    local.put_folder("b", {"c": b"2"})
    assert sorted(path.name for path in local.local.iterdir()) == ["a", "b"]
    with pytest.raises(OutputError):
        local.put_folder("d", {"e": tmp_path / "tidak-ada"})
    assert sorted(path.name for path in local.local.iterdir()) == ["a", "b"]


def test_work_is_done_on_the_disk_of_the_archive(tmp_path: Path) -> None:
    other = Path("/dev/shm")
    if not other.is_dir() or other.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no second disk here")
    with tempfile.TemporaryDirectory(dir=other) as work:
        local = LocalStorage(tmp_path / "arsip", Path(work, "kerja"), "arsip")
        local.put("a", b"1")
        local.put_folder("b", {"c": b"2"})
    assert [entry.path for entry in local.entries()] == ["a", "b/c"]
    assert not (tmp_path / "arsip/.tertib").exists()


def test_a_folder_that_is_there_is_not_written_over(local: LocalStorage) -> None:
    local.put_folder("b", {"c": b"2"})
    with pytest.raises(OutputError, match="name is taken"):
        local.put_folder("b", {"d": b"3"})
    assert [entry.path for entry in local.entries()] == ["b/c"]


def test_others_may_read_what_was_filed(local: LocalStorage) -> None:
    mask = os.umask(0o022)
    try:
        local.put_folder("v001", {"a/b": b"1"})
    finally:
        os.umask(mask)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in local.local.rglob("*")}
    assert modes == {"v001": 0o755, "a": 0o755, "b": 0o644}


@pytest.fixture
def small_disk() -> Iterator[None]:
    """No file can become larger than 1,000 bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.usefixtures("small_disk")
def test_a_full_disk_leaves_what_was_there(local: LocalStorage) -> None:
    local.put("catatan", b"lama")
    with pytest.raises(OutputError, match="arsip/catatan"):
        local.put("catatan", b"x" * 2000)
    with pytest.raises(OutputError, match="arsip/v1"):
        local.put_folder("v1", {"a": b"1", "b": b"x" * 2000})
    assert local.read("catatan") == b"lama"
    assert [entry.path for entry in local.entries()] == ["catatan"]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EDQUOT])
def test_what_the_system_refuses_is_told(local: LocalStorage, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    local.put("a", b"lama")

    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OutputError) as caught:
        local.put("a", b"baru")
    assert "Isi arsip sebelumnya tidak diubah" in caught.value.text("id")
    monkeypatch.undo()
    assert local.read("a") == b"lama"


def test_a_name_that_is_too_long_is_told(local: LocalStorage, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(OutputError, match="too long"):
        local.put("x" * 300, b"1")
    # Windows says of a path of more than 259 signs that it does not exist.
    monkeypatch.setattr(sys, "platform", "win32")
    told = unwritable("D:/" + "x" * 300, FileNotFoundError(errno.ENOENT, "no such file"))
    assert "namanya terlalu panjang" in told.text("id")
