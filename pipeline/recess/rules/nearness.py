"""The known name nearest to one that is not known, for "maksud Anda ...?"."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.model.message import NOTHING, Message, joined, say
from pipeline.recess.text import squash

_MOST = 300
"""Names looked up at most: a file in which everything is unknown needs no more suggestions."""
_LIKE = 75
"""How alike, in percent, a name has to be."""


class Nearness:
    """Looks names up among ``known``; every question is answered once."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = {squash(name): name for name in known if name.strip()}
        self._found: dict[str, str] = {}

    def nearest(self, name: str) -> str:
        """The known name most like ``name``, "" when none is like it enough."""
        key = squash(name)
        if key in self._known:
            return self._known[key]
        if key not in self._found:
            if len(self._found) >= _MOST or not key:
                return ""
            from rapidfuzz import fuzz, process  # needed for unknown names only

            match = process.extractOne(key, list(self._known), scorer=fuzz.ratio, score_cutoff=_LIKE)
            self._found[key] = self._known[match[0]] if match else ""
        return self._found[key]

    def help(self, name: str, otherwise: Message) -> Message:
        """The question whether the nearest name was meant, then ``otherwise``."""
        near = self.nearest(name)
        meant = say("Maksud Anda `{near}`? ", near=near) if near else NOTHING
        return joined("", (meant, otherwise))
