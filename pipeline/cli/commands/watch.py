"""``tertib watch``."""

from __future__ import annotations

import datetime as dt
import signal
from typing import Any

import click

from pipeline.cli.base import Command
from pipeline.cli.options import Looks, Parsed, looks_of, options, paths, settings_of
from pipeline.model.message import Lang, say
from pipeline.model.turn import Turn

_SHORT = say("Awasi masukan; SOP yang disimpan langsung disusun.")
_HELP = say(
    "Mula-mula memperbarui semua seperti tertib build, lalu menunggu. Setiap kali sebuah berkas disimpan, SOP yang "
    "memakainya diperiksa dan disusun lagi: DOCX dahulu, lalu PDF; satu baris mengatakan hasilnya, temuannya ringkas "
    "di bawahnya. Berkas reses hanya diperiksa; laporannya disusun dengan tertib recap. Ctrl-C mengakhiri.\n\n"
    "PATH adalah folder kantor, berkas SOP, folder reses, atau folder di atasnya; bawaannya inputs."
)
_FORMATS = ("text", "json")
_FORMAT = say("Bentuk barisnya: untuk dibaca, atau satu JSON tiap baris untuk program lain.")
_POLL = say("Berkas dilihat berkala; untuk drive jaringan yang tidak memberi tahu perubahan.")
_ENDED = say("Pengawasan selesai.")


def command(lang: Lang) -> click.Command:
    """The command in ``lang``."""

    def callback(**values: Any) -> int:
        looks = looks_of({**values, "format": None}, lang)
        return _watch(values, lang, looks)

    def one_of(text: str) -> object:
        if text in _FORMATS:
            return text
        return say("{text} tidak dikenal. Pilihannya: {words}.", text=text, words=", ".join(_FORMATS))

    own = [
        click.Option(
            ["--format"], help=_FORMAT.text(lang), type=Parsed(one_of, lang), default="text", metavar="|".join(_FORMATS)
        ),
        click.Option(["--poll"], help=_POLL.text(lang), is_flag=True),
    ]
    names = (
        "output",
        "jobs",
        "select",
        "ignore",
        "as_of",
        "strict",
        "stage",
        "baseline",
        "templates",
        "also",
        "no_pdf",
    )
    params = [paths(), *own, *options(lang, *names)]
    return Command("watch", lang=lang, help=_HELP, short=_SHORT, params=params, callback=callback)


def _watch(values: dict[str, Any], lang: Lang, looks: Looks) -> int:
    from pipeline.cli.output import colored, tell, write
    from pipeline.cli.progress import listening
    from pipeline.report.watching import as_json, as_text
    from pipeline.run.changes import FileChanges
    from pipeline.run.touched import Scope
    from pipeline.run.watch import watch
    from pipeline.run.workforce import Pool

    def show(turn: Turn) -> None:
        if values["format"] == "json":
            write(as_json(turn, lang))
        else:
            write(as_text(turn, lang, color=looks.color and colored(), quiet=looks.quiet))

    settings = settings_of(values, lang)
    scope = Scope(settings)
    _end_with_the_terminal()
    with (
        listening(looks) as listener,
        FileChanges(scope.roots, scope.is_input, polling=values["poll"] or None) as changes,
        Pool(settings.jobs) as pool,
    ):
        if settings.pdf:
            pool.warm()
        # Ctrl-C is how watching ends. While documents are made it interrupts them, which is told with its own code.
        watch(settings, scope, changes, pool, listener, show, _now)
    if not looks.quiet:
        tell(_ENDED.text(lang))
    return 0


def _now() -> dt.datetime:
    return dt.datetime.now().astimezone()


def _end_with_the_terminal() -> None:
    """A terminal that is closed ends the watching as Ctrl-C does, and LibreOffice with it (unless run by ``nohup``)."""
    hangup = getattr(signal, "SIGHUP", None)
    try:
        if hangup is not None and signal.getsignal(hangup) is signal.SIG_DFL:
            signal.signal(hangup, signal.default_int_handler)
    except ValueError:  # not in the main thread: whoever called handles signals
        return
