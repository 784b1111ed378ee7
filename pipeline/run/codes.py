"""Codes of rules as given on the command line: one that nothing reports would switch every rule off unnoticed."""

from __future__ import annotations

import difflib

from pipeline.errors import UsageError
from pipeline.model.message import say
from pipeline.run.settings import Settings


def prove_codes(settings: Settings) -> None:
    """Raise UsageError for a code, family or name in ``--select`` or ``--ignore`` that no finding has."""
    if not settings.select and not settings.ignore:
        return
    names = _known()
    for option, codes in (("--select", settings.select), ("--ignore", settings.ignore)):
        for code in codes:
            if code.lower() not in names:
                raise _unknown(option, code, names)


def _known() -> dict[str, str]:
    """Every code, family and name in lower case, with the form to suggest."""
    # Only a run that names rules pays for the catalogue.
    from pipeline.rules.docs import entries
    from pipeline.run.catalogue import others

    found = {name.lower(): name for entry in entries(others()) for name in (entry.code, entry.name)}
    return {**{code[:3].lower(): code[:3] for code in found.values() if code[3:4] == "-"}, **found}


def _unknown(option: str, code: str, names: dict[str, str]) -> UsageError:
    from pipeline.rules import registry

    close = difflib.get_close_matches(code.lower(), names, n=1)
    near = registry.nearest(code) or (names[close[0]] if close else "")
    if near:
        return UsageError(
            say(
                id="{option}: aturan {code} tidak ada. Maksud Anda {near}?",
                en="{option}: there is no rule {code}. Did you mean {near}?",
                option=option,
                code=code,
                near=near,
            )
        )
    return UsageError(
        say(
            id="{option}: aturan {code} tidak ada. Daftar aturan: tertib explain.",
            en="{option}: there is no rule {code}. The rules are listed by: tertib explain.",
            option=option,
            code=code,
        )
    )
