"""What came of a saved file, while somebody watches (``tertib watch``)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.finding import Finding
from pipeline.model.message import Message
from pipeline.model.result import Failure


class Came(StrEnum):
    """What came of it. The values stand in the lines of ``--format json``."""

    READY = "ready"
    """Watching begins; everything is as the inputs say."""
    BUILT = "built"
    UNCHANGED = "unchanged"
    """What was saved prints the same as before."""
    HELD = "held"
    """Nothing new was made, or not all: findings or failures say why. What was there before is as it was."""
    GONE = "gone"
    """An input is there no longer; what was made of it is left alone."""
    CHECKED = "checked"
    """Only checked: ``command`` makes the documents."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One line of ``tertib watch``.

    ``at`` is the time on the office's own clock. ``files`` are what was saved (or is watched), ``outputs`` what stands
    there now because of it, both relative to the working folder, with ``/``. ``documents`` are the ids of all that it
    touches, ``held`` those that were not made. ``docx`` and ``pdf`` are the seconds from the save to the last of each
    in place, None where none was made. ``findings`` are those of the documents, what blocks first. ``command`` is what
    to run where watching does not make the documents, "" otherwise.
    """

    at: dt.datetime
    came: Came
    files: tuple[str, ...]
    documents: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    docx: float | None = None
    pdf: float | None = None
    findings: tuple[Finding, ...] = ()
    failures: tuple[Failure, ...] = ()
    notes: tuple[Message, ...] = ()
    outputs: tuple[str, ...] = ()
    command: str = ""

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """The findings that hold a document back."""
        return tuple(finding for finding in self.findings if finding.blocks)
