"""``tertib book``."""

from __future__ import annotations

from typing import Any

import click

from pipeline.cli.base import Command
from pipeline.cli.options import looks_of, options, paths, settings_of
from pipeline.model.message import Lang, say

_SHORT = say("Satukan semua SOP final menjadi satu buku PDF.")
_HELP = say(
    "Menyatukan PDF semua SOP berstatus final menjadi outputs/KANTOR/buku-sop.pdf: sampul, keputusan penetapan, "
    "daftar isi dengan nomor halaman dan tautan, penjelasan singkat, lalu SOP menurut nomornya. Isi sampul, keputusan, "
    "dan penjelasan ditulis di bawah buku di kantor.yaml. Buku hanya dibuat dari PDF yang masih sesuai dengan "
    "masukannya; jalankan tertib build dahulu. Buku yang tidak berubah tidak ditulis lagi.\n\nPATH memilih kantor atau "
    "SOP; bawaannya inputs."
)


def command(lang: Lang) -> click.Command:
    """The command in ``lang``."""

    def callback(**values: Any) -> int:
        from pipeline.cli.output import perform_step

        return perform_step("book", settings_of(values, lang), looks_of(values, lang))

    params = [paths(), *options(lang, "output", "format", "force", "explain", "templates")]
    return Command("book", lang=lang, help=_HELP, short=_SHORT, params=params, callback=callback)
