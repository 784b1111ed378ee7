"""Jadwal pertemuan tidak cocok dengan jadwal reses.

Apa: Pertemuan diadakan di dalam masa reses, tidak pada hari rapat paripurna, dan satu anggota tidak berada di dua
    tempat pada waktu yang sama. Pertemuan pada hari libur nasional atau cuti bersama diberi catatan.
Mengapa: Kegiatan di luar jadwal yang ditetapkan Pimpinan DPRD bukan reses, dan biayanya tidak dapat
    dipertanggungjawabkan.
Salah: Reses 2 sampai 7 Februari 2026, pertemuan tanggal 2025-02-03; dua pertemuan A01 pada 3 Februari pukul 09.00
Benar: Pertemuan tanggal 2026-02-03; pertemuan kedua pukul 13.00
Sumber: PP 12/2018 Pasal 87; jadwal reses yang ditetapkan Pimpinan DPRD. Hari libur menurut SKB 3 Menteri dan
    hari-libur.csv hanya catatan; Sabtu dan Minggu hanya dicatat bila `hitungan_hari` diisi kerja.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from pipeline.model.dates import told_date, told_weekday
from pipeline.model.finding import Confidence, Related, Severity
from pipeline.model.message import Message, say, verbatim
from pipeline.model.recess import Meeting
from pipeline.recess.rules.base import Hit, RecessContext, Rule
from pipeline.recess.rules.times import has_clock, place_of, start_of

_FOUR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_SHOWN = 5
"""Other meetings that are named where one finding stands for several."""


def check(ctx: RecessContext) -> Iterator[Hit]:
    """Hits on the year in the titles, on single meetings, on plenaries and holidays, and on meetings at one time."""
    yield from _year(ctx)
    yield from _outside(ctx)
    by_day: dict[dt.date, list[Meeting]] = {}
    for meeting in ctx.recess.meetings:
        if meeting.date is not None:
            by_day.setdefault(meeting.date, []).append(meeting)
    yield from _plenaries(ctx, by_day)
    yield from _days_off(ctx, by_day)
    yield from _at_once(ctx)


def _year(ctx: RecessContext) -> Iterator[Hit]:
    """``tahun`` is printed in the title of every report: a year, and that of the recess."""
    text, start, end = ctx.recess.year.strip(), ctx.recess.start, ctx.recess.end
    years = {int(number) for number in _FOUR.findall(text)}
    if text and not years:
        yield Hit(
            ctx.key("tahun"),
            say("`tahun` berisi `{y}`, yang bukan tahun", y=text),
            say("Tulis dengan empat angka, misalnya 2026, atau tahun sidang, misalnya 2025/2026."),
        )
    elif text and start is not None and end is not None and years.isdisjoint((start.year, end.year)):
        yield Hit(
            ctx.key("tahun"),
            say("`tahun` {y}, sedangkan reses {a} – {b}", y=text, a=told_date(start), b=told_date(end)),
            say(
                "Perbaiki `tahun`, atau `mulai` dan `selesai`. Bila yang dimaksud tahun sidang, tulis misalnya "
                "2025/2026: begitulah tercetak pada judul setiap laporan."
            ),
            confidence=Confidence.MEDIUM,
        )


def _outside(ctx: RecessContext) -> Iterator[Hit]:
    start, end = ctx.recess.start, ctx.recess.end
    if start is None or end is None or end < start:
        return
    for meeting in ctx.recess.meetings:
        if meeting.date is not None and not start <= meeting.date <= end:
            yield Hit(
                ctx.meeting(meeting, "tanggal"),
                say(
                    "pertemuan {m} tanggal {d} di luar masa reses ({a} – {b})",
                    m=meeting.id,
                    d=told_date(meeting.date),
                    a=told_date(start),
                    b=told_date(end),
                ),
                _meant(meeting.date, start, end),
            )


def _meant(day: dt.date, start: dt.date, end: dt.date) -> Message:
    """What to do, with the date that was meant where one slip explains it."""
    for year in {start.year, end.year}:
        other = _date(year, day.month, day.day)
        if other is not None and start <= other <= end:
            return say("Hanya tahunnya yang lain: maksudnya {d}?", d=told_date(other))
    swapped = _date(day.year, day.day, day.month)
    if swapped is not None and start <= swapped <= end:
        return say("Tanggal dan bulannya tertukar: maksudnya {d}?", d=told_date(swapped))
    return say("Perbaiki tanggalnya, atau `mulai` dan `selesai` di reses.yaml.")


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _plenaries(ctx: RecessContext, by_day: dict[dt.date, list[Meeting]]) -> Iterator[Hit]:
    for day in ctx.recess.plenaries:
        meetings = by_day.get(day)
        if meetings:
            yield Hit(
                ctx.key("rapat_paripurna"),
                say("pada hari rapat paripurna {d} ada {n} pertemuan reses", d=told_date(day), n=len(meetings)),
                say(
                    "Pindahkan pertemuannya, atau perbaiki `rapat_paripurna`: rapat paripurna tidak diadakan selama "
                    "reses."
                ),
                related=_others(ctx, meetings),
            )


def _days_off(ctx: RecessContext, by_day: dict[dt.date, list[Meeting]]) -> Iterator[Hit]:
    for day, meetings in sorted(by_day.items()):
        name = _day_off(ctx, day)
        if name is not None:
            yield Hit(
                ctx.meeting(meetings[0], "tanggal"),
                say("{n} pertemuan pada hari libur {d} ({name})", n=len(meetings), d=told_date(day), name=name),
                say("Pastikan jadwalnya memang pada hari libur itu."),
                Severity.INFO,
                _others(ctx, meetings[1:]),
            )


def _day_off(ctx: RecessContext, day: dt.date) -> Message | None:
    holiday = ctx.days.holiday(day)
    if holiday is not None:
        return verbatim(holiday.name)
    # People are at home on Saturdays: a recess that is counted by the calendar goes on at weekends.
    return told_weekday(day) if ctx.recess.day_count == "kerja" and ctx.days.weekend(day) else None


def _at_once(ctx: RecessContext) -> Iterator[Hit]:
    seen: dict[tuple[object, ...], Meeting] = {}
    for meeting in ctx.recess.meetings:
        # Two meetings may be held in one morning: only a time of the clock says that they are at once.
        if not (meeting.date and has_clock(meeting) and meeting.member_id):
            continue
        first = seen.setdefault((meeting.member_id, meeting.date, start_of(meeting)), meeting)
        if first is meeting:
            continue
        if place_of(first) == place_of(meeting):
            message = say("pertemuan {b} sama dengan {a}: anggota, waktu, dan tempatnya sama", a=first.id, b=meeting.id)
            help = say("Bila satu pertemuan tertulis dua kali, hapus salah satunya dan satukan aspirasinya.")
        else:
            message = say(
                "pertemuan {a} dan {b} dari anggota yang sama pada waktu yang sama di tempat yang berbeda",
                a=first.id,
                b=meeting.id,
            )
            help = say("Periksa tanggal dan jam keduanya.")
        yield Hit(
            ctx.meeting(meeting, "jam"),
            message,
            help,
            related=(Related(ctx.place(ctx.meeting(first, "jam")), say("pertemuan pertama")),),
            source="konvensi",
        )


def _others(ctx: RecessContext, meetings: Sequence[Meeting]) -> tuple[Related, ...]:
    return tuple(
        Related(ctx.place(ctx.meeting(meeting, "tanggal")), say("pertemuan {m}", m=meeting.id))
        for meeting in meetings[:_SHOWN]
    )


RULE = Rule(
    code="RES-08",
    name="pertemuan-di-luar-reses",
    severity=Severity.WARNING,
    about=say("Pertemuan di luar masa reses, pada hari rapat paripurna atau hari libur, atau dua pada satu waktu."),
    source="PP 12/2018 Pasal 87; jadwal reses yang ditetapkan Pimpinan DPRD",
    confidence=Confidence.HIGH,
    doc=__doc__,
    check=check,
)
