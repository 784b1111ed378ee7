"""``tertib archive export``."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import click

from pipeline.cli.base import Command
from pipeline.cli.options import ANY_PATH, looks_of, options, paths, settings_of
from pipeline.errors import UsageError
from pipeline.model.message import Lang, say

_SHORT = say("Salin arsip sebagai paket BagIt atau gudang OCFL untuk lembaga arsip.")
_HELP = say(
    "Menyalin arsip yang terbukti utuh ke FOLDER dalam bentuk baku, untuk diserahkan kepada lembaga kearsipan atau "
    "disimpan di tempat lain. Arsipnya sendiri tidak diubah, dan yang sudah ada di FOLDER tidak pernah ditimpa.\n\n"
    "--bagit membuat satu paket (BagIt 1.0) untuk setiap kantor, atau untuk setiap dokumen bila PATH menyebut "
    "dokumen. --ocfl membuat gudang (OCFL 1.1) dengan satu objek untuk setiap dokumen; bila diulang, hanya versi "
    "baru yang ditambahkan.\n\nPATH memilih kantor, SOP, atau reses, di inputs maupun di outputs, atau alamat arsip; "
    "bawaannya semua. Kode keluar 5 bila sebuah arsip tidak utuh."
)
_BAGIT = say("Buat paket BagIt 1.0 di dalam folder ini.")
_OCFL = say("Buat atau lanjutkan gudang OCFL 1.1 di folder ini.")


def command(lang: Lang) -> click.Command:
    """The command in ``lang``."""

    def callback(bagit: Path | None, ocfl: Path | None, **values: Any) -> int:
        from pipeline.cli.output import perform
        from pipeline.run.archive_export import export

        folder = bagit or ocfl
        if folder is None or (bagit and ocfl):
            raise UsageError(say("Sebutkan salah satu: --bagit FOLDER atau --ocfl FOLDER."))
        run = partial(export, form="bagit" if bagit else "ocfl", folder=folder)
        return perform(run, settings_of(values, lang), looks_of(values, lang))

    params = [
        paths(),
        click.Option(["--bagit"], type=ANY_PATH, metavar="FOLDER", help=_BAGIT.text(lang)),
        click.Option(["--ocfl"], type=ANY_PATH, metavar="FOLDER", help=_OCFL.text(lang)),
        *options(lang, "output", "format"),
    ]
    return Command("export", lang=lang, help=_HELP, short=_SHORT, params=params, callback=callback)
