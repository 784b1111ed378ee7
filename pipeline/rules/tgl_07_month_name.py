"""Nama bulan tidak baku.

Apa: Nama bulan ditulis dalam bahasa Indonesia dengan ejaan sekarang.
Mengapa: Ejaan lama, bahasa Inggris, dan salah ketik tercetak apa adanya pada naskah resmi.
Salah: 2 Pebruari 2023; 5 January 2023; Nopember
Benar: 2 Februari 2023; 5 Januari 2023; November
Sumber: Ejaan Bahasa Indonesia yang Disempurnakan; Kamus Besar Bahasa Indonesia.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import DataPath, Severity
from pipeline.model.message import Message, say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Replacement, Rule
from pipeline.rules.prose import fixable
from pipeline.rules.spelling import slips
from pipeline.rules.written_dates import MonthWord, in_digits, texts, wrong_months

_OURS = frozenset(("tanggal", "riwayat", "tujuan", "dasar_hukum"))
"""Where BHS-01 looks for no misspelled months."""


def check(sop: Sop, _ctx: Context) -> Iterator[Hit]:
    """A hit per month that is English, old or misspelled."""
    for path, text in texts(sop):
        for month in wrong_months(text):
            if path[0] not in _OURS and any(slip.start == month.span[0] for slip in slips(text)):
                continue  # BHS-01 says it
            yield Hit(
                path,
                say('Nama bulan "{w}" tidak baku.', w=month.word),
                _help(path[0] == "tanggal", month.right),
                span=None if path[0] == "tanggal" else month.span,
                fixes=in_digits(sop, path) or _fixes(path, month),
            )


def _fixes(path: DataPath, month: MonthWord) -> tuple[Replacement, ...]:
    return (Replacement(path, month.right, month.span),) if month.sure and fixable(path) else ()


def _help(is_field: bool, right: str) -> Message:
    if is_field:
        return say('Tulis dengan angka (tahun-bulan-hari, misalnya 2023-02-01); tercetak dengan "{r}".', r=right)
    return say('Tulis "{r}".', r=right)


RULE = Rule(
    code="TGL-07",
    name="nama-bulan",
    severity=Severity.WARNING,
    summary=say("Nama bulan tidak baku"),
    source="Ejaan Bahasa Indonesia yang Disempurnakan",
    doc=__doc__,
    check=check,
    fixable=True,
)
