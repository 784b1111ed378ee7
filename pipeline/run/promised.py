"""Who was to sign a PDF, and who did: the field says whose it is, the certificate who used it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.model.finding import Finding
from pipeline.model.message import say
from pipeline.run import verdicts
from pipeline.run.verdicts import finding
from pipeline.sign.reports import Field, SignatureReport

_SIGNATURE_OF = "Tanda tangan "
_SHORT = 2


def is_another(name: str, label: str) -> bool:
    """Does the field say whose it is, and that is not ``name``? Titles and degrees are written in many ways."""
    words = [word for word in re.findall(r"\w+", name.casefold()) if len(word) > _SHORT or word.isdigit()]
    known = set(re.findall(r"\w+", label.casefold()))
    if not label or not words:
        return False
    numbers = any(word.isdigit() and word not in known for word in words)
    return numbers or 2 * sum(word in known for word in words) < len(words)


def others_in(reports: Sequence[SignatureReport], fields: Sequence[Field]) -> dict[str, str]:
    """By field of a signature that somebody else made: who was to sign there, as the ``fields`` of the original say.

    A service may sign in a field of its own: then the signer must be one of those who were to sign.
    """
    labels = {field.name: field.label for field in fields if field.label}
    found = {}
    for report in reports:
        expected = [labels[report.field]] if report.field in labels else [*labels.values()]
        if report.signer and expected and all(is_another(report.signer, label) for label in expected):
            found[report.field] = "; ".join(label.removeprefix(_SIGNATURE_OF) for label in expected)
    return found


def agreed_in(reports: Sequence[SignatureReport], fields: Sequence[Field]) -> dict[str, bool | None]:
    """By field, whether whoever signed was to sign; None where the original does not say who was to."""
    others = others_in(reports, fields)
    told = any(field.label for field in fields)
    return {report.field: report.field not in others if told and report.signer else None for report in reports}


def told_others(reports: Sequence[SignatureReport], fields: Sequence[Field], told: str) -> Iterator[Finding]:
    """A warning for each signature of somebody else: a deputy may sign, so that people must judge it."""
    others = others_in(reports, fields)
    for report in reports:
        if report.field in others:
            text = say(
                "Ditandatangani {name}, sedangkan yang ditetapkan: {who}.", name=report.signer, who=others[report.field]
            )
            yield finding(verdicts.OTHER_SIGNER, told, text, _JUDGE)


_JUDGE = say(
    "Bila ia memang pengganti (Plt., Plh., atau pejabat baru), simpan surat perintahnya bersama naskah ini. Bila "
    "bukan, minta ditandatangani oleh yang ditetapkan, lalu arsipkan berkas itu."
)
