"""Pengesah sudah pensiun atau belum diangkat.

Apa: Menurut NIP-nya, pengesah sudah diangkat dan belum mencapai batas usia pensiun pada tanggal SOP: 60 tahun, dan 58
    tahun bagi Kepala Bagian serta Kepala Subbagian. Pensiun berlaku mulai bulan berikutnya.
Mengapa: Tanda tangan orang yang bukan pejabat lagi tidak sah; biasanya tanggal atau datanya sisa SOP lama.
Salah: NIP 19601231 198501 1 001 pada SOP tahun 2023
Benar: NIP 19750101 200001 1 001 pada SOP tahun 2023
Sumber: UU 20/2023 tentang ASN, batas usia pensiun; susunan NIP menurut Perka BKN 22/2007.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from pipeline.model.dates import told_date, told_month
from pipeline.model.finding import Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules import nip
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.signers import acting, is_contract, is_council, plain_office

_OLDEST = 60
_OLDEST_ADMINISTRATOR = 58
_ADMINISTRATOR = re.compile(r"(?:kepala (?:sub)?bagian|kepala sub bagian|kabag|kasub ?bag|kasubag)\b")
_LONGER = re.compile(r"\bahli utama\b")
"""Experts of the highest level serve until 65."""


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """At most one hit; a NIP that is wrong in itself is TTD-02."""
    signer, day = sop.signer, sop.date or ctx.facts.today
    if signer is None or is_council(signer) or day == dt.date.min:
        return
    contract = is_contract(signer)
    said = nip.told(signer.nip, contract=contract)
    if said is None or nip.fault(signer.nip, day, contract=contract) is not None:
        return
    if said.start is not None and said.start > day:
        yield Hit(
            ("pengesah", "nip"),
            say(
                "Menurut NIP, {n} baru diangkat {m}, sesudah tanggal SOP ({d}).",
                n=signer.name,
                m=told_month(said.start),
                d=told_date(day),
            ),
            say("Periksa tanggal SOP dan NIP; salah satu keliru, atau pengesahnya orang lain."),
        )
        return
    oldest = _oldest(signer.position)
    if day >= _retired(said.born, oldest):
        yield Hit(
            ("pengesah", "nip"),
            say(
                "Menurut NIP, {n} berumur {age} tahun pada tanggal SOP ({d}); batas usia pensiun {oldest} tahun.",
                n=signer.name,
                age=nip.years(said.born, day),
                d=told_date(day),
                oldest=oldest,
            ),
            say("Periksa siapa yang menjabat pada tanggal itu, lalu perbaiki pengesah atau tanggalnya."),
        )


def _oldest(position: str) -> int:
    office = plain_office(acting(position).office)
    if _LONGER.search(office):
        return 65
    return _OLDEST_ADMINISTRATOR if _ADMINISTRATOR.match(office) else _OLDEST


def _retired(born: dt.date, oldest: int) -> dt.date:
    """The first day of retirement: that of the month after the birthday."""
    year, month = born.year + oldest, born.month + 1
    return dt.date(year + (month > 12), 1 if month > 12 else month, 1)


RULE = Rule(
    code="TTD-10",
    name="pengesah-pensiun",
    severity=Severity.WARNING,
    summary=say("Pengesah sudah pensiun atau belum diangkat"),
    source="UU 20/2023, batas usia pensiun; Perka BKN 22/2007",
    doc=__doc__,
    check=check,
)
