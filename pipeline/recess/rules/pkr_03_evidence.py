"""Usulan fisik tanpa foto atau koordinat.

Apa: Usulan pembangunan atau perbaikan menyebut foto keadaan sekarang (`foto`) dan letaknya (`lintang` dan `bujur`).
Mengapa: Tanpa foto dan titik lokasi, usulan tidak dapat diverifikasi di lapangan dan sering dikembalikan.
Salah: Rehabilitasi jembatan, foto kosong, lintang dan bujur kosong
Benar: Rehabilitasi jembatan, foto jembatan-1.jpg, lintang -7,4245, bujur 109,2302
Sumber: Isian foto dan peta usulan di SIPD; pengembalian usulan tanpa foto oleh perencana daerah.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.finding import Severity
from pipeline.model.message import say
from pipeline.model.recess import Proposal
from pipeline.recess.rules.base import Hit, RecessContext, Rule
from pipeline.recess.rules.planned import Gathered, planned

_PHYSICAL = re.compile(
    r"\b(?:pembangunan|membangun|dibangun|rehab|rehabilitasi|direhab|renovasi|perbaikan|diperbaiki|peningkatan jalan"
    r"|pengaspalan|pengerasan|diaspal|hotmix|pengecoran|dicor|betonisasi|rabat|paving|pavingisasi|pelebaran|normalisasi|pengerukan"
    r"|pembuatan|pemasangan|pelengsengan|penurapan|drainase|talud|talut|bronjong|turap|gorong|jembatan|trotoar|irigasi"
    r"|embung|sumur|pipanisasi|jamban|septik|lampu penerangan|lampu jalan|pju|pjuts)\b"
)
_NOT_PHYSICAL = re.compile(
    r"^(?:(?:usulan|permohonan|mohon|program|kegiatan|bantuan) )*(?:pelatihan|penyuluhan|sosialisasi|pendampingan"
    r"|beasiswa|pendataan|pembinaan|bimbingan|workshop|seminar|pengaturan|penambahan tenaga"
    r"|perbaikan (?:data|pelayanan|layanan|gizi|ekonomi|sistem|mutu|tata)"
    r"|pembangunan (?:karakter|sumber daya manusia|sdm|keluarga|zona)"
    r"|pembuatan (?:ktp|e ktp|akta|akte|kartu|dokumen|perda|peraturan|sertifikat|website|aplikasi))\b"
)


def check(ctx: RecessContext) -> Iterator[Hit]:
    """A hit for each physical proposal that lacks pictures, and each that lacks coordinates."""
    found = Gathered()
    count = 0
    for index, row in planned(ctx):
        if not is_physical(ctx.plain[index]):
            continue
        count += 1
        if not row.pictures.strip():
            found.add("foto", row, _no_picture, ctx)
        if row.latitude is None or row.longitude is None:
            found.add("koordinat", row, _no_place, ctx)
    yield from found.hits(count)


def is_physical(plain: str) -> bool:
    """Does a squashed text ask for something that is built?"""
    return _PHYSICAL.search(plain) is not None and _NOT_PHYSICAL.search(plain) is None


def _no_picture(ctx: RecessContext, row: Proposal) -> Hit:
    return Hit(
        ctx.proposal(row, "foto"),
        say("usulan fisik ini tanpa foto"),
        say("Tulis nama berkas foto keadaan sekarang di kolom `foto`."),
    )


def _no_place(ctx: RecessContext, row: Proposal) -> Hit:
    return Hit(
        ctx.proposal(row, "lintang" if row.latitude is None else "bujur"),
        say("usulan fisik ini tanpa koordinat"),
        say("Isi `lintang` dan `bujur` dengan derajat desimal, misalnya -7,4245 dan 109,2302."),
    )


RULE = Rule(
    code="PKR-03",
    name="fisik-tanpa-foto-koordinat",
    severity=Severity.WARNING,
    about=say("Usulan fisik tanpa foto atau koordinat."),
    source="isian usulan pokok-pokok pikiran DPRD (SIPD)",
    doc=__doc__,
    check=check,
)
