"""``tertib archive list``."""

from __future__ import annotations

from typing import Any

import click

from pipeline.cli.base import Command
from pipeline.cli.options import day, options, paths, settings_of, word
from pipeline.model.message import Lang, say

_SHORT = say("Daftar isi arsip, dan apa yang berlaku pada suatu hari.")
_HELP = say(
    "Menampilkan versi-versi di dalam arsip. Dengan --on, SOP yang berlaku pada hari itu: versi final dengan tanggal "
    "efektif terakhir yang sudah tiba (yang bertanda tangan didahulukan), dan mengapa versi lain tidak. Pencabutan "
    "dengan keputusan lain tidak diketahui arsip.\n\nPATH adalah arsip, alamatnya, kantor, SOP, atau reses; bawaannya "
    "semua. Arsip hanya dibaca; keutuhannya dibuktikan dengan tertib verify."
)
_ON = say("Hanya yang berlaku pada TANGGAL (misalnya 2024-05-01), dan sebab yang lain tidak berlaku.")
_FORMAT = say("Bentuk daftar: full (bawaan), csv, atau json.")


def command(lang: Lang) -> click.Command:
    """The command in ``lang``."""

    def callback(listed: str, **values: Any) -> int:
        from pipeline.cli.output import tell_error, write
        from pipeline.model.result import RunResult
        from pipeline.report.archive_list import render
        from pipeline.run.archive_list import lines_of, listing
        from pipeline.run.outcome import Outcome

        found = listing(settings_of(values, lang))
        # To people it is not said of an archive that could not be read that nothing is in it.
        if found.rows or not found.problems or listed != "full":
            write(render(listed, lines_of(found), found.on, lang))
        for problem in found.problems:
            tell_error(problem.error, lang)
        return Outcome(RunResult((), ()), found.problems).exit_code

    params = [
        paths(),
        click.Option(["as_of", "--on"], type=day(lang), metavar=say("TANGGAL").text(lang), help=_ON.text(lang)),
        *options(lang, "output"),
        click.Option(
            ["listed", "--format"], type=word(lang, "full", "csv", "json"), default="full", help=_FORMAT.text(lang)
        ),
    ]
    return Command("list", lang=lang, help=_HELP, short=_SHORT, params=params, callback=callback)
