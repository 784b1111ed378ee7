"""From a DOCX in place to its proved PDF in place: only what changed is converted."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.convert.libreoffice import Job, convert, find_soffice, missing
from pipeline.convert.libreoffice import Outcome as Conversion
from pipeline.errors import OutputError
from pipeline.model.message import say
from pipeline.run.events import Listener
from pipeline.run.outcome import Problem
from pipeline.run.settings import Settings
from pipeline.run.state import Made, SourceDigests, State, converter_id, digest, is_current
from pipeline.run.writing import Outputs, explain_os_error

_SAVE_EVERY = 5.0


@dataclass(frozen=True, slots=True)
class Artifact:
    """A DOCX under the output folder that wants its PDF beside it.

    ``document`` is the id it is told under, ``sources`` all input files it came from (its own first), ``pages``,
    ``texts`` and ``sequence`` what the PDF must hold (see ``pipeline.convert.libreoffice.Job``); ``title``, ``number``
    and ``stage`` go into the index of the archive.
    """

    document: str
    docx: Path
    sources: tuple[Path, ...]
    pages: int | None = None
    texts: tuple[str, ...] = ()
    sequence: tuple[tuple[str, ...], ...] = ()
    title: str = ""
    number: str = ""
    stage: str = ""

    @property
    def pdf(self) -> Path:
        """Where the PDF goes: beside the DOCX."""
        return self.docx.with_suffix(".pdf")


@dataclass(frozen=True, slots=True)
class Pdfs:
    """``ready`` are the PDFs in place that belong to the DOCX beside them; ``problems`` say why others are not."""

    ready: frozenset[Path]
    problems: tuple[Problem, ...] = ()


def make_pdfs(artifacts: Sequence[Artifact], settings: Settings, outputs: Outputs, listener: Listener) -> Pdfs:
    """Make the PDF of every artifact that has none or an outdated one. What fails is told; the rest is made.

    Without LibreOffice the one problem says so, unless every PDF is up to date. Interrupting keeps what is finished.
    """
    state = State(outputs)
    digests = SourceDigests(settings.root)
    program = find_soffice()
    converter = converter_id(program) if program else None
    stale = []
    ready = set()
    for artifact in artifacts:
        made = state.get(artifact.pdf)
        if made is not None and not settings.force and is_current(made, digest(artifact.docx), artifact.pdf, converter):
            _refresh_sources(state, artifact, made, digests)
            ready.add(artifact.pdf)
        else:
            stale.append(artifact)
    try:
        if not stale:
            return Pdfs(frozenset(ready))
        if program is None:
            return Pdfs(frozenset(ready), (Problem(missing()),))
        problems = _Conversion(outputs, state, digests, converter or "", listener).run(stale, settings.jobs)
        failed = {problem.document for problem in problems}
        ready |= {artifact.pdf for artifact in stale if artifact.document not in failed}
        return Pdfs(frozenset(ready), problems)
    finally:
        state.save()


def _refresh_sources(state: State, artifact: Artifact, made: Made, digests: SourceDigests) -> None:
    # A source may change without changing the print (a comment): the PDF is still the right one for it.
    sources = digests.of(artifact.sources)
    if sources != made.sources:
        state.put(artifact.pdf, replace(made, sources=sources))


class _Conversion:
    """One stretch of conversions: PDFs are made in the work folder and renamed into place as they come."""

    def __init__(
        self, outputs: Outputs, state: State, digests: SourceDigests, converter: str, listener: Listener
    ) -> None:
        self._outputs = outputs
        self._state = state
        self._digests = digests
        self._converter = converter
        self._listener = listener
        self._problems: list[Problem] = []
        self._saved = time.monotonic()

    def run(self, stale: Sequence[Artifact], workers: int) -> tuple[Problem, ...]:
        self._listener.started(len(stale), say(id="Membuat PDF", en="Making PDF"))
        by_pdf: dict[Path, tuple[Artifact, str]] = {}
        jobs = []
        for artifact in stale:
            place = self._outputs.fresh_folder()
            job = Job(artifact.docx, place / artifact.pdf.name, artifact.pages, artifact.texts, artifact.sequence)
            jobs.append(job)
            by_pdf[job.pdf] = (artifact, digest(artifact.docx))
        convert(jobs, workers=workers, on_done=lambda done: self._finish(done, *by_pdf[done.job.pdf]))
        return tuple(self._problems)

    def _finish(self, done: Conversion, artifact: Artifact, docx: str) -> None:
        if done.error is not None:
            self._problems.append(Problem(done.error, artifact.document))
        else:
            try:
                self._place(done, artifact, docx)
            except OutputError as error:
                self._problems.append(Problem(error, artifact.document))
        self._listener.advanced(artifact.document)

    def _place(self, done: Conversion, artifact: Artifact, docx: str) -> None:
        try:
            with done.job.pdf.open("rb+") as file:
                os.fsync(file.fileno())
            done.job.pdf.replace(artifact.pdf)
            done.job.pdf.parent.rmdir()
        except OSError as error:
            raise explain_os_error(error, artifact.pdf) from error
        made = Made(
            artifact.document,
            docx,
            done.sha256,
            self._digests.of(artifact.sources),
            self._converter,
            done.pages,
            artifact.title,
            artifact.number,
            artifact.stage,
        )
        self._state.put(artifact.pdf, made)
        if time.monotonic() - self._saved > _SAVE_EVERY:
            self._state.save()
            self._saved = time.monotonic()
