"""Every rule, by name: nothing is found by scanning, so nothing is lost or gained by accident."""

from __future__ import annotations

from functools import cache

from pipeline.rules.base import Rule

RULES: tuple[Rule, ...] = ()
FAMILIES = frozenset(rule.family for rule in RULES)
READERS_CODES = frozenset(("TGL-01",))
"""Codes of the catalogue whose findings the readers make, because the value cannot be kept when it is wrong."""


@cache
def _index() -> dict[str, Rule]:
    return {name: rule for rule in RULES for name in (rule.code.lower(), rule.name)}


def by_name(name: str) -> Rule | None:
    """The rule with this code or slug name, None when there is none."""
    return _index().get(name.strip().lower())


def nearest(name: str) -> str:
    """Code, family or slug nearest to a misspelled one, "" when none is near."""
    import difflib  # needed for a misspelled code only

    known = {**{key: key for key in _index()}, **{family.lower(): family for family in FAMILIES}}
    known |= {rule.code.lower(): rule.code for rule in RULES}
    found = difflib.get_close_matches(name.strip().lower(), known, n=1, cutoff=0.6)
    return known[found[0]] if found else ""
