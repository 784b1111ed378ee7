"""Reading and judging recess folders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.model.finding import Finding, Stage
from pipeline.model.inputs import OfficeInput
from pipeline.model.message import Message, say
from pipeline.model.recess import Recess, RecessInput
from pipeline.model.result import DocumentResult
from pipeline.readers import workspace
from pipeline.recess.subjects import with_subjects
from pipeline.recess.thinning import thinned
from pipeline.rules.calendar import calendar_of
from pipeline.rules.engine import Facts, judge
from pipeline.run.baseline import Screen
from pipeline.run.check import facts_of
from pipeline.run.events import Listener
from pipeline.run.recess_history import with_history
from pipeline.run.recess_safely import safe_checks, safe_recess
from pipeline.run.safely import safe_office
from pipeline.run.settings import Settings

PERSONAL_CODE = "ASP-04"
_ROMAN = {1: "I", 2: "II", 3: "III"}


@dataclass(frozen=True, slots=True)
class CheckedRecesses:
    """Recesses as read and judged. ``blocked`` holds the ids of those that may not be made, ``notes`` what else there
    is to tell."""

    items: tuple[RecessInput, ...]
    findings: tuple[Finding, ...]
    blocked: frozenset[str]
    documents: tuple[DocumentResult, ...]
    notes: tuple[Message, ...] = ()


def check_recesses(folders: Sequence[Path], settings: Settings, listener: Listener, screen: Screen) -> CheckedRecesses:
    """Read and judge recess folders. Never raises for what is in the files."""
    facts = facts_of(settings)
    listener.started(len(folders), say("Memeriksa reses"))
    offices: dict[Path, OfficeInput] = {}
    read: list[RecessInput] = []
    for folder in folders:
        place = workspace.office_of(folder)
        if place not in offices:
            offices[place] = safe_office(place, settings.root)
        read.append(_staged(safe_recess(folder, offices[place], settings.root), facts))
    informed = with_history(read, settings.root)
    findings: list[Finding] = []
    blocked: set[str] = set()
    for item in informed.items:
        judged = tuple(_let_go(finding, settings) for finding in screen.sift(_judged(item, facts)))
        findings += judged
        if item.recess is None or any(finding.blocks for finding in judged):
            blocked.add(item.id)
        screen.saw_office(item.office, settings.root, [item.id], whole=False)
        listener.advanced(item.id)
    return CheckedRecesses(
        informed.items,
        tuple(findings),
        frozenset(blocked),
        tuple(DocumentResult(item.id, stage_of(item), title=title_of(item)) for item in informed.items),
        informed.notes,
    )


def _let_go(finding: Finding, settings: Settings) -> Finding:
    """Personal data does not stop the edition for the public: it is taken out there, and that is proved."""
    return replace(finding, blocks=False) if settings.public and finding.code == PERSONAL_CODE else finding


def with_offices(checked: CheckedRecesses, facts: Facts, screen: Screen) -> CheckedRecesses:
    """``checked`` with what is wrong in the files of the offices, which ``check`` tells beside the SOPs."""
    told: dict[Finding, None] = {}
    stopped: set[str] = set()
    for item in checked.items:
        office = item.office
        judged = screen.sift(judge(office.findings, stage=stage_of(item), policy=office.office.policy, facts=facts))
        told |= dict.fromkeys(judged)
        if any(finding.blocks for finding in judged):
            stopped.add(item.id)
    return replace(checked, findings=(*told, *checked.findings), blocked=checked.blocked | stopped)


def _staged(item: RecessInput, facts: Facts) -> RecessInput:
    """``item`` at the stage of the run, when the run has one."""
    if item.recess is None or facts.stage is None:
        return item
    return replace(item, recess=replace(item.recess, stage=facts.stage))


def stage_of(item: RecessInput) -> Stage:
    """The stage of the recess; a draft when it cannot be read."""
    return item.recess.stage if item.recess is not None else Stage.DRAFT


def title_of(item: RecessInput) -> str:
    """What the documents of the recess are called together, "" when it cannot be read."""
    return recess_title(item.recess) if item.recess is not None else ""


def _judged(item: RecessInput, facts: Facts) -> tuple[Finding, ...]:
    office = item.office.office
    calendar = calendar_of(office)
    found = with_subjects(item, (*thinned(item.findings), *safe_checks(item, calendar, facts.today)))
    return judge(found, stage=stage_of(item), policy=office.policy, facts=facts)


def recess_title(recess: Recess) -> str:
    """ "Rekapitulasi Hasil Reses Masa I Tahun 2026"."""
    session = f" Masa {_ROMAN[recess.session]}" if recess.session in _ROMAN else ""
    year = f" Tahun {recess.year}" if recess.year else ""
    return f"Rekapitulasi Hasil Reses{session}{year}"


def recess_number(recess: Recess) -> str:
    """A recess has no number of its own; sitting and year tell it from the others in the index of the archive."""
    return f"Masa {_ROMAN[recess.session]}/{recess.year}" if recess.session in _ROMAN and recess.year else ""
