"""Processes of this program that share its work: one lock of the interpreter is not in the way of many processors.

One that dies (a library written in C can take its process with it) costs the document it had, and that is named.
"""

from __future__ import annotations

import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from typing import Any, Final

from pipeline.errors import TertibError
from pipeline.model.message import say
from pipeline.run.outcome import InternalError, internal

_TIMEOUT = 600.0
"""Seconds after which the work on one document counts as hung."""
_FRESH: Final = 3
"""How often there are new processes for those that were given up; then the work is done without."""
_LOOK: Final = 0.2
"""Seconds between two looks at whether they were given up."""


class ElsewhereError(Exception):
    """What happened in another process, in the words of its own trace (for ``--verbose``)."""


def travelling(error: TertibError) -> TertibError:
    """``error`` with its cause as text: exceptions of libraries do not travel."""
    if error.__cause__ is not None:
        error.trace = "".join(traceback.format_exception(error.__cause__))  # type: ignore[attr-defined]
    return error


def arrived(error: TertibError) -> TertibError:
    """``error`` as it came back, with what it had as its cause elsewhere."""
    trace = getattr(error, "trace", "")
    if trace:
        error.__cause__ = ElsewhereError(trace)
    return error


class Hands:
    """``count`` processes, started with the first task. Close it: they end then, whatever they are at.

    pebble gives up all processes when one dies that has nothing to do, and forgets what still waits: what was handed
    out then ends with BrokenProcessPool, and there are new processes for what comes.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self._lock = threading.Lock()
        self._waiting: set[Future[Any]] = set()
        self._closed = threading.Event()
        self._begun = False
        self._left = _FRESH
        self._pool = self._new()
        self._guard = threading.Thread(target=self._watch, name="hands", daemon=True)
        self._guard.start()

    def submit(self, function: Callable[..., Any], *args: object) -> Future[Any]:
        """Have ``function`` called in another process; it, ``args``, and what it returns can be pickled."""
        from concurrent.futures.process import BrokenProcessPool

        future: Future[Any] = Future()
        try:
            with self._lock, _no_interrupt():
                self._waiting.add(future)
                there = self._pool.schedule(function, args=args, timeout=_TIMEOUT)
                self._begun = True
        except RuntimeError as given_up:  # and the guard has not seen it yet
            self._fail(future, BrokenProcessPool(str(given_up)))
        else:
            there.add_done_callback(lambda done: self._tell(future, done))
        return future

    def close(self) -> None:
        """End all processes."""
        self._closed.set()
        self._guard.join()
        self._end()

    def _new(self) -> Any:
        import multiprocessing

        from pebble import ProcessPool

        # Not forked: a fork of a process with threads may never wake up.
        return ProcessPool(max_workers=self.count, context=multiprocessing.get_context("spawn"))

    def _end(self) -> None:
        self._pool.stop()
        self._pool.join()

    def _watch(self) -> None:
        from concurrent.futures.process import BrokenProcessPool

        while not self._closed.wait(_LOOK):
            if not self._begun or self._pool.active or not self._left:  # asking one that has not begun would start it
                continue
            self._left -= 1
            self._end()
            with self._lock:
                lost = tuple(self._waiting)
                self._pool, self._begun = self._new(), False
            for future in lost:
                if self._closed.is_set():
                    return
                self._fail(future, BrokenProcessPool("the processes were given up"))

    def _tell(self, future: Future[Any], done: Future[Any]) -> None:
        fault = done.exception() if not done.cancelled() else CancelledError()
        if fault is not None:
            self._fail(future, fault)
        elif self._is_mine(future):
            future.set_result(done.result())

    def _fail(self, future: Future[Any], fault: BaseException) -> None:
        if self._is_mine(future):
            future.set_exception(fault)

    def _is_mine(self, future: Future[Any]) -> bool:
        """Is it told now, for the first time?"""
        with self._lock:
            mine = future in self._waiting
            self._waiting.discard(future)
        return mine


@contextmanager
def _no_interrupt() -> Iterator[None]:
    """Ctrl-C is for this process alone: what is started now does not see it."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def failure(fault: BaseException, name: str) -> TertibError | None:
    """The error of the document ``name`` at which a process ended with ``fault``; None when no process could be had."""
    from concurrent.futures.process import BrokenProcessPool

    from pebble import ProcessExpired

    if isinstance(fault, TertibError):
        return fault
    if isinstance(fault, ProcessExpired):
        return _ended(name, str(fault.exitcode))
    if isinstance(fault, TimeoutError):
        return _ended(name, f"> {_TIMEOUT:.0f} s")
    if isinstance(fault, BrokenProcessPool) or not isinstance(fault, Exception):
        return None
    return internal(fault)


def _ended(name: str, how: str) -> TertibError:
    return InternalError(
        say(
            "Proses yang mengerjakan {name} berhenti mendadak ({how}); dokumen lain tetap dikerjakan. Jalankan lagi; "
            "bila terulang pada dokumen yang sama, kirim berkas masukannya kepada pengelola tertib.",
            name=name,
            how=how,
        )
    )
