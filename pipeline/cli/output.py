"""Prints reports to stdout and everything else to stderr."""

from __future__ import annotations

import os
import shutil
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

import pipeline
from pipeline.cli.options import Looks
from pipeline.cli.progress import listening
from pipeline.errors import OutputError, TertibError
from pipeline.model.finding import Edit, Fix
from pipeline.model.message import Lang, say
from pipeline.model.reasons import why
from pipeline.report import formats
from pipeline.report.places import Lines
from pipeline.report.score import score_lines
from pipeline.report.view import View
from pipeline.run.events import Listener
from pipeline.run.outcome import Outcome
from pipeline.run.settings import Settings

if TYPE_CHECKING:
    from pipeline.report.html_parts import RuleText

Run = Callable[[Settings, Listener], Outcome]


def perform(run: Run, settings: Settings, looks: Looks) -> int:
    """Run a command with its progress shown and print its report; the exit code."""
    with listening(looks) as listener:
        outcome = run(settings, listener)
    return show(outcome, settings, looks)


def perform_step(name: str, settings: Settings, looks: Looks) -> int:
    """``perform`` for a command that makes documents: what was printed is printed again where nothing changed."""
    from pipeline.run.printed import printed, remember
    from pipeline.run.replay import kept_run
    from pipeline.run.steps import step

    if looks.verbose or settings.explain:
        return perform(step(name), settings, looks)
    seen = repr((looks.format, looks.lang, looks.color and colored(), width(), looks.quiet, looks.statistics))
    with listening(looks) as listener:
        kept = kept_run(name, settings, listener)
        text = printed(name, kept.mark, seen, settings) if kept is not None else None
        outcome = None
        if kept is None or text is None:
            outcome = (kept and kept.outcome()) or step(name, kept=False)(settings, listener)
    if outcome is None:
        write(text or "")
        return kept.exit_code if kept is not None else 0
    text = _text(outcome, settings, looks)
    write(text)
    remember(name, outcome, seen, text, settings)
    return outcome.exit_code


def show(outcome: Outcome, settings: Settings, looks: Looks) -> int:
    """Print the report of a run in the format asked for; the exit code."""
    write(_text(outcome, settings, looks))
    if looks.verbose:
        for line in score_lines(outcome.report.documents, looks.lang):
            tell(line)
        for problem in outcome.problems:
            trace(problem.error)
    return outcome.exit_code


def _text(outcome: Outcome, settings: Settings, looks: Looks) -> str:
    return formats.render(looks.format, outcome.report, _view(outcome, settings, looks))


def _view(outcome: Outcome, settings: Settings, looks: Looks) -> View:
    """How to print; what only one format needs is fetched for that one only."""
    lines: Lines = {}
    rules: tuple[RuleText, ...] = ()
    edits: Mapping[tuple[Fix, ...], Sequence[Edit]] = {}
    if looks.format == "sarif" or (looks.format == "full" and not looks.statistics):
        from pipeline.run.quoting import quoted_lines

        lines = quoted_lines(outcome.result.findings, settings.root)
    if looks.format == "sarif":
        from pipeline.run.mending import edits as edits_of
        from pipeline.run.reporting import rule_texts

        rules = rule_texts(looks.lang)
        edits = edits_of(outcome.result.findings, settings.root)
    return View(
        looks.lang,
        pipeline.__version__,
        lines,
        color=looks.color and colored(),
        width=width(),
        quiet=looks.quiet,
        verbose=looks.verbose,
        statistics=looks.statistics,
        rules=rules,
        edits=edits,
    )


def write(words: str) -> None:
    """Write to stdout; the rest is thrown away when its reader went away (``| head``). Raises OutputError."""
    try:
        sys.stdout.write(words)
        sys.stdout.flush()
    except BrokenPipeError:
        _throw_away(sys.stdout)
    except OSError as error:
        _throw_away(sys.stdout)
        message = say("Laporan tidak dapat ditulis seluruhnya: {why}. Arahkan keluaran ke tempat lain.", why=why(error))
        raise OutputError(message) from error


def _throw_away(stream: TextIO) -> None:
    """Let what ``stream`` still holds, and all that comes, go nowhere."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def tell(words: str) -> None:
    """Write a line to stderr."""
    try:
        print(words, file=sys.stderr, flush=True)
    except OSError:
        _throw_away(sys.stderr)


def tell_error(error: TertibError, lang: Lang) -> None:
    """Say what went wrong and what to do."""
    tell(f"{say('Gagal').text(lang)}: {error.text(lang)}")


def trace(error: BaseException) -> None:
    """What is needed to find a fault of the program (``--verbose``)."""
    if error.__cause__ is not None:
        tell("".join(traceback.format_exception(error)))


def colored() -> bool:
    """Does stdout take colours? ``NO_COLOR`` and dumb terminals are respected."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.stdout.isatty()


def width() -> int:
    """Columns to write to: those of the terminal, up to a width that is still good to read."""
    return shutil.get_terminal_size((100, 24)).columns
