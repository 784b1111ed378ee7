"""The smallest replacements that make one text of another, word by word: so that fixes of other rules fit between."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.finding import DataPath
from pipeline.rules.base import Replacement

_WORD = re.compile(r"\S+")


def replacements(path: DataPath, old: str, new: str) -> tuple[Replacement, ...]:
    """What makes ``new`` of ``old``, the text at ``path``; blanks between words that stay are left as they are."""
    return tuple(Replacement(path, text, (start, end)) for start, end, text in _changes(old, new))


def _changes(old: str, new: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, text) of each run of words that differs."""
    words, right = list(_WORD.finditer(old)), new.split()
    row = column = 0
    for at, other in [*_common([word.group() for word in words], right), (len(words), len(right))]:
        if at > row or other > column:
            text = " ".join(right[column:other])
            if at > row:
                yield _closed(old, words[row].start(), words[at - 1].end(), text)
            else:
                here = words[at].start() if at < len(words) else len(old)
                yield (here, here, f"{text} ") if at < len(words) else (here, here, f" {text}")
        row, column = at + 1, other + 1


def _closed(old: str, start: int, end: int, text: str) -> tuple[int, int, str]:
    """A change of ``old``; with the blanks before it where words are left out."""
    if text:
        return start, end, text
    return len(old[:start].rstrip()), end, ""


def _common(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Index pairs of the longest run of words, in order, that both have."""
    longest = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            same = old[i] == new[j]
            longest[i][j] = longest[i + 1][j + 1] + 1 if same else max(longest[i + 1][j], longest[i][j + 1])
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < len(old) and j < len(new):
        if old[i] == new[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif longest[i + 1][j] >= longest[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs
