"""An archive on a server reached by SFTP: a real server, with what goes wrong there."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import paramiko
import pytest

from pipeline.archive import remote
from pipeline.archive.storage import MissingError, Storage, open_storage
from pipeline.archive.verify import verify_storage
from pipeline.errors import OutputError, TertibError
from tests.archive.samples import archived, pdf
from tests.archive.sftp_server import Server, serving

PASSWORD = "rahasia uji"
DOCUMENTS = {"reses": {"reses.pdf": pdf("reses"), "reses.docx": b"PK"}, "rapat": {"rapat ke-1 é.pdf": pdf("rapat")}}


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Server]:
    """A server that this computer knows, with a password in the environment."""
    (tmp_path / "home/.ssh").mkdir(parents=True)
    (tmp_path / "server").mkdir()
    with serving(tmp_path / "server", PASSWORD) as made:
        monkeypatch.setenv("HOME", str(tmp_path / "home"))
        monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
        (tmp_path / "home/.ssh/known_hosts").write_text(made.known_host)
        give(monkeypatch, PASSWORD)
        yield made


def give(monkeypatch: pytest.MonkeyPatch, password: str) -> None:
    """Set the password as the program's users do: in the environment, before it starts."""
    import fsspec.config

    monkeypatch.setenv("FSSPEC_SFTP_PASSWORD", password)
    monkeypatch.setitem(fsspec.config.conf, "sftp", {"password": password})


def opened(server: Server) -> Storage:
    """The storage on ``server``."""
    return open_storage(server.address, base=Path())


def told(error: pytest.ExceptionInfo[TertibError]) -> str:
    """What was said, in Indonesian."""
    return error.value.text("id")


def test_what_is_archived_there_verifies_and_is_plain_files(server: Server, tmp_path: Path) -> None:
    assert archived(opened(server), tmp_path / "kerja", DOCUMENTS) == 2
    proved = verify_storage(opened(server))
    assert (proved.findings, proved.versions) == ((), 2)
    folder = server.folder / "arsip"
    assert (folder / "sop/rapat/v001/rapat ke-1 é.pdf").read_bytes() == pdf("rapat")
    assert not [path for path in folder.rglob("*") if path.is_file() and ".tertib" in path.parts]


def test_archiving_again_changes_nothing(server: Server, tmp_path: Path) -> None:
    archived(opened(server), tmp_path / "kerja", DOCUMENTS)
    server.changes.clear()
    assert archived(opened(server), tmp_path / "kerja", DOCUMENTS) == 0
    assert server.changes == []


def test_a_file_takes_the_place_of_an_old_one_in_one_step(server: Server) -> None:
    storage = opened(server)
    storage.put("a/b.txt", b"satu")
    storage.put("a/b.txt", b"dua!!")
    assert storage.read("a/b.txt") == b"dua!!"
    assert not [change for change in server.changes if change.startswith("open") and change.endswith("b.txt")]


def test_faults_are_found(server: Server, tmp_path: Path) -> None:
    archived(opened(server), tmp_path / "kerja", DOCUMENTS)
    folder = server.folder / "arsip/sop"
    (folder / "reses/v001/reses.docx").write_bytes(b"KP")
    (folder / "rapat/v001/versi.json").unlink()
    (folder / "rapat/v001/lain.txt").write_bytes(b"x")
    (folder / "rapat/v001/tautan").symlink_to(folder / "reses/v001/reses.pdf")
    found = {(one.code, one.place.file.partition("/sop/")[2]) for one in verify_storage(opened(server)).findings}
    assert ("ARS-02", "reses/v001/reses.docx") in found
    assert ("ARS-01", "rapat/v001/versi.json") in found
    assert {("ARS-03", "rapat/v001/lain.txt"), ("ARS-03", "rapat/v001/tautan")} <= found


@pytest.mark.parametrize("after", [0, 1, 4, 9, 14, 20, 27, 35])
def test_a_run_cut_off_at_any_change_is_finished_by_the_next(server: Server, tmp_path: Path, after: int) -> None:
    server.refuse_after = after
    with pytest.raises(TertibError):
        archived(opened(server), tmp_path / "kerja", DOCUMENTS)
    server.refuse_after = None
    storage = opened(server)
    assert verify_storage(storage).whole or not storage.exists("catatan.jsonl")
    archived(storage, tmp_path / "kerja", DOCUMENTS)
    proved = verify_storage(storage)
    assert (proved.findings, proved.versions) == ((), 2)


def test_a_file_that_is_not_there_is_missing(server: Server) -> None:
    with pytest.raises(MissingError):
        opened(server).read("catatan.jsonl")
    assert list(opened(server).entries()) == []


def test_a_wrong_password_is_told(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, "salah")
    with pytest.raises(OutputError) as error:
        opened(server)
    assert "FSSPEC_SFTP_PASSWORD" in told(error)
    assert "salah" not in told(error)


@pytest.mark.parametrize("known", ["", "another key"])
def test_a_server_that_is_not_known_is_not_trusted(server: Server, tmp_path: Path, known: str) -> None:
    other = paramiko.ECDSAKey.generate()
    line = f"[127.0.0.1]:{server.port} {other.get_name()} {other.get_base64()}\n" if known else ""
    (tmp_path / "home/.ssh/known_hosts").write_text(line)
    with pytest.raises(OutputError) as error:
        opened(server)
    assert "kunci server" in told(error)


def test_a_folder_that_may_not_be_written_is_told(server: Server) -> None:
    server.refuse_after = 0
    with pytest.raises(OutputError):
        opened(server).put("a.txt", b"x")


def test_a_server_that_went_away_is_told(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    address = server.address.replace(f":{server.port}", ":1")
    with pytest.raises(OutputError) as error:
        open_storage(address, base=Path())
    assert "tidak dapat dihubungi" in told(error)


def test_a_server_that_says_nothing_is_not_waited_for_without_end(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "_PATIENCE", 1)
    storage = opened(server)
    server.silent = True
    for act in (lambda: storage.put("a", b"1"), lambda: storage.read("a"), lambda: list(storage.entries())):
        with pytest.raises(TertibError):
            act()
    server.silent = False


def test_the_command_takes_the_address_and_the_password_from_the_environment(server: Server, tmp_path: Path) -> None:
    archived(opened(server), tmp_path / "kerja", DOCUMENTS)
    command = [sys.executable, "-m", "pipeline", "verify", server.address, "--lang", "id"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "utuh, 2 versi" in done.stdout + done.stderr
    assert PASSWORD not in done.stdout + done.stderr
