"""For whom the documents of a recess are made: the office itself, or the public, to whom no personal data may go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.model.message import NOTHING, Message, joined, say
from pipeline.model.public import PublicEdition, Removed
from pipeline.model.recess import RecessInput

if TYPE_CHECKING:
    from pipeline.render.personal_scan import Scanner

PUBLIC_FOLDER = "publik"
"""Folder of the public edition below that of the recess."""
_NAMED = 8
"""Most cells that one note names."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A recess as its documents show it. ``id`` is the folder of its documents, ``notes`` what was left out.

    ``scanner`` looks into every finished file of the public edition, None for the office's own.
    """

    item: RecessInput
    id: str
    notes: tuple[Message, ...] = ()
    scanner: Scanner | None = field(default=None, repr=False)

    @classmethod
    def of(cls, item: RecessInput, *, public: bool) -> Edition:
        """The edition of ``item`` that is asked for."""
        if not public:
            return cls(item, item.id)
        from pipeline.recess.public import public_edition
        from pipeline.render.personal_scan import Scanner

        made = public_edition(item)
        return cls(made.item, f"{item.id}/{PUBLIC_FOLDER}", tuple(_removed(item, made)), Scanner.of(item, made))

    @property
    def public(self) -> bool:
        """Is this the edition for the public?"""
        return self.scanner is not None

    def inspect(self, data: bytes, name: str) -> None:
        """Raise ProofError when the finished file ``name`` (DOCX, XLSX, JSON or CSV) holds personal data."""
        if self.scanner is not None:
            self.scanner.scan(data, name)

    def inspect_pdf(self, path: Path) -> None:
        """Raise ProofError when the finished PDF at ``path`` holds personal data."""
        if self.scanner is not None:
            self.scanner.scan_file(path)


def _removed(item: RecessInput, made: PublicEdition) -> Iterator[Message]:
    """Say in which cells personal data was found: it should go from there too."""
    places = list(dict.fromkeys(_told(item, one) for one in made.removed))
    if places:
        more = len(places) - _NAMED
        yield say(
            "{document}: data pribadi dihapus dari edisi publik pada {n} sel: {places}{more}. Hapus juga dari masukan.",
            document=item.id,
            n=len(places),
            places=joined(", ", places[:_NAMED]),
            more=say(", dan {n} lagi", n=more) if more > 0 else NOTHING,
        )


def _told(item: RecessInput, removed: Removed) -> Message:
    table = item.tables.get(removed.table)
    where = table.source(removed.row) if table is not None else removed.table or _main_file(item)
    return say("{where} (`{column}`)", where=where, column=removed.column)


def _main_file(item: RecessInput) -> str:
    """``reses.yaml``, or the workbook that stands for it."""
    return next((place.file for place in item.places.values()), "reses.yaml")
