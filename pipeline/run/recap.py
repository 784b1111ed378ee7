"""``tertib recap``: the reports of a recess: of each member and group, and the inventory for the plenary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import TertibError
from pipeline.model.message import Message, say
from pipeline.model.recess import RecessInput
from pipeline.model.result import DocumentResult, RunResult
from pipeline.readers.workspace import office_of
from pipeline.run.artifact import Artifact
from pipeline.run.artifacts import make_pdfs
from pipeline.run.baseline import begin
from pipeline.run.check import facts_of, select
from pipeline.run.events import Listener
from pipeline.run.outcome import Outcome, Problem, internal
from pipeline.run.recess_check import CheckedRecesses, check_recesses, with_offices
from pipeline.run.recess_edition import PUBLIC_FOLDER
from pipeline.run.replay import Seen
from pipeline.run.settings import Settings
from pipeline.run.standing import Standing, reasons_of, told_of_recess
from pipeline.run.state import State, digest
from pipeline.run.workforce import Workforce
from pipeline.run.writing import Outputs, own

if TYPE_CHECKING:
    from pipeline.run.recess_make import Making

_NO_RECESS = say("Tidak ada data reses di tempat yang disebut. Mulai dengan: tertib new reses.")


def recap(settings: Settings, listener: Listener, workforce: Workforce | None = None) -> Outcome:
    """Check, total, render, prove, put in place, convert. Raises UsageError and OutputError; all else is told.

    ``workforce`` None: this computer makes the PDFs, ``settings.jobs`` at a time.
    """
    from pipeline.run.reporting import write_reports

    selection = select(settings)
    screen = begin(settings)
    with own(settings.output, listener) as outputs:
        offices = tuple(dict.fromkeys(map(office_of, selection.recesses)))
        seen = Seen("recap", settings, outputs, offices)
        state = State(outputs)
        standing = Standing(settings, outputs, state)
        standing.prime(offices)
        checked = with_offices(
            check_recesses(selection.recesses, settings, listener, screen), facts_of(settings), screen
        )
        outcome = _Recap(settings, outputs, listener, state, standing, workforce).run(checked)
        outcome = outcome.with_notes(screen.end())
        write_reports(outcome, settings, outputs, kind="reses")
        seen.keep(outcome, _inputs_of(checked.items))
    return outcome


class _Recap:
    """One run of ``recap``: collects what happens to each recess."""

    def __init__(
        self,
        settings: Settings,
        outputs: Outputs,
        listener: Listener,
        state: State,
        standing: Standing,
        workforce: Workforce | None = None,
    ) -> None:
        self._settings = settings
        self._state = state
        self._standing = standing
        self._workforce = workforce
        self._outputs = outputs
        self._listener = listener
        self._problems: list[Problem] = []

    def run(self, checked: CheckedRecesses) -> Outcome:
        from pipeline.run.recess_make import Making
        from pipeline.run.templates import TemplateShelf

        shelf = TemplateShelf(self._settings).load
        making = Making(self._settings, self._outputs, self._listener, shelf, self._standing)
        made: dict[str, list[Path]] = {}
        artifacts: list[Artifact] = []
        for item in checked.items:
            if item.id not in checked.blocked:
                artifacts += self._make_safely(making, item, made.setdefault(item.id, []))
        pdfs = make_pdfs(artifacts, self._settings, self._outputs, self._listener, self._workforce, self._state)
        for artifact in artifacts:
            if artifact.pdf in pdfs.ready:
                made[_owner(artifact.document)].append(artifact.pdf)
            if artifact.docx in pdfs.unchanged:
                made[_owner(artifact.document)].remove(artifact.docx)
        documents = tuple(self._result(document, made.get(document.id, ())) for document in checked.documents)
        held = tuple(self._held(item) for item in checked.items if not made.get(item.id))
        problems = (*self._problems, *pdfs.problems)
        other = (self._other_edition(item) for item in checked.items if made.get(item.id))
        outdated = tuple(note for note in other if note is not None)
        none = () if checked.items else (_NO_RECESS,)
        notes = (*checked.notes, *making.notes, *pdfs.notes, *outdated, *held, *none)
        later = tuple(note for note in notes if note not in pdfs.passing)
        if self._settings.explain:
            documents = tuple(_with_why(document, making) for document in documents)
            notes += tuple(note for item in checked.items for note in told_of_recess(item.id, making.held_of(item.id)))
        return Outcome(RunResult(checked.findings, documents), problems, notes, later)

    def _make_safely(self, making: Making, item: RecessInput, made: list[Path]) -> list[Artifact]:
        try:
            return making.make(item, made)
        except TertibError as error:
            self._problems.append(Problem(error, item.id))
        except Exception as fault:  # noqa: BLE001 - a fault in one recess must not cost the others theirs
            self._problems.append(Problem(internal(fault), item.id))
        return []

    def _result(self, document: DocumentResult, files: Sequence[Path]) -> DocumentResult:
        return replace(document, outputs=tuple(self._settings.relative(path) for path in files))

    def _other_edition(self, item: RecessInput) -> Message | None:
        """What to tell when the edition that was not asked for is there, made of other data."""
        folder = self._outputs.path(*item.id.split("/"))
        public = folder / PUBLIC_FOLDER
        wanted = (folder if self._settings.public else public, public if self._settings.public else None)
        sources = {
            source
            for pdf, made in State(self._outputs).all()
            if pdf.is_relative_to(wanted[0]) and not (wanted[1] and pdf.is_relative_to(wanted[1])) and pdf.is_file()
            for source in made.sources.items()
        }
        if all(digest(self._settings.root / key) == value for key, value in sorted(sources)):
            return None
        told = self._settings.relative(wanted[0])
        if self._settings.public:
            return say(
                "Laporan lain di {folder} dibuat dari data sebelumnya. Perbarui dengan: tertib recap", folder=told
            )
        return say(
            "Edisi publik {folder} dibuat dari data sebelumnya. Perbarui dengan: tertib recap --public", folder=told
        )

    @staticmethod
    def _held(item: RecessInput) -> Message:
        return say(
            "Laporan {document} tidak dibuat; lihat temuan atau kegagalan di atas. Keluaran lama tidak diubah.",
            document=item.id,
        )


def _inputs_of(items: Sequence[RecessInput]) -> Iterator[Path]:
    for item in items:
        logo = item.office.office.logo
        yield from (*item.sources, *item.office.sources, *item.history.sources, *([] if logo is None else [logo]))


def _with_why(document: DocumentResult, making: Making) -> DocumentResult:
    held = making.held_of(document.id)
    return replace(document, why=reasons_of(held.values())) if held else document


def _owner(document: str) -> str:
    """``OFFICE/reses/MASA`` of one of its documents."""
    return "/".join(document.split("/")[:3])
