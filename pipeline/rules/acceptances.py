"""Findings that an SOP accepts (``kecuali``): which are hidden, and what is to be said of the acceptances."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.model.finding import DataPath, Finding
from pipeline.model.fingerprint import subject_of
from pipeline.model.inputs import SopInput
from pipeline.model.sop import Acceptance, Sop
from pipeline.rules import registry
from pipeline.rules.base import Facts
from pipeline.rules.findings import PREPARATION, place_in
from pipeline.rules.policy import counts, policy_of, stage_of
from pipeline.rules.settings import (
    CRASH,
    ENGINE_CODES,
    always_counts,
    applied,
    expired,
    family_accepted,
    is_family,
    is_known,
    unknown,
    unused,
)


def accept(found: Iterable[Finding], item: SopInput, sop: Sop, facts: Facts) -> tuple[list[Finding], frozenset[int]]:
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
    return kept, frozenset(used)


def told_once(findings: Iterable[Finding]) -> list[Finding]:
    """One acceptance may meet several findings of a rule: it is told once, with all that it accepts."""
    told: dict[Finding, tuple[Finding, ...]] = {}
    for finding in findings:
        bare = replace(finding, accepts=())
        told[bare] = (*told.get(bare, ()), *finding.accepts)
    return [replace(finding, accepts=accepts) for finding, accepts in told.items()]


def own_acceptances(
    item: SopInput, sop: Sop, used: Collection[int], silent: Collection[str], facts: Facts
) -> Iterator[Finding]:
    """What is to be said of the acceptances of one SOP, but for those of rules on several SOPs.

    ``silent`` are the codes of rules that had no say on it, so that meeting nothing tells nothing.
    """
    for index, acceptance in enumerate(sop.accepted):
        rule = registry.by_name(acceptance.code)
        place = place_in(item, ("kecuali", index))
        if is_family(acceptance.code):
            yield family_accepted(acceptance.code, place, item.id)
        elif not is_known(acceptance.code, facts):
            yield unknown(acceptance.code, place, item.id, facts)
        elif acceptance.code.strip().upper() in ENGINE_CODES:
            yield always_counts(acceptance.code, place, item.id)
        elif rule is None or rule.compare is None:
            code = rule.code if rule is not None else ""
            meets_here = rule is not None or _is_of_reader(acceptance.code)
            yield from _left(item, index, acceptance, index in used, meets_here and code not in silent, facts)


def shared_acceptances(
    item: SopInput, sop: Sop, used: Collection[int], silent: Collection[str], facts: Facts
) -> Iterator[Finding]:
    """The same of the acceptances of rules on several SOPs."""
    for index, acceptance in enumerate(sop.accepted):
        rule = registry.by_name(acceptance.code)
        if rule is not None and rule.compare is not None:
            seen = rule.code not in silent and counts(
                rule.code, rule.name, stage_of(sop, facts), policy_of(item), facts
            )
            yield from _left(item, index, acceptance, index in used, seen, facts)


def crashed_codes(findings: Sequence[Finding]) -> frozenset[str]:
    """Codes of the rules that crashed: they found nothing because they broke."""
    crashed = frozenset(finding.subject for finding in findings if finding.code == CRASH)
    return frozenset(rule.code for rule in registry.RULES) if PREPARATION in crashed else crashed


def _left(
    item: SopInput, index: int, acceptance: Acceptance, is_used: bool, seen: bool, facts: Facts
) -> Iterator[Finding]:
    """An acceptance past its date, or one that meets nothing though its rule had a say (``seen``)."""
    place = place_in(item, ("kecuali", index))
    if not is_used and (seen or acceptance.until < facts.today):
        yield unused(acceptance, place, item.id)
    elif is_used and acceptance.until < facts.today:
        yield expired(acceptance, place, item.id)


def _is_of_reader(code: str) -> bool:
    upper = code.strip().upper()
    return upper.startswith("MSK-") or upper in registry.READERS_CODES


def _applied(item: SopInput, sop: Sop, index: int, accepted: tuple[Finding, ...]) -> Finding:
    path = ("kecuali", index)
    told = applied(sop.accepted[index], place_in(item, path), item.id)
    return replace(told, accepts=accepted, path=path, subject=subject_of(sop, path))


def _accepts(acceptance: Acceptance, finding: Finding) -> bool:
    wanted = acceptance.code.strip()
    is_meant = wanted.upper() == finding.code or wanted.lower() == finding.name
    return is_meant and _is_there(acceptance.where, finding.path, finding.step)


def _is_there(where: Sequence[str | int], path: DataPath, step: int | None) -> bool:
    """Is the place within ``where``? Steps go by their stated numbers, items of lists are counted from 1."""
    for before, part in zip(("", *where), where, strict=False):
        if isinstance(part, str):
            if part not in path:
                return False
        elif before == "langkah":
            if part != step:
                return False
        elif (before, part - 1) not in pairwise(path):
            return False
    return True
