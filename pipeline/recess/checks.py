"""Checks a recess as a whole with the rules on recess data. Pure.

What is wrong with single cells is found while reading (``pipeline.readers.recess_tables``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from pipeline.model.finding import Finding
from pipeline.model.recess import RecessInput
from pipeline.recess.rules.base import Days, RecessContext, Rule, findings_of
from pipeline.recess.rules.registry import RECESS_RULES

Check = Callable[[], Iterable[Finding]]


def check_recess(item: RecessInput, days: Days, today: dt.date | None = None) -> tuple[Finding, ...]:
    """Findings of the rules on recess data on ``item``; ``days`` knows weekends and days off."""
    return tuple(finding for _, check in checks(item, days, today) for finding in check())


def checks(item: RecessInput, days: Days, today: dt.date | None = None) -> tuple[tuple[Rule, Check], ...]:
    """Every rule with what runs it on ``item``, so that one that fails does not silence the others."""
    if item.recess is None:
        return ()
    ctx = RecessContext(item, item.recess, days, today)
    return tuple((rule, _runner(rule, ctx)) for rule in RECESS_RULES if rule.check is not None)


def _runner(rule: Rule, ctx: RecessContext) -> Check:
    return lambda: findings_of(rule, ctx)
