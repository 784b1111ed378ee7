"""``tertib verify``."""

from __future__ import annotations

from typing import Any

import click

from pipeline.cli.base import Command
from pipeline.cli.options import looks_of, options, paths, settings_of
from pipeline.model.message import Lang, say

_SHORT = say("Buktikan bahwa arsip masih utuh.")
_HELP = say(
    "Membandingkan isi arsip dengan manifes dan indeksnya: apa yang hilang, berubah, "
    "bertambah, atau tidak terbaca. Kode keluar 5 bila tidak utuh.\n\nPATH adalah folder "
    "arsip, satu versi di dalamnya, atau folder di atasnya."
)


def command(lang: Lang) -> click.Command:
    """The command in ``lang``."""

    def callback(**values: Any) -> int:
        from pipeline.cli.output import perform
        from pipeline.run.archive import verify

        return perform(verify, settings_of(values, lang), looks_of(values, lang))

    params = [paths(required=True), *options(lang, "format")]
    return Command("verify", lang=lang, help=_HELP, short=_SHORT, params=params, callback=callback)
