"""Whole runs of ``tertib build``: 1, 10, 100 and 1,000 SOPs from clean to proved PDFs, beside one call of LibreOffice.

Then what a second run takes: nothing changed, by ``tertib build`` and by ``make``, and one step of one SOP changed.
Every file that a run should have made, or should have left alone, is looked at.
"""

from __future__ import annotations

import itertools
import math
import re
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.converters import page_counts, soffice
from benchmarks.measure import ROOT, TERTIB, Measured, Row, expect, run, timed
from benchmarks.memory import is_possible
from benchmarks.offices import make_offices
from benchmarks.talk import NotDoneError
from pipeline.convert.libreoffice import find_soffice

COUNTS = (1, 10, 100, 1000)
AGAIN = 5
MEMORY = 1500
CHECKOUT = ("Makefile", "setup.sh", "pyproject.toml", "requirements.lock", "pipeline", "templates")
"""What ``make`` needs of a checkout, beside ``.venv`` and inputs and outputs of its own."""


@dataclass(frozen=True, slots=True)
class Built:
    """One size: seconds and megabytes of ``tertib build``, seconds of one call of LibreOffice for the same DOCX."""

    count: int
    seconds: float
    together_mb: float
    one_call: float


def whole(counts: Sequence[int] = COUNTS) -> Measured:
    """The part. The last of ``counts`` is also run again."""
    if find_soffice() is None:
        return Measured((Row("SOPs from clean to proved PDFs", "not measured: LibreOffice is not installed"),))
    with tempfile.TemporaryDirectory() as name:
        built = []
        for count in counts:
            # A single run of the small ones says little: what starts LibreOffice varies.
            runs = [_build(Path(name, f"{count}-{turn}"), count) for turn in range(1 if count > 100 else 2)]
            built.append(
                Built(
                    count,
                    statistics.median(one.seconds for one in runs),
                    max(one.together_mb for one in runs),
                    statistics.median(one.one_call for one in runs),
                )
            )
        again = list(_again(Path(name, f"{counts[-1]}-0"), counts[-1]))
    figures = {"tertib": {b.count: b.seconds for b in built}, "one call": {b.count: b.one_call for b in built}}
    return Measured((*rows(built), *again), figures)


def _build(root: Path, count: int) -> Built:
    """Everything made in ``root`` from inputs alone."""
    make_offices(root, count)
    done = run([*TERTIB, "build", "--format", "concise"], cwd=root, together=True)
    expect([done], what="tertib build")
    made = _made(root)
    if len(made) != count:
        raise NotDoneError(f"tertib build made {len(made)} of {count} PDFs")
    copies, outbox = root / "docx", root / "pdf"
    copies.mkdir()
    for number, path in enumerate(made):
        shutil.copyfile(path.with_suffix(".docx"), copies / f"{number:04d}.docx")
    files = sorted(copies.glob("*.docx"))
    one_call = timed(lambda: soffice(files, outbox, root / "profile"))
    theirs = page_counts(outbox, [path.stem for path in files])
    ours = [page_counts(path.parent, [path.stem])[0] for path in made]
    if ours != theirs:
        raise NotDoneError("the pages of the one call differ from those of tertib build")
    return Built(count, done.seconds, done.together_mb, one_call)


def _made(root: Path) -> list[Path]:
    return sorted((root / "outputs").glob("kantor-*/sop/*.pdf"))


def rows(built: Sequence[Built]) -> Iterator[Row]:
    for one in built:
        ratio = one.seconds / one.one_call
        large = one.count == 1000
        what = "1 SOP" if one.count == 1 else f"{one.count:,} SOPs"
        yield Row(
            f"`tertib build`, {what} from clean to proved PDFs",
            f"{one.seconds:.1f} s",
            f"one LibreOffice call for the same DOCX, nothing drawn or proved {one.one_call:.1f} s: ratio {ratio:.2f}",
            "< 300 s" if large else "",
            one.seconds < 300 if large else None,
            "1,000 SOPs from clean to proved PDFs" if large else "",
        )
        told = f"{one.together_mb:.0f} MB" if is_possible() else "not measured: only Linux tells it"
        met = one.together_mb < MEMORY if large and is_possible() else None
        target = f"< {MEMORY} MB" if large else ""
        yield Row(
            f"memory of all its processes together, {what}", told, "", target, met, "memory, all processes" * large
        )
    for small, ten in itertools.pairwise(built):
        yield _growth(small, ten)


def _growth(small: Built, ten: Built) -> Row:
    times, theirs = ten.seconds / small.seconds, ten.one_call / small.one_call
    more = ten.count / small.count
    limit = 1.05 * more
    return Row(
        f"time for {ten.count:,} SOPs against {small.count:,}",
        f"{times:.2f} times",
        f"one LibreOffice call {theirs:.2f} times",
        f"<= {limit:.1f} times",
        times <= limit,
        "time for 10x documents" if small.count == 100 else "",
    )


def _again(root: Path, count: int) -> Iterator[Row]:
    """Runs over what is there already."""
    command = [*TERTIB, "build", "--format", "concise"]
    before = stamps(root / "outputs")
    runs = [run(command, cwd=root) for _ in range(AGAIN)]
    expect(runs, what="tertib build again")
    untouched(before, root / "outputs", set())
    seconds = statistics.median(r.seconds for r in runs)
    yield Row(
        f"`tertib build`, nothing changed, {count:,} SOPs",
        f"{seconds:.2f} s",
        f"`sha256sum` over inputs and outputs {_sha256sum(root):.2f} s",
        "< 1 s",
        seconds < 1,
        "nothing changed, 1,000 SOPs" if count == 1000 else "",
    )
    yield from _by_make(root, count)
    name = _change(root, "30")
    before = stamps(root / "outputs")
    one = run(command, cwd=root)
    expect([one], what="tertib build of what changed")
    untouched(before, root / "outputs", {f"{name}.docx", f"{name}.pdf"})
    yield Row(f"one step of one SOP changed, `tertib build` of all {count:,}", f"{one.seconds:.2f} s")
    if (root / "Makefile").exists():
        yield _changed_by_make(root, count)


def _change(root: Path, minutes: str) -> str:
    """Change the time of one step of the first SOP to ``minutes``; the name of that SOP."""
    steps = min((root / "inputs").glob("kantor-01/sop/*.langkah.csv"))
    text = steps.read_text(encoding="utf-8")
    changed = re.sub(r"\b\d+ menit\b", f"{minutes} menit", text, count=1, flags=re.IGNORECASE)
    if changed == text:
        raise NotDoneError(f"no time to change in {steps.name}")
    steps.write_text(changed, encoding="utf-8")
    return steps.name.removesuffix(".langkah.csv")


def _changed_by_make(root: Path, count: int) -> Row:
    """Only that SOP, its place in the archive, and the book of its office are written."""
    name = _change(root, "25")
    before = stamps(root / "outputs")
    done = run(["make"], cwd=root)
    expect([done], what="make of what changed")
    after = stamps(root / "outputs")
    written = {path.stem for path, stamp in after.items() if before.get(path) != stamp}
    if written != {name, "buku-sop"}:
        raise NotDoneError(f"make wrote {sorted(written)[:5]} instead of {name} and its book")
    return Row(f"the same, `make`: that SOP, its book, its archive, of {count:,} SOPs", f"{done.seconds:.2f} s")


def _by_make(root: Path, count: int) -> Iterator[Row]:
    """``make`` in a checkout whose inputs are those of ``root``: build, recap, book, archive."""
    if shutil.which("make") is None or not (ROOT / ".venv" / "bin").is_dir():
        yield Row(f"`make`, nothing changed, {count:,} SOPs", "not measured: no make, or no .venv")
        return
    _check_out(root)
    first = run(["make"], cwd=root)
    expect([first], what="make")
    yield Row(f"`make`: books and archives of {count:,} SOPs that are built", f"{first.seconds:.1f} s")
    before = stamps(root / "outputs")
    runs = [run(["make"], cwd=root) for _ in range(AGAIN)]
    expect(runs, what="make again")
    untouched(before, root / "outputs", set())
    seconds = statistics.median(r.seconds for r in runs)
    goal = "nothing changed, 1,000 SOPs, `make`" if count == 1000 else ""
    yield Row(f"`make`, nothing changed, {count:,} SOPs", f"{seconds:.2f} s", "", "< 1 s", seconds < 1, goal)


def _check_out(root: Path) -> None:
    """What ``make`` needs; its stamp is new, so that nothing is ever installed into the .venv that is lent."""
    for name in CHECKOUT:
        (root / name).symlink_to(ROOT / name)
    (root / ".venv").mkdir()
    for path in (ROOT / ".venv").iterdir():
        if not path.name.endswith("-stamp"):
            (root / ".venv" / path.name).symlink_to(path)
    (root / ".venv" / ".runtime-stamp").touch()


def stamps(folder: Path) -> dict[Path, int]:
    """When each document of ``folder`` was written, archives included."""
    endings = {".pdf", ".docx"}
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.suffix in endings}


def untouched(before: Mapping[Path, int], folder: Path, but: set[str]) -> None:
    """Raise NotDoneError unless exactly the documents named ``but`` were written again."""
    after = stamps(folder)
    written = {path.name for path, stamp in after.items() if before.get(path) != stamp}
    if written != but or set(before) - set(after):
        raise NotDoneError(f"written again: {sorted(written)[:5]}, to be written: {sorted(but)}")


def _sha256sum(root: Path) -> float:
    if shutil.which("sha256sum") is None:
        return math.nan
    command = "find inputs outputs -type f -print0 | xargs -0 sha256sum"
    return statistics.median(run(["sh", "-c", command], cwd=root).seconds for _ in range(3))


if __name__ == "__main__":
    for row in whole([int(word) for word in sys.argv[1:]] or COUNTS).rows:
        print(row.what, "|", row.value, "|", row.peer, "|", row.met)
