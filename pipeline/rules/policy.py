"""What an office and a run make of findings: which rules count, how severe they are, and what blocks.

Order of precedence: what cannot be read at all and crashes always count. ``--select`` replaces ``pilih``; what
``--ignore`` or ``abaikan`` names is left out whatever is selected. Of ``tingkat`` the line for the stage goes before
the line for every stage; of several that name the same rule (by code, family or name) the last one counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from pipeline.model.finding import Finding, Severity, Stage
from pipeline.model.fingerprint import told_apart
from pipeline.model.inputs import SopInput
from pipeline.model.office import Policy
from pipeline.model.sop import Sop
from pipeline.rules.base import Facts
from pipeline.rules.settings import CRASH

_ABOUT_CHECKING: Final = frozenset(("INT", "ATR"))
"""Families that no choice hides: they say that checking itself is not as the person thinks."""
_STAGE_ORDER: Final = (Stage.DRAFT, Stage.REVIEW, Stage.FINAL)


def judge(findings: Iterable[Finding], *, stage: Stage, policy: Policy, facts: Facts) -> tuple[Finding, ...]:
    """Apply severities of the office, selection and blocking to findings, whoever made them.

    A finding that already blocks (an input that cannot be read at all, a crash) stays as it is. ``findings`` are all
    there are of a document (or of an office): those of equal content are numbered here, before selection.
    """
    judged = []
    for finding in told_apart(findings):
        if finding.blocks or finding.code == CRASH:
            judged.append(replace(finding, blocks=True, fatal=True))
            continue
        severity = _severity(finding.severity, finding.code, finding.name, stage, policy)
        if is_protected(finding):
            severity = severity or finding.severity
        elif not is_selected(finding.code, finding.name, policy, facts):
            continue
        if severity is not None:
            blocks = _blocks(severity, stage, strict=facts.strict)
            same = severity is finding.severity and not blocks
            judged.append(finding if same else replace(finding, severity=severity, blocks=blocks))
    return tuple(judged)


def is_protected(finding: Finding) -> bool:
    """Is this a finding that may be raised or lowered, but neither left out nor switched off?"""
    family = finding.code[:3]
    return family in _ABOUT_CHECKING or (family == "MSK" and finding.severity is Severity.ERROR)


def counts(code: str, name: str, stage: Stage, policy: Policy, facts: Facts) -> bool:
    """Does a rule have a say at this stage: is it selected and not switched off?"""
    return is_selected(code, name, policy, facts) and _severity(Severity.INFO, code, name, stage, policy) is not None


def is_selected(code: str, name: str, policy: Policy, facts: Facts) -> bool:
    """The command line's choice replaces the office's; what either ignores is ignored."""
    chosen = facts.select or policy.select
    if chosen and not any(_names(wanted, code, name) for wanted in chosen):
        return False
    return not any(_names(wanted, code, name) for wanted in (*facts.ignore, *policy.ignore))


def stage_of(sop: Sop | None, facts: Facts) -> Stage:
    """The stage at which an SOP is judged."""
    return facts.stage or (sop.stage if sop is not None else Stage.DRAFT)


def strictest(stages: Iterable[Stage], facts: Facts) -> Stage:
    """The stage at which what concerns several SOPs is judged; that of the run when there are none."""
    return max(stages, key=_STAGE_ORDER.index, default=facts.stage or Stage.DRAFT)


def policy_of(item: SopInput) -> Policy:
    """The policy of an SOP's office."""
    return item.office.office.policy


def _blocks(severity: Severity, stage: Stage, *, strict: bool) -> bool:
    if stage is Stage.DRAFT:
        return False
    return severity is Severity.ERROR or (strict and severity is Severity.WARNING)


def _severity(given: Severity, code: str, name: str, stage: Stage, policy: Policy) -> Severity | None:
    """The severity of a finding of this rule at this stage; None where the rule is off (``mati``)."""
    chosen: Severity | None = given
    for wanted in (None, stage):
        for change in policy.severities:
            if change.stage is wanted and _names(change.code, code, name):
                chosen = change.severity
    return chosen


def _names(wanted: str, code: str, name: str) -> bool:
    wanted = wanted.strip()
    return wanted.upper() in (code, code[:3]) or wanted.lower() == name
