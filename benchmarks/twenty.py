"""Makes many SOPs of twenty steps, no two alike, in offices of 250: what a whole region would check at once.

About every sixth text has a fault, so that findings are made, kept and printed as well.
"""

from __future__ import annotations

import csv
import random
import shutil
from pathlib import Path

from benchmarks.many import EXAMPLE

STEPS = 20
PER_OFFICE = 250

_OFFICE_FILES = ("kantor.yaml", "jabatan.csv", "pejabat.csv", "regulasi.csv")
_VERB_LIST = (
    "Menyusun Memeriksa Menyampaikan Mencatat Mengarsipkan Menetapkan Menghimpun Menelaah Menyiapkan Membahas "
    "Menandatangani Menerima Mendistribusikan Memverifikasi Mengumumkan Menyempurnakan"
)
_THING_WORDS = (
    "rancangan jadwal|laporan hasil|berita acara|surat undangan|daftar hadir|nota dinas|bahan rapat|rekapitulasi|"
    "konsep keputusan|risalah sementara|usulan anggaran|berkas permohonan|lembar disposisi|dokumen pendukung"
)
_MATTER_WORDS = (
    "rapat paripurna|reses|kunjungan kerja|rapat komisi|aspirasi masyarakat|rancangan perda|hibah|perjalanan dinas|"
    "rapat badan anggaran|konsultasi publik|persidangan|kehumasan|kepegawaian|perpustakaan|aset daerah"
)
_ACTORS = (
    "Pengolah Data dan Informasi",
    "Kepala Subbagian Kerja Sama dan Aspirasi",
    "Kepala Bagian Persidangan dan Perundang-undangan",
    "Kepala Bagian Umum dan Keuangan",
    "Sekretaris DPRD",
    "Pimpinan DPRD",
)
_VERBS = tuple(_VERB_LIST.split())
_THINGS, _MATTERS = (tuple(words.split("|")) for words in (_THING_WORDS, _MATTER_WORDS))
_TIMES = ("15 Menit", "2 jam", "1 hari kerja", "3 hari kerja", "1-2 hari", "30 menit - 1 jam", "maks. 2 hari kerja")
_FAULTY_TIMES = ("secepatnya", "2 hri", "", "Sesuai jadwal", "90 jam")
_LAWS = (
    "Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah",
    "Peraturan Pemerintah Nomor 12 Tahun 2018 tentang Pedoman Penyusunan Tata Tertib Dewan Perwakilan Rakyat Daerah "
    "Provinsi, Kabupaten, dan Kota",
    "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi Nomor 35 Tahun 2012 tentang Pedoman "
    "Penyusunan Standar Operasional Prosedur Administrasi Pemerintahan",
    "Peraturan Bupati Contoh Nomor 2 Tahun 2025 tentang Kedudukan, Susunan Organisasi, Tugas dan Fungsi, serta Tata "
    "Kerja Sekretariat Dewan Perwakilan Rakyat Daerah",
    "Undang-Undang Nomor 32 Tahun 2004 tentang Pemerintahan Daerah",
    "Peraturan Daerah Kabupaten Contoh Nomor 9 Tahun 2016 tentang Pembentukan dan Susunan Perangkat Daerah",
)
_COLUMNS = ("no", "kegiatan", "pelaksana", "kelengkapan", "waktu", "output", "keterangan", "jenis", "ya", "tidak")


def make_inputs(root: Path, count: int, *, per_office: int = PER_OFFICE) -> None:
    """Write ``root/inputs`` with ``count`` SOPs; the same ones every time."""
    for number in range(count):
        folder = root / "inputs" / f"kantor-{number // per_office:03d}"
        if number % per_office == 0:
            (folder / "sop").mkdir(parents=True)
            for name in _OFFICE_FILES:
                shutil.copyfile(EXAMPLE / name, folder / name)
        _write(folder / "sop" / f"sop-{number:05d}.yaml", number)


def _write(path: Path, number: int) -> None:
    chance = random.Random(number)
    matter = chance.choice(_MATTERS)
    head = [
        f"nomor: 000.8.3.3/{number % 1000:03d}/{2020 + number % 6}",
        f"judul: {chance.choice(('Pengelolaan', 'Pelayanan', 'Penyelenggaraan'))} {matter.title()} Bagian {number}",
        f"status: {chance.choice(('draf', 'tinjau', 'final'))}",
        "tanggal: {pembuatan: 2026-01-12, efektif: 2026-02-02}",
        "pengesah: setwan",
        "dasar_hukum:",
        *(f"  - {law}{chance.choice((';', ''))}" for law in chance.sample(_LAWS, 4)),
        f"kualifikasi_pelaksana: [Memahami tata cara {matter}, Mampu menyusun {chance.choice(_THINGS)}]",
        f"keterkaitan: [SOP Pengelolaan {chance.choice(_MATTERS).title()}]",
        "peralatan: [Komputer, Pencetak, Alat tulis kantor]",
        f"peringatan: Jika {matter} tidak dilaksanakan, maka {chance.choice(_THINGS)} terlambat",
        f"pencatatan: [Buku register {matter}]",
        "pelaksana:",
        *(f"  - {actor}" for actor in _ACTORS),
    ]
    path.write_text("\n".join(head) + "\n", encoding="utf-8")
    with path.with_name(f"{path.stem}.langkah.csv").open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(_COLUMNS)
        table.writerows(_row(step, matter, chance) for step in range(1, STEPS + 1))


def _row(step: int, matter: str, chance: random.Random) -> list[str]:
    verb, thing = chance.choice(_VERBS), chance.choice(_THINGS)
    activity = f"{verb} {thing} {matter} {chance.choice(('tahap', 'berkas', 'nomor'))} {chance.randint(1, 999)}"
    if chance.random() < 1 / 6:
        activity = chance.choice((f"{activity} secepatnya", f"{thing} {matter} disampaikan", f"{activity}  dan dll"))
    time = chance.choice(_FAULTY_TIMES if chance.random() < 1 / 6 else _TIMES)
    decides = step % 6 == 5
    kind = "mulai" if step == 1 else "keputusan" if decides else "selesai" if step == STEPS else ""
    exits = [str(step + 1), str(step - 2)] if decides else ["", ""]
    actor = chance.choice(_ACTORS)
    return [
        str(step),
        activity,
        actor,
        f"{thing} {matter}; {chance.choice(_THINGS)}",
        time,
        f"{thing} {matter} {step}",
        chance.choice(("", "", f"lihat {thing}")),
        kind,
        *exits,
    ]
