"""``tertib explain``."""

from __future__ import annotations

from typing import Any

import click

from pipeline.cli.base import Command
from pipeline.cli.options import options
from pipeline.errors import UsageError
from pipeline.model.message import Lang, say

_SHORT = say("Jelaskan sebuah aturan, atau daftar semuanya.")
_HELP = say(
    "Menjelaskan apa yang diperiksa sebuah aturan, mengapa, contoh yang salah dan yang "
    "benar, dan dasarnya.\n\nKODE adalah kode atau nama aturan, misalnya HKM-01, atau keluarga, misalnya HKM. Tanpa "
    "KODE: daftar semua aturan."
)


def command(lang: Lang) -> click.Command:
    """The command in ``lang``."""

    def callback(codes: tuple[str, ...], **_: Any) -> int:
        from pipeline.cli.output import write
        from pipeline.rules import docs
        from pipeline.run.catalogue import others

        more = others()
        if not codes:
            write(docs.listing(lang, more))
        pages = [docs.explain(code, lang, more) or _unknown(code) for code in codes]
        write("\n".join(pages))
        return 0

    argument = click.Argument(["codes"], nargs=-1, metavar=f"[{say('KODE').text(lang)}]...")
    return Command("explain", lang=lang, help=_HELP, short=_SHORT, params=[argument, *options(lang)], callback=callback)


def _unknown(code: str) -> str:
    from pipeline.rules import registry
    from pipeline.run.codes import Names

    near = registry.nearest(code, Names())
    if near:
        raise UsageError(say("Aturan {code} tidak ada. Maksud Anda {near}?", code=code, near=near))
    raise UsageError(say("Aturan {code} tidak ada. Daftarnya: tertib explain.", code=code))
