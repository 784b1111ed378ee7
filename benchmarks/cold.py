"""What every command takes that has nothing heavy to do, each time a new process."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.many import EXAMPLE
from benchmarks.measure import TERTIB, Measured, Row, expect, medians, run, spread
from benchmarks.talk import NotDoneError

REPEATS = 7
OFFICE = f"inputs/{EXAMPLE.name}"
ONE = f"{OFFICE}/sop/{sorted((EXAMPLE / 'sop').glob('*.yaml'))[0].name}"
RECESS = f"{OFFICE}/reses/{next((EXAMPLE / 'reses').iterdir()).name}"
COMMANDS: Mapping[str, tuple[str, Sequence[str]]] = {
    "check": ("`tertib check` on one SOP", ("check", ONE)),
    "build": ("`tertib build` on one SOP, nothing changed", ("build", ONE)),
    "recap": (
        "`tertib recap --no-pdf --only rekapitulasi`, 50 members, nothing changed",
        ("recap", "--no-pdf", "--only", "rekapitulasi", RECESS),
    ),
    "book": ("`tertib book` of one office, nothing changed", ("book", OFFICE)),
    "sign": ("`tertib sign --help`", ("sign", "--help")),
    "archive": ("`tertib archive` of one office, nothing changed", ("archive", f"{OFFICE}/sop")),
    "archive list": ("`tertib archive list`", ("archive", "list")),
    "archive export": ("`tertib archive export --help`", ("archive", "export", "--help")),
    "verify": (
        "`tertib verify` of one PDF",
        ("verify", f"{ONE.replace('inputs', 'outputs').removesuffix('.yaml')}.pdf"),
    ),
    "explain": ("`tertib explain HKM-01`", ("explain", "HKM-01")),
    "impact": ('`tertib impact "UU 17/2014"`', ("impact", "UU 17/2014")),
    "new": ("`tertib new sop`", ("new", "sop", "inputs/lain/sop/baru.yaml")),
    "schema": ("`tertib schema sop`", ("schema", "sop")),
    "doctor": ("`tertib doctor` (starts LibreOffice for its version)", ("doctor",)),
    "template": ("`tertib template slim --help`", ("template", "slim", "--help")),
    "watch": ("`tertib watch --help`", ("watch", "--help")),
    "all": ("`tertib all --help`", ("all", "--help")),
    "--help": ("`tertib --help`", ("--help",)),
}
"""Command -> how it is told, and its words. A subcommand is measured where it does something of its own."""
LIMIT = 0.5


def commands() -> Iterator[str]:
    """Every command that ``tertib`` has, and "--help"."""
    from pipeline.cli.app import MODULES

    yield from MODULES
    yield "--help"


def cold() -> Measured:
    """The part: every command, in turns with a Python that does nothing."""
    unknown = set(commands()) - set(COMMANDS)
    if unknown:
        raise NotDoneError(f"no measurement for: {', '.join(sorted(unknown))} (COMMANDS of benchmarks/cold.py)")
    wanted = {name: told for name, told in COMMANDS.items() if name.split()[0] in set(commands())}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        _prepare(root)
        words = {name: [*TERTIB, *command] for name, (_, command) in wanted.items()}
        # What was made the time before must not be there again.
        fresh = root / "inputs" / "lain" / "sop" / "baru"
        words["new"] = ["sh", "-c", 'rm -f "$0".*; exec "$@"', str(fresh), *words["new"]]
        runs = medians({**words, "python": [sys.executable, "-c", "pass"]}, cwd=root, repeats=REPEATS)
        for name, taken in runs.items():
            expect(taken, what=name)
        if not fresh.with_suffix(".yaml").is_file():
            raise NotDoneError("tertib new made nothing")
    seconds = {name: spread([r.seconds for r in taken]) for name, taken in runs.items()}
    rows = [_row(name, told, seconds[name], max(r.peak_mb for r in runs[name])) for name, (told, _) in wanted.items()]
    rows.append(Row("a Python that does nothing, for comparison", f"{seconds['python'][0]:.3f} s"))
    return Measured(tuple(rows), {"seconds": {name: taken[0] for name, taken in seconds.items()}})


def _row(name: str, told: str, seconds: tuple[float, float, float], peak: float) -> Row:
    taken, low, high = seconds
    value = f"{taken:.3f} s ({low:.3f} to {high:.3f}), {peak:.0f} MB"
    if name != "check":
        return Row(told, value)
    return Row(told, value, "", f"< {LIMIT} s", taken < LIMIT, "`tertib check` cold, one SOP")


def _prepare(root: Path) -> None:
    """The example office with everything made, so that the commands find nothing to do."""
    shutil.copytree(EXAMPLE, root / OFFICE)
    shutil.copytree(EXAMPLE, root / "inputs" / "lain", ignore=shutil.ignore_patterns("sop", "reses"))
    steps: tuple[Sequence[str], ...] = (
        ("build",),
        COMMANDS["recap"][1],
        ("book",),
        COMMANDS["archive"][1],
    )
    for words in steps:
        expect([run([*TERTIB, *words], cwd=root)], what=words[0])


def main() -> Any:
    """Measure and print."""
    for row in cold().rows:
        print(row.what, "|", row.value)


if __name__ == "__main__":
    main()
