"""The one gate around LibreOffice: DOCX in, proved PDF out.

What was measured of LibreOffice 7.4 and is answered here: exit codes lie (0 for a missing input, for garbage and for
an empty file), two processes on one profile lose files, one process per document costs 2-4 s where a batch costs a
tenth of that. So each worker has its own profile, documents go in batches, a result counts only when the file is
there and proved, and what a batch did not deliver is tried once more alone, so that a bad document never costs its
neighbours theirs.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pipeline.convert.proof import prove_pdf
from pipeline.errors import MissingProgramError, OutputError, ProofError, TertibError
from pipeline.model.ink import Ink
from pipeline.model.message import say
from pipeline.model.reasons import why
from pipeline.resources import temporary_folder

BATCH = 40
"""Documents per LibreOffice process; users of other pools report slow-down beyond about 130."""
PATIENCE = 120.0
"""Seconds without a new PDF after which a process counts as hung."""
OPT = Path("/opt")
"""Where the Linux packages of libreoffice.org go."""
_EXPORT = {
    "SelectPdfVersion": {"type": "long", "value": "3"},
    "PDFUACompliance": {"type": "boolean", "value": "true"},
    "UseTaggedPDF": {"type": "boolean", "value": "true"},
    "ExportBookmarks": {"type": "boolean", "value": "true"},
    "ExportBookmarksToPDFDestination": {"type": "boolean", "value": "true"},
    "DisplayPDFDocumentTitle": {"type": "boolean", "value": "true"},
    "UseLosslessCompression": {"type": "boolean", "value": "true"},
    "ReduceImageResolution": {"type": "boolean", "value": "false"},
}
"""PDF/A-3 for fonts and colours, PDF/UA for clean tags; the finish step makes of both what validators accept.
LibreOffice ignores an unknown option without a word."""


@dataclass(frozen=True, slots=True)
class Job:
    """One conversion and what its PDF must hold.

    ``pages`` is the number of pages (None when not known), ``texts`` must all be printed, and ``sequence`` names texts
    for consecutive pages: somewhere in the PDF stand that many pages in a row with those texts on them, and on each of
    them what ``ink`` holds for it. ``finish`` rewrites in place what LibreOffice made, before the proof, and raises
    TertibError; what it returns goes into the outcome. Without it the PDF keeps what LibreOffice put into it,
    the clock as well.
    """

    docx: Path
    pdf: Path
    pages: int | None = None
    texts: tuple[str, ...] = ()
    sequence: tuple[tuple[str, ...], ...] = ()
    ink: tuple[Ink, ...] = ()
    finish: Callable[[Path], object] | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job: ``error`` is None when ``job.pdf`` is in place and proved; ``finished`` is what its
    ``finish`` returned."""

    job: Job
    error: TertibError | None = None
    pages: int = 0
    sha256: str = ""
    finished: object = None


OnDone = Callable[[Outcome], None]


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
    jobs: Sequence[Job], *, workers: int, on_done: OnDone | None = None, patience: float = PATIENCE
) -> tuple[Outcome, ...]:
    """Convert all ``jobs``; ``on_done`` is called once for each, from any thread but one call at a time.

    Outcomes come in the order of ``jobs``. ``patience`` is in seconds. Raises MissingProgramError when LibreOffice is
    absent; what goes wrong with one document is in its outcome.
    """
    if not jobs:
        return ()
    program = find_soffice()
    if program is None:
        raise missing()
    done: dict[int, Outcome] = {}
    lock = threading.Lock()

    def finish(number: int, outcome: Outcome) -> None:
        with lock:
            done[number] = outcome
            if on_done is not None:
                on_done(outcome)

    worker = _Worker(program, tuple(jobs), finish, threading.Event(), patience, done)
    pool = ThreadPoolExecutor(max_workers=max(1, workers))
    try:
        futures = [pool.submit(worker.run, chunk) for chunk in _chunks(len(jobs), max(1, workers))]
        for future in futures:
            future.result()
    except BaseException:
        worker.stop.set()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    return tuple(done[number] for number in range(len(jobs)))


def _chunks(count: int, workers: int) -> list[range]:
    size = min(BATCH, -(-count // workers))
    return [range(start, min(start + size, count)) for start in range(0, count, size)]


@dataclass(frozen=True, slots=True)
class _Worker:
    program: Path
    jobs: tuple[Job, ...]
    finish: Callable[[int, Outcome], None]
    stop: threading.Event
    patience: float
    done: Mapping[int, Outcome] = field(default_factory=dict)

    def run(self, numbers: range) -> None:
        """Convert ``numbers`` in a batch, then what did not come out one by one."""
        try:
            self._run(numbers)
        except OutputError as error:
            for number in numbers:
                if number not in self.done:
                    self.finish(number, Outcome(self.jobs[number], error))

    def _run(self, numbers: range) -> None:
        with temporary_folder() as folder:
            left = self._batch(list(numbers), folder)
            if len(numbers) > 1:
                left = [number for number in left if not self.stop.is_set() and self._batch([number], folder)]
            if not self.stop.is_set():
                for number in left:
                    self.finish(number, Outcome(self.jobs[number], _undelivered(self.jobs[number])))

    def _batch(self, numbers: list[int], folder: Path) -> list[int]:
        """Convert ``numbers`` in one process, accept what comes out, and return what did not come out."""
        outbox = folder / "out"
        shutil.rmtree(outbox, ignore_errors=True)
        outbox.mkdir()
        inputs = [folder / f"{number:06d}.docx" for number in numbers]
        for number, copy in zip(numbers, inputs, strict=True):
            shutil.copyfile(self.jobs[number].docx, copy)
        left = list(numbers)
        with _process(self.program, inputs, outbox, folder / "profile") as process:
            last = time.monotonic()
            while process.poll() is None and not self.stop.is_set() and time.monotonic() - last <= self.patience:
                if self._collect(left, outbox, final=False):
                    last = time.monotonic()
                time.sleep(0.1)
            finished = process.poll() is not None
        if not self.stop.is_set():
            # A process that hung may have left half a file behind; only an ended one is believed to the last file.
            self._collect(left, outbox, final=finished)
        return left

    def _collect(self, left: list[int], outbox: Path, *, final: bool) -> bool:
        # LibreOffice works in order: a file is complete when a later one exists or the process has ended.
        present = [number for number in left if (outbox / f"{number:06d}.pdf").is_file()]
        ready = present if final else present[:-1]
        for number in ready:
            if self.stop.is_set():
                break
            left.remove(number)
            self.finish(number, _accept(self.jobs[number], outbox / f"{number:06d}.pdf"))
        return bool(ready)


@contextmanager
def _process(program: Path, inputs: list[Path], outbox: Path, profile: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [
        str(program),
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--norestore",
        "--nologo",
        "--convert-to",
        f"pdf:writer_pdf_Export:{json.dumps(_EXPORT)}",
        "--outdir",
        str(outbox),
        *map(str, inputs),
    ]
    environment = {**os.environ, "SAL_USE_VCLPLUGIN": "svp"}
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=sys.platform != "win32",
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            _end(process)
        process.wait()


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and its children: ``soffice`` is a small program that waits for the real one."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False)
        return
    import signal

    os.killpg(process.pid, signal.SIGKILL)


def _accept(job: Job, made: Path) -> Outcome:
    """Prove what LibreOffice made and move it into place; the old file stays when the new one does not hold."""
    part = job.pdf.with_name(f".{job.pdf.name}.{os.getpid()}.part")
    try:
        finished = None if job.finish is None else job.finish(made)
        proof = prove_pdf(made, name=job.pdf.name, pages=job.pages, texts=job.texts, sequence=job.sequence, ink=job.ink)
        shutil.copyfile(made, part)
        part.replace(job.pdf)
    except TertibError as error:
        return Outcome(job, error)
    except OSError as error:
        return Outcome(job, _unwritable(job.pdf, error))
    finally:
        part.unlink(missing_ok=True)
    return Outcome(job, None, proof.pages, proof.sha256, finished)


def _unwritable(path: Path, error: OSError) -> OutputError:
    return OutputError(
        say(
            "{path} tidak dapat ditulis ({why}). Tutup berkas itu bila sedang terbuka, periksa ruang "
            "disk dan izin folder; berkas lama tidak diubah.",
            path=path.name,
            why=why(error),
        )
    )


def _undelivered(job: Job) -> ProofError:
    return ProofError(
        say(
            "LibreOffice tidak menghasilkan {name} dari {name2}. Buka {name2} di LibreOffice untuk "
            "melihat apa yang salah; bila templat baru saja disunting, periksa templat itu dahulu.",
            name=job.pdf.name,
            name2=job.docx.name,
        )
    )
