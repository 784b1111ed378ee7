"""Tables of a recess as offices keep them: other headers, names for ids, sums and titles, one table for everything."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.model.recess import Recess, RecessInput
from pipeline.readers.office import read_office
from pipeline.readers.recess import read_recess
from tests.recess import small


def told(item: RecessInput) -> list[str]:
    return sorted(f"{f.code} {Path(f.place.file).stem} {f.place.cell or f.place.line}" for f in item.findings)


def write(path: Path, rows: Sequence[Sequence[str]], separator: str = ",") -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=separator).writerows(rows)


def again(folder: Path, root: Path) -> tuple[RecessInput, Recess]:
    item = read_recess(folder, read_office(folder.parent.parent, root), root)
    return item, small.recess_of(item)


HEADERS = [
    ("pertemuan", "tanggal", "Tgl. Pelaksanaan"),
    ("pertemuan", "tanggal", "Hari/Tgl"),
    ("pertemuan", "jam", "Pukul"),
    ("pertemuan", "tempat", "LOKASI KEGIATAN"),
    ("pertemuan", "peserta", "Jml. Peserta"),
    ("pertemuan", "kecamatan", "Kec."),
    ("pertemuan", "desa", "Kel/Desa"),
    ("aspirasi", "id", "No."),
    ("aspirasi", "uraian", "Aspirasi Masyarakat"),
    ("aspirasi", "uraian", "Usulan Kegiatan"),
    ("aspirasi", "uraian", "Nama Kegiatan"),
    ("aspirasi", "bidang", "Urusan"),
    ("aspirasi", "opd", "Dinas"),
    ("aspirasi", "opd", "SKPD"),
    ("aspirasi", "opd", "Perangkat Daerah Pengampu"),
    ("aspirasi", "anggaran", "Pagu (Rp)"),
    ("aspirasi", "anggaran", "Estimasi Biaya"),
    ("aspirasi", "anggaran", "Nilai"),
    ("aspirasi", "lokasi", "alamat_teks"),
    ("aspirasi", "lokasi", "Lokasi Usulan"),
    ("anggota", "nama", "Nama Anggota DPRD"),
    ("anggota", "dapil", "Daerah Pemilihan"),
]


@pytest.mark.parametrize(("table", "column", "header"), HEADERS)
def test_headers_that_offices_use(table: str, column: str, header: str, tmp_path: Path) -> None:
    tables = small.tables()
    wanted = small.recess_of(small.read(tmp_path / "a", tables))
    tables[table][0][tables[table][0].index(column)] = header
    item = small.read(tmp_path / "b", tables)
    found = small.recess_of(item)
    assert told(item) == []
    assert (found.members, found.meetings, found.proposals) == (wanted.members, wanted.meetings, wanted.proposals)


@pytest.mark.parametrize("header", ["Anggaran (Juta)", "Pagu (Rp. 000)", "Anggaran dalam ribuan rupiah", "Biaya (jt)"])
def test_amounts_in_thousands_are_not_read(header: str, tmp_path: Path) -> None:
    tables = small.tables()
    tables["aspirasi"][0][11] = header
    item = small.read(tmp_path, tables)
    assert told(item) == ["MSK-13 aspirasi A1", "MSK-14 aspirasi L1"]
    assert any("rupiah penuh" in finding.help.id for finding in item.findings)
    assert {row.amount for row in small.recess_of(item).proposals} == {None}


def test_columns_for_the_planning_system(tmp_path: Path) -> None:
    tables = small.tables()
    names = "jenis sumber kewenangan masalah gagasan kamus foto lintang bujur program penerima"
    values = ["usulan", "reses", "kabupaten", "Rusak", "Diaspal", "K1", "", "7,42 LS", "109.23", "Program A", "Warga"]
    tables["aspirasi"][0] += names.split()
    for row in tables["aspirasi"][1:]:
        row.extend(values)
    tables["pertemuan"][0] += ["unsur", "pendamping", "acara"]
    for row in tables["pertemuan"][1:]:
        row.extend(["Petani", "Staf", "Pembukaan; Tanya jawab ;"])
    item = small.read(tmp_path, tables)
    first, meeting = small.recess_of(item).proposals[0], small.recess_of(item).meetings[0]
    assert told(item) == []
    assert (first.kind, first.origin, first.authority, first.problem, first.idea) == tuple(values[:5])
    assert (first.entry, first.latitude, first.longitude) == ("K1", -7.42, 109.23)
    assert (first.programme, first.recipient) == ("Program A", "Warga")
    assert (meeting.groups, meeting.companions, meeting.agenda) == ("Petani", "Staf", ("Pembukaan", "Tanya jawab"))


NAMES: list[tuple[str, str, list[str]]] = [
    ("Anggota Contoh 02", "A2", []),
    ("ANGGOTA  CONTOH 02", "A2", []),
    ("H. Anggota Contoh 02, S.E., M.M.", "A2", []),
    ("a2", "A2", []),
    ("Anggota Contoh 09", "Anggota Contoh 09", []),
    ("", "", []),
]


@pytest.mark.parametrize(("name", "id", "codes"), NAMES)
def test_a_name_stands_for_an_id(name: str, id: str, codes: list[str], tmp_path: Path) -> None:
    tables = small.tables()
    tables["pertemuan"][0][1] = "nama_anggota"
    tables["pertemuan"][2][1] = name
    tables["pertemuan"][1][1], tables["pertemuan"][3][1] = "Anggota Contoh 01", "Anggota Contoh 03"
    item = small.read(tmp_path, tables)
    assert [meeting.member_id for meeting in small.recess_of(item).meetings] == ["A1", id, "A3"]
    assert told(item) == codes


def test_a_name_of_two_members_finds_neither(tmp_path: Path) -> None:
    tables = small.tables()
    tables["anggota"][2][1] = tables["anggota"][1][1] = "Anggota Contoh"
    tables["pertemuan"][1][1] = "Anggota Contoh"
    item = small.read(tmp_path, tables)
    assert small.recess_of(item).meetings[0].member_id == "Anggota Contoh"
    assert told(item) == ["MSK-25 pertemuan B2"]


def test_id_and_name_of_two_members_are_told(tmp_path: Path) -> None:
    tables = small.tables()
    tables["aspirasi"][0].append("nama_anggota")
    for row, name in zip(tables["aspirasi"][1:], ["Anggota Contoh 03", "", *[""] * 3], strict=True):
        row.append(name)
    item = small.read(tmp_path, tables)
    assert small.recess_of(item).proposals[0].member_id == "A1"
    assert told(item) == ["MSK-25 aspirasi C2"]


BETWEEN: list[tuple[list[str], list[str] | None]] = [
    (["", "", "", "JUMLAH", *[""] * 7, "280.000.000", "", "", ""], ["MSK-33 aspirasi L7"]),
    (["Jumlah Total", *[""] * 10, "Rp280.000.000", "", "", ""], ["MSK-33 aspirasi L7"]),
    (["SUB TOTAL DAPIL 1 :", *[""] * 13, "5 usulan"], ["MSK-33 aspirasi A7"]),
    (small.tables()["aspirasi"][0], ["MSK-33 aspirasi A7"]),
    (["", "", "Mengetahui, Sekretaris DPRD", *[""] * 12], ["MSK-33 aspirasi A7"]),
    (["", "", "", "Jumlah guru kurang", "x", "y", "Contoh Timur", "Contoh Mekar", *[""] * 7], None),
    (["U9", "", "A1", "Total renovasi balai desa", "x", "y", "Contoh Timur", "Contoh Mekar", *[""] * 7], None),
    (["U9", *[""] * 14], None),
]


@pytest.mark.parametrize(("row", "codes"), BETWEEN)
def test_sums_headings_and_notes_are_no_proposals(row: list[str], codes: list[str] | None, tmp_path: Path) -> None:
    tables = small.tables()
    tables["aspirasi"].append(row)
    item = small.read(tmp_path, tables)
    assert len(small.recess_of(item).proposals) == (6 if codes is None else 5)
    assert codes is None or told(item) == codes


@pytest.mark.parametrize(
    ("sums", "words"),
    [
        ([(6, "280.000.000")], ["adalah penjumlahan"]),
        ([(3, "110 juta"), (7, "170.000.000"), (8, "Rp 280.000.000,-")], ["adalah penjumlahan"] * 3),
        ([(6, "300.000.000")], ["menyebut Rp300.000.000, sedangkan baris di atasnya berjumlah Rp280.000.000"]),
        ([(3, "110.000.000"), (7, "170.000.001")], ["adalah penjumlahan", "berjumlah Rp170.000.000"]),
    ],
)
def test_a_sum_is_compared_with_its_rows(sums: list[tuple[int, str]], words: list[str], tmp_path: Path) -> None:
    tables = small.tables()
    for position, amount in sums:
        tables["aspirasi"].insert(position, ["JUMLAH", *[""] * 10, amount, "", "", ""])
    item = small.read(tmp_path, tables)
    assert len(small.recess_of(item).proposals) == 5
    assert len(item.findings) == len(words)
    assert all(part in finding.message.id for part, finding in zip(words, item.findings, strict=True))


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize(
    "above",
    [
        [["REKAPITULASI ASPIRASI", *[""] * 14], [""] * 15],
        [["REKAP ASPIRASI MASA I"], ["DPRD KABUPATEN CONTOH"], []],
    ],
)
def test_titles_and_numbers_around_the_header(above: list[list[str]], separator: str, tmp_path: Path) -> None:
    folder = small.write(tmp_path)
    head, *rows = small.tables()["aspirasi"]
    numbers = [str(number) for number in range(1, 16)]
    write(folder / "aspirasi.csv", [*above, head, numbers, *rows], separator)
    item, recess = again(folder, tmp_path)
    assert told(item) == []
    assert [row.id for row in recess.proposals] == ["U1", "U2", "U3", "U4", "U5"]
    assert recess.proposals[0].row == len(above) + 3
    assert item.tables["aspirasi"].place(recess.proposals[0].row, "uraian").line == len(above) + 3


def test_two_header_rows(tmp_path: Path) -> None:
    folder = small.write(tmp_path)
    head, *rows = small.tables()["aspirasi"]
    upper = [name if name not in ("kecamatan", "desa", "lokasi") else "" for name in head]
    upper[6] = "LOKASI USULAN"
    lower = [name if name in ("kecamatan", "desa", "lokasi") else "" for name in head]
    write(folder / "aspirasi.csv", [["REKAP", *[""] * 14], upper, lower, *rows])
    item, recess = again(folder, tmp_path)
    assert told(item) == []
    assert [(row.village, row.location) for row in recess.proposals[:2]] == [
        ("Contoh Mekar", "Dusun 1"),
        ("Contoh Mekar", "Dusun 2"),
    ]


SINGLE = """\
No,Masa Persidangan,Nama Anggota,Fraksi,Dapil,Kecamatan,Desa/Kelurahan,Tanggal,Lokasi,Jumlah Peserta,Aspirasi,\
Bidang Urusan,OPD Pengampu,Lokasi Usulan,Volume,Satuan,Perkiraan Anggaran,Prioritas,Status Usulan,Keterangan
1,I,"H. Anggota A, S.E.",Fraksi X,Dapil 1,Timur,Mekar,02/02/2026,Balai Desa,40,Perbaikan jalan,PU,Dinas PU,Dusun 1,100,\
m,1 juta,Tinggi,,
2,I,Anggota A,Fraksi X,Dapil 1,Timur,Mekar,02/02/2026,Balai Desa,,Bantuan benih,Tani,Dinas Tani,Dusun 2,5,ha,,Tinggi,,
3,I,Anggota A,Fraksi X,Dapil 1,Timur,Asri,03/02/2026,Aula,55,Ruang kelas,Didik,Dinas Didik,SD 1,1,ruang,,Tinggi,,
4,II,Anggota B,Fraksi Y,Dapil 2,Barat,Asri,04/02/2026,Aula,60,Drainase,PU,Dinas PU,RT 1,9,m,,Tinggi,,
JUMLAH,,,,,,,,,155,,,,,,,1.000.000,,,
"""


def test_one_table_for_everything(tmp_path: Path) -> None:
    folder = small.write(tmp_path)
    for name in ("anggota", "pertemuan"):
        (folder / f"{name}.csv").unlink()
    (folder / "aspirasi.csv").write_text(SINGLE, encoding="utf-8")
    item, recess = again(folder, tmp_path)
    assert told(item) == [
        "MSK-25 aspirasi B5",  # masa II
        "MSK-33 aspirasi Q6",
        "MSK-34 aspirasi A1",
        "MSK-34 aspirasi A1",
    ]
    assert [(one.fraction, one.district) for one in recess.members] == [
        ("Fraksi X", "Dapil 1"),
        ("Fraksi Y", "Dapil 2"),
    ]
    assert [(one.date and one.date.day, one.venue, one.participants) for one in recess.meetings] == [
        (2, "Balai Desa", 40),
        (3, "Aula", 55),
        (4, "Aula", 60),
    ]
    assert [row.meeting_id for row in recess.proposals] == ["P001", "P001", "P002", "P003"]
    assert len({row.member_id for row in recess.proposals[:3]}) == 1
    assert (recess.proposals[0].location, recess.proposals[0].amount) == ("Dusun 1", 1_000_000)
    assert item.tables["anggota"].source(recess.members[1].row).endswith("aspirasi.csv:5")
    assert item.tables["pertemuan"].place(2, "tempat").cell == "I2"
    assert not item.partial


def test_what_the_first_row_of_one_table_leaves_out_is_taken_from_the_next(tmp_path: Path) -> None:
    folder = small.write(tmp_path)
    for name in ("anggota", "pertemuan"):
        (folder / f"{name}.csv").unlink()
    head = "no,nama_anggota,fraksi,dapil,komisi,tanggal,tempat,peserta,uraian"
    rows = ["1,A,F,,,2026-02-02,Aula,,x", "2,A,G,D,K,2026-02-02,Aula,55,y", "3,A,G,E,L,2026-02-02,Aula,60,z"]
    (folder / "aspirasi.csv").write_text("\n".join([head, *rows]), encoding="utf-8")
    _, recess = again(folder, tmp_path)
    assert [(one.fraction, one.district, one.commission) for one in recess.members] == [("F", "D", "K")]
    assert [one.participants for one in recess.meetings] == [55]


def test_documentation_and_committees_of_one_table(tmp_path: Path) -> None:
    folder = small.write(tmp_path)
    for name in ("anggota", "pertemuan"):
        (folder / f"{name}.csv").unlink()
    (folder / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0\0\0\2" * 2 + b"\0" * 9)
    head = "no,nama_anggota,fraksi,komisi,tanggal,uraian,bidang,opd,kecamatan,desa,dokumentasi,absensi"
    rows = ["1,A,F,Komisi I,2026-02-02,x,b,o,k,d,,", "2,A,F,Komisi I,2026-02-02,y,b,o,k,d,a.png; b.png,hadir.pdf"]
    (folder / "aspirasi.csv").write_text("\n".join([head, *rows]), encoding="utf-8")
    item, recess = again(folder, tmp_path)
    assert [member.commission for member in recess.members] == ["Komisi I"]
    assert [(one.photos, one.attendance) for one in recess.meetings] == [("a.png; b.png", "hadir.pdf")]
    assert [one.path.name for one in recess.meetings[0].attachments] == ["a.png"]
    assert [line for line in told(item) if line.startswith("MSK-32")] == ["MSK-32 aspirasi K3", "MSK-32 aspirasi L3"]


def test_rows_find_their_meeting_by_day_where_no_id_is_given(tmp_path: Path) -> None:
    tables = small.tables()
    for row in tables["aspirasi"]:
        row[1] = {"pertemuan_id": "tanggal", "P1": "2026-02-02", "P2": "3 Februari 2026", "P3": "2026-02-09"}[row[1]]
    tables["aspirasi"][0][8] = "lokasi_usulan"
    item = small.read(tmp_path, tables)
    assert [row.meeting_id for row in small.recess_of(item).proposals] == ["P1", "P1", "P2", "P2", ""]
    assert told(item) == []


def test_rows_without_an_id_are_kept(tmp_path: Path) -> None:
    tables = small.tables()
    for name in tables:
        tables[name][1][0] = ""
    item = small.read(tmp_path, tables)
    recess = small.recess_of(item)
    assert (len(recess.members), len(recess.meetings), len(recess.proposals)) == (3, 3, 5)
    assert (recess.members[0].id, recess.meetings[0].id) == ("Anggota Contoh 01", "baris 2")
    assert told(item) == ["ASP-01 aspirasi A2", "MSK-24 anggota A2", "MSK-24 pertemuan A2"]


def test_cells_like_formulas_stay_text_and_are_told(tmp_path: Path) -> None:
    tables = small.tables()
    texts = ["=HYPERLINK(1)", "@akun_contoh", "- Perbaikan jalan", "@SUM(A1)", "x" * 20_000]
    for row, text in zip(tables["aspirasi"][1:], texts, strict=True):
        row[3] = text
    item = small.read(tmp_path, tables)
    assert [row.text for row in small.recess_of(item).proposals] == texts
    assert told(item) == ["MSK-30 aspirasi D2", "MSK-30 aspirasi D5"]


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda text: text.replace(b"jalan", b"jalan\x00", 1), "MSK-18"),
        (lambda text: text.replace(b"jalan", b"jal\xe9n", 1), "MSK-03"),
        (lambda _: b"", "MSK-04"),
        (lambda text: text.replace(b",", b"\t"), "MSK-29"),
        (lambda text: text.replace(b"Perbaikan jalan", b"x" * 40_000, 1), "MSK-12"),
        (lambda text: text.replace(b"status", b"lokasi", 1), "MSK-15"),
    ],
)
def test_what_spoils_a_file_is_told(spoil: object, code: str, tmp_path: Path) -> None:
    folder = small.write(tmp_path)
    path = folder / "aspirasi.csv"
    path.write_bytes(spoil(path.read_bytes()))  # type: ignore[operator]
    item, recess = again(folder, tmp_path)
    assert code in {finding.code for finding in item.findings}
    assert recess.members


CELLS = st.one_of(
    st.sampled_from(["", "A1", "P1", "U1", "JUMLAH", "Total :", "1.000", "2026-02-02", "03/02/2026", "=A1", "uraian"]),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(CELLS, min_size=19, max_size=19), max_size=6), single=st.booleans())
def test_no_row_is_lost_whatever_it_holds(rows: list[list[str]], single: bool, tmp_path: Path) -> None:
    folder = small.write(tmp_path)
    head = [*small.tables()["aspirasi"][0], "foto", "lintang", "bujur", "tanggal" if single else "penerima"]
    if single:
        head[2] = "nama_anggota"
        for name in ("anggota", "pertemuan"):
            (folder / f"{name}.csv").unlink()
    write(folder / "aspirasi.csv", [head, *rows])
    item, recess = again(folder, tmp_path)
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    numbered = bool(filled) and [cell.strip() for cell in filled[0] if cell.strip()][:4] == ["1", "2", "3", "4"]
    left_out = sum(finding.code == "MSK-33" for finding in item.findings)
    assert len(recess.proposals) + left_out == len(filled) - numbered
    assert all(item.tables["aspirasi"].place(row.row, "uraian").line for row in recess.proposals)
