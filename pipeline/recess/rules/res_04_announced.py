"""Agenda reses terlambat atau tidak diumumkan.

Apa: Sekretaris DPRD mengumumkan agenda reses setiap anggota paling lambat 3 hari sebelum reses mulai; tanggalnya
    ditulis di reses.yaml, kunci `pengumuman`.
Mengapa: Masyarakat harus tahu kapan dan di mana menyampaikan aspirasi.
Salah: mulai 2026-02-02, pengumuman 2026-01-31 (2 hari sebelumnya)
Benar: mulai 2026-02-02, pengumuman 2026-01-26
Sumber: PP 12/2018 Pasal 88. Hari di sini dihitung menurut kalender; bila cukup menurut kalender tetapi kurang dari 3
    hari kerja, menjadi peringatan, kecuali `hitungan_hari` diisi kalender. Tanggal yang tidak diisi juga peringatan.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from pipeline.model.dates import told_date
from pipeline.model.finding import Severity
from pipeline.model.message import say
from pipeline.recess.rules.base import Hit, RecessContext, Rule

_LEAST = 3
"""Days from the announcement to the recess."""
_KEEP = say(
    "Periksa tanggalnya. Bila benar, catat alasannya; reses berikutnya diumumkan paling lambat 3 hari sebelumnya."
)


def check(ctx: RecessContext) -> Iterator[Hit]:
    """One hit when the announcement is not stated, too late, or after the recess began."""
    announced, start = ctx.recess.announced, ctx.recess.start
    place = ctx.key("pengumuman")
    if announced is None:
        if not _told(ctx):
            yield Hit(
                place,
                say("tanggal pengumuman agenda reses belum diisi"),
                say("Isi `pengumuman` dengan tanggal agenda reses diumumkan, paling lambat 3 hari sebelum `mulai`."),
                Severity.WARNING,
            )
        return
    if start is None:
        return
    days = (start - announced).days
    if days < 1:
        yield Hit(
            place,
            say("agenda reses diumumkan {d}, padahal reses mulai {s}", d=told_date(announced), s=told_date(start)),
            _KEEP,
        )
    elif days < _LEAST:
        yield Hit(
            place,
            say("agenda reses diumumkan {n} hari sebelum reses; batasnya {least} hari", n=days, least=_LEAST),
            _KEEP,
        )
    elif ctx.recess.day_count != "kalender" and _working(ctx, announced, days) < _LEAST:
        yield Hit(
            place,
            say(
                "agenda reses diumumkan {n} hari kalender sebelum reses, tetapi kurang dari {least} hari kerja",
                n=days,
                least=_LEAST,
            ),
            say("Bila tata tertib menghitung hari kalender, tetapkan `hitungan_hari: kalender` di reses.yaml."),
            Severity.WARNING,
        )


def _told(ctx: RecessContext) -> bool:
    """Has the reader said already that the date cannot be read?"""
    stated = ctx.item.places.get(("pengumuman",))
    return stated is not None and any(finding.place == stated for finding in ctx.item.findings)


def _working(ctx: RecessContext, announced: dt.date, days: int) -> int:
    """Working days before the recess, the day of the announcement among them; counting ends where there are enough."""
    return sum(ctx.days.is_workday(announced + dt.timedelta(day)) for day in range(min(days, 30)))


RULE = Rule(
    code="RES-04",
    name="reses-tanpa-pengumuman",
    severity=Severity.ERROR,
    about=say("Agenda reses tidak diumumkan, atau kurang dari 3 hari sebelum reses."),
    source="PP 12/2018 Pasal 88",
    doc=__doc__,
    check=check,
)
