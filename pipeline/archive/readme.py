"""What an archive says of itself to whoever finds it: ``BACA-SAYA.txt`` and ``format.txt``.

The text belongs to the format: its hash is in the first line of the log, so an archive keeps the text it began with.
"""

from __future__ import annotations

import re
from typing import Final

from pipeline.archive.log import FORMAT

NAME: Final = "BACA-SAYA.txt"
FORMAT_NAME: Final = "format.txt"
_FORMAT: Final = re.compile(rb"tertib-arsip (\d{1,4})\n")
TEXT: Final = """\
ARSIP NASKAH

Folder ini berisi naskah yang diarsipkan (SOP, laporan reses, buku SOP) dalam versi-versi.
Semuanya berkas biasa: dapat dibuka dan diperiksa tanpa program tertib.

Isi
  indeks.csv      daftar arsip; buka dengan LibreOffice Calc atau Excel (pemisah titik koma),
                  simpanlah salinannya di tempat lain bila hendak diubah
  tinjauan.ics    kalender: kapan SOP yang berlaku harus dievaluasi
  catatan.jsonl   catatan berantai: satu baris untuk setiap peristiwa
  format.txt      versi susunan folder ini
  sop/NAMA/v001/  satu versi: naskah PDF dan DOCX, sumber/ (masukan pembuatnya),
                  versi.json (keterangan), NAMA.ttd.pdf (bila sudah ditandatangani)
                  manifest-sha256.txt dan manifest-sha512.txt (sidik setiap berkas)
  reses/NAMA/v001/  demikian pula untuk laporan reses
  buku/NAMA/v001/   demikian pula untuk buku SOP, tanpa DOCX; sumber/daftar-sop.csv menyebut
                  SOP yang dimuatnya: nomor, judul, halaman, sidik, dan versinya di arsip ini

Aturan
  Versi tidak pernah diubah atau dihapus; perubahan menjadi versi baru.
  Jangan menyunting apa pun di sini. Buat salinan cadangan secara teratur.

Memeriksa tanpa program tertib (Linux, macOS, Git Bash)
  1. Berkas setiap versi:
       cd sop/NAMA/v001
       sha256sum -c manifest-sha256.txt
       sha512sum -c manifest-sha512.txt
  2. Manifes itu sendiri: hasil perintah
       sha256sum manifest-sha256.txt
     harus sama dengan manifes_sha256 pada baris versi itu di catatan.jsonl.
  3. Catatan: setiap baris berakhir dengan sidik, yaitu SHA-256 dari bagian baris sebelum
     ,"sidik": dan sebelum pada baris berikutnya sama dengan sidik itu. Untuk baris ke-3:
       sed -n 3p catatan.jsonl | sed 's/,"sidik":"[0-9a-f]*"}$//' | tr -d '\\n' | sha256sum
  Catat sidik baris terakhir di tempat lain (misalnya berita acara): dengan itu kelak
  terbukti bahwa tidak ada baris yang dibuang dari ujung catatan.

Di Windows: certutil -hashfile NAMA-BERKAS SHA256
Dengan program tertib: tertib verify FOLDER-INI
"""


def render() -> bytes:
    """BACA-SAYA.txt; line ends that Windows' own editor shows, too."""
    return TEXT.replace("\n", "\r\n").encode()


def render_format() -> bytes:
    """format.txt."""
    return f"tertib-arsip {FORMAT}\n".encode()


def format_told(data: bytes) -> int:
    """The format that ``format.txt`` names; 0 when it names none."""
    match = _FORMAT.fullmatch(data)
    return int(match[1]) if match else 0
