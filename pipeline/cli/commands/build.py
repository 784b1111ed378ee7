"""``tertib build``."""

from __future__ import annotations

from typing import Any

import click

from pipeline.cli.base import Command
from pipeline.cli.options import looks_of, options, paths, settings_of
from pipeline.model.message import Lang, say

_SHORT = say(id="Periksa, lalu susun DOCX dan PDF setiap SOP.", en="Check, then make DOCX and PDF of every SOP.")
_HELP = say(
    id=(
        "Memeriksa masukan, lalu menyusun DOCX dan PDF setiap SOP yang boleh terbit. Draf dibuat "
        "dengan tanda DRAF walaupun ada temuan; SOP berstatus tinjau dan final ditahan oleh "
        "kesalahan. PDF yang tidak berubah tidak dibuat lagi. Temuan juga ditulis ke temuan.html "
        "dan temuan.json. Dengan --verbose setiap diagram alir mendapat satu baris nilai: "
        "belokan, persilangan, dan yang harus selalu 0.\n\nPATH adalah folder kantor, berkas SOP, "
        "folder reses, atau folder di atasnya; bawaannya inputs."
    ),
    en=(
        "Checks inputs, then makes DOCX and PDF of every SOP that its stage lets through. Drafts "
        "are made with a DRAF mark whatever is found; errors hold back SOPs at stage tinjau and "
        "final. A PDF that would not change is not made again. Findings are written to "
        "temuan.html and temuan.json, too. With --verbose each flowchart gets a line of scores: "
        "bends, crossings, and what must always be 0.\n\nPATH is an office, an SOP file, a recess "
        "folder or a folder above them; inputs by default."
    ),
)


def command(lang: Lang) -> click.Command:
    """The command in ``lang``."""

    def callback(**values: Any) -> int:
        from pipeline.cli.output import perform
        from pipeline.run.build import build

        return perform(build, settings_of(values, lang), looks_of(values, lang))

    params = [
        paths(),
        *options(
            lang,
            "output",
            "jobs",
            "format",
            "statistics",
            "select",
            "ignore",
            "as_of",
            "strict",
            "stage",
            "baseline",
            "force",
            "templates",
            "also",
        ),
    ]
    return Command("build", lang=lang, help=_HELP, short=_SHORT, params=params, callback=callback)
