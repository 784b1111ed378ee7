"""A small recess on disk, correct as it stands, and the means to spoil one cell of it."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.model.finding import Finding
from pipeline.model.recess import Recess, RecessInput
from pipeline.readers.office import read_office
from pipeline.readers.recess import read_recess
from pipeline.recess.checks import check_recess
from pipeline.rules.calendar import Calendar

Tables = dict[str, list[list[str]]]

OFFICE = """\
pemerintah: Pemerintah Kabupaten Contoh
unit: Sekretariat DPRD
jenis_daerah: kabupaten
tempat: Contoh
penanda: CONTOH – DATA FIKTIF
"""
OFFICIALS = "id,nama,nip,pangkat,golongan,jabatan,sebagai\nsetwan,Pejabat Contoh,,Pembina,IV/a,Sekretaris DPRD,\n"
MAIN = """\
tahun: 2026
masa: 1
mulai: 2026-02-02
selesai: 2026-02-07
pengumuman: 2026-01-26
tanggal_laporan: 2026-02-18
status: final
dasar: [Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah]
penandatangan: setwan
"""
TABLES: Mapping[str, str] = {
    "anggota": """\
id,nama,fraksi,komisi,dapil,jabatan
A1,Anggota Contoh 01,Fraksi Contoh Melati,,Dapil 1,Ketua DPRD
A2,Anggota Contoh 02,Fraksi Contoh Dahlia,Komisi I,Dapil 1,Anggota
A3,Anggota Contoh 03,Fraksi Contoh Melati,Komisi II,Dapil 2,Anggota
""",
    "pertemuan": """\
id,anggota_id,tanggal,jam,kecamatan,desa,tempat,peserta,foto,daftar_hadir
P1,A1,2026-02-02,09.00,Contoh Timur,Contoh Mekar,Balai Desa,40,3,ada
P2,A2,2026-02-03,09.00,Contoh Timur,Contoh Mekar,Balai Desa,60,3,ada
P3,A3,2026-02-04,13.00,Contoh Barat,Contoh Asri,Balai Desa,1.250,3,ada
""",
    "aspirasi": """\
id,pertemuan_id,anggota_id,uraian,bidang,opd,kecamatan,desa,lokasi,volume,satuan,anggaran,prioritas,status,keterangan
U1,P1,A1,Perbaikan jalan,Pekerjaan Umum,Dinas PU,Contoh Timur,Contoh Mekar,Dusun 1,100,m,100000000,Tinggi,Diusulkan,
U2,P1,A1,Bantuan benih,Pertanian,Dinas Pertanian,Contoh Timur,Contoh Mekar,Dusun 2,5,ha,Rp10.000.000,Sedang,Diusulkan,
U3,P2,A2,PERBAIKAN  JALAN.,Pekerjaan Umum,Dinas PU,Contoh Timur,Contoh Mekar,dusun 1,100,m,"Rp 120.000.000,-",Tinggi,,
U4,P2,A2,Ruang kelas,Pendidikan,Dinas Pendidikan,Contoh Timur,Contoh Mekar,SD 1,1,ruang,,Rendah,,
U5,P3,A3,Perbaikan jalan,pekerjaan umum,Dinas PU,Contoh Barat,Contoh Asri,Dusun 1,50,m,50.000.000,Tinggi,Diusulkan,
""",
}


def tables() -> Tables:
    """The correct tables as lists of rows; row 0 is the header."""
    return {name: list(csv.reader(text.splitlines())) for name, text in TABLES.items()}


def spoiled(edits: Sequence[Mapping[str, object]]) -> Tables:
    """The tables with ``edits``: each sets one cell, or drops a row or a column (rows as spreadsheets count)."""
    found = tables()
    for edit in edits:
        table = found[str(edit["table"])]
        if "drop_row" in edit:
            del table[int(str(edit["drop_row"])) - 1]
        elif "drop_column" in edit:
            position = table[0].index(str(edit["drop_column"]))
            for row in table:
                del row[position]
        elif "add_column" in edit:
            table[0].append(str(edit["add_column"]))
            for number, row in enumerate(table[1:], 2):
                row.append(str(edit["value"]) if number == edit["row"] else "")
        else:
            table[int(str(edit["row"])) - 1][table[0].index(str(edit["column"]))] = str(edit["value"])
    return found


def write(root: Path, found: Tables | None = None, main: str = MAIN, office: str = OFFICE) -> Path:
    """Write an office with one recess below ``root``; returns the recess folder."""
    place = root / "inputs" / "contoh"
    folder = place / "reses" / "2026-masa-1"
    folder.mkdir(parents=True, exist_ok=True)
    (place / "kantor.yaml").write_text(office, encoding="utf-8")
    (place / "pejabat.csv").write_text(OFFICIALS, encoding="utf-8")
    (folder / "reses.yaml").write_text(main, encoding="utf-8")
    for name, rows in (found or tables()).items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    return folder


def read(root: Path, found: Tables | None = None, main: str = MAIN, office: str = OFFICE) -> RecessInput:
    """Write and read in one step."""
    folder = write(root, found, main, office)
    return read_recess(folder, read_office(folder.parent.parent, root), root)


def recess_of(item: RecessInput) -> Recess:
    """The recess of ``item``, which must be readable."""
    assert item.recess is not None
    return item.recess


def findings(item: RecessInput) -> tuple[Finding, ...]:
    """Everything found while reading and by the checks."""
    return (*item.findings, *check_recess(item, Calendar({})))
