"""From a DOCX to its proved PDF in place: only what changed is converted.

A DOCX and the PDF beside it change together: where a PDF stands already, the new DOCX waits in the work folder until
its own PDF is proved. Without LibreOffice it goes in alone, and that is said.
"""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.convert.libreoffice import Job, find_soffice, missing
from pipeline.convert.libreoffice import Outcome as Conversion
from pipeline.errors import OutputError, ProofError
from pipeline.model.message import Message, say
from pipeline.model.particulars import Particulars
from pipeline.run.artifact import Artifact, bring_back, docx_first, put_waiting, set_aside
from pipeline.run.events import Listener
from pipeline.run.finishing import Finished, Finishing, carried_digest, check_again, unchecked_note
from pipeline.run.keeping import is_foreign, kept_note, replace_keeping
from pipeline.run.outcome import Problem
from pipeline.run.settings import Settings
from pipeline.run.sidecar import put_sidecar, sidecar
from pipeline.run.state import Made, SourceDigests, State, converter_id, digest, is_current
from pipeline.run.workforce import Here, Pool, Workforce
from pipeline.run.writing import Outputs, explain_os_error

_SAVE_EVERY = 5.0


@dataclass(frozen=True, slots=True)
class Pdfs:
    """``ready`` are the PDFs in place that belong to the DOCX beside them; ``problems`` say why others are not.

    ``notes`` tell which PDFs were kept under another name, because they were not what had been made, and which are
    outdated; ``passing`` those of them that the next run has no reason to tell. ``unchanged`` are the DOCX that stayed
    the earlier ones, with their PDF, because the new PDF failed.
    """

    ready: frozenset[Path]
    problems: tuple[Problem, ...] = ()
    notes: tuple[Message, ...] = ()
    unchanged: frozenset[Path] = frozenset()
    passing: tuple[Message, ...] = ()


def make_pdfs(
    artifacts: Sequence[Artifact],
    settings: Settings,
    outputs: Outputs,
    listener: Listener,
    workforce: Workforce | None = None,
    state: State | None = None,
) -> Pdfs:
    """Make the PDF of every artifact that has none or an outdated one. What fails is told; the rest is made.

    Without LibreOffice the one problem says so, unless every PDF is up to date. Interrupting keeps what is finished.
    When no PDF is wanted the DOCX are put in place alone.
    """
    state = state or State(outputs)
    digests = SourceDigests(settings.root, outputs.index)
    program = find_soffice()
    converter = converter_id(program) if program else None
    ready: set[Path] = set()
    unchecked: list[str] = []
    blocked: list[Problem] = []
    stale: list[_Stale] = []
    for artifact in artifacts:
        found = _made_before(artifact, settings, outputs, state, converter)
        if isinstance(found, _Stale):
            stale.append(found)
            continue
        if found is not artifact.current:
            unchecked += found.unchecked
            state.put(artifact.pdf, _refreshed(found, artifact, digests))
            put_waiting(artifact, outputs)
        blocked += _put_sidecar_again(artifact, found, outputs)
        ready.add(artifact.pdf)
    try:
        if not stale:
            return Pdfs(frozenset(ready), tuple(blocked), _told(unchecked_note(unchecked)))
        late = [one.artifact for one in stale]
        if program is None or not settings.pdf:
            for artifact in late:
                put_waiting(artifact, outputs)
            notes = [_outdated(one.artifact.pdf, settings) for one in stale if _is_outdated(one, state)]
            blocked += [Problem(missing())] if settings.pdf else []
            return Pdfs(frozenset(ready), tuple(blocked), tuple(notes))
        work = workforce or Here(settings.jobs)
        conversion = _Conversion(settings, outputs, state, converter or "", listener, work)
        problems = conversion.run(stale, digests)
        conversion.notes += work.notes if isinstance(work, Here | Pool) else ()
        conversion.notes += _told(unchecked_note([*unchecked, *conversion.unchecked]))
        failed = {problem.document for problem in problems}
        ready |= {artifact.pdf for artifact in late if artifact.document not in failed}
        lost = [one for one in stale if one.artifact.document in failed]
        waiting = [one.artifact for one in lost if one.artifact.waiting or one.artifact.earlier]
        conversion.notes += [set_aside(artifact, settings, outputs) for artifact in waiting]
        bring_back(waiting)
        conversion.notes += [
            _outdated(one.artifact.pdf, settings)
            for one in lost
            if one.artifact not in waiting and _is_outdated(one, state)
        ]
        unchanged = frozenset(artifact.docx for artifact in waiting)
        problems = (*blocked, *problems)
        return Pdfs(frozenset(ready), problems, tuple(conversion.notes), unchanged, tuple(conversion.passing))
    finally:
        state.save()


@dataclass(frozen=True, slots=True)
class _Stale:
    """An artifact whose PDF has to be made: what it is to say and carry, and the hashes of its DOCX and of that."""

    artifact: Artifact
    particulars: Particulars
    docx: str
    carried: str


def _made_before(
    artifact: Artifact, settings: Settings, outputs: Outputs, state: State, converter: str | None
) -> Made | _Stale:
    """The record of an artifact whose PDF is up to date; what is to be made of any other."""
    if artifact.current is not None:
        return artifact.current
    made = state.get(artifact.pdf)
    docx = digest(artifact.source)
    particulars = artifact.describe(artifact.source)
    carried = carried_digest(particulars)
    again = settings.force or (artifact.renew and converter is not None)
    current = not again and is_current(made, docx, carried, outputs.index.digest(artifact.pdf), converter)
    if current and made is not None and made.unchecked:
        made = check_again(made, artifact.pdf, artifact.source)
    return made if current and made is not None else _Stale(artifact, particulars, docx, carried)


def _put_sidecar_again(artifact: Artifact, made: Made, outputs: Outputs) -> list[Problem]:
    """What keeps the sidecar of a PDF that is current from being put back, if anything."""
    try:
        put_sidecar(artifact.pdf, made.sidecar, outputs)
    except OutputError as error:
        return [Problem(error, artifact.document)]
    return []


def _is_outdated(one: _Stale, state: State) -> bool:
    """Does a PDF stand there that is not the one made of this DOCX?"""
    made, pdf = state.get(one.artifact.pdf), one.artifact.pdf
    return pdf.is_file() and (made is None or made.docx != one.docx or made.pdf != digest(pdf))


def _told(note: Message | None) -> tuple[Message, ...]:
    return () if note is None else (note,)


def _outdated(pdf: Path, settings: Settings) -> Message:
    return say(
        "{pdf} masih yang lama dan tidak sesuai dengan DOCX yang baru; jangan dipakai.", pdf=settings.relative(pdf)
    )


def _refreshed(made: Made, artifact: Artifact, digests: SourceDigests) -> Made:
    # A source may change without changing the print (a comment): the PDF is still the right one for it.
    return replace(
        made,
        sources=digests.of(artifact.sources, artifact.read),
        title=artifact.title,
        number=artifact.number,
        stage=artifact.stage,
        basis=artifact.basis,
        drawn=artifact.drawn,
    )


@dataclass(frozen=True, slots=True)
class _Making:
    """A PDF on its way: ``sources`` are the hashes of its inputs by their paths."""

    stale: _Stale
    sources: Mapping[str, str]


class _Conversion:
    """One stretch of conversions: PDFs are made in the work folder and renamed into place as they come."""

    def __init__(
        self,
        settings: Settings,
        outputs: Outputs,
        state: State,
        converter: str,
        listener: Listener,
        workforce: Workforce,
    ) -> None:
        self._workforce = workforce
        self.notes: list[Message] = []
        self.passing: list[Message] = []
        self.unchecked: list[str] = []
        self._settings = settings
        self._outputs = outputs
        self._state = state
        self._converter = converter
        self._listener = listener
        self._problems: list[Problem] = []
        self._saved = time.monotonic()

    def run(self, stale: Sequence[_Stale], digests: SourceDigests) -> tuple[Problem, ...]:
        """Make the PDFs of ``stale``; what went wrong. ``notes`` holds what else people must know, ``unchecked`` what
        could not be checked of those in place."""
        self._listener.started(len(stale), say("Membuat PDF"))
        by_pdf: dict[Path, _Making] = {}
        jobs = []
        for one in stale:
            artifact = one.artifact
            pdf = self._outputs.fresh_folder() / artifact.pdf.name
            finishing = Finishing(artifact.pdf.name, artifact.source, one.particulars)
            jobs.append(
                Job(
                    artifact.source,
                    pdf,
                    artifact.pages,
                    artifact.texts,
                    artifact.sequence,
                    artifact.ink,
                    finish=finishing,
                )
            )
            by_pdf[pdf] = _Making(one, digests.of(artifact.sources, artifact.read))
        try:
            self._workforce.convert(jobs, lambda done: self._finish(done, by_pdf[done.job.pdf]))
        except BaseException:  # interrupted: what has no PDF yet goes back to what its PDF belongs to
            bring_back(one.artifact for one in stale if _is_outdated(one, self._state))
            raise
        return tuple(self._problems)

    def _finish(self, done: Conversion, making: _Making) -> None:
        artifact = making.stale.artifact
        if done.error is not None:
            self._problems.append(Problem(done.error, artifact.document))
        else:
            try:
                if artifact.inspect is not None:
                    artifact.inspect(done.job.pdf)
                self._place(done, making)
            except (OutputError, ProofError) as error:
                self._problems.append(Problem(error, artifact.document))
        self._listener.advanced(artifact.document)

    def _place(self, done: Conversion, making: _Making) -> None:
        artifact = making.stale.artifact
        finished = done.finished
        if not isinstance(finished, Finished):
            raise TypeError("a PDF was made and nobody finished it")
        told = sidecar(making.stale.particulars, finished.places, artifact.pdf.name, done.sha256, done.pages)
        with docx_first(artifact, self._outputs):
            self._place_pdf(done, artifact)
        put_sidecar(artifact.pdf, told, self._outputs)
        made = Made(
            artifact.document,
            making.stale.docx,
            done.sha256,
            making.sources,
            self._converter,
            done.pages,
            artifact.title,
            artifact.number,
            artifact.stage,
            making.stale.carried,
            told,
            finished.unchecked,
            artifact.basis,
            artifact.drawn,
        )
        self.unchecked += made.unchecked
        self._state.put(artifact.pdf, made)
        if time.monotonic() - self._saved > _SAVE_EVERY:
            self._state.save()
            self._saved = time.monotonic()

    def _place_pdf(self, done: Conversion, artifact: Artifact) -> None:
        try:
            with done.job.pdf.open("rb+") as file:
                os.fsync(file.fileno())
            if is_foreign(artifact.pdf, self._state.get(artifact.pdf), done.sha256):
                aside = replace_keeping(done.job.pdf, artifact.pdf, dt.datetime.now().astimezone())
                self.passing.append(kept_note(artifact.pdf, aside, self._settings))
                self.notes.append(self.passing[-1])
            else:
                done.job.pdf.replace(artifact.pdf)
            done.job.pdf.parent.rmdir()
        except OSError as error:
            raise explain_os_error(error, artifact.pdf) from error
