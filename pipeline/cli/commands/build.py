"""``tertib build``."""

from __future__ import annotations

from typing import Any

import click

from pipeline.cli.base import Command
from pipeline.cli.options import looks_of, options, paths, settings_of
from pipeline.model.message import Lang, say

_SHORT = say("Periksa, lalu susun DOCX dan PDF setiap SOP.")
_HELP = say(
    "Memeriksa masukan, lalu menyusun DOCX dan PDF setiap SOP yang boleh terbit. Draf dibuat "
    "dengan tanda DRAF walaupun ada temuan; SOP berstatus tinjau dan final ditahan oleh "
    "kesalahan. Dokumen yang tidak berubah tidak disentuh; "
    "--explain mengatakan mengapa yang lain dibuat lagi. Temuan juga ditulis ke temuan.html "
    "dan temuan.json. Dengan --verbose setiap diagram alir mendapat satu baris nilai: "
    "belokan, persilangan, dan yang harus selalu 0.\n\nPATH adalah folder kantor, berkas SOP, "
    "folder reses, atau folder di atasnya; bawaannya inputs."
)


def command(lang: Lang) -> click.Command:
    """The command in ``lang``."""

    def callback(**values: Any) -> int:
        from pipeline.cli.output import perform, perform_step
        from pipeline.run.mirror import with_storage
        from pipeline.run.steps import step

        settings, looks = settings_of(values, lang), looks_of(values, lang)
        run = step("build")
        if values.get("cluster") is not None:
            from pipeline.run.build import build
            from pipeline.run.cluster import on_cluster

            run = on_cluster(build, values["cluster"])
        there = with_storage(run, settings)
        if there is run and values.get("cluster") is None:
            return perform_step("build", settings, looks)
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
            "templates",
            "also",
        ),
    ]
    return Command("build", lang=lang, help=_HELP, short=_SHORT, params=params, callback=callback)
