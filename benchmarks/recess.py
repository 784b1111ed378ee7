"""Measured on made recesses: all documents of 5,000 proposals; 100,000 read, judged, totalled and printed; docxtpl.

Run as ``python -m benchmarks.recess totals FOLDER`` (an office from ``benchmarks.recess_data``) or
``python -m benchmarks.recess docxtpl FOLDER`` or ``... pdf FOLDER`` (the plenary's document with all its needs, by
LibreOffice); each prints JSON.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import resource
import sys
import time
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from lxml import etree

from benchmarks.recess_data import RECESS

GROWTH = (50, 500, 5000)
"""Rows that docxtpl's own loop is measured with, to see how its time grows."""


def main(part: str, office: Path) -> None:
    """Measure ``part`` with the recess of ``office`` and print it."""
    parts = {"totals": totals, "docxtpl": loops, "pdf": long_pdf}
    print(json.dumps(parts[part](office)))


def totals(office: Path) -> dict[str, Any]:
    """Seconds of the processor and megabytes from files to the plenary's inventory, as one document and in volumes."""
    from pipeline.recess.recap import make_recap
    from pipeline.recess.volumes import volumes_of
    from pipeline.render.proof import prove_docx
    from pipeline.render.recess_plenary import RECAP_TEMPLATE, render_recap
    from pipeline.render.recess_volume import VOLUME_TEMPLATE, render_volume

    found: dict[str, Any] = {}
    took = _stopwatch(found)
    item, findings = took("check", lambda: _checked(office))
    recap = took("group", lambda: make_recap(item.recess, history=item.history))
    found |= {"proposals": len(item.recess.proposals), "needs": len(recap.needs), "findings": findings}
    found["totals_mb"] = _peak_mb()
    data = took("inventory", lambda: render_recap(_template(RECAP_TEMPLATE), item, recap))
    took("proof", lambda: prove_docx(data, "rekapitulasi.docx"))
    found["xml_mb"] = _size(data) >> 20
    volumes = volumes_of(recap.districts, stem="rekapitulasi")
    template = _template(VOLUME_TEMPLATE)

    def each() -> None:
        for volume in volumes:
            prove_docx(render_volume(template, item, recap, volume), volume.stem)

    took("volumes", each)
    return found | {"volume_count": len(volumes), "peak_mb": _peak_mb()}


def loops(office: Path) -> dict[str, Any]:
    """Seconds of the processor to fill the plenary's template for ever more rows: docxtpl as it comes, and Tertib."""
    from pipeline.readers.office import read_office
    from pipeline.readers.recess import read_recess
    from pipeline.recess.recap import make_recap
    from pipeline.render.recess_plenary import RECAP_TEMPLATE, render_recap
    from pipeline.render.template import Template

    template = _template(RECAP_TEMPLATE)
    root = office.parents[1]
    item = read_recess(office / "reses" / RECESS, read_office(office, root), root)
    if item.recess is None:
        raise SystemExit("the recess could not be read: nothing to measure")
    caught: dict[str, Any] = {}
    real = Template.stream

    def catch(self: Template, context: Mapping[str, object], **named: Any) -> bytes:
        caught.clear()
        caught.update(context)
        return real(self, context, **named)

    Template.stream = catch  # type: ignore[method-assign]
    found: dict[str, Any] = {"rows": GROWTH, "docxtpl": [], "tertib": []}
    render_recap(template, item, make_recap(replace(item.recess, proposals=item.recess.proposals[:10])))  # warm
    for rows in GROWTH:
        recess = replace(item.recess, proposals=item.recess.proposals[:rows])
        render_recap(template, replace(item, recess=recess), make_recap(recess))
        context = dict(caught)
        seconds: dict[str, Any] = {}
        took = _stopwatch(seconds)
        ours = took("tertib", partial(template.stream, context))
        theirs = took("docxtpl", partial(_plain, template.path, context))
        # Tertib repeats the head of a table that it breaks, so the rows are compared, not counted.
        if _rows(ours) != _rows(theirs) or len(_rows(ours)) < 0.8 * rows:
            raise SystemExit(f"other table rows than docxtpl's for {rows} proposals: nothing to compare")
        for name in ("tertib", "docxtpl"):
            found[name].append(seconds[name])
    return found


def long_pdf(office: Path) -> dict[str, Any]:
    """Seconds of LibreOffice for the plenary's document with all needs in it, its pages, and its peak megabytes."""
    import subprocess
    import tempfile

    import pypdfium2

    from pipeline.convert.libreoffice import find_soffice
    from pipeline.recess.recap import make_recap
    from pipeline.render.recess_plenary import RECAP_TEMPLATE, render_recap

    item, _ = _checked(office)
    recap = make_recap(item.recess, history=item.history)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        document = folder / "rekapitulasi.docx"
        document.write_bytes(render_recap(_template(RECAP_TEMPLATE), item, recap))
        profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
        command = [str(find_soffice()), profile, "--headless", "--convert-to", "pdf", "--outdir", name, str(document)]
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        seconds = time.perf_counter() - start
        pages = len(pypdfium2.PdfDocument(document.with_suffix(".pdf")))
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / unit
    return {"needs": len(recap.needs), "seconds": seconds, "pages": pages, "peak_mb": peak}


def _rows(data: bytes) -> set[tuple[str, ...]]:
    """What the table rows of a document say, by cell."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    word = f"{{{root.nsmap['w']}}}"
    return {
        tuple("".join(text.text or "" for text in cell.iter(f"{word}t")) for cell in row.iter(f"{word}tc"))
        for row in root.iter(f"{word}tr")
    }


def _plain(path: Path, context: Mapping[str, object]) -> bytes:
    """docxtpl as its manual says, with the same filters."""
    import jinja2
    from docxtpl import DocxTemplate

    from pipeline.model.dates import long_date
    from pipeline.render.values import rupiah, thousands

    environment = jinja2.Environment(autoescape=True)
    environment.filters |= {"tanggal": long_date, "ribuan": thousands, "rupiah": rupiah}
    document = DocxTemplate(path)
    document.render(dict(context), environment, autoescape=True)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _checked(office: Path) -> tuple[Any, int]:
    """The recess as read, and the number of findings; as ``tertib recap`` reads and judges it."""
    from pipeline.run.baseline import begin
    from pipeline.run.events import Silent
    from pipeline.run.recess_check import check_recesses
    from pipeline.run.settings import Settings

    root = office.parents[1]
    settings = Settings(root, root / "outputs", dt.date(2026, 3, 2))
    checked = check_recesses([office / "reses" / RECESS], settings, Silent(), begin(settings))
    if checked.blocked:
        raise SystemExit("the made recess has faults: nothing to measure")
    return checked.items[0], len(checked.findings)


def _template(name: str) -> Any:
    from pipeline.render.template import Template
    from pipeline.resources import packaged_templates

    return Template.load(packaged_templates() / name)


def _stopwatch(found: dict[str, Any]) -> Callable[[str, Callable[[], Any]], Any]:
    def took(name: str, work: Callable[[], Any]) -> Any:
        start = time.process_time()
        result = work()
        found[name] = time.process_time() - start
        return result

    return took


def _peak_mb() -> float:
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def _size(data: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.getinfo("word/document.xml").file_size


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
