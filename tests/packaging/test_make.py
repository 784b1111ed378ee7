"""The Makefile and setup.sh: what an official sees when something is missing, and which code make ends with."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(shutil.which("make") is None or os.name == "nt", reason="make and sh are for Unix")

FAKE_PROGRAM = """#!/bin/sh
# Stands in for Python: says what it was asked for, exits as codes/COMMAND says.
echo "$3" >> called
if [ -e "codes/$3" ]; then exit "$(cat "codes/$3")"; fi
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout in a folder with blanks, set up already, whose program is a stand-in."""
    root = tmp_path / "folder kerja saya"
    (root / "codes").mkdir(parents=True)
    for name in ("Makefile", "requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, root)
    (root / "setup.sh").write_text('echo "setup $*" >> set-up-calls\n', encoding="utf-8")
    program = root / ".venv" / "bin" / "python"
    program.parent.mkdir(parents=True)
    program.write_text(FAKE_PROGRAM, encoding="utf-8")
    program.chmod(0o755)
    return root


def make(root: Path, *goals: str) -> subprocess.CompletedProcess[str]:
    keep = {k: v for k, v in os.environ.items() if k not in {"MAKEFLAGS", "MAKELEVEL", "MFLAGS"}}
    return subprocess.run(
        ["make", *goals], cwd=root, env=keep | {"LC_ALL": "C"}, capture_output=True, text=True, check=False
    )


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n")[:-1]


@pytest.mark.parametrize("code", [0, 1, 3, 130])
def test_make_runs_everything_and_ends_with_its_code(checkout: Path, code: int) -> None:
    (checkout / "codes" / "all").write_text(str(code), encoding="utf-8")
    done = make(checkout)
    assert lines(checkout / "called") == ["all"]
    assert done.returncode == (2 if code else 0)  # make's own code for a step that failed
    assert (f"Error {code}" in done.stderr) is bool(code)


def test_second_make_installs_nothing_and_a_new_lock_does(checkout: Path) -> None:
    for goal in ("check", "check", "test", "test", "sop"):
        assert make(checkout, goal).returncode == 0
    venvs = [line for line in lines(checkout / "set-up-calls") if "venv" in line]
    assert venvs == ["setup venv requirements.lock", "setup venv requirements-dev.lock"]
    later = (checkout / ".venv" / ".runtime-stamp").stat().st_mtime + 5
    os.utime(checkout / "requirements.lock", (later, later))
    make(checkout, "check")
    assert lines(checkout / "set-up-calls")[-1] == "setup venv requirements.lock"


@pytest.fixture
def bare_machine(tmp_path: Path) -> dict[str, str]:
    """Settings of a machine that has the basic commands only: no LibreOffice, fonts, apt or sudo; Python is too old."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("sh", "id", "find", "head", "dirname", "readlink"):
        (programs / name).symlink_to(shutil.which(name) or f"/bin/{name}")
    old = programs / "python3"
    old.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    old.chmod(0o755)
    return {"PATH": str(programs), "HOME": str(tmp_path)}


def setup(root: Path, env: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [env["PATH"] + "/sh", str(ROOT / "setup.sh"), *arguments],
        cwd=root,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


def test_what_cannot_be_had_is_said_and_does_not_stop(tmp_path: Path, bare_machine: dict[str, str]) -> None:
    done = setup(tmp_path, bare_machine, "programs")
    assert done.returncode == 0
    assert "belum ada di komputer ini: python3 python3-venv" in done.stderr
    assert "jalankan lagi: make" in done.stderr


@pytest.mark.parametrize("there", [True, False])
def test_the_stated_libreoffice_is_the_one_that_counts(
    tmp_path: Path, bare_machine: dict[str, str], there: bool
) -> None:
    program = tmp_path / "soffice saya"
    if there:
        program.touch()
    done = setup(tmp_path, {**bare_machine, "TERTIB_SOFFICE": str(program)}, "programs")
    assert done.returncode == 0
    assert "libreoffice-writer-nogui" not in done.stderr
    assert (f"TERTIB_SOFFICE menunjuk {program}, yang tidak ada" in done.stderr) is not there


def test_without_a_new_enough_python_it_says_what_to_do(tmp_path: Path, bare_machine: dict[str, str]) -> None:
    done = setup(tmp_path, bare_machine, "venv", "requirements.lock")
    assert done.returncode == 2
    assert "tidak ada Python 3.11" in done.stderr
    assert "make PYTHON=" in done.stderr
