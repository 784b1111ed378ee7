"""``tertib book``: the final SOPs of an office as one PDF with cover, decree, contents and explanation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from pipeline.errors import TertibError
from pipeline.model.finding import Finding, Stage
from pipeline.model.inputs import SopInput
from pipeline.model.message import Message, say
from pipeline.model.result import DocumentResult, RunResult, Why
from pipeline.readers.workspace import office_of
from pipeline.rules.engine import judge
from pipeline.run.book_parts import choose
from pipeline.run.build import inputs_of
from pipeline.run.check import facts_of, select
from pipeline.run.events import Listener
from pipeline.run.outcome import Outcome, Problem, internal
from pipeline.run.replay import Seen
from pipeline.run.safely import safe_office, safe_sop
from pipeline.run.settings import Settings
from pipeline.run.standing import told_why
from pipeline.run.state import State
from pipeline.run.writing import Outputs, own

NAME: Final = "buku-sop"
"""The book's file in the outputs of its office, without ``.pdf``."""


def book(settings: Settings, listener: Listener) -> Outcome:
    """Make the book of every office that is meant. Raises UsageError and OutputError; all else is in the outcome."""
    selection = select(settings)
    with own(settings.output, listener) as outputs:
        seen = Seen("book", settings, outputs, selection.offices)
        run = _Run(settings, outputs)
        listener.started(len(selection.offices), say("Menyusun buku SOP"))
        for folder in selection.offices:
            run.office(folder, [path for path in selection.sops if office_of(path) == folder])
            listener.advanced(folder.name)
        outcome = run.outcome()
        seen.keep(outcome, inputs_of(run.read))
    return outcome


class _Run:
    """One run of ``book``: collects what happens to each office."""

    def __init__(self, settings: Settings, outputs: Outputs) -> None:
        self._settings = settings
        self._outputs = outputs
        self._state = State(outputs)
        self._findings: list[Finding] = []
        self._problems: list[Problem] = []
        self._notes: list[Message] = []
        self._later: list[Message] = []
        self.read: list[SopInput] = []
        self._documents: list[DocumentResult] = []

    def outcome(self) -> Outcome:
        """What came of it all."""
        if not (self._notes or self._problems or self._findings):
            self._tell(say("Tidak ada SOP di tempat yang disebut. Mulai dengan: tertib new sop."))
        failed = len({problem.document for problem in self._problems})
        closing = say("{n} buku SOP, {failed} kegagalan.", n=len(self._documents), failed=failed)
        counted = (self._documents or self._problems) and not self._findings
        result = RunResult(tuple(self._findings), tuple(self._documents), closing=closing if counted else None)
        return Outcome(result, tuple(self._problems), tuple(self._notes), tuple(self._later))

    def _tell(self, *notes: Message) -> None:
        """Tell what every further run would tell as well."""
        self._notes += notes
        self._later += notes

    def office(self, folder: Path, sops: Sequence[Path]) -> None:
        """The book of the office in ``folder`` with the final ones among ``sops``."""
        read = safe_office(folder, self._settings.root)
        found = judge(read.findings, stage=Stage.FINAL, policy=read.office.policy, facts=facts_of(self._settings))
        self._findings += found
        if any(finding.blocks for finding in found):
            self._tell(say("Buku SOP {office} tidak dibuat; lihat temuan di atas.", office=read.office.id))
            return
        if not sops:
            return
        items = [safe_sop(path, read, self._settings.root) for path in sops]
        self.read += items
        document = f"{read.office.id}/{NAME}"
        pdf = self._outputs.path(read.office.id, f"{NAME}.pdf")
        chosen = choose(items, self._state, self._outputs.path(read.office.id, "sop"), self._settings)
        self._tell(*chosen.notes)
        self._problems += [Problem(fault, document) for fault in chosen.faults]
        if chosen.faults:
            return
        if not chosen.chapters:
            self._tell(_none_final(read.office.id))
            return
        try:
            from pipeline.run.book_make import BookMaker

            maker = BookMaker(read.office, chosen.chapters, pdf, self._settings, self._outputs, self._state)
            self._notes += maker.make()
            self._later += maker.unchanged(self._state)
            outputs = (self._settings.relative(pdf),)
            made = DocumentResult(document, Stage.FINAL, outputs, title=maker.title)
            if self._settings.explain:
                made = replace(made, why=tuple(Why(reason.code, reason.text) for reason in maker.reasons))
                self._notes.append(told_why(document, maker.reasons))
            self._documents.append(made)
        except TertibError as error:
            self._problems.append(Problem(error, document))
        except Exception as fault:  # noqa: BLE001 - a fault in one book must not cost the other offices theirs
            self._problems.append(Problem(internal(fault), document))


def _none_final(office: str) -> Message:
    return say("Buku SOP {office} tidak dibuat: belum ada SOP berstatus final.", office=office)
