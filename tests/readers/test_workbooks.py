"""Workbooks: the same content as YAML and CSV, places by sheet and cell."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from pipeline.model.finding import Finding
from pipeline.model.inputs import OfficeInput
from pipeline.model.message import say
from pipeline.model.sop import Acceptance, Branch, Revision
from pipeline.readers import workbooks
from pipeline.readers.csvfile import read_table
from pipeline.readers.faults import Collector
from pipeline.readers.sop import read_sop
from pipeline.readers.tables import Column, TableSpec

ABOUT = say("uji")
SPEC = TableSpec("uji", (Column("no", ABOUT, required=True), Column("isi", ABOUT)))

SOP = [
    ["kunci", "isi"],
    ["nomor", "800/1/2023"],
    ["judul", "Pelaksanaan Reses"],
    ["tanggal pembuatan", dt.date(2023, 1, 2)],
    ["tanggal.efektif", "2023-01-03"],
    ["pengesah", "setwan"],
    ["dasar hukum", "UU satu"],
    [None, "UU dua"],
    ["pelaksana", "Anggota DPRD", "Pimpinan DPRD"],
    ["riwayat", 0, dt.datetime(2023, 1, 2), "Penetapan pertama"],  # noqa: DTZ001
    ["kecuali", "HKM-01", "menunggu", "Kabag", dt.date(2027, 6, 30)],
]
STEPS = [
    ["SOP PELAKSANAAN RESES"],
    [],
    ["No.", "Uraian Kegiatan", "Pelaksana", "Mutu Baku (Waktu)", "Output", "ya", "Rujukan SOP"],
    [1, "Mengajukan", "Dewan", "3 hari", "Usulan"],
    [2.0, "Menyetujui", "Pimpinan DPRD", "1 hari", "Keputusan", 1, "SOP Lain"],
]


def save(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def cells(findings: tuple[Finding, ...] | list[Finding]) -> list[tuple[str, str | None, str | None]]:
    return [(f.code, f.place.sheet, f.place.cell) for f in findings]


def test_sop(office: OfficeInput, tmp_path: Path) -> None:
    path = save(tmp_path / "inputs/contoh/sop/uji.xlsx", {"SOP": SOP, "Langkah": STEPS})
    found = read_sop(path, office, tmp_path)
    sop = found.sop
    assert found.findings == ()
    assert sop is not None
    assert (sop.created, sop.effective) == (dt.date(2023, 1, 2), dt.date(2023, 1, 3))
    assert sop.signer is not None
    assert sop.legal_basis == ("UU satu", "UU dua")
    assert sop.actors == ("Anggota DPRD", "Pimpinan DPRD")
    assert sop.history == (Revision(0, dt.date(2023, 1, 2), "Penetapan pertama"),)
    assert sop.accepted == (Acceptance("HKM-01", "menunggu", "Kabag", dt.date(2027, 6, 30)),)
    assert [(step.number, step.columns) for step in sop.steps] == [(1, (0,)), (2, (1,))]
    assert sop.steps[1].branches == (Branch("Ya", 1),)
    assert found.sources == (path,)
    spots = {key: (place.sheet, place.cell) for key, place in found.places.items()}
    assert spots["judul",] == ("SOP", "B3")
    assert spots["dasar_hukum", 1] == ("SOP", "B8")
    assert spots["tanggal", "efektif"] == ("SOP", "B5")
    assert spots["langkah", 1, "waktu"] == ("Langkah", "D5")
    assert (sop.steps[1].reference, spots["langkah", 1, "rujukan"]) == ("SOP Lain", ("Langkah", "G5"))


SOP_FAULTS = [
    ("unknown key", [["jdul", "x"]], [("MSK-08", "sop", "A1")]),
    ("key twice", [["judul", "x"], ["judul", "y"]], [("MSK-07", "sop", "B2")]),
    ("inner key twice", [["tanggal revisi", "2023-01-02"], ["tanggal.revisi", "x"]], [("MSK-07", "sop", "A2")]),
    ("two values", [["judul", "x", "y"]], [("MSK-07", "sop", "C1")]),
    ("date", [["tanggal efektif", "2/1/2023"]], [("TGL-01", "sop", "B1")]),
    ("incomplete record", [["kecuali", "HKM-01"]], [("MSK-24", "sop", "B1")] * 3),
    ("formula error", [["judul", "#REF!"]], [("MSK-30", "sop", "B1")]),
    ("formula without result", [["judul", "=A1"]], [("MSK-30", "sop", "B1")]),
]


def test_labels_of_the_form(office: OfficeInput, tmp_path: Path) -> None:
    rows = [["Nomor SOP", "1"], ["Kualifikasi Pelaksanaan", "a", "b"], ["Tanggal Pengesahan", "02 Januari 2023"]]
    path = save(tmp_path / "inputs/contoh/sop/uji.xlsx", {"sop": rows, "langkah": STEPS})
    found = read_sop(path, office, tmp_path)
    assert found.sop is not None
    assert (found.sop.number, found.sop.qualifications) == ("1", ("a", "b"))
    assert (found.sop.effective, found.sop.written[0][1]) == (dt.date(2023, 1, 2), "02 Januari 2023")
    assert dict(found.sop.labels)["kualifikasi_pelaksana",] == "Kualifikasi Pelaksanaan"
    assert found.places["label", "kualifikasi_pelaksana"].cell == "A2"


@pytest.mark.parametrize(("rows", "found"), [c[1:] for c in SOP_FAULTS], ids=[c[0] for c in SOP_FAULTS])
def test_sop_faults(office: OfficeInput, tmp_path: Path, rows: list[list[object]], found: list[object]) -> None:
    path = save(tmp_path / "inputs/contoh/sop/uji.xlsx", {"sop": rows, "langkah": STEPS[2:3]})
    assert cells(read_sop(path, office, tmp_path).findings) == found


TABLE_FAULTS = [
    ("no such sheet", {"lain": [["no"]], "uij": []}, [("MSK-20", None, None)]),
    ("empty sheet", {"uji": []}, [("MSK-04", "uji", None)]),
    ("missing column", {"uji": [["isi"], ["x"]]}, [("MSK-13", "uji", "A1")]),
    ("unknown column", {"uji": [["no", "isii"], [1, "x"]]}, [("MSK-14", "uji", "B1")]),
    ("surplus text", {"uji": [["no", "isi"], [1, "x", "y"]]}, [("MSK-16", "uji", "C2")]),
    ("formula error", {"uji": [["no", "isi"], [1, "#N/A"]]}, [("MSK-30", "uji", "B2")]),
]


@pytest.mark.parametrize(("sheets", "found"), [c[1:] for c in TABLE_FAULTS], ids=[c[0] for c in TABLE_FAULTS])
def test_table_faults(tmp_path: Path, sheets: dict[str, list[list[object]]], found: list[object]) -> None:
    collector = Collector()
    read_table(save(tmp_path / "a.xlsx", sheets), tmp_path, SPEC, collector)
    assert cells(collector.findings) == found


def test_text_beside_a_row_loses_nothing_of_the_row(tmp_path: Path) -> None:
    collector = Collector()
    table = read_table(
        save(tmp_path / "a.xlsx", {"uji": [["no", "isi"], [1, "x", "", "y"]]}), tmp_path, SPEC, collector
    )
    assert table is not None
    assert [row.cells for row in table.rows] == [("1", "x")]
    (found,) = collector.findings
    assert (found.place.cell, found.blocks) == ("D2", False)
    assert "`y`" in found.message.id


def test_cells_become_text_as_files_state_it(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["no", "isi"],
        [1, 1250000],
        [2, 0.5],
        [3, dt.time(8, 30)],
        [4, dt.datetime(2023, 1, 2, 8, 30)],  # noqa: DTZ001
        [5, True],
        [6, "  x "],
        [7],
        [],
        [9, "012"],
    ]
    collector = Collector()
    table = read_table(save(tmp_path / "a.xlsx", {"uji": rows}), tmp_path, SPEC, collector)
    assert table is not None
    texts = [table.text(row, "isi") for row in table.rows]
    assert texts == ["1250000", "0.5", "08:30", "2023-01-02 08:30", "ya", "x", "", "012"]
    assert table.place(table.rows[-1], "isi").cell == "B10"
    assert collector.findings == []


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"no,isi\n", "bukan buku kerja Excel"),
        (b"\xd0\xcf\x11\xe0rest", "format Excel lama"),
        (b"", "kosong"),
        (b"PK\x03\x04broken", "bukan buku kerja Excel"),
        (zipped(a=b"x"), "rusak"),
        (zipped(**{"[Content_Types].xml": b"<Types"}), "rusak"),
    ],
)
def test_not_a_workbook(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    collector = Collector()
    assert read_table(path, tmp_path, SPEC, collector) is None
    (finding,) = collector.findings
    assert finding.code == "MSK-19"
    assert words in finding.message.id


def test_archive_that_unpacks_to_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MAX_UNPACKED", 100)
    workbooks._load.cache_clear()
    collector = Collector()
    assert read_table(save(tmp_path / "a.xlsx", {"uji": [["no"]]}), tmp_path, SPEC, collector) is None
    assert collector.findings[0].code == "MSK-19"


def test_only_sheet_is_taken_whatever_its_name(tmp_path: Path) -> None:
    collector = Collector()
    table = read_table(save(tmp_path / "a.xlsx", {"Sheet1": [["no"], [1]]}), tmp_path, SPEC, collector)
    assert table is not None
    assert table.sheet == "Sheet1"
    assert collector.findings == []
