"""Writes the report of a run beside its outputs: ``temuan.html`` and ``temuan.json``."""

from __future__ import annotations

import pipeline
from pipeline.report import html, json_report
from pipeline.run.outcome import Outcome
from pipeline.run.quoting import quoted_lines
from pipeline.run.record import together
from pipeline.run.settings import Settings
from pipeline.run.writing import Outputs


def write_reports(outcome: Outcome, settings: Settings, outputs: Outputs, *, kind: str) -> None:
    """Write both files at the top of the output folder. Raises OutputError.

    ``kind`` (``sop``, ``reses``) says what was made: the last findings on the other kind stay in the report.
    """
    result = together(kind, outcome.report, outputs)
    version = pipeline.__version__
    text = json_report.render(result, lang=settings.lang, version=version)
    page = html.render(
        result,
        lang=settings.lang,
        today=settings.today,
        version=version,
        base=settings.relative(outputs.folder),
        lines=quoted_lines(result.findings, settings.root),
    )
    outputs.write(outputs.folder / "temuan.json", text.encode())
    outputs.write(outputs.folder / "temuan.html", page.encode())
