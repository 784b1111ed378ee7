"""``tertib check``."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.base import Command
from pipeline.cli.options import Parsed, looks_of, options, paths, settings_of
from pipeline.model.message import Lang, say

if TYPE_CHECKING:
    from pipeline.cli.output import Run

_SHORT = say("Periksa masukan dan tampilkan temuan.")
_HELP = say(
    "Membaca dan memeriksa masukan, lalu menampilkan temuan: apa, di mana, mengapa, dan apa "
    "yang harus dilakukan. Tidak menulis berkas apa pun, kecuali yang diminta.\n\n"
    "PATH adalah folder kantor, berkas SOP, folder reses, atau folder di atasnya; bawaannya inputs."
)


_PAGE = say("Tulis juga temuan sebagai satu halaman ke berkas ini (.html); dibuka dengan klik ganda, tanpa internet.")


def _page(text: str) -> object:
    path = Path(text)
    if path.suffix.lower() in (".html", ".htm"):
        return path
    return say("{file}: nama berkas ini harus berakhir dengan .html, misalnya temuan.html.", file=text)


def command(lang: Lang) -> click.Command:
    """The command in ``lang``."""

    def callback(**values: Any) -> int:
        from pipeline.cli.output import perform
        from pipeline.run.check import check

        if values["fix"] or values["diff"]:
            return _mend(values, lang)
        return perform(_paged(check, values["html"]), settings_of(values, lang), looks_of(values, lang))

    names = ("format", "statistics", "select", "ignore", "as_of", "strict", "stage")
    html = click.Option(
        ["--html"],
        help=_PAGE.text(lang),
        type=Parsed(_page, lang),
        default=None,
        metavar=say("BERKAS").text(lang),
    )
    params = [paths(), html, *options(lang, *names, "fix", "diff", "baseline", "update_baseline", "no_cache")]
    return Command("check", lang=lang, help=_HELP, short=_SHORT, params=params, callback=callback)


def _paged(run: Run, file: Path | None) -> Run:
    """``run`` with a page of its findings where one is asked for."""
    if file is None:
        return run
    from pipeline.run.reporting import with_page

    return partial(with_page, run, Path.cwd() / file)


def _mend(values: dict[str, Any], lang: Lang) -> int:
    """``--fix`` and ``--diff``; with both, nothing is changed."""
    from pipeline.cli.output import perform, write
    from pipeline.cli.progress import listening
    from pipeline.run.fix import check_and_diff, check_and_fix

    settings, looks = settings_of(values, lang), looks_of(values, lang)
    if not values["diff"]:
        now = dt.datetime.now()  # noqa: DTZ005 - the time on the office's own clock
        return perform(_paged(partial(check_and_fix, now=now), values["html"]), settings, looks)
    with listening(looks) as listener:
        text, outcome = check_and_diff(settings, listener)
    write(text)
    return outcome.exit_code
