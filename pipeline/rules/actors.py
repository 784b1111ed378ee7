"""Who is meant by a name: columns, the office's positions and the common names of a council's actors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pipeline.model.naming import expand
from pipeline.model.office import Position
from pipeline.rules import vocabulary

_TOKEN = re.compile(r"\w+|(?<!\w)[^\w\s]")
_WORD_GOES_ON = re.compile(r"\w")
_SUB = re.compile(r"\bsub (?=bag)")


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """Key of a name that ignores case, dots and blanks: ``"Sub. Bagian  Umum"`` -> ``"subbagian umum"``."""
    plain = " ".join(text.replace(".", " ").split()).strip(" ,;:").casefold()
    return _SUB.sub("sub", plain) if "sub bag" in plain else plain


@dataclass(frozen=True, eq=False)
class Names:
    """The key of every known name of an actor, with the one name it stands for.

    ``columns`` are the names the columns of the SOP stand for, in order. ``vague`` are keys that the office has not
    given a meaning ("dewan"). ``units`` are the organisational units of the positions, by position.
    """

    known: dict[str, str]
    columns: tuple[str, ...] = ()
    vague: frozenset[str] = frozenset()
    units: tuple[tuple[str, str], ...] = ()
    region: str = ""

    def resolve(self, name: str) -> str | None:
        """The one name ``name`` stands for, None when it is unknown."""
        return self.known.get(key(name))

    def same(self, name: str) -> str:
        """Like ``resolve``, with the key itself for unknown ones: equal results mean the same actor."""
        return self.known.get(key(name)) or key(name)

    def mentions(self, text: str) -> tuple[tuple[str, str], ...]:
        """(name it stands for, key of the spelling) of every actor in ``text``, the longest name at each place."""
        return _mentions(self, text)

    def leading(self, text: str) -> str | None:
        """The actor ``text`` begins with, None when it does not begin with one."""
        head = self.head(key(text))
        return self.known[head] if head else None

    def head(self, plain: str) -> str:
        """The longest known key that ``plain``, a key, begins with; "" when none."""
        match = _TOKEN.match(plain)
        return self._at(plain, 0, match.group()) if match else ""

    def found(self, plain: str) -> Iterator[str]:
        """Every known key in ``plain``, a key, as whole words; the longest at each place, none inside another."""
        if self._starting.keys().isdisjoint(_TOKEN.findall(plain)):
            return
        end = 0
        for match in _TOKEN.finditer(plain):
            if match.start() >= end and match.group() in self._starting:
                name = self._at(plain, match.start(), match.group())
                if name:
                    end = match.start() + len(name)
                    yield name

    def _at(self, plain: str, start: int, token: str) -> str:
        """The longest known key that stands at ``start`` of ``plain``, where ``token`` begins; "" when none."""
        for name in self._starting.get(token, ()):
            if plain.startswith(name, start) and not _WORD_GOES_ON.match(plain, start + len(name)):
                return name
        return ""

    @cached_property
    def _starting(self) -> dict[str, list[str]]:
        """The known keys by the word or sign that they begin with, the longest first."""
        found: dict[str, list[str]] = {}
        for name in sorted(self.known, key=len, reverse=True):
            match = _TOKEN.match(name)
            if match is not None:
                found.setdefault(match.group(), []).append(name)
        return found


@lru_cache(maxsize=16384)
def _mentions(names: Names, text: str) -> tuple[tuple[str, str], ...]:
    return tuple((names.known[name], name) for name in names.found(key(text)))


@lru_cache(maxsize=256)
def names_of(positions: tuple[Position, ...], columns: tuple[str, ...], region: str) -> Names:
    """The names an SOP with these columns may use in an office with these positions.

    The office's register wins over the common names; a column that neither knows stands for itself.
    """
    known = {key(alias): name for alias, name in vocabulary.actor_aliases().items()}
    given: set[str] = set()
    for position in positions:
        usual = known.get(key(position.name))
        if usual is not None:
            known = {alias: position.name if name == usual else name for alias, name in known.items()}
        for name in _spellings(position):
            known[name] = position.name
            given.add(name)
    for column in columns:
        full = key(expand(column, region))
        meant = known.get(key(column)) or known.get(full) or column
        known.setdefault(key(column), meant)
        known.setdefault(full, meant)
    known.pop("", None)
    units = tuple((p.name, key(p.unit)) for p in positions if p.unit.strip())
    meant_by = tuple(known.get(key(column), column) for column in columns)
    return Names(known, meant_by, vocabulary.words("vague_actor") - given, units, region)


def _spellings(position: Position) -> Iterable[str]:
    return (key(name) for name in (position.name, position.abbreviation, *position.aliases) if name.strip())
