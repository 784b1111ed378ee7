"""Writes the report of a run: ``temuan.html`` and ``temuan.json`` beside its outputs, or one page where asked for."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pipeline
from pipeline.errors import OutputError
from pipeline.model.message import NOTHING, Lang, say
from pipeline.model.reasons import why
from pipeline.model.result import RunResult
from pipeline.report import html, json_report
from pipeline.resources import here
from pipeline.rules import docs
from pipeline.run import catalogue
from pipeline.run.events import Listener
from pipeline.run.outcome import Outcome
from pipeline.run.quoting import quoted_lines
from pipeline.run.record import together
from pipeline.run.replay import REPORT, report_state
from pipeline.run.settings import Settings
from pipeline.run.writing import Outputs, write_synced


def write_reports(outcome: Outcome, settings: Settings, outputs: Outputs, *, kind: str) -> None:
    """Write both files at the top of the output folder. Raises OutputError.

    ``kind`` (``sop``, ``reses``) says what was made: the last findings on the other kind stay in the report.
    """
    result = together(kind, outcome.report, outputs)
    text = json_report.render(result, lang=settings.lang, version=pipeline.__version__)
    page = page_of(result, settings, base=settings.relative(outputs.folder))
    outputs.write(outputs.folder / "temuan.json", _bytes(text))
    outputs.write(outputs.folder / "temuan.html", _bytes(page))
    outputs.write(outputs.private / REPORT, report_state(outputs, settings.lang))


Run = Callable[[Settings, Listener], Outcome]


def with_page(run: Run, file: Path, settings: Settings, listener: Listener) -> Outcome:
    """``run``, and its findings as a page in ``file``. Raises what ``run`` does, and OutputError."""
    outcome = run(settings, listener)
    write_page(outcome.report, settings, file)
    listener.note(say("Laporan ditulis ke {file}.", file=here(file)))
    return outcome


def write_page(result: RunResult, settings: Settings, file: Path) -> None:
    """Write the page to ``file``, in one step, and nothing else anywhere. Raises OutputError."""
    base = settings.relative(file.parent)
    page = _bytes(page_of(result, settings, base="" if base == "." else base))
    temporary = None
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
        temporary = Path(name)
        with os.fdopen(handle, "wb") as opened:
            write_synced(opened, page)
        temporary.chmod(file.stat().st_mode if file.exists() else _MODE)
        temporary.replace(file)
    except OSError as error:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink()
        raise OutputError(
            say(
                "Laporan tidak dapat ditulis ke {file}: {why}. Pilih berkas lain untuk --html.",
                file=here(file),
                why=why(error),
            )
        ) from error


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")  # a file name may hold what is no text


_MODE = 0o644
"""A report is for others to read; ``mkstemp`` alone would keep it to its writer."""


def page_of(result: RunResult, settings: Settings, *, base: str) -> str:
    """The findings as one HTML page with the rules explained; ``base`` is the folder it will stand in."""
    return html.render(
        result,
        lang=settings.lang,
        today=settings.today,
        version=pipeline.__version__,
        base=base,
        lines=quoted_lines(result.findings, settings.root),
        rules=rule_texts(settings.lang),
    )


def rule_texts(lang: Lang) -> tuple[html.RuleText, ...]:
    """Every rule and other finding of the program as the reports explain it in ``lang``, a code once."""
    found: dict[str, html.RuleText] = {}
    for entry in docs.entries(catalogue.others()):
        text = _told(entry, lang)
        known = found.get(entry.code)
        found[entry.code] = replace(known, sections=(*known.sections, *text.sections)) if known else text
    return tuple(found.values())


def _told(entry: docs.Entry, lang: Lang) -> html.RuleText:
    return html.RuleText(
        code=entry.code,
        name=entry.name,
        severity=entry.severity,
        summary=entry.summary,
        family=docs.family_of(entry.code),
        sections=_sections(entry, lang),
        cases=entry.cases,
        confidence=entry.confidence,
    )


def _sections(entry: docs.Entry, lang: Lang) -> tuple[tuple[str, str], ...]:
    """The explanation; where a code is that of two rules, it says first which of them is meant."""
    found = docs.told(entry, lang)
    if entry.scope == NOTHING or not found:
        return found
    (heading, text), *rest = found
    return (heading, f"({entry.scope.text(lang)}) {text}"), *rest
