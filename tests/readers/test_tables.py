"""CSV tables: headers, quoting, ragged rows, and the exact place of every cell."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.model.message import say
from pipeline.readers.csvfile import parse_csv, read_table
from pipeline.readers.faults import Collector
from pipeline.readers.rows import MOST_FAULTS
from pipeline.readers.tables import Column, Table, TableSpec, cell_name

ABOUT = say("uji")
SPEC = TableSpec(
    "uji",
    (
        Column("no", ABOUT, required=True),
        Column("kegiatan", ABOUT, required=True, synonyms=("uraian kegiatan",)),
        Column("waktu", ABOUT, synonyms=("mutu baku waktu",)),
    ),
)


def parse(text: str) -> tuple[Table | None, list[tuple[str, int | None, int | None, str | None]]]:
    collector = Collector()
    table = parse_csv(text, "f.csv", SPEC, collector)
    return table, [(f.code, f.place.line, f.place.column, f.place.cell) for f in collector.findings]


READABLE = [
    ("comma", "no,kegiatan,waktu\n1,a,b\n", [("1", "a", "b")]),
    ("semicolon", "no;kegiatan;waktu\n1;a, c;b\n", [("1", "a, c", "b")]),
    ("separator inside quoted header", '"no";"uraian kegiatan";waktu\n1;a;b\n', [("1", "a", "b")]),
    ("headers as people write them", "No.;URAIAN  Kegiatan;Mutu Baku (Waktu)\n1;a;b\n", [("1", "a", "b")]),
    ("Excel names the separator", "sep=;\r\nno;kegiatan;waktu\r\n1;a;b\r\n", [("1", "a", "b")]),
    ("blank rows", "\nno,kegiatan,waktu\n\n,,\n1,a,b\n,,\n", [("1", "a", "b")]),
    ("line break in a cell", 'no,kegiatan,waktu\r\n1,"a\r\nb",c\r\n', [("1", "a\r\nb", "c")]),
    ("doubled quote", 'no,kegiatan,waktu\n1,"kata ""x""",b\n', [("1", 'kata "x"', "b")]),
    ("quote inside plain text", 'no,kegiatan,waktu\n1,kata "x" saja,b\n', [("1", 'kata "x" saja', "b")]),
    ("blanks around", 'no,kegiatan,waktu\n 1 , "a, b" , c \n', [("1", "a, b", "c")]),
    (
        "blanks after a multi-line cell",
        'no,kegiatan,waktu\n1,"a\nb" ,c\n2,x,y\n',
        [("1", "a\nb", "c"), ("2", "x", "y")],
    ),
    ("trailing empty cells", "no,kegiatan,waktu\n1,a,b,,\n", [("1", "a", "b")]),
    ("old Mac line ends", "no,kegiatan,waktu\r1,a,b\r", [("1", "a", "b")]),
    ("untitled empty column", "no,kegiatan,waktu,\n1,a,b,\n", [("1", "a", "b", "")]),
    ("header only", "no,kegiatan,waktu\n", []),
]


@pytest.mark.parametrize(("text", "rows"), [case[1:] for case in READABLE], ids=[case[0] for case in READABLE])
def test_readable(text: str, rows: list[tuple[str, ...]]) -> None:
    table, found = parse(text)
    assert found == []
    assert table is not None
    assert [row.cells for row in table.rows] == rows
    assert table.columns == {"no": 0, "kegiatan": 1, "waktu": 2}


FAULTS = [
    ("missing column", "no,waktu\n1,2\n", [("MSK-13", 1, 1, "A1")], 1),
    ("unknown column", "no,kegiatan,wktu\n1,a,b\n", [("MSK-14", 1, 13, "C1")], 1),
    ("same column twice", "no,kegiatan,Uraian Kegiatan\n1,a,b\n", [("MSK-15", 1, 13, "C1")], 1),
    ("too many cells", "no,kegiatan,waktu\n1,a, b,c\n2,x,y\n", [("MSK-16", 2, 1, "A2")], 1),
    ("too few cells", "no,kegiatan,waktu\n1,a\n", [("MSK-16", 2, 1, "A2")], 1),
    ("every ragged row", "no,kegiatan,waktu\n1,a\n2,b,c\n3,a\n", [("MSK-16", 2, 1, "A2"), ("MSK-16", 4, 1, "A4")], 3),
    ("quote never closed", 'no,kegiatan,waktu\n1,a,b\n2,"a,b\n3,c,d\n', [("MSK-17", 3, 3, "A3")], 1),
    ("text after a quote", 'no,kegiatan,waktu\n1,"a" b,c\n2,x,y\n', [("MSK-17", 2, 6, "A2")], 1),
    ("quote closed rows later", 'no,kegiatan,waktu\n1,"a,b\n2,"c",d\n3,x,y\n', [("MSK-17", 2, 3, "A2")], 1),
    ("broken in a record of two lines", 'no,kegiatan,waktu\n1,"a\nb" c,d\n3,x,y\n', [("MSK-17", 2, 3, "A2")], 1),
    (
        "quote never closed after a multi-line cell",
        'no,kegiatan,waktu\n1,"a\nb",c\n2,"x\n',
        [("MSK-17", 4, 3, "A3")],
        1,
    ),
]


@pytest.mark.parametrize(("text", "found", "kept"), [case[1:] for case in FAULTS], ids=[case[0] for case in FAULTS])
def test_faults(text: str, found: list[object], kept: int) -> None:
    table, findings = parse(text)
    assert findings == found
    assert table is not None
    assert len(table.rows) == kept


@pytest.mark.parametrize(("text", "name"), [("no\tkegiatan\n1\ta\n", "tab"), ("no|kegiatan\n1|a\n", "|")])
def test_other_separators_are_named(text: str, name: str) -> None:
    collector = Collector()
    assert parse_csv(text, "f.csv", SPEC, collector) is None
    assert collector.findings[0].code == "MSK-29"
    assert f"dipisah dengan {name}," in collector.findings[0].message.id


def test_a_row_whose_cells_have_moved_holds_the_document_and_names_what_is_too_many() -> None:
    collector = Collector()
    table = parse_csv("no,kegiatan,waktu\n1,a,b\n2,Menyusun daftar, jadwal,3 jam\n", "f.csv", SPEC, collector)
    assert table is not None
    assert [row.cells for row in table.rows] == [("1", "a", "b")]
    (found,) = collector.findings
    assert found.blocks
    assert "`3 jam`" in found.message.id


def test_unknown_column_suggests_the_nearest() -> None:
    collector = Collector()
    parse_csv("no,kegiatan,wktu\n", "f.csv", SPEC, collector)
    assert collector.findings[0].help.id == "Maksud Anda `waktu`?"


def test_place_of_every_cell() -> None:
    table, _ = parse('no;waktu;kegiatan\n\n 7 ; "dua\nbaris" ; "x; y"\n8;;é\n')
    assert table is not None
    first, second = table.rows
    spans = {name: table.spans(first)[position] for name, position in table.columns.items()}
    assert spans == {"no": (3, 2, 3, 3), "waktu": (3, 6, 4, 7), "kegiatan": (4, 10, 4, 16)}
    place = table.place(first, "kegiatan")
    assert (place.file, place.line, place.column, place.end_column, place.cell) == ("f.csv", 4, 10, 16, "C3")
    assert table.places(first) == {name: table.place(first, name) for name in table.columns}
    assert table.place(second, "waktu").column == 3
    assert (table.place(second).line, table.place(second).cell) == (5, "A4")
    assert table.place(second, "tak ada") == table.place(second)


def test_place_of_a_cell_that_the_row_lacks() -> None:
    table, _ = parse("no,kegiatan,waktu\n1,a\n")
    assert table is not None
    place = table.place(table.rows[0], "waktu")
    assert (place.line, place.column, place.cell) == (2, None, "C2")
    assert table.text(table.rows[0], "waktu") == ""


def test_records_and_text() -> None:
    table, _ = parse("kegiatan,no\na,1\n")
    assert table is not None
    assert [record for _, record in table.records()] == [{"kegiatan": "a", "no": "1"}]
    assert table.text(table.rows[0], "waktu") == ""
    assert not table.has("waktu")


def test_wrongly_saved_table_stops_early() -> None:
    collector = Collector()
    text = "no,kegiatan\n" + "1,a,b\n" * 5000
    table = parse_csv(text, "f.csv", SPEC, collector)
    assert table is not None
    assert len(collector.findings) == MOST_FAULTS + 1
    assert collector.findings[-1].blocks


def test_endless_header_is_refused() -> None:
    collector = Collector()
    assert parse_csv(',"' * 100_000, "f.csv", SPEC, collector) is None
    assert collector.findings[0].code == "MSK-12"


def test_large_table(tmp_path: Path) -> None:
    path = tmp_path / "besar.csv"
    with path.open("w", encoding="utf-8") as out:
        out.write("no,kegiatan,waktu\n")
        out.writelines(f'{n},"Perbaikan jalan, nomor {n}",3 hari\n' for n in range(100_000))
    collector = Collector()
    table = read_table(path, tmp_path, SPEC, collector)
    assert table is not None
    assert len(table.rows) == 100_000
    assert collector.findings == []
    place = table.place(table.rows[99_999], "waktu")
    assert (place.line, place.column, place.cell) == (100_001, 38, "C100001")


@pytest.mark.parametrize(("position", "name"), [(0, "A1"), (25, "Z1"), (26, "AA1"), (701, "ZZ1"), (702, "AAA1")])
def test_cell_names(position: int, name: str) -> None:
    assert cell_name(1, position) == name


ONE_CELL = {
    "quoted": '"no,kegiatan,waktu"\n"1,Menerima,1 jam"\n"2,""a, b"",2 jam"\n',
    "quoted, empty columns": '"no,kegiatan,waktu";;\n"1,Menerima,1 jam";;\n',
    "not quoted": "no,kegiatan,waktu;;;;\n1,Menerima,1 jam;;;;\n",
    "semicolons": '"no;kegiatan;waktu"\n"1;Menerima;1 jam"\n',
    "rows only": 'no,kegiatan,waktu\n"1,Menerima,1 jam"\n"2,""a, b"",2 jam"\n',
    "sep line": 'sep=;\n"no,kegiatan,waktu"\n"1,Menerima,1 jam"\n',
}


@pytest.mark.parametrize("name", ONE_CELL)
def test_a_table_saved_from_one_column_is_told_once(name: str) -> None:
    collector = Collector()
    assert parse_csv(ONE_CELL[name], "f.csv", SPEC, collector) is None
    (finding,) = collector.findings
    assert finding.code == "MSK-29"
    assert "satu sel" in finding.message.id
    assert "Data > Dari Teks/CSV" in finding.help.id


def test_a_row_with_one_long_cell_is_no_such_table() -> None:
    collector = Collector()
    table = parse_csv('no,kegiatan,waktu\n1,"a, b, c",1 jam\n"satu, dua",,\n', "f.csv", SPEC, collector)
    assert table is not None
    assert len(table.rows) == 2


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_a_single_cell_with_a_line_break_is_read(end: str) -> None:
    collector = Collector()
    table = parse_csv(f'no,kegiatan,waktu\n"!{end},",,\n', "f.csv", SPEC, collector)
    assert table is not None
    assert len(table.rows) == 1
