"""What ``--fix`` makes of one file, and which findings it can put right: proved on the file itself."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from pipeline.model.finding import Edit, Finding, Fix, Place
from pipeline.readers.rewrite import Change, rewritten
from pipeline.readers.sure import are_sure

_BOM: Final = b"\xef\xbb\xbf"
_LINE_END: Final = re.compile(r"\r\n|\n|\r")
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
    by_file = _by_file(findings)
    return tuple(filter(None, (_fixed(name, by_file[name], root) for name in sorted(by_file))))


def _by_file(findings: Iterable[Finding]) -> dict[str, list[Fix]]:
    by_file: dict[str, list[Fix]] = defaultdict(list)
    for finding in findings:
        for fix in finding.fixes if finding.fixable else ():
            by_file[fix.place.file].append(fix)
    return by_file


def possible(findings: tuple[Finding, ...], root: Path) -> tuple[Finding, ...]:
    """``findings``, without the fixes of those that cannot be put right in the file as it is written."""
    if not any(finding.fixable for finding in findings):
        return findings
    done = {value for name, fixes in _by_file(findings).items() for value in _possible(name, fixes, root)}
    return tuple(
        replace(finding, fixes=()) if finding.fixable and not is_done(finding, done) else finding
        for finding in findings
    )


def _possible(name: str, fixes: Sequence[Fix], root: Path) -> AbstractSet[Value]:
    """The values in a file that can be put right: without the proof, which takes longer than all rules, if it may."""
    changes = tuple(_composed(fixes))
    if are_sure(_source(root / name) or "", name, changes):
        return {(change.place, change.old) for change in changes}
    file = _fixed(name, fixes, root)
    return file.done if file is not None else frozenset()


def is_done(finding: Finding, done: AbstractSet[Value]) -> bool:
    """Are all values that ``finding`` wants changed among ``done``?"""
    return bool(finding.fixes) and {(fix.place, fix.value) for fix in finding.fixes} <= done


def edits(findings: Iterable[Finding], root: Path) -> dict[tuple[Fix, ...], tuple[Edit, ...]]:
    """What puts each finding right in its files, by its fixes: each on its own, as if nothing else were changed."""
    found: dict[tuple[Fix, ...], tuple[Edit, ...]] = {}
    source = lru_cache(maxsize=8)(_source)
    for finding in findings:
        if finding.fixable and finding.fixes not in found:
            found[finding.fixes] = tuple(
                filter(None, (_edit(change, source(root / change.place.file)) for change in _composed(finding.fixes)))
            )
    return found


def _edit(change: Change, source: str | None) -> Edit | None:
    name = change.place.file
    made, done = rewritten(source or "", name, (change,))
    if source is None or not done:
        return None
    start = _shared(source, made)
    same = _shared(source[start:][::-1], made[start:][::-1])
    end = len(source) - same
    return Edit(Place(name, *_position(source, start), *_position(source, end)), made[start : len(made) - same])


def _position(text: str, offset: int) -> tuple[int, int]:
    """Line and column, both from 1, of a sign of ``text``."""
    before = _LINE_END.split(text[:offset])
    return len(before), len(before[-1]) + 1


def _shared(one: str, other: str) -> int:
    """Number of signs with which both begin."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[low:middle] == other[low:middle] else (low, middle - 1)
    return low


def _source(path: Path) -> str | None:
    """The text of an input file without byte order mark; None where it cannot be read: checking has said why."""
    try:
        return path.read_bytes().removeprefix(_BOM).decode("utf-8")
    except (OSError, ValueError):
        return None


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
