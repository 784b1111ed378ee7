"""Hari pada tanggal diawali nol.

Apa: Tanggal yang ditulis dengan kata tidak diawali nol.
Mengapa: Tanggal dalam naskah dinas ditulis "2 Januari 2023"; angka nol di depan hanya untuk tanggal berupa angka.
Salah: 02 Januari 2023
Benar: 2 Januari 2023; pada kunci `tanggal`: 2023-01-02
Sumber: Konvensi penulisan tanggal naskah dinas.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, DataPath, Severity
from pipeline.model.message import Message, say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Replacement, Rule
from pipeline.rules.prose import fixable
from pipeline.rules.written_dates import ZeroDay, in_digits, texts, zero_days


def check(sop: Sop, _ctx: Context) -> Iterator[Hit]:
    """A hit per date in words whose day begins with 0."""
    for path, text in texts(sop):
        for date in zero_days(text):
            yield Hit(
                path,
                say('Tanggal "{t}" diawali nol.', t=date.text),
                _help(path[0] == "tanggal", date.right),
                span=None if path[0] == "tanggal" else date.span,
                fixes=in_digits(sop, path) or _fixes(path, date),
            )


def _fixes(path: DataPath, date: ZeroDay) -> tuple[Replacement, ...]:
    return (Replacement(path, "", (date.span[0], date.span[0] + 1)),) if fixable(path) else ()


def _help(is_field: bool, right: str) -> Message:
    if is_field:
        return say('Tulis dengan angka (tahun-bulan-hari, misalnya 2023-01-02); tercetak "{r}".', r=right)
    return say('Tulis "{r}".', r=right)


RULE = Rule(
    code="TGL-02",
    name="tanggal-berawal-nol",
    severity=Severity.INFO,
    summary=say("Hari pada tanggal diawali nol"),
    source="Konvensi penulisan tanggal naskah dinas",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
    fixable=True,
)
