"""One conversion and what becomes of it: what the PDF must hold, and how it is accepted or refused."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.convert.proof import prove_pdf
from pipeline.errors import OutputError, ProofError, TertibError
from pipeline.model.ink import Ink
from pipeline.model.message import say
from pipeline.model.reasons import why


@dataclass(frozen=True, slots=True)
class Job:
    """One conversion and what its PDF must hold.

    ``pages`` is the number of pages (None when not known), ``texts`` must all be printed, and ``sequence`` names texts
    for consecutive pages: somewhere in the PDF stand that many pages in a row with those texts on them, and on each of
    them what ``ink`` holds for it. ``finish`` rewrites in place what LibreOffice made, before the proof, and raises
    TertibError; what it returns goes into the outcome. Without it the PDF keeps what LibreOffice put into it,
    the clock as well.
    """

    docx: Path
    pdf: Path
    pages: int | None = None
    texts: tuple[str, ...] = ()
    sequence: tuple[tuple[str, ...], ...] = ()
    ink: tuple[Ink, ...] = ()
    finish: Callable[[Path], object] | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job: ``error`` is None when ``job.pdf`` is in place and proved; ``finished`` is what its
    ``finish`` returned."""

    job: Job
    error: TertibError | None = None
    pages: int = 0
    sha256: str = ""
    finished: object = None


OnDone = Callable[[Outcome], None]


def accept(job: Job, made: Path) -> Outcome:
    """Prove what LibreOffice made and move it into place; the old file stays when the new one does not hold."""
    part = job.pdf.with_name(f".{job.pdf.name}.{os.getpid()}.part")
    try:
        finished = None if job.finish is None else job.finish(made)
        proof = prove_pdf(made, name=job.pdf.name, pages=job.pages, texts=job.texts, sequence=job.sequence, ink=job.ink)
        shutil.copyfile(made, part)
        part.replace(job.pdf)
    except TertibError as error:
        return Outcome(job, error)
    except OSError as error:
        return Outcome(job, _unwritable(job.pdf, error))
    finally:
        part.unlink(missing_ok=True)
    return Outcome(job, None, proof.pages, proof.sha256, finished)


def _unwritable(path: Path, error: OSError) -> OutputError:
    return OutputError(
        say(
            "{path} tidak dapat ditulis ({why}). Tutup berkas itu bila sedang terbuka, periksa ruang "
            "disk dan izin folder; berkas lama tidak diubah.",
            path=path.name,
            why=why(error),
        )
    )


def undelivered(job: Job) -> Outcome:
    """The outcome of a document of which LibreOffice made nothing."""
    error = ProofError(
        say(
            "LibreOffice tidak menghasilkan {name} dari {name2}. Buka {name2} di LibreOffice untuk "
            "melihat apa yang salah; bila templat baru saja disunting, periksa templat itu dahulu.",
            name=job.pdf.name,
            name2=job.docx.name,
        )
    )
    return Outcome(job, error)
