"""``tertib recap``."""

from __future__ import annotations

from typing import Any

import click

from pipeline.cli.base import Command
from pipeline.cli.options import looks_of, options, paths, settings_of
from pipeline.model.message import Lang, say

_SHORT = say("Periksa, lalu susun rekapitulasi dan laporan reses.")
_HELP = say(
    "Memeriksa data reses, lalu menyusun rekapitulasi dan laporan setiap folder reses. "
    "Temuan juga ditulis ke temuan.html dan temuan.json.\n\nPATH adalah folder kantor, berkas "
    "SOP, folder reses, atau folder di atasnya; bawaannya inputs."
)


def command(lang: Lang) -> click.Command:
    """The command in ``lang``."""

    def callback(**values: Any) -> int:
        from pipeline.cli.output import perform, perform_step
        from pipeline.run.mirror import with_storage
        from pipeline.run.steps import step

        settings, looks = settings_of(values, lang), looks_of(values, lang)
        run = step("recap")
        if values.get("cluster") is not None:
            from pipeline.run.cluster import on_cluster
            from pipeline.run.recap import recap

            run = on_cluster(recap, values["cluster"])
        there = with_storage(run, settings)
        if there is run and values.get("cluster") is None:
            return perform_step("recap", settings, looks)
        return perform(there, settings, looks)

    params = [
        paths(),
        *options(
            lang,
            "output",
            "jobs",
            "cluster",
            "format",
            "statistics",
            "select",
            "ignore",
            "as_of",
            "strict",
            "stage",
            "baseline",
            "force",
            "explain",
            "only",
            "public",
            "no_pdf",
            "templates",
        ),
    ]
    return Command("recap", lang=lang, help=_HELP, short=_SHORT, params=params, callback=callback)
