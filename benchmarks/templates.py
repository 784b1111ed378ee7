"""Template engines on the same form: warm in turns, and 1, 100 and 1,000 documents by a new process each.

Every document whose time counts was opened and held against what it has to say (``benchmarks.work.verify``).
"""

from __future__ import annotations

import json
import re
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.engines import numbered
from benchmarks.measure import ROOT, Measured, Row, expect, run
from benchmarks.talk import NotDoneError, Talk, talking
from benchmarks.work import ACTORS, SIZES, values, verify, write_template

PEERS = ROOT / "benchmarks" / "peers"
REPEATS = 31
COUNTS = (1, 100, 1000)
MANY_STEPS = 20
COLD = 5
"""Times that one document is made by a new process; its median counts."""


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine, the template it reads, and how it is started; ``loops`` is what it can repeat."""

    name: str
    template: str
    command: tuple[str, ...]
    loops: str = "rows and columns"


def engines() -> tuple[list[Engine], list[Row]]:
    """Those that are installed, Tertib and the naive loop first; a row for each that is not."""
    python = (sys.executable, "-m", "benchmarks.engines")
    found = [Engine("tertib", "docxtpl", python), Engine("docxtpl", "docxtpl", python)]
    missing = []
    node = shutil.which("node")
    for name, loops in (
        ("docxtemplater", "rows and columns"),
        ("easy-template-x", "rows only"),
        ("carbone", "rows only"),
    ):
        if node is None or not (PEERS / "node_modules" / name).is_dir():
            missing.append(Row(f"{name}: the form filled", "not measured: it is not installed (`make peers`)"))
        else:
            found.append(Engine(name, name, (node, str(PEERS / "engines.js")), loops))
    return found, missing


def versions() -> str:
    """Names and versions of the peers, as ``make peers`` installs them."""
    from importlib.metadata import version

    wanted = json.loads((PEERS / "package.json").read_text(encoding="utf-8"))["dependencies"]
    pinned = re.findall(r"(?m)^(\w+)==(\S+)", (PEERS / "requirements.txt").read_text(encoding="utf-8"))
    return ", ".join(f"{name} {it}" for name, it in [("docxtpl", version("docxtpl")), *wanted.items(), *pinned])


def served(engine: Engine, folder: Path) -> AbstractContextManager[Talk]:
    """``engine``, waiting for work, with its template in ``folder``."""
    return talking(engine.name, [*engine.command, engine.name, str(folder / f"{engine.template}.docx"), "serve"])


def fill(engine: Talk, data: Path, number: int, out: Path | None = None) -> float:
    """Milliseconds for document ``number``, written to ``out`` afterwards."""
    return float(engine.ask({"data": str(data), "number": number, "out": None if out is None else str(out)})["ms"])


def prepare(folder: Path, found: Sequence[Engine], sizes: Sequence[int] = SIZES) -> None:
    """Write templates and values into ``folder``."""
    for name in {engine.template for engine in found}:
        write_template(name, folder / f"{name}.docx")
    for steps in sizes:
        (folder / f"{steps}.json").write_text(json.dumps(values(steps)), encoding="utf-8")


def warm(
    folder: Path, found: Sequence[Engine], sizes: Sequence[int] = SIZES, repeats: int = REPEATS
) -> dict[str, dict[int, list[float]]]:
    """Milliseconds of every document by engine and steps, in turns; the first of each size is checked, not timed."""
    taken: dict[str, dict[int, list[float]]] = {e.name: {steps: [] for steps in sizes} for e in found}
    with ExitStack() as stack:
        running = [stack.enter_context(served(engine, folder)) for engine in found]
        for steps in sizes:
            data, out = folder / f"{steps}.json", folder / "first.docx"
            for engine in running:
                for number in (1, 2, 3):
                    fill(engine, data, number, out)
                verify(engine.name, out.read_bytes(), numbered(values(steps), 3))
            for turn in range(repeats):
                for engine in running:
                    taken[engine.name][steps].append(fill(engine, data, turn + 1))
    return taken


def many(folder: Path, engine: Engine, count: int) -> float:
    """Seconds for a new process to write ``count`` documents; they are counted, and some opened."""
    out = folder / f"{engine.name}-{count}"
    out.mkdir()
    command = [*engine.command, engine.name, str(folder / f"{engine.template}.docx"), "many"]
    done = run([*command, str(folder / f"{MANY_STEPS}.json"), str(count), str(out)], cwd=ROOT)
    expect([done])
    made = len(list(out.glob("*.docx")))
    if made != count:
        raise NotDoneError(f"{engine.name} made {made} of {count} documents")
    for number in {1, count // 2 + 1, count}:
        verify(engine.name, (out / f"{number}.docx").read_bytes(), numbered(values(MANY_STEPS), number))
    shutil.rmtree(out)
    return done.seconds


def templates(sizes: Sequence[int] = SIZES, repeats: int = REPEATS, counts: Sequence[int] = COUNTS) -> Measured:
    """The part: every engine that is installed."""
    found, missing = engines()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(folder, found, sorted({*sizes, MANY_STEPS}))
        taken = warm(folder, found, sizes, repeats)
        seconds: dict[str, dict[int, float]] = {engine.name: {} for engine in found}
        for count in counts:
            for engine in found:
                times = [many(folder, engine, count) for _ in range(COLD if count == 1 else 1)]
                seconds[engine.name][count] = statistics.median(times)
    medians = {name: {n: statistics.median(ms) for n, ms in by.items()} for name, by in taken.items()}
    rows = [*_warm_rows(found, medians), *_many_rows(found, seconds), *missing]
    loops = {engine.name: engine.loops for engine in found}
    return Measured(tuple(rows), {"warm": medians, "many": seconds, "loops": loops})


def _warm_rows(found: Sequence[Engine], medians: Mapping[str, Mapping[int, float]]) -> Iterator[Row]:
    peers = [engine for engine in found if engine.name != "tertib"]
    for steps in medians["tertib"]:
        ours = medians["tertib"][steps]
        told = "; ".join(_told(e, medians[e.name][steps], ours, "ms") for e in peers)
        least = min(medians[e.name][steps] for e in peers)
        naive = medians["docxtpl"][steps] / ours
        yield Row(
            f"the form with {steps} steps and {ACTORS} actors, warm",
            f"{ours:.2f} ms: {naive:.0f} times the naive loop, {least / ours:.1f} times the next best",
            told,
            ">= 30 times the naive loop, faster than all",
            naive >= 30 and ours < least,
            "DOCX, template: against a naive docxtpl loop and other engines" if steps == MANY_STEPS else "",
        )


def _many_rows(found: Sequence[Engine], seconds: Mapping[str, Mapping[int, float]]) -> Iterator[Row]:
    for count in seconds["tertib"]:
        ours = seconds["tertib"][count]
        told = "; ".join(_told(e, seconds[e.name][count], ours, "s") for e in found if e.name != "tertib")
        what = "1 document" if count == 1 else f"{count:,} documents"
        yield Row(f"{what} of {MANY_STEPS} steps by a new process, from start to end", f"{ours:.2f} s", told)


def _told(engine: Engine, theirs: float, ours: float, unit: str) -> str:
    name = "naive docxtpl loop" if engine.name == "docxtpl" else engine.name
    note = "" if engine.loops == "rows and columns" else f" ({engine.loops})"
    return f"{name}{note} {theirs:.3g} {unit}: {theirs / ours:.1f} times"


def main() -> Any:
    """Measure and print."""
    print(json.dumps(templates().figures))


if __name__ == "__main__":
    main()
