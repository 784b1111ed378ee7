"""What was printed of a run that was kept (``pipeline.run.replay``), so that a long report need not be made again."""

from __future__ import annotations

import hashlib
from contextlib import suppress

from pipeline.errors import OutputError
from pipeline.run.events import Silent
from pipeline.run.outcome import Outcome
from pipeline.run.replay import mark_of
from pipeline.run.settings import Settings
from pipeline.run.writing import PRIVATE, Outputs, own


def printed(command: str, mark: str, looks: str, settings: Settings) -> str | None:
    """The text printed of the outcome with ``mark``, where it looked like ``looks``; None where it is not there."""
    try:
        head, _, text = (settings.output / PRIVATE / _name(command)).read_bytes().partition(b"\n")
        return text.decode() if head == _head(mark, looks, text) else None
    except (OSError, ValueError):
        return None


def remember(command: str, outcome: Outcome, looks: str, text: str, settings: Settings) -> None:
    """Keep ``text``, printed of ``outcome``. Where it cannot be kept it is made again the next time."""
    if outcome.problems or outcome.later not in (None, outcome.notes):
        return
    data = text.encode("utf-8", "surrogatepass")
    with suppress(OutputError), own(settings.output, Silent()) as outputs:
        _put(outputs, command, _head(mark_of(outcome), looks, data) + b"\n" + data)


def _put(outputs: Outputs, command: str, data: bytes) -> None:
    if (outputs.private / f"terakhir-{command}.json").is_file():
        outputs.write(outputs.private / _name(command), data)


def _name(command: str) -> str:
    return f"terakhir-{command}.txt"


def _head(mark: str, looks: str, text: bytes) -> bytes:
    return " ".join((mark, hashlib.sha256(looks.encode()).hexdigest(), hashlib.sha256(text).hexdigest())).encode()
