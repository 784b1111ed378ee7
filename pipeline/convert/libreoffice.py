"""The one gate around LibreOffice: DOCX in, proved PDF out.

What was measured of LibreOffice 7.4 and is answered here: exit codes lie (0 for a missing input, for garbage and for
an empty file), two processes on one profile lose files, one process per document costs 2-4 s where one of many costs
a tenth of that. So each worker has its own profile, many documents go to an office that stays and few to one that
ends with them, a result counts only when the file is there and proved, and what did not come out is tried once more
alone, so that a bad document never costs its neighbours theirs.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import cache
from pathlib import Path

from pipeline.convert.batch import Batches, chunks
from pipeline.convert.job import Job, OnDone, Outcome, accept
from pipeline.convert.pool import PATIENCE, Accept, Offices
from pipeline.errors import MissingProgramError, OutputError
from pipeline.model.message import say

__all__ = ["OPT", "Job", "OnDone", "Outcome", "convert", "find_soffice", "missing", "version"]

FEW = 6
"""For fewer documents than this, for each worker, no office is kept: one that ends with them is there as soon."""
OPT = Path("/opt")
"""Where the Linux packages of libreoffice.org go."""


@cache
def find_soffice() -> Path | None:
    """The LibreOffice program, from TERTIB_SOFFICE, the PATH, or its usual folders (setup.sh looks there, too)."""
    stated = os.environ.get("TERTIB_SOFFICE")
    if stated:
        return Path(stated) if Path(stated).is_file() else None
    for name in ("soffice", "libreoffice"):
        found = shutil.which(name)
        if found:
            return Path(found)
    return next((path for path in _usual_places() if path.is_file()), None)


def _usual_places() -> Iterator[Path]:
    yield Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")
    for variable in ("ProgramFiles", "ProgramFiles(x86)"):
        if variable in os.environ:
            yield Path(os.environ[variable]) / "LibreOffice" / "program" / "soffice.com"
    # The packages of libreoffice.org install beside each other: /opt/libreoffice24.8, /opt/libreoffice25.2.
    yield from sorted(OPT.glob("libreoffice*/program/soffice"), key=_release, reverse=True)


def _release(program: Path) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", program.parts[-3]))


@cache
def version() -> str:
    """What LibreOffice says of its version, "" when it is missing or does not answer within a minute."""
    program = find_soffice()
    if program is None:
        return ""
    with tempfile.TemporaryDirectory(prefix="tertib-") as folder:
        command = [str(program), f"-env:UserInstallation={Path(folder).as_uri()}", "--headless", "--version"]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        except (OSError, subprocess.TimeoutExpired):
            return ""
    return done.stdout.strip()


def missing() -> MissingProgramError:
    """The error that tells how to get LibreOffice."""
    return MissingProgramError(
        say(
            "LibreOffice tidak ditemukan, jadi PDF tidak dibuat; DOCX sudah jadi. Pasang LibreOffice "
            "Writer (Debian/Ubuntu: sudo apt-get install libreoffice-writer-nogui; Windows dan "
            "macOS: pasang LibreOffice seperti biasa), lalu jalankan lagi. Bila terpasang di tempat "
            "lain, isi TERTIB_SOFFICE dengan letak soffice."
        )
    )


def convert(
    jobs: Sequence[Job],
    *,
    workers: int,
    on_done: OnDone | None = None,
    patience: float = PATIENCE,
    offices: Offices | None = None,
    begin: Accept | None = None,
) -> tuple[Outcome, ...]:
    """Convert all ``jobs``; ``on_done`` is called once for each, from any thread but one call at a time.

    Outcomes come in the order of ``jobs``. ``patience`` is in seconds. ``offices`` are kept by the caller; without them
    some are started where it is worth it. ``begin`` begins to accept a PDF; without it that is done in this process.
    Raises MissingProgramError when LibreOffice is absent; what goes wrong with one document is in its outcome.
    """
    if not jobs:
        return ()
    program = find_soffice()
    if program is None:
        raise missing()
    workers = max(1, workers)
    telling = _Telling(on_done)
    with ExitStack() as stack:
        if begin is None:
            begin = _beginning(stack, workers)
        many = len(jobs) >= FEW * workers
        if offices is None and many:
            offices = stack.enter_context(Offices(program, workers, patience))
        left = list(jobs)
        if offices is not None and (offices.kept or (many and offices.stays)):
            left = _hand_over(jobs, offices, begin, telling)
        _in_batches(left, program, workers, begin, telling, patience)
    return tuple(telling.outcomes[id(job)] for job in jobs)


def _beginning(stack: ExitStack, workers: int) -> Accept:
    """Accepts in threads of this process, which end with ``stack``."""
    hands = ThreadPoolExecutor(max_workers=workers)
    stack.callback(hands.shutdown, wait=True, cancel_futures=True)
    return lambda job, made: hands.submit(accept, job, made)


class _Telling:
    """Tells what became of each job, one at a time, and keeps it."""

    def __init__(self, on_done: OnDone | None) -> None:
        self._on_done = on_done
        self._lock = threading.Lock()
        self.outcomes: dict[int, Outcome] = {}
        """By the ``id`` of their jobs, which may be equal."""

    def __call__(self, outcome: Outcome) -> None:
        with self._lock:
            self.outcomes[id(outcome.job)] = outcome
            if self._on_done is not None:
                self._on_done(outcome)


def _hand_over(jobs: Sequence[Job], offices: Offices, begin: Accept, telling: _Telling) -> list[Job]:
    """Have ``offices`` convert ``jobs``; those that are left when an office does not stay."""
    try:
        return [jobs[number] for number in offices.convert(jobs, begin, telling)]
    except OutputError as error:
        for job in jobs:
            if id(job) not in telling.outcomes:
                telling(Outcome(job, error))
        return []


def _in_batches(
    jobs: Sequence[Job], program: Path, workers: int, begin: Accept, telling: _Telling, patience: float
) -> None:
    if not jobs:
        return
    stop = threading.Event()
    batches = Batches(program, tuple(jobs), telling, lambda job, made: begin(job, made).result(), stop, patience)
    pool = ThreadPoolExecutor(max_workers=workers)
    try:
        futures = [pool.submit(batches.run, chunk) for chunk in chunks(len(jobs), workers)]
        for future in futures:
            future.result()
    except BaseException:
        stop.set()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
