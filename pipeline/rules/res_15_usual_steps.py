"""Langkah lazim reses tidak ada.

Apa: SOP reses memuat langkah yang lazim: jadwal melalui Badan Musyawarah, administrasi, dokumentasi dan daftar hadir,
    rekapitulasi, penyerahan ke perencanaan, pertanggungjawaban, dan pengarsipan.
Mengapa: Tanpa langkah itu, tidak tertulis siapa yang menyiapkan surat tugas, menyerahkan hasilnya ke perencanaan,
    dan mempertanggungjawabkan biayanya.
Salah: SOP reses yang langsung dari persetujuan ke pelaksanaan, lalu berhenti pada laporan
Benar: langkah-langkah itu ada, atau diatur dalam SOP lain yang disebut di rujukan atau keterkaitan
Sumber: PP 12/2018 Pasal 87-88 dan Permendagri 86/2017 Pasal 78 (pokok-pokok pikiran), dan urutan reses yang lazim.
    Pengumuman dinilai aturan RES-04, penyampaian laporan aturan RES-06.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.recess_days import recess_rows

_USUAL = (
    ("Membahas jadwal reses (Badan Musyawarah)", r"\b(?:badan\s+musyawarah|ba[mn]mus|bamus)\b"),
    (
        "Menyiapkan administrasi reses (surat tugas, undangan)",
        r"\b(?:surat\s+(?:perintah\s+)?tugas|SPT|SPPD|SPD|undangan|administrasi|uang\s+muka|surat\s+pemberitahuan)\b",
    ),
    (
        "Mendokumentasikan pertemuan beserta daftar hadir",
        r"\b(?:(?:men)?dokumentasi(?:kan)?|foto|daftar\s+hadir|presensi|absensi)\b",
    ),
    (
        "Menyusun rekapitulasi hasil reses",
        r"\b(?:(?:me)?rekap(?:itulasi)?(?:kan)?|inventarisasi|kompilasi|mengompilasi)\b",
    ),
    (
        "Menyerahkan hasil reses ke perencanaan (pokok-pokok pikiran, SIPD)",
        r"\b(?:pokok[\s-]+pikiran|pokok-pokok\s+pikiran|pokir|SIPD|sistem\s+informasi\s+pemerintahan\s+daerah|bapp?e(?:da|rida)"
        r"|bapperida|bapelitbangda|RKPD)\b",
    ),
    ("Menyusun pertanggungjawaban keuangan reses", r"\b(?:pertanggungjawaban|mempertanggungjawabkan|SPJ|LPJ)\b"),
    ("Mengarsipkan dokumen reses", r"\b(?:meng)?arsip(?:kan)?\b|\bpengarsipan\b"),
)
_PATTERNS = tuple((step, re.compile(pattern, re.IGNORECASE)) for step, pattern in _USUAL)


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """One hit naming the usual steps that an SOP in which a recess is held neither has nor refers to."""
    held = recess_rows(sop)
    if ctx.narrative or not held:
        return
    text = "\n".join(_texts(sop))
    missing = [f'"{step}"' for step, pattern in _PATTERNS if not pattern.search(text)]
    if missing:
        yield Hit(
            ("langkah",),
            say("SOP reses ini tidak memuat langkah yang lazim: {m}.", m="; ".join(missing)),
            say("Tambahkan yang memang dilakukan; bila diatur dalam SOP lain, sebutkan di rujukan atau keterkaitan."),
        )


def _texts(sop: Sop) -> Iterator[str]:
    yield from sop.related
    for step in sop.steps:
        yield step.activity
        yield from step.actors
        yield from step.outputs
        yield step.remark
        yield step.reference


RULE = Rule(
    code="RES-15",
    name="langkah-lazim-reses",
    severity=Severity.WARNING,
    summary=say("Langkah lazim reses tidak ada"),
    source="PP 12/2018 Pasal 87-88; Permendagri 86/2017 Pasal 78",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
