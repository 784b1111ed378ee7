"""``tertib new``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from pipeline.cli.base import Command
from pipeline.cli.options import ANY_PATH, options, settings_of, word
from pipeline.model.message import Lang, say

_SHORT = say("Buat contoh isian untuk diubah: SOP, kantor, reses.")
_HELP = say(
    "Membuat contoh isian yang sudah dapat dibaca, untuk diubah. Berkas yang sudah ada tidak "
    "ditimpa.\n\ntertib new kantor inputs/NAMA\n\ntertib new sop "
    "inputs/KANTOR/sop/NAMA.yaml\n\ntertib new reses inputs/KANTOR/reses/2026-masa-1"
)


def command(lang: Lang) -> click.Command:
    """The command in ``lang``."""

    def callback(kind: str, path: Path, **values: Any) -> int:
        from pipeline.cli.output import write
        from pipeline.run.new import make

        settings = settings_of(values, lang)
        made = make(kind, path, settings)
        write("".join(f"{settings.relative(file)}\n" for file in made))
        what = settings.relative(made[0] if kind == "sop" else settings.root / path)
        more = say("Ubah isinya, lalu periksa: tertib check {path}\n", path=what)
        write(more.text(lang))
        return 0

    params = [
        click.Argument(["kind"], type=word(lang, "sop", "kantor", "reses"), metavar="sop|kantor|reses"),
        click.Argument(["path"], type=ANY_PATH, metavar="PATH"),
        *options(lang),
    ]
    return Command("new", lang=lang, help=_HELP, short=_SHORT, params=params, callback=callback)
