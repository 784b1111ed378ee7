"""Measured inside one process, printed as JSON: DOCX of one SOP, warm, beside plain docxtpl.

Run as ``python -m benchmarks.warm``.
"""

from __future__ import annotations

import io
import json
import statistics
import time
from collections.abc import Callable
from typing import Any

from benchmarks.many import EXAMPLE
from benchmarks.measure import ROOT
from pipeline.model.inputs import SopInput
from pipeline.readers.office import read_office
from pipeline.readers.sop import read_sop
from pipeline.render.proof import prove_docx
from pipeline.render.template import Template
from pipeline.resources import packaged_templates
from pipeline.run.document import render_sop

REPEATS = 31


def main() -> None:
    """Measure and print."""
    template = Template.load(packaged_templates() / "sop.docx")
    office = read_office(EXAMPLE, ROOT)
    items = [read_sop(path, office, ROOT) for path in sorted((EXAMPLE / "sop").glob("*.yaml"))]
    print(json.dumps(docx(template, items)))


def docx(template: Template, items: list[SopInput]) -> dict[str, Any]:
    """Milliseconds for the shortest SOP (of ordinary length) and for the longest: layout, drawing and filling.

    Of the shortest also the filling alone, the proof, and docxtpl's own filling.
    """
    ordered = sorted((i for i in items if i.sop is not None), key=lambda i: len(i.sop.steps) if i.sop else 0)
    item = ordered[0]
    context, named = _arguments_of(template, item)

    def plain() -> bytes:
        from docxtpl import DocxTemplate

        document = DocxTemplate(template.path)
        document.render(dict(context), autoescape=True)
        made = io.BytesIO()
        document.save(made)
        return made.getvalue()

    if item.sop is None or not _says(plain(), item.sop.title):
        raise SystemExit("docxtpl's document does not hold the title: nothing to compare with")
    made = render_sop(template, item)
    ways: dict[str, Callable[[], object]] = {
        "all": lambda: render_sop(template, item),
        "longest": lambda: render_sop(template, ordered[-1]),
        "fill": lambda: template.render(context, **named),
        "proof": lambda: prove_docx(made.docx, "sop.docx", given=made.texts),
        "docxtpl": plain,
    }
    steps = [len(i.sop.steps) for i in ordered if i.sop is not None]
    return {"steps": steps[0], "most": steps[-1], "ms": _medians(ways)}


def _says(docx_bytes: bytes, text: str) -> bool:
    """Whether a document shows ``text`` in one of its tables."""
    import docx as python_docx

    document = python_docx.Document(io.BytesIO(docx_bytes))
    return any(text in cell.text for table in document.tables[:1] for row in table.rows for cell in row.cells)


def _arguments_of(template: Template, item: SopInput) -> tuple[dict[str, object], dict[str, Any]]:
    """The context that ``render_sop`` fills the template with and what it hands over beside it, caught on the way."""
    caught: list[tuple[dict[str, object], dict[str, Any]]] = []
    real = Template.render

    def catch(self: Template, context: Any, **named: Any) -> bytes:
        caught.append((dict(context), named))
        return real(self, context, **named)

    Template.render = catch  # type: ignore[method-assign]
    try:
        render_sop(template, item)
    finally:
        Template.render = real  # type: ignore[method-assign]
    return caught[-1]


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


if __name__ == "__main__":
    main()
