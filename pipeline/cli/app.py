"""Entry point: chooses the language, runs a command, turns every end into an exit code."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NoReturn, TextIO

import click

import pipeline
from pipeline.cli import language, options, output
from pipeline.cli.base import Group, usage_text
from pipeline.errors import TertibError, missing_part
from pipeline.model.message import Lang, say

MODULES: Final = {
    name: f"pipeline.cli.commands.{name}"
    for name in (
        "check",
        "all",
        "build",
        "watch",
        "recap",
        "book",
        "sign",
        "archive",
        "verify",
        "explain",
        "impact",
        "new",
        "schema",
        "template",
        "doctor",
    )
}
INTERRUPTED: Final = 130

EXIT_CODES: Final = (
    (0, say("selesai, tidak ada yang menahan")),
    (1, say("ada temuan yang menahan dokumen")),
    (2, say("salah pakai, salah setelan, atau kesalahan program")),
    (3, say("LibreOffice tidak ada; DOCX tetap dibuat")),
    (4, say("hasil tidak lolos pembuktiannya sendiri")),
    (5, say("arsip atau tanda tangan tidak utuh")),
    (130, say("dihentikan; yang sudah selesai tetap ada")),
)
_ABOUT: Final = say("Dokumen SOP dan reses Sekretariat DPRD yang tertib: diperiksa, disusun, dan diarsipkan dari data.")
_CODES: Final = say("Kode keluar")


def run() -> NoReturn:
    """Run the command line of this process and exit."""
    sys.exit(main(sys.argv[1:]))


def main(args: Sequence[str]) -> int:
    """Run one command line; the exit code."""
    _prepare_streams()
    lang = language.choose(args, os.environ)
    verbose = "--verbose" in args or "-v" in args
    return guarded(lambda: _invoke(args, lang), lang, verbose=verbose)


def guarded(work: Callable[[], int], lang: Lang, *, verbose: bool) -> int:
    """Do ``work`` and turn every way in which it may end into an exit code; what went wrong is told."""
    try:
        with _ending_in_order():
            return work()
    except click.UsageError as error:
        output.tell(usage_text(error, lang))
        return 2
    except TertibError as error:
        output.tell_error(error, lang)
        if verbose:
            output.trace(error)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        output.tell(_INTERRUPTED.text(lang))
        return INTERRUPTED
    except BrokenPipeError:
        return 0
    except Exception as fault:  # noqa: BLE001 - the last net: people get words, not a traceback
        missing = missing_part(fault)
        if missing is None:
            output.tell(_fault_text(fault, lang))
        else:
            output.tell_error(missing, lang)
        if verbose:
            output.tell(traceback.format_exc())
        return 2


def group(lang: Lang) -> Group:
    """The command ``tertib`` in ``lang``."""
    rows = [f"  {code:>3}  {meaning.text(lang)}" for code, meaning in EXIT_CODES]
    made = Group(
        "tertib", lang=lang, help=_ABOUT, epilog="\n".join([f"{_CODES.text(lang)}:", *rows]), modules=dict(MODULES)
    )
    version = say("Tampilkan versi.")
    made.params += [
        click.Option(["--version"], is_flag=True, help=version.text(lang)),
        *options.options(lang, "lang")[:1],
    ]
    made.callback = _without_command
    return made


_INTERRUPTED: Final = say("Dihentikan. Yang sudah selesai tetap ada, sisanya tidak diubah.")


def _without_command(version: bool, lang: str | None) -> int:  # noqa: ARG001 - the language was chosen before
    context = click.get_current_context()
    if version:
        output.write(f"tertib {pipeline.__version__}\n")
    elif context.invoked_subcommand is None:
        output.write(context.get_help() + "\n")
    return 0


def _invoke(args: Sequence[str], lang: Lang) -> int:
    code = group(lang).main(list(args), prog_name="tertib", standalone_mode=False)
    return code if isinstance(code, int) else 0


@contextmanager
def _ending_in_order() -> Iterator[None]:
    """A run that is told to end must end LibreOffice with it and leave its folder in order, as on Ctrl-C."""
    try:
        before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    except ValueError:  # not in the main thread: whoever called handles signals
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _prepare_streams() -> None:
    # Where there is no stream at all (a closed one, a program without console), what is said goes nowhere; printing to
    # None would put it on the other stream.
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    # A console that cannot show a sign gets a question mark instead of ending the program; files and pipes get UTF-8,
    # whatever the code page of the system is.
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace", encoding=None if stream.isatty() else "utf-8")


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def _fault_text(fault: BaseException, lang: Lang) -> str:
    kind = type(fault).__name__
    return say(
        "Kesalahan program ({kind}: {fault}). Ini bukan kesalahan Anda dan keluaran lama tidak diubah.\n"
        "Jalankan lagi dengan --verbose, lalu kirim seluruh keluarannya beserta berkas masukan kepada pengelola "
        "tertib di kantor Anda.",
        kind=kind,
        fault=fault,
    ).text(lang)
