"""Measures Tertib and writes benchmarks/RESULTS.md. Run by ``make bench``; takes about ten minutes.

Every figure stands beside a peer measured in the same run, because a busy or slow machine changes both alike.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # run as a file, Python only sees this folder

from benchmarks import twenty  # noqa: E402
from benchmarks.many import EXAMPLE, make_inputs  # noqa: E402
from benchmarks.measure import TERTIB, Row, Run, child, machine, medians, run, spread  # noqa: E402
from benchmarks.pdfs import archives, books, finished_pdfs  # noqa: E402
from benchmarks.recess_data import RECESS, make_office  # noqa: E402

REPEATS = 11
MANY = 1000
DONE = {0, 1}  # exit codes of a check that ran: nothing blocks, something blocks
RESULTS = ROOT / "benchmarks" / "RESULTS.md"


def cold_check() -> list[Row]:
    """``tertib check`` on one SOP, every time a new process."""
    one = sorted((EXAMPLE / "sop").glob("*.yaml"))[0]
    runs = medians(
        {
            "check": [*TERTIB, "check", str(one.relative_to(ROOT))],
            "docxtpl": [sys.executable, "-c", "import docxtpl"],
            "pass": [sys.executable, "-c", "pass"],
        },
        cwd=ROOT,
        repeats=REPEATS,
    )
    _expect(runs["check"])
    seconds = {name: spread([r.seconds for r in taken]) for name, taken in runs.items()}
    ours, low, high = seconds["check"]
    ratio = ours / seconds["docxtpl"][0]
    return [
        Row(
            "`tertib check` on one SOP, new process",
            f"{ours:.3f} s ({low:.3f} to {high:.3f})",
            f'`python -c "import docxtpl"` {seconds["docxtpl"][0]:.3f} s: ratio {ratio:.2f}; '
            f"`python -c pass` {seconds['pass'][0]:.3f} s",
            "< 0.6 s",
            ours < 0.6,
        )
    ]


def many_checks() -> list[Row]:
    """``tertib check`` on a thousand SOPs, good and faulty ones of several offices."""
    with tempfile.TemporaryDirectory() as name:
        make_inputs(Path(name), MANY)
        runs = [run([*TERTIB, "check", "--no-cache", "inputs"], cwd=Path(name)) for _ in range(3)]
    _expect(runs)
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
    _expect([*cold, *warm, *more])
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


def warm_docx() -> list[Row]:
    """DOCX of an ordinary and of the longest SOP of the example office, in a warm process."""
    found = child("docx")
    ours, low, high = found["ms"]["all"]
    most, least_most, most_most = found["ms"]["longest"]
    fill, proof, plain = (found["ms"][name][0] for name in ("fill", "proof", "docxtpl"))
    return [
        Row(
            f"DOCX of an SOP of {found['steps']} steps, warm: layout, drawing and filling",
            f"{ours:.1f} ms ({low:.1f} to {high:.1f})",
            "none lays out and draws",
            "< 50 ms",
            ours < 50,
        ),
        Row(
            f"the same of the longest example, {found['most']} steps on three flowchart pages",
            f"{most:.1f} ms ({least_most:.1f} to {most_most:.1f})",
            "",
            "< 50 ms",
            most < 50,
        ),
        Row(
            "of the first, filling the template",
            f"{fill:.1f} ms",
            f"`DocxTemplate(path).render(); save()`, same context {plain:.1f} ms: {plain / fill:.1f} times",
        ),
        Row("the proof of that DOCX (opened again, schema)", f"{proof:.1f} ms", ""),
    ]


def batch_pdf() -> list[Row]:
    """PDF by LibreOffice: a batch against a process for each document."""
    from pipeline.convert.libreoffice import find_soffice

    if find_soffice() is None:
        return [Row("PDF of one SOP", "not measured: LibreOffice is not installed")]
    found = child("pdf")
    single = found["single"]
    return [
        Row(
            f"PDF of one SOP, proved, in a batch of {found['count']}",
            f"{found['batch']:.2f} s",
            f"a process for each document {single:.2f} s: {single / found['batch']:.1f} times",
        ),
        Row("the same on two workers", f"{found['two']:.2f} s", f"{single / found['two']:.1f} times"),
    ]


def flowcharts() -> list[Row]:
    """Layout and drawing alone, by size; processor time."""
    found = child(module="benchmarks.drawing")
    small, large = found["ms"]["12x6"], found["ms"]["60x12"]
    straight = ", ".join(f"{steps} steps {taken:.0f} ms" for steps, taken in found["straight"].items())
    return [
        Row("flowchart of 12 steps and 6 actors: layout and drawing", f"{small:.1f} ms", "", "< 10 ms", small < 10),
        Row("flowchart of 60 steps and 12 actors", f"{large:.1f} ms", "", "< 150 ms", large < 150),
        Row(
            f"straight flows: {straight}",
            f"time per n log n grows by {found['growth']:.2f} at most from one to the next",
            "",
            "no worse than n log n (1.1 allows for noise)",
            found["growth"] < 1.1,
        ),
    ]


def random_flows() -> list[Row]:
    """The layout score summed over random flows: what a single example cannot show."""
    found = child(module="benchmarks.flows")
    wrong = sum(found[name] for name in ("overlaps", "through_symbols", "through_texts", "labels_on_borders"))
    return [
        Row(
            f"{found['flows']} random flows laid out", f"{found['microseconds'] / found['steps'] / 1000:.1f} ms a step"
        ),
        Row("overlaps, lines through symbols or texts, labels on borders", str(wrong), "", "0", wrong == 0),
        Row("crossings and bends", f"{found['crossings']} and {found['bends']} in {found['lines']} lines"),
        Row("flows reported as too dense instead of drawn", str(found["too dense"]), "", "0", found["too dense"] == 0),
        Row("arrow heads right behind a bend", str(found["short heads"]), "", "0", found["short heads"] == 0),
    ]


def recesses() -> list[Row]:
    """Recesses of 5,000 and of 100,000 proposals, and docxtpl's own loop with the same template."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        usual, large = root / "usual", root / "large"
        make_office(usual / "inputs" / "kantor", proposals=5_000, earlier=True, areas=True)
        make_office(large / "inputs" / "kantor", proposals=100_000)
        documents = run([*TERTIB, "recap", "--no-pdf", f"inputs/kantor/reses/{RECESS}"], cwd=usual)
        _expect([documents])
        made = len(list(usual.glob("outputs/**/*.docx")))
        plain = child("docxtpl", str(usual / "inputs" / "kantor"), module="benchmarks.recess")
        found = child("totals", str(large / "inputs" / "kantor"), module="benchmarks.recess")
    stages = {name: f"{found[name]:.1f} s" for name in ("check", "inventory")}
    totals, inventory = found["check"] + found["group"], found["inventory"] + found["proof"]
    return [
        Row(
            f"`tertib recap --no-pdf`, 50 members, 5,000 proposals: {made} DOCX, workbook, CSV, JSON",
            f"{documents.seconds:.1f} s",
            "",
            "< 20 s",
            documents.seconds < 20,
        ),
        Row("peak memory of that", f"{documents.peak_mb:.0f} MB"),
        Row(
            f"100,000 proposals read and checked ({stages['check']}), grouped to {found['needs']:,} needs and totalled",
            f"{totals:.1f} s",
            "",
            "< 60 s",
            totals < 60,
        ),
        Row("peak memory of that", f"{found['totals_mb']:.0f} MB", "", "< 1500 MB", found["totals_mb"] < 1500),
        Row(
            f"their inventory as one DOCX ({found['xml_mb']} MB of XML), filled ({stages['inventory']}) and proved",
            f"{inventory:.1f} s",
            "",
            "< 60 s",
            inventory < 60,
        ),
        Row(f"the same in {found['volume_count']} volumes", f"{found['volumes']:.1f} s"),
        Row("peak memory of all that", f"{found['peak_mb']:.0f} MB", "", "< 1500 MB", found["peak_mb"] < 1500),
        *(
            Row(
                f"the plenary's template filled, {rows} rows",
                f"{ours:.2f} s",
                f"docxtpl {peer:.2f} s: {peer / ours:.1f} times",
            )
            for rows, ours, peer in zip(plain["rows"], plain["tertib"], plain["docxtpl"], strict=True)
        ),
    ]


def recess_pdf() -> list[Row]:
    """All documents of a recess as PDF, each proved, against one call of LibreOffice for all of the same DOCX."""
    from pipeline.convert.libreoffice import find_soffice

    program = find_soffice()
    if program is None:
        return [Row("PDF of the documents of a recess", "not measured: LibreOffice is not installed")]
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        make_office(root / "inputs" / "kantor", proposals=1_000)
        recap = [*TERTIB, "recap", f"inputs/kantor/reses/{RECESS}"]
        _expect([run([*recap, "--no-pdf"], cwd=root)])
        documents = sorted(root.glob("outputs/**/*.docx"))
        (root / "satu").mkdir()
        copies = [root / "satu" / f"{number}.docx" for number in range(len(documents))]
        for document, copy in zip(documents, copies, strict=True):
            copy.write_bytes(document.read_bytes())
        profile = f"-env:UserInstallation={(root / 'profil').as_uri()}"
        call = [str(program), profile, "--headless", "--convert-to", "pdf", "--outdir", str(root / "pdf")]
        peer = run([*call, *map(str, copies)], cwd=root)
        if len(list((root / "pdf").glob("*.pdf"))) != len(copies):
            raise SystemExit("the one call of LibreOffice did not make every PDF: nothing to compare with")
        ours, again = run(recap, cwd=root), run(recap, cwd=root)
        _expect([ours, again])
        if len(list(root.glob("outputs/**/*.pdf"))) != len(documents):
            raise SystemExit("a PDF is missing: nothing to measure")
        long = []
        for proposals in (5_440, 21_800):
            office = root / str(proposals) / "inputs" / "kantor"
            make_office(office, proposals=proposals)
            long.append(child("pdf", str(office), module="benchmarks.recess"))
    made = ours.seconds - again.seconds  # a second run does all but the PDF
    return [
        Row(
            f"`tertib recap`, 50 members, 1,000 proposals: PDF of {len(documents)} DOCX, each proved",
            f"{made:.1f} s",
            f"one LibreOffice call, no proof {peer.seconds:.1f} s: {made / peer.seconds:.2f} times as long",
            "no longer than the one call",
            made <= peer.seconds,
        ),
        *(
            Row(
                f"LibreOffice alone: one inventory of {one['needs']:,} needs, {one['pages']:,} pages, to PDF",
                f"{one['seconds']:.0f} s, {one['peak_mb']:.0f} MB",
            )
            for one in long
        ),
    ]


def _expect(runs: list[Run]) -> None:
    wrong = {r.code for r in runs} - DONE
    if wrong:
        raise SystemExit(f"tertib check ended with {sorted(wrong)}: nothing to measure")


def report(rows: list[Row]) -> str:
    """The page."""
    lines = [
        "# Measured speed and memory",
        "",
        "Written by `make bench`. Medians, with the smallest and largest in brackets; peers run in turns with Tertib",
        "in the same run, so trust the ratios more than the figures. A new process finds its files in the cache of",
        "the system. Peak memory is the largest resident size of the process as the system counts it.",
        "",
        *(f"- {name}: {value}" for name, value in machine()),
        "",
        "| what | Tertib | peer, same run | target | |",
        "|---|---|---|---|---|",
    ]
    marks = {True: "met", False: "**missed**", None: ""}
    lines += [f"| {r.what} | {r.value} | {r.peer} | {r.target} | {marks[r.met]} |" for r in rows]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure everything, write the page, say it."""
    os.environ.setdefault("LC_ALL", "C.UTF-8")
    rows: list[Row] = []
    for part in (
        cold_check,
        many_checks,
        full_checks,
        warm_docx,
        flowcharts,
        random_flows,
        recesses,
        recess_pdf,
        batch_pdf,
        finished_pdfs,
        books,
        archives,
    ):
        print(f"{part.__name__} ...", file=sys.stderr)
        rows += part()
    text = report(rows)
    RESULTS.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
