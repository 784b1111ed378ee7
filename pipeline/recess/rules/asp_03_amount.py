"""Anggaran tidak terbaca sebagai rupiah bulat.

Apa: `anggaran` ditulis sebagai rupiah bulat: angka saja, dengan titik ribuan, atau dengan Rp.
Mengapa: Yang tidak terbaca tidak ditebak: usulan itu dihitung tanpa perkiraan anggaran, jadi jumlah rupiahnya kurang.
Salah: 150 juta; 1,250,000; -5000
Benar: 150000000; 150.000.000; Rp 150.000.000,-
Sumber: Konvensi. Peringatan, bukan kesalahan: perkiraan anggaran tidak wajib, barisnya tetap dicetak, dan setiap
    jumlah menyebut berapa usulan yang tanpa perkiraan. Dengan `--strict` dokumen final tetap tertahan.
"""

from __future__ import annotations

from pipeline.model.recess_rules import AMOUNT
from pipeline.recess.rules.base import explained

RULE = explained(AMOUNT, __doc__)
