"""SOP lama belum ditinjau.

Apa: SOP yang lebih tua dari 24 bulan sudah direvisi atau ditinjau: ada Tanggal Revisi atau riwayat yang lebih baru.
Mengapa: SOP dipantau dan dievaluasi berkala; dasar hukum, susunan organisasi, dan aplikasi berubah lebih cepat.
Salah: efektif 2 Januari 2023, revisi -, diperiksa November 2026
Benar: efektif 2 Januari 2023, revisi 3 Maret 2025, diperiksa November 2026
Sumber: PermenPAN-RB 35/2012, pemantauan dan evaluasi SOP. Batas 24 bulan adalah kebiasaan; kantor dapat mengubahnya
    dengan `masa_tinjau` (bulan) di bawah `aturan` dalam kantor.yaml. Dinilai pada hari ini, atau pada hari `--as-of`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from pipeline.model.dates import told_date
from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import Message, say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Facts, Hit, Rule


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit when nothing happened to an SOP in force for longer than the office allows."""
    if sop.effective is None:
        return
    dates = [sop.effective, sop.revised, *(revision.date for revision in sop.history)]
    last = max(date for date in dates if date is not None)
    limit = ctx.office.policy.review_months
    if _is_due(last, limit, ctx.facts):
        yield Hit(
            ("tanggal", "revisi"),
            _message(sop, last, limit),
            say(
                "Tinjau SOP ini. Bila diubah, isi Tanggal Revisi dan `riwayat`; bila masih sesuai, catat "
                "peninjauannya di `riwayat` dengan tanggal. Batas {limit} bulan diatur dengan `masa_tinjau` di "
                "kantor.yaml.",
                limit=limit,
            ),
        )


def _is_due(last: dt.date, limit: int, facts: Facts) -> bool:
    """Are ``limit`` months over? The day is asked for in the year in which it matters only."""
    if facts.as_of is not None:
        return _months(last, facts.as_of) >= limit
    year = facts.year
    if _months(last, dt.date(year, 12, 31)) < limit:
        return False
    return _months(last, dt.date(year, 1, 1)) >= limit or _months(last, facts.today) >= limit


def _message(sop: Sop, last: dt.date, limit: int) -> Message:
    if last == sop.effective:
        return say(
            "SOP berlaku sejak {d}, lebih dari {m} bulan yang lalu, dan belum pernah direvisi atau ditinjau.",
            d=told_date(last),
            m=limit,
        )
    return say(
        "SOP terakhir direvisi atau ditinjau pada {d}, lebih dari {m} bulan yang lalu.", d=told_date(last), m=limit
    )


def _months(first: dt.date, last: dt.date) -> int:
    """Full months from ``first`` to ``last``."""
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)


RULE = Rule(
    code="TGL-06",
    name="sop-belum-ditinjau",
    severity=Severity.WARNING,
    summary=say("SOP lama belum ditinjau"),
    source="PermenPAN-RB 35/2012, pemantauan dan evaluasi",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
)
