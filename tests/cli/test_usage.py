"""Usage errors, help, languages: what people read when they type something."""

from __future__ import annotations

import re

import pytest

from pipeline.cli import language
from pipeline.cli.app import MODULES
from tests.cli.desk import Desk

WRONG = {
    "command": (["chek"], "check"),
    "no such command": (["zzz"], "zzz"),
    "option": (["check", "--formt", "x"], "--format"),
    "no such option": (["check", "--zzz"], "--zzz"),
    "format": (["check", "--format", "xml"], "full, concise, json, sarif, junit, github"),
    "stage": (["check", "--stage", "akhir"], "draf, tinjau, final"),
    "day": (["check", "--as-of", "31/1/2026"], "2026-01-31"),
    "jobs": (["build", "-j", "0"], "999"),
    "no value": (["check", "--as-of"], "--as-of"),
    "no path": (["verify"], "PATH"),
    "too many": (["doctor", "x"], "x"),
    "language": (["check", "--lang", "fr"], "id, en"),
}


@pytest.mark.parametrize("name", WRONG)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_wrong_usage_is_told_in_words(desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str, lang: str) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8" if lang == "en" else "id_ID.UTF-8")
    args, part = WRONG[name]
    ran = desk.run(*args)
    assert ran.code == 2
    assert ran.out == ""
    assert part in ran.err
    assert ("See: tertib" if lang == "en" else "Lihat: tertib") in ran.err
    if lang == "id":
        assert not re.search(r"(?i)no such|did you mean|invalid|missing|unexpected|usage", ran.err)


@pytest.mark.parametrize("command", [None, *MODULES])
def test_help_is_in_one_language(desk: Desk, command: str | None) -> None:
    args = [command] if command else []
    indonesian = desk.run(*args, "--help", "--lang", "id") if command else desk.run("--lang", "id", "--help")
    english = desk.run(*args, "--lang", "en", "--help")
    assert indonesian.code == english.code == 0
    assert "Pemakaian: tertib" in indonesian.out
    assert "Opsi:" in indonesian.out
    assert "Usage: tertib" in english.out
    assert not re.search(r"Usage|Options|Show this|COMMAND", indonesian.out)
    assert not re.search(r"Pemakaian|Opsi|Tampilkan|PERINTAH", english.out)


def test_no_command_shows_the_help(desk: Desk) -> None:
    ran = desk.run()
    assert ran.code == 0
    for name in MODULES:
        assert f"  {name}" in ran.out
    assert "130" in ran.out


def test_version(desk: Desk) -> None:
    assert re.fullmatch(r"tertib \d+\.\d+\.\d+\n", desk.run("--version").out)


@pytest.mark.parametrize(
    ("args", "environment", "expected"),
    [
        ([], {}, "id"),
        ([], {"LANG": "id_ID.UTF-8"}, "id"),
        ([], {"LANG": "en_US.UTF-8"}, "en"),
        ([], {"LANG": "C.UTF-8"}, "id"),
        ([], {"LANG": "en_US.UTF-8", "LC_ALL": "id_ID.UTF-8"}, "id"),
        ([], {"LANG": "id_ID.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        (["check", "--lang", "en"], {"LANG": "id_ID.UTF-8"}, "en"),
        (["check", "--lang=id"], {"LANG": "en_US.UTF-8"}, "id"),
        (["check", "--", "--lang=en"], {}, "id"),
        (["check", "--lang"], {}, "id"),
    ],
)
def test_language(args: list[str], environment: dict[str, str], expected: str) -> None:
    assert language.choose(args, environment) == expected


@pytest.mark.parametrize("word", ["help", "bantuan"])
def test_help_as_a_command(desk: Desk, word: str) -> None:
    assert desk.run(word) == desk.run("--help")
    assert desk.run(word, "check") == desk.run("check", "--help")
    assert "archive" in desk.run(word, "arcive").err


@pytest.mark.parametrize("command", ["check", "build", "recap"])
def test_in_a_folder_without_inputs(desk: Desk, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    (desk.folder / "kosong").mkdir()
    monkeypatch.chdir(desk.folder / "kosong")
    ran = desk.run(command)
    assert ran.code == 2
    assert f"Tidak ada folder inputs di sini ({desk.folder / 'kosong'}). Pindah dahulu" in ran.err
