"""Rows on lean templates: what LibreOffice takes for documents of a template as offices begin with, and of the same
made lean. ``python -m benchmarks.lean FILE...`` measures the templates in files."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measure import Row
from pipeline.convert.libreoffice import find_soffice
from pipeline.convert.timing import seconds_per_document
from pipeline.render.slim import ALL, Step, slim
from pipeline.run.slim import packed
from pipeline.run.slim_input import read_template
from pipeline.run.slim_samples import BARE, samples

_COPIES = 10
_STEPS: tuple[tuple[str, frozenset[Step]], ...] = (
    ("unused styles out", frozenset({Step.STYLES})),
    ("table styles stated directly", frozenset({Step.TABLES})),
    ("marks of editing out", frozenset({Step.NOISE})),
    ("all of it (`tertib template slim`)", ALL),
)


def lean_templates() -> list[Row]:
    """An SOP template begun from python-docx's blank document, with borders by the style "Table Grid", made lean."""
    if find_soffice() is None:
        return [Row("lean templates", "not measured: LibreOffice is not installed")]
    from tests.render.fat import fat_template

    with tempfile.TemporaryDirectory() as name:
        path = fat_template(Path(name) / "sop.docx")
        before, *after = _measured(path, [frozenset(), *(steps for _, steps in _STEPS)])
    rows = [
        Row("LibreOffice, an SOP by a template with all of Word's styles, processor time", f"{before * 1000:.0f} ms")
    ]
    for (what, steps), seconds in zip(_STEPS, after, strict=True):
        target = "<= 0.65" if steps == ALL else ""
        ratio = seconds / before
        met = round(ratio, 2) <= 0.65 if target else None
        rows.append(Row(f"the same, {what}", f"{seconds * 1000:.0f} ms", f"ratio {ratio:.2f}", target, met))
    return rows


def _measured(path: Path, choices: Sequence[frozenset[Step]]) -> list[float]:
    """Seconds a document of the template at ``path`` after each of ``choices``, in two rounds: the shorter counts."""
    data, parts = read_template(path)
    with tempfile.TemporaryDirectory() as name:
        files: list[list[Path]] = []
        for number, steps in enumerate(choices):
            made = packed(slim(parts, steps).parts) if steps else data
            shown = [sample for sample in samples(path, made, "sop.docx") if sample.name != BARE]
            files.append([Path(name) / f"{number}-{place}.docx" for place in range(len(shown))])
            for file, sample in zip(files[-1], shown, strict=True):
                file.write_bytes(sample.docx)
        rounds = [[seconds_per_document(each, copies=_COPIES) for each in files] for _ in range(2)]
    return [min(times) for times in zip(*rounds, strict=True)]


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        heavy, light = _measured(Path(argument), [frozenset(), ALL])
        print(f"{argument}: {heavy * 1000:.0f} ms, lean {light * 1000:.0f} ms, ratio {light / heavy:.2f}")
    if not sys.argv[1:]:
        for row in lean_templates():
            print(row.what, row.value, row.peer, sep="; ")
