"""Dua anggota mengadakan pertemuan di tempat dan waktu yang sama.

Apa: Dua anggota tidak mengadakan pertemuan di tempat dan waktu yang sama, kecuali reses berkelompok.
Mengapa: Peserta, dokumentasi, dan biayanya akan terhitung dua kali.
Salah: A01 dan A02 di Balai Desa Contoh Mekar, 2 Februari 2026 pukul 09.00
Benar: A01 pukul 09.00, A02 pukul 13.00; atau satu pertemuan bersama yang disebut demikian
Sumber: Konvensi; reses berkelompok: PP 12/2018 Pasal 88
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Related, Severity
from pipeline.model.message import say
from pipeline.model.recess import Meeting
from pipeline.recess.rules.base import Hit, RecessContext, Rule
from pipeline.recess.rules.times import place_of, start_of


def check(ctx: RecessContext) -> Iterator[Hit]:
    """A hit for each meeting at the place and time of an earlier one of another member."""
    seen: dict[tuple[object, ...], Meeting] = {}
    for meeting in ctx.recess.meetings:
        if not (meeting.date and meeting.time and meeting.venue):
            continue
        first = seen.setdefault((meeting.date, start_of(meeting), *place_of(meeting)), meeting)
        if first.member_id != meeting.member_id:
            yield Hit(
                ctx.meeting(meeting, "tempat"),
                say("pertemuan {a} dan {b} di tempat dan waktu yang sama", a=first.id, b=meeting.id),
                say("Periksa waktu dan tempatnya; bila reses berkelompok, abaikan temuan ini."),
                related=(Related(ctx.place(ctx.meeting(first, "tempat")), say("pertemuan pertama")),),
            )


RULE = Rule(
    code="RES-10",
    name="tempat-dan-waktu-sama",
    severity=Severity.WARNING,
    about=say("Dua anggota mengadakan pertemuan di tempat dan waktu yang sama."),
    source="konvensi; reses berkelompok: PP 12/2018 Pasal 88",
    doc=__doc__,
    check=check,
)
