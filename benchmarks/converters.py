"""DOCX to PDF: Tertib against LibreOffice as offices call it and against unoserver, in turns on the same documents.

Run as ``python -m benchmarks.converters COUNT ROUNDS FOLDER``; FOLDER is empty. Prints JSON. Every PDF is opened and
its pages counted; a way that made other pages than the others did not do the work.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pypdfium2

from benchmarks import unoservers
from benchmarks.measure import timed
from benchmarks.offices import make_offices
from benchmarks.talk import NotDoneError, Talk
from pipeline.convert.libreoffice import Job, OnDone, Outcome, find_soffice
from pipeline.run.build import build
from pipeline.run.events import Silent
from pipeline.run.settings import Settings
from pipeline.run.workforce import Here, Pool, Workforce

Way = Callable[[Sequence[str], Path], float]
"""Makes the PDFs of documents by their names in a folder and returns its seconds."""
CORES = os.cpu_count() or 1
SINGLES = 3
"""Documents that get a LibreOffice process each; all of them would take minutes."""


def jobs_of(folder: Path, count: int) -> list[Job]:
    """The conversions that a build of ``count`` SOPs asks for; their DOCX are in place afterwards."""
    make_offices(folder, count)
    caught: list[Job] = []

    class Catching(Here):
        def convert(self, jobs: Sequence[Job], on_done: OnDone) -> None:  # noqa: ARG002
            caught.extend(jobs)

    settings = Settings(folder, folder / "outputs", dt.date(2026, 11, 1), (folder / "inputs",))
    build(settings, Silent(), Catching(1))
    if len(caught) != count:
        raise NotDoneError(f"the build asks for {len(caught)} conversions instead of {count}")
    return caught


def soffice(files: Sequence[Path], outbox: Path, profile: Path) -> None:
    """One call of LibreOffice for ``files``."""
    command = [str(find_soffice()), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    subprocess.run(
        [*command, "--convert-to", "pdf", "--outdir", str(outbox), *map(str, files)],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "SAL_USE_VCLPLUGIN": "svp"},
    )


def page_counts(outbox: Path, names: Sequence[str]) -> list[int]:
    """Pages of each PDF of ``names`` in ``outbox``. Raises NotDoneError when one is missing or cannot be opened."""
    counts = []
    for name in names:
        try:
            with pypdfium2.PdfDocument(outbox / f"{name}.pdf") as pdf:
                counts.append(len(pdf))
        except (OSError, pypdfium2.PdfiumError) as error:
            raise NotDoneError(f"{outbox.name}: {name}.pdf is not there or cannot be opened") from error
    return counts


class Ways:
    """The ways to make the PDFs of the same documents; each returns its seconds and leaves its PDFs in ``outbox``."""

    def __init__(self, jobs: Sequence[Job], folder: Path) -> None:
        self._folder = folder
        self._docx = folder / "docx"
        self._docx.mkdir()
        self.jobs = {job.docx.stem: job for job in jobs}
        for name, job in self.jobs.items():
            shutil.copyfile(job.docx, self._docx / f"{name}.docx")

    def files(self, names: Sequence[str]) -> list[Path]:
        """The DOCX of ``names``."""
        return [self._docx / f"{name}.docx" for name in names]

    def one_call(self, names: Sequence[str], outbox: Path) -> float:
        """One call for all; its profile has been used before, which favours it."""
        return timed(lambda: soffice(self.files(names), outbox, self._folder / "profile"))

    def each(self, names: Sequence[str], outbox: Path) -> float:
        """A call for every file."""
        return sum(self.one_call([name], outbox) for name in names)

    def tertib(
        self, names: Sequence[str], outbox: Path, *, proved: bool = True, workforce: Workforce | None = None
    ) -> float:
        """Tertib on all cores: finished and proved as a build does, or conversion alone (opened and counted).

        ``workforce`` None: nothing runs yet, and nothing stays.
        """
        jobs = [self._job(name, outbox, proved=proved) for name in names]
        done: list[Outcome] = []
        seconds = timed(lambda: (workforce or Here(CORES)).convert(jobs, done.append))
        errors = [outcome.error for outcome in done if outcome.error]
        if errors or len(done) != len(jobs):
            raise NotDoneError(f"Tertib made {len(done) - len(errors)} of {len(jobs)} PDFs: {errors[:1]}")
        return seconds

    def _job(self, name: str, outbox: Path, *, proved: bool) -> Job:
        job, pdf = self.jobs[name], outbox / f"{name}.pdf"
        if not proved:
            return Job(job.docx, pdf)
        return Job(job.docx, pdf, job.pages, job.texts, job.sequence, job.ink, job.finish)

    def uno(self, running: Talk) -> Way:
        """Through ``running``."""
        return lambda names, outbox: unoservers.convert(
            running, [(path, outbox / f"{path.stem}.pdf") for path in self.files(names)]
        )


def measure(count: int, rounds: int, folder: Path) -> dict[str, Any]:
    """Seconds a document of every way, by round; and of a single document."""
    ways = Ways(jobs_of(folder / "kantor", count), folder)
    names = sorted(ways.jobs)
    with ExitStack() as stack:
        pool = stack.enter_context(Pool(CORES))
        pool.warm()
        batch: dict[str, Way] = {
            "one call": ways.one_call,
            "tertib": lambda some, outbox: ways.tertib(some, outbox, proved=False),
            "tertib proved": ways.tertib,
            "tertib running": lambda some, outbox: ways.tertib(some, outbox, workforce=pool),
        }
        for number in sorted({1, CORES}) if unoservers.is_installed() else []:
            running = stack.enter_context(unoservers.servers(number, folder / f"servers-{number}"))
            batch[f"unoserver {number}"] = ways.uno(running)
        single = batch | {"each": ways.each}
        turns(single, names[:1], folder, 1)  # fonts and profiles are read for the first time
        taken = turns(batch, names, folder, rounds)
        alone = turns(single, names[:1], folder, rounds)
        each = turns({"each": ways.each}, names[:SINGLES], folder, 1)["each"][0]
    return {
        "count": count,
        "batch": {name: [s / count for s in seconds] for name, seconds in taken.items()},
        "single": alone,
        "each": each / SINGLES,
    }


def turns(ways: dict[str, Way], names: Sequence[str], folder: Path, rounds: int) -> dict[str, list[float]]:
    """Seconds of every way by round, taken in turns; all must have made the same pages."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    pages: dict[str, list[int]] = {}
    for _ in range(rounds):
        for name, way in ways.items():
            outbox = folder / name
            shutil.rmtree(outbox, ignore_errors=True)
            outbox.mkdir()
            taken[name].append(way(names, outbox))
            pages[name] = page_counts(outbox, names)
    if len({tuple(counts) for counts in pages.values()}) != 1:
        raise NotDoneError(f"the PDFs differ in pages: {pages}")
    return taken


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]).resolve())))
