"""Fetches the source lines that a report quotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from pipeline.model.finding import Finding, Place
from pipeline.model.personal import hidden
from pipeline.model.recess import TABLES
from pipeline.report.quote import wanted

_TEXT = frozenset({".yaml", ".yml", ".csv", ".txt"})
_LONGEST = 10_000


def quoted_lines(findings: Iterable[Finding], root: Path) -> dict[tuple[str, int], str]:
    """The lines that ``findings`` point to, by file and number; files that are no text are left out.

    Of a finding on several lines the first and last ones, and the lines of related places, too. Personal data in the
    tables of recesses is not quoted: reports are passed on.
    """
    numbers: dict[str, set[int]] = {}
    others: set[str] = set()
    for place in _places(findings):
        if place.line is None or place.sheet is not None or place.file in others:
            continue
        # Thousands of findings lie in few files: each name is taken apart once.
        if place.file not in numbers and Path(place.file).suffix.lower() not in _TEXT:
            others.add(place.file)
            continue
        numbers.setdefault(place.file, set()).update(wanted(place))
    found: dict[tuple[str, int], str] = {}
    for file, lines in numbers.items():
        private = Path(file).stem in TABLES
        for number, text in _pick(root / file, lines):
            found[file, number] = hidden(text) if private else text
    return found


def _places(findings: Iterable[Finding]) -> Iterator[Place]:
    for finding in findings:
        yield finding.place
        yield from (other.place for other in finding.related)


def _pick(path: Path, numbers: set[int]) -> list[tuple[int, str]]:
    # The report only quotes: a byte that cannot be decoded is itself a finding and must not stop it.
    try:
        with path.open(encoding="utf-8-sig", errors="replace", newline=None) as file:
            head = islice(enumerate(file, start=1), max(numbers))
            return [(number, line.rstrip("\n")[:_LONGEST]) for number, line in head if number in numbers]
    except OSError:
        return []
