"""The kamus of proposals of an office: which entry a proposal is, and which ones come near it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from pipeline.model.recess import Proposal
from pipeline.model.region import Entry
from pipeline.recess.affairs import affair_of
from pipeline.recess.text import squash

_LIKE = 55
"""How alike, in percent, a text has to be to be named."""
_SAME_FIELD = 10
"""What a shared field adds to the likeness."""


class Dictionary:
    """Entries by id and by text."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        self._by_id = {squash(entry.id): entry for entry in reversed(self.entries)}
        self._by_text: dict[str, list[Entry]] = {}
        self._texts = tuple(squash(entry.text) for entry in self.entries)
        for text, entry in zip(self._texts, self.entries, strict=True):
            self._by_text.setdefault(text, []).append(entry)

    def by_id(self, id: str) -> Entry | None:
        """The entry that ``id`` (``kamus``) names."""
        return self._by_id.get(squash(id))

    def entry(self, row: Proposal, plain: str) -> Entry | None:
        """The entry of ``row``: the one it names, or without a name the only one that has its very text.

        ``plain`` is the squashed text of the row. Of several entries with one text none is taken: the row has to say.
        """
        if row.entry.strip():
            return self.by_id(row.entry)
        found = self._by_text.get(plain, [])
        return found[0] if len(found) == 1 else None

    def nearest(self, row: Proposal, plain: str, count: int) -> tuple[Entry, ...]:
        """At most ``count`` entries whose texts are like that of ``row``, the likest first; the same field counts."""
        from rapidfuzz import fuzz  # needed for texts that are not in the kamus only

        field = _field_key(row.field)
        found = []
        for index, (text, entry) in enumerate(zip(self._texts, self.entries, strict=True)):
            score = (fuzz.token_set_ratio(plain, text) + fuzz.token_sort_ratio(plain, text)) / 2
            if score >= _LIKE:
                same = bool(field) and _field_key(entry.field) == field
                found.append((-score - (_SAME_FIELD if same else 0), index))
        return tuple(self.entries[index] for _, index in sorted(found)[:count])


@lru_cache(maxsize=4096)
def _field_key(field: str) -> str:
    affair = affair_of(field)
    return affair.name if affair else squash(field)
