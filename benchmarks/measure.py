"""Runs commands and says what they took: wall time and peak memory. Imports little, so as to add no memory itself."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Collection, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.memory import MARK, Sampler

ROOT = Path(__file__).resolve().parents[1]
TERTIB = (sys.executable, "-m", "pipeline")


@dataclass(frozen=True, slots=True)
class Run:
    """One finished command: wall seconds, peak resident memory in MB (its largest process), exit code.

    ``together_mb`` is the memory of all its processes together (see ``benchmarks.memory``), 0 when not looked at.
    """

    seconds: float
    peak_mb: float
    code: int
    together_mb: float = 0.0


_STARTER = """
import json, os, sys, time
start = time.perf_counter()
pid = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(pid, 0)
told = {"seconds": time.perf_counter() - start, "peak": usage.ru_maxrss, "code": os.waitstatus_to_exitcode(status)}
os.write(int(sys.argv[1]), json.dumps(told).encode())
"""
"""A small process that starts a command and waits for it: the system counts the memory of who forks as the peak of the
new process, and whoever measures may be large."""


def run(command: Sequence[str], *, cwd: Path, together: bool = False) -> Run:
    """Run ``command`` in a process of its own, its output thrown away."""
    mark = uuid.uuid4().hex
    env = os.environ | {"PYTHONPATH": str(ROOT), MARK: mark}
    reading, writing = os.pipe()
    starter = subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", _STARTER, str(writing), *command],
        cwd=cwd,
        env=env,
        pass_fds=[writing],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    sampler = Sampler(starter.pid, mark)
    with os.fdopen(reading, "rb") as stream, sampler if together else nullcontext():
        said = stream.read()
        starter.wait()
    if not said:
        raise SystemExit(f"{command[0]} could not be started: nothing to measure")
    told = json.loads(said)
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return Run(told["seconds"], told["peak"] / unit, told["code"], sampler.peak_mb)


def expect(runs: Sequence[Run], codes: Collection[int] = frozenset({0}), what: str = "a command") -> None:
    """Stop when a command ended otherwise than it must: its time means nothing."""
    wrong = {r.code for r in runs} - set(codes)
    if wrong:
        raise SystemExit(f"{what} ended with {sorted(wrong)}: nothing to measure")


def timed(do: Callable[[], object]) -> float:
    """Wall seconds of ``do``."""
    start = time.perf_counter()
    do()
    return time.perf_counter() - start


def medians(commands: dict[str, Sequence[str]], *, cwd: Path, repeats: int) -> dict[str, list[Run]]:
    """Run every command ``repeats`` times, in turns so that a busy moment hits all; one round goes unmeasured."""
    for command in commands.values():
        run(command, cwd=cwd)
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(repeats):
        for name, command in commands.items():
            runs[name].append(run(command, cwd=cwd))
    return runs


def spread(values: Sequence[float]) -> tuple[float, float, float]:
    """Median, smallest and largest."""
    return statistics.median(values), min(values), max(values)


def machine() -> list[tuple[str, str]]:
    """What the numbers were measured on; no host name."""
    from pipeline.convert.libreoffice import version

    return [
        ("processor", _cpu_model()),
        ("cores", str(os.cpu_count())),
        ("system", f"{platform.system()} {platform.machine()}, {_distribution()}"),
        ("Python", platform.python_version()),
        ("LibreOffice", " ".join(version().split()[:2]) or "none"),
        ("date", time.strftime("%Y-%m-%d")),
    ]


def _cpu_model() -> str:
    info = Path("/proc/cpuinfo")
    if info.is_file():
        for line in info.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown"


def _distribution() -> str:
    try:
        return platform.freedesktop_os_release().get("PRETTY_NAME", "unknown")
    except OSError:
        return platform.release()


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table; ``target`` is "" where there is none, ``met`` says whether it was reached.

    ``goal`` is the line of the table of targets that this row answers, "" for none.
    """

    what: str
    value: str
    peer: str = ""
    target: str = ""
    met: bool | None = None
    goal: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a part of the benchmarks found: its rows, and figures for charts by name."""

    rows: tuple[Row, ...]
    figures: dict[str, Any] = field(default_factory=dict)


def child(*words: str, module: str = "benchmarks.warm") -> dict[str, Any]:
    """What a module of the benchmarks prints when it is run with ``words`` in a process of its own."""
    command = [sys.executable, "-m", module, *words]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found
