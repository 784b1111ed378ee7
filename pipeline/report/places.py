"""Places and severities in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from pipeline.model.finding import Place, Severity
from pipeline.model.message import Lang, say

_BREAKS: Final = re.compile("[\t-\r\x85\u2028\u2029]")
Lines = Mapping[tuple[str, int], str]
"""Lines of input files by file (as in ``Place.file``) and number, without line ends; only those needed."""

CRASHED: Final = "INT-01"
"""Code of a rule that crashed: a fault of the program and not of the document."""
SEVERITY: Final = {
    Severity.ERROR: say("kesalahan"),
    Severity.WARNING: say("peringatan"),
    Severity.INFO: say("catatan"),
}


def is_file(place: Place) -> bool:
    """Is the place in a file, and not an option of the command line (``--select``)?"""
    return not place.file.startswith("--")


def short_place(place: Place, lang: Lang) -> str:
    """``file:line:column`` as editors understand it, with sheet and cell where there are any; one line."""
    text = place.file if place.file.isprintable() else _BREAKS.sub("\ufffd", place.file)
    if place.sheet is None and place.line is not None:
        text += f":{place.line}"
        if place.column is not None:
            text += f":{place.column}"
    if place.sheet is not None:
        text += f" {say('lembar').text(lang)} {place.sheet}"
    if place.cell is not None:
        text += f" {say('sel').text(lang)} {place.cell}"
    return text


def long_place(place: Place, lang: Lang) -> str:
    """The place inside its file in words ("baris 12, kolom 5"), "" for the file as a whole."""
    parts = []
    if place.sheet is not None:
        parts.append(say("lembar {x}", x=place.sheet))
    if place.cell is not None:
        parts.append(say("sel {x}", x=place.cell))
    if place.sheet is None and place.line is not None:
        parts.append(say("baris {x}", x=place.line))
        if place.column is not None and place.cell is None:
            parts.append(say("kolom {x}", x=place.column))
    return ", ".join(part.text(lang) for part in parts)


def last_line(place: Place) -> int | None:
    """The last line that holds a sign of the place: one that ends before the first sign of a line ends above it."""
    if place.line is None or place.end_line is None or place.end_line <= place.line:
        return place.line
    return place.end_line - 1 if place.end_column == 1 else place.end_line


def span_in_line(place: Place, line: str) -> tuple[int, int]:
    """First and last + 1 index of the marked part of ``line``; the whole text of the line when no column is known."""
    indent = len(line) - len(line.lstrip())
    if place.column is None:
        return indent, max(len(line.rstrip()), indent + 1)
    start = min(max(place.column - 1, 0), len(line))
    if place.end_column is None:
        return start, start + 1
    one_line = place.end_line is None or place.end_line == place.line
    end = place.end_column - 1 if one_line else len(line.rstrip())
    return start, max(min(end, len(line)), start + 1)
