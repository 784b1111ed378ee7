"""Reads and judges inputs: the first half of every command, and all of ``tertib check``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.model.finding import Finding, Stage
from pipeline.model.flow import flow_of
from pipeline.model.inputs import OfficeInput, SopInput
from pipeline.model.message import say
from pipeline.model.result import DocumentResult, DurationSummary, RunResult
from pipeline.model.timing import totals
from pipeline.readers import faults, workspace
from pipeline.readers.office import read_office
from pipeline.readers.sop import read_sop
from pipeline.rules.engine import Facts, check_group, check_sop, judge, unchecked
from pipeline.run.codes import prove_codes
from pipeline.run.events import Listener
from pipeline.run.outcome import Outcome
from pipeline.run.settings import Settings

_STRICTNESS = (Stage.DRAFT, Stage.REVIEW, Stage.FINAL)


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
        known=frozenset(name for fault in (*faults.FAULTS, faults.DATE) for name in (fault.code, fault.name)),
    )


def select(settings: Settings) -> workspace.Selection:
    """The inputs that the PATH arguments mean.

    Raises UsageError for a path that does not exist or holds nothing, and for a rule that does not exist.
    """
    prove_codes(settings)
    return workspace.find(settings.paths, settings.root)


def check(settings: Settings, listener: Listener) -> Outcome:
    """``tertib check``: findings on everything selected; writes nothing. Raises UsageError."""
    selection = select(settings)
    checked = check_sops(selection, settings, listener)
    findings, documents = checked.findings, checked.documents
    if selection.recesses:
        from pipeline.run.recap import check_recesses

        more = check_recesses(selection.recesses, settings, listener)
        findings += more.findings
        documents += more.documents
    return Outcome(RunResult(findings, documents))


def check_sops(selection: workspace.Selection, settings: Settings, listener: Listener) -> Checked:
    """Read and judge the selected SOPs and their offices. Never raises for what is in the files."""
    facts = facts_of(settings)
    listener.started(len(selection.sops), say(id="Memeriksa SOP", en="Checking SOPs"))
    offices = {folder: read_office(folder, settings.root) for folder in selection.offices}
    items: list[SopInput] = []
    findings: list[Finding] = []
    for path in selection.sops:
        item = read_sop(path, _office_of(path, offices, settings.root), settings.root)
        items.append(item)
        findings += check_sop(item, facts)
        listener.advanced(item.id)
    shared, stopped = _office_findings(offices.values(), items, facts)
    findings = [*shared, *check_group(items, facts), *findings]
    return Checked(
        tuple(items),
        tuple(findings),
        stopped | blocked_documents(findings) | {item.id for item in items if item.sop is None},
        tuple(_document(item, facts) for item in items),
    )


def blocked_documents(findings: Iterable[Finding]) -> frozenset[str]:
    """Ids of the documents that any of ``findings`` stops."""
    return frozenset(finding.document for finding in findings if finding.blocks and finding.document is not None)


def stage_of(item: SopInput, facts: Facts) -> Stage:
    """The stage at which ``item`` is judged and printed."""
    return facts.stage or (item.sop.stage if item.sop is not None else Stage.DRAFT)


def _office_of(path: Path, offices: dict[Path, OfficeInput], root: Path) -> OfficeInput:
    folder = path.parent.parent
    if folder not in offices:
        offices[folder] = read_office(folder, root)
    return offices[folder]


def _office_findings(
    offices: Iterable[OfficeInput], items: Sequence[SopInput], facts: Facts
) -> tuple[list[Finding], frozenset[str]]:
    """What the readers found in office files, told once at the strictest stage, and the documents it stops."""
    told: list[Finding] = []
    stopped: set[str] = set()
    for office in offices:
        members = [item for item in items if item.office is office]
        stages = {stage_of(item, facts) for item in members} or {facts.stage or Stage.DRAFT}
        judged = {
            stage: judge(office.findings, stage=stage, policy=office.office.policy, facts=facts) for stage in stages
        }
        told += judged[max(stages, key=_STRICTNESS.index)]
        stopping = {stage for stage, findings in judged.items() if any(finding.blocks for finding in findings)}
        stopped |= {item.id for item in members if stage_of(item, facts) in stopping}
    return told, frozenset(stopped)


def _document(item: SopInput, facts: Facts) -> DocumentResult:
    duration = DurationSummary()
    title = ""
    if item.sop is not None:
        title = item.sop.title
        duration = totals(item.sop, flow_of(item.sop), item.office.office.hours)
    return DocumentResult(
        item.id, stage_of(item, facts), duration=duration, title=title, unchecked=unchecked(item, facts)
    )
