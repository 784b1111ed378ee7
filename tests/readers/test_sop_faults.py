"""Every fault of an SOP file, with its place and what to do, and all of them at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.model.inputs import OfficeInput, SopInput
from pipeline.readers.sop import read_sop
from tests.readers.sample import Write, short

Read = Callable[..., SopInput]

YAML_FAULTS = [
    ("year only", "tanggal: {efektif: 2019}", [("TGL-01", 1, 20)], "misalnya 2023-01-02"),
    ("no such day in words", "tanggal: {efektif: 30 Februari 2023}", [("TGL-01", 1, 20)], "misalnya"),
    ("two names of a key", "judul: a\nnama_sop: b", [("MSK-07", 2, 1)], "`judul`"),
    ("two names of a key, other order", "nama_sop: b\njudul: a", [("MSK-07", 1, 1)], "`judul`"),
    ("type", "jenis: {sifat: umum}", [("MSK-10", 1, 16)], "administratif"),
    ("day first", "tanggal: {efektif: 02/01/2023}", [("TGL-01", 1, 20)], "2023-01-02"),
    ("short", "tanggal: {efektif: 2023-1-2}", [("TGL-01", 1, 20)], "2023-01-02"),
    ("no such month", "tanggal: {efektif: 2023-13-40}", [("TGL-01", 1, 20)], "misalnya"),
    ("no such day", "tanggal: {efektif: 2023-02-29}", [("TGL-01", 1, 20)], "misalnya"),
    ("dates as text", "tanggal: 2023-01-02", [("MSK-09", 1, 10)], "tanggal"),
    ("stage", "status: fnal", [("MSK-10", 1, 9)], "Maksud Anda `final`?"),
    ("unknown key", "judl: x", [("MSK-08", 1, 1)], "Maksud Anda `judul`?"),
    ("unknown inner key", "tanggal: {pembuatn: 2023-01-02}", [("MSK-08", 1, 11)], "Maksud Anda `pembuatan`?"),
    ("colon in a list item", "dasar_hukum:\n  - Rapat: hasil", [("MSK-09", 2, 5)], "tanda kutip"),
    ("mapping for a text", "judul: {a: b}", [("MSK-09", 1, 8)], "judul"),
    ("unknown signer", "pengesah: sekwan", [("MSK-25", 1, 11)], "Maksud Anda `setwan`?"),
    ("signer as list", "pengesah: [setwan]", [("MSK-09", 1, 11)], "setwan"),
    ("incomplete exception", "kecuali:\n  - {aturan: HKM-01, alasan: x}", [("MSK-24", 2, 5)] * 2, "tidak dipakai"),
    (
        "exception with blank parts",
        'kecuali:\n  - {aturan: HKM-01, alasan: "", oleh: -, sampai: 2027-01-01}',
        [("MSK-24", 2, 30), ("MSK-24", 2, 40)],
        "tidak dipakai",
    ),
    (
        "exception without expiry date",
        "kecuali:\n  - aturan: HKM-01\n    alasan: x\n    oleh: y\n    sampai:",
        [("MSK-24", 5, 5)],
        "tidak dipakai",
    ),
    (
        "exception nowhere",
        "kecuali:\n  - {aturan: HKM-01, alasan: x, oleh: y, sampai: 2027-01-01, di: bab 3}",
        [("MSK-10", 2, 66)],
        "dasar_hukum 2",
    ),
    (
        "exception nowhere",
        "kecuali:\n  - {aturan: HKM-01, alasan: x, oleh: y, sampai: 2027-01-01, di: langkah " + "9" * 5_000 + "}",
        [("MSK-10", 2, 66)],
        "dasar_hukum 2",
    ),
    ("exception as text", "kecuali: [HKM-01]", [("MSK-09", 1, 11)], "aturan, alasan, oleh, sampai"),
    ("revision number", "riwayat:\n  - {revisi: satu}", [("MSK-27", 2, 14)], "angka"),
    ("no such table", "langkah: lain.langkah.csv", [("MSK-01", 1, 10)], ""),
    ("steps as mapping", "langkah: {no: 1}", [("MSK-09", 1, 10)], "langkah"),
    ("step as text", "langkah: [satu]", [("MSK-09", 1, 11)], "kegiatan"),
    ("unknown key of a step", "langkah:\n  - {no: 1, kegiatn: x}", [("MSK-08", 2, 13)], "Maksud Anda `kegiatan`?"),
    ("key of a step twice", "langkah:\n  - {no: 1, kegiatan: x, aktivitas: y}", [("MSK-07", 2, 26)], "Hapus"),
    ("steps without number", "langkah:\n  - {kegiatan: x}", [("MSK-22", 2, 5)], "no: 1"),
    (
        "actors but no columns",
        "langkah:\n  - {no: 1, pelaksana: Dewan}",
        [("MSK-21", None, None)],
        "pelaksana: [Dewan]",
    ),
    ("a list", "- a", [("MSK-09", 1, 1)], "tertib new sop"),
]


@pytest.mark.parametrize(("text", "found", "help_"), [c[1:] for c in YAML_FAULTS], ids=[c[0] for c in YAML_FAULTS])
def test_yaml_faults(read: Read, text: str, found: list[object], help_: str) -> None:
    item = read(text + "\n")
    assert short(item.findings) == found
    assert help_ in item.findings[0].help.id
    assert item.findings[0].document == "contoh/sop/uji"


STEP_FAULTS = [
    ("no", "satu", [("MSK-22", 2, 1)], "Tulis angka"),
    ("no", "0", [("MSK-22", 2, 1)], "Tulis angka"),
    ("no", "1.5", [("MSK-22", 2, 1)], "Tulis angka"),
    ("pelaksana", "Pimpinan DPRDD", [("MSK-21", 2, 5)], "Maksud Anda `Pimpinan DPRD`?"),
    ("pelaksana", "Masyarakat", [("MSK-21", 2, 5)], "jabatan.csv"),
    ("pelaksana", '"X; Y"', [("MSK-21", 2, 5), ("MSK-21", 2, 5)], "jabatan.csv"),
    ("jenis", "keputsan", [("MSK-10", 2, 10)], "Maksud Anda `keputusan`?"),
    ("ya", "langkah 5", [("MSK-23", 2, 11)], "`5`, `selesai`"),
    ("tidak", "kembali", [("MSK-23", 2, 12)], "`5`, `selesai`"),
    ("cabang", "A5", [("MSK-23", 2, 13)], "`A=5; B=7`"),
    ("lanjut", "5 dan 6", [("MSK-23", 2, 14)], "`5;6`"),
    ("dalam", "selesai", [("MSK-23", 2, 15)], "`5`"),
]


@pytest.mark.parametrize(("column", "value", "found", "help_"), STEP_FAULTS)
def test_step_faults(read: Read, column: str, value: str, found: list[object], help_: str) -> None:
    columns = ["no", "kegiatan", "pelaksana", "waktu", "jenis", "ya", "tidak", "cabang", "lanjut", "dalam"]
    cells = {"no": "1", "kegiatan": "a", "pelaksana": "Dewan", column: value}
    row = ",".join(cells.get(name, "") for name in columns)
    second = ",".join({"no": "2", "kegiatan": "b"}.get(name, "") for name in columns)
    item = read("pelaksana: [Anggota DPRD, Pimpinan DPRD]\n", f"{','.join(columns)}\n{row}\n{second}\n")
    at = [(code, line, where) for code, line, where in short(item.findings)]
    shift = row.index(value) + 1
    assert at == [(code, line, shift) for code, line, _ in found]  # type: ignore[misc]
    assert help_ in item.findings[0].help.id


def test_all_faults_at_once(read: Read) -> None:
    found = read(
        "judl: x\nstatus: akhir\ntanggal: {efektif: 2019}\njudul: a\njudul: b\npelaksana: [Dewan]\n",
        "no,kegiatan,pelaksana,wktu\nsatu,a,Dewan,1\n2,b,X,1\n3,c\n",
    )
    assert sorted(code for code, _, _ in short(found.findings)) == [
        "MSK-07",
        "MSK-08",
        "MSK-10",
        "MSK-14",
        "MSK-16",
        "MSK-21",
        "MSK-22",
        "TGL-01",
    ]


def test_column_number_missing_counts_rows(read: Read) -> None:
    found = read("pelaksana: [Dewan]\n", "kegiatan,pelaksana\na,Dewan\nb,Dewan\n")
    assert [f.code for f in found.findings] == ["MSK-13"]
    assert found.sop is not None
    assert [step.number for step in found.sop.steps] == [1, 2]


@pytest.mark.parametrize(("data", "code"), [(b"judul: \xe9", "MSK-03"), (b"", "MSK-04"), (b"a: b: c", "MSK-05")])
def test_file_beyond_reading(read: Read, data: bytes, code: str) -> None:
    found = read(data)
    assert found.sop is None
    assert [(f.code, f.blocks) for f in found.findings] == [(code, True)]


def test_unreadable_table_blocks_but_the_rest_is_judged(read: Read) -> None:
    found = read("judul: x\n", "no,kegiatan\n1,\xe9\n".encode("cp1252"))
    assert found.sop is not None
    assert [(f.code, f.blocks) for f in found.findings] == [("MSK-03", True)]


def test_missing_file(office: OfficeInput, tmp_path: Path) -> None:
    found = read_sop(tmp_path / "inputs/contoh/sop/tiada.yaml", office, tmp_path)
    assert found.sop is None
    assert [f.code for f in found.findings] == ["MSK-01"]


def test_workbook_beside_yaml_is_not_needed(write: Write, office: OfficeInput, tmp_path: Path) -> None:
    path = write("inputs/contoh/sop/a.xlsx", b"not a workbook")
    found = read_sop(path, office, tmp_path)
    assert found.sop is None
    assert [(f.code, f.blocks) for f in found.findings] == [("MSK-19", True)]
