"""``tertib all``: everything that documents are made of, one command after the other, in one process."""

from __future__ import annotations

from typing import Any, Final

import click

from pipeline.cli.base import Command
from pipeline.cli.options import Looks, looks_of, options, paths, settings_of
from pipeline.model.message import Lang, say
from pipeline.resources import here
from pipeline.run.settings import Settings

_SHORT = say("build, recap, book, lalu archive; yang tidak berubah tidak disentuh.")
_HELP = say(
    "Menjalankan tertib build, recap, book, dan archive berturut-turut, seperti make. Temuan yang menahan satu dokumen "
    "tidak menghentikan yang lain. Bila tidak ada yang berubah sejak terakhir kali (masukan, hasil, templat, program, "
    "huruf, LibreOffice, hari), hasil terakhir dikatakan lagi tanpa mengerjakan apa pun. Kode keluar adalah yang "
    "tertinggi dari keempatnya.\n\nPATH adalah folder kantor, berkas SOP, folder reses, atau folder di atasnya; "
    "bawaannya inputs."
)
_BLOCKED: Final = 1
_NO_PROGRAM: Final = 3
_INTERRUPTED: Final = 130


def command(lang: Lang) -> click.Command:
    """The command in ``lang``."""

    def callback(**values: Any) -> int:
        return _everything(settings_of(values, lang), looks_of(values, lang))

    params = [paths(), *options(lang, "output", "jobs", "force", "explain", "templates")]
    return Command("all", lang=lang, help=_HELP, short=_SHORT, params=params, callback=callback)


def _everything(settings: Settings, looks: Looks) -> int:
    from pipeline.cli import output
    from pipeline.run.replay import sharing
    from pipeline.run.steps import STEPS

    worst = 0
    with sharing():
        for name in STEPS:
            code = _one(name, settings, looks)
            if code == _INTERRUPTED:
                return code
            if code:
                output.tell(_told(name, code, looks.lang))
            worst = max(worst, code)
    folder = here(settings.output)
    if worst:
        text = say(
            "Selesai dengan catatan di atas (kode {code}). Semua temuan ada di {folder}/temuan.html.",
            code=worst,
            folder=folder,
        )
    else:
        text = say("Selesai: semua dokumen ada di {folder}/, semua temuan di {folder}/temuan.html.", folder=folder)
    output.tell(text.text(looks.lang))
    return worst


def _one(name: str, settings: Settings, looks: Looks) -> int:
    """One command; what ends it does not end those after it."""
    from dataclasses import replace

    from pipeline.cli.app import guarded
    from pipeline.cli.output import perform_step

    shown = replace(looks, format="concise") if name in ("build", "recap") else looks
    return guarded(lambda: perform_step(name, settings, shown), looks.lang, verbose=looks.verbose)


def _told(name: str, code: int, lang: Lang) -> str:
    if code == _BLOCKED:
        text = say(
            "tertib {name}: ada temuan yang menahan dokumen (lihat di atas); yang lain tetap dikerjakan.", name=name
        )
    elif code == _NO_PROGRAM:
        text = say("tertib {name}: LibreOffice Writer tidak ada; DOCX tetap dibuat, PDF belum.", name=name)
    else:
        text = say("tertib {name}: gagal (kode {code}); sebabnya tertulis di atas.", name=name, code=code)
    return text.text(lang)
