"""The manuals keep to the program: links lead somewhere, every key is described, nothing is named that is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from pipeline.cli.app import group
from pipeline.cli.base import Family
from pipeline.model.message import LANGUAGES, Lang
from pipeline.readers.fields import Field
from pipeline.readers.schema import FILES, TABLES
from pipeline.rules import registry
from pipeline.rules.absent import ABSENT
from pipeline.rules.docs import ENGINE_ENTRIES
from pipeline.run.catalogue import others

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
TWINS = [page for page in PAGES if page.with_name(f"{page.stem}.id.md").exists() and page.stem != "flowchart"]
"""English pages with an Indonesian one that says the same; that of the flowchart leaves out what is for programmers."""
LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCE = re.compile(r"(?ms)^( *)```.*?^\1```$")
INPUTS: dict[Lang, str] = {"en": "inputs.md", "id": "inputs.id.md"}
SECTIONS: dict[str, str | tuple[str, ...]] = {
    "kantor": ("## kantor.yaml", "### Buku SOP", "### The book of SOPs"),
    "jabatan": "## jabatan.csv",
    "pejabat": "## pejabat.csv",
    "regulasi": "## regulasi.csv",
    "hari-libur": "## hari-libur.csv",
    "wilayah": "## wilayah.csv",
    "opd": "## opd.csv",
    "kamus-usulan": "## kamus-usulan.csv",
    "sop": "## SOP: ",
    "langkah": "## SOP: ",
    "reses": "### reses.yaml",
    "anggota": "### anggota.csv",
    "pertemuan": "### pertemuan.csv",
    "aspirasi": "### aspirasi.csv",
}
"""Kinds of input files, and the headings under which the manual describes them."""


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def anchors(page: Path) -> set[str]:
    """The names of headings as links know them: lower case, blanks to hyphens, marks left out."""
    headings = re.findall(r"(?m)^#+ (.+)$", FENCE.sub("", page.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    lost = []
    for link in LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8"))):
        if "://" in link:
            continue
        file, _, anchor = link.partition("#")
        target = page.parent / file if file else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            lost.append(link)
    assert not lost


@pytest.mark.parametrize("page", TWINS, ids=name)
def test_both_languages_have_the_same_sections(page: Path) -> None:
    twin = page.with_name(f"{page.stem}.id.md")
    levels = [re.findall(r"(?m)^(#+) ", FENCE.sub("", path.read_text(encoding="utf-8"))) for path in (page, twin)]
    assert levels[0] == levels[1]


def keys(fields: tuple[Field, ...]) -> Iterator[str]:
    for field in fields:
        yield field.key
        yield from keys(field.fields)


def described(kind: str) -> list[str]:
    """The keys or columns that the readers know in files of ``kind``."""
    return list(keys(FILES[kind][1])) if kind in FILES else [column.name for column in TABLES[kind].columns]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", [*FILES, *TABLES])
def test_every_key_and_column_is_described(kind: str, lang: Lang) -> None:
    text = (ROOT / "docs" / INPUTS[lang]).read_text(encoding="utf-8")
    parts = [part for part in re.split(r"(?m)^(?=##)", text) if part.startswith(SECTIONS[kind])]
    assert parts, f"no section {SECTIONS[kind]}"
    assert [key for key in described(kind) if f"`{key}`" not in "".join(parts)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_other_headers_of_steps_are_listed(lang: Lang) -> None:
    text = (ROOT / "docs" / INPUTS[lang]).read_text(encoding="utf-8")
    known = [header for column in TABLES["langkah"].columns for header in column.synonyms]
    assert [header for header in known if f"`{header}`" not in text] == []


def codes() -> set[str]:
    return {rule.code for rule in registry.RULES} | {entry.code for entry in (*ENGINE_ENTRIES, *others())}


def commands(top: click.Group) -> Iterator[click.Command]:
    """All commands, those below other ones included."""
    context = click.Context(top)
    for command in (top.get_command(context, name) for name in top.list_commands(context)):
        if command is not None:
            yield command
        if isinstance(command, Family):
            yield from command.subcommands().values()


def options() -> set[str]:
    """The options of all commands."""
    return {
        option
        for command in commands(group("id"))
        for parameter in command.get_params(click.Context(command))
        for option in parameter.opts
    }


@pytest.mark.parametrize("page", ["README.md", "README.id.md"])
def test_numbers_of_rules_are_true(page: str) -> None:
    rows = re.findall(r"(?m)^\| ((?:[A-Z]{3}(?:, )?)+) \|.*\| (\d+) \|$", (ROOT / page).read_text(encoding="utf-8"))
    assert rows
    known = codes()
    counts = {families: sum(code[:3] in families.split(", ") for code in known) for families, _ in rows}
    assert {families: int(number) for families, number in rows} == counts
    assert {code[:3] for code in known} - set(", ".join(counts).split(", ")) == {"ATR", "INT", "ARS", "FMT"}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_rules_and_options_that_are_named_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    families = "|".join(sorted({code[:3] for code in codes()}))
    assert set(re.findall(rf"\b(?:{families})-\d\d\b", text)) - codes() - ABSENT.keys() == set()
    named = {
        option for line in re.findall(r"tertib [a-z][^`\n]*", text) for option in re.findall(r" (--[a-z-]+)", line)
    }
    assert named - options() - {"--version"} == set()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_commands_to_copy_exist(page: Path) -> None:
    blocks = re.findall(r"(?ms)^ *```(?:sh|bat)\n(.*?)^ *```$", page.read_text(encoding="utf-8"))
    asked = {word for block in blocks for word in re.findall(r"(?m)^ *tertib ([a-z]+)", block)}
    assert asked <= set(group("id").list_commands(click.Context(group("id"))))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_pages_name_no_place_of_one_machine(page: Path) -> None:
    found = re.findall(r"(?<![\w.~])/(?:home|root|tmp|work|Users)/\S*", page.read_text(encoding="utf-8"))
    assert not found
