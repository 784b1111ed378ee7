"""What the manuals show is what the program answers: the commands on the pages are run, and their lines compared."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from pipeline.model.message import DOMAIN, LOCALE
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


HEAD = re.compile(r"[a-z]+ [A-Z]{3}-\d\d |(?:Hasil|Made): ")
"""The first line of a finding, and the line that counts what was made: they are put together from single words."""
SAID = [f"docs/{name}{end}" for name in ("signing", "archive", "book", "tutorial") for end in (".md", ".id.md")]
MOST = 6
"""Lines over which a message may be wrapped."""


@cache
def sayable(lang: str) -> re.Pattern[str]:
    """Every message of the program that has words of its own, filled with anything."""
    with (LOCALE / "en" / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as file:
        texts = [str(one.id if lang == "id" else one.string) for one in read_po(file) if one.id]
    parts = [re.split(r"\{\w+\}", text) for text in texts]
    return re.compile("|".join(".*?".join(map(re.escape, part)) for part in parts if len("".join(part)) > 9))


def is_said(lines: Sequence[str], lang: str) -> bool:
    """Are ``lines`` messages of the program, one behind the other, each wrapped or not?"""
    whole = [False] * len(lines) + [True]
    for first in reversed(range(len(lines))):
        ends = range(first + 1, min(first + MOST, len(lines)) + 1)
        whole[first] = any(whole[end] and sayable(lang).fullmatch(" ".join(lines[first:end])) for end in ends)
    return whole[0]


def quotes(page: str) -> Iterator[list[str]]:
    """What a page quotes the program with: paragraphs of the blocks that show no table and no folder."""
    for kind, body in BLOCK.findall((ROOT / page).read_text(encoding="utf-8")):
        for paragraph in body.split("\n\n"):
            lines = [line.strip() for line in paragraph.splitlines() if line.strip() and not HEAD.match(line)]
            if not kind and lines and "   " not in paragraph:
                yield lines


@pytest.mark.parametrize("page", SAID)
def test_what_pages_quote_is_what_the_program_can_say(page: str) -> None:
    found = list(quotes(page))
    assert found
    assert [lines for lines in found if not is_said(lines, "id" if page.endswith(".id.md") else "en")] == []


def test_a_wrong_quote_is_noticed() -> None:
    assert is_said(["Tidak ada yang berubah", "sejak arsip terakhir."], "id")
    assert not is_said(["Tidak ada yang berubah sejak arsip kemarin."], "id")
