"""The errors of Tertib: few, each with an exit code and a text for people.

What is wrong with an *input* is never an error but a finding (``pipeline.model.finding``). An error is
raised where the program cannot go on: wrong usage, a missing program, an artifact that fails its proof.
The exit codes are those of the command page (``docs/``): 2 usage, settings or an internal fault,
3 a needed program is missing, 4 an artifact failed its own proof, 5 an archive or a signature does not verify.
"""

from __future__ import annotations

from pipeline.model.message import Lang, Message, say


class TertibError(Exception):
    """Base of everything Tertib raises on purpose; ``message`` says what happened and what to do next."""

    exit_code = 2

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return self.message.text("en")

    def text(self, lang: Lang) -> str:
        """The text in ``lang``."""
        return self.message.text(lang)


class UsageError(TertibError):
    """A path, option or setting that cannot be used."""


class TemplateError(TertibError):
    """A Word template that cannot be opened, or asks for a variable that does not exist."""


class OutputError(TertibError):
    """An output folder or file that cannot be written."""


class MissingProgramError(TertibError):
    """A program outside Python (LibreOffice) that is needed and not there."""

    exit_code = 3


class MissingPartError(TertibError):
    """A Python library that Tertib itself needs and that is not installed, or cannot be loaded."""


def missing_part(fault: BaseException) -> MissingPartError | None:
    """The error that ``fault`` is when a library could not be imported; None for every other fault."""
    part = (fault.name or "").partition(".")[0] if isinstance(fault, ImportError) else ""
    if part in ("", "pipeline"):
        return None
    error = MissingPartError(
        say(
            "Bagian {part} dari program ini tidak terpasang atau rusak, jadi ini tidak dapat dikerjakan; yang sudah "
            "jadi tetap ada. Pasang lagi di folder Tertib dengan: sh setup.sh venv requirements.lock (di Windows: "
            "pip install -e .), lalu jalankan lagi.",
            part=part,
        )
    )
    error.__cause__ = fault
    return error


class ProofError(TertibError):
    """An artifact that was written but does not hold what was promised."""

    exit_code = 4


class ArchiveError(TertibError):
    """An archive whose files and manifest do not agree."""

    exit_code = 5


class SignatureError(TertibError):
    """A signed PDF whose signature does not verify, or that cannot be read to verify it."""

    exit_code = 5
