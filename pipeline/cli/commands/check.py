"""``tertib check``."""

from __future__ import annotations

from typing import Any

import click

from pipeline.cli.base import Command
from pipeline.cli.options import looks_of, options, paths, settings_of
from pipeline.model.message import Lang, say

_SHORT = say(id="Periksa masukan dan tampilkan temuan.", en="Check inputs and print findings.")
_HELP = say(
    id=(
        "Membaca dan memeriksa masukan, lalu menampilkan temuan: apa, di mana, mengapa, dan apa "
        "yang harus dilakukan. Tidak menulis berkas apa pun.\n\nPATH adalah folder kantor, berkas "
        "SOP, folder reses, atau folder di atasnya; bawaannya inputs."
    ),
    en=(
        "Reads and checks inputs and prints findings: what, where, why and what to do. Writes "
        "nothing.\n\nPATH is an office, an SOP file, a recess folder or a folder above them; "
        "inputs by default."
    ),
)


def command(lang: Lang) -> click.Command:
    """The command in ``lang``."""

    def callback(**values: Any) -> int:
        from pipeline.cli.output import perform
        from pipeline.run.check import check

        return perform(check, settings_of(values, lang), looks_of(values, lang))

    names = ("format", "statistics", "select", "ignore", "as_of", "strict", "stage")
    params = [paths(), *options(lang, *names, "baseline", "update_baseline", "no_cache")]
    return Command("check", lang=lang, help=_HELP, short=_SHORT, params=params, callback=callback)
