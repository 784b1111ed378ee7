"""From LibreOffice's PDF to one that holds: finished for archive and signature, filled with its sources, proved."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.errors import ProofError, TertibError
from pipeline.model.message import Message, say
from pipeline.model.particulars import Check, Particulars, SigningPlace, Verdict
from pipeline.run.outcome import internal
from pipeline.run.state import Made

ORIGIN = "asal.json"
"""Name of the attached file that tells what a PDF was made from."""

Describe = Callable[[Path], Particulars]
"""What a PDF says and carries, given where the DOCX it is made from stands."""


def carried_digest(particulars: Particulars) -> str:
    """SHA-256 (hex) of what the PDF says it was made from; "" for one that carries nothing.

    The findings that it carries as well are not in it: they change with the day, and the document does not.
    """
    for attachment in particulars.attachments:
        if attachment.name == ORIGIN:
            return hashlib.sha256(attachment.data).hexdigest()
    return ""


@dataclass(frozen=True, slots=True)
class Finished:
    """What is known of a PDF once it is finished: where it is to be signed, and how its checks came out."""

    places: tuple[SigningPlace, ...] = ()
    checks: tuple[Check, ...] = ()

    @property
    def unchecked(self) -> tuple[str, ...]:
        """Names of the checks that could not be made here."""
        return tuple(check.name for check in self.checks if check.verdict is Verdict.NOT_CHECKED)


@dataclass(frozen=True, slots=True)
class Finishing:
    """Finishes and checks one PDF where LibreOffice left it."""

    name: str
    docx: Path
    particulars: Particulars

    def __call__(self, path: Path) -> Finished:
        """Rewrite ``path`` in place. Raises TertibError, also for faults of the program: the others go on."""
        try:
            return self._finish(path)
        except (TertibError, OSError):
            raise
        except Exception as fault:
            raise internal(fault) from fault

    def _finish(self, path: Path) -> Finished:
        from pipeline.pdf.finish import finish

        places = finish(path, self.particulars, docx=self.docx)
        return Finished(places, _checks(path, self.name, self.docx))


def check_again(made: Made, pdf: Path, docx: Path) -> Made | None:
    """The record of ``pdf``, some of whose checks could not be made before, after another try; None when it fails."""
    try:
        checks = _checks(pdf, pdf.name, docx)
    except ProofError:
        return None
    return replace(made, unchecked=tuple(check.name for check in checks if check.verdict is Verdict.NOT_CHECKED))


def _checks(path: Path, name: str, docx: Path) -> tuple[Check, ...]:
    from pipeline.pdf.proof import prove_finished
    from pipeline.render.fonts import fonts_of

    return prove_finished(path, name, fonts=fonts_of(docx.read_bytes()))


def unchecked_note(unchecked: Iterable[str]) -> Message | None:
    """What to tell when PDFs stand there without some of the checks, which are named; None when all were made."""
    names = dict.fromkeys(unchecked)
    if not names:
        return None
    return say(
        "Tidak semua pemeriksaan PDF dapat dilakukan di komputer ini; yang tidak diperiksa: {names}. "
        "PDF tetap dibuat. Jalankan tertib doctor untuk melihat apa yang perlu dipasang.",
        names=", ".join(names),
    )
