"""Rows on ``tertib check`` of many SOPs: time, memory, growth."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks import twenty
from benchmarks.many import make_inputs
from benchmarks.measure import TERTIB, Measured, Row, expect, run, spread

MANY = 1000
DONE = {0, 1}
"""Exit codes of a check that ran: nothing blocks, something blocks."""


def checks() -> Measured:
    """The part."""
    return Measured((*many_checks(), *full_checks()))


def many_checks() -> list[Row]:
    """``tertib check`` on a thousand SOPs, good and faulty ones of several offices."""
    with tempfile.TemporaryDirectory() as name:
        make_inputs(Path(name), MANY)
        runs = [run([*TERTIB, "check", "--no-cache", "inputs"], cwd=Path(name)) for _ in range(3)]
    expect(runs, DONE)
    seconds, low, high = spread([r.seconds for r in runs])
    peak = max(r.peak_mb for r in runs)
    return [
        Row(f"{MANY} SOPs checked", f"{seconds:.2f} s ({low:.2f} to {high:.2f})", "", "< 10 s", seconds < 10),
        Row("peak memory of that", f"{peak:.0f} MB", "", "< 300 MB", peak < 300),
    ]


_READ_ONLY = """
import csv, pathlib, yaml
for path in pathlib.Path("inputs").rglob("*.yaml"):
    yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
for path in pathlib.Path("inputs").rglob("*.csv"):
    list(csv.reader(path.open(encoding="utf-8", newline="")))
"""


def full_checks() -> list[Row]:
    """Every rule on SOPs of twenty steps, no two alike and with many findings, on one core: cold, warm, five times."""
    core = [shutil.which("taskset") or "", "-c", "0"] if shutil.which("taskset") else []
    check = [*core, *TERTIB, "check", "--format", "concise"]
    with tempfile.TemporaryDirectory() as name:
        once, five = Path(name, "once"), Path(name, "five")
        twenty.make_inputs(once, MANY)
        twenty.make_inputs(five, 5 * MANY)
        read = [run([*core, sys.executable, "-c", _READ_ONLY], cwd=once) for _ in range(3)]
        cold = [run([*check, "--no-cache"], cwd=once) for _ in range(3)]
        os.environ["TERTIB_CACHE"] = str(Path(name, "kept"))
        warm = [run(check, cwd=once) for _ in range(4)][1:]
        del os.environ["TERTIB_CACHE"]
        more = [run([*check, "--no-cache"], cwd=five)]
    expect([*cold, *warm, *more], DONE)
    (seconds, low, high), (again, *_), (peer, *_) = (spread([r.seconds for r in runs]) for runs in (cold, warm, read))
    peak = max(r.peak_mb for r in cold)
    growth = more[0].seconds / seconds
    return [
        Row(
            f"{MANY} SOPs of 20 steps, all rules, one core",
            f"{seconds:.2f} s ({low:.2f} to {high:.2f})",
            f"reading the same files with PyYAML (C) and csv {peer:.2f} s: ratio {seconds / peer:.1f}",
            "< 8 s",
            seconds < 8,
        ),
        Row("the same again, nothing changed", f"{again:.2f} s", "", "< 1 s", again < 1),
        Row("peak memory of the first", f"{peak:.0f} MB", "", "< 400 MB", peak < 400),
        Row(f"{5 * MANY} SOPs of 20 steps: time against {MANY}", f"{growth:.1f} times", "", "about 5", growth < 6),
        Row("peak memory of that", f"{more[0].peak_mb:.0f} MB"),
    ]
