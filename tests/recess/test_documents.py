"""The documents of a recess hold every row, break well, and carry nothing that runs."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from openpyxl import load_workbook

from pipeline.model.money import rupiah
from pipeline.model.recess import Meeting, Member, Proposal, RecessInput, evidence
from pipeline.recess.recap import make_recap, member_reports
from pipeline.render.long_tables import LONG_CELL
from pipeline.render.proof import prove_docx
from pipeline.render.recap_json import recap_json
from pipeline.render.recess_member import member_context, render_member
from pipeline.render.recess_plenary import recap_context, render_recap
from pipeline.render.recess_wording import Clock, priority
from pipeline.render.recess_words import period, share
from pipeline.render.template import Template
from pipeline.render.workbook import recap_workbook
from pipeline.resources import packaged_templates
from tests.recess import small

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def plenary() -> Template:
    return Template.load(packaged_templates() / "rekap-reses.docx")


@pytest.fixture(scope="module")
def report() -> Template:
    return Template.load(packaged_templates() / "laporan-reses.docx")


def body(data: bytes) -> Any:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read("word/document.xml"))


def printed(root: Any) -> str:
    return "\n".join("".join(node.text or "" for node in p.iter(f"{W}t")) for p in root.iter(f"{W}p"))


def with_rows(item: RecessInput, rows: tuple[Proposal, ...]) -> RecessInput:
    return replace(item, recess=replace(small.recess_of(item), proposals=rows))


def many(count: int) -> tuple[Proposal, ...]:
    place = ("Contoh Timur", "Contoh Mekar")
    return tuple(
        Proposal(
            f"U{n}", n, "P1", "A1", f"Usulan nomor {n}", f"Bidang {n % 7}", "Dinas", *place, f"Dusun {n}", amount=n
        )
        for n in range(2, count + 2)
    )


def test_templates_ask_only_for_what_the_contexts_give(plenary: Template, report: Template, tmp_path: Path) -> None:
    item = small.read(tmp_path)
    recap = make_recap(small.recess_of(item))
    assert plenary.variables <= set(recap_context(item, recap))
    assert report.variables <= set(member_context(item, member_reports(recap)[0]))


@pytest.mark.parametrize(
    "words", ["tidak ada", "Tidak", "belum", "HILANG", "-", "0", "0 foto", "nihil", "", "tdk ada", " "]
)
def test_words_for_nothing_are_no_documentation(words: str) -> None:
    assert evidence(words) == ""


@pytest.mark.parametrize("words", ["ada", "1", "10", "daftar-hadir-p1.pdf", "tidak-pudar.jpg", "lengkap", "x"])
def test_other_words_are_documentation(words: str) -> None:
    assert evidence(words) == words


@pytest.mark.parametrize(
    ("photos", "attendance", "expected"),
    [("3", "ada", "3 foto, daftar hadir"), ("12 foto", "", "12 foto"), ("p1.jpg", "", "Foto"), ("", "", "–")],
)
def test_documentation_of_a_meeting(photos: str, attendance: str, expected: str, tmp_path: Path) -> None:
    item = small.read(tmp_path)
    recess = replace(small.recess_of(item), meetings=(Meeting("P1", 2, "A1", photos=photos, attendance=attendance),))
    context = member_context(replace(item, recess=recess), member_reports(make_recap(recess))[0])
    assert context["pertemuan"][0]["dokumentasi"] == expected  # type: ignore[index]


def test_the_report_does_not_claim_what_is_not_there(report: Template, tmp_path: Path) -> None:
    edits = [
        {"table": "pertemuan", "row": 2, "column": "daftar_hadir", "value": "tidak ada"},
        {"table": "pertemuan", "row": 2, "column": "foto", "value": "0"},
    ]
    item = small.read(tmp_path, small.spoiled(edits))
    text = printed(body(render_member(report, item, member_reports(make_recap(small.recess_of(item)))[0])))
    assert "daftar hadir" not in text.casefold()
    assert "foto" not in text.casefold()


def test_the_report_tells_why_its_total_differs_from_the_recap(report: Template, tmp_path: Path) -> None:
    item = small.read(tmp_path)
    item = with_rows(item, tuple(replace(row, row=n) for n, row in enumerate(many(1) * 2, 2)))
    recap = make_recap(small.recess_of(item))
    member = member_reports(recap)[0]
    assert (member.total.heard_amount, recap.total.amount) == (4, 2)
    text = printed(body(render_member(report, item, member)))
    assert "pada rekapitulasi untuk rapat paripurna, usulan yang sama dihitung satu kali." in text


@pytest.mark.parametrize(
    ("place", "village", "expected"),
    [
        ("Jalan Cempaka", "Cempaka", "Jalan Cempaka, Desa Cempaka, Kec. Contoh"),
        ("Balai Desa Cempaka", "Cempaka", "Balai Desa Cempaka, Kec. Contoh"),
        ("Balai desa cempaka RT 02", "Cempaka", "Balai desa cempaka RT 02, Kec. Contoh"),
        ("Kantor Kelurahan Cempaka", "Kelurahan Cempaka", "Kantor Kelurahan Cempaka, Kec. Contoh"),
        ("Jalan Cempaka", "Kelurahan Cempaka", "Jalan Cempaka, Kelurahan Cempaka, Kec. Contoh"),
        ("Desa Cempaka Baru", "Cempaka", "Desa Cempaka Baru, Desa Cempaka, Kec. Contoh"),
        ("Balai Desa", "Cempaka", "Balai Desa, Desa Cempaka, Kec. Contoh"),
        ("Pasar, Kecamatan Contoh", "Cempaka", "Pasar, Kecamatan Contoh, Desa Cempaka"),
        ("", "", "Kec. Contoh"),
    ],
)
def test_locations_keep_their_village(place: str, village: str, expected: str, tmp_path: Path) -> None:
    item = small.read(tmp_path)
    row = Proposal("U1", 2, "P1", "A1", "Jalan", "Bidang", "Dinas", "Contoh", village, place)
    item = with_rows(item, (row,))
    context = member_context(item, member_reports(make_recap(small.recess_of(item)))[0])
    assert context["usulan"][0]["lokasi"] == expected  # type: ignore[index]


def test_five_thousand_rows(plenary: Template, tmp_path: Path) -> None:
    item = with_rows(small.read(tmp_path), many(5_000))
    recap = make_recap(small.recess_of(item))
    data = render_recap(plenary, item, recap)
    text = printed(body(data))
    assert set(re.findall(r"Usulan nomor (\d+)\n", text)) == {str(n) for n in range(2, 5_002)}
    assert set(re.findall(r"\nU(\d+) \(\d+\)\n", text)) == {str(n) for n in range(2, 5_002)}
    assert text.count(rupiah(recap.total.amount)) >= 10  # every table and the inventory end in the same total


def test_header_rows_repeat_and_rows_stay_whole(plenary: Template, tmp_path: Path) -> None:
    item = small.read(tmp_path)
    root = body(render_recap(plenary, item, make_recap(small.recess_of(item))))
    tables = [table for table in root.iter(f"{W}tbl") if len(table.findall(f"{W}tr")) > 2]
    assert len(tables) >= 10
    for table in tables:
        rows = table.findall(f"{W}tr")
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        keeps = [row.find(f"{W}tc/{W}p/{W}pPr/{W}keepNext") is not None for row in rows]
        assert all(keeps[:2])  # heading, header and two rows together
        assert all(keeps[-3:-1])  # so are the last two rows and the sum
        assert not keeps[-1]


def test_note_of_a_table_is_its_last_row(report: Template, tmp_path: Path) -> None:
    item = with_rows(small.read(tmp_path), many(60))
    root = body(render_member(report, item, member_reports(make_recap(small.recess_of(item)))[0]))
    (table,) = [t for t in root.iter(f"{W}tbl") if t.find(f"{W}tblPr/{W}tblCaption[@{W}val='Usulan']") is not None]
    rows = table.findall(f"{W}tr")
    assert "nomor aspirasi" in printed(rows[-1])
    keeps = [row.find(f"{W}tc/{W}p/{W}pPr/{W}keepNext") is not None for row in rows[2:]]
    assert not any(keeps[:-4])  # pages break everywhere else
    assert keeps[-4:] == [True, True, True, False]


def test_no_path_of_a_computer_in_an_official_document(plenary: Template, report: Template, tmp_path: Path) -> None:
    item = small.read(tmp_path)
    recap = make_recap(small.recess_of(item))
    texts = [printed(body(render_recap(plenary, item, recap)))]
    texts += [printed(body(render_member(report, item, part))) for part in member_reports(recap)]
    for text in texts:
        assert not re.search(r"inputs|2026-masa-1", text)
    assert re.search(r"\nU1 \(2\)U3 \(4\)\n", texts[0])  # a merged need names both of its rows, line by line
    assert "U2 (" in texts[1]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("tinggi", "Tinggi"),
        ("TINGGI", "Tinggi"),
        ("Sangat  Tinggi", "Sangat Tinggi"),
        ("mendesak (P1)", "Mendesak (P1)"),
        ("1", "1"),
        ("", ""),
    ],
)
def test_priority_in_one_spelling(text: str, shown: str) -> None:
    assert priority(text) == shown


@pytest.mark.parametrize(
    ("times", "shown"),
    [
        (("09.00", "13.30 WIB"), ("09.00", "13.30")),
        (("9:00 WIB", "13.30 wib"), ("09.00 WIB", "13.30 WIB")),
        (("9.00", "13:30"), ("09.00", "13.30")),
        (("09.00–11.30 WIB", ""), ("09.00–11.30 WIB", "")),
        (("09.00 WITA", "08.00 WIB", "10.00"), ("09.00 WITA", "08.00 WIB", "10.00")),
        (("pagi", "09.00 s.d. selesai"), ("pagi", "09.00 s.d. selesai")),
    ],
)
def test_times_in_one_form(times: tuple[str, ...], shown: tuple[str, ...]) -> None:
    clock = Clock.of([Meeting(f"P{n}", n, time=time) for n, time in enumerate(times)])
    assert tuple(map(clock.shown, times)) == shown


def test_row_that_could_be_taller_than_a_page_may_break(plenary: Template, report: Template, tmp_path: Path) -> None:
    item = small.read(tmp_path)
    rows = list(small.recess_of(item).proposals)
    rows[0] = replace(rows[0], text="kata " * (LONG_CELL // 2))
    item = with_rows(item, tuple(rows))
    recap = make_recap(small.recess_of(item))
    for data in (render_recap(plenary, item, recap), render_member(report, item, member_reports(recap)[0])):
        for row in body(data).iter(f"{W}tr"):
            long = len("".join(node.text or "" for node in row.iter(f"{W}t"))) > LONG_CELL
            assert (row.find(f"{W}trPr/{W}cantSplit") is None) == long


@pytest.mark.parametrize(
    "text", ["Jalan <b> & jembatan", "{{ jahat }}", "{% if %}", "kutip \" dan '", "a\nb", "\u2028"]
)
def test_any_text_prints_as_it_is(text: str, plenary: Template, report: Template, tmp_path: Path) -> None:
    item = small.read(tmp_path)
    rows = list(small.recess_of(item).proposals)
    rows[0] = replace(rows[0], text=text)
    item = with_rows(item, tuple(rows))
    recap = make_recap(small.recess_of(item))
    for data in (render_recap(plenary, item, recap), render_member(report, item, member_reports(recap)[0])):
        assert text.replace("\n", "") in printed(body(data))


def test_documents_pass_their_proof(plenary: Template, report: Template, tmp_path: Path) -> None:
    item = small.read(tmp_path)
    recap = make_recap(small.recess_of(item))
    prove_docx(render_recap(plenary, item, recap), "rekapitulasi.docx")
    for part in member_reports(recap):
        prove_docx(render_member(report, item, part), "laporan.docx")


def test_member_without_rows_and_unnamed_recess_still_print(
    plenary: Template, report: Template, tmp_path: Path
) -> None:
    tables = {name: rows[: 2 if name == "anggota" else 1] for name, rows in small.tables().items()}
    item = small.read(tmp_path, tables, main="tahun: 2026\n")
    recap = make_recap(small.recess_of(item))
    text = printed(body(render_member(report, item, member_reports(recap)[0])))
    assert "Tidak ada pertemuan yang tercatat" in text
    assert "Tidak ada aspirasi yang tercatat" in text
    assert "[belum diisi]" in text
    assert "Anggota yang belum menyampaikan laporan (1 orang): Anggota Contoh 01." in printed(
        body(render_recap(plenary, item, recap))
    )


def with_gaps(root: Path, blank: dict[str, tuple[str, tuple[int, ...]]]) -> RecessInput:
    """The small recess with ``blank`` cells: table -> column and rows."""
    edits = [
        {"table": table, "row": row, "column": column, "value": ""}
        for table, (column, rows) in blank.items()
        for row in rows
    ]
    return small.read(root, small.spoiled(edits))


@pytest.mark.parametrize("how", ["column missing", "cells empty"])
def test_what_nobody_recorded_never_prints_as_zero(
    how: str, plenary: Template, report: Template, tmp_path: Path
) -> None:
    if how == "cells empty":
        item = with_gaps(tmp_path, {"pertemuan": ("peserta", (2, 3, 4)), "aspirasi": ("anggaran", (2, 3, 4, 5, 6))})
    else:
        edits = [{"table": "pertemuan", "drop_column": "peserta"}, {"table": "aspirasi", "drop_column": "anggaran"}]
        item = small.read(tmp_path, small.spoiled(edits))
    recap = make_recap(small.recess_of(item))
    texts = [printed(body(render_recap(plenary, item, recap)))]
    texts += [printed(body(render_member(report, item, part))) for part in member_reports(recap)]
    for text in texts:
        assert "Rp" not in text
        assert "dihadiri" not in text
        assert not re.search(r"dengan perkiraan anggaran", text)
    assert "4 usulan berbeda; tidak satu pun disertai perkiraan anggaran." in texts[0]
    data = json.loads(recap_json(item, recap))
    assert (data["participants"], data["total"]["amount"], data["total"]["heard_amount"]) == (None, None, None)
    book = load_workbook(io.BytesIO(recap_workbook(item, recap)))
    assert [cell.value for cell in list(book["Per Fraksi"].iter_rows())[-1]] == ["Jumlah", 5, 4, None, None, 4]
    assert {row[7].value for row in book["Anggota"].iter_rows(min_row=2)} == {None}


def test_meetings_that_nobody_recorded_are_left_out(plenary: Template, tmp_path: Path) -> None:
    item = small.read(tmp_path, {**small.tables(), "pertemuan": small.tables()["pertemuan"][:1]})
    text = printed(body(render_recap(plenary, item, make_recap(small.recess_of(item)))))
    assert "oleh 3 anggota. Dicatat 5 aspirasi" in text


def test_what_some_rows_lack_is_said(plenary: Template, report: Template, tmp_path: Path) -> None:
    item = with_gaps(tmp_path, {"pertemuan": ("peserta", (2,)), "aspirasi": ("anggaran", (3,))})
    recap = make_recap(small.recess_of(item))
    text = printed(body(render_recap(plenary, item, recap)))
    assert "3 pertemuan yang dihadiri 1.310 orang (1 pertemuan tanpa catatan jumlah peserta)." in text
    assert "dengan perkiraan anggaran Rp170.000.000; 2 usulan tanpa perkiraan anggaran." in text
    assert "\nPertanian\n1\n1\n–\n" in text
    first, second, _ = (printed(body(render_member(report, item, part))) for part in member_reports(recap))
    assert "dalam 1 pertemuan, sebagai berikut" in first
    assert "Jumlah peserta 1 pertemuan tidak tercatat." in first
    assert "Perkiraan anggaran seluruhnya Rp100.000.000; 1 aspirasi belum memuat perkiraan anggaran." in first
    assert "\nPertanian\n1\n–\n" in first
    assert "dihadiri 60 orang, sebagai berikut" in second


def test_equal_input_gives_equal_bytes(plenary: Template, tmp_path: Path) -> None:
    item = small.read(tmp_path)
    recap = make_recap(small.recess_of(item))
    assert render_recap(plenary, item, recap) == render_recap(plenary, item, recap)


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("2026-02-02", "2026-02-07", "2 s.d. 7 Februari 2026"),
        ("2026-03-30", "2026-04-04", "30 Maret s.d. 4 April 2026"),
        ("2025-12-29", "2026-01-03", "29 Desember 2025 s.d. 3 Januari 2026"),
        ("2026-02-02", "2026-02-02", "2 Februari 2026"),
    ],
)
def test_period(start: str, end: str, text: str) -> None:
    import datetime as dt

    assert period(dt.date.fromisoformat(start), dt.date.fromisoformat(end)) == text


def test_shares_are_rounded_to_tenths() -> None:
    assert [share(1, 3), share(2, 3), share(1, 1), share(0, 5), share(0, 0)] == [
        "33,3%",
        "66,7%",
        "100,0%",
        "0,0%",
        "0,0%",
    ]


def test_leader_signs_with_the_office_not_with_a_commission(tmp_path: Path) -> None:
    item = small.read(tmp_path)
    recap = make_recap(small.recess_of(item))
    first, second, _ = (member_context(item, part) for part in member_reports(recap))
    assert first["ttd"]["jabatan"] == ["KETUA DPRD", "KABUPATEN CONTOH,"]  # type: ignore[index]
    assert second["ttd"]["jabatan"] == ["ANGGOTA DPRD", "KABUPATEN CONTOH,"]  # type: ignore[index]
    assert Member("A1", 2).position == ""
