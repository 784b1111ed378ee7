"""``tertib impact``."""

from __future__ import annotations

from typing import Any

import click

import pipeline
from pipeline.cli.base import Command
from pipeline.cli.options import looks_of, options, paths, settings_of, word
from pipeline.model.message import Lang, say

_SHORT = say("SOP mana yang memakai sebuah peraturan.")
_HELP = say(
    "Mencari semua SOP yang menyebut sebuah peraturan dalam bentuk apa pun, juga yang menyebut peraturan yang "
    "mengubahnya atau yang diubahnya: di mana, bagaimana, statusnya pada tanggal SOP, penggantinya, dan kutipan yang "
    "disarankan.\n\n"
    'REGULATION ditulis di dalam tanda petik, pendek atau panjang, misalnya "UU 17/2014". PATH adalah folder kantor, '
    "berkas SOP, atau folder di atasnya; bawaannya inputs."
)
_FORMAT = say("Bentuk laporan: lengkap, satu baris per kutipan, atau JSON.")
_FORMATS = ("full", "concise", "json")


def command(lang: Lang) -> click.Command:
    """The command in ``lang``."""

    def callback(regulation: str, **values: Any) -> int:
        from pipeline.cli.output import width, write
        from pipeline.cli.progress import listening
        from pipeline.report import impact as report
        from pipeline.run.impact import impact

        looks = looks_of(values, lang)
        with listening(looks) as listener:
            answer = impact(settings_of(values, lang), regulation, listener)
        if looks.format == "json":
            write(report.as_json(answer, lang=lang, version=pipeline.__version__))
        elif looks.format == "concise":
            write(report.concise(answer, lang=lang))
        else:
            write(report.full(answer, lang=lang, width=width()))
        return 0

    argument = click.Argument(["regulation"], metavar=say("PERATURAN").text(lang))
    form = click.Option(
        ["--format"], type=word(lang, *_FORMATS), default="full", metavar="|".join(_FORMATS), help=_FORMAT.text(lang)
    )
    params = [argument, paths(), form, *options(lang, "as_of")]
    return Command("impact", lang=lang, help=_HELP, short=_SHORT, params=params, callback=callback)
