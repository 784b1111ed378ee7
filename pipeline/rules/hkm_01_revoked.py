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

from pipeline.model.dates import long_date
from pipeline.model.finding import Severity
from pipeline.model.message import Message, say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.register import Register, Regulation

_PARLIAMENTS, _REGIONS = "UU 17/2014", "UU 23/2014"
"""The law on the parliaments lost its part on regional councils to the one on regional government (art. 409)."""


def check(_sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per citation the register lists as revoked: by how surely it was revoked at the day of the SOP."""
    for index, citation in enumerate(ctx.citations):
        row = ctx.register.find(citation) if citation.complete else None
        if row is None or not row.revoked:
            continue
        known = ctx.register.revocation(row)
        ref, when = known if known is not None else ("", None)
        yield Hit(
            ("dasar_hukum", index),
            _message(row, ref, when, ctx.day),
            _help(ctx.register, ref),
            severity=_severity(when, ctx.day, sure=row.sure),
            source=f"{ref} mencabut {row.short}" if ref else None,
        )


def _severity(when: dt.date | int | None, day: dt.date, *, sure: bool) -> Severity:
    if when is None or when == day.year:
        return Severity.WARNING
    past = when < day.year if isinstance(when, int) else when <= day
    if not past:
        return Severity.INFO
    return Severity.ERROR if sure else Severity.WARNING


def _message(row: Regulation, ref: str, when: dt.date | int | None, day: dt.date) -> Message:
    since = _since(when)
    if _severity(when, day, sure=True) is Severity.INFO:
        return say(
            id="{r} dicabut {by} sejak {s}, sesudah tanggal SOP; SOP perlu direvisi.",
            en="{r} was revoked by {by} ({e}), after the day of the SOP; the SOP needs a revision.",
            r=row.short,
            by=ref,
            s=since.id,
            e=since.en,
        )
    return say(
        id="{r} sudah dicabut {by} sejak {s}.",
        en="{r} was revoked by {other} ({e}).",
        r=row.short,
        by=ref or "peraturan lain",
        other=ref or "another regulation",
        s=since.id,
        e=since.en,
    )


def _since(when: dt.date | int | None) -> Message:
    if isinstance(when, dt.date):
        return Message(long_date(when), when.isoformat())
    return Message(f"tahun {when}", str(when)) if when else say(id="tanggal yang tidak diketahui", en="date unknown")


def _help(register: Register, ref: str) -> Message:
    """Name the replacement, and what replaced parts of that in its turn; follow a chain of revocations to its end."""
    row = register.named(ref) if ref else None
    seen = {ref}
    while row is not None and row.revoked and row.revoked_by and row.revoked_by[0] not in seen:
        ref = row.revoked_by[0]
        seen.add(ref)
        row = register.named(ref)
    if not ref:
        return say(id="Cari penggantinya di JDIH.", en="Look for what replaced it in the legal database (JDIH).")
    if ref == _PARLIAMENTS:
        return say(
            id="Untuk DPRD ganti dengan {long}. {ref} sendiri bukan dasar: ketentuan DPRD di dalamnya dicabut {part}.",
            en="For a council replace it by {long}. {ref} is no basis: its part on councils was revoked by {part}.",
            long=register.long(_REGIONS),
            ref=ref,
            part=_REGIONS,
        )
    if row is not None and row.partly_by:
        return say(
            id="Ganti dengan {new}. Sebagian isinya juga sudah dicabut {part}; periksa pasal yang dipakai.",
            en="Replace it by {new}. Parts of that were revoked by {part}; check the articles used.",
            new=row.long,
            part=", ".join(row.partly_by),
        )
    return say(id="Ganti dengan {new}.", en="Replace it by {new}.", new=register.long(ref))


RULE = Rule(
    code="HKM-01",
    name="dasar-hukum-dicabut",
    severity=Severity.ERROR,
    summary=say(id="Dasar hukum sudah dicabut", en="A legal basis has been revoked"),
    source="UU 12/2011 Lampiran II angka 41-42",
    doc=__doc__,
    check=check,
)
