"""Reads and judges inputs: the first half of every command, and all of ``tertib check``."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from pipeline.model.finding import DataPath, Finding, Place, SourceMap, Stage
from pipeline.model.flow import flow_of
from pipeline.model.inputs import OfficeInput, SopInput
from pipeline.model.message import Message, say
from pipeline.model.places import Places
from pipeline.model.result import DocumentResult, DurationSummary, RunResult
from pipeline.model.timing import totals
from pipeline.readers import workspace
from pipeline.readers.siblings import siblings
from pipeline.rules.engine import (
    Facts,
    check_office,
    check_settings,
    check_sop,
    check_together,
    in_order,
    judge,
    strictest,
    unchecked,
)
from pipeline.run.baseline import Screen, begin
from pipeline.run.cache import Cache, SopResult, opened, watched
from pipeline.run.codes import Names, prove_codes
from pipeline.run.events import Listener
from pipeline.run.outcome import Outcome
from pipeline.run.safely import safe_office, safe_result, safe_sop
from pipeline.run.settings import Settings


@dataclass(frozen=True, slots=True)
class Checked:
    """SOPs as read and judged. ``blocked`` holds the ids of documents that may not be made."""

    items: tuple[SopInput, ...]
    findings: tuple[Finding, ...]
    blocked: frozenset[str]
    documents: tuple[DocumentResult, ...]


def facts_of(settings: Settings) -> Facts:
    """What the rules need to know of the settings."""
    return Facts(
        as_of=settings.as_of,
        today=settings.today,
        strict=settings.strict,
        stage=settings.stage,
        select=settings.select,
        ignore=settings.ignore,
        known=Names(),
    )


def select(settings: Settings) -> workspace.Selection:
    """The inputs that the PATH arguments mean.

    Raises UsageError for a path that does not exist or holds nothing, and for a rule that does not exist.
    """
    prove_codes(settings)
    return workspace.find(settings.paths, settings.root)


def check(settings: Settings, listener: Listener) -> Outcome:
    """``tertib check``: findings on everything selected; writes nothing but a baseline. Raises UsageError."""
    selection = select(settings)
    screen = begin(settings)
    facts = facts_of(settings)
    with _seldom_collecting(), opened(settings, facts, len(selection.sops)) as cache:
        checked = _Check(settings, facts, cache, screen, keep=False).run(selection, listener)
    findings, documents = checked.findings, checked.documents
    notes: tuple[Message, ...] = ()
    if selection.recesses:
        from pipeline.run.recess_check import check_recesses

        more = check_recesses(selection.recesses, settings, listener, screen)
        findings += more.findings
        documents += more.documents
        notes += more.notes
    return Outcome(RunResult(findings, documents), notes=(*notes, *screen.end()))


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Look for circular garbage less often: what a check makes holds none, and looking takes a seventh of the time."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, 50, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def check_sops(
    selection: workspace.Selection, settings: Settings, listener: Listener, screen: Screen | None = None
) -> Checked:
    """Read and judge the selected SOPs and their offices. Never raises for what is in the files."""
    facts = facts_of(settings)
    nothing = Cache(None, facts, settings.root)
    check = _Check(settings, facts, nothing, screen or begin(settings), keep=True)
    return check.run(selection, listener)


@dataclass(frozen=True, slots=True)
class _Member:
    """An SOP while the others of its office are checked; ``item`` as read, None when its result came from the cache."""

    path: Path
    result: SopResult
    item: SopInput | None


class _Check:
    """One run over SOPs, office by office. What was read of an SOP is kept only as long as it is needed.

    ``keep`` keeps the SOPs as read, for the documents to be made of them.
    """

    def __init__(self, settings: Settings, facts: Facts, cache: Cache, screen: Screen, *, keep: bool) -> None:
        self._root = settings.root
        self._screen = screen
        self._facts = facts
        self._cache = cache
        self._keep = keep
        self._offices: dict[Path, OfficeInput] = {}
        self._results: list[SopResult] = []
        self._items: list[SopInput] = []
        self._shared: list[Finding] = []
        self._together: list[Finding] = [*check_settings(facts)]
        self._stopped: set[str] = set()

    def run(self, selection: workspace.Selection, listener: Listener) -> Checked:
        """Check everything selected."""
        listener.started(len(selection.sops), say("Memeriksa SOP"))
        left = Counter(workspace.office_of(path) for path in selection.sops)
        members: dict[Path, list[_Member]] = {folder: [] for folder in selection.offices}
        for path in selection.sops:
            folder = workspace.office_of(path)
            member = self._sop(path, self._office(folder))
            members[folder].append(member)
            self._results.append(member.result)
            listener.advanced(member.result.document.id)
            left[folder] -= 1
            if not left[folder]:
                self._close(folder, members.pop(folder))
        for folder, none in members.items():
            self._close(folder, none)
        return self._checked()

    def _checked(self) -> Checked:
        own = [finding for result in self._results for finding in result.findings]
        findings = self._screen.sift((*in_order(self._shared), *in_order(self._together), *own))
        unreadable = {result.document.id for result in self._results if not result.readable}
        return Checked(
            tuple(self._items),
            findings,
            frozenset(self._stopped | blocked_documents(findings) | unreadable),
            tuple(self._screen.mark(result.document) for result in self._results),
        )

    def _office(self, folder: Path) -> OfficeInput:
        if folder not in self._offices:
            self._offices[folder] = safe_office(folder, self._root)
        return self._offices[folder]

    def _sop(self, path: Path, office: OfficeInput) -> _Member:
        known = self._cache.sop(path, office)
        if known is not None:
            return _Member(path, known, None)
        item = safe_sop(path, office, self._root)
        facts = watched(self._facts)
        findings = check_sop(item, facts)
        if any(finding.fixes for finding in findings):
            from pipeline.run.mending import possible

            findings = possible(findings, self._root)
        document, failed = safe_result(item, partial(_document, item, self._facts), stage_of(item, self._facts))
        result = SopResult(document, (*findings, *failed), item.sop is not None)
        result = self._cache.keep_sop(item, result, facts)
        if self._keep:
            self._items.append(item)
            return _Member(path, result, item)
        return _Member(path, result, replace(item, places=_Places(item, self._root), findings=()))

    def _close(self, folder: Path, members: Sequence[_Member]) -> None:
        """What is to be said of an office when all its SOPs have been seen."""
        office = self._office(folder)
        stages = {member.result.document.stage for member in members} or {self._facts.stage or Stage.DRAFT}
        told, stopping = _office_findings(office, stages, self._facts, self._screen)
        self._shared += told
        self._stopped |= {m.result.document.id for m in members if m.result.document.stage in stopping}
        self._together += check_office(office, strictest(stages, self._facts), self._facts)
        others = siblings([member.path for member in members], office, self._root) if members else ()
        ids = [member.result.document.id for member in members]
        self._screen.saw_office(office, self._root, ids, whole=not others)
        keys = [*(member.result.key for member in members), *map(_key_of, others)]
        together = self._cache.together(office, keys) if members else ()
        if together is None:
            facts = watched(self._facts)
            together = check_together([self._whole(member, office) for member in members], facts, others)
            self._cache.keep_together(office, keys, together, facts)
        self._together += together

    def _whole(self, member: _Member, office: OfficeInput) -> SopInput:
        return member.item or safe_sop(member.path, office, self._root)


def _key_of(other: SopInput) -> bytes:
    """What stands for an SOP that is not checked itself."""
    told = (other.sop.number, other.sop.title) if other.sop is not None else ()
    return repr((other.id, other.path.name, *told)).encode("utf-8", "surrogatepass")


class _Places(Mapping[DataPath, Place]):
    """Places in an SOP: those of the steps, by far the most, are read again where a rule on several SOPs wants one."""

    def __init__(self, item: SopInput, root: Path) -> None:
        self._of = (item.path, item.office, root)
        known = item.places.form if isinstance(item.places, Places) else item.places
        self._kept: SourceMap = {path: place for path, place in known.items() if path[:1] != ("langkah",)}
        self._read: SourceMap | None = None

    def __getitem__(self, path: DataPath) -> Place:
        return self._all()[path] if path[:1] == ("langkah",) else self._kept[path]

    def __iter__(self) -> Iterator[DataPath]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def _all(self) -> SourceMap:
        if self._read is None:
            self._read = safe_sop(*self._of).places
        return self._read


def blocked_documents(findings: Iterable[Finding]) -> frozenset[str]:
    """Ids of the documents that any of ``findings`` stops."""
    return frozenset(finding.document for finding in findings if finding.blocks and finding.document is not None)


def stage_of(item: SopInput, facts: Facts) -> Stage:
    """The stage at which ``item`` is judged and printed."""
    return facts.stage or (item.sop.stage if item.sop is not None else Stage.DRAFT)


def _office_findings(
    office: OfficeInput, stages: Iterable[Stage], facts: Facts, screen: Screen
) -> tuple[tuple[Finding, ...], set[Stage]]:
    """What the readers found in the files of an office, judged at the strictest of ``stages``, and those it stops."""
    policy = office.office.policy
    judged = {stage: screen.sift(judge(office.findings, stage=stage, policy=policy, facts=facts)) for stage in stages}
    stopping = {stage for stage, findings in judged.items() if any(finding.blocks for finding in findings)}
    return judged[strictest(judged, facts)], stopping


def _document(item: SopInput, facts: Facts) -> DocumentResult:
    duration = DurationSummary()
    title = ""
    if item.sop is not None:
        title = item.sop.title
        duration = totals(item.sop, flow_of(item.sop), item.office.office.hours)
    return DocumentResult(
        item.id, stage_of(item, facts), duration=duration, title=title, unchecked=unchecked(item, facts)
    )
