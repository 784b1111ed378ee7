"""``tertib build``: every SOP that its stage lets through becomes a DOCX and a PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.errors import OutputError, TertibError
from pipeline.model.finding import Finding, Stage
from pipeline.model.inputs import SopInput
from pipeline.model.message import Message, say
from pipeline.model.particulars import Particulars
from pipeline.model.result import DocumentResult, RunResult
from pipeline.render.signing import lacking
from pipeline.render.template import Template
from pipeline.rules.engine import Facts, judge
from pipeline.run.artifact import Artifact, put_docx
from pipeline.run.artifacts import make_pdfs
from pipeline.run.baseline import begin
from pipeline.run.check import Checked, check_sops, facts_of, select
from pipeline.run.document import Rendered
from pipeline.run.events import Listener
from pipeline.run.extras import Extras
from pipeline.run.origin import SIGNER_OF_SOP, particulars_of_sop
from pipeline.run.outcome import Outcome, Problem
from pipeline.run.replay import Seen
from pipeline.run.reporting import write_reports
from pipeline.run.settings import Settings
from pipeline.run.standing import Held, Standing, explained, told_of
from pipeline.run.state import State, digest
from pipeline.run.stored import finding_from_data, finding_to_data, from_data, to_data
from pipeline.run.templates import TemplateShelf, find_template
from pipeline.run.workforce import DrawTask, Pool, Workforce
from pipeline.run.writing import Outputs, own

TEMPLATE = "sop.docx"


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A DOCX that was proved, and put in place or ready to be (see ``put_docx``), or that is there as it would be."""

    artifact: Artifact
    layout: Mapping[str, int]


def build(settings: Settings, listener: Listener, workforce: Workforce | None = None) -> Outcome:
    """Check, render, prove, put in place, convert. Raises UsageError and OutputError; the rest is in the outcome.

    ``workforce`` None: this computer does the work, ``settings.jobs`` at a time.
    """
    selection = select(settings)
    screen = begin(settings)
    pool = nullcontext(workforce) if workforce else Pool(settings.jobs)
    with own(settings.output, listener) as outputs, pool as workers:
        seen = Seen("build", settings, outputs, selection.offices)
        checked = check_sops(selection, settings, listener, screen)
        outcome = make_documents(checked, settings, outputs, listener, workers)
        outcome = outcome.with_notes(screen.end())
        write_reports(outcome, settings, outputs, kind="sop")
        seen.keep(outcome, inputs_of(checked.items))
    return outcome


def make_documents(
    checked: Checked,
    settings: Settings,
    outputs: Outputs,
    listener: Listener,
    workforce: Workforce,
    templates: TemplateShelf | None = None,
    *,
    docx_first: bool = False,
) -> Outcome:
    """The second half of ``build``: the documents of SOPs that were checked, in an output folder that this run owns.

    ``templates`` are kept from one run to the next by whoever makes documents again and again. With ``docx_first`` a
    DOCX does not wait for its PDF (see ``put_docx``). Raises OutputError; the rest is in the outcome.
    """
    shelf = templates or TemplateShelf(settings)
    return _Build(settings, outputs, listener, checked, workforce, shelf, docx_first=docx_first).run()


class _Build:
    """One run of ``build``: collects what happens to each document."""

    def __init__(
        self,
        settings: Settings,
        outputs: Outputs,
        listener: Listener,
        checked: Checked,
        workforce: Workforce,
        templates: TemplateShelf,
        *,
        docx_first: bool,
    ) -> None:
        self._settings = settings
        self._workforce = workforce
        self._docx_first = docx_first
        self._outputs = outputs
        self._listener = listener
        self._checked = checked
        self._results = {document.id: document for document in checked.documents}
        self._told: dict[str | None, list[Finding]] = {}
        for finding in checked.findings:
            self._told.setdefault(finding.document, []).append(finding)
        self._facts: Facts = facts_of(settings)
        self._templates = templates
        self._problems: list[Problem] = []
        self._findings: list[Finding] = []
        self._ready: frozenset[Path] = frozenset()
        self._extras = Extras(settings, outputs)
        self._beside: dict[str, tuple[Path, ...]] = {}
        self._unready: dict[Message, None] = {}
        self._state = State(outputs)
        self._standing = Standing(settings, outputs, self._state)
        self._held_up: dict[str, Held] = {}

    def run(self) -> Outcome:
        checked = self._checked
        free = [item for item in checked.items if item.id not in checked.blocked]
        drawn = self._draw(free)
        artifacts = [made.artifact for made in drawn.values()]
        pdfs = make_pdfs(artifacts, self._settings, self._outputs, self._listener, self._workforce, self._state)
        self._problems += pdfs.problems
        self._ready = pdfs.ready
        drawn = {id_: made for id_, made in drawn.items() if made.artifact.docx not in pdfs.unchanged}
        self._place_extras(drawn)
        documents = tuple(self._result(document, drawn.get(document.id)) for document in checked.documents)
        findings = (*checked.findings, *self._findings)
        notes = [*self._unready, *pdfs.notes, *self._extras.notes, *self._held(checked.items, drawn)]
        if not checked.items:
            notes.append(_NO_SOP)
        passing = {*pdfs.passing, *(self._extras.notes if self._settings.also else ())}
        later = tuple(note for note in notes if note not in passing)
        if self._settings.explain:
            documents = explained(documents, self._held_up)
            notes += [told_of(document.id, self._held_up.get(document.id)) for document in documents]
        return Outcome(RunResult(findings, documents), tuple(self._problems), tuple(notes), later)

    def _place_extras(self, drawn: dict[str, _Drawn]) -> None:
        """Put the further formats beside the documents that are in place."""
        for document, made in drawn.items():
            try:
                self._beside[document] = self._extras.place(made.artifact.docx)
            except OutputError as error:
                self._problems.append(Problem(error, document))
        self._extras.save()

    def _draw(self, items: Sequence[SopInput]) -> dict[str, _Drawn]:
        """The DOCX of ``items`` by their ids, in their order; what became of the others is told."""
        self._listener.started(len(items), say("Menyusun DOCX"))
        tasks = []
        made: dict[str, _Drawn] = {}
        for item in items:
            try:
                task = self._task(item)
                standing = self._as_it_stands(task)
                if standing is None:
                    tasks.append(self._to_be_drawn(task))
                    continue
                made |= standing
            except TertibError as error:
                self._problems.append(Problem(error, item.id))
            self._listener.advanced(item.id)

        def take(place: int, rendered: Rendered | TertibError) -> None:
            item = tasks[place].item
            try:
                if isinstance(rendered, TertibError):
                    raise rendered
                drawn = self._take(tasks[place], rendered)
                if drawn is not None:
                    made[item.id] = drawn
            except TertibError as error:
                self._problems.append(Problem(error, item.id))
            self._listener.advanced(item.id)

        self._workforce.draw(tasks, take)
        return {item.id: made[item.id] for item in items if item.id in made}

    def _task(self, item: SopInput) -> DrawTask:
        """What is to be drawn of ``item`` at the stage of this run. Raises TemplateError and OutputError."""
        sop = item.sop
        if sop is None:
            raise ValueError("an unreadable input has nothing to draw")
        stage = self._facts.stage or sop.stage
        if stage is not sop.stage:
            item = replace(item, sop=replace(sop, stage=stage))
        office = item.office.office
        template = find_template(TEMPLATE, self._settings, office)
        path = docx_path(self._outputs, item.id)
        read = {**item.office.digests, **item.digests}
        held = self._standing.hold(path, _sources(item), read, template, office, (stage.value,))
        self._held_up[item.id] = held
        return DrawTask(item, template, path.name, self._settings.also)

    def _to_be_drawn(self, task: DrawTask) -> DrawTask:
        """``task`` for whoever draws. Raises TemplateError."""
        self._templates.at(task.template)
        # What stands there was proved before it was put there.
        path = docx_path(self._outputs, task.item.id)
        return replace(task, proved="" if self._settings.force else digest(path))

    def _as_it_stands(self, task: DrawTask) -> dict[str, _Drawn] | None:
        """The document of ``task`` where it is as it would be drawn, nothing of one that its findings forbid; None for
        one that is to be drawn."""
        made = self._held_up[task.item.id].current
        if made is None:
            return None
        try:
            found = tuple(finding_from_data(one) for one in made.drawn["findings"])
            layout = {str(key): int(value) for key, value in made.drawn["layout"].items()}
            lacking = [from_data(one) for one in made.drawn["lacking"]]
        except (KeyError, TypeError, ValueError, AttributeError):
            return None
        self._unready |= dict.fromkeys(lacking)
        if self._forbidden(task.item, found):
            return {}
        return {task.item.id: _Drawn(replace(self._artifact(task.item), current=made), layout)}

    def _take(self, task: DrawTask, rendered: Rendered) -> _Drawn | None:
        """Put what was drawn in place, or have it wait for its PDF; None when its findings forbid it."""
        item = task.item
        if self._forbidden(item, rendered.findings):
            return None
        template = self._templates.at(task.template)
        final = item.sop is not None and item.sop.stage is Stage.FINAL
        unready = lacking(template, SIGNER_OF_SOP) if final else ()
        self._unready |= dict.fromkeys(unready)
        held = self._held_up[item.id]
        artifact = replace(
            self._artifact(item),
            describe=partial(self._describe, item, template),
            texts=rendered.texts,
            sequence=rendered.pages,
            ink=rendered.ink,
            basis=held.basis,
            drawn=_told_by(rendered, unready),
            renew=held.renew,
        )
        self._extras.hold(artifact.docx, rendered.extras)
        return _Drawn(put_docx(artifact, rendered.docx, self._outputs, first=self._docx_first), rendered.layout)

    def _forbidden(self, item: SopInput, found: Sequence[Finding]) -> bool:
        """Do the findings of the drawing keep it from being made? They are told in any case."""
        stage = item.sop.stage if item.sop is not None else Stage.DRAFT
        findings = judge(found, stage=stage, policy=item.office.office.policy, facts=self._facts)
        self._findings += [replace(finding, document=finding.document or item.id) for finding in findings]
        return any(finding.blocks for finding in findings)

    def _artifact(self, item: SopInput) -> Artifact:
        sop = item.sop
        if sop is None:
            raise ValueError("an unreadable input has no document")
        return Artifact(
            item.id,
            docx_path(self._outputs, item.id),
            _sources(item),
            read={**item.office.digests, **item.digests},
            title=sop.title,
            number=sop.number,
            stage=sop.stage.value,
        )

    def _describe(self, item: SopInput, template: Template, docx: Path) -> Particulars:
        """What the PDF of ``item`` says and carries."""
        own = (finding for finding in self._findings if finding.document == item.id)
        findings = (*self._told.get(item.id, ()), *own)
        return particulars_of_sop(item, template, findings, self._results[item.id], docx)

    def _result(self, document: DocumentResult, made: _Drawn | None) -> DocumentResult:
        if made is None:
            return document
        files = [made.artifact.docx]
        if made.artifact.pdf in self._ready:
            files.append(made.artifact.pdf)
        files += self._beside.get(document.id, ())
        told = tuple(self._settings.relative(path) for path in files)
        return replace(document, outputs=told, layout=dict(made.layout))

    def _held(self, items: Iterable[SopInput], drawn: dict[str, _Drawn]) -> list[Message]:
        """Say of every document that was not made whether an earlier one still stands there."""
        notes = []
        for item in items:
            if item.id in drawn:
                continue
            path = docx_path(self._outputs, item.id)
            kept = [other for other in (path, path.with_suffix(".pdf")) if other.is_file()]
            notes.append(_held_back(item.id, [self._settings.relative(other) for other in kept]))
        return notes


def inputs_of(items: Iterable[SopInput]) -> Iterator[Path]:
    """Every file that SOPs were read from, and the logos."""
    for item in items:
        yield from _sources(item)
        if item.office.office.logo is not None:
            yield item.office.office.logo


def _sources(item: SopInput) -> tuple[Path, ...]:
    return tuple(dict.fromkeys((*item.sources, *item.office.sources)))


def _told_by(rendered: Rendered, unready: Iterable[Message]) -> dict[str, Any]:
    """What drawing told, as it is kept."""
    return {
        "layout": dict(rendered.layout),
        "findings": [finding_to_data(finding) for finding in rendered.findings],
        "lacking": [to_data(message) for message in unready],
    }


def docx_path(outputs: Outputs, document: str) -> Path:
    """Where the DOCX of the document ``OFFICE/sop/NAME`` goes."""
    *folders, name = document.split("/")
    return outputs.path(*folders, f"{name}.docx")


_NO_SOP = say("Tidak ada SOP di tempat yang disebut. Mulai dengan: tertib new sop.")


def _held_back(document: str, kept: list[str]) -> Message:
    if not kept:
        return say("{document} tidak dibuat; lihat temuan atau kegagalan di atas.", document=document)
    return say("{document} tidak dibuat; keluaran lama tidak diubah: {kept}.", document=document, kept=", ".join(kept))
