"""Names of actors and SOPs: one key for the ways people write them, and an index of columns and positions by name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.model.office import Position

_TITLE_HEAD = re.compile(r"^\s*(?:standar(?:d)?\s+operasional\s+prosedur\b\W*(?:\(?sop\)?)?|sop\b)\W*", re.IGNORECASE)
_NOT_LETTERS = re.compile(r"[\W_]+")
_WORD = re.compile(r"\w+(?:\.(?=\w)\w+)*\.?")

_HEADS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"(?<!\w)(?:{pattern})(?!\w)\.?\s*", re.IGNORECASE), full)
    for pattern, full in (
        (r"ka(?:sub)?\.?\s*sub\.?\s*bag(?:ian)?|kasub\.?\s*bag(?:ian)?|kasubbag|kasubag", "Kepala Subbagian "),
        (r"ka\.?\s*bag(?:ian)?|kabag", "Kepala Bagian "),
        (r"sub\.?\s*bag(?:ian)?", "Subbagian "),
        (r"sekwan|sekretaris\s+dewan", "Sekretaris DPRD "),
        (r"setwan|sekretariat\s+dewan", "Sekretariat DPRD "),
    )
)
"""Abbreviations of heads of units that every Sekretariat DPRD uses (domain notes 6.2)."""

_KAB = re.compile(r"(?<!\w)kab(?:\.\s*|\s+)(?=\w)", re.IGNORECASE)


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Key of ``text`` for comparing names: letters and digits only, case, dots, blanks and hyphens ignored."""
    return _NOT_LETTERS.sub("", unicodedata.normalize("NFKC", text).casefold())


def bare_title(title: str) -> str:
    """``title`` without a leading "SOP" or "Standar Operasional Prosedur (SOP)"."""
    return _TITLE_HEAD.sub("", title).strip()


def sop_name(name: str) -> str:
    """``name`` of an SOP as it is spoken of in a sentence: with "SOP" in front."""
    return name if bare_title(name) != name.strip() else f"SOP {name}"


@lru_cache(maxsize=8192)
def expand(name: str, region: str = "") -> str:
    """``name`` with the usual abbreviations of heads written out: "Kasub.Bag Umum" -> "Kepala Subbagian Umum".

    "Kab." before the name of the region ("Kabupaten Banyumas" in ``region``) is Kabupaten, else Kepala Bagian.
    """
    place = fold(re.sub(r"^(kabupaten|kota|provinsi)\s+", "", region.strip(), flags=re.IGNORECASE))

    def head(match: re.Match[str]) -> str:
        after = fold(name[match.end() :])
        return "Kabupaten " if place and after.startswith(place) else "Kepala Bagian "

    text = _KAB.sub(head, name)
    for pattern, full in _HEADS:
        text = pattern.sub(full, text)
    return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class Match:
    """What a name means: ``column`` is its index among the columns, ``position`` its row of the register; either
    may be None. ``written`` is the known name that matched."""

    written: str
    column: int | None
    position: Position | None


@dataclass(frozen=True, slots=True)
class Mention:
    """A known name inside a text, at ``text[start:end]``."""

    start: int
    end: int
    match: Match


class ActorIndex:
    """Finds columns (as an SOP lists them) and positions (as ``jabatan.csv`` registers them) by any of their names.

    A name matches a column when both have the same key, or are names of the same position. The column's own name
    goes before a shared position, so "Dewan" and "Anggota DPRD" may both be columns though one is an alias.
    """

    def __init__(self, columns: Sequence[str], positions: Iterable[Position] = (), region: str = "") -> None:
        self.columns = tuple(columns)
        self.region = region
        self._known: dict[str, Match] = {}
        self._longest = 1
        register: dict[str, tuple[str, Position]] = {}
        for position in positions:
            for name in (position.name, position.abbreviation, *position.aliases):
                for key in self._keys(name):
                    register.setdefault(key, (name, position))
        column_of: dict[str, int] = {}
        at: dict[str, int] = {}
        for index, name in enumerate(self.columns):
            found = next((register[key] for key in self._keys(name) if key in register), None)
            if found:
                at.setdefault(found[1].name, index)
            for key in self._keys(name):
                if key not in column_of:
                    column_of[key] = index
                    self._known[key] = Match(name, index, found[1] if found else None)
        for key, (name, position) in register.items():
            self._known.setdefault(key, Match(name, at.get(position.name), position))

    def _keys(self, name: str) -> tuple[str, ...]:
        key = fold(name)
        if not key:
            return ()
        full = fold(expand(name, self.region))
        return (key,) if full == key else (key, full)

    def lookup(self, name: str) -> Match | None:
        """What the whole of ``name`` means, None when it is no known name."""
        return next((self._known[key] for key in self._keys(name) if key in self._known), None)

    def column(self, name: str) -> int | None:
        """Index of the column that ``name`` means, None when there is none."""
        match = self.lookup(name)
        return match.column if match else None

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Every known name inside ``text``, left to right, longest first, none overlapping another."""
        words = list(_WORD.finditer(text))
        found: list[Mention] = []
        first = 0
        while first < len(words):
            mention = self._longest_at(text, words, first)
            if mention is None:
                first += 1
                continue
            found.append(mention)
            while first < len(words) and words[first].start() < mention.end:
                first += 1
        return tuple(found)

    def leading(self, text: str) -> Mention | None:
        """The known name with which ``text`` begins, if any."""
        words = list(_WORD.finditer(text))
        return self._longest_at(text, words, 0) if words else None

    def _longest_at(self, text: str, words: Sequence[re.Match[str]], first: int) -> Mention | None:
        start = words[first].start()
        for last in range(min(len(words), first + _MOST_WORDS) - 1, first - 1, -1):
            end = words[last].end()
            piece = text[start:end]
            if _BREAK.search(piece):
                continue
            match = self.lookup(piece)
            if match is not None:
                return Mention(start, start + len(piece.rstrip(".")), match)
        return None


_MOST_WORDS = 12
_BREAK = re.compile(r"[;:!?]")
"""A name does not run over these; a full stop may belong to an abbreviation."""
