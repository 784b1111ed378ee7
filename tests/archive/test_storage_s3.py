"""An archive in S3-compatible storage: a real server over HTTP, with what goes wrong there."""

from __future__ import annotations

import datetime as dt
import socket
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from pipeline.archive import remote
from pipeline.archive.storage import MissingError, Storage, UnreadableError, open_storage
from pipeline.archive.verify import verify_storage
from pipeline.errors import OutputError, TertibError
from pipeline.run.archive import verify
from pipeline.run.archive_export import export
from pipeline.run.events import Silent
from pipeline.run.settings import Settings
from tests.archive.samples import archived, pdf
from tests.archive.storage_server import BUCKET, KEYS, Server, serving

PLACE = f"s3://{BUCKET}/kabupaten/arsip"
DOCUMENTS = {"reses": {"reses.pdf": pdf("reses"), "reses.docx": b"PK"}, "rapat": {"rapat ke-1 é.pdf": pdf("rapat")}}


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    from botocore import session

    with serving() as made, pytest.MonkeyPatch.context() as patch:
        # Each storage opened here would read the description of all of S3 again.
        patch.setattr(session, "create_loader", cache(session.create_loader))
        yield made


@pytest.fixture
def server(running: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Server]:
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    for name, value in running.environment.items():
        monkeypatch.setenv(name, value)
    running.forget()
    running.make_bucket()
    yield running
    running.hook = None


def opened(address: str = PLACE) -> Storage:
    """The storage at ``address``."""
    return open_storage(address, base=Path())


def told(error: pytest.ExceptionInfo[TertibError]) -> str:
    """What was said, in Indonesian."""
    return error.value.text("id")


def test_what_is_archived_there_verifies(server: Server, tmp_path: Path) -> None:
    assert archived(opened(), tmp_path / "kerja", DOCUMENTS) == 2
    proved = verify_storage(opened())
    assert (proved.findings, proved.versions) == ((), 2)
    assert opened().read("sop/rapat/v001/rapat ke-1 é.pdf") == pdf("rapat")


def test_archiving_again_writes_nothing(server: Server, tmp_path: Path) -> None:
    archived(opened(), tmp_path / "kerja", DOCUMENTS)
    server.requests.clear()
    assert archived(opened(), tmp_path / "kerja", DOCUMENTS) == 0
    assert server.requests["PUT"] == server.requests["POST"] == server.requests["DELETE"] == 0
    assert server.requests["GET"] > 0


def test_verifying_only_reads_and_asks_once_per_reading(server: Server, tmp_path: Path) -> None:
    archived(opened(), tmp_path / "kerja", DOCUMENTS)
    storage = opened()
    server.requests.clear()
    verify_storage(storage)
    assert set(server.requests) == {"GET"}


def test_a_new_version_leaves_the_old_one_alone(server: Server, tmp_path: Path) -> None:
    archived(opened(), tmp_path / "kerja", DOCUMENTS)
    server.paths.clear()
    changed = {"reses": {"reses.pdf": pdf("baru"), "reses.docx": b"PK"}}
    assert archived(opened(), tmp_path / "kerja", changed) == 1
    written = [path for path in server.paths if path.startswith(("PUT", "POST", "DELETE")) and "/sop/" in path]
    assert written
    assert all("/sop/reses/v002/" in path for path in written)
    assert verify_storage(opened()).findings == ()


@pytest.mark.parametrize("size", [0, 1, remote._SMALL - 1, remote._SMALL + 1])
def test_files_of_any_size_come_back(server: Server, tmp_path: Path, size: int) -> None:
    data = bytes(size % 251 for _ in range(1)) * size
    (tmp_path / "berkas").write_bytes(data)
    storage = opened()
    storage.put("a", data)
    storage.put("b", tmp_path / "berkas")
    with opened().open("b") as file:
        assert file.read() == data
    assert opened().read("a") == data


def test_a_changed_a_removed_and_an_added_object_are_found(server: Server, tmp_path: Path) -> None:
    archived(opened(), tmp_path / "kerja", DOCUMENTS)
    storage = opened()
    storage.put("sop/reses/v001/reses.docx", b"KP")
    storage.remove("sop/rapat/v001/versi.json")
    storage.put("sop/rapat/v001/lain.txt", b"x")
    found = {
        (finding.code, finding.place.file.removeprefix(f"{PLACE}/")) for finding in verify_storage(opened()).findings
    }
    assert ("ARS-02", "sop/reses/v001/reses.docx") in found
    assert ("ARS-01", "sop/rapat/v001/versi.json") in found
    assert ("ARS-03", "sop/rapat/v001/lain.txt") in found


@pytest.mark.parametrize("at", [1, 2, 3, 5, 8, 13, 14])
def test_a_run_cut_off_after_any_writing_is_finished_by_the_next(server: Server, tmp_path: Path, at: int) -> None:
    puts = 0

    def cut(method: str) -> bool:
        nonlocal puts
        puts += method == "PUT"
        return puts >= at

    storage = opened()
    server.hook = cut
    with pytest.raises(TertibError):
        archived(storage, tmp_path / "kerja", DOCUMENTS)
    server.hook = None
    assert verify_storage(storage).whole or not storage.exists("catatan.jsonl")
    archived(storage, tmp_path / "kerja", DOCUMENTS)
    proved = verify_storage(storage)
    assert (proved.findings, proved.versions) == ((), 2)


def test_without_the_bucket_nothing_is_done(server: Server) -> None:
    with pytest.raises(OutputError) as error:
        opened("s3://tidak-ada/arsip")
    assert "bucket" in told(error)
    assert server.requests["PUT"] == 0


def test_a_file_that_is_not_there_is_missing(server: Server) -> None:
    with pytest.raises(MissingError):
        opened().read("catatan.jsonl")
    assert not opened().exists("catatan.jsonl")
    assert list(opened().entries("sop")) == []


def test_unknown_keys_are_refused(server: Server, tmp_path: Path) -> None:
    storage = opened()
    server.demand_keys()
    for act in (opened, lambda: storage.read("a"), lambda: storage.put("a", b"1"), lambda: list(storage.entries())):
        with pytest.raises(OutputError) as error:
            act()
        assert "AWS_ACCESS_KEY_ID" in told(error)


def test_no_keys_at_all_are_told(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    for name in KEYS:
        monkeypatch.delenv(name)
    with pytest.raises(OutputError) as error:
        opened()
    assert "AWS_ACCESS_KEY_ID" in told(error)


def test_a_server_that_went_away_is_told(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{free.getsockname()[1]}")
    with pytest.raises(OutputError) as error:
        opened()
    assert "tidak dapat dihubungi" in told(error)


def test_a_server_that_says_nothing_is_not_waited_for_without_end(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "_PATIENCE", 1)
    monkeypatch.setattr(remote, "_QUICK", {**remote._QUICK, "read_timeout": 1})
    storage = opened()
    stuck = threading.Event()
    server.hook = lambda method: stuck.wait(20)
    for act in (lambda: storage.read("a"), lambda: storage.put("a", b"1")):
        with pytest.raises((OutputError, UnreadableError)) as error:
            act()
        assert "tidak dapat dihubungi" in told(error)
    stuck.set()


def test_the_commands_take_the_address(server: Server, tmp_path: Path) -> None:
    archived(opened(), tmp_path / "kerja", DOCUMENTS)
    settings = Settings(tmp_path, tmp_path / "outputs", dt.date(2026, 5, 4), paths=(Path(PLACE),))
    assert verify(settings, Silent()).exit_code == 0
    assert export(settings, Silent(), form="bagit", folder=Path("serah")).exit_code == 0
    assert (tmp_path / "serah/contoh/data/sop/reses/v001/reses.pdf").read_bytes() == pdf("reses")
