"""``tertib archive``."""

from __future__ import annotations

from typing import Any, Final

import click

from pipeline.cli.base import Family
from pipeline.cli.options import looks_of, options, paths, settings_of
from pipeline.model.message import Lang, say

SUBS: Final = {name: f"pipeline.cli.commands.archive_{name}" for name in ("list", "export")}
"""Commands of their own below this one; a folder of that name is meant with ``./`` before it."""
_SHORT = say("Arsipkan PDF beserta sumbernya; versi baru hanya bila berubah.")
_HELP = say(
    "Memasukkan PDF yang sudah dibuat beserta DOCX dan masukannya ke outputs/KANTOR/arsip. Versi "
    "baru dibuat hanya bila isinya berubah; versi lama tidak pernah diubah atau "
    "dihapus.\n\nPATH memilih kantor, SOP, atau reses, di inputs maupun di outputs; bawaannya "
    "semua.\n\nDengan --signed, berkas yang kembali dari penandatanganan dicocokkan dengan naskah aslinya dan "
    "diarsipkan bersamanya, bila isinya tidak berubah dan tanda tangannya sah."
)


def command(lang: Lang) -> click.Command:
    """The command in ``lang``."""

    def callback(**values: Any) -> int:
        from pipeline.cli.output import perform, perform_step

        settings, looks = settings_of(values, lang), looks_of(values, lang)
        if values.get("signed"):
            from pipeline.run.returned import returned

            return perform(returned, settings, looks)
        return perform_step("archive", settings, looks)

    params = [paths(), *options(lang, "output", "signed", "format")]
    return Family("archive", lang=lang, help=_HELP, short=_SHORT, params=params, callback=callback, modules=dict(SUBS))
