"""Reses lebih lama daripada batas.

Apa: Satu kali reses paling lama 6 hari (kabupaten/kota) atau 8 hari (provinsi), dan selesai tidak sebelum mulai.
Mengapa: Hari di luar batas tidak dapat dipertanggungjawabkan biayanya.
Salah: mulai 2026-02-02, selesai 2026-02-10 di kabupaten (9 hari kalender, 7 hari kerja)
Benar: mulai 2026-02-02, selesai 2026-02-07 (6 hari kalender, 5 hari kerja)
Sumber: PP 12/2018 Pasal 87; hari = hari kerja menurut UU 23/2014 Pasal 1 angka 50, sedangkan praktik menghitung hari
    kalender. Kesalahan bila keduanya melampaui batas; peringatan bila hanya hari kalender, atau bila reses DPRD
    provinsi tidak lebih dari 14 hari (provinsi kepulauan). `hitungan_hari` di reses.yaml memilih salah satu.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from pipeline.model.dates import told_date
from pipeline.model.finding import Severity
from pipeline.model.message import Message, say
from pipeline.model.office import RegionKind
from pipeline.recess.rules.base import Hit, RecessContext, Rule

LIMITS = {RegionKind.PROVINCE: 8, RegionKind.REGENCY: 6, RegionKind.CITY: 6}
"""Longest recess in days, PP 12/2018 art. 87."""
_ARCHIPELAGO = 14
_ENDLESS = 400
"""A recess of more than a year is a typing error; its working days need not be counted one by one."""


def check(ctx: RecessContext) -> Iterator[Hit]:
    """One hit for a recess that is too long by either count, or ends before it begins."""
    start, end = ctx.recess.start, ctx.recess.end
    if start is None or end is None:
        return
    calendar = (end - start).days + 1
    if calendar < 1:
        yield Hit(ctx.key("selesai"), say("reses selesai sebelum mulai"), say("Periksa `mulai` dan `selesai`."))
        return
    working = _working(ctx, start, calendar)
    severity = _severity(ctx, calendar, working)
    if severity is not None:
        yield Hit(ctx.key("selesai"), _told(ctx, calendar, working), _help(ctx, start), severity)


def _working(ctx: RecessContext, start: dt.date, calendar: int) -> int:
    days = min(calendar, _ENDLESS)
    return sum(ctx.days.is_workday(start + dt.timedelta(day)) for day in range(days)) + calendar - days


def _severity(ctx: RecessContext, calendar: int, working: int) -> Severity | None:
    limit = LIMITS[ctx.office.region_kind]
    counting = ctx.recess.day_count
    counted = calendar if counting == "kalender" else working
    if counted > limit:
        islands = ctx.office.region_kind is RegionKind.PROVINCE and counted <= _ARCHIPELAGO
        return Severity.WARNING if islands else Severity.ERROR
    return Severity.WARNING if calendar > limit and not counting else None


def _told(ctx: RecessContext, calendar: int, working: int) -> Message:
    return say(
        "reses {c} hari kalender ({w} hari kerja), paling lama {limit} hari untuk {kind}",
        c=calendar,
        w=working,
        limit=LIMITS[ctx.office.region_kind],
        kind=ctx.office.region_kind.value,
    )


def _help(ctx: RecessContext, start: dt.date) -> Message:
    last = start + dt.timedelta(LIMITS[ctx.office.region_kind] - 1)
    if ctx.recess.day_count == "kalender":
        return say("Persingkat reses: paling lambat selesai {d}.", d=told_date(last))
    if ctx.recess.day_count == "kerja":
        return say("Persingkat reses; yang dihitung adalah hari kerja menurut `hitungan_hari`.")
    return say(
        "Persingkat reses (menurut hari kalender paling lambat selesai {d}), atau tetapkan `hitungan_hari: kerja` di "
        "reses.yaml bila tata tertib menghitung hari kerja.",
        d=told_date(last),
    )


RULE = Rule(
    code="RES-01",
    name="reses-terlalu-lama",
    severity=Severity.ERROR,
    about=say("Reses lebih lama dari 6 hari (kabupaten/kota) atau 8 hari (provinsi)."),
    source="PP 12/2018 Pasal 87; hari = hari kerja menurut UU 23/2014 Pasal 1 angka 50",
    doc=__doc__,
    check=check,
)
