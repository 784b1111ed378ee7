"""Where a finding stands, in the words of the form: "langkah 3, kolom waktu"."""

from __future__ import annotations

from functools import lru_cache

from pipeline.model.finding import Finding
from pipeline.model.message import Lang, say


def in_words(finding: Finding, lang: Lang) -> str:
    """Step and column of a finding in a table, "" where the file and line say it all."""
    column = next((part for part in finding.path[1:] if isinstance(part, str)), "")
    return _words(finding.step, column if finding.step is not None or finding.place.cell is not None else "", lang)


@lru_cache(maxsize=4096)
def _words(step: int | None, column: str, lang: Lang) -> str:
    if step is None:
        return say("kolom {column}", column=column).text(lang) if column else ""
    if not column:
        return say("langkah {step}", step=step).text(lang)
    both = say("langkah {step}, kolom {column}", step=step, column=column)
    return both.text(lang)
