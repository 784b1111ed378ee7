"""Changes single values in the text of an input file and leaves everything else as it is: comments, order, quoting.

Nothing is believed: the new text is read again, and a change counts only when exactly the value meant has changed, to
exactly what was wanted. What cannot be done like that is left alone.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.model.finding import Place
from pipeline.readers.csvfile import separator_of
from pipeline.readers.faults import Collector
from pipeline.readers.nodes import ListNode, MapNode, Node, TextNode
from pipeline.readers.tables import LINE_BREAK
from pipeline.readers.yamlfile import parse_yaml

_WORD: Final = re.compile(r"\S+")
Key = tuple[str | int, ...]
Values = Mapping[Key, str]


@dataclass(frozen=True, slots=True)
class Change:
    """The text ``old``, all or part of what stands at ``place``, is to become ``new``."""

    place: Place
    old: str
    new: str


def rewritten(text: str, name: str, changes: Iterable[Change]) -> tuple[str, tuple[Change, ...]]:
    """The text of the file ``name`` (YAML or CSV by its ending) with those changes that could be made, and these.

    Changes of several parts of one place are made one after the other; the text keeps its line ends.
    """
    form = _form(text, name)
    values = form.values(text) if form is not None else None
    if form is None or values is None:
        return text, ()
    starts = [0, *(match.end() for match in form.line_break.finditer(text))]
    # From the end, so that the places before stay true; what grows is the end of the place itself.
    wanted = sorted(changes, key=_position, reverse=True)
    at_once = _at_once(text, values, wanted, form, starts)
    if at_once is not None:
        return at_once, tuple(reversed(wanted))
    return _one_by_one(text, values, wanted, form, starts)


def _at_once(text: str, values: Values, wanted: Sequence[Change], form: _Form, starts: Sequence[int]) -> str | None:
    """``text`` with all changes, each made in the nearest way; None where that does not prove right together."""
    made = text
    grown: dict[Place, int] = {}
    for change in wanted:
        bounds = _bounds(change.place, starts, grown.get(change.place, 0))
        raw = next(form.ways(made[bounds[0] : bounds[1]], change), None) if bounds is not None else None
        if bounds is None or raw is None:
            return None
        grown[change.place] = grown.get(change.place, 0) + len(raw) - (bounds[1] - bounds[0])
        made = made[: bounds[0]] + raw + made[bounds[1] :]
    after = form.values(made)
    return made if after is not None and _are_meant(values, after, wanted) else None


def _one_by_one(
    text: str, values: Values, wanted: Sequence[Change], form: _Form, starts: Sequence[int]
) -> tuple[str, tuple[Change, ...]]:
    done: list[Change] = []
    grown: dict[Place, int] = {}
    for change in wanted:
        bounds = _bounds(change.place, starts, grown.get(change.place, 0))
        made = _changed(text, values, change, form, bounds) if bounds is not None else None
        if made is not None:
            grown[change.place] = grown.get(change.place, 0) + len(made[0]) - len(text)
            text, values = made
            done.append(change)
    return text, tuple(reversed(done))


@dataclass(frozen=True, slots=True)
class _Form:
    """How a kind of file is read: its values by key, where its lines end, and how a value may be written."""

    values: Callable[[str], Values | None]
    line_break: re.Pattern[str]
    ways: Callable[[str, Change], Iterator[str]]


def _form(text: str, name: str) -> _Form | None:
    if name.endswith((".yaml", ".yml")):
        return _Form(_yaml_values, LINE_BREAK, _yaml_ways)
    separator = separator_of(text) if name.endswith(".csv") else ""
    if not separator:
        return None
    return _Form(
        lambda source: _csv_values(source, separator), LINE_BREAK, lambda raw, change: _csv_ways(raw, change, separator)
    )


def _position(change: Change) -> tuple[int, int]:
    return (change.place.line or 0, change.place.column or 0)


def _changed(
    text: str, before: Values, change: Change, form: _Form, bounds: tuple[int, int]
) -> tuple[str, Values] | None:
    """``text`` with the change made between ``bounds``, and its values; None where no way of writing proves right."""
    start, end = bounds
    for raw in form.ways(text[start:end], change):
        made = text[:start] + raw + text[end:]
        after = form.values(made)
        if after is not None and _is_meant(before, after, change):
            return made, after
    return None


def _is_meant(before: Values, after: Values, change: Change) -> bool:
    """Do the two differ in one value only, and there by the change alone?"""
    return _are_meant(before, after, (change,))


def _are_meant(before: Values, after: Values, changes: Iterable[Change]) -> bool:
    """Do the two differ in as many values as there are places, and in each by the changes of one place alone?"""
    if list(before) != list(after):
        return False
    by_place: dict[Place, list[Change]] = {}
    for change in changes:
        by_place.setdefault(change.place, []).append(change)
    several = list(by_place.values())
    for key, value in before.items():
        if after[key] != value:
            match = next((each for each in several if _applied(value, each) == after[key]), None)
            if match is None:
                return False
            several.remove(match)
    return not several


def _applied(value: str, changes: Iterable[Change]) -> str | None:
    """``value`` with the changes, each of a part that stands in it once."""
    for change in changes:
        if value.count(change.old) != 1:
            return None
        value = value.replace(change.old, change.new)
    return value


def _bounds(place: Place, starts: Sequence[int], grown: int) -> tuple[int, int] | None:
    """Offsets of ``place`` in a text whose lines began at ``starts``, None where it has no such place."""
    line, column, end_line, end_column = place.line, place.column, place.end_line, place.end_column
    if line is None or column is None or end_line is None or end_column is None or end_line > len(starts):
        return None
    start, end = starts[line - 1] + column - 1, starts[end_line - 1] + end_column - 1 + grown
    return (start, end) if start < end else None


def _yaml_ways(raw: str, change: Change) -> Iterator[str]:
    """Ways to write the change into ``raw``, the source of a YAML value, the one nearest to what is there first."""
    if raw.startswith('"'):
        yield from _within(raw, _escaped(change.old), _escaped(change.new))
    elif raw.startswith("'"):
        yield from _within(raw, change.old.replace("'", "''"), change.new.replace("'", "''"))
    else:
        yield from _within(raw, change.old, change.new)
        if raw.count(change.old) == 1:
            whole = raw.replace(change.old, change.new)
            yield "'" + whole.replace("'", "''") + "'"


def _csv_ways(raw: str, change: Change, separator: str) -> Iterator[str]:
    if raw.startswith('"'):
        yield from _within(raw, change.old.replace('"', '""'), change.new.replace('"', '""'))
    elif raw.count(change.old) == 1:
        cell = raw.replace(change.old, change.new)
        needs_quotes = any(sign in cell for sign in (separator, '"', "\n", "\r"))
        yield '"' + cell.replace('"', '""') + '"' if needs_quotes else cell


def _within(raw: str, old: str, new: str) -> Iterator[str]:
    """``raw`` with ``old`` replaced where it stands once: as it is, or broken over lines."""
    if raw.count(old) == 1:
        yield raw.replace(old, new)
        return
    broken = list(re.finditer(r"\s+".join(re.escape(word) for word in old.split()), raw))
    if old.split() and len(broken) == 1:
        start, end = broken[0].span()
        # Only what differs, so that the lines stay as they are broken.
        yield raw[:start] + _word_by_word(raw[start:end], new) + raw[end:]
        yield raw[:start] + new + raw[end:]


def _word_by_word(raw: str, new: str) -> str:
    """``raw``, words broken over lines, with only those words changed in which ``new`` differs."""
    from difflib import SequenceMatcher

    words, right = list(_WORD.finditer(raw)), new.split()
    matcher = SequenceMatcher(None, [word.group() for word in words], right, autojunk=False)
    for kind, start, end, first, last in reversed(matcher.get_opcodes()):
        text = " ".join(right[first:last])
        if kind == "replace":
            raw = raw[: words[start].start()] + text + raw[words[end - 1].end() :]
        elif kind == "delete":
            raw = raw[: words[start - 1].end() if start else 0] + raw[words[end - 1].end() :]
        elif kind == "insert":
            at = words[start - 1].end() if start else 0
            raw = raw[:at] + (f" {text}" if start else f"{text} ") + raw[at:]
    return raw


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _yaml_values(text: str) -> Values | None:
    collector = Collector()
    node = parse_yaml(text, "-", collector)
    return None if node is None else dict(_leaves(node, ()))


def _leaves(node: Node, path: Key) -> Iterator[tuple[Key, str]]:
    if isinstance(node, TextNode):
        yield path, node.text or ""
    elif isinstance(node, MapNode):
        for key, value in node.entries.items():
            yield from _leaves(value, (*path, key))
    elif isinstance(node, ListNode):
        for index, item in enumerate(node.items):
            yield from _leaves(item, (*path, index))


def _csv_values(text: str, separator: str) -> Values | None:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True, skipinitialspace=True)
    try:
        return {(row, column): cell for row, cells in enumerate(rows) for column, cell in enumerate(cells)}
    except csv.Error:
        return None
