"""The page of results, ``benchmarks/RESULTS.md``, and its charts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.chart import Bars, Lines, bar_chart, line_chart
from benchmarks.measure import Row
from benchmarks.pdf_rows import SHARE, peer
from benchmarks.record import Record

GOALS = (
    "DOCX of one SOP, warm: template part",
    "DOCX of one SOP, warm: layout and drawing more",
    "DOCX, template: against a naive docxtpl loop and other engines",
    "`tertib check` cold, one SOP",
    "PDF per document in a batch, both cores: conversion alone",
    "PDF per document in a batch, both cores: finished and proved",
    "1,000 SOPs from clean to proved PDFs",
    "nothing changed, 1,000 SOPs",
    "nothing changed, 1,000 SOPs, `make`",
    "memory, all processes",
    "time for 10x documents",
    "DOCX after a save, `tertib watch`",
    "PDF after a save, `tertib watch`",
)
"""The lines of the table of targets; a row answers one by its ``goal``."""
TITLES = {
    "documents": "One document in a warm process",
    "templates": "Word templates filled, beside other engines",
    "conversions": "DOCX to PDF, beside LibreOffice's own calls and unoserver",
    "whole": "Whole runs: 1 to 1,000 SOPs, and again",
    "watch": "After a save, `tertib watch`",
    "cold": "Every command, a new process each time",
    "checks": "`tertib check` of many SOPs",
    "recesses": "Recesses",
    "finished": "PDFs finished and proved",
    "lean": "Templates made lean",
    "books": "Books and archives",
}
MARKS = {True: "met", False: "**missed**", None: ""}
_ABOUT = """\
# Measured speed and memory

Written by `make bench`. Medians, with the smallest and largest in brackets; peers run in turns with Tertib in the
same run, so trust the ratios more than the figures. Whoever is measured has done the work: every engine's document is
opened and held against what it has to say, every PDF is opened and its pages are counted. A new process finds its
files in the cache of the system.

"Peak memory" is the largest resident size of one process as the system counts it. "All processes together" is the
proportional set size (PSS) of Tertib and of everything it started, LibreOffice included, summed up to ten times a
second; the largest sum counts. Peers are installed by `make peers`; one that is not there is told as not measured.
`make bench ARGS="cold templates"` measures these parts alone: each part says on which day it was measured.
"""
_HEAD = "| what | Tertib | peer, same run | target | |\n|---|---|---|---|---|\n"


def write(folder: Path, parts: Mapping[str, Record]) -> None:
    """Write the page and its charts into ``folder``."""
    drawn = dict(charts(parts))
    for name, svg in drawn.items():
        (folder / name).write_text(svg, encoding="utf-8")
    (folder / "RESULTS.md").write_text(text(parts, drawn), encoding="utf-8")


def text(parts: Mapping[str, Record], drawn: Mapping[str, str]) -> str:
    """The page; ``drawn`` are the charts beside it."""
    blocks = [_ABOUT, *_machines(parts), "## Targets\n", targets(parts)]
    blocks += [f"![{_alt(svg)}]({name})\n" for name, svg in drawn.items()]
    for name, part in parts.items():
        blocks.append(f"## {TITLES[name]}\n")
        blocks.append(f"Part `{name}`, measured on {part.date} in {part.seconds:.0f} s.\n")
        blocks.append(_HEAD + "".join(_line(row) for row in part.rows))
    return "\n".join(blocks)


def targets(parts: Mapping[str, Record]) -> str:
    """The table of targets: each with what was measured, or that it was not."""
    answers = {row.goal: (row, part.date) for part in parts.values() for row in part.rows if row.goal}
    unknown = set(answers) - set(GOALS)
    if unknown:
        raise ValueError(f"no such target: {sorted(unknown)}")
    lines = ["| work | target | measured | on | |\n|---|---|---|---|---|\n"]
    for goal in GOALS:
        if goal in answers:
            row, date = answers[goal]
            lines.append(f"| {goal} | {row.target} | {row.value} | {date} | {MARKS[row.met]} |\n")
        else:
            lines.append(f"| {goal} | | not measured | | |\n")
    return "".join(lines)


def _machines(parts: Mapping[str, Record]) -> Iterator[str]:
    """What was measured on; told by part where parts differ."""
    kinds: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for name, part in parts.items():
        kinds.setdefault(tuple((k, v) for k, v in part.machine.items() if k != "date"), []).append(name)
    for kind, names in kinds.items():
        said = "" if len(kinds) == 1 else f"Measured on this: {', '.join(names)}.\n\n"
        yield said + "".join(f"- {name}: {value}\n" for name, value in kind)


def _line(row: Row) -> str:
    return f"| {row.what} | {row.value} | {row.peer} | {row.target} | {MARKS[row.met]} |\n"


def _alt(svg: str) -> str:
    return svg.partition('<title id="t">')[2].partition("</title>")[0]


def charts(parts: Mapping[str, Record]) -> Iterator[tuple[str, str]]:
    """Name and SVG of each chart whose figures there are."""
    figures = {name: part.figures for name, part in parts.items()}
    if engines := figures.get("templates"):
        yield "chart-templates.svg", _engines(engines)
    if ways := figures.get("conversions"):
        yield "chart-pdf.svg", _ways(ways)
    if panels := list(_growth(figures)):
        about = "Seconds from start to end, a new process each; both axes logarithmic, less is better"
        yield "chart-growth.svg", line_chart("Time by the number of documents", about, panels)


def _engine(name: str, loops: Mapping[str, str]) -> str:
    told = {"tertib": "Tertib", "docxtpl": "naive docxtpl loop"}.get(name, name)
    return told if loops[name] == "rows and columns" else f"{told} ({loops[name]})"


def _engines(found: Mapping[str, Any]) -> str:
    groups = []
    for steps in next(iter(found["warm"].values())):
        taken = {_engine(name, found["loops"]): sizes[steps] for name, sizes in found["warm"].items()}
        groups.append(Bars(f"{steps} steps, 8 actors", dict(sorted(taken.items(), key=lambda one: one[1]))))
    about = "Milliseconds for one document in a warm process, template part; median of one run, shorter is better"
    return bar_chart("The same form filled by different engines", about, groups, "ms")


def _ways(found: Mapping[str, Any]) -> str:
    ours = {"tertib": "Tertib, conversion alone", "tertib proved": "Tertib, finished and proved"}
    batch = {name: seconds for name, seconds in found["batch"].items() if name != "tertib running"}
    named = {ours.get(name) or peer(name): seconds for name, seconds in batch.items()}
    ordered = dict(sorted(named.items(), key=lambda one: one[1]))
    target = (SHARE * batch["one call"], f"target: {SHARE} of one call")
    about = f"Seconds a document, {found['count']} SOPs in a batch, from nothing where not said; shorter is better"
    return bar_chart("From DOCX to PDF", about, [Bars("", ordered, frozenset(ours.values()), target)], "s")


def _growth(figures: Mapping[str, Mapping[str, Any]]) -> Iterator[Lines]:
    if engines := figures.get("templates"):
        loops = dict.fromkeys(engines["many"], "rows and columns")  # said in the other chart
        lines = {_engine(name, loops): _by_count(counts) for name, counts in engines["many"].items()}
        yield Lines("template part: DOCX of 20 steps", lines)
    if runs := figures.get("whole"):
        told = {"tertib": "Tertib", "one call": "one LibreOffice call"}
        lines = {told[name]: _by_count(counts) for name, counts in runs.items()}
        yield Lines("SOP from data to proved PDF; the call: DOCX to PDF alone", lines)


def _by_count(counts: Mapping[str, float]) -> dict[int, float]:
    return {int(count): seconds for count, seconds in counts.items()}
