"""Finds the misspellings of ``typos.csv``: asked by BHS-01 and BHS-04."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.rules.vocabulary import typos


@cache
def _pattern() -> re.Pattern[str]:
    words = sorted(typos(), key=lambda word: (-len(word), word))
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in words) + r")(?!\w)")


def misspelled(text: str, kind: str) -> Iterator[tuple[str, str]]:
    """(word as written, right spelling) of every listed misspelling of one kind in ``text``."""
    for match in _pattern().finditer(text.lower()):
        right, found = typos()[" ".join(match.group().split())]
        if found == kind:
            wrong = text[match.start() : match.end()]
            yield wrong, (right[:1].upper() + right[1:] if wrong[:1].isupper() else right)
