"""What ``--fix`` makes of one file, and which findings it can put right: proved on the file itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from pipeline.model.finding import Finding, Fix, Place
from pipeline.readers.rewrite import Change, rewritten

_BOM: Final = b"\xef\xbb\xbf"
Value = tuple[Place, str]
"""A value of an input file: its place and its text."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A file before and after; ``done`` are the values that were put right in it."""

    path: Path
    name: str
    before: bytes
    after: bytes
    done: frozenset[Value]


def fixed_files(findings: Iterable[Finding], root: Path) -> tuple[Fixed, ...]:
    """Every input file that has something to put right, in the order of their names; nothing is written."""
    by_file: dict[str, list[Fix]] = defaultdict(list)
    for finding in findings:
        for fix in finding.fixes if finding.fixable else ():
            by_file[fix.place.file].append(fix)
    return tuple(filter(None, (_fixed(name, by_file[name], root) for name in sorted(by_file))))


def possible(findings: tuple[Finding, ...], root: Path) -> tuple[Finding, ...]:
    """``findings``, without the fixes of those that cannot be put right in the file as it is written."""
    if not any(finding.fixable for finding in findings):
        return findings
    done = {value for file in fixed_files(findings, root) for value in file.done}
    return tuple(
        replace(finding, fixes=()) if finding.fixable and not is_done(finding, done) else finding
        for finding in findings
    )


def is_done(finding: Finding, done: AbstractSet[Value]) -> bool:
    """Are all values that ``finding`` wants changed among ``done``?"""
    return bool(finding.fixes) and {(fix.place, fix.value) for fix in finding.fixes} <= done


def _fixed(name: str, fixes: Iterable[Fix], root: Path) -> Fixed | None:
    path = root / name
    try:
        before = path.read_bytes()
        text = before.removeprefix(_BOM).decode("utf-8")
    except (OSError, ValueError):
        return None  # checking has said why it cannot be read
    made, done = rewritten(text, name, _composed(fixes))
    after = (_BOM if before.startswith(_BOM) else b"") + made.encode("utf-8")
    if after == before:
        return None
    return Fixed(path, name, before, after, frozenset((change.place, change.old) for change in done))


def _composed(fixes: Iterable[Fix]) -> Iterator[Change]:
    """All fixes of one value as one change of it; of two that meet, the first wins."""
    by_value: Mapping[Value, set[Fix]] = defaultdict(set)
    for fix in fixes:
        by_value[fix.place, fix.value].add(fix)
    for (place, value), several in by_value.items():
        new, last = "", 0
        for fix in sorted(several, key=lambda each: (each.start, each.end, each.text)):
            if fix.start >= last:
                new += value[last : fix.start] + fix.text
                last = fix.end
        yield Change(place, value, new + value[last:])
