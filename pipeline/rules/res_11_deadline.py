"""Batas waktu laporan reses tanpa dasar.

Apa: SOP yang menetapkan waktu penyusunan atau penyampaian laporan reses mencantumkan Peraturan DPRD tentang Tata
    Tertib.
Mengapa: PP 12/2018 mewajibkan laporan tetapi tidak menyebut batas waktunya; batas itu diatur dalam Tata Tertib DPRD.
Salah: Menyusun laporan reses, 7 hari (dasar hukum tanpa Tata Tertib)
Benar: dasar hukum memuat Peraturan DPRD Kabupaten ... tentang Tata Tertib
Sumber: PP 12/2018 Pasal 88; Peraturan DPRD tentang Tata Tertib. Bahwa batasnya ada di Tata Tertib adalah kebiasaan,
    bukan kutipan.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.recess_days import recess_rows
from pipeline.rules.recess_report import report_rows
from pipeline.rules.shapes import numbered

_WRITING = frozenset(
    (
        *("menyusun", "membuat", "menyampaikan", "menyerahkan", "melaporkan", "mengirimkan", "disusun", "dibuat"),
        *("disampaikan", "diserahkan", "dilaporkan"),
    )
)


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """One hit, at the first row that gives the report a time; silent without any legal basis (IDN-01 says so)."""
    if ctx.narrative or not sop.legal_basis or not recess_rows(sop) or _has_rules_of_procedure(ctx):
        return
    for row in report_rows(sop):
        time = sop.steps[row].time
        if time is None or not time.durations or ctx.sentences[row].verb not in _WRITING:
            continue
        yield Hit(
            ("langkah", row, "waktu"),
            say(
                "Waktu laporan reses pada langkah {n} ({t}) tidak mempunyai dasar: Tata Tertib DPRD tidak dicantumkan.",
                n=numbered(sop.steps[row], row),
                t=time.text,
            ),
            say("Cocokkan dengan Peraturan DPRD tentang Tata Tertib, lalu cantumkan peraturan itu di dasar_hukum."),
            about=("dasar_hukum",),
        )
        return


def _has_rules_of_procedure(ctx: Context) -> bool:
    return any(c.kind == "Peraturan DPRD" and "tertib" in c.about.lower() for _, c in ctx.cited)


RULE = Rule(
    code="RES-11",
    name="batas-laporan-reses",
    severity=Severity.WARNING,
    summary=say("Batas waktu laporan reses tanpa dasar"),
    source="PP 12/2018 Pasal 88; Peraturan DPRD tentang Tata Tertib",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
)
