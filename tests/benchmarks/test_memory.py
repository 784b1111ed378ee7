"""Memory of a command and of everything it started."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from benchmarks import memory
from benchmarks.measure import expect, run

pytestmark = pytest.mark.skipif(not memory.is_possible(), reason="only Linux tells the PSS of a process")

HOLDS = "import sys, time; held = bytearray(b'x') * (60 << 20); time.sleep(1)"
PARENT = textwrap.dedent(
    """
    import subprocess, sys
    children = [subprocess.Popen([sys.executable, "-c", sys.argv[1]]) for _ in range(2)]
    [child.wait() for child in children]
    """
)


def test_children_are_counted(tmp_path: Path) -> None:
    done = run([sys.executable, "-c", PARENT, HOLDS], cwd=tmp_path, together=True)
    expect([done])
    assert 120 < done.together_mb < 250
    assert 60 < done.peak_mb < 110, "the largest process alone"


def test_the_memory_of_who_measures_is_not_that_of_what_is_measured(tmp_path: Path) -> None:
    held = bytearray(b"x") * (150 << 20)
    assert run([sys.executable, "-c", "pass"], cwd=tmp_path).peak_mb < 60
    assert len(held) == 150 << 20


def test_a_program_that_is_not_there_stops_the_benchmark(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="tidak-ada could not be started"):
        run(["tidak-ada"], cwd=tmp_path)


def test_memory_that_is_not_asked_for_is_not_looked_at(tmp_path: Path) -> None:
    assert run([sys.executable, "-c", "pass"], cwd=tmp_path).together_mb == 0


def test_an_orphan_is_known_by_its_mark() -> None:
    mark = "tanda-uji"
    orphaned = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {HOLDS!r}], start_new_session=True)"
    environment = os.environ | {memory.MARK: mark}
    parent = subprocess.Popen([sys.executable, "-c", orphaned], env=environment)
    parent.wait()
    time.sleep(0.1)
    found = memory.family(parent.pid, f"{memory.MARK}={mark}".encode())
    assert len(found) == 1
    assert found != [parent.pid]
    assert memory.family(parent.pid, f"{memory.MARK}=lain".encode()) == []


def test_a_process_that_has_ended_has_no_memory() -> None:
    process = subprocess.Popen([sys.executable, "-c", "pass"])
    process.wait()
    assert memory.pss_mb(process.pid) == 0


def test_a_command_that_fails_stops_the_benchmark(tmp_path: Path) -> None:
    failed = run([sys.executable, "-c", "raise SystemExit(4)"], cwd=tmp_path)
    with pytest.raises(SystemExit, match=r"tertib book ended with \[4\]"):
        expect([failed], what="tertib book")
    expect([failed], {4})
