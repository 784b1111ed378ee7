"""Tanggal Efektif jatuh pada hari libur.

Apa: Tanggal Efektif adalah hari kerja.
Mengapa: SOP ditandatangani pada hari kerja; tanggal pada hari libur biasanya salah ketik.
Salah: efektif 1 Januari 2023 (Minggu, Tahun Baru)
Benar: efektif 2 Januari 2023 (Senin)
Sumber: konvensi; hari kerja menurut Perpres 21/2023, hari libur nasional dan cuti bersama menurut SKB tiga menteri.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.dates import told_date, told_weekday
from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit when the effective date is a weekend or a day off."""
    day = sop.effective
    if day is None:
        return
    weekend, holiday = ctx.calendar.weekend(day), ctx.calendar.holiday(day)
    if not weekend and holiday is None:
        return
    yield Hit(
        ("tanggal", "efektif"),
        say(
            "Tanggal Efektif {d} bukan hari kerja ({why}).",
            d=told_date(day),
            why=holiday.name if holiday else told_weekday(day),
        ),
        say(
            "Periksa tanggalnya; hari kerja berikutnya {next}. Bila kantor bekerja pada hari itu, tulis di "
            "hari-libur.csv dengan jenis kerja.",
            next=told_date(ctx.calendar.later(day, 0)),
        ),
    )


RULE = Rule(
    code="TGL-04",
    name="efektif-hari-libur",
    severity=Severity.WARNING,
    summary=say("Tanggal Efektif jatuh pada hari libur"),
    source="Perpres 21/2023; SKB hari libur nasional dan cuti bersama",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
)
