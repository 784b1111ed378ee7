"""Changes of input files that need no proof: plain words for plain words, where nothing else can be meant.

A quick test in front of ``rewritten``, which reads a file three times over. It may say no to what can be done, but
what it says yes to is certain: ``rewritten`` makes all these changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from pipeline.model.finding import Place
from pipeline.readers.csvfile import separator_of
from pipeline.readers.rewrite import Change
from pipeline.readers.tables import LINE_BREAK

_PLAIN: Final = re.compile(r"[^\W_][\w .,;()/+-]*(?<! )")
"""Words that stand for themselves in YAML and CSV, quoted or not, but for separators."""
_MARKS: Final = re.compile(r"""[\[\]{}&*!|>%@`"'\\\n]|^[-?:,#]|^\s|\s$|:(?= |$)| #|^$""")
"""What may mean something in a YAML value without quotes."""


def are_sure(text: str, name: str, changes: Iterable[Change]) -> bool:
    """Is it certain that each of ``changes`` can be made in ``text``, that of the file ``name``?"""
    by_place: dict[Place, list[Change]] = {}
    for change in changes:
        if change.old == change.new or not _PLAIN.fullmatch(change.new):
            return False
        by_place.setdefault(change.place, []).append(change)
    lines = LINE_BREAK.split(text)
    if name.endswith((".yaml", ".yml")):
        # An anchor may give one text to several values.
        return "&" not in text and all(_sure_in_yaml(_raw(place, lines), each) for place, each in by_place.items())
    separator = separator_of(text) if name.endswith(".csv") and '"' not in text else ""
    return bool(separator) and all(
        _sure_in_csv(_raw(place, lines), each, separator) for place, each in by_place.items()
    )


def _raw(place: Place, lines: Sequence[str]) -> str:
    """The source at ``place``; "" when it is not a part of one line."""
    if place.line is None or place.column is None or place.end_column is None or place.line != place.end_line:
        return ""
    return lines[place.line - 1][place.column - 1 : place.end_column - 1] if place.line <= len(lines) else ""


def _sure_in_yaml(raw: str, changes: Sequence[Change]) -> bool:
    change = changes[0]
    if len(changes) > 1 or change.new.lower() == "null":
        return False
    if raw[:1] in ('"', "'"):
        return raw == f"{raw[0]}{change.old}{raw[0]}" and not any(sign in change.old for sign in "\"'\\")
    # A comma that stands there already shows that no list in brackets is around it.
    return raw == change.old and not _MARKS.search(raw) and ("," in raw or "," not in change.new)


def _sure_in_csv(raw: str, changes: Iterable[Change], separator: str) -> bool:
    made = raw
    for change in changes:
        if made.count(change.old) != 1:
            return False
        made = made.replace(change.old, change.new)
    kept = all(text == text.strip() and separator not in text for text in (raw, made))
    return kept and made != raw
