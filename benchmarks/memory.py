"""Memory of a command with everything it started: the proportional set size (PSS) of all its processes together.

PSS counts a page that several processes share once in all, so that the sum is what the machine really gives; resident
sizes would count LibreOffice's libraries once for every process. Linux only.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterable
from pathlib import Path

PROC = Path("/proc")
INTERVAL = 0.1
SPARING = 50
"""Looking takes at most one part in so many of a core's time, or it would be seen in the times that are measured."""
MARK = "TERTIB_BENCHMARK"
"""A variable of the environment: by it a process is known whose parent has gone."""


class Sampler:
    """Looks at the processes under ``root``, which is not counted, every INTERVAL seconds or less often.

    ``peak_mb`` is the most they had together.
    """

    def __init__(self, root: int, mark: str) -> None:
        self.peak_mb = 0.0
        self._root = root
        self._mark = f"{MARK}={mark}".encode()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Sampler:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _look(self) -> None:
        pause = INTERVAL
        while not self._stop.wait(pause):
            start = time.thread_time()
            found = family(self._root, self._mark)
            self.peak_mb = max(self.peak_mb, sum(map(pss_mb, found)))
            pause = max(INTERVAL, SPARING * (time.thread_time() - start))


def is_possible() -> bool:
    """Whether this system tells the PSS of a process."""
    return pss_mb(os.getpid()) > 0


def family(root: int, mark: bytes) -> list[int]:
    """Everything under ``root``, and orphans that carry ``mark`` in their environment with everything under them."""
    parents = dict(_parents())
    found = {pid for pid, parent in parents.items() if parent == root or (parent == 1 and _carries(pid, mark))}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return sorted(found)


def pss_mb(pid: int) -> float:
    """Megabytes of process ``pid``; 0 when it has ended or may not be looked at."""
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _parents() -> Iterable[tuple[int, int]]:
    for folder in PROC.iterdir():
        if folder.name.isdigit():
            try:
                text = (folder / "stat").read_text(encoding="utf-8", errors="replace")
            except OSError:
                continue
            yield int(folder.name), int(text.rpartition(")")[2].split()[1])


def _carries(pid: int, mark: bytes) -> bool:
    try:
        return mark in (PROC / str(pid) / "environ").read_bytes().split(b"\0")
    except OSError:
        return False
