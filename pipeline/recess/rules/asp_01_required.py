"""Isian wajib pada aspirasi kosong.

Apa: Setiap aspirasi punya id, uraian, bidang, OPD, kecamatan, dan desa, dan menyebut anggota atau pertemuannya.
Mengapa: Usulan tanpa bidang, OPD, atau tempat tidak dapat direkap menurut bidang, OPD, dan wilayah.
Salah: U0001,P001,A01,Perbaikan jalan,,,Contoh Timur,Contoh Mekar
Benar: U0001,P001,A01,Perbaikan jalan,Pekerjaan Umum,Dinas Pekerjaan Umum,Contoh Timur,Contoh Mekar
Sumber: Konvensi; kolom inventarisasi kebutuhan masyarakat. Barisnya tetap dihitung, sebagai “Tidak diisi”.
"""

from __future__ import annotations

from pipeline.model.recess_rules import REQUIRED
from pipeline.recess.rules.base import explained

RULE = explained(REQUIRED, __doc__)
