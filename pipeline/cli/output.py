"""Prints reports to stdout and everything else to stderr."""

from __future__ import annotations

import os
import shutil
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress

import pipeline
from pipeline.cli.options import Looks
from pipeline.cli.progress import listening
from pipeline.errors import TertibError
from pipeline.model.message import Lang, say
from pipeline.report import text
from pipeline.report.score import score_lines
from pipeline.run.events import Listener
from pipeline.run.outcome import Outcome
from pipeline.run.settings import Settings

_WIDEST = 110


Run = Callable[[Settings, Listener], Outcome]


def perform(run: Run, settings: Settings, looks: Looks) -> int:
    """Run a command with its progress shown and print its report; the exit code."""
    with listening(looks) as listener:
        outcome = run(settings, listener)
    return show(outcome, settings, looks)


def show(outcome: Outcome, settings: Settings, looks: Looks) -> int:
    """Print the report of a run in the format asked for; the exit code."""
    result = outcome.report
    color = looks.color and colored()
    if looks.format == "json":
        from pipeline.report import json_report

        write(json_report.render(result, lang=looks.lang, version=pipeline.__version__))
    elif looks.format == "concise":
        write(text.concise(result, lang=looks.lang, color=color, quiet=looks.quiet))
    else:
        from pipeline.run.quoting import quoted_lines

        lines = quoted_lines(result.findings, settings.root)
        write(text.full(result, lang=looks.lang, lines=lines, color=color, width=_width(), quiet=looks.quiet))
    if looks.verbose:
        for line in score_lines(result.documents, looks.lang):
            tell(line)
        for problem in outcome.problems:
            trace(problem.error)
    return outcome.exit_code


def write(words: str) -> None:
    """Write to stdout. A reader that went away (``| head``) is no error: the rest is thrown away."""
    try:
        sys.stdout.write(words)
        sys.stdout.flush()
    except BrokenPipeError:
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def tell(words: str) -> None:
    """Write a line to stderr."""
    with suppress(BrokenPipeError):
        print(words, file=sys.stderr, flush=True)


def tell_error(error: TertibError, lang: Lang) -> None:
    """Say what went wrong and what to do."""
    tell(f"{say(id='Gagal', en='Failed').text(lang)}: {error.text(lang)}")


def trace(error: BaseException) -> None:
    """What is needed to find a fault of the program (``--verbose``)."""
    if error.__cause__ is not None:
        tell("".join(traceback.format_exception(error)))


def colored() -> bool:
    """Does stdout take colours? ``NO_COLOR`` and dumb terminals are respected."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.stdout.isatty()


def _width() -> int:
    return min(shutil.get_terminal_size((100, 24)).columns, _WIDEST)
