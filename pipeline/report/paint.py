"""Colours and line breaking of the reports for a terminal."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from pipeline.model.finding import Finding, Severity
from pipeline.model.message import Lang, say
from pipeline.report.places import SEVERITY

Paint = Callable[[str, str], str]

STYLES: Final = {
    Severity.ERROR: "1;31",
    Severity.WARNING: "1;33",
    Severity.INFO: "1;36",
}
BOLD: Final = "1"
FAINT: Final = "34"
READABLE: Final = 110
"""Sentences are broken at this width on wider terminals, too: longer lines are hard to read."""
_UNSEEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_TAB: Final = 4


def painter(color: bool) -> Paint:
    """Puts ANSI styles around a text, or leaves it as it is."""
    if not color:
        return lambda text, _style: text
    return lambda text, style: f"\x1b[{style}m{text}\x1b[0m"


def clean(text: str) -> str:
    """``text`` without signs that would steer the terminal or turn the order of what follows."""
    return _UNSEEN.sub("\ufffd", text) if not text.isprintable() else text


def wrapped(text: str, width: int, indent: str) -> list[str]:
    """``text`` broken between words, each line behind ``indent``."""
    room = max(max(min(width, READABLE), 40) - len(indent), 1)
    return [indent + row for row in _broken(text, room)]


def broken(text: str, room: int) -> list[str]:
    """``text`` broken between words at ``room`` columns; one empty line for a text of blanks."""
    return [*_broken(text, room)] or [""]


@lru_cache(maxsize=4096)
def _broken(text: str, room: int) -> tuple[str, ...]:
    """Remedies and sources come back in many findings."""
    return tuple(textwrap.wrap(clean(text), room, break_long_words=False, break_on_hyphens=False))


def head(finding: Finding, lang: Lang, paint: Paint) -> str:
    """``kesalahan HKM-01 (nama) [menahan]``."""
    word = paint(SEVERITY[finding.severity].text(lang), STYLES[finding.severity])
    name = f" ({finding.name})" if finding.name else ""
    if not finding.blocks:
        return f"{word} {paint(finding.code, BOLD)}{name}"
    held = paint(f" [{say('menahan').text(lang)}]", STYLES[Severity.ERROR])
    return f"{word} {paint(finding.code, BOLD)}{name}{held}"


def displayed(line: str) -> tuple[str, list[int]]:
    """A source line as a terminal shows it, and the column at which each of its signs begins (and the line ends)."""
    if line.isascii() and line.isprintable():  # nearly all lines
        return line, [*range(len(line) + 1)]
    shown: list[str] = []
    columns = []
    at = 0
    for sign in line:
        columns.append(at)
        text, wide = (" " * (_TAB - at % _TAB), _TAB - at % _TAB) if sign == "\t" else (sign, _cells(sign))
        shown.append("\ufffd" if _UNSEEN.match(sign) else text)
        at += wide
    return "".join(shown), [*columns, at]


def _cells(sign: str) -> int:
    """Columns that a sign takes: 0 for an accent set on the one before, 2 for the wide ones of East Asia."""
    if sign.isascii():
        return 1
    if unicodedata.combining(sign) or unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1
