"""The reports of dapil, fraksi and komisi: they agree with the plenary, hold every need, and name their sources."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from pipeline.model.money import rupiah
from pipeline.model.recap import LEADERS, UNSTATED, Dimension, GroupReport, Recap
from pipeline.model.recess import Member, Proposal, RecessInput
from pipeline.recess.groups import GROUPED, group_reports
from pipeline.recess.recap import make_recap
from pipeline.recess.volumes import volumes_of
from pipeline.render.proof import prove_docx
from pipeline.render.recess_group import GROUP_TEMPLATE, group_context, named, render_group
from pipeline.render.template import Template
from pipeline.resources import packaged_templates
from tests.recess import small

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def template() -> Template:
    return Template.load(packaged_templates() / GROUP_TEMPLATE)


def body(data: bytes) -> Any:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read("word/document.xml"))


def styled(data: bytes, style: str) -> list[str]:
    """Texts of the paragraphs of ``style``."""
    found = body(data).xpath(f"//w:p[w:pPr/w:pStyle/@w:val='{style}']", namespaces={"w": W[1:-1]})
    return ["".join(node.text or "" for node in p.iter(f"{W}t")) for p in found]


def printed(data: bytes) -> str:
    return "\n".join("".join(node.text or "" for node in p.iter(f"{W}t")) for p in body(data).iter(f"{W}p"))


def rows_of(data: bytes, caption: str) -> list[list[str]]:
    """The cells of the table called ``caption``, its lines within a cell parted by a bar."""
    (table,) = [
        t for t in body(data).iter(f"{W}tbl") if t.find(f"{W}tblPr/{W}tblCaption[@{W}val='{caption}']") is not None
    ]
    return [
        [
            "|".join("".join(x.text or "" for x in p.iter(f"{W}t")) for p in cell.iter(f"{W}p"))
            for cell in row.iter(f"{W}tc")
        ]
        for row in table.iter(f"{W}tr")
    ]


def needs_of(data: bytes) -> list[list[str]]:
    """The rows of the inventory that are needs, and not fields, sums or notes."""
    return [row for row in rows_of(data, "Inventarisasi")[1:] if len(row) == 9]


def report_of(recap: Recap, dimension: Dimension, label: str) -> GroupReport:
    (found,) = [report for report in group_reports(recap, dimension) if report.label == label]
    return found


def made(template: Template, item: RecessInput, report: GroupReport, **how: Any) -> bytes:
    data = render_group(template, item, report, **how)
    prove_docx(data, "laporan.docx", given=[row.text for row in small.recess_of(item).proposals])
    return data


CASES = [
    (Dimension.DISTRICT, "Dapil 1", "Daerah Pemilihan 1", "JURU BICARA DAERAH PEMILIHAN 1 DPRD"),
    (Dimension.DISTRICT, "Dapil 2", "Daerah Pemilihan 2", "JURU BICARA DAERAH PEMILIHAN 2 DPRD"),
    (Dimension.FRACTION, "Fraksi Contoh Melati", "Fraksi Contoh Melati", "KETUA FRAKSI CONTOH MELATI DPRD"),
    (Dimension.COMMISSION, "Komisi I", "Komisi I", "KETUA KOMISI I DPRD"),
    (Dimension.COMMISSION, LEADERS, "Pimpinan DPRD", "KETUA DPRD"),
]


@pytest.mark.parametrize(("dimension", "label", "title", "signer"), CASES)
def test_title_and_signature_by_kind(
    dimension: Dimension, label: str, title: str, signer: str, template: Template, tmp_path: Path
) -> None:
    item = small.read(tmp_path)
    data = made(template, item, report_of(make_recap(small.recess_of(item)), dimension, label))
    assert styled(data, "TertibJudul")[:2] == ["Laporan Hasil Reses", title]
    signature = styled(data, "TertibTandaTangan")
    assert signer in signature
    assert signature[-1] == "......................"  # no name is made up
    assert "Yth. Pimpinan DPRD Kabupaten Contoh" in printed(data)


@pytest.mark.parametrize("dimension", GROUPED)
def test_totals_are_the_lines_of_the_plenary(dimension: Dimension, template: Template, tmp_path: Path) -> None:
    item = small.read(tmp_path)
    recap = make_recap(small.recess_of(item))
    for line, report in zip(recap.tables[dimension].lines, group_reports(recap, dimension), strict=True):
        data = made(template, item, report)
        amount = rupiah(line.tally.amount) if line.tally.recorded_amount is not None else "–"
        assert styled(data, "TertibTabelJumlahAngka").count(amount) >= 4  # three tables and the inventory
        assert f"Jumlah: {line.tally.needs} usulan dari {line.tally.heard} aspirasi" in styled(
            data, "TertibTabelJumlah"
        )
        assert f"sama dengan baris “{line.label}” pada rekapitulasi" in printed(data)


@pytest.mark.parametrize("dimension", GROUPED)
def test_amounts_of_the_inventory_add_up(dimension: Dimension, template: Template, tmp_path: Path) -> None:
    item = small.read(tmp_path)
    for report in group_reports(make_recap(small.recess_of(item)), dimension):
        needs = needs_of(made(template, item, report))
        amounts = [int(re.sub(r"\D", "", row[5])) for row in needs if row[5] != "–"]
        assert len(needs) == len(report.needs)
        assert sum(amounts) == report.total.amount


def test_every_need_names_who_heard_it_and_its_rows(template: Template, tmp_path: Path) -> None:
    item = small.read(tmp_path)
    data = made(template, item, report_of(make_recap(small.recess_of(item)), Dimension.DISTRICT, "Dapil 1"))
    (merged,) = [row for row in needs_of(data) if "Perbaikan jalan" in row[1]]
    assert merged[7] == "Anggota Contoh 01Anggota Contoh 02"  # a line break between them
    assert merged[8] == "U1 (2)U3 (4)"
    assert any("aspirasi.csv" in note for note in styled(data, "TertibTabelCatatan"))


def test_a_need_that_another_group_counts_says_so_and_adds_nothing(template: Template, tmp_path: Path) -> None:
    item = small.read(tmp_path)
    report = report_of(make_recap(small.recess_of(item)), Dimension.FRACTION, "Fraksi Contoh Dahlia")
    assert report.elsewhere == 1
    data = made(template, item, report)
    (shared,) = [row for row in needs_of(data) if "Perbaikan jalan" in row[1]]
    assert shared[5] == "–"
    assert "Dihitung pada Fraksi Contoh Melati dengan perkiraan Rp120.000.000" in shared[1]
    assert "Sebanyak 1 usulan telah lebih dahulu dicatat oleh anggota dari fraksi lain" in printed(data)
    assert any("dan 1 yang dihitung pada fraksi lain" in text for text in styled(data, "TertibTabelKelompok"))


def test_members_and_their_duties(template: Template, tmp_path: Path) -> None:
    edits = [
        {"table": "pertemuan", "row": 2, "column": "foto", "value": ""},
        {"table": "pertemuan", "row": 2, "column": "daftar_hadir", "value": ""},
    ]
    item = small.read(tmp_path, small.spoiled(edits))
    silent = Member("A9", 5, "Anggota Contoh 09", "Fraksi Contoh Melati", "Komisi I", "Dapil 1")
    recess = small.recess_of(item)
    item = replace(item, recess=replace(recess, members=(*recess.members, silent)))
    data = made(template, item, report_of(make_recap(small.recess_of(item)), Dimension.DISTRICT, "Dapil 1"))
    members = rows_of(data, "Kegiatan anggota")
    assert members[0][2:4] == ["Fraksi", "Komisi"]
    assert members[1] == ["1", "Anggota Contoh 01", "Fraksi Contoh Melati", "Pimpinan DPRD", "1", "40", "2"]
    assert members[-1] == ["Jumlah", "2", "100", "4"]
    duties = [row[1:] for row in rows_of(data, "Kelengkapan laporan")]
    assert ["Anggota Contoh 01", "Ada", "Ada", "Belum", "Belum lengkap"] in duties
    assert ["Anggota Contoh 02", "Ada", "Ada", "Ada", "Lengkap"] in duties
    assert ["Anggota Contoh 09", "Belum", "Belum", "Belum", "Tidak melapor"] in duties
    text = printed(data)
    assert "Lengkap: 1 dari 3 anggota" in text
    assert "Anggota Contoh 01 (dokumentasi) dan Anggota Contoh 09 (tidak melapor)" in text


def test_rows_of_nobody_make_a_report_too(template: Template, tmp_path: Path) -> None:
    item = small.read(tmp_path)
    recess = small.recess_of(item)
    stray = Proposal("U9", 9, "", "HILANG", "Lampu jalan", "Perhubungan", "Dishub", "Contoh Timur", amount=7)
    item = replace(item, recess=replace(recess, proposals=(*recess.proposals, stray)))
    data = made(template, item, report_of(make_recap(small.recess_of(item)), Dimension.DISTRICT, UNSTATED))
    text = printed(data)
    assert "Anggota tanpa Daerah Pemilihan" in text
    assert "Lampu jalan" in text
    assert "YANG MELAPORKAN" in text


def test_a_group_without_rows_has_no_empty_tables_and_no_sheet_turned(template: Template, tmp_path: Path) -> None:
    item = small.read(tmp_path)
    item = replace(item, recess=replace(small.recess_of(item), proposals=()))
    data = made(template, item, report_of(make_recap(small.recess_of(item)), Dimension.DISTRICT, "Dapil 1"))
    root = body(data)
    assert all(
        len(table.findall(f"{W}tr")) > 2 for table in root.iter(f"{W}tbl") if table.find(f".//{W}tblHeader") is not None
    )
    assert not [size for size in root.iter(f"{W}pgSz") if size.get(f"{W}orient") == "landscape"]
    assert "Tidak ada usulan yang tercatat." in printed(data)
    assert "Rp0" not in printed(data)


def test_inventory_in_volumes_is_listed_not_printed(template: Template, tmp_path: Path) -> None:
    item = small.read(tmp_path)
    report = report_of(make_recap(small.recess_of(item)), Dimension.DISTRICT, "Dapil 1")
    volumes = volumes_of(report.fields, stem="dapil-1", most=2)
    assert len(volumes) > 1
    data = made(template, item, report, volumes=volumes)
    table = rows_of(data, "Daftar lampiran")[1:]
    assert [row[1] for row in table] == [f"{volume.stem}" for volume in volumes]
    assert sum(int(row[-1]) for row in table) == len(report.needs)
    assert "Dusun 2" not in printed(data)


@pytest.mark.parametrize("text", ['Jalan <rusak> & "berlubang"', "{{ jumlah }} {% if x %}", "{%tr for x in y %}"])
def test_hostile_texts_print_as_they_are(text: str, template: Template, tmp_path: Path) -> None:
    item = small.read(tmp_path)
    recess = small.recess_of(item)
    members = tuple(replace(member, name=text) for member in recess.members)
    rows = tuple(replace(row, text=text, field=text, agency=text) for row in recess.proposals)
    item = replace(item, recess=replace(recess, members=members, proposals=rows))
    for dimension in GROUPED:
        for report in group_reports(make_recap(small.recess_of(item)), dimension):
            data = render_group(template, item, report)
            prove_docx(data, "laporan.docx", given=[text])
            assert text in printed(data)


def test_template_asks_only_for_what_the_context_gives(template: Template, tmp_path: Path) -> None:
    item = small.read(tmp_path)
    (report, *_) = group_reports(make_recap(small.recess_of(item)), Dimension.DISTRICT)
    assert template.variables <= set(group_context(item, report))


def test_fractions_and_commissions_are_not_named_twice(tmp_path: Path) -> None:
    item = small.read(tmp_path)
    report = report_of(make_recap(small.recess_of(item)), Dimension.COMMISSION, "Komisi I")
    assert named(replace(report, label="B"))["judul"] == "Komisi B"
    assert named(replace(report, dimension=Dimension.FRACTION, label="fraksi B"))["judul"] == "fraksi B"


@pytest.mark.parametrize("page", ["templates.md", "templates.id.md"])
@pytest.mark.parametrize("name", [GROUP_TEMPLATE, "laporan-reses.docx"])
def test_every_tag_is_documented(name: str, page: str) -> None:
    text = (Path(__file__).parents[2] / "docs" / page).read_text(encoding="utf-8")
    documented = set(re.findall(r"`(\w+)", text))
    assert Template.load(packaged_templates() / name).variables <= documented


@pytest.mark.parametrize("public", [True, False])
def test_the_public_edition_says_so(public: bool, template: Template, tmp_path: Path) -> None:
    item = small.read(tmp_path)
    data = made(template, item, report_of(make_recap(small.recess_of(item)), *CASES[0][:2]), public=public)
    assert ("Edisi Publik" in styled(data, "TertibSampulIsi")) is public
