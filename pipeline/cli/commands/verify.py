"""``tertib verify``."""

from __future__ import annotations

from typing import Any

import click

from pipeline.cli.base import Command
from pipeline.cli.options import looks_of, options, paths, settings_of
from pipeline.model.message import Lang, say

_SHORT = say("Buktikan bahwa arsip, PDF yang dibuat, atau PDF bertanda tangan masih utuh.")
_HELP = say(
    "Arsip dibandingkan dengan manifes dan indeksnya: apa yang hilang, berubah, bertambah, tidak terbaca, atau tidak "
    "dapat diperiksa. PDF buatan tertib: apakah masih yang dibuat, dari masukan yang sekarang. PDF bertanda tangan: "
    "apakah tanda tangannya sah, tidak ada yang berubah sesudahnya, dan isinya sama dengan naskah aslinya. Kode "
    "keluar 5 bila tidak terbukti.\n\nPATH adalah folder arsip, satu versi di dalamnya, folder di atasnya, berkas PDF, "
    "atau folder berisi PDF di luar arsip."
)


def command(lang: Lang) -> click.Command:
    """The command in ``lang``."""

    def callback(**values: Any) -> int:
        from pipeline.cli.output import perform
        from pipeline.run.verify import verify

        return perform(verify, settings_of(values, lang), looks_of(values, lang))

    params = [paths(required=True), *options(lang, "output", "rebuild", "format")]
    return Command("verify", lang=lang, help=_HELP, short=_SHORT, params=params, callback=callback)
