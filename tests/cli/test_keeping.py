"""Baseline and cache from the command line."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from pipeline.cli.caching import cache_folder
from pipeline.run import cache
from tests.cli.desk import Desk


def test_a_baseline_hides_old_findings_and_lets_builds_through(desk: Desk) -> None:
    desk.edit("sop/surat.yaml", "pengesah: setwan\n", "")
    assert desk.run("check").code == 1
    ran = desk.run("check", "--baseline", "lama.json", "--update-baseline")
    assert (ran.code, "dicatat di lama.json" in ran.out) == (0, True)
    assert json.loads((desk.folder / "lama.json").read_text(encoding="utf-8"))["findings"]
    for command in ("check", "build"):
        ran = desk.run(command, "--baseline", "lama.json", "--lang", "en")
        assert ran.code in (0, 3)
        assert "old finding(s) hidden (lama.json)" in ran.out
    assert (desk.folder / "outputs/uji/sop/surat.docx").is_file()
    assert desk.run("recap", "--baseline", "lama.json").code == 0


def test_a_missing_or_broken_baseline_is_said(desk: Desk) -> None:
    ran = desk.run("check", "--baseline", "lama.json")
    assert (ran.code, ran.out) == (2, "")
    assert "--update-baseline" in ran.err
    (desk.folder / "lama.json").write_text("{")
    ran = desk.run("check", "--baseline", "lama.json", "--update-baseline")
    assert (ran.code, (desk.folder / "lama.json").read_text()) == (2, "{")


def test_results_are_kept_where_the_variable_says(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "FEWEST", 1)
    monkeypatch.setenv("TERTIB_CACHE", str(desk.folder / "simpanan"))
    first = desk.run("check", "--no-cache")
    assert not (desk.folder / "simpanan").exists()
    assert desk.run("check").out == first.out
    assert [path.suffix for path in (desk.folder / "simpanan").iterdir()] == [".sqlite3"]
    assert desk.run("check").out == first.out
    assert desk.run("check", "--lang", "en").out != first.out


@pytest.mark.parametrize(
    ("environment", "platform", "wanted"),
    [
        ({"TERTIB_CACHE": "/x/y"}, "linux", Path("/x/y")),
        ({"TERTIB_CACHE": "di-sini"}, "linux", Path("di-sini").absolute()),
        ({"TERTIB_CACHE": "0", "XDG_CACHE_HOME": "/c"}, "linux", None),
        ({"TERTIB_CACHE": ""}, "linux", None),
        ({"TERTIB_CACHE": "tidak"}, "win32", None),
        ({"XDG_CACHE_HOME": "/c"}, "linux", Path("/c/tertib")),
        ({"XDG_CACHE_HOME": "relative"}, "linux", Path.home() / ".cache/tertib"),
        ({}, "linux", Path.home() / ".cache/tertib"),
        ({}, "darwin", Path.home() / "Library/Caches/tertib"),
        ({}, "win32", None),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="paths of other systems")
def test_the_folder_of_the_cache(environment: dict[str, str], platform: str, wanted: Path | None) -> None:
    assert cache_folder(environment, platform) == wanted


def test_without_a_home_there_is_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_home() -> Path:
        raise RuntimeError("no home")

    monkeypatch.setattr(Path, "home", no_home)
    assert cache_folder({}, "linux") is None


def test_a_home_that_is_not_there_is_not_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "tidak-ada")
    assert cache_folder({}, "linux") is None
    assert cache_folder({}, "darwin") is None


def test_a_baseline_in_a_folder_that_is_not_there(desk: Desk) -> None:
    ran = desk.run("check", "--baseline", "tidak-ada/lama.json", "--update-baseline")
    assert (ran.code, ran.out) == (2, "")
    assert "Folder tidak-ada untuk garis dasar tidak ada" in ran.err
