"""``tertib watch``: what a saved file touches is made again at once, by one process that stays.

Templates stay compiled, LibreOffice stays started. The newest save goes first: what an office's register touches may
be a thousand SOPs, and who saves one meanwhile does not wait for them. The output folder is owned only while documents
are made, so that other commands may use it. A file that cannot be read is told only when it has been left alone for a
moment: programs do not always write a file in one go.
"""

from __future__ import annotations

import datetime as dt
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Final

from pipeline.convert.libreoffice import Job, OnDone
from pipeline.convert.libreoffice import Outcome as Conversion
from pipeline.errors import TertibError
from pipeline.model.finding import Stage
from pipeline.model.message import Message, say
from pipeline.model.result import Failure, RunResult
from pipeline.model.turn import Came, Turn
from pipeline.readers.workspace import RECESS_FILES, Selection, office_of
from pipeline.rules.engine import in_order
from pipeline.run.baseline import begin
from pipeline.run.build import build, docx_path, make_documents
from pipeline.run.changes import QUIET, Changes
from pipeline.run.check import Checked, check, check_sops
from pipeline.run.document import Rendered
from pipeline.run.events import Listener, Silent
from pipeline.run.outcome import Outcome, Problem, internal
from pipeline.run.settings import Settings
from pipeline.run.templates import TemplateShelf
from pipeline.run.touched import Scope, Touched
from pipeline.run.workforce import DrawTask, OnDrawn, Workforce, drawn
from pipeline.run.writing import Outputs, own

SETTLE: Final = 0.35
"""Seconds without a change after which a file that cannot be used counts as written."""
REPORT: Final = 3.0
"""Seconds without a change after which the report of findings is written."""
REPORTED: Final = 100
"""With more SOPs than these, reading all for the report would keep the next save waiting."""
CHUNK: Final = 8
"""SOPs that are made before a newer save is looked for."""

Tell = Callable[[Turn], None]
Clock = Callable[[], dt.datetime]


def watch(
    settings: Settings, scope: Scope, changes: Changes, workforce: Workforce, listener: Listener, tell: Tell, now: Clock
) -> None:
    """Bring everything up to date, then follow the changes until somebody interrupts the waiting for them.

    Raises KeyboardInterrupt when documents were being made, UsageError when there is nothing left to watch, and what
    ``build`` raises in the beginning.
    """
    _Watch(settings, scope, changes, workforce, listener, tell, now).run()


@dataclass(slots=True)
class _Pending:
    """What is left to do of a save. ``since`` is when it was noticed (``time.monotonic``), ``total`` its SOPs."""

    files: frozenset[Path]
    left: list[Path]
    since: float
    total: int
    settled: bool = False
    found: list[Outcome] = field(default_factory=list)
    docx: float | None = None
    pdf: float | None = None
    made: int = 0


class _Watch:
    def __init__(
        self,
        settings: Settings,
        scope: Scope,
        changes: Changes,
        workforce: Workforce,
        listener: Listener,
        tell: Tell,
        now: Clock,
    ) -> None:
        self._settings = settings
        self._scope = scope
        self._changes = changes
        self._listener = listener
        self._now = now
        self._templates = TemplateShelf(settings)
        self._workforce = _Timed(workforce, self._templates)
        self._tell_turn = tell
        self._pending: list[_Pending] = []
        self._shown: _Pending | None = None
        self._unreported = False
        self._noted: set[Message] = set()

    def run(self) -> None:
        """Until somebody ends it."""
        ready = self._begin()
        try:
            self._tell(ready)
            self._follow()
        except KeyboardInterrupt:
            if self._pending:
                raise

    def _follow(self) -> None:
        while True:
            quiet = REPORT if self._unreported and len(self._scope.sops) <= REPORTED else None
            changed = self._changes.next(0 if self._pending else quiet)
            if changed:
                self._take(changed)
            elif self._pending:
                self._go_on(self._pending[-1])
            else:
                self._report()

    def _begin(self) -> Turn:
        self._workforce.start()
        outcome = build(self._settings, self._listener, self._workforce)
        if not self._workforce.converted:
            self._warm()
        roots = tuple(self._told(root) for root in self._scope.roots)
        return _turn(Turn(self._now(), Came.READY, roots), [outcome], self._fresh)

    def _report(self) -> None:
        """Write the report of findings on all SOPs: what was saved may concern others, by its number or title."""
        self._unreported = False
        try:
            build(self._today(), Silent(), self._workforce)
        except TertibError as error:
            roots = tuple(self._told(root) for root in self._scope.roots)
            self._tell(Turn(self._now(), Came.HELD, roots, failures=(Failure(error.message, error.exit_code),)))

    def _warm(self) -> None:
        """Make something, nowhere: the first document of a process takes much longer than those after it."""
        with tempfile.TemporaryDirectory(prefix="tertib-") as folder:
            # A draft is held back by nothing, whatever its findings.
            settings = replace(self._settings, output=Path(folder), stage=Stage.DRAFT, baseline=None, force=True)
            for sop in self._scope.sops[:_TRIED]:
                self._workforce.start()
                checked = _check([sop], settings)
                with own(settings.output, Silent()) as outputs:
                    make_documents(checked, settings, outputs, Silent(), self._workforce, self._templates)
                if self._workforce.placed:
                    return

    def _take(self, changed: frozenset[Path]) -> None:
        """Note what is to be made because of ``changed``; tell the rest at once."""
        since = time.monotonic() - QUIET / 1000
        touched = self._scope.touched(changed)
        if touched.gone:
            touched = self._once_more(changed, touched)
        for path in touched.gone:
            self._tell_gone(path)
        for command, path in touched.commands:
            self._tell(Turn(self._now(), Came.CHECKED, (self._told(path),), command=command))
        if touched.sops:
            self._supersede(touched.sops)
            self._pending.append(_Pending(changed, list(touched.sops), since, len(touched.sops)))
        for folder in touched.recesses:
            self._tell_recess(folder)

    def _supersede(self, sops: Sequence[Path]) -> None:
        """What is made now because of a newer save need not be made once more because of an older one."""
        for old in list(self._pending):
            old.left = [path for path in old.left if path not in sops]
            if not old.left:
                self._pending.remove(old)
                if old.found:
                    self._tell_made(old)

    def _once_more(self, changed: frozenset[Path], touched: Touched) -> Touched:
        """What is touched when what is gone had time to come back: some programs delete what they replace."""
        more = self._changes.next(SETTLE)
        again = self._scope.touched(changed | more)
        gone = [path for path in (*touched.gone, *again.gone) if path not in again.sops]
        return replace(again, gone=tuple(dict.fromkeys(gone)))

    def _tell_gone(self, path: Path) -> None:
        self._unreported = True
        document = f"{office_of(path).resolve().name}/sop/{path.stem}"
        docx = docx_path(Outputs(self._settings.output), document)
        left = tuple(self._told(made) for made in (docx, docx.with_suffix(".pdf")) if made.is_file())
        self._tell(Turn(self._now(), Came.GONE, (self._told(path),), (document,), outputs=left))

    def _tell_recess(self, folder: Path) -> None:
        """Check a recess; its documents are many, and made when they are asked for."""
        settings = replace(self._today(), paths=(folder,))
        outcome = check(settings, Silent())
        if outcome.result.blocked and (more := self._changes.next(SETTLE)):
            self._take(more | {folder / RECESS_FILES[0]})
            return
        told = self._told(folder)
        self._tell(
            _turn(Turn(self._now(), Came.CHECKED, (told,), command=f"tertib recap {told}"), [outcome], self._fresh)
        )

    def _go_on(self, pending: _Pending) -> None:
        """Make the next few SOPs of ``pending``, and tell of it when these were the last."""
        chunk = pending.left[:CHUNK]
        settings = self._today()
        checked = _check(chunk, settings)
        if checked.blocked and not pending.settled:
            pending.settled = True
            more = self._changes.next(SETTLE)
            if more:
                self._pending.remove(pending)
                self._take(more | pending.files)
                return
            checked = _check(chunk, settings)
        self._show(pending)
        self._make(pending, checked, settings)
        if self._shown is not None:
            for document in checked.documents:
                self._listener.advanced(document.id)
        del pending.left[: len(chunk)]
        if not pending.left:
            self._pending.remove(pending)
            self._tell_made(pending)

    def _show(self, pending: _Pending) -> None:
        """Have the progress shown of what takes long."""
        if pending.total > CHUNK and self._shown is not pending:
            self._shown = pending
            self._listener.started(len(pending.left), say("Menyusun SOP"))

    def _make(self, pending: _Pending, checked: Checked, settings: Settings) -> None:
        """The documents of ``checked``; what came of them is noted in ``pending``."""
        heard = _Notes(self._listener)
        self._workforce.start()
        try:
            with own(settings.output, heard) as outputs:
                outcome = make_documents(
                    checked, settings, outputs, heard, self._workforce, self._templates, docx_first=True
                )
        except TertibError as error:
            outcome = _failed(checked, error)
        except Exception as fault:  # noqa: BLE001 - who watches goes on watching
            outcome = _failed(checked, internal(fault))
        pending.found.append(outcome)
        pending.made += len(self._workforce.placed)
        pending.docx = _later(pending.docx, self._workforce.docx_at, pending.since)
        pending.pdf = _later(pending.pdf, self._workforce.pdf_at, pending.since)

    def _tell_made(self, pending: _Pending) -> None:
        self._unreported = True
        files = tuple(self._told(path) for path in sorted(pending.files))
        came = Came.BUILT if pending.made else Came.UNCHANGED
        turn = Turn(self._now(), came, files, docx=pending.docx, pdf=pending.pdf)
        turn = _turn(turn, pending.found, self._fresh)
        held = turn.held and len(turn.held) == len(turn.documents)
        self._tell(replace(turn, came=Came.HELD) if held else turn)

    def _fresh(self, notes: Sequence[Message]) -> tuple[Message, ...]:
        """Those of ``notes`` that were not told before."""
        fresh = tuple(note for note in notes if note not in self._noted)
        self._noted.update(fresh)
        return fresh

    def _today(self) -> Settings:
        """The settings on this day: who watches may do so past midnight."""
        return replace(self._settings, today=self._now().date())

    def _tell(self, turn: Turn) -> None:
        if self._shown is not None:
            self._shown = None
            self._listener.started(0, say("Menyusun SOP"))  # takes the bar away
        self._tell_turn(turn)

    def _told(self, path: Path) -> str:
        return self._settings.relative(path)


def _check(sops: Sequence[Path], settings: Settings) -> Checked:
    offices = tuple(sorted({office_of(path) for path in sops}))
    return check_sops(Selection(tuple(sops), (), offices), settings, Silent(), begin(settings))


def _failed(checked: Checked, error: TertibError) -> Outcome:
    return Outcome(RunResult(checked.findings, checked.documents), (Problem(error),))


def _later(before: float | None, at: float | None, since: float) -> float | None:
    return before if at is None else at - since


def _turn(turn: Turn, found: Sequence[Outcome], fresh: Callable[[Sequence[Message]], tuple[Message, ...]]) -> Turn:
    """``turn`` with what came of its documents."""
    results = [outcome.report for outcome in found]
    documents = [document for result in results for document in result.documents]
    ids = {document.id for document in documents}
    findings = dict.fromkeys(finding for result in results for finding in result.findings)
    saved = [f for f in findings if f.document in ids or f.place.file in turn.files or turn.came is Came.READY]
    return replace(
        turn,
        documents=tuple(document.id for document in documents),
        held=() if turn.command else tuple(document.id for document in documents if not document.outputs),
        findings=tuple(sorted(in_order(saved), key=lambda f: (not f.blocks, f.place.file not in turn.files))),
        failures=tuple(failure for result in results for failure in result.failures),
        notes=fresh([note for result in results for note in result.notes]),
        outputs=tuple(path for document in documents for path in document.outputs),
    )


class _Notes:
    """Passes on what is worth saying at once; one save is no work that progress is shown of."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener

    def started(self, total: int, label: Message) -> None:
        """Nothing."""

    def advanced(self, item: str = "") -> None:
        """Nothing."""

    def note(self, message: Message) -> None:
        """Such as waiting for another run."""
        self._listener.note(message)


class _Timed:
    """A workforce that knows when its results were in place. A document alone is drawn here: the template is at hand.

    Since ``start``: ``placed`` are the documents of which something new is there, ``converted`` says whether there were
    PDFs among it, ``docx_at`` and ``pdf_at`` when the last of each was there (``time.monotonic``), None for none.
    """

    def __init__(self, workforce: Workforce, templates: TemplateShelf) -> None:
        self._workforce = workforce
        self._templates = templates
        self.start()

    def start(self) -> None:
        """Forget what was."""
        self.placed: set[str] = set()
        self.converted = False
        self.docx_at: float | None = None
        self.pdf_at: float | None = None

    def draw(self, tasks: Sequence[DrawTask], on_drawn: OnDrawn) -> None:
        """See ``Workforce``."""

        def take(place: int, rendered: Rendered | TertibError) -> None:
            on_drawn(place, rendered)
            task = tasks[place]
            if not isinstance(rendered, TertibError) and sha256(rendered.docx).hexdigest() != task.proved:
                self.placed.add(task.item.id)
                self.docx_at = time.monotonic()

        if len(tasks) == 1:
            take(0, drawn(tasks[0], self._templates))
        else:
            self._workforce.draw(tasks, take)

    def convert(self, jobs: Sequence[Job], on_done: OnDone) -> None:
        """See ``Workforce``."""

        def take(done: Conversion) -> None:
            on_done(done)
            if done.error is None:
                self.placed.add(done.job.pdf.name)
                self.converted = True
                self.pdf_at = time.monotonic()

        self._workforce.convert(jobs, take)


_TRIED: Final = 3
