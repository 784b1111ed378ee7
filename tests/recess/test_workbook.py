"""The recap's workbook: every row and sum as real numbers, nothing in it runs, and its proof sees what is wrong."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook
from openxml_audit import OpenXmlValidator

from pipeline.errors import ProofError
from pipeline.model.recap import Dimension, Recap
from pipeline.model.recess import Earlier, EarlierNeed, Held, History, Proposal, RecessInput
from pipeline.recess.labels import row_labels
from pipeline.recess.recap import make_recap
from pipeline.render.workbook import recap_workbook
from pipeline.render.workbook_cells import MAX_TEXT, Column, Sheet, clean, number, parts_of
from pipeline.render.workbook_proof import prove_workbook
from pipeline.render.workbook_sheets import FIRST_SHEET, sheet_name
from tests.recess import small

RISKY = [
    "=1+1", '=HYPERLINK("http://contoh.example","x")', "+1", "-1", "@SUM(A1)", "\t=1", "-", "=cmd|' /C calc'!A0",
    "|calc", "%0A=1",
]  # fmt: skip


def with_rows(item: RecessInput, rows: tuple[Proposal, ...]) -> RecessInput:
    return replace(item, recess=replace(small.recess_of(item), proposals=rows))


def made(item: RecessInput, *, public: bool = False) -> tuple[bytes, Recap]:
    recap = make_recap(small.recess_of(item))
    return recap_workbook(item, recap, row_labels(recap), public=public), recap


def opened(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data))


def column(sheet: Any, name: str) -> list[Any]:
    position = [cell.value for cell in sheet[1]].index(name)
    return [row[position].value for row in sheet.iter_rows(min_row=2)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2,5", 2.5), ("1.250,75", 1250.75), ("2.5", 2.5), ("12", 12), ("0", 0), ("1.250", 1250),
        ("2 x 3", "2 x 3"), ("", ""), ("0812", "0812"), ("1" * 13, "1" * 13),
    ],
)  # fmt: skip
def test_volumes_are_numbers(text: str, value: object) -> None:
    assert number(text) == value


def test_volumes_of_the_input_are_numbers_in_the_workbook(tmp_path: Path) -> None:
    edit = {"table": "aspirasi", "row": 3, "column": "volume", "value": "2,5"}
    book = opened(made(small.read(tmp_path, small.spoiled([edit])))[0])
    assert column(book["Data"], "Volume")[1] == 2.5
    assert 2.5 in column(book["Usulan"], "Volume")


def test_no_cell_runs(tmp_path: Path) -> None:
    item = small.read(tmp_path)
    first = small.recess_of(item).proposals[0]
    rows = tuple(
        replace(first, id=text, row=n, text=text, field=text, location=text, remark=text, volume=text, unit=text)
        for n, text in enumerate(RISKY, 2)
    )
    data, recap = made(with_rows(item, rows))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            assert b"<f>" not in package.read(name)
            assert b"<f " not in package.read(name)
    sheet = opened(data)["Data"]
    position = [cell.value for cell in sheet[1]].index("Uraian")
    cells = [row[position] for row in sheet.iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == RISKY
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in cells)
    prove_workbook(data, "x.xlsx", recap)


def test_every_sheet_has_a_frozen_header_and_filters(tmp_path: Path) -> None:
    book = opened(made(small.read(tmp_path))[0])
    assert book.sheetnames[0] == FIRST_SHEET
    assert len(book.sheetnames) == 16
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes in ("A2", "B2")
        assert sheet.tables or sheet.auto_filter.ref.startswith("A1:")
        assert not sheet.merged_cells.ranges


def test_the_pivot_sheet_is_a_table_of_real_values(tmp_path: Path) -> None:
    data, recap = made(small.read(tmp_path))
    sheet = opened(data)["Data"]
    assert sheet.tables["DataReses"].ref == sheet.dimensions == f"A1:AD{recap.total.heard + 1}"
    assert {type(value) for value in column(sheet, "Tanggal")} == {dt.datetime}
    assert sum(column(sheet, "Aspirasi")) == recap.total.heard
    assert sum(column(sheet, "Usulan Dihitung")) == recap.total.needs
    assert sum(value or 0 for value in column(sheet, "Perkiraan Anggaran")) == recap.total.heard_amount
    assert sum(value or 0 for value in column(sheet, "Anggaran Dihitung")) == recap.total.amount
    assert column(sheet, "Sumber")[0] == "inputs/contoh/reses/2026-masa-1/aspirasi.csv:2"


@pytest.mark.parametrize("dimension", list(Dimension))
def test_a_pivot_of_the_rows_is_the_table_of_totals(dimension: Dimension, tmp_path: Path) -> None:
    data, recap = made(small.read(tmp_path))
    book = opened(data)
    found: dict[str, list[int]] = {}
    rows = zip(*(column(book["Data"], name) for name in (dimension.value, "Aspirasi", "Usulan Dihitung")), strict=True)
    for label, heard, needs in rows:
        sums = found.setdefault(label, [0, 0])
        sums[0] += heard
        sums[1] += needs
    lines = {line.label: [line.tally.heard, line.tally.needs] for line in recap.tables[dimension].lines}
    assert found == {label: sums for label, sums in lines.items() if sums != [0, 0]}


def test_sums_stand_below_the_filter_a_blank_row_apart(tmp_path: Path) -> None:
    data, recap = made(small.read(tmp_path))
    sheet = opened(data)["Per Fraksi"]
    assert sheet.auto_filter.ref == "A1:F3"
    assert [cell.value for cell in sheet[4]] == [None] * 6
    total = recap.total
    assert [cell.value for cell in sheet[5]] == [
        "Jumlah",
        total.heard,
        total.needs,
        total.amount,
        total.heard_amount,
        1,
    ]


def test_the_first_sheet_explains_every_other_and_links_to_it(tmp_path: Path) -> None:
    data, recap = made(small.read(tmp_path))
    book = opened(data)
    links = {cell.value: cell.hyperlink.location for row in book[FIRST_SHEET] for cell in row if cell.hyperlink}
    assert links == {name: f"'{name}'!A1" for name in book.sheetnames[1:]}
    texts = {cell.value for row in book[FIRST_SHEET] for cell in row}
    assert {recap.total.amount, recap.total.needs, sheet_name(Dimension.AGENCY)} <= texts
    assert any("berjumlah sama" in str(text) for text in texts)


def test_members_are_shown_with_their_duties(tmp_path: Path) -> None:
    edits = [{"table": "pertemuan", "row": 3, "column": "foto", "value": ""}]
    edits.append({"table": "pertemuan", "row": 3, "column": "daftar_hadir", "value": ""})
    sheet = opened(made(small.read(tmp_path, small.spoiled(edits)))[0])["Anggota"]
    assert column(sheet, "Dokumentasi")[:3] == ["ya", "tidak", "ya"]
    assert column(sheet, "Isi Laporan Lengkap")[:3] == ["ya", "tidak", "ya"]


def test_only_who_reported_nothing_is_barred_from_the_next_recess(tmp_path: Path) -> None:
    edits: list[dict[str, object]] = [{"table": "pertemuan", "row": 3, "column": "jam", "value": ""}]
    edits += [{"table": "pertemuan", "drop_row": 4}, {"table": "aspirasi", "drop_row": 6}]
    sheet = opened(made(small.read(tmp_path, small.spoiled(edits)))[0])["Anggota"]
    assert column(sheet, "Isi Laporan Lengkap")[:3] == ["ya", "tidak", "tidak"]
    assert column(sheet, "Reses Berikutnya")[:3] == [None, None, "Tidak dapat: belum ada laporan"]


def test_the_least_similar_of_the_merged_rows_is_told(tmp_path: Path) -> None:
    tables = small.tables()
    texts = ("Perbaikan jembatan gantung", "Perbaikan jembatan gantung.", "Rehab jembatan gantung yang rapuh")
    rest = ["Pekerjaan Umum", "Dinas PU", "Contoh Timur", "Contoh Mekar", "Dusun 7", "1", "unit", "", "Rendah", "", ""]
    tables["aspirasi"] += [[f"X{n}", "P1", "A1", text, *rest] for n, text in enumerate(texts)]
    data, recap = made(small.read(tmp_path, tables))
    scores = next(need.scores for need in recap.needs if need.lead.id == "X0")
    least = column(opened(data)["Usulan"], "Kemiripan Terendah (%)")
    assert len(set(scores)) == 2
    assert min(scores) in least
    assert max(scores) == 100


def test_the_recess_before_stands_beside_this_one(tmp_path: Path) -> None:
    item = small.read(tmp_path)
    place = ("Contoh Timur", "Contoh Mekar", "Dusun 1")
    needs = (
        EarlierNeed(1, "Perbaikan jalan", "Pekerjaan Umum", "Dinas PU", *place, "Diusulkan", 7, "lalu.csv:2"),
        EarlierNeed(2, "Pasar desa", "Perdagangan", "", *place, "Selesai", None, "lalu.csv:3"),
        EarlierNeed(3, "Kios pasar", "Perdagangan", "", *place, "", None, "lalu.csv:4"),
    )
    history = History((), Earlier(Held("contoh/reses/lalu"), needs=needs))
    recap = make_recap(small.recess_of(item), history=history)
    data = recap_workbook(item, recap, row_labels(recap))
    prove_workbook(data, "x.xlsx", recap)
    book = opened(data)
    sheet = book["Perbandingan"]
    assert column(sheet, "Perubahan") == [line.change.value for line in recap.comparison.needs]  # type: ignore[union-attr]
    assert column(sheet, "Status pada Reses Lalu")[-2:] == ["Selesai", None]
    assert column(sheet, "Sumber pada Reses Lalu")[0] == "lalu.csv:2"
    rows = {row[0]: row[1:] for row in book["Perbandingan per Bidang"].iter_rows(min_row=2, values_only=True)}
    assert rows["Pekerjaan Umum"] == (1, 2, 1)
    assert rows["Perdagangan"] == (2, 0, -2)
    assert rows["Jumlah"] == (3, 4, 1)


def test_the_cross_table_is_coloured_and_adds_up(tmp_path: Path) -> None:
    data, recap = made(small.read(tmp_path))
    sheet = opened(data)["Kecamatan x Bidang"]
    assert [str(one.sqref) for one in sheet.conditional_formatting] == ["B2:D3"]
    assert column(sheet, "Jumlah") == [1, 3, None, recap.total.needs]


def test_the_public_edition_has_no_columns_of_attachments(tmp_path: Path) -> None:
    data, _ = made(small.read(tmp_path), public=True)
    assert {"Foto", "Daftar Hadir"}.isdisjoint(cell.value for cell in opened(data)["Pertemuan"][1])


@pytest.mark.parametrize("text", ["x" * (MAX_TEXT + 1), "\N{CAMERA}" * MAX_TEXT, "x" * 40_000])
def test_a_text_too_long_for_a_cell_says_that_it_was_cut(text: str) -> None:
    value = clean(text)
    assert MAX_TEXT - 2 <= len(value.encode("utf-16-le")) // 2 <= MAX_TEXT
    assert value.endswith("(dipotong; lihat kolom Sumber)")


@given(st.text(st.characters(codec=None), max_size=200))
def test_any_text_can_stand_in_a_sheet(text: str) -> None:
    root = etree.fromstring(f"<t>{'x'}</t>")
    root.text = clean(text)
    assert len(root.text) <= len(text)


def test_signs_of_markup_and_escapes_survive(tmp_path: Path) -> None:
    text = 'Jalan <A> & "B" _x000D_ selesai'
    edit = {"table": "aspirasi", "row": 2, "column": "uraian", "value": text}
    data, recap = made(small.read(tmp_path, small.spoiled([edit])))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert '&lt;A&gt; &amp; "B" _x005F_x000D_ selesai' in package.read("xl/worksheets/sheet2.xml").decode()
    prove_workbook(data, "x.xlsx", recap)


@pytest.mark.parametrize(("count", "limit", "expected"), [(5, 8, [5]), (6, 8, [5, 1]), (10, 8, [5, 5]), (0, 8, [0])])
def test_more_rows_than_a_sheet_holds_make_more_sheets(count: int, limit: int, expected: list[int]) -> None:
    sheet = Sheet("S", "", (Column("a", 1),), count, lambda: ((n,) for n in range(count)), ("Jumlah",), "T")
    parts = list(parts_of(sheet, limit))
    assert [part.count for part in parts] == expected
    assert [row for part in parts for row in part.rows()] == [(n,) for n in range(count)]
    assert [part.name for part in parts] == ["S", "S 2"][: len(parts)]
    assert [part.total is not None for part in parts] == [False] * (len(parts) - 1) + [True]


def test_a_workbook_in_parts_passes_its_proof(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.render.workbook.parts_of", lambda sheet: parts_of(sheet, 6))
    data, recap = made(small.read(tmp_path))
    assert "Usulan 2" in opened(data).sheetnames
    prove_workbook(data, "x.xlsx", recap)


def test_it_follows_the_schemas_of_the_format(tmp_path: Path) -> None:
    path = tmp_path / "rekapitulasi.xlsx"
    path.write_bytes(made(small.read(tmp_path))[0])
    assert OpenXmlValidator().validate(str(path)).errors == []


def test_a_recess_without_rows_has_a_workbook(tmp_path: Path) -> None:
    data, recap = made(with_rows(small.read(tmp_path), ()))
    assert opened(data)["Data"].tables["DataReses"].ref == "A1:AD2"
    prove_workbook(data, "x.xlsx", recap)


CELLS = st.text(st.characters(codec="utf-8"), max_size=12)
ROWS = st.lists(
    st.builds(
        Proposal, id=CELLS, row=st.integers(2, 99), member_id=st.sampled_from(["A1", "A2", "A9", ""]), text=CELLS,
        field=CELLS, agency=CELLS, subdistrict=CELLS, village=CELLS, volume=CELLS, priority=CELLS, status=CELLS,
        amount=st.none() | st.integers(0, 10**13), remark=CELLS,
    ),
    max_size=8,
)  # fmt: skip


@pytest.fixture(scope="module")
def item(tmp_path_factory: pytest.TempPathFactory) -> RecessInput:
    return small.read(tmp_path_factory.mktemp("reses"))


@settings(max_examples=60, deadline=None)
@given(rows=ROWS)
def test_whatever_people_write_the_workbook_passes_its_proof(rows: list[Proposal], item: RecessInput) -> None:
    data, recap = made(with_rows(item, tuple(rows)))
    prove_workbook(data, "x.xlsx", recap)
    assert len(column(opened(data)["Data"], "ID")) == len(rows)


def test_equal_input_gives_equal_bytes(tmp_path: Path) -> None:
    item = small.read(tmp_path)
    assert made(item)[0] == made(item)[0]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", b"nothing"])
def test_a_broken_workbook_fails_its_proof(data: bytes, tmp_path: Path) -> None:
    recap = make_recap(small.recess_of(small.read(tmp_path)))
    with pytest.raises(ProofError):
        prove_workbook(data, "rekapitulasi.xlsx", recap)


def changed(data: bytes, part: str, edit: Callable[[bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w") as copy:
        for name in package.namelist():
            content = package.read(name)
            copy.writestr(name, edit(content) if name == part else content)
            assert name != part or edit(content) != content
    return out.getvalue()


def _drop_last_row(xml: bytes) -> bytes:
    return xml[: xml.rindex(b"<row ")] + xml[xml.rindex(b"</sheetData>") :]


SPOILED: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("xl/worksheets/sheet2.xml", _drop_last_row),
    ("xl/worksheets/sheet2.xml", lambda xml: xml.replace(b"<v>100000000</v>", b"<v>100000001</v>")),
    ("xl/worksheets/sheet3.xml", lambda xml: xml.replace(b"<v>180000000</v>", b"<v>180000001</v>")),
    ("xl/worksheets/sheet6.xml", lambda xml: xml.replace(b"<v>180000000</v>", b"<v>1</v>")),
    ("xl/worksheets/sheet6.xml", lambda xml: xml.replace(b"<v>4</v></c>", b"<f>2+2</f><v>4</v></c>")),
    ("xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"</worksheet>", b"")),
    ("xl/tables/table1.xml", lambda xml: xml.replace(b'ref="A1:AD6"', b'ref="A1:AD5"')),
    ("xl/worksheets/sheet3.xml", lambda xml: xml.replace(b"<v>180000000</v>", b"<v>170000000</v>")),
    (
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"</worksheet>", b"<oleObjects><oleObject/></oleObjects></worksheet>"),
    ),
    ("xl/workbook.xml", lambda xml: xml.replace(b"Per Fraksi", b"Per Partai")),
]


@pytest.mark.parametrize(("part", "edit"), SPOILED)
def test_the_proof_sees_what_is_wrong(part: str, edit: Callable[[bytes], bytes], tmp_path: Path) -> None:
    data, recap = made(small.read(tmp_path))
    prove_workbook(data, "rekapitulasi.xlsx", recap)
    with pytest.raises(ProofError, match=r"rekapitulasi\.xlsx"):
        prove_workbook(changed(data, part, edit), "rekapitulasi.xlsx", recap)
