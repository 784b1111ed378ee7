"""What the manuals show is what the program answers: the commands on the pages are run, and their lines compared."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.desk import Desk

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"(?ms)^```(\w*)\n(.*?)^```$")
MOMENT = re.compile(r"\d{8}-\d{6}")


@pytest.fixture
def copy(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk with the published SOP, and the copy of it that the page on checking works on; 100 columns wide."""
    monkeypatch.setenv("COLUMNS", "100")
    shutil.rmtree(desk.office)
    for name in ("banyumas", "coba"):
        shutil.copytree(ROOT / "inputs" / "banyumas", desk.folder / "inputs" / name)
    return desk


def answers(page: str) -> Iterator[tuple[list[list[str]], str]]:
    """The blocks of commands of a page, each with the answer that stands right below it ("" for none)."""
    blocks = BLOCK.findall((ROOT / page).read_text(encoding="utf-8"))
    for (kind, body), (next_kind, answer) in zip(blocks, [*blocks[1:], ("end", "")], strict=True):
        if kind == "sh":
            commands = [re.findall(r'"[^"]*"|\S+', line) for line in body.splitlines()]
            yield [[word.strip('"') for word in words] for words in commands], "" if next_kind else answer


@pytest.mark.parametrize(("page", "lang"), [("docs/checking.md", "en"), ("docs/checking.id.md", "id")])
def test_the_page_on_checking(page: str, lang: str, copy: Desk) -> None:
    for commands, answer in answers(page):
        said = ""
        for program, command, *rest in commands:
            if program == "tertib" and command in ("check", "explain", "impact"):
                ran = copy.run(command, *rest, "--lang", lang)
                assert ran.code == ("--stage" in rest), ran.all
                said += MOMENT.sub("MOMENT", ran.all)
        lines = [line for line in MOMENT.sub("MOMENT", answer).splitlines() if "..." not in line]
        assert [line for line in lines if line not in said] == []


@pytest.mark.parametrize(("page", "lang"), [("README.md", "en"), ("README.id.md", "id")])
def test_the_finding_in_the_readme(page: str, lang: str, copy: Desk) -> None:
    shown = [body for _, body in BLOCK.findall((ROOT / page).read_text(encoding="utf-8")) if "HKM-01" in body]
    assert len(shown) == 1
    assert shown[0] in copy.run("check", "inputs/banyumas/sop/penyusunan-renstra.yaml", "--lang", lang).out
