"""A small office with every kind of file that ``tertib check`` reads, as bytes by name, to be spoilt."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import cache
from pathlib import Path

EXAMPLE = Path(__file__).parents[2] / "inputs"
Files = Mapping[str, bytes]
"""Content by name below ``inputs/``, with ``/``."""

INLINE = """\
nomor: 000.8.3.3/009/2026
judul: Penerimaan Tamu
status: tinjau
jenis: {sifat: teknis, cakupan: mikro, kelengkapan: final}
tujuan: Tamu diterima dengan tertib
tanggal: {pembuatan: 2026-01-12, revisi: 12 Januari 2026, efektif: 2026-02-02}
pengesah: {jabatan: Sekretaris DPRD, nama: Pejabat Contoh, nip: 197501012000011001, pangkat: Pembina, golongan: IV/a}
dasar_hukum: &dasar
  - Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah;
  - Peraturan Daerah Kabupaten Contoh Nomor 3 Tahun 2019 tentang Kearsipan
kualifikasi_pelaksana: [Memahami tupoksi]
keterkaitan: [SOP Pelaksanaan Reses, SOP Yang Tidak Ada]
peralatan: *dasar
peringatan: Jika tidak dilaksanakan secepatnya, maka terjadi keterlambatan dll
pencatatan: Disimpan sebagai data elektronik dan manual
pelaksana: [Kepala Bagian Umum dan Keuangan, Sekretaris DPRD, Tamu]
total_waktu: 3 jam
langkah:
  - {no: 1, kegiatan: Menerima tamu, pelaksana: Kepala Bagian Umum dan Keuangan, waktu: 10 menit, jenis: mulai}
  - {no: 2, kegiatan: Apakah tamu terdaftar?, pelaksana: Sekwan, waktu: 5-10 menit, jenis: keputusan, ya: 3, tidak: 1}
  - {no: 3, kegiatan: Tamu diantar, pelaksana: Tamu > Sekretaris DPRD, waktu: 1 hri, lanjut: 4;5, output: Buku tamu}
  - {no: 4, kegiatan: Menyediakan minuman dan makanan, pelaksana: Tamu, waktu: maks. 2 jam, dalam: 3}
  - {no: 5, kegiatan: Menyimpan buku tamu, pelaksana: Tamu, waktu: sesuai kebutuhan, cabang: A=6; B=2}
  - {no: 6, kegiatan: selesai, pelaksana: Sekretaris DPRD, jenis: selesai, rujukan: lihat SOP Pelaksanaan Reses}
riwayat:
  - {revisi: 0, tanggal: 2026-01-12, uraian: Penetapan pertama}
kecuali:
  - {aturan: BHS-06, alasan: Sudah disetujui pimpinan, oleh: Pejabat Contoh, sampai: 2027-06-30}
  - {aturan: DUR-10, di: langkah 5 waktu, alasan: Belum terukur, oleh: Pejabat Contoh, sampai: 2025-06-30}
"""
RULES = """\
jam_kerja: {jam_per_hari: '7,5', hari_per_minggu: 5}
pengesah_sop: [Sekretaris DPRD]
aturan:
  abaikan: [BHS-05]
  tingkat:
    HKM: warning
    IDN-01: {draf: info, final: error}
    DUR-03: mati
  masa_tinjau: 24
"""
SOP = "contoh/sop/pelaksanaan-reses.yaml"
STEPS = "contoh/sop/pelaksanaan-reses.langkah.csv"
GUEST = "contoh/sop/tamu.yaml"
OFFICE = "contoh/kantor.yaml"
SESSION = "contoh/reses/2026-masa-1/"
_ROWS = 8


@cache
def files() -> Files:
    """The office: two SOPs, one of them with its steps in it, all registers, and a recess."""
    names = ["contoh/jabatan.csv", "contoh/pejabat.csv", "contoh/regulasi.csv", "contoh/hari-libur.csv", SOP, STEPS]
    made = {name: (EXAMPLE / name).read_bytes() for name in names}
    made[OFFICE] = (EXAMPLE / OFFICE).read_bytes() + RULES.encode()
    made[GUEST] = INLINE.encode()
    made[SESSION + "reses.yaml"] = (EXAMPLE / SESSION / "reses.yaml").read_bytes()
    for table in ("anggota", "pertemuan", "aspirasi"):
        rows = (EXAMPLE / SESSION / f"{table}.csv").read_bytes().splitlines(keepends=True)
        made[f"{SESSION}{table}.csv"] = b"".join(rows[:_ROWS])
    return made


@cache
def workbook() -> bytes:
    """The SOP with its steps inline as a workbook."""
    steps = files()[STEPS].decode().splitlines()
    identity = [["nomor", "1/2/2026"], ["judul", "Pelaksanaan Reses"], ["status", "final"], ["pengesah", "setwan"]]
    identity += [["pelaksana", "Sekretaris DPRD"], ["", "Anggota DPRD"], ["tanggal.efektif", "2026-02-02"]]
    return sheets({"sop": identity, "langkah": [row.split(",") for row in steps]})


def sheets(content: Mapping[str, list[list[object]]] | Mapping[str, list[list[str]]]) -> bytes:
    """A workbook with these sheets of rows; values that a workbook cannot hold are left out."""
    from openpyxl import Workbook
    from openpyxl.utils.exceptions import IllegalCharacterError

    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in content.items():
        sheet = book.create_sheet(name)
        for i, row in enumerate(rows, 1):
            for j, value in enumerate(row, 1):
                try:
                    sheet.cell(i, j).value = value  # type: ignore[assignment]
                except (ValueError, IllegalCharacterError):
                    continue
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def written(files: Files, root: Path) -> None:
    """Write the files below ``root/inputs``."""
    for name, data in files.items():
        path = root / "inputs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
