"""Measures Tertib and writes benchmarks/RESULTS.md with its charts. Run by ``make bench``; takes about 25 minutes.

``make bench ARGS="templates cold"`` measures these parts alone; the others stay as they were, with their dates.
Every figure stands beside a peer measured in the same run, because a busy or slow machine changes both alike.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # run as a file, Python only sees this folder

from benchmarks import page, record  # noqa: E402
from benchmarks.checks import checks  # noqa: E402
from benchmarks.cold import cold  # noqa: E402
from benchmarks.documents import documents  # noqa: E402
from benchmarks.measure import Measured, Row, machine  # noqa: E402
from benchmarks.pdf_rows import conversions  # noqa: E402
from benchmarks.pdfs import archives, books, finished_pdfs  # noqa: E402
from benchmarks.recesses import recesses  # noqa: E402
from benchmarks.talk import NotDoneError  # noqa: E402
from benchmarks.templates import templates, versions  # noqa: E402
from benchmarks.whole import whole  # noqa: E402
from pipeline.errors import TertibError  # noqa: E402

FOLDER = ROOT / "benchmarks"
FAULTS = (NotDoneError, SystemExit, OSError, subprocess.SubprocessError, TertibError)
"""By which a part says that somebody did not do the work."""


def _lean() -> Sequence[Row]:
    from benchmarks.lean import lean_templates

    return lean_templates()


def _watch() -> Sequence[Row]:
    from benchmarks.watching import watched

    return watched()


def _rows(*sources: Callable[[], Sequence[Row]]) -> Callable[[], Measured]:
    return lambda: Measured(tuple(row for source in sources for row in source()))


PARTS: Mapping[str, Callable[[], Measured]] = {
    "documents": documents,
    "templates": templates,
    "conversions": conversions,
    "whole": whole,
    "watch": _rows(_watch),
    "cold": cold,
    "checks": checks,
    "recesses": recesses,
    "finished": _rows(finished_pdfs),
    "lean": _rows(_lean),
    "books": _rows(books, archives),
}
"""In the order of the page; what has targets of its own comes first."""


def main(words: Sequence[str], folder: Path = FOLDER, parts: Mapping[str, Callable[[], Measured]] = PARTS) -> None:
    """Measure the parts that ``words`` name, all for none, and write the page into ``folder`` after each."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"one of: {', '.join(parts)}")
    wanted = parser.parse_args(words).parts or list(parts)
    unknown = [name for name in wanted if name not in parts]
    if unknown:
        parser.error(f"no such part: {', '.join(unknown)}; there are {', '.join(parts)}")
    os.environ.setdefault("LC_ALL", "C.UTF-8")
    here = {**dict(machine()), "peers": versions()}
    failed = []
    for name in wanted:
        print(f"{name} ...", end=" ", file=sys.stderr, flush=True)
        start = time.perf_counter()
        try:
            measured = parts[name]()
        except FAULTS as fault:
            # The others are worth their minutes; what this one said before stays, with its day.
            print(f"FAILED: {fault}", file=sys.stderr)
            failed.append(name)
            continue
        seconds = time.perf_counter() - start
        print(f"{seconds:.0f} s", file=sys.stderr)
        # Written after each part: whoever stops a run keeps what was measured.
        kept = record.load(folder / "results.json") | {name: record.record(measured, here, seconds)}
        known = {one: kept[one] for one in parts if one in kept}
        record.save(folder / "results.json", known)
        page.write(folder, known)
    print(page.targets(record.load(folder / "results.json")), end="")
    if failed:
        raise SystemExit(f"not measured, see above: {', '.join(failed)}")


if __name__ == "__main__":
    main(sys.argv[1:])
