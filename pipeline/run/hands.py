"""Processes of this program that share its work: one lock of the interpreter is not in the way of many processors.

One that dies (a library written in C can take its process with it) costs the document it had, and that is named.
"""

from __future__ import annotations

import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any

from pipeline.errors import TertibError
from pipeline.model.message import say
from pipeline.run.outcome import InternalError, internal

_TIMEOUT = 600.0
"""Seconds after which the work on one document counts as hung."""


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
    """``count`` processes, started with the first task. Close it: they end then, whatever they are at."""

    def __init__(self, count: int) -> None:
        import multiprocessing

        from pebble import ProcessPool

        # Not forked: a fork of a process with threads may never wake up.
        self._pool = ProcessPool(max_workers=count, context=multiprocessing.get_context("spawn"))
        self.count = count

    def submit(self, function: Callable[..., Any], *args: object) -> Future[Any]:
        """Have ``function`` called in another process; it, ``args``, and what it returns can be pickled."""
        with _no_interrupt():
            future: Future[Any] = self._pool.schedule(function, args=args, timeout=_TIMEOUT)
        return future

    def close(self) -> None:
        """End all processes."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()


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
