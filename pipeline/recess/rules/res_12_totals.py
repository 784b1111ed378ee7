"""Jumlah tabel rekapitulasi tidak cocok.

Apa: Jumlah setiap tabel (dapil, kecamatan, desa, bidang, OPD, fraksi, komisi, prioritas, status) sama dengan jumlah
    barisnya dan sama dengan jumlah keseluruhan. Diperiksa pada hasil tertib sendiri setiap kali dokumen dibuat.
Mengapa: Angka yang berbeda antartabel membuat seluruh rekapitulasi diragukan dalam rapat paripurna.
Salah: Tabel per dapil berjumlah 1.262 usulan, sedangkan tabel per bidang 1.263
Benar: Semua tabel berjumlah 1.263 usulan
Sumber: Konvensi. Bila tidak cocok, dokumen tidak dibuat: itu kesalahan program, bukan kesalahan data.
"""

from __future__ import annotations

from pipeline.model.finding import Severity
from pipeline.model.message import say
from pipeline.recess.rules.base import Rule

RULE = Rule(
    code="RES-12",
    name="jumlah-tidak-cocok",
    severity=Severity.ERROR,
    about=say(
        "Jumlah suatu tabel rekapitulasi tidak sama dengan jumlah barisnya (diperiksa pada hasil tertib sendiri)."
    ),
    source="konvensi",
    doc=__doc__,
)
