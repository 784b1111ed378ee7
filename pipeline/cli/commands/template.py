"""``tertib template``."""

from __future__ import annotations

from typing import Any, Final

import click

from pipeline.cli.base import Family
from pipeline.cli.options import options
from pipeline.model.message import Lang, say

SUBS: Final = {"slim": "pipeline.cli.commands.template_slim"}
_SHORT = say("Rawat templat Word: ringankan tanpa mengubah cetakannya.")
_HELP = say(
    "Pekerjaan atas berkas templat. Templat mana yang memperlambat LibreOffice dan sebabnya disebut oleh tertib doctor."
)


def command(lang: Lang) -> click.Command:
    """The command in ``lang``."""

    def callback(**_values: Any) -> int:
        from pipeline.cli.output import write

        write(click.get_current_context().get_help() + "\n")
        return 0

    params = options(lang)
    return Family("template", lang=lang, help=_HELP, short=_SHORT, params=params, callback=callback, modules=dict(SUBS))
