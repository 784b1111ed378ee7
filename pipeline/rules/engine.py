"""Runs the rules and turns what they yield into findings: place, severity, selection, suppression, order.

``check_sop`` hands back everything known about one SOP: what its reader found (``item.findings``, judged by the
same policy, so that ``kecuali`` reaches those too) and what the rules find. Nothing else needs to be added.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.model.finding import Finding, Place, Severity, Stage
from pipeline.model.fingerprint import subject_of, told_apart
from pipeline.model.flow import flow_of
from pipeline.model.inputs import OfficeInput, SopInput
from pipeline.model.office import Policy
from pipeline.model.result import EVERY_RULE
from pipeline.model.sop import Acceptance, Sop
from pipeline.rules import registry
from pipeline.rules.actors import names_of
from pipeline.rules.base import Context, Facts, Rule
from pipeline.rules.calendar import calendar_of
from pipeline.rules.citations import parse_citation
from pipeline.rules.findings import crash_of, crashed, finding_of, is_of_office, office_place, place_in, read_findings
from pipeline.rules.register import own_fault, register_for
from pipeline.rules.sentences import parse
from pipeline.rules.settings import CRASH, ENGINE_CODES, applied, bad_row, expired, is_known, unknown, unused
from pipeline.rules.shapes import is_about_recess, is_narrative
from pipeline.rules.topics import topic_of

__all__ = [
    "CRASH",
    "Facts",
    "check_group",
    "check_office",
    "check_settings",
    "check_sop",
    "check_together",
    "crashed",
    "in_order",
    "judge",
    "strictest",
    "unchecked",
]

_ABOUT_CHECKING = frozenset(("INT", "ATR"))
"""Families that selection never hides: they say that checking itself is not as the person thinks."""
_EMPTY_CODES = frozenset(("IDN-01", "PLK-01", "MUT-02"))
"""Rules that report something empty."""
_WHOLE_CODES = frozenset(
    (
        "ALR-01",
        "ALR-03",
        "ALR-04",
        "ALR-08",
        "ALR-09",
        "ALR-12",
        "DUR-05",
        "DUR-06",
        "DUR-07",
        "DUR-11",
        "KEG-07",
        "MUT-04",
        "NAR-01",
        "PLK-02",
        "PLK-09",
        "PLK-13",
        "RES-02",
        "RES-04",
        "RES-06",
        "RES-15",
    )
)
"""Rules that judge the steps together: they have nothing to say when rows could not be read."""


def check_sop(item: SopInput, facts: Facts) -> tuple[Finding, ...]:
    """All findings of one SOP, judged and in the order of their places. Never raises: a crash is a finding."""
    if item.sop is None:
        return _in_order(item, judge(item.findings, stage=_stage(None, facts), policy=_policy(item), facts=facts))
    sop = item.sop
    stage = _stage(sop, facts)
    found = [*read_findings(item, sop), *_run_rules(item, sop, stage, facts)]
    kept, used = _accept(found, item, sop, facts)
    kept += _acceptance_findings(item, sop, used, facts)
    return _in_order(item, judge(kept, stage=stage, policy=_policy(item), facts=facts))


def check_group(items: Sequence[SopInput], facts: Facts) -> tuple[Finding, ...]:
    """Findings about SOPs together, office by office, and about the rule settings of the run and of its offices."""
    found = [*check_settings(facts)]
    for office, members in _by_office(items):
        found += check_office(office, strictest((_stage(m.sop, facts) for m in members), facts), facts)
        found += check_together(members, facts)
    return in_order(found)


def check_settings(facts: Facts) -> tuple[Finding, ...]:
    """Findings about the rules chosen for the run."""
    return (*_setting_findings(facts.select, "--select", facts), *_setting_findings(facts.ignore, "--ignore", facts))


def check_office(office: OfficeInput, stage: Stage, facts: Facts) -> tuple[Finding, ...]:
    """Findings about the policy and the register of an office, judged at ``stage``."""
    return judge(_office_findings(office, facts), stage=stage, policy=office.office.policy, facts=facts)


def check_together(members: Sequence[SopInput], facts: Facts, others: Sequence[SopInput] = ()) -> tuple[Finding, ...]:
    """Findings about SOPs of one office together. Asks for ``places`` of a member only where something is found.

    ``others`` are SOPs of the office that are not to be checked: what is found is compared with them, and nothing is
    said of them.
    """
    if not members:
        return ()
    everyone, own = (*others, *members), len(others)
    compared = [finding for rule in registry.RULES if rule.compare for finding in _compare(rule, everyone, own, facts)]
    stage = strictest((_stage(m.sop, facts) for m in members), facts)
    return judge(_told_once(compared), stage=stage, policy=_policy(members[0]), facts=facts)


def strictest(stages: Iterable[Stage], facts: Facts) -> Stage:
    """The stage at which what concerns several SOPs is judged; that of the run when there are none."""
    return max(stages, key=_STAGE_ORDER.index, default=facts.stage or Stage.DRAFT)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings of several documents by their places."""
    return tuple(sorted(findings, key=_by_place))


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
        severity = _severity(finding, stage, policy)
        family = finding.code[:3]
        protected = family in _ABOUT_CHECKING or (family == "MSK" and finding.severity is Severity.ERROR)
        if protected or _selected(finding.code, finding.name, policy, facts):
            blocks = _blocks(severity, stage, strict=facts.strict)
            judged.append(replace(finding, severity=severity, blocks=blocks))
    return tuple(judged)


def unchecked(item: SopInput, facts: Facts) -> tuple[str, ...]:
    """Codes of the rules that have no say on ``item``: not selected, or not possible on what could be read of it."""
    if item.sop is None:
        return (EVERY_RULE,)
    rules = [(rule.code, rule.name) for rule in registry.RULES] + [(code, "") for code in registry.READERS_CODES]
    return tuple(
        code
        for code, name in rules
        if not _selected(code, name, _policy(item), facts) or (item.sop.partial and code in _WHOLE_CODES)
    )


_STAGE_ORDER = (Stage.DRAFT, Stage.REVIEW, Stage.FINAL)


def _stage(sop: Sop | None, facts: Facts) -> Stage:
    return facts.stage or (sop.stage if sop is not None else Stage.DRAFT)


def _policy(item: SopInput) -> Policy:
    return item.office.office.policy


def _blocks(severity: Severity, stage: Stage, *, strict: bool) -> bool:
    if stage is Stage.DRAFT:
        return False
    return severity is Severity.ERROR or (strict and severity is Severity.WARNING)


def _severity(finding: Finding, stage: Stage, policy: Policy) -> Severity:
    """The last change for every stage, or for this one, wins; one for this stage goes before one for every stage."""
    chosen = finding.severity
    for wanted in (None, stage):
        for change in policy.severities:
            if change.stage is wanted and _names(change.code, finding.code, finding.name):
                chosen = change.severity
    return chosen


def _names(wanted: str, code: str, name: str) -> bool:
    wanted = wanted.strip()
    return wanted.upper() in (code, code[:3]) or wanted.lower() == name


def _selected(code: str, name: str, policy: Policy, facts: Facts) -> bool:
    """The command line's choice replaces the office's; what either ignores is ignored."""
    chosen = facts.select or policy.select
    if chosen and not any(_names(wanted, code, name) for wanted in chosen):
        return False
    return not any(_names(wanted, code, name) for wanted in (*facts.ignore, *policy.ignore))


def _context(item: SopInput, sop: Sop, stage: Stage, facts: Facts) -> Context:
    office = item.office.office
    sentences = tuple(parse(step.activity) for step in sop.steps)
    return Context(
        office=office,
        facts=facts,
        register=register_for(office.regulations, office.region),
        calendar=calendar_of(office),
        stage=stage,
        day=facts.as_of or sop.date or facts.today,
        flow=flow_of(sop),
        names=names_of(office.positions, sop.actors, office.region),
        sentences=sentences,
        citations=tuple(parse_citation(text) for text in sop.legal_basis),
        topic=topic_of(sop.title),
        narrative=is_narrative(sop),
        recess=is_about_recess(sop),
    )


def _run_rules(item: SopInput, sop: Sop, stage: Stage, facts: Facts) -> Iterator[Finding]:
    try:
        context = _context(item, sop, stage, facts)
    except Exception as fault:  # noqa: BLE001 - without it no rule can run, and that must be said once
        yield crash_of("persiapan", "-", fault, item)
        return
    unreadable = {finding.place for finding in item.findings if finding.severity is Severity.ERROR}
    for rule in registry.RULES:
        if rule.check is None or (sop.partial and rule.code in _WHOLE_CODES):
            continue
        try:
            found = list(_hits(rule, item, sop, context, unreadable))
        except Exception as fault:  # noqa: BLE001 - one broken rule must not silence the others
            found = [crash_of(rule.code, rule.name, fault, item)]
        yield from found


def _hits(
    rule: Rule, item: SopInput, sop: Sop, context: Context, unreadable: Collection[Place | None]
) -> Iterator[Finding]:
    for hit in rule.check(sop, context) if rule.check is not None else ():
        # What could not be read is empty to the rules; its reader has said why.
        if rule.code in _EMPTY_CODES and item.places.get(hit.path) in unreadable:
            continue
        yield finding_of(rule, hit, item, (item,))


def _compare(rule: Rule, members: Sequence[SopInput], first: int, facts: Facts) -> list[Finding]:
    try:
        return list(_compared(rule, members, first, facts))
    except Exception as fault:  # noqa: BLE001 - as above
        return [crash_of(rule.code, rule.name, fault, members[first])]


def _compared(rule: Rule, members: Sequence[SopInput], first: int, facts: Facts) -> Iterator[Finding]:
    for hit in rule.compare(members) if rule.compare is not None else ():
        if hit.item < first and not is_of_office(hit.path):
            continue
        item = members[hit.item]
        found = [finding_of(rule, hit, item, members)]
        own = item.sop is not None and not is_of_office(hit.path)
        yield from _accept(found, item, item.sop, facts)[0] if own and item.sop is not None else found


def _accept(found: list[Finding], item: SopInput, sop: Sop, facts: Facts) -> tuple[list[Finding], set[int]]:
    """Findings left after the acceptances still running, and the indexes of those that met a finding.

    Every acceptance that hides a finding becomes one itself. A fault that stops reading, or a crash, cannot be
    accepted away.
    """
    used: set[int] = set()
    hidden: dict[int, list[Finding]] = {}
    kept = []
    for finding in found:
        meant = [i for i, a in enumerate(sop.accepted) if _accepts(a, finding)]
        used.update(meant)
        protected = finding.blocks or finding.code in ENGINE_CODES
        running = [i for i in meant if sop.accepted[i].until >= facts.today]
        if protected or not running:
            kept.append(finding)
        else:
            for i in running:
                hidden.setdefault(i, []).append(finding)
    kept += [_applied(item, sop, i, tuple(hidden[i])) for i in sorted(hidden)]
    return kept, used


def _applied(item: SopInput, sop: Sop, index: int, accepted: tuple[Finding, ...]) -> Finding:
    path = ("kecuali", index)
    told = applied(sop.accepted[index], place_in(item, path), item.id)
    return replace(told, accepts=accepted, path=path, subject=subject_of(sop, path))


def _told_once(findings: Iterable[Finding]) -> list[Finding]:
    """One acceptance may meet several findings of a rule: it is told once, with all that it accepts."""
    told: dict[Finding, tuple[Finding, ...]] = {}
    for finding in findings:
        bare = replace(finding, accepts=())
        told[bare] = (*told.get(bare, ()), *finding.accepts)
    return [replace(finding, accepts=accepts) for finding, accepts in told.items()]


def _accepts(acceptance: Acceptance, finding: Finding) -> bool:
    wanted = acceptance.code.strip()
    return wanted.upper() == finding.code or wanted.lower() == finding.name


def _acceptance_findings(item: SopInput, sop: Sop, used: set[int], facts: Facts) -> Iterator[Finding]:
    group = {name for rule in registry.RULES if rule.compare for name in (rule.code, rule.name)}
    for index, acceptance in enumerate(sop.accepted):
        place = place_in(item, ("kecuali", index))
        if not is_known(acceptance.code, facts):
            yield unknown(acceptance.code, place, item.id)
        elif acceptance.until < facts.today:
            if index in used:
                yield expired(acceptance, place, item.id)
            else:
                yield unused(acceptance, place, item.id)
        elif index not in used and _can_meet(acceptance.code, group, item, facts):
            yield unused(acceptance, place, item.id)


def _can_meet(code: str, group: set[str], item: SopInput, facts: Facts) -> bool:
    """Would a finding of ``code`` have been seen in this run, so that an acceptance without one is left over?"""
    rule = registry.by_name(code)
    if rule is None or rule.code in group:
        return False
    return _selected(rule.code, rule.name, _policy(item), facts)


def _setting_findings(codes: Iterable[str], where: str, facts: Facts) -> Iterator[Finding]:
    for code in codes:
        if not is_known(code, facts):
            yield unknown(code, Place(where), None)


def _office_findings(office: OfficeInput, facts: Facts) -> Iterator[Finding]:
    policy = office.office.policy
    keyed = [(("kantor", "aturan", "pilih"), i, code) for i, code in enumerate(policy.select)]
    keyed += [(("kantor", "aturan", "abaikan"), i, code) for i, code in enumerate(policy.ignore)]
    for path, index, code in keyed:
        if not is_known(code, facts):
            yield unknown(code, office_place(office, (*path, index)), None)
    for change in policy.severities:
        if not is_known(change.code, facts):
            yield unknown(change.code, office_place(office, ("kantor", "aturan", "tingkat", change.code)), None)
    for row, own in enumerate(office.office.regulations):
        column = own_fault(own)
        if column is not None:
            yield bad_row(column, office_place(office, ("regulasi", row, column)))


def _by_office(items: Sequence[SopInput]) -> list[tuple[OfficeInput, list[SopInput]]]:
    groups: dict[str, tuple[OfficeInput, list[SopInput]]] = {}
    for item in items:
        groups.setdefault(item.office.office.folder.as_posix(), (item.office, []))[1].append(item)
    return list(groups.values())


def _in_order(item: SopInput, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """By place: the SOP's own file first, then its step table, each from the top."""
    first = place_in(item, ()).file
    return tuple(sorted(findings, key=lambda f: (f.place.file != first, *_by_place(f))))


def _by_place(finding: Finding) -> tuple[str, str, int, int, str]:
    place = finding.place
    return (place.file, place.sheet or "", place.line or 0, place.column or 0, finding.code)
