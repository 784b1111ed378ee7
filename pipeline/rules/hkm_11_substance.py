"""Dasar hukum tentang pokok SOP tidak ada.

Apa: SOP tentang reses memuat UU 23/2014, PP 12/2018, dan Peraturan DPRD tentang Tata Tertib.
Mengapa: Tanpa dasar itu, batas hari dan kewajiban laporan reses tidak mempunyai pegangan.
Salah: hanya UU 27/2009 dan Peraturan Bupati tentang organisasi
Benar: UU 23/2014; PP 12/2018; Peraturan DPRD tentang Tata Tertib
Sumber: UU 23/2014 Pasal 161 dan 179; PP 12/2018 Pasal 87-88.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.citations import Citation

_LAWS = ("UU 23/2014", "PP 12/2018")
_SINCE = 2018


def check(_sop: Sop, ctx: Context) -> Iterator[Hit]:
    """One hit naming what an SOP about a recess lacks; silent before the law of today, and without any basis."""
    if not ctx.recess or ctx.day.year < _SINCE or not ctx.citations:
        return
    missing = [ctx.register.long(law) for law in _LAWS if law not in ctx.cited_shorts]
    if not any(c.kind == "Peraturan DPRD" and "tertib" in _about(c, ctx) for _, c in ctx.cited):
        missing.append(f"Peraturan DPRD {ctx.office.region} tentang Tata Tertib")
    if missing:
        yield Hit(
            ("dasar_hukum",),
            say("SOP tentang reses belum memuat dasar hukum: {m}.", m="; ".join(missing)),
            say("Tambahkan ke dasar_hukum. Nomor dan tahun Peraturan DPRD ada di JDIH daerah."),
        )


def _about(citation: Citation, ctx: Context) -> str:
    row = ctx.register.find(citation) if citation.complete and not citation.about else None
    return (citation.about or (row.about if row is not None else "")).lower()


RULE = Rule(
    code="HKM-11",
    name="tanpa-dasar-substansi",
    severity=Severity.WARNING,
    summary=say("Dasar hukum tentang pokok SOP tidak ada"),
    source="UU 23/2014 Pasal 161 dan 179; PP 12/2018 Pasal 87-88",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
)
