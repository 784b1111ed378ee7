"""Dasar hukum sudah dicabut.

Apa: Peraturan dalam Dasar Hukum masih berlaku pada tanggal SOP.
Mengapa: Peraturan yang sudah dicabut tidak dapat menjadi dasar; SOP dapat dibatalkan.
Salah: Undang-Undang Nomor 27 Tahun 2009 (dicabut) pada SOP tahun 2023
Benar: Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah
Sumber: UU 12/2011 Lampiran II angka 41-42; status menurut daftar peraturan (regulations.csv, regulasi.csv).
Dinilai pada tanggal SOP atau pada --as-of. Bila hanya tahunnya yang diketahui dan sama, menjadi peringatan.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from pipeline.model.dates import told_date
from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import Message, say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.canonical import in_full
from pipeline.rules.register import Regulation, day_is_sure, had_come
from pipeline.rules.special import Remains, remains_of
from pipeline.rules.status import PARLIAMENTS, REGIONS, cited_today, successor, told_since


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per citation the register lists as revoked: by how surely it was revoked at the day of the SOP."""
    for index, citation in ctx.cited:
        row = ctx.register.find(citation) if citation.complete else None
        if row is None or not row.revoked:
            continue
        known = ctx.register.revocation(row)
        ref, when = known if known is not None else ("", None)
        remains = remains_of(row.short)
        doubtful = bool(ref) and when_in(when, ctx.day) and not day_is_sure(ref)
        sure = row.sure and not doubtful and not (remains is not None and remains.meant(sop.title))
        yield Hit(
            ("dasar_hukum", index),
            _message(row, ref, when, ctx),
            _help(ctx, ref, remains),
            severity=_severity(when, ctx.day, sure=sure),
            source=f"{ref} mencabut {row.short}" if ref else None,
        )


def when_in(when: dt.date | int | None, day: dt.date) -> bool:
    """Does the exact date alone decide, because it is of the year of ``day``?"""
    return isinstance(when, dt.date) and when.year == day.year


def _severity(when: dt.date | int | None, day: dt.date, *, sure: bool) -> Severity:
    if when is None or when == day.year:
        return Severity.WARNING
    if not had_come(when, day):
        return Severity.INFO
    return Severity.ERROR if sure else Severity.WARNING


def _message(row: Regulation, ref: str, when: dt.date | int | None, ctx: Context) -> Message:
    since = told_since(when)
    if _severity(when, ctx.day, sure=True) is Severity.INFO:
        if ctx.facts.as_of is not None:
            return say(
                "{r} dicabut {by} sejak {s}; pada {d} masih berlaku.",
                r=row.short,
                by=ref,
                s=since,
                d=told_date(ctx.day),
            )
        return say("{r} dicabut {by} sejak {s}, sesudah tanggal SOP; SOP perlu direvisi.", r=row.short, by=ref, s=since)
    if not ref:
        return say("{r} sudah dicabut peraturan lain pada tanggal yang tidak diketahui daftar.", r=row.short)
    return say("{r} sudah dicabut {by} sejak {s}.", r=row.short, by=ref, s=since)


def _help(ctx: Context, ref: str, remains: Remains | None) -> Message:
    """Name the replacement, and what replaced parts of that in its turn; follow a chain of revocations to its end."""
    if not ref:
        return say("Cari penggantinya di JDIH.")
    ref = successor(ctx.register, ref)
    row = ctx.register.named(ref)
    new = _cited(ctx, ref)
    if ref == PARLIAMENTS:
        return say(
            'Untuk DPRD ganti dengan "{long}". {ref} sendiri bukan dasar: ketentuan DPRD-nya dicabut {part}.',
            long=_cited(ctx, REGIONS),
            ref=ref,
            part=REGIONS,
        )
    if remains is not None:
        return say('Ganti dengan "{new}". {more}', new=new, more=remains.note)
    if row is not None and row.partly_by:
        return say(
            'Ganti dengan "{new}". Sebagian isinya juga sudah dicabut {part}; periksa pasal yang dipakai.',
            new=new,
            part=", ".join(row.partly_by),
        )
    return say('Ganti dengan "{new}".', new=new)


def _cited(ctx: Context, short: str) -> str:
    return cited_today(short, ctx.register, ctx.day, ctx.facts.today, gazettes=in_full(ctx))


RULE = Rule(
    code="HKM-01",
    name="dasar-hukum-dicabut",
    severity=Severity.ERROR,
    summary=say("Dasar hukum sudah dicabut"),
    source="UU 12/2011 Lampiran II angka 41-42",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
