"""From a DOCX in place to its proved PDF in place: only what changed is converted."""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.convert.libreoffice import Job, convert, find_soffice, missing
from pipeline.convert.libreoffice import Outcome as Conversion
from pipeline.errors import OutputError
from pipeline.model.message import Message, say
from pipeline.run.events import Listener
from pipeline.run.keeping import is_foreign, kept_note, replace_keeping
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
    """``ready`` are the PDFs in place that belong to the DOCX beside them; ``problems`` say why others are not.

    ``notes`` tell which PDFs were kept under another name, because they were not what had been made.
    """

    ready: frozenset[Path]
    problems: tuple[Problem, ...] = ()
    notes: tuple[Message, ...] = ()


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
            _refresh(state, artifact, made, digests)
            ready.add(artifact.pdf)
        else:
            stale.append(artifact)
    try:
        if not stale:
            return Pdfs(frozenset(ready))
        if program is None:
            return Pdfs(frozenset(ready), (Problem(missing()),))
        conversion = _Conversion(settings, outputs, state, converter or "", listener)
        problems = conversion.run(stale, digests)
        failed = {problem.document for problem in problems}
        ready |= {artifact.pdf for artifact in stale if artifact.document not in failed}
        return Pdfs(frozenset(ready), problems, tuple(conversion.notes))
    finally:
        state.save()


def _refresh(state: State, artifact: Artifact, made: Made, digests: SourceDigests) -> None:
    # A source may change without changing the print (a comment): the PDF is still the right one for it.
    sources = digests.of(artifact.sources)
    fresh = replace(made, sources=sources, title=artifact.title, number=artifact.number, stage=artifact.stage)
    if fresh != made:
        state.put(artifact.pdf, fresh)


class _Conversion:
    """One stretch of conversions: PDFs are made in the work folder and renamed into place as they come."""

    def __init__(self, settings: Settings, outputs: Outputs, state: State, converter: str, listener: Listener) -> None:
        self.notes: list[Message] = []
        self._settings = settings
        self._outputs = outputs
        self._state = state
        self._converter = converter
        self._listener = listener
        self._problems: list[Problem] = []
        self._saved = time.monotonic()

    def run(self, stale: Sequence[Artifact], digests: SourceDigests) -> tuple[Problem, ...]:
        """Make the PDFs of ``stale``; what went wrong. ``notes`` holds what else people must know."""
        self._listener.started(len(stale), say(id="Membuat PDF", en="Making PDF"))
        by_pdf: dict[Path, tuple[Artifact, str]] = {}
        jobs = []
        for artifact in stale:
            place = self._outputs.fresh_folder()
            job = Job(artifact.docx, place / artifact.pdf.name, artifact.pages, artifact.texts, artifact.sequence)
            jobs.append(job)
            by_pdf[job.pdf] = (artifact, digest(artifact.docx))
        sources = {artifact.pdf: digests.of(artifact.sources) for artifact in stale}

        def finish(done: Conversion) -> None:
            artifact, docx = by_pdf[done.job.pdf]
            self._finish(done, artifact, docx, sources[artifact.pdf])

        convert(jobs, workers=self._settings.jobs, on_done=finish)
        return tuple(self._problems)

    def _finish(self, done: Conversion, artifact: Artifact, docx: str, sources: Mapping[str, str]) -> None:
        if done.error is not None:
            self._problems.append(Problem(done.error, artifact.document))
        else:
            try:
                self._place(done, artifact, docx, sources)
            except OutputError as error:
                self._problems.append(Problem(error, artifact.document))
        self._listener.advanced(artifact.document)

    def _place(self, done: Conversion, artifact: Artifact, docx: str, sources: Mapping[str, str]) -> None:
        try:
            with done.job.pdf.open("rb+") as file:
                os.fsync(file.fileno())
            if is_foreign(artifact.pdf, self._state.get(artifact.pdf), done.sha256):
                aside = replace_keeping(done.job.pdf, artifact.pdf, dt.datetime.now().astimezone())
                self.notes.append(kept_note(artifact.pdf, aside, self._settings))
            else:
                done.job.pdf.replace(artifact.pdf)
            done.job.pdf.parent.rmdir()
        except OSError as error:
            raise explain_os_error(error, artifact.pdf) from error
        made = Made(
            artifact.document,
            docx,
            done.sha256,
            sources,
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
