"""Where output goes: closed streams, full disks, readers that go away, terminals that know few signs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.desk import Desk

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the shell of other systems")


def shell(desk: Desk, line: str, **environment: str) -> tuple[int, str, str]:
    """Run ``line`` in which ``tertib`` is the program; exit code, stdout, stderr."""
    made = subprocess.run(
        ["sh", "-c", line.replace("tertib", f"'{sys.executable}' -m pipeline")],
        cwd=desk.folder,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "LC_ALL": "id_ID.UTF-8", **environment},
        capture_output=True,
        check=False,
    )
    return made.returncode, made.stdout.decode(), made.stderr.decode()


@pytest.mark.parametrize("streams", [">&-", "2>&-", ">&- 2>&-", "2>/dev/full", "</dev/null"])
def test_the_exit_code_is_that_of_the_check_whatever_becomes_of_the_words(desk: Desk, streams: str) -> None:
    desk.edit("sop/surat.yaml", "[Komputer]", "[Komputer")
    code, out, err = shell(desk, f"tertib check {streams}")
    assert code == 1
    assert "program" not in out + err
    assert ">&-" in streams.split() or "MSK-05" in out


def test_what_is_said_on_the_way_never_gets_into_the_report(desk: Desk) -> None:
    code, out, _ = shell(desk, "tertib check --verbose --format json 2>&-")
    assert (code, json.loads(out)["summary"]["documents"]) == (0, 1)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("command", ["check", "check --format json", "check --diff", "explain", "explain HKM-01"])
def test_a_full_disk_is_said_in_words(desk: Desk, command: str) -> None:
    desk.edit("sop/surat.langkah.csv", "Menerima surat masuk", "Menerima  surat masuk")
    code, _, err = shell(desk, f"tertib {command} >/dev/full")
    assert code == 2
    assert err.count("\n") == 1
    assert "penyimpanan penuh" in err


def test_a_reader_that_goes_away_is_no_fault(desk: Desk) -> None:
    for number in range(60):
        desk.put(f"sop/lain-{number}.yaml", "judul: SOP Surat\n")
    code, out, err = shell(desk, "tertib check | head -1")
    assert (code, err) == (0, "")
    assert out.count("\n") == 1


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "POSIX", "TERM": "dumb", "COLUMNS": "20"},
        {"HOME": "/tidak/ada", "XDG_CACHE_HOME": "/dev/null/x", "NO_COLOR": "1"},
    ],
)
def test_any_environment(desk: Desk, environment: dict[str, str]) -> None:
    desk.put("sop/lain.yaml", "judul: “Surat” – Masuk 😀\nstatus: final\n")
    code, out, err = shell(desk, "tertib check", **environment)
    assert (code, err) == (1, "")
    assert "–" in out
    assert "\x1b" not in out
