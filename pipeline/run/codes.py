"""Codes of rules as given on the command line: one that nothing reports would switch every rule off unnoticed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache

from pipeline.errors import UsageError
from pipeline.model.message import say
from pipeline.run.settings import Settings


class Names(Collection[str]):
    """Every code, family and name that a finding can have, in lower case. Only a run that names rules pays for them."""

    def __contains__(self, name: object) -> bool:
        return name in _names()

    def __iter__(self) -> Iterator[str]:
        return iter(_names())

    def __len__(self) -> int:
        return len(_names())


def prove_codes(settings: Settings) -> None:
    """Raise UsageError for a code, family or name in ``--select`` or ``--ignore`` that no finding has."""
    names = Names()
    for option, codes in (("--select", settings.select), ("--ignore", settings.ignore)):
        for code in codes:
            if code.lower() not in names:
                raise _unknown(option, code, names)


@cache
def _names() -> frozenset[str]:
    from pipeline.rules.docs import entries
    from pipeline.run.catalogue import others

    every = entries(others())
    codes = [entry.code.lower() for entry in every]
    return frozenset((*codes, *(code[:3] for code in codes), *(entry.name for entry in every)))


def _unknown(option: str, code: str, names: Collection[str]) -> UsageError:
    from pipeline.rules import absent, registry

    why = absent.reason(code)
    if why is not None:
        return UsageError(say("{option}: {why}", option=option, why=why))
    near = registry.nearest(code, names)
    if near:
        return UsageError(
            say("{option}: aturan {code} tidak ada. Maksud Anda {near}?", option=option, code=code, near=near)
        )
    return UsageError(
        say("{option}: aturan {code} tidak ada. Daftar aturan: tertib explain.", option=option, code=code)
    )
