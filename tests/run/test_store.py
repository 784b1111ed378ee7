"""The file of kept values: bounded, shared by runs, and never in the way when something is wrong with it."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.run import store as module
from pipeline.run.store import Store
from tests.powers import ordinary_rights

DAY = 739_000


def put(folder: Path, **values: object) -> None:
    store = Store(folder, DAY)
    for key, value in values.items():
        store.put(key.encode(), value)
    store.close()


def got(folder: Path, *keys: str, day: int = DAY) -> list[object]:
    store = Store(folder, day)
    found = [store.get(key.encode()) for key in keys]
    store.close()
    return found


def the_file(folder: Path) -> Path:
    (file,) = folder.glob("*.sqlite3")
    return file


def test_values_are_there_in_the_next_run(tmp_path: Path) -> None:
    put(tmp_path / "a" / "b", x=["ä", 1, None], y={"z": True})
    assert got(tmp_path / "a" / "b", "x", "y", "z") == [["ä", 1, None], {"z": True}, None]


@pytest.mark.skipif(sys.platform == "win32", reason="no modes there")
def test_its_folder_is_for_this_user_only(tmp_path: Path) -> None:
    put(tmp_path / "cache", x=1)
    assert (tmp_path / "cache").stat().st_mode & 0o077 == 0


def test_it_stays_small_and_keeps_what_was_used_last(tmp_path: Path) -> None:
    text = random.Random(1).randbytes(100_000).hex()
    most = 1_000_000
    for day in range(40):
        store = Store(tmp_path, DAY + day, most)
        store.put(f"n{day}".encode(), text + str(day))
        assert store.get(b"n0") is not None or day == 0, "what is used every day stays"
        store.close()
    assert the_file(tmp_path).stat().st_size <= most * 1.1
    assert got(tmp_path, "n39") != [None]
    assert None in got(tmp_path, *(f"n{day}" for day in range(39)))


@pytest.mark.parametrize("damage", [b"", b"rubbish" * 999, None])
def test_a_damaged_file_is_no_trouble_and_is_started_anew(tmp_path: Path, damage: bytes | None) -> None:
    put(tmp_path, x="some value" * 1000)
    file = the_file(tmp_path)
    file.write_bytes(damage if damage is not None else file.read_bytes()[: file.stat().st_size // 2])
    assert got(tmp_path, "x") == [None]
    put(tmp_path, y=1)
    put(tmp_path, y=1)
    assert got(tmp_path, "y") == [1]


def test_damage_where_the_file_holds_text_is_no_trouble(tmp_path: Path) -> None:
    put(tmp_path, x=1)
    file = the_file(tmp_path)
    name = b"indexentry_used"  # what is wrong with it is told in its own words, which are no text any more
    assert name in file.read_bytes()
    file.write_bytes(file.read_bytes().replace(name, b"index\xffntry_used"))
    assert got(tmp_path, "x") == [None]
    put(tmp_path, y=1)
    assert got(tmp_path, "y") == [1]


def test_a_damaged_value_is_none(tmp_path: Path) -> None:
    put(tmp_path, x=1, y=2)
    with sqlite3.connect(the_file(tmp_path)) as connection:
        connection.execute("UPDATE entry SET data = ? WHERE key = ?", (b"\x00rubbish", b"x"))
    connection.close()
    assert got(tmp_path, "x", "y") == [None, 2]


def test_a_place_that_cannot_be_used_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for folder in (tmp_path / "file", tmp_path / "file" / "below", tmp_path / ("n" * 300)):
        put(folder, x=1)
        assert got(folder, "x") == [None]


@ordinary_rights()
def test_a_read_only_place_is_no_trouble(tmp_path: Path) -> None:
    put(tmp_path / "cache", x=1)
    the_file(tmp_path / "cache").chmod(0o400)
    (tmp_path / "cache").chmod(0o500)
    put(tmp_path / "cache", y=1)
    assert got(tmp_path / "cache", "x", "y") == [1, None]
    (tmp_path / "cache").chmod(0o700)


def test_two_runs_at_once_keep_both(tmp_path: Path) -> None:
    first, second = Store(tmp_path, DAY), Store(tmp_path, DAY)
    for number in range(5):
        first.put(f"a{number}".encode(), number)
        second.put(f"b{number}".encode(), number)
    second.close()
    first.close()
    assert got(tmp_path, "a4", "b4") == [4, 4]


def test_a_run_does_not_wait_long_for_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, x=1)
    monkeypatch.setattr(module, "_WAIT_SECONDS", 0.05)
    other = sqlite3.connect(the_file(tmp_path), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    put(tmp_path, y=1)
    assert got(tmp_path, "x") == [None]
    other.execute("ROLLBACK")
    other.close()
    assert got(tmp_path, "x", "y") == [1, None]


_KILLED = """
import sys, os, signal, sqlite3
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN IMMEDIATE")
for number in range(500):
    connection.execute("INSERT INTO entry VALUES (?, 1, ?)", (str(number).encode(), os.urandom(4000)))
connection.execute("UPDATE entry SET data = x'00'")
print("now", flush=True)
signal.pause()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")
def test_a_kill_while_writing_leaves_what_was_there(tmp_path: Path) -> None:
    put(tmp_path, x=1)
    command = [sys.executable, "-c", _KILLED, str(the_file(tmp_path))]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"now\n"
        process.send_signal(signal.SIGKILL)
    assert got(tmp_path, "x", "1") == [1, None]


def test_nothing_is_written_when_the_program_has_changed(tmp_path: Path) -> None:
    store = Store(tmp_path, DAY, valid=lambda: False)
    store.put(b"x", 1)
    store.close()
    assert got(tmp_path, "x") == [None]
