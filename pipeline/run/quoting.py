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
    for place in _places(findings):
        if place.line is not None and place.sheet is None and Path(place.file).suffix.lower() in _TEXT:
            numbers.setdefault(place.file, set()).update(wanted(place))
    return {
        (file, number): hidden(text) if Path(file).stem in TABLES else text
        for file, lines in numbers.items()
        for number, text in _pick(root / file, lines)
    }


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
