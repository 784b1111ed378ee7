"""Makes ``docs/cli.md`` from the commands themselves: ``python -m pipeline.cli.docs`` writes it and the rule pages."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.app import EXIT_CODES, group
from pipeline.cli.base import CONTEXT, Family
from pipeline.model.message import Lang
from pipeline.rules.docs import rules_page
from pipeline.run.catalogue import others

_LANG: Lang = "id"
RULE_PAGES: dict[Lang, str] = {"id": "rules.md", "en": "rules.en.md"}
_WIDTH = 100


def cli_page() -> str:
    """The page of all commands, their options and the exit codes, in Indonesian."""
    top = group(_LANG)
    context = click.Context(top, info_name="tertib")
    parts = [
        "# Perintah",
        "Halaman ini dibuat dari perintahnya sendiri (`python -m pipeline.cli.docs`); jangan diubah di sini. Bahasa "
        "Inggris: tambahkan `--lang en` pada perintah apa pun.",
        "Laporan dicetak ke keluaran baku (stdout), dan hanya itu; kemajuan dan pesan lain ke stderr.",
        _summary(top, context),
    ]
    for name in top.list_commands(context):
        command = top.get_command(context, name)
        if command is not None:
            parts.append(_section(name, command, context))
        if isinstance(command, Family):
            parts += [_section(f"{name} {below}", found, context) for below, found in command.subcommands().items()]
    parts += ["## Kode keluar", _exit_codes()]
    return "\n\n".join(parts) + "\n"


def _summary(top: click.Group, context: click.Context) -> str:
    rows = ["| perintah | guna |", "|---|---|"]
    for name in top.list_commands(context):
        command = top.get_command(context, name)
        if command is not None:
            rows.append(f"| [`tertib {name}`](#tertib-{name}) | {command.short_help} |")
    return "\n".join(rows)


def _section(name: str, command: click.Command, parent: click.Context) -> str:
    names = CONTEXT["help_option_names"]
    context = click.Context(command, info_name=name, parent=parent, terminal_width=_WIDTH, help_option_names=names)
    return f"## tertib {name}\n\n```text\n{command.get_help(context)}\n```"


def _exit_codes() -> str:
    rows = ["| kode | arti |", "|---|---|"]
    table = "\n".join([*rows, *(f"| {code} | {meaning.id} |" for code, meaning in EXIT_CODES)])
    return table + "\n\nBila beberapa terjadi sekaligus, yang dipakai adalah yang pertama dari 2, 3, 4, 5, 1."


def write_pages(folder: Path) -> None:
    """Write ``cli.md`` and ``rules.md`` into ``folder``."""
    (folder / "cli.md").write_text(cli_page(), encoding="utf-8")
    for lang, name in RULE_PAGES.items():
        (folder / name).write_text(rules_page(lang, others()), encoding="utf-8")


if __name__ == "__main__":
    write_pages(Path(__file__).resolve().parents[2] / "docs")
