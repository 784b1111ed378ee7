"""Measured inside one process, printed as JSON: DOCX of one SOP, warm, beside plain docxtpl; PDF in a batch and singly.

Run as ``python -m benchmarks.warm docx`` or ``python -m benchmarks.warm pdf``.
"""

from __future__ import annotations

import io
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.many import EXAMPLE
from benchmarks.measure import ROOT
from pipeline.convert.libreoffice import Job, convert
from pipeline.model.inputs import SopInput
from pipeline.readers.office import read_office
from pipeline.readers.sop import read_sop
from pipeline.render.proof import prove_docx
from pipeline.render.template import Template
from pipeline.resources import packaged_templates
from pipeline.run.document import render_sop

REPEATS = 31
BATCH = 20
SINGLES = 4


def main(part: str) -> None:
    """Measure ``part`` and print it."""
    template = Template.load(packaged_templates() / "sop.docx")
    office = read_office(EXAMPLE, ROOT)
    items = [read_sop(path, office, ROOT) for path in sorted((EXAMPLE / "sop").glob("*.yaml"))]
    print(json.dumps(docx(template, items) if part == "docx" else pdf(template, items)))


def docx(template: Template, items: list[SopInput]) -> dict[str, Any]:
    """Milliseconds for the shortest SOP (of ordinary length) and for the longest: layout, drawing and filling.

    Of the shortest also the filling alone, the proof, and docxtpl's own filling.
    """
    ordered = sorted((i for i in items if i.sop is not None), key=lambda i: len(i.sop.steps) if i.sop else 0)
    item = ordered[0]
    context = _context_of(template, item)

    def plain() -> None:
        from docxtpl import DocxTemplate

        document = DocxTemplate(template.path)
        document.render(dict(context), autoescape=True)
        document.save(io.BytesIO())

    made = render_sop(template, item)
    ways: dict[str, Callable[[], object]] = {
        "all": lambda: render_sop(template, item),
        "longest": lambda: render_sop(template, ordered[-1]),
        "fill": lambda: template.render(context),
        "proof": lambda: prove_docx(made.docx, "sop.docx", given=made.texts),
        "docxtpl": plain,
    }
    steps = [len(i.sop.steps) for i in ordered if i.sop is not None]
    return {"steps": steps[0], "most": steps[-1], "ms": _medians(ways)}


def _context_of(template: Template, item: SopInput) -> dict[str, object]:
    """The context that ``render_sop`` fills the template with, caught on its way."""
    caught: dict[str, object] = {}
    real = Template.render

    def catch(self: Template, context: Any, *rest: Any, **named: Any) -> bytes:
        caught.update(context)
        return real(self, context, *rest, **named)

    Template.render = catch  # type: ignore[method-assign]
    try:
        render_sop(template, item)
    finally:
        Template.render = real  # type: ignore[method-assign]
    return caught


def _medians(ways: dict[str, Callable[[], object]]) -> dict[str, list[float]]:
    """Median, smallest and largest milliseconds of every way, taken in turns after two unmeasured rounds."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(REPEATS + 2):
        for name, way in ways.items():
            start = time.perf_counter()
            way()
            if turn >= 2:
                times[name].append((time.perf_counter() - start) * 1000)
    return {name: [statistics.median(taken), min(taken), max(taken)] for name, taken in times.items()}


def pdf(template: Template, items: list[SopInput]) -> dict[str, Any]:
    """Seconds for one document: a batch on one and on two workers, and a process for each document."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        jobs = []
        for number in range(BATCH):
            rendered = render_sop(template, items[number % len(items)])
            source = folder / f"{number:03d}.docx"
            source.write_bytes(rendered.docx)
            jobs.append(Job(source, source.with_suffix(".pdf"), None, rendered.texts))
        _convert(jobs[:1], 1)
        single = statistics.median(_convert([job], 1) for job in jobs[:SINGLES])
        return {"count": BATCH, "single": single, "batch": _convert(jobs, 1) / BATCH, "two": _convert(jobs, 2) / BATCH}


def _convert(jobs: list[Job], workers: int) -> float:
    start = time.perf_counter()
    outcomes = convert(jobs, workers=workers)
    seconds = time.perf_counter() - start
    errors = [o.error for o in outcomes if o.error]
    if errors:
        raise errors[0]
    return seconds


if __name__ == "__main__":
    main(sys.argv[1])
