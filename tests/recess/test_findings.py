"""What is wrong with a recess is found, at its cell, and once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.model.finding import Severity
from pipeline.model.recess import Meeting, Member, Proposal
from pipeline.readers.office import read_office
from pipeline.readers.recess import read_recess
from pipeline.rules.calendar import Calendar
from tests.recess import small

CASES: list[Mapping[str, Any]] = yaml.safe_load((Path(__file__).parent / "findings.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_findings(case: Mapping[str, Any], tmp_path: Path) -> None:
    item = small.read(tmp_path, small.spoiled(case["edits"]))
    findings = small.findings(item)
    found = sorted(f"{f.code} {Path(f.place.file).stem} {f.place.cell}" for f in findings)
    assert found == sorted(case["found"])
    assert not [f.message for f in findings if f.message.id[:1].islower() or f.message.en[:1].islower()]


@pytest.mark.parametrize(
    ("end", "kind", "counting", "severity"),
    [
        ("2026-02-07", "kabupaten", "", None),
        ("2026-02-08", "kabupaten", "", Severity.WARNING),  # 7 calendar days, 5 of them worked
        ("2026-02-10", "kabupaten", "", Severity.ERROR),  # 9 and 7
        ("2026-02-08", "kabupaten", "kerja", None),
        ("2026-02-08", "kabupaten", "kalender", Severity.ERROR),
        ("2026-02-09", "provinsi", "", None),
        ("2026-02-10", "provinsi", "", Severity.WARNING),
        ("2026-02-01", "kota", "", Severity.ERROR),  # ends before it begins
    ],
)
def test_length_of_the_recess(end: str, kind: str, counting: str, severity: Severity | None, tmp_path: Path) -> None:
    main = small.MAIN.replace("selesai: 2026-02-07", f"selesai: {end}")
    main += f"hitungan_hari: {counting}\n" if counting else ""
    item = small.read(tmp_path, main=main, office=small.OFFICE.replace("kabupaten", kind))
    found = [finding for finding in small.findings(item) if finding.code == "RES-01"]
    assert [finding.severity for finding in found] == ([severity] if severity else [])
    assert all(finding.place.line == 4 for finding in found)


def test_personal_data_is_not_repeated_in_the_finding(tmp_path: Path) -> None:
    edits = [{"table": "aspirasi", "row": 2, "column": "uraian", "value": "Bantuan untuk 3302121212120001"}]
    item = small.read(tmp_path, small.spoiled(edits))
    for finding in small.findings(item):
        assert "3302" not in finding.message.id + finding.message.en + finding.help.id + finding.help.en


OF_ROWS = {"members": Member, "meetings": Meeting, "proposals": Proposal}
NOT_SEARCHED = {"id", "member_id", "meeting_id", "entry", "photos", "attendance", "pictures"}
"""Ids and names of files. What a row states of fraksi and dapil is not printed: the register's is."""
SEARCHED = [
    (rows, one.name)
    for rows, kind in OF_ROWS.items()
    for one in fields(kind)
    if one.type in ("str", str) and one.name not in NOT_SEARCHED
    if (rows, one.name) not in (("proposals", "fraction"), ("proposals", "district"))
]


@pytest.mark.parametrize(("rows", "name"), SEARCHED)
def test_personal_data_is_found_in_every_text_that_is_printed(rows: str, name: str, tmp_path: Path) -> None:
    item = small.read(tmp_path)
    recess = small.recess_of(item)
    first, *others = getattr(recess, rows)
    spoiled = replace(first, **{name: "HP 0812-3456-7890"})
    changes: dict[str, Any] = {rows: (spoiled, *others)}
    item = replace(item, recess=replace(recess, **changes))
    (found,) = [finding for finding in small.findings(item) if finding.code == "ASP-04"]
    assert "memuat nomor telepon" in found.message.id
    assert found.severity is Severity.ERROR


def test_many_doubtful_merges_are_told_in_one(tmp_path: Path) -> None:
    tables = small.tables()
    place = ["Pekerjaan Umum", "Dinas PU", "Contoh Timur", "Contoh Mekar"]
    for number in range(23):
        rest = [f"Dusun {number + 10}", "1", "unit", "", "Rendah", "Diusulkan", ""]
        tables["aspirasi"].append([f"X{number}", "P1", "A1", "Perbaikan jembatan gantung", *place, *rest])
        tables["aspirasi"].append([f"Y{number}", "P2", "A2", "Rehab jembatan gantung yang rapuh", *place, *rest])
    found = [f for f in small.findings(small.read(tmp_path, tables)) if f.code == "ASP-06"]
    assert len(found) == 21
    assert found[-1].message.id.startswith("3 aspirasi lain juga digabung karena mirip: ")
    texts = " ".join(finding.message.id for finding in found)
    assert all(f"Y{number}" in texts for number in range(23))


def test_subdistrict_of_another_dapil_is_a_warning(tmp_path: Path) -> None:
    tables = small.tables()
    meetings, rows = tables["pertemuan"], tables["aspirasi"]
    for number in range(4, 12):
        place = ["Contoh Timur", "Contoh Mekar"]
        meetings.append([f"P{number}", "A1", "2026-02-05", f"{number}.00", *place, "Balai", "9", "1", ""])
        rows.append([f"U{number}x", f"P{number}", "A1", "x", "b", "o", *place, str(number), *[""] * 6])
    meetings[3][4] = "Contoh Timur"  # the meeting of A3, who is of another dapil
    found = [f for f in small.findings(small.read(tmp_path, tables)) if f.code == "RES-09"]
    assert [(f.severity, f.place.cell) for f in found] == [(Severity.WARNING, "E4")]


@pytest.mark.parametrize("name", ["anggota", "pertemuan", "aspirasi"])
def test_missing_table_is_told_and_the_rest_is_read(name: str, tmp_path: Path) -> None:
    folder = small.write(tmp_path)
    (folder / f"{name}.csv").unlink()
    item = small.read_recess(folder, small.read_office(folder.parent.parent, tmp_path), tmp_path)
    assert item.recess is not None
    assert any(f.code == "MSK-01" and f.place.file.endswith(f"{name}.csv") for f in item.findings)
    small.findings(item)


def test_unreadable_main_file_leaves_no_recess(tmp_path: Path) -> None:
    item = small.read(tmp_path, main="- bukan pasangan kunci\n")
    assert item.recess is None
    assert any(finding.blocks for finding in item.findings)
    assert not small.check_recess(item, Calendar({}))


def test_header_alone_is_an_empty_recess(tmp_path: Path) -> None:
    item = small.read(tmp_path, {name: rows[:1] for name, rows in small.tables().items()})
    recess = small.recess_of(item)
    assert (recess.members, recess.meetings, recess.proposals) == ((), (), ())
    (found,) = item.findings
    assert (found.code, found.place.file.rpartition("/")[2], found.severity) == (
        "MSK-04",
        "anggota.csv",
        Severity.ERROR,
    )


FORMAT = {
    "anggota": "id nama fraksi komisi dapil jabatan",
    "pertemuan": "id anggota_id tanggal jam kecamatan desa tempat peserta foto daftar_hadir",
    "aspirasi": "id pertemuan_id anggota_id uraian bidang opd kecamatan desa lokasi volume satuan anggaran prioritas "
    "status keterangan",
}


@pytest.mark.parametrize(
    ("table", "column"), [(table, column) for table, columns in FORMAT.items() for column in columns.split()]
)
def test_every_missing_column_is_told(table: str, column: str, tmp_path: Path) -> None:
    item = small.read(tmp_path, small.spoiled([{"table": table, "drop_column": column}]))
    found = [f for f in item.findings if f.code == "MSK-13" and f"`{column}`" in f.message.id]
    expected = Severity.WARNING if column == "keterangan" else Severity.ERROR
    assert [(f.severity, Path(f.place.file).stem, f.place.line) for f in found] == [(expected, table, 1)]


@pytest.mark.parametrize("table", ["anggota", "pertemuan", "aspirasi"])
@pytest.mark.parametrize("spoil", ["gone", "folder", "no id", "row"])
def test_what_cannot_be_read_is_not_said_to_be_missing(table: str, spoil: str, tmp_path: Path) -> None:
    folder = small.write(tmp_path)
    path = folder / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    if spoil in ("gone", "folder"):
        path.unlink()
    if spoil == "folder":
        path.mkdir()
    if spoil == "no id":
        path.write_text(text.replace("id,", "kolom lain,", 1), encoding="utf-8")
    if spoil == "row":
        head, _, rest = text.partition("\n")
        first, _, others = rest.partition("\n")
        path.write_text(f"{head}\n{first},x,y,z,x,y\n{others}", encoding="utf-8")
    item = read_recess(folder, read_office(folder.parent.parent, tmp_path), tmp_path)
    found = small.findings(item)
    assert table in item.partial
    assert {finding.code[:3] for finding in found} == {"MSK"}, found
    assert {Path(finding.place.file).stem for finding in found} == {table}


def test_what_becomes_of_the_second_member_with_one_id_is_told(tmp_path: Path) -> None:
    item = small.read(tmp_path, small.spoiled([{"table": "anggota", "row": 4, "column": "id", "value": "A2"}]))
    (twice,) = [finding for finding in item.findings if finding.code == "MSK-26"]
    assert "baris 3" in twice.message.id
    assert "tidak dihitung" in twice.help.id
    assert "not counted" in twice.help.en
