"""The plenary's document: its chapters, the spread over kecamatan, comparison, annexes, and the public edition."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.model.form import MM
from pipeline.model.recap import (
    Change,
    ComparedNeed,
    Comparison,
    CrossTable,
    Dimension,
    Duty,
    FieldChange,
    Need,
    Recap,
    Tally,
)
from pipeline.model.recess import EarlierNeed, Held, Member, Proposal, RecessInput, TableSource
from pipeline.recess.groups import group_reports
from pipeline.recess.recap import make_recap
from pipeline.recess.volumes import volumes_of
from pipeline.render.proof import prove_docx
from pipeline.render.recess_comparison import MOST, previous
from pipeline.render.recess_heat import COLUMNS, SHADES, heat
from pipeline.render.recess_inventory import line_of, source_file
from pipeline.render.recess_plenary import LONG_TABLE, contents, in_short, recap_context, render_recap
from pipeline.render.recess_volume import render_volume
from pipeline.render.template import Template
from pipeline.resources import packaged_templates
from tests.recess import small

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def plenary() -> Template:
    return Template.load(packaged_templates() / "rekap-reses.docx")


@pytest.fixture(scope="module")
def annex() -> Template:
    return Template.load(packaged_templates() / "lampiran-reses.docx")


@pytest.fixture
def item(tmp_path: Path) -> RecessInput:
    return small.read(tmp_path)


def body(data: bytes) -> Any:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read("word/document.xml"))


def printed(data: bytes) -> str:
    return "\n".join("".join(node.text or "" for node in p.iter(f"{W}t")) for p in body(data).iter(f"{W}p"))


def with_rows(item: RecessInput, rows: tuple[Proposal, ...]) -> RecessInput:
    return replace(item, recess=replace(small.recess_of(item), proposals=rows))


def spread(item: RecessInput, count: int) -> RecessInput:
    """``count`` proposals that no two ask for the same, of seven fields, five agencies and nine kecamatan."""
    rows = tuple(
        Proposal(
            f"U{n}",
            n + 2,
            "P1",
            f"A{n % 3 + 1}",
            f"Usulan nomor {n}",
            f"Bidang {n % 7}",
            f"Dinas {n % 5}",
            f"Kecamatan {n % 9}",
            f"Desa {n % 90}",
            f"Dusun {n}",
            amount=n * 1_000_000,
        )
        for n in range(1, count + 1)
    )
    return with_rows(item, rows)


def recap_of(item: RecessInput) -> Recap:
    return make_recap(small.recess_of(item))


def compared(recap: Recap, repeated: int) -> Recap:
    def earlier(need: Need) -> EarlierNeed:
        row = need.lead
        place = (row.subdistrict, row.village, row.location)
        source = f"inputs/contoh/reses/2025-masa-3/aspirasi.csv:{need.number}"
        return EarlierNeed(need.number, row.text, row.field, row.agency, *place, "Terverifikasi", None, source, heard=2)

    needs = [ComparedNeed(Change.REPEATED, need, earlier(need), 93) for need in recap.needs[:repeated]]
    needs += [ComparedNeed(Change.NEW, need, None) for need in recap.needs[repeated:]]
    needs += [ComparedNeed(Change.DONE, None, earlier(recap.needs[0]))]
    counts = {change: sum(one.change is change for one in needs) for change in Change}
    held = Held("2025-masa-3", "2025", 3, dt.date(2025, 9, 1), dt.date(2025, 9, 6))
    fields = (FieldChange("Pertanian", 2, 4), FieldChange("Kesehatan", 1, 0))
    return replace(recap, comparison=Comparison(held, tuple(needs), counts, fields))


def test_every_part_that_the_document_refers_to_is_there(plenary: Template, item: RecessInput) -> None:
    item = spread(item, 60)
    data = render_recap(plenary, item, compared(recap_of(item), 3))
    prove_docx(data, "rekapitulasi.docx")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = set(package.namelist())
        targets = re.findall(rb'Target="(charts/[^"]+)"', package.read("word/_rels/document.xml.rels"))
        types = package.read("[Content_Types].xml").decode()
        document = package.read("word/document.xml")
    assert len(targets) == 5
    for target in targets:
        assert f"word/{target.decode()}" in names
        assert f'PartName="/word/{target.decode()}"' in types
    ids = re.findall(rb'<c:chart r:id="([^"]+)"', document)
    assert len(set(ids)) == 5
    assert len(re.findall(rb'name="Grafik \w+" descr="Grafik batang [^"]+"', document)) == 5


def test_equal_input_gives_equal_bytes(plenary: Template, item: RecessInput) -> None:
    recap = compared(recap_of(item), 1)
    assert render_recap(plenary, item, recap) == render_recap(plenary, item, recap)


@pytest.mark.parametrize("paper", ["F4", "A4", "Legal", ""])
def test_two_charts_fit_beside_each_other(paper: str, plenary: Template, item: RecessInput) -> None:
    item = replace(item, office=replace(item.office, office=replace(item.office.office, paper=paper)))
    root = body(render_recap(plenary, item, recap_of(item)))
    size = next(root.iter(f"{W}pgSz"))
    margin = next(root.iter(f"{W}pgMar"))
    width = sum(int(node.get(f"{W}{side}")) * sign for node, side, sign in
                ((size, "w", 1), (margin, "left", -1), (margin, "right", -1))) * 635  # fmt: skip
    extents = [int(node.get("cx")) for node in root.iter("{*}extent")]
    charts = [cx for cx in extents if cx > 40 * MM]
    assert charts
    assert all(width * 0.45 < cx <= width / 2 for cx in charts)


def test_one_member_with_one_wish_needs_no_chart(plenary: Template, item: RecessInput) -> None:
    item = with_rows(item, small.recess_of(item).proposals[:1])
    data = render_recap(plenary, item, recap_of(item))
    prove_docx(data, "rekapitulasi.docx")
    assert "Gambaran Umum" not in printed(data)
    assert re.search(r"\nI\.Pelaksanaan", printed(data))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert not [name for name in package.namelist() if "chart" in name]


def test_chapters_are_numbered_through(plenary: Template, item: RecessInput) -> None:
    item = spread(item, 30)
    heads = r"\n(I{1,3}|IV|VI?)\.(Gambaran|Pelaksanaan|Rekapitulasi|Perbandingan|Inventarisasi|Penutup)"
    plain = re.findall(heads, printed(render_recap(plenary, item, recap_of(item))))
    assert plain == list(
        zip(
            ("I", "II", "III", "IV", "V"),
            ("Gambaran", "Pelaksanaan", "Rekapitulasi", "Inventarisasi", "Penutup"),
            strict=True,
        )
    )
    found = re.findall(heads, printed(render_recap(plenary, item, compared(recap_of(item), 2))))
    assert found[3:] == [("IV", "Perbandingan"), ("V", "Inventarisasi"), ("VI", "Penutup")]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ((True, True, True, True), "Lengkap"),
        ((True, False, True, False), "Kurang waktu dan tempat, dokumentasi"),
        ((True, True, False, True), "Kurang aspirasi"),
        ((False, False, False, False), "Belum disampaikan"),
    ],
)
def test_contents_of_a_report(given: tuple[bool, bool, bool, bool], words: str) -> None:
    assert contents(Duty(Member("A1", 2), *given)) == words


def test_who_has_not_reported_is_named_with_what_follows(plenary: Template, item: RecessInput) -> None:
    recess = small.recess_of(item)
    rows = tuple(row for row in recess.proposals if row.member_id == "A1")
    meetings = tuple(meeting for meeting in recess.meetings if meeting.member_id != "A3")
    item = replace(item, recess=replace(recess, proposals=rows, meetings=meetings))
    text = printed(render_recap(plenary, item, recap_of(item)))
    assert "Anggota yang belum menyampaikan laporan (1 orang): Anggota Contoh 03. Menurut Pasal 88 ayat (6)" in text
    assert "Anggota yang mengadakan pertemuan tetapi belum menyampaikan aspirasi: Anggota Contoh 02." in text
    assert "Laporan 1 dari 3 anggota lengkap, 1 belum lengkap, 1 belum disampaikan." in text
    assert re.search(r"Anggota Contoh 02\n.*\n.*\n.*\n.*\n.*\n.*\nKurang aspirasi", text)


def test_a_long_table_is_left_to_the_workbook(plenary: Template, item: RecessInput) -> None:
    item = spread(item, 200)
    text = printed(render_recap(plenary, item, recap_of(item)))
    assert len(recap_of(item).tables[Dimension.VILLAGE].lines) == 90 > LONG_TABLE
    assert (
        "Rekapitulasi menurut Desa/Kelurahan (90 baris) ada pada buku kerja rekapitulasi (rekapitulasi.xlsx)." in text
    )
    assert "Menurut Desa/Kelurahan\n" not in text
    assert "Menurut Kecamatan\n" in text


COUNTS = st.integers(0, 40).map(lambda n: Tally(heard=n, needs=n))


@given(st.integers(2, 40), st.integers(2, 30), st.data())
def test_the_spread_adds_up(rows: int, columns: int, data: st.DataObject) -> None:
    cells = tuple(tuple(data.draw(COUNTS) for _ in range(columns)) for _ in range(min(rows, 6)))
    names = tuple(f"K{n}" for n in range(len(cells)))
    fields = tuple(f"B{n}" for n in range(columns))
    found = heat(CrossTable(Dimension.SUBDISTRICT, Dimension.FIELD, names, fields, cells))
    assert found is not None
    lines: Any = found["baris"]
    whole = sum(tally.needs for row in cells for tally in row)
    assert sum(line["jumlah"] for line in lines) == sum(found["jumlah"]) == whole  # type: ignore[call-overload]
    assert [line["jumlah"] for line in lines] == [sum(tally.needs for tally in row) for row in cells]
    assert len(found["bidang"]) <= COLUMNS + 1  # type: ignore[arg-type]
    for line in lines:
        assert len(line["sel"]) == len(found["bidang"])  # type: ignore[arg-type]
        assert sum(int(cell["isi"] or 0) for cell in line["sel"]) == line["jumlah"]


def test_more_needs_are_darker() -> None:
    cells = tuple(tuple(Tally(needs=row * 3 + column) for column in range(3)) for row in range(4))
    found: Any = heat(CrossTable(Dimension.SUBDISTRICT, Dimension.FIELD, ("a", "b", "c", "d"), ("x", "y", "z"), cells))
    shades = {int(cell["isi"] or 0): cell["warna"] for line in found["baris"] for cell in line["sel"]}
    steps = [SHADES.index(shades[count]) for count in range(1, 12)]
    assert steps == sorted(steps)
    assert (steps[0], steps[-1]) == (0, len(SHADES) - 1)
    assert shades[0] == "FFFFFF"
    assert found["skala"].startswith("1–2, ")
    assert found["skala"].endswith("–11")


def test_the_fields_with_most_needs_have_columns_of_their_own() -> None:
    fields = tuple(f"B{n}" for n in range(1, COLUMNS + 4))
    cells = tuple(tuple(Tally(needs=n) for n in range(1, COLUMNS + 4)) for _ in range(2))
    found: Any = heat(CrossTable(Dimension.SUBDISTRICT, Dimension.FIELD, ("a", "b"), fields, cells))
    assert found["bidang"] == [*reversed(fields[3:]), "Lainnya (3 bidang)"]
    assert found["jumlah"][-1] == 2 * (1 + 2 + 3)


def test_nothing_is_spread_over_one_kecamatan() -> None:
    row = ((Tally(needs=1), Tally(needs=2)),)
    assert heat(CrossTable(Dimension.SUBDISTRICT, Dimension.FIELD, ("a",), ("x", "y"), row)) is None
    assert heat(None) is None


def test_the_comparison_is_printed(plenary: Template, item: RecessInput) -> None:
    item = spread(item, 20)
    text = printed(render_recap(plenary, item, compared(recap_of(item), 3)))
    assert "dibandingkan dengan reses Masa Persidangan III Tahun 2025 (1 s.d. 6 September 2025)" in text
    for name, count in (("Selesai", 1), ("Diusulkan lagi", 3), ("Baru", 17), ("Tidak diusulkan lagi", 0)):
        assert re.search(rf"\n{name}\n[^\n]+\n{count}\n", text)
    assert len(re.findall(r"\(kemiripan 93%\)", text)) == 3
    assert len(re.findall(r"\nTerverifikasi\n\d+\n2 kali\n1 kali\n", text)) == 3


def test_repeated_needs_that_are_not_listed_are_counted(item: RecessInput) -> None:
    item = spread(item, MOST + 7)
    found: Any = recap_context(item, compared(recap_of(item), MOST + 7))["perbandingan"]
    assert (len(found["berulang"]), found["selebihnya"]) == (MOST, 7)


@pytest.mark.parametrize(
    ("held", "words"),
    [
        (Held("2025-masa-3", "2025", 3), "Masa Persidangan III Tahun 2025"),
        (Held("x", "2025/2026", 1), "Masa Persidangan I Tahun Sidang 2025/2026"),
        (Held("2025-masa-3"), "2025-masa-3"),
    ],
)
def test_the_previous_recess_has_a_name(held: Held, words: str) -> None:
    assert previous(held) == words


def test_volumes_hold_what_the_document_lists(plenary: Template, annex: Template, item: RecessInput) -> None:
    item = spread(item, 100)
    recap = recap_of(item)
    volumes = volumes_of(recap.districts, stem="rekapitulasi", most=30)
    data = render_recap(plenary, item, recap, volumes=volumes)
    prove_docx(data, "rekapitulasi.docx")
    text = printed(data)
    assert "Usulan nomor" not in text
    assert f"usulan dicetak dalam {len(volumes)} lampiran" in text
    found = []
    for volume in volumes:
        assert re.search(rf"\n{volume.stem}\n{re.escape(volume.title)}\n{volume.first}–{volume.last}\n", text)
        one = render_volume(annex, item, recap, volume)
        prove_docx(one, f"{volume.stem}.docx")
        found += re.findall(r"\nUsulan nomor (\d+)\n", printed(one))
    assert sorted(found, key=int) == [str(n) for n in range(1, 101)]


def test_a_group_has_volumes_too(annex: Template, item: RecessInput) -> None:
    item = spread(item, 60)
    report = next(iter(group_reports(recap_of(item), Dimension.FRACTION)))
    volumes = volumes_of(report.fields, stem="melati", most=15)
    texts = [printed(render_volume(annex, item, report, volume)) for volume in volumes]
    assert sum(len(re.findall(r"\nUsulan nomor \d+\n", text)) for text in texts) == len(report.needs)
    assert all(f"Laporan Hasil Reses {report.label}" in text for text in texts)


def test_the_public_edition_leaves_out_the_number_of_who_signs(plenary: Template, item: RecessInput) -> None:
    recess = small.recess_of(item)
    assert recess.signer is not None
    item = replace(item, recess=replace(recess, signer=replace(recess.signer, nip="197501012000011001")))
    assert "NIP 1975" in printed(render_recap(plenary, item, recap_of(item)))
    public = printed(render_recap(plenary, item, recap_of(item), public=True))
    assert "NIP" not in public
    assert "Pejabat Contoh" in public


def test_a_merged_need_tells_how_it_was_merged(item: RecessInput) -> None:
    recess = small.recess_of(item)
    first, *_ = recess.proposals
    rows = (first, replace(first, id="U9", row=10, member_id="A2"), replace(first, id="", row=11))
    line: Any = line_of(recess)(Need(1, rows, 100_000_000, (90_000_000, 100_000_000), (100, 94, 100)))
    assert line["keterangan"] == (
        "Digabung dari 3 aspirasi, didengar 2 anggota, kemiripan 94%; perkiraan berbeda: Rp90.000.000 / Rp100.000.000"
    )
    assert line["sumber"] == "U1 (2)\nU9 (10)\n(baris 11)"
    assert line["pengusul"] == "Anggota Contoh 01\nAnggota Contoh 02"
    same: Any = line_of(recess)(Need(1, rows[:1], None, ()))
    assert same["keterangan"] == ""


def test_the_table_of_the_sources_is_named(plenary: Template, item: RecessInput) -> None:
    assert "ialah nomor barisnya pada aspirasi.csv." in printed(render_recap(plenary, item, recap_of(item)))
    table = TableSource(
        "inputs/contoh/reses/2026/reses.xlsx", lambda row, column: pytest.fail("not asked for"), sheet="aspirasi"
    )
    assert source_file(replace(item, tables={"aspirasi": table})) == "reses.xlsx, lembar aspirasi"
    assert source_file(replace(item, tables={})) == "tabel aspirasi"


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (None, "–"),
        (0, "Rp0"),
        (750_000, "Rp750.000"),
        (12_000_000, "Rp12 juta"),
        (265_846_600_000, "Rp265,8 miliar"),
        (1_234_567_000_000, "Rp1,2 triliun"),
        (2_000 * 10**12, "Rp2.000 triliun"),
    ],
)
def test_large_amounts_in_short(amount: int | None, text: str) -> None:
    assert in_short(amount) == text
