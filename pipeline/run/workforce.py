"""Who does the heavy work of a run: drawing the DOCX of SOPs and making PDFs of DOCX.

The order of a run, what may appear and where stay with the run; a workforce only computes, here or elsewhere, and
every one of them gives the same bytes. What it is handed and what it hands back can be pickled.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Protocol, Self, TypeVar

from pipeline.convert import libreoffice
from pipeline.convert.job import Job, OnDone, Outcome, accept
from pipeline.convert.pool import Offices
from pipeline.errors import TertibError
from pipeline.model.inputs import SopInput
from pipeline.model.message import Message, say
from pipeline.render.proof import prove_docx
from pipeline.run.document import Rendered, render_sop
from pipeline.run.hands import Hands, arrived, failure, travelling
from pipeline.run.outcome import internal
from pipeline.run.templates import Shelf

_SLOWER = say(
    "LibreOffice di komputer ini tidak dapat dibiarkan terbuka di antara dokumen, jadi dijalankan lagi setiap beberapa "
    "puluh dokumen. PDF-nya sama; hanya waktunya lebih lama."
)
R = TypeVar("R")
EACH = 8
"""Documents a process must have before it: importing what they need takes as long as making four or five of them."""
_AHEAD = 8
"""Documents on their way to and from each process."""


@dataclass(frozen=True, slots=True)
class DrawTask:
    """An SOP to be drawn with the template at ``template``, as ``name`` (of the DOCX, for people), ``also`` in further
    formats. ``proved`` is the SHA-256 of a DOCX that has been proved already, "" for none: the proof costs more than
    all the rest."""

    item: SopInput
    template: Path
    name: str
    also: frozenset[str] = frozenset()
    proved: str = ""


OnDrawn = Callable[[int, Rendered | TertibError], None]
"""Told the place of a task among those given and what became of it: a proved DOCX, or why there is none."""


class Workforce(Protocol):
    """Does the tasks of a run. One document that cannot be made never costs the others theirs."""

    def draw(self, tasks: Sequence[DrawTask], on_drawn: OnDrawn) -> None:
        """Draw ``tasks``; ``on_drawn`` is called once for each, in any order, always from the calling thread."""

    def convert(self, jobs: Sequence[Job], on_done: OnDone) -> None:
        """Make and prove the PDFs of ``jobs``; ``on_done`` is called once for each, one call at a time.

        Raises MissingProgramError when LibreOffice is absent.
        """


class Pool:
    """This computer, ``workers`` documents at a time; what is started for the first stays for the next, until it is
    closed. It may be used from several threads, one call at a time."""

    def __init__(self, workers: int) -> None:
        self._workers = max(1, workers)
        self._shelf = Shelf()
        self._hands: Hands | None = None
        self._offices: Offices | None = None
        self._heating: threading.Thread | None = None
        self.notes: tuple[Message, ...] = ()
        """What people should know of how the work was done."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def warm(self) -> None:
        """Start what the first document would have to wait for; returns at once. Does nothing without LibreOffice."""
        offices = self._kept()
        if offices is not None and self._heating is None:
            self._heating = threading.Thread(target=offices.heat, daemon=True)
            self._heating.start()

    def close(self) -> None:
        """End everything that was started. May be called again; the pool can be used again afterwards."""
        offices, self._offices = self._offices, None
        if offices is not None:
            offices.close()
        self._warmed()
        if offices is not None:
            offices.close()  # that of a thread which came to its start only now
        hands, self._hands = self._hands, None
        if hands is not None:
            hands.close()

    def draw(self, tasks: Sequence[DrawTask], on_drawn: OnDrawn) -> None:
        """See ``Workforce``."""
        hands = self._hands_for(len(tasks))
        if hands is None:
            for place, task in enumerate(tasks):
                on_drawn(place, drawn(task, self._shelf))
            return
        for place, future in _drawn_by(hands, tasks):
            on_drawn(place, self._drawn(tasks[place], future))

    def _drawn(self, task: DrawTask, future: Future[Rendered | TertibError]) -> Rendered | TertibError:
        try:
            made = _result(future, task.name, lambda: drawn(task, self._shelf))
        except TertibError as error:
            return error
        return arrived(made) if isinstance(made, TertibError) else made

    def convert(self, jobs: Sequence[Job], on_done: OnDone) -> None:
        """See ``Workforce``."""
        self._warmed()
        hands = self._hands_for(len(jobs))
        begin = None if hands is None else partial(_accepting, hands)
        offices = self._kept()
        libreoffice.convert(jobs, workers=self._workers, on_done=on_done, offices=offices, begin=begin)
        if offices is not None and not offices.stays:
            self.notes = (_SLOWER,)

    def _warmed(self) -> None:
        heating, self._heating = self._heating, None
        if heating is not None:
            heating.join()

    def _kept(self) -> Offices | None:
        program = libreoffice.find_soffice()
        if self._offices is None and program is not None:
            self._offices = Offices(program, self._workers)
        return self._offices

    def _hands_for(self, count: int) -> Hands | None:
        """Processes for ``count`` documents; None where starting them takes longer than they save."""
        if self._hands is None and count >= 2 * EACH:
            self._hands = Hands(min(self._workers, count // EACH))
        return self._hands if count > 1 else None


class Here:
    """This computer, where nothing stays between one call and the next."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self.notes: tuple[Message, ...] = ()

    def draw(self, tasks: Sequence[DrawTask], on_drawn: OnDrawn) -> None:
        """See ``Workforce``."""
        with Pool(self._workers) as pool:
            pool.draw(tasks, on_drawn)

    def convert(self, jobs: Sequence[Job], on_done: OnDone) -> None:
        """See ``Workforce``."""
        with Pool(self._workers) as pool:
            pool.convert(jobs, on_done)
            self.notes = pool.notes


def _drawn_by(hands: Hands, tasks: Sequence[DrawTask]) -> Iterator[tuple[int, Future[Any]]]:
    """Places and futures of ``tasks`` as they are done; only so many are on their way at a time."""
    done: SimpleQueue[tuple[int, Future[Any]]] = SimpleQueue()
    most = min(_AHEAD * hands.count, len(tasks))

    def submit(place: int) -> None:
        future = hands.submit(_drawn_there, tasks[place])
        future.add_done_callback(lambda future: done.put((place, future)))

    for place in range(len(tasks)):
        if place >= most:
            yield done.get()
        submit(place)
    for _ in range(most):
        yield done.get()


def _accepting(hands: Hands, job: Job, made: Path) -> Future[Outcome]:
    """Accept ``made`` in another process, which is told no more of it than it needs."""
    accepted: Future[Outcome] = Future()

    def tell(future: Future[Outcome]) -> None:
        try:
            outcome = _result(future, job.pdf.name, lambda: accept(job, made))
            error = outcome.error and arrived(outcome.error)
            accepted.set_result(replace(outcome, job=job, error=error))
        except TertibError as error:
            accepted.set_result(Outcome(job, error))
        except BaseException as fault:  # noqa: BLE001 - it is raised where the outcome is waited for
            accepted.set_exception(fault)

    hands.submit(_accepted_there, job, made).add_done_callback(tell)
    return accepted


def _result(future: Future[R], name: str, here: Callable[[], R]) -> R:
    """What came of the work on the document ``name``; it is done ``here`` where no process could be had.

    Raises TertibError for a process that died or hung.
    """
    try:
        return future.result()
    except BaseException as fault:
        error = failure(fault, name)
        if error is not None:
            raise error from fault
        return here()


_THERE = Shelf()
"""The templates of a process that draws for another."""


def _drawn_there(task: DrawTask) -> Rendered | TertibError:
    made = drawn(task, _THERE)
    return travelling(made) if isinstance(made, TertibError) else made


def _accepted_there(job: Job, made: Path) -> Outcome:
    outcome = accept(job, made)
    error = outcome.error and travelling(outcome.error)
    # The job is known where this goes, and may be large.
    return replace(outcome, job=Job(job.docx, job.pdf), error=error)


def drawn(task: DrawTask, shelf: Shelf) -> Rendered | TertibError:
    """The proved DOCX of ``task``; an error where there is none, also for a fault of the program."""
    try:
        rendered = render_sop(shelf.at(task.template), task.item, task.also)
        if rendered.docx and hashlib.sha256(rendered.docx).hexdigest() != task.proved:
            prove_docx(rendered.docx, task.name, given=rendered.texts)
    except TertibError as error:
        return error
    except Exception as fault:  # noqa: BLE001 - a fault in one document must not cost the others theirs
        return internal(fault)
    return rendered
