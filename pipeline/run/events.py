"""What a run tells about its progress; whoever shows it implements ``Listener``."""

from __future__ import annotations

from typing import Protocol

from pipeline.model.message import Message


class Listener(Protocol):
    """Hears how a run gets on. Calls come from one thread."""

    def started(self, total: int, label: Message) -> None:
        """A stretch of ``total`` items begins; the one before it is over."""

    def advanced(self, item: str = "") -> None:
        """One item (a document id or a file) is done."""

    def note(self, message: Message) -> None:
        """Something worth saying at once, such as waiting for another run."""


class Silent:
    """A listener that shows nothing."""

    def started(self, total: int, label: Message) -> None:
        """Nothing."""

    def advanced(self, item: str = "") -> None:
        """Nothing."""

    def note(self, message: Message) -> None:
        """Nothing."""
