"""Where a finding stands, in the words of the form: "langkah 3, kolom waktu"."""

from __future__ import annotations

from pipeline.model.finding import Finding
from pipeline.model.message import Lang, say


def in_words(finding: Finding, lang: Lang) -> str:
    """Step and column of a finding in a table, "" where the file and line say it all."""
    path = finding.path
    column = next((part for part in path[1:] if isinstance(part, str)), "")
    if finding.step is not None and column:
        both = say(
            id="langkah {step}, kolom {column}", en="step {step}, column {column}", step=finding.step, column=column
        )
        return both.text(lang)
    if finding.step is not None:
        return say(id="langkah {step}", en="step {step}", step=finding.step).text(lang)
    if column and finding.place.cell is not None:
        return say(id="kolom {column}", en="column {column}", column=column).text(lang)
    return ""
