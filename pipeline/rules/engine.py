"""Runs the rules and turns what they yield into findings: place, severity, selection, suppression, order.

``check_sop`` hands back everything known about one SOP: what its reader found (``item.findings``, judged by the
same policy, so that ``kecuali`` reaches those too) and what the rules find. Nothing else needs to be added.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache

from pipeline.model.finding import Finding, Place, Severity, Stage
from pipeline.model.flow import flow_of
from pipeline.model.inputs import OfficeInput, SopInput
from pipeline.model.office import Policy
from pipeline.model.result import EVERY_RULE
from pipeline.model.sop import Sop
from pipeline.rules import registry
from pipeline.rules.acceptances import accept, crashed_codes, own_acceptances, shared_acceptances, told_once
from pipeline.rules.actors import names_of
from pipeline.rules.base import Context, Facts, Rule
from pipeline.rules.calendar import calendar_of
from pipeline.rules.citations import parse_citation
from pipeline.rules.findings import (
    PREPARATION,
    crash_of,
    crashed,
    finding_of,
    is_of_office,
    office_place,
    place_in,
    read_findings,
)
from pipeline.rules.policy import counts, judge, policy_of, stage_of, strictest
from pipeline.rules.prose import printed
from pipeline.rules.register import own_fault, register_for
from pipeline.rules.sentences import parse
from pipeline.rules.settings import CRASH, bad_row, is_known, unknown
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
    sop = item.sop
    stage = stage_of(sop, facts)
    if sop is None:
        return _in_order(item, judge(item.findings, stage=stage, policy=policy_of(item), facts=facts))
    found = [*read_findings(item, sop), *_run_rules(item, sop, stage, facts)]
    if sop.accepted:
        silent = crashed_codes(found) | frozenset(unchecked(item, facts))
        found, used = accept(found, item, sop, facts)
        found += own_acceptances(item, sop, used, silent, facts)
    return _in_order(item, judge(found, stage=stage, policy=policy_of(item), facts=facts))


def check_group(items: Sequence[SopInput], facts: Facts) -> tuple[Finding, ...]:
    """Findings about SOPs together, office by office, and about the rule settings of the run and of its offices."""
    found = [*check_settings(facts)]
    for office, members in _by_office(items):
        found += check_office(office, strictest((stage_of(m.sop, facts) for m in members), facts), facts)
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
    everyone, first = (*others, *members), len(others)
    compared = [finding for rule in registry.RULES if rule.compare for finding in _compare(rule, everyone, first)]
    found = _accepted_together(compared, members, facts, partly=bool(others))
    stages = {member.id: stage_of(member.sop, facts) for member in members}
    stages |= {"": strictest(stages.values(), facts)}
    at = [(stage, [finding for finding in found if stages[finding.document or ""] is stage]) for stage in Stage]
    policy = policy_of(members[0])
    return tuple(finding for stage, own in at for finding in judge(own, stage=stage, policy=policy, facts=facts))


def _accepted_together(
    compared: Sequence[Finding], members: Sequence[SopInput], facts: Facts, *, partly: bool
) -> list[Finding]:
    """``compared`` without what the SOPs accept, and what is to be said of their acceptances.

    ``partly``: not all SOPs of the office were there, so that an acceptance that meets nothing may still be needed.
    """
    accepting = {member.id: member for member in members if member.sop is not None and member.sop.accepted}
    if not accepting:
        return list(compared)
    found = [finding for finding in compared if finding.document not in accepting]
    silent = frozenset(rule.code for rule in registry.RULES) if partly else crashed_codes(compared)
    for id, item in accepting.items():
        if item.sop is not None:
            kept, used = accept([each for each in compared if each.document == id], item, item.sop, facts)
            found += told_once(kept)
            found += shared_acceptances(item, item.sop, used, silent, facts)
    return found


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings of several documents by their places."""
    return tuple(sorted(findings, key=_by_place))


def unchecked(item: SopInput, facts: Facts) -> tuple[str, ...]:
    """Codes of the rules that have no say on ``item``: not selected, or not possible on what could be read of it."""
    if item.sop is None:
        return (EVERY_RULE,)
    silent = _silent(policy_of(item), stage_of(item.sop, facts), facts.select, facts.ignore)
    return tuple(dict.fromkeys((*silent, *sorted(_WHOLE_CODES)))) if item.sop.partial else silent


@lru_cache
def _silent(policy: Policy, stage: Stage, select: tuple[str, ...], ignore: tuple[str, ...]) -> tuple[str, ...]:
    """Codes of the rules without a say under these choices."""
    facts = Facts(select=select, ignore=ignore)
    rules = [(rule.code, rule.name) for rule in registry.RULES] + [(code, "") for code in registry.READERS_CODES]
    return tuple(code for code, name in rules if not counts(code, name, stage, policy, facts))


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
        prose="\n".join((sop.number.lower(), sop.purpose.lower(), printed(sop).lower)),
    )


def _run_rules(item: SopInput, sop: Sop, stage: Stage, facts: Facts) -> Iterator[Finding]:
    try:
        context = _context(item, sop, stage, facts)
    except Exception as fault:  # noqa: BLE001 - without it no rule can run, and that must be said once
        yield crash_of(PREPARATION, "-", fault, item)
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


def _compare(rule: Rule, members: Sequence[SopInput], first: int) -> list[Finding]:
    try:
        return list(_compared(rule, members, first))
    except Exception as fault:  # noqa: BLE001 - as above
        return [crash_of(rule.code, rule.name, fault, members[first])]


def _compared(rule: Rule, members: Sequence[SopInput], first: int) -> Iterator[Finding]:
    for hit in rule.compare(members) if rule.compare is not None else ():
        if hit.item >= first or is_of_office(hit.path):
            yield finding_of(rule, hit, members[hit.item], members)


def _setting_findings(codes: Iterable[str], where: str, facts: Facts) -> Iterator[Finding]:
    for code in codes:
        if not is_known(code, facts):
            yield unknown(code, Place(where), None, facts)


def _office_findings(office: OfficeInput, facts: Facts) -> Iterator[Finding]:
    policy = office.office.policy
    keyed = [(("kantor", "aturan", "pilih"), i, code) for i, code in enumerate(policy.select)]
    keyed += [(("kantor", "aturan", "abaikan"), i, code) for i, code in enumerate(policy.ignore)]
    for path, index, code in keyed:
        if not is_known(code, facts):
            yield unknown(code, office_place(office, (*path, index)), None, facts)
    for change in policy.severities:
        if not is_known(change.code, facts):
            place = office_place(office, ("kantor", "aturan", "tingkat", change.code))
            yield unknown(change.code, place, None, facts)
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
