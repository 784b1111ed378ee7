"""Measured on PDFs and archives: finish and proof of the example's SOPs in a warm process, an archive of 1,000.

Run as ``python -m benchmarks.finished pdf FOLDER`` or ``... archive FOLDER``; each prints JSON. FOLDER is empty.
"""

from __future__ import annotations

import datetime as dt
import json
import resource
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.many import EXAMPLE
from benchmarks.measure import TERTIB, run
from pipeline.convert.libreoffice import Job, OnDone, convert
from pipeline.convert.proof import prove_pdf
from pipeline.run.build import build
from pipeline.run.events import Silent
from pipeline.run.settings import Settings
from pipeline.run.workforce import Here

REPEATS = 9
ARCHIVED = 1000


def main(part: str, folder: Path) -> None:
    """Measure ``part`` in ``folder`` and print it."""
    print(json.dumps({"pdf": pdf, "archive": archive}[part](folder)))


def pdf(folder: Path) -> dict[str, Any]:
    """Milliseconds from LibreOffice's PDF to one finished and proved, of every SOP; what LibreOffice takes beside."""
    jobs = _jobs(folder)
    raw = {job.pdf: folder / f"{job.docx.stem}.raw.pdf" for job in jobs}
    start = time.perf_counter()
    outcomes = convert([Job(job.docx, raw[job.pdf]) for job in jobs], workers=1)
    converted = (time.perf_counter() - start) / len(jobs)
    errors = [outcome.error for outcome in outcomes if outcome.error]
    if errors:
        raise errors[0]
    work = folder / "kerja.pdf"
    found = {}
    for job in jobs:
        finish = job.finish
        if finish is None:
            raise SystemExit("a PDF that is not finished has nothing to measure")
        parts: dict[str, list[float]] = {"finish_and_check": [], "text_and_ink": []}
        for _ in range(REPEATS):
            shutil.copyfile(raw[job.pdf], work)
            _timed(parts["finish_and_check"], partial(finish, work))
            _timed(parts["text_and_ink"], partial(_prove, job, work))
        found[job.docx.stem] = {name: statistics.median(taken) for name, taken in parts.items()}
    return {"sops": found, "libreoffice": converted * 1000}


def _prove(job: Job, path: Path) -> None:
    prove_pdf(path, name=job.pdf.name, pages=job.pages, texts=job.texts, sequence=job.sequence, ink=job.ink)


def _timed(taken: list[float], do: Callable[[], object]) -> None:
    start = time.perf_counter()
    do()
    taken.append((time.perf_counter() - start) * 1000)


def _jobs(folder: Path) -> list[Job]:
    """The conversions that a build of the example asks for; their DOCX are in place afterwards."""
    caught: list[Job] = []

    class Catching(Here):
        def convert(self, jobs: Sequence[Job], on_done: OnDone) -> None:  # noqa: ARG002
            caught.extend(jobs)

    settings = Settings(EXAMPLE.parents[1], folder / "outputs", dt.date(2026, 11, 1), (EXAMPLE / "sop",))
    build(settings, Silent(), Catching(1))
    return caught


def archive(folder: Path) -> dict[str, Any]:
    """Seconds to verify an archive of ARCHIVED documents, the SOPs of the example over and over, and its megabytes."""
    from pipeline.archive import desk
    from pipeline.archive.filing import Filing
    from pipeline.archive.storage import LocalStorage
    from pipeline.archive.store import Item

    run([*TERTIB, "build", str(EXAMPLE / "sop"), "-o", str(folder / "outputs")], cwd=EXAMPLE.parents[1])
    built = sorted((folder / "outputs" / EXAMPLE.name / "sop").glob("*.pdf"))
    place = folder / "arsip"
    filing = Filing(desk.load(LocalStorage(place, None, "arsip")), dt.date(2026, 11, 1))
    plans = []
    for number in range(ARCHIVED):
        made = built[number % len(built)]
        name = f"sop-{number:04d}"
        files = {f"{name}{end}": made.with_suffix(end) for end in (".pdf", ".docx", ".ttd.json")}
        sources = {f"sop/{name}.yaml": EXAMPLE / "sop" / f"{made.stem}.yaml", "kantor.yaml": EXAMPLE / "kantor.yaml"}
        effective = dt.date(2026, 1, 2)
        item = Item("sop", name, files, sources, f"000/{number}", made.stem, "final", effective=effective, pages=2)
        plans.append(filing.plan_for(item))
    start = time.perf_counter()
    filing.begin({})
    errors = [error for _, error in filing.file([plan for plan in plans if plan is not None]) if error is not None]
    if errors:
        raise errors[0]
    filing.finish()
    filed = time.perf_counter() - start
    done = run([*TERTIB, "verify", str(place)], cwd=folder)
    size = sum(path.stat().st_size for path in place.rglob("*") if path.is_file())
    hashed = run(["sh", "-c", "find . -type f -print0 | xargs -0 sha256sum >/dev/null"], cwd=place)
    return {
        "documents": ARCHIVED,
        "megabytes": size >> 20,
        "file_seconds": filed,
        "verify_seconds": done.seconds,
        "verify_code": done.code,
        "peak_mb": done.peak_mb,
        "sha256sum_seconds": hashed.seconds,
        "filing_peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]).resolve())
