"""Several LibreOffices that stay, and the documents handed to them: one bad document costs its office, nobody else."""

from __future__ import annotations

import contextlib
import shutil
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import Self

from pipeline.convert.job import Job, OnDone, Outcome, undelivered
from pipeline.convert.office import Office
from pipeline.convert.places import working_folder
from pipeline.errors import OutputError
from pipeline.resources import no_temporary

PATIENCE = 120.0
"""Seconds after which a document that does not come out counts as hung."""
RENEW = 400
"""Documents after which an office is started anew. It is neither slower nor larger by then; a leak that comes with
another version of LibreOffice costs no more than this."""
_LEAST_PATIENCE = 20.0
_SLOWER = 30
"""How much longer than the slowest document so far one may take before it counts as hung."""
_STEP = 0.2
_AHEAD = 4
"""PDFs that wait to be accepted, for each office."""

Accept = Callable[[Job, Path], "Future[Outcome]"]
"""Begins to prove what LibreOffice made of a job and to move it into place (see ``pipeline.convert.job.accept``)."""


class DoesNotStayError(Exception):
    """This LibreOffice ends although a document is open, or is not there in time."""


@dataclass(slots=True)
class _Run:
    """One call: the numbers of the jobs not yet begun, and what happens to those that are."""

    jobs: tuple[Job, ...]
    accept: Accept
    waiting: deque[int]
    room: threading.Semaphore
    events: SimpleQueue[tuple[int, Outcome | Future[Outcome]] | BaseException | None] = field(
        default_factory=SimpleQueue
    )
    stop: threading.Event = field(default_factory=threading.Event)
    begun: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def next(self) -> int | None:
        """The number of the next job, None when there is none."""
        with self.lock:
            if self.stop.is_set() or not self.waiting:
                return None
            self.begun += 1
            return self.waiting.popleft()

    def give_back(self, number: int) -> None:
        """``number`` was not begun after all."""
        with self.lock:
            self.begun -= 1
            self.waiting.appendleft(number)


class Offices:
    """Up to ``workers`` offices of ``program``, started when they are needed and kept until they are closed."""

    def __init__(self, program: Path, workers: int, patience: float = PATIENCE) -> None:
        self._program = program
        self._workers = max(1, workers)
        self._most = patience
        self._slowest = 0.0
        self._stack = ExitStack()
        self._folder: Path | None = None
        self._offices: list[Office] = []
        self.stays = True
        """False once an office did not stay."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def kept(self) -> bool:
        """Has an office been started, so that even one document is best handed to it?"""
        return self.stays and bool(self._offices)

    def heat(self) -> None:
        """Start one office and wait until it is there. What goes wrong shows when a document is to be converted."""
        with contextlib.suppress(OSError, OutputError):
            (office,) = self._opened(1)
            if not office.alive:
                self.stays = office.start(self._most)

    def close(self) -> None:
        """End all offices; their folders go. They can be used again afterwards."""
        self._retire()
        self._folder = None
        self._stack.close()

    def _retire(self) -> None:
        offices, self._offices = self._offices, []
        for office in offices:
            office.retire()

    def convert(self, jobs: Sequence[Job], accept: Accept, on_done: OnDone) -> list[int]:
        """Convert ``jobs``; ``on_done`` is called once for each in the calling thread.

        Returns the numbers of those that are left, and were not told, because an office did not stay. What the future
        of an ``accept`` raises is raised here. Raises OutputError when there is no room for temporary files.
        """
        count = min(self._workers, len(jobs))
        run = _Run(tuple(jobs), accept, deque(range(len(jobs))), threading.Semaphore(_AHEAD * count))
        threads = [
            threading.Thread(target=self._work, args=(office, run), daemon=True) for office in self._opened(count)
        ]
        for thread in threads:
            thread.start()
        try:
            self._tell(run, len(threads), on_done)
        except BaseException:
            run.stop.set()
            self._retire()
            raise
        finally:
            for thread in threads:
                thread.join()
        return list(run.waiting)

    def _tell(self, run: _Run, working: int, on_done: OnDone) -> None:
        told = 0
        while working or told < run.begun:
            event = run.events.get()
            if event is None:
                working -= 1
            elif isinstance(event, BaseException):
                raise event
            else:
                number, outcome = event
                if isinstance(outcome, Future):
                    run.room.release()
                    outcome = outcome.result()
                    self._aside(number).unlink(missing_ok=True)
                told += 1
                on_done(outcome)

    def _work(self, office: Office, run: _Run) -> None:
        """Have ``office`` make what is there to be made."""
        try:
            number = run.next()
            while number is not None:
                self._one(office, run, number)
                number = run.next()
        except DoesNotStayError:
            self.stays = run.stop.is_set()
            if number is not None:
                run.give_back(number)
        except BaseException as error:  # noqa: BLE001 - it is raised where the call was made
            run.events.put(error)
        run.events.put(None)

    def _one(self, office: Office, run: _Run, number: int) -> None:
        job = run.jobs[number]
        try:
            made = self._made(office, job, number, run.stop)
        except OutputError as error:
            run.events.put((number, Outcome(job, error)))
            return
        if made is None:
            run.events.put((number, undelivered(job)))
            return
        while not run.room.acquire(timeout=_STEP):
            if run.stop.is_set():
                return
        accepted = run.accept(job, made)
        accepted.add_done_callback(lambda future: run.events.put((number, future)))

    def _made(self, office: Office, job: Job, number: int, stop: threading.Event) -> Path | None:
        """What was made of ``job``, None for nothing. What fails is tried once more, alone, by a fresh office."""
        with _explained():
            docx = self._own_folder() / f"{number:06d}.docx"
            if not job.docx.is_file():
                return None
            shutil.copyfile(job.docx, docx)
            try:
                for again in (False, True):
                    if stop.is_set():
                        break
                    if again or not office.alive or office.handed >= RENEW:
                        self._start(office)
                    made = office.convert(docx, self._patience())
                    if made is not None:
                        self._slowest = max(self._slowest, office.took)
                        return made.replace(self._aside(number))
            finally:
                docx.unlink(missing_ok=True)
        return None

    def _start(self, office: Office) -> None:
        if not office.start(self._most):
            raise DoesNotStayError

    def _patience(self) -> float:
        """Seconds to wait for a document: many hung ones must not take a night, and a slow computer is no fault."""
        if not self._slowest:
            return self._most
        return min(self._most, max(_LEAST_PATIENCE, _SLOWER * self._slowest))

    def _opened(self, count: int) -> list[Office]:
        folder = self._own_folder()
        while len(self._offices) < min(count, self._workers):
            self._offices.append(Office(self._program, folder / f"kantor-{len(self._offices) + 1}"))
        return self._offices[:count]

    def _own_folder(self) -> Path:
        if self._folder is None:
            self._folder = self._stack.enter_context(working_folder())
        return self._folder

    def _aside(self, number: int) -> Path:
        return self._own_folder() / f"{number:06d}.pdf"


@contextlib.contextmanager
def _explained() -> Iterator[None]:
    """No room for temporary files, in words."""
    try:
        yield
    except OSError as error:
        raise no_temporary(error) from error
