"""The registers of the region: areas, agencies and the kamus of proposals."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.model.finding import Severity
from pipeline.model.region import Agency, Area, Entry, Region
from pipeline.readers.faults import Collector
from pipeline.readers.recess_registers import read_region, region_files
from tests.readers.sample import Write

EXAMPLE = Path(__file__).resolve().parents[2] / "inputs" / "contoh"
Told = list[tuple[str, str, int | None, int | None]]


def read(folder: Path) -> tuple[Region, Collector]:
    collector = Collector("k/reses/2026-masa-1")
    return read_region(folder / "k", folder, collector), collector


def told(collector: Collector) -> Told:
    return [(f.code, f.place.file, f.place.line, f.place.column) for f in collector.findings]


def test_an_office_without_registers_has_an_empty_region(tmp_path: Path) -> None:
    region, collector = read(tmp_path)
    assert (region.areas, region.agencies, region.dictionary, dict(region.places)) == ((), (), (), {})
    assert collector.findings == []
    assert region_files(tmp_path / "k") == ()


def test_rows_and_their_places(write: Write, tmp_path: Path) -> None:
    write("k/wilayah.csv", "Daerah Pemilihan;Kec.;Desa/Kelurahan\nDapil 1;Alun;Mekar\nDapil 1;Alun;\n")
    write("k/opd.csv", 'Nama OPD,Kode SKPD,singkatan,urusan\nDinas A,1.01,DA,"Pendidikan; Kebudayaan"\n')
    write(
        "k/kamus-usulan.csv",
        'kode,Kamus Usulan,Bidang Urusan,SKPD,Satuan,Harga Satuan\nK1,Drainase,PU,Dinas A,m,"Rp 650.000,-"\n',
    )
    region, collector = read(tmp_path)
    assert collector.findings == []
    assert region.areas == (Area("Dapil 1", "Alun", "Mekar", 2), Area("Dapil 1", "Alun", "", 3))
    assert region.agencies == (Agency("Dinas A", "1.01", "DA", ("Pendidikan", "Kebudayaan"), 2),)
    assert region.dictionary == (Entry("K1", "Drainase", "PU", "Dinas A", "m", 650_000, 2),)
    assert region.places["wilayah", 2, "desa"].cell == "C2"
    assert region.places["kamus-usulan", 2].file == "k/kamus-usulan.csv"
    assert region.places.get(("opd", 9, "nama")) is None
    assert region.places.get(("opd", 2, "tak ada")) is None
    assert len(region.places) == len(list(region.places)) == 23
    assert [path.name for path in region_files(tmp_path / "k")] == ["wilayah.csv", "opd.csv", "kamus-usulan.csv"]


FAULTS: list[tuple[str, str, Told]] = [
    ("wilayah", "dapil,kecamatan,desa\nDapil 1,Alun,Mekar\n,Alun,Sari\n", [("MSK-24", "k/wilayah.csv", 3, 1)]),
    ("wilayah", "dapil,desa\nDapil 1,Mekar\n", [("MSK-13", "k/wilayah.csv", 1, 1)]),
    (
        "wilayah",
        "dapil,kecamatan,desa\nDapil 1,Alun,Mekar\nDapil 2,ALUN,mekar\nDapil 2,Alun,\nDapil 1,Alun,\n",
        [("MSK-26", "k/wilayah.csv", 3, 14)],
    ),
    ("opd", "nama,kode\nDinas A,1\ndinas a,2\n", [("MSK-26", "k/opd.csv", 3, 1)]),
    ("kamus-usulan", "id,usulan,harga\nK1,Drainase,sejuta\nK1,Lain,\n", [
        ("MSK-27", "k/kamus-usulan.csv", 2, 13),
        ("MSK-26", "k/kamus-usulan.csv", 3, 1),
    ]),
    ("kamus-usulan", "", [("MSK-04", "k/kamus-usulan.csv", None, None)]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "expected"), FAULTS)
def test_every_fault_has_its_place(write: Write, tmp_path: Path, name: str, text: str, expected: Told) -> None:
    write(f"k/{name}.csv", text)
    _, collector = read(tmp_path)
    assert told(collector) == expected


def test_a_wrong_price_leaves_the_entry(write: Write, tmp_path: Path) -> None:
    write("k/kamus-usulan.csv", 'id,usulan,harga\nK1,Drainase,"1,000,000"\n')
    region, collector = read(tmp_path)
    assert region.dictionary == (Entry("K1", "Drainase", row=2),)
    assert "Maksud Anda 1.000.000?" in collector.findings[0].help.id


def test_columns_that_are_not_read_are_a_warning(write: Write, tmp_path: Path) -> None:
    write("k/kamus-usulan.csv", "id,usulan,hasilnya\nK1,Drainase,Lancar\n")
    _, collector = read(tmp_path)
    assert [(f.code, f.severity) for f in collector.findings] == [("MSK-14", Severity.WARNING)]


def test_an_export_of_the_planning_system_is_read_as_it_is(write: Write, tmp_path: Path) -> None:
    head = "No,id_kamus,bidang_urusan,giat_teks,pekerjaan,satuan,anggaran,kode_skpd,nama_skpd,program,is_locked"
    write("k/kamus-usulan.csv", f"{head}\n1,77,Pertanian,Bantuan benih,,paket,1000000,3.27,Dinas Pertanian,P,0\n")
    region, collector = read(tmp_path)
    assert collector.findings == []
    assert region.dictionary == (Entry("77", "Bantuan benih", "Pertanian", "Dinas Pertanian", "paket", 1_000_000, 2),)


def test_agencies_of_the_kamus_stand_in_their_register(write: Write, tmp_path: Path) -> None:
    write("k/opd.csv", "nama,kode,singkatan\nDinas Kesehatan,1.02,Dinkes; DKK\n")
    write("k/kamus-usulan.csv", "id,usulan,opd\nK1,A,DKK\nK2,B,1.02\nK3,C,Dinas Kesehaan\nK4,D,Dinas Kesehaan\n")
    _, collector = read(tmp_path)
    assert [(f.code, f.severity, f.place.cell) for f in collector.findings] == [("MSK-25", Severity.WARNING, "C4")]
    assert "Maksud Anda `Dinas Kesehatan`?" in collector.findings[0].help.id


@pytest.mark.parametrize("row", [",Alun,Sari", "Dapil 1,,Sari", "Dapil 1,Alun,Sari,Tengah"])
def test_a_register_with_a_row_that_cannot_be_used_is_not_compared_with(write: Write, tmp_path: Path, row: str) -> None:
    write("k/wilayah.csv", f"dapil,kecamatan,desa\nDapil 1,Alun,Mekar\n{row}\n")
    region, collector = read(tmp_path)
    assert region.areas == ()
    assert [f.place.line for f in collector.findings] == [3]


def test_a_column_of_faults_is_cut_short(write: Write, tmp_path: Path) -> None:
    rows = "".join(f"Dapil 1,,Desa {number}\n" for number in range(500))
    write("k/wilayah.csv", f"dapil,kecamatan,desa\n{rows}")
    region, collector = read(tmp_path)
    assert region.areas == ()
    assert len(collector.findings) == 101
    assert "ebih dari 100 baris" in collector.findings[-1].message.id


def test_the_example_has_all_three() -> None:
    collector = Collector()
    region = read_region(EXAMPLE, EXAMPLE.parent, collector)
    assert collector.findings == []
    assert {area.district for area in region.areas} == {f"Dapil {number}" for number in range(1, 7)}
    assert {entry.agency for entry in region.dictionary} == {agency.name for agency in region.agencies}
