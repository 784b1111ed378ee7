"""A recess in one workbook, with what spreadsheets bring: titles, merged and hidden cells, numbers, formulas."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from pipeline.model.finding import Severity
from pipeline.model.recess import Recess, RecessInput
from pipeline.readers.office import read_office
from pipeline.readers.recess import read_recess
from tests.recess import small

Spoil = Callable[[Workbook], Any]


def read(root: Path, spoil: Spoil = lambda _: None, name: str = "reses.xlsx") -> tuple[RecessInput, Recess]:
    """The small recess as a workbook, spoiled."""
    folder = small.write(root)
    book = Workbook()
    del book[book.sheetnames[0]]
    for title, rows in small.tables().items():
        (folder / f"{title}.csv").unlink()
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([int(cell) if cell.isdigit() else cell or None for cell in row])
    spoil(book)
    book.save(folder / name)
    item = read_recess(folder, read_office(folder.parent.parent, root), root)
    return item, small.recess_of(item)


def told(item: RecessInput) -> list[str]:
    return sorted(f"{f.code} {f.place.sheet} {f.place.cell}" for f in item.findings)


def plain(recess: Recess) -> tuple[object, ...]:
    return recess.members, recess.meetings, recess.proposals


def test_a_workbook_says_the_same_as_tables(tmp_path: Path) -> None:
    item, recess = read(tmp_path / "a")
    assert told(item) == []
    assert plain(recess) == plain(small.recess_of(small.read(tmp_path / "b")))
    assert item.tables["aspirasi"].source(3).endswith("reses.xlsx#aspirasi:3")
    assert item.tables["aspirasi"].place(3, "uraian").cell == "D3"


def titled(book: Workbook) -> None:
    sheet = book["aspirasi"]
    sheet.insert_rows(1, 3)
    sheet["A1"] = "REKAPITULASI ASPIRASI MASYARAKAT"
    sheet.merge_cells("A1:O1")


def values(book: Workbook) -> None:
    meetings, rows = book["pertemuan"], book["aspirasi"]
    meetings["C2"] = dt.datetime(2026, 2, 2)  # noqa: DTZ001 - a spreadsheet knows no time zones
    meetings["C3"] = dt.date(2026, 2, 3)
    meetings["D2"] = dt.time(9, 0)
    meetings["H2"] = 40.0
    meetings["H4"] = "1250"
    rows["L2"] = 100_000_000.0
    rows["L3"] = "Rp 10.000.000,-"
    rows["L4"] = "120000000"
    rows["J2"] = "100"


@pytest.mark.parametrize("spoil", [titled, values])
def test_what_spreadsheets_make_of_cells_is_the_same(spoil: Spoil, tmp_path: Path) -> None:
    wanted = small.recess_of(small.read(tmp_path / "a"))
    item, recess = read(tmp_path / "b", spoil)
    assert told(item) == []
    assert [row.amount for row in recess.proposals] == [row.amount for row in wanted.proposals]
    assert [(m.date, m.time, m.participants) for m in recess.meetings] == [
        (m.date, m.time, m.participants) for m in wanted.meetings
    ]


def formulas(book: Workbook) -> None:
    book["aspirasi"]["L2"] = "=J2*1000"
    book["aspirasi"]["L3"] = "#REF!"


def hidden(book: Workbook) -> None:
    book["aspirasi"].row_dimensions[3].hidden = True
    book["aspirasi"].row_dimensions[4].hidden = True
    book["aspirasi"].column_dimensions["O"].hidden = True


def merged(book: Workbook) -> None:
    sheet = book["aspirasi"]
    sheet.merge_cells("B2:B3")
    sheet.merge_cells("G2:H2")
    sheet.merge_cells("G4:G5")
    sheet.merge_cells("L2:L3")


def summed(book: Workbook) -> None:
    book["aspirasi"].append([None, None, None, "JUMLAH", *[None] * 7, 280_000_000])
    book["aspirasi"].append([])
    book["aspirasi"].append([None] * 11 + ["Sekretaris DPRD"])


def numbered(book: Workbook) -> None:
    book["aspirasi"].insert_rows(2)
    for column in range(1, 16):
        book["aspirasi"].cell(2, column, column)


def endless(book: Workbook) -> None:
    sheet = book["aspirasi"]
    sheet.cell(1_000_000, 1, " ")
    sheet.cell(20_000, 4, "")


def grouped(book: Workbook) -> None:
    sheet = book["aspirasi"]
    sheet.insert_rows(1)
    for column in range(1, 16):
        if sheet.cell(2, column).value not in ("kecamatan", "desa", "lokasi"):
            sheet.cell(1, column, sheet.cell(2, column).value)
            sheet.cell(2, column).value = None
    sheet["G1"] = "LOKASI"


FOUND: list[tuple[Spoil, list[str], int]] = [
    (formulas, ["MSK-30 aspirasi L2", "MSK-30 aspirasi L3"], 5),
    (hidden, ["MSK-34 aspirasi A1", "MSK-34 aspirasi O1"], 5),
    (merged, ["ASP-01 aspirasi H2", "MSK-34 aspirasi B1", "MSK-34 aspirasi G1", "MSK-34 aspirasi L2"], 5),
    (summed, ["MSK-33 aspirasi A9", "MSK-33 aspirasi L7"], 5),
    (numbered, [], 5),
    (endless, [], 5),
    (grouped, [], 5),
]


@pytest.mark.parametrize(("spoil", "found", "count"), FOUND, ids=[spoil.__name__ for spoil, _, _ in FOUND])
def test_what_stands_around_the_data(spoil: Spoil, found: list[str], count: int, tmp_path: Path) -> None:
    item, recess = read(tmp_path, spoil)
    assert told(item) == found
    assert len(recess.proposals) == count


def test_a_merged_cell_holds_for_its_rows_but_an_amount_counts_once(tmp_path: Path) -> None:
    _, recess = read(tmp_path, merged)
    assert [row.meeting_id for row in recess.proposals] == ["P1", "P1", "P2", "P2", "P3"]
    assert [row.subdistrict for row in recess.proposals[2:4]] == ["Contoh Timur", "Contoh Timur"]
    assert [row.amount for row in recess.proposals[:2]] == [100_000_000, None]


def test_one_sheet_for_everything(tmp_path: Path) -> None:
    head = ["No", "Nama Anggota", "Fraksi", "Dapil", "Tanggal", "Lokasi Reses", "Kecamatan", "Desa", "Aspirasi"]
    row = ["Anggota A", "Fraksi X", "Dapil 1", dt.date(2026, 2, 2), "Balai Desa", "Timur", "Mekar"]

    def spoil(book: Workbook) -> None:
        for name in book.sheetnames:
            del book[name]
        sheet = book.create_sheet("Rekap")
        sheet.append([*head, "Bidang", "Dinas", "Pagu"])
        for number in (1, 2, 3):
            sheet.append([number, *row, f"Usulan {number}", "PU", "Dinas PU", 5])
        for column in "BCDEFGH":
            sheet.merge_cells(f"{column}2:{column}4")
            sheet[f"{column}2"] = row["BCDEFGH".index(column)]

    item, recess = read(tmp_path, spoil)
    assert [member.name for member in recess.members] == ["Anggota A"]
    assert [(one.venue, one.date) for one in recess.meetings] == [("Balai Desa", dt.date(2026, 2, 2))]
    assert [(one.member_id, one.meeting_id) for one in recess.proposals] == [("Anggota A", "P001")] * 3
    assert {finding.code for finding in item.findings} == {"MSK-34", "MSK-13"}  # lokasi, volume and others are missing
    assert not item.partial


def test_a_table_may_have_a_workbook_of_its_own(tmp_path: Path) -> None:
    _, wanted = read(tmp_path)
    folder = tmp_path / "inputs/contoh/reses/2026-masa-1"
    for title in ("anggota", "pertemuan", "aspirasi"):
        book = load_workbook(folder / "reses.xlsx")
        for name in book.sheetnames:
            if name != title:
                del book[name]
        book[title].title = "Sheet1"
        book.save(folder / f"{title}.xlsx")
    (folder / "reses.xlsx").unlink()
    item = read_recess(folder, read_office(folder.parent.parent, tmp_path), tmp_path)
    assert told(item) == []
    assert plain(small.recess_of(item)) == plain(wanted)


def test_what_reses_yaml_says_may_be_a_sheet(tmp_path: Path) -> None:
    rows = [
        ["tahun", 2026], ["masa", 1], ["mulai", dt.date(2026, 2, 2)], ["selesai", dt.date(2026, 2, 7)],
        ["penandatangan", "setwan"], ["rapat_paripurna", dt.date(2026, 2, 20), dt.date(2026, 2, 5)],
        ["pokir.tahun_anggaran", 2027], ["pokir.batas", "2026-02-28"], ["gabung", "U1", "U3"], [None, "U2", "U4"],
    ]  # fmt: skip

    def spoil(book: Workbook) -> None:
        sheet = book.create_sheet("reses")
        for row in rows:
            sheet.append(row)

    read(tmp_path, spoil)
    folder = tmp_path / "inputs/contoh/reses/2026-masa-1"
    (folder / "reses.yaml").unlink()
    item = read_recess(folder, read_office(folder.parent.parent, tmp_path), tmp_path)
    recess = small.recess_of(item)
    assert told(item) == []
    assert recess.plenaries == (dt.date(2026, 2, 5), dt.date(2026, 2, 20))
    assert recess.planning is not None
    assert (recess.planning.year, recess.planning.deadline) == (2027, dt.date(2026, 2, 28))
    assert recess.together == (("U1", "U3"), ("U2", "U4"))


def test_a_single_sheet_does_not_say_which_recess_it_is(tmp_path: Path) -> None:
    def spoil(book: Workbook) -> None:
        del book["anggota"]
        del book["pertemuan"]

    read(tmp_path, spoil)
    folder = tmp_path / "inputs/contoh/reses/2026-masa-1"
    (folder / "reses.yaml").unlink()
    item = read_recess(folder, read_office(folder.parent.parent, tmp_path), tmp_path)
    assert item.recess is None
    assert "Buat `reses.yaml`" in next(f.help.id for f in item.findings if f.code == "MSK-20")


@pytest.mark.parametrize("name", ["reses.xlsx", "aspirasi.xlsx"])
def test_a_workbook_that_is_not_read_is_told(name: str, tmp_path: Path) -> None:
    folder = small.write(tmp_path)
    (folder / name).write_bytes(b"anything")
    item = read_recess(folder, read_office(folder.parent.parent, tmp_path), tmp_path)
    (found,) = item.findings
    assert (found.code, found.severity, found.place.file.endswith(name)) == ("MSK-26", Severity.WARNING, True)
    assert len(small.recess_of(item).proposals) == 5


def test_a_workbook_that_is_none_is_told_once(tmp_path: Path) -> None:
    folder = small.write(tmp_path)
    for path in folder.glob("*.*"):
        path.unlink()
    (folder / "reses.xlsx").write_bytes(b"anything")
    item = read_recess(folder, read_office(folder.parent.parent, tmp_path), tmp_path)
    assert [found.code for found in item.findings] == ["MSK-19"]


def test_an_office_without_officials_is_told_what_to_do(tmp_path: Path) -> None:
    folder = small.write(tmp_path)
    (folder.parent.parent / "pejabat.csv").unlink()
    item = read_recess(folder, read_office(folder.parent.parent, tmp_path), tmp_path)
    assert [found.help.id for found in item.findings if found.code == "MSK-25"] == [
        "Belum ada satu pun di sana; tambahkan, atau perbaiki yang tertulis di sini."
    ]
