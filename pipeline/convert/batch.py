"""Documents in batches, a LibreOffice for each batch.

What a batch did not deliver is tried once more alone, so that a bad document never costs its neighbours theirs.
"""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.convert.job import Job, OnDone, Outcome, undelivered
from pipeline.convert.places import working_folder
from pipeline.convert.process import command, conversion, end, start
from pipeline.errors import OutputError

SIZE = 40
"""Documents per LibreOffice process: enough that its start is a hundredth of the work."""


def chunks(count: int, workers: int) -> list[range]:
    """``count`` documents in batches for that many ``workers``."""
    size = min(SIZE, -(-count // workers))
    return [range(start, min(start + size, count)) for start in range(0, count, size)]


@dataclass(frozen=True, slots=True)
class Batches:
    """Converts ``jobs`` with ``program`` and tells what became of each, until ``stop``.

    ``accept`` proves what LibreOffice made of a job (see ``pipeline.convert.job.accept``); ``patience`` is in seconds
    without a new PDF.
    """

    program: Path
    jobs: tuple[Job, ...]
    tell: OnDone
    accept: Callable[[Job, Path], Outcome]
    stop: threading.Event
    patience: float
    _told: set[int] = field(default_factory=set)

    def run(self, numbers: range) -> None:
        """Convert ``numbers`` in a batch, then what did not come out one by one."""
        try:
            self._run(numbers)
        except OutputError as error:
            for number in numbers:
                if number not in self._told:
                    self._finish(number, Outcome(self.jobs[number], error))

    def _run(self, numbers: range) -> None:
        with working_folder() as folder:
            left = self._batch(list(numbers), folder)
            if len(numbers) > 1:
                left = [number for number in left if not self.stop.is_set() and self._batch([number], folder)]
            if not self.stop.is_set():
                for number in left:
                    self._finish(number, undelivered(self.jobs[number]))

    def _batch(self, numbers: list[int], folder: Path) -> list[int]:
        """Convert ``numbers`` in one process, accept what comes out, and return what did not come out."""
        outbox = folder / "out"
        shutil.rmtree(outbox, ignore_errors=True)
        outbox.mkdir()
        inputs = [folder / f"{number:06d}.docx" for number in numbers]
        for number, copy in zip(numbers, inputs, strict=True):
            shutil.copyfile(self.jobs[number].docx, copy)
        left = list(numbers)
        line = command(self.program, folder / "profile", "--norestore", "--nologo", *conversion(outbox, *inputs))
        process = start(line, folder)
        try:
            last = time.monotonic()
            while process.poll() is None and not self.stop.is_set() and time.monotonic() - last <= self.patience:
                if self.collect(left, outbox, final=False):
                    last = time.monotonic()
                time.sleep(0.1)
            finished = process.poll() is not None
        finally:
            end(process)
        if not self.stop.is_set():
            # A process that hung may have left half a file behind; only an ended one is believed to the last file.
            self.collect(left, outbox, final=finished)
        return left

    def collect(self, left: list[int], outbox: Path, *, final: bool) -> bool:
        """Accept the PDFs of ``left`` that are complete, and take them off it; were there any?"""
        # LibreOffice works in order: a file is complete when a later one exists or the process has ended.
        present = [number for number in left if (outbox / f"{number:06d}.pdf").is_file()]
        ready = present if final else present[:-1]
        for number in ready:
            if self.stop.is_set():
                break
            left.remove(number)
            self._finish(number, self.accept(self.jobs[number], outbox / f"{number:06d}.pdf"))
        return bool(ready)

    def _finish(self, number: int, outcome: Outcome) -> None:
        self._told.add(number)
        self.tell(outcome)
