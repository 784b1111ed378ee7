"""What a PDF says of itself and carries with it: its metadata, who signs it, and what it was made from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Relation(StrEnum):
    """What an attached file is to its PDF (``AFRelationship``, ISO 19005-3 annex E)."""

    SOURCE = "Source"
    DATA = "Data"
    SUPPLEMENT = "Supplement"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside a PDF. ``name`` is a bare file name, unique in the PDF; ``content`` its bytes, or where they are.

    ``mime`` is its media type ("application/yaml"), ``description`` one Indonesian line for the reader's list.
    """

    name: str
    content: bytes | Path
    mime: str
    relation: Relation
    description: str

    @property
    def data(self) -> bytes:
        """The bytes. Raises OSError."""
        return self.content.read_bytes() if isinstance(self.content, Path) else self.content


@dataclass(frozen=True, slots=True)
class Signer:
    """Someone who is to sign. ``field`` (only A-Z, a-z, 0-9) is the name of the signature field.

    The place for it lies between two bookmarks of the document: ``field`` at its upper left corner, ``field`` followed
    by ``akhir`` at its lower right one.
    """

    field: str
    name: str
    position: str = ""
    nip: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on page ``page`` (from 1), in points from the lower left corner of the page as it is shown."""

    page: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class SigningPlace:
    """Where a signer signs in a finished PDF."""

    signer: Signer
    box: Box


@dataclass(frozen=True, slots=True)
class Particulars:
    """What the finish step writes into a PDF. Dates come from the document, never from the clock.

    ``document`` is its id (``OFFICE/sop/NAME``), ``author`` the office, ``date`` the day printed as its own (None when
    it states none). No ``signers``: nobody signs it yet (a draft). ``attachments`` in the order of the reader's list.
    """

    document: str
    title: str
    author: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = ()
    date: dt.date | None = None
    signers: tuple[Signer, ...] = ()
    attachments: tuple[Attachment, ...] = ()


class Verdict(StrEnum):
    """How a check ended. What could not be looked at is never told as passed."""

    PASSED = "lolos"
    NOT_CHECKED = "tidak diperiksa"


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a proof that did not fail (a failure raises ProofError). ``name`` is a stable word for reports."""

    name: str
    verdict: Verdict


RESERVED_MM = 20
"""Height of the band at the foot of every page that stays free: the national signing service prints there."""
