"""Many computers: a ``Workforce`` on a cluster of Dask.

Every worker gets one document to do and one to have ready, so that the memory of this computer does not grow with the
work. Which worker does which document is decided here: when a worker dies, only what it had is in doubt. That goes to
others, alone; what three workers did not survive is told as bad and costs nobody else.
"""

from __future__ import annotations

import hashlib
import pickle
import queue
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Self, TypeVar

from pipeline.convert.libreoffice import Job, OnDone, Outcome
from pipeline.errors import OutputError, ProofError, TertibError
from pipeline.model.message import say
from pipeline.model.reasons import why
from pipeline.run.crew import ClusterError, Crew, quiet
from pipeline.run.doctor import fonts_of
from pipeline.run.document import Rendered
from pipeline.run.events import Listener
from pipeline.run.hands import arrived
from pipeline.run.outcome import Outcome as Ended
from pipeline.run.outcome import internal
from pipeline.run.parcels import Lacking, Packer, Parcel
from pipeline.run.settings import Settings
from pipeline.run.templates import template_folders
from pipeline.run.there import Made, perform
from pipeline.run.workforce import DrawTask, OnDrawn, Workforce
from pipeline.run.writing import explain_os_error

AHEAD: Final = 2
"""Documents at a worker: one that is being made, and one that waits."""
TRIES: Final = 3
"""Workers that a document may take with it."""
_WAIT: Final = 0.25
_GATHER: Final = 120.0
"""Seconds for a result to come over the network; they pass only where a worker or the network is gone."""

Run = Callable[[Settings, Listener, Workforce | None], Ended]
Task = TypeVar("Task", DrawTask, Job)


def on_cluster(run: Run, address: str) -> Callable[[Settings, Listener], Ended]:
    """``run`` with its work done by the cluster at ``address``. Raises ClusterError before anything is written."""

    def running(settings: Settings, listener: Listener) -> Ended:
        with Cluster(address, listener, fonts_asked(settings)) as cluster:
            return run(settings, listener, cluster)

    return running


def fonts_asked(settings: Settings) -> frozenset[str]:
    """The fonts that templates ask for which may be used."""
    folders = [*template_folders(settings, None), *settings.root.glob("inputs/*/templates")]
    return frozenset(font for folder in folders for path in folder.glob("*.docx") for font in fonts_of(path))


@dataclass(slots=True)
class _Flight:
    """A document on its way: its number, where, and what that worker will have kept when it is done."""

    number: int
    worker: str
    future: Any
    alone: bool
    parcel: Parcel


@dataclass(slots=True)
class _Stretch:
    """The documents of one call: which wait, which are suspected, which are where, and how often each was lost."""

    waiting: deque[int]
    suspects: deque[int] = field(default_factory=deque)
    flights: dict[str, _Flight] = field(default_factory=dict)
    losses: dict[int, int] = field(default_factory=dict)
    left: int = 0

    def at(self, worker: str) -> list[_Flight]:
        return [flight for flight in self.flights.values() if flight.worker == worker]

    def undone(self) -> list[int]:
        flying = (flight.number for flight in self.flights.values())
        return sorted({*flying, *self.suspects, *self.waiting})


class Cluster:
    """See ``Workforce``. ``address`` is that of the scheduler; ``families`` are fonts to be compared besides the usual
    ones. A document that does not come out is told; a cluster that goes away is told for all that were left."""

    def __init__(self, address: str, listener: Listener, families: Iterable[str] = (), patience: float = 10.0) -> None:
        self._crew = Crew(address, listener, families, patience)
        self._packer = Packer()
        self._held: dict[str, set[str]] = {}
        self._events: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._count = 0

    def __enter__(self) -> Self:
        try:
            self._crew.connect()
        except BaseException:
            self._crew.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._crew.close()

    def draw(self, tasks: Sequence[DrawTask], on_drawn: OnDrawn) -> None:
        """See ``Workforce``."""

        def take(number: int, result: object) -> None:
            known = isinstance(result, Rendered | TertibError)
            on_drawn(number, result if known else _strange(result))  # type: ignore[arg-type] # as just looked at

        self._through(tasks, take)

    def convert(self, jobs: Sequence[Job], on_done: OnDone) -> None:
        """See ``Workforce``."""

        def take(number: int, result: object) -> None:
            on_done(_placed(jobs[number], result))

        self._through(jobs, take)

    def _through(self, tasks: Sequence[Task], take: Callable[[int, object], None]) -> None:
        """Have all ``tasks`` done; ``take`` is told of each from this thread: its result or the error."""
        stretch = _Stretch(deque(range(len(tasks))), left=len(tasks))

        def told(number: int, result: object) -> None:
            stretch.left -= 1
            take(number, arrived(result) if isinstance(result, TertibError) else result)

        try:
            self._work(stretch, tasks, told)
        except ClusterError as error:
            for number in stretch.undone():
                told(number, error)
        finally:
            self._give_up(stretch)

    def _work(self, stretch: _Stretch, tasks: Sequence[Task], told: Callable[[int, object], None]) -> None:
        alone_since = 0.0
        while stretch.left:
            workers = self._crew.look()
            self._bury(stretch, workers, told)
            if workers:
                alone_since = 0.0
                for worker, number in self._next(stretch, workers):
                    self._send(stretch, worker, number, tasks[number], told)
            elif not alone_since:
                alone_since = time.monotonic()
            elif time.monotonic() - alone_since > self._crew.patience * 2:
                raise self._crew.nobody()
            self._hear(stretch, told)

    def _next(self, stretch: _Stretch, workers: Sequence[str]) -> Iterable[tuple[str, int]]:
        """Who is to do what now. A suspect goes to a worker that has nothing else, and nothing else goes there."""
        load = {worker: stretch.at(worker) for worker in workers}
        free = [worker for worker in workers if not any(flight.alone for flight in load[worker])]
        for worker in [worker for worker in free if not load[worker]]:
            if stretch.suspects:
                free.remove(worker)
                yield worker, stretch.suspects.popleft()
        # Where none was idle, as many as there are suspects left get nothing new until they are.
        for worker in free[len(stretch.suspects) :]:
            for _ in range(AHEAD - len(load[worker])):
                if stretch.waiting:
                    yield worker, stretch.waiting.popleft()

    def _send(
        self, stretch: _Stretch, worker: str, number: int, task: DrawTask | Job, told: Callable[[int, object], None]
    ) -> None:
        try:
            parcel = self._packer.pack(task, self._held.setdefault(worker, set()))
            data = pickle.dumps(parcel, protocol=pickle.HIGHEST_PROTOCOL)
        except OSError as error:
            told(number, _unreadable(error))
            return
        except Exception as fault:  # noqa: BLE001 - what cannot travel must not cost the others theirs
            told(number, internal(fault))
            return
        self._count += 1
        key = f"tertib-{id(self)}-{time.time_ns()}-{self._count}"
        with quiet():
            future: Any = self._crew.client.submit(
                perform, data, key=key, workers=[worker], allow_other_workers=False, pure=False
            )
        stretch.flights[key] = _Flight(number, worker, future, number in stretch.losses, parcel)
        future.add_done_callback(self._events.put)

    def _hear(self, stretch: _Stretch, told: Callable[[int, object], None]) -> None:
        """Take what has come in, waiting a moment for the first."""
        try:
            future = self._events.get(timeout=_WAIT)
            while True:
                flight = stretch.flights.get(future.key)
                if flight is not None:
                    self._land(stretch, flight, told)
                future = self._events.get_nowait()
        except queue.Empty:
            return

    def _land(self, stretch: _Stretch, flight: _Flight, told: Callable[[int, object], None]) -> None:
        del stretch.flights[flight.future.key]
        try:
            with quiet():
                result = pickle.loads(flight.future.result(timeout=_GATHER))
        except Exception as fault:  # noqa: BLE001 - the worker, the network or the library failed, not the document
            self._failed(stretch, flight, fault, told)
            return
        finally:
            flight.future.release()
        held = self._held.setdefault(flight.worker, set())
        if isinstance(result, Lacking):
            held.difference_update(flight.parcel.shared)
            stretch.waiting.appendleft(flight.number)
            return
        held.update(flight.parcel.shared)
        told(flight.number, result)

    def _failed(
        self, stretch: _Stretch, flight: _Flight, fault: Exception, told: Callable[[int, object], None]
    ) -> None:
        if flight.future.status == "error" and type(fault).__name__ != "KilledWorker":
            told(flight.number, internal(fault))
            return
        stretch.waiting.appendleft(flight.number)
        if flight.worker not in self._crew.look(now=True):
            stretch.waiting.remove(flight.number)
            self._lost(stretch, flight, told)

    def _bury(self, stretch: _Stretch, workers: Sequence[str], told: Callable[[int, object], None]) -> None:
        """What was at workers that are gone goes to others."""
        for key, flight in list(stretch.flights.items()):
            if flight.worker not in workers:
                del stretch.flights[key]
                flight.future.cancel(force=True)
                self._lost(stretch, flight, told)
        for worker in [worker for worker in self._held if worker not in workers]:
            del self._held[worker]

    def _lost(self, stretch: _Stretch, flight: _Flight, told: Callable[[int, object], None]) -> None:
        losses = stretch.losses[flight.number] = stretch.losses.get(flight.number, 0) + 1
        if losses >= TRIES:
            told(flight.number, _deadly(losses))
        else:
            stretch.suspects.append(flight.number)

    def _give_up(self, stretch: _Stretch) -> None:
        """What still flies is called back: after an error, or when the person has had enough."""
        futures = [flight.future for flight in stretch.flights.values()]
        stretch.flights.clear()
        if futures and self._crew.client.status == "running":
            with quiet():
                self._crew.client.cancel(futures, force=True)


def _placed(job: Job, result: object) -> Outcome:
    """The outcome of ``job`` with its PDF where it is wanted."""
    if isinstance(result, TertibError):
        return Outcome(job, result)
    if not isinstance(result, Made):
        return Outcome(job, _strange(result))
    if result.error is not None:
        return Outcome(job, arrived(result.error))
    if hashlib.sha256(result.pdf).hexdigest() != result.sha256:
        return Outcome(job, _damaged(job.pdf))
    part = job.pdf.with_name(f".{job.pdf.name}.part")
    try:
        part.write_bytes(result.pdf)
        part.replace(job.pdf)
    except OSError as error:
        part.unlink(missing_ok=True)
        return Outcome(job, explain_os_error(error, job.pdf))
    return Outcome(job, None, result.pages, result.sha256, result.finished)


def _damaged(pdf: Path) -> ProofError:
    return ProofError(
        say("{name} berubah dalam perjalanan dari klaster. Jalankan lagi; periksa jaringannya.", name=pdf.name)
    )


def _deadly(losses: int) -> ProofError:
    return ProofError(
        say(
            "{n} pekerja klaster berhenti mendadak ketika mengerjakan dokumen ini, jadi dokumen ini tidak dicoba lagi; "
            "dokumen lain tidak terganggu. Coba tanpa --cluster untuk melihat apa yang salah, dan periksa memori para "
            "pekerja.",
            n=losses,
        )
    )


def _unreadable(error: OSError) -> OutputError:
    return OutputError(
        say(
            "{path} tidak dapat dibaca untuk dikirim ke klaster: {why}. Periksa berkas itu, lalu jalankan lagi.",
            path=Path(str(error.filename or "?")).name,
            why=why(error),
        )
    )


def _strange(result: object) -> TertibError:
    return internal(TypeError(f"a worker sent back {type(result).__name__}"))
