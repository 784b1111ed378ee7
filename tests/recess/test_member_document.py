"""The report of a member: every part of it, every row and its source, and nothing that spoils it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from pipeline.model.message import Message
from pipeline.model.money import rupiah
from pipeline.model.recess import Attachment, AttachmentKind, Meeting, Proposal, RecessInput
from pipeline.recess.recap import make_recap, member_reports
from pipeline.render.proof import prove_docx
from pipeline.render.recess_member import LONG_TEXT, MEMBER_TEMPLATE, member_context, render_member
from pipeline.render.recess_words import listed, most_heard, shortened
from pipeline.render.template import Template
from pipeline.resources import packaged_templates
from tests.recess import small

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
CHAPTERS = ["Pendahuluan", "Pelaksanaan Reses", "Hasil Reses", "Usulan Tindak Lanjut", "Penutup"]


@pytest.fixture(scope="module")
def template() -> Template:
    return Template.load(packaged_templates() / MEMBER_TEMPLATE)


def body(data: bytes) -> Any:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read("word/document.xml"))


def lines(data: bytes) -> list[str]:
    return ["".join(node.text or "" for node in p.iter(f"{W}t")) for p in body(data).iter(f"{W}p")]


def styled(data: bytes, style: str) -> list[str]:
    """Texts of the paragraphs of ``style``."""
    found = body(data).xpath(f"//w:p[w:pPr/w:pStyle/@w:val='{style}']", namespaces={"w": W[1:-1]})
    return ["".join(node.text or "" for node in p.iter(f"{W}t")) for p in found]


def changed(
    item: RecessInput,
    meeting: Callable[[Meeting], Meeting] = lambda m: m,
    row: Callable[[Proposal], Proposal] = lambda r: r,
) -> RecessInput:
    recess = small.recess_of(item)
    recess = replace(
        recess,
        meetings=tuple(map(meeting, recess.meetings)),
        proposals=tuple(map(row, recess.proposals)),
    )
    return replace(item, recess=recess)


def made(template: Template, item: RecessInput, member: int = 0, **how: Any) -> bytes:
    data = render_member(template, item, member_reports(make_recap(small.recess_of(item)))[member], **how)
    prove_docx(data, "laporan.docx", given=[row.text for row in small.recess_of(item).proposals])
    return data


def test_the_parts_of_a_report_stand_in_order(template: Template, tmp_path: Path) -> None:
    data = made(template, small.read(tmp_path))
    assert styled(data, "TertibBabJudul") == CHAPTERS
    assert len(styled(data, "TertibBab")) == len(CHAPTERS)
    parts = styled(data, "TertibSubbab")
    assert parts[:5] == ["Latar Belakang", "Dasar Hukum", "Maksud dan Tujuan", "Ruang Lingkup", "Waktu dan Tempat"]
    assert parts[-2:] == ["Kesimpulan", "Saran"]
    assert "Yth. Pimpinan DPRD Kabupaten Contoh" in lines(data)
    assert styled(data, "TertibSampulNama") == ["Anggota Contoh 01"]


def test_cover_has_no_page_number_and_the_rest_has(template: Template, tmp_path: Path) -> None:
    data = made(template, small.read(tmp_path))
    sections = list(body(data).iter(f"{W}sectPr"))
    heads = [section.find(f"{W}headerReference").values()[-1] for section in sections]
    assert len(sections) == 2
    assert heads[0] != heads[1]


@pytest.mark.parametrize("member", [0, 1, 2])
def test_totals_are_those_of_the_recap(member: int, template: Template, tmp_path: Path) -> None:
    item = small.read(tmp_path)
    report = member_reports(make_recap(small.recess_of(item)))[member]
    data = made(template, item, member)
    amount = rupiah(report.total.heard_amount)
    sums = styled(data, "TertibTabelJumlahAngka")
    assert sums.count(amount) == 2  # by field, and of chapter IV
    assert f"Jumlah: {report.total.heard} aspirasi" in styled(data, "TertibTabelJumlah")
    text = "\n".join(lines(data))
    assert f"Selama reses tercatat {report.total.heard} aspirasi masyarakat" in text
    assert f"Perkiraan anggaran seluruhnya {amount}" in text


def test_every_row_stands_in_two_chapters_with_its_source(template: Template, tmp_path: Path) -> None:
    data = made(template, small.read(tmp_path))
    assert styled(data, "TertibAspirasi") == ["–Perbaikan jalan (Dusun 1)", "–Bantuan benih (Dusun 2)"]
    cells = styled(data, "TertibTabelIsi")
    assert "Sumber: U1 (2)" in cells
    assert "Sumber: U2 (3)" in cells
    assert any("aspirasi.csv" in note for note in styled(data, "TertibTabelCatatan"))


def test_kinds_and_authority_are_told_apart_when_given(template: Template, tmp_path: Path) -> None:
    kinds = {"U1": ("Pengaduan", "provinsi"), "U2": ("usulan", "kabupaten"), "U3": ("tanggapan", "")}
    item = changed(
        small.read(tmp_path),
        row=lambda r: replace(r, kind=kinds.get(r.id, ("", ""))[0], authority=kinds.get(r.id, ("", ""))[1]),
    )
    data = made(template, item)
    text = "\n".join(lines(data))
    assert "2 aspirasi masyarakat, yang terdiri atas 1 pengaduan dan 1 usulan." in text
    assert "–Pengaduan: Perbaikan jalan (Dusun 1)" in text
    assert "Kewenangan: provinsi" in text
    assert "1 aspirasi yang menjadi kewenangan provinsi." in text
    assert "diteruskan kepada pemerintah yang berwenang" in text
    assert "1 tanggapan dan 1 tanpa keterangan jenis" in "\n".join(lines(made(template, item, 1)))


@pytest.mark.parametrize(
    ("region", "told"),
    [
        ("kabupaten", "1 aspirasi yang menjadi kewenangan provinsi"),
        ("kota", "1 aspirasi yang menjadi kewenangan provinsi"),
        ("provinsi", "1 aspirasi yang menjadi kewenangan kabupaten/kota"),
    ],
)
def test_what_another_level_must_do_depends_on_the_region(region: str, told: str, tmp_path: Path) -> None:
    levels = {"U1": "Provinsi", "U2": "Kabupaten/Kota"}
    item = small.read(tmp_path, office=small.OFFICE.replace("kabupaten", region))
    item = changed(item, row=lambda r: replace(r, authority=levels.get(r.id, "")))
    report = member_reports(make_recap(small.recess_of(item)))[0]
    assert member_context(item, report)["kewenangan_lain"] == told


def test_without_kinds_and_authority_nothing_is_said_of_them(template: Template, tmp_path: Path) -> None:
    text = "\n".join(lines(made(template, small.read(tmp_path))))
    for word in ("yang terdiri atas", "Kewenangan:", "Pengaduan:", "diteruskan"):
        assert word not in text


def with_company(item: RecessInput) -> RecessInput:
    def more(meeting: Meeting) -> Meeting:
        agenda = ("Pembukaan", "Tanya jawab")
        return replace(meeting, groups="Kelompok tani", companions="Pendamping Contoh 9", agenda=agenda)

    return changed(item, meeting=more)


def test_agenda_groups_and_companions_when_given(template: Template, tmp_path: Path) -> None:
    item = small.read(tmp_path)
    data = made(template, with_company(item))
    assert {"Susunan Acara", "Unsur Peserta", "Pendamping"} <= set(styled(data, "TertibSubbab"))
    items = styled(data, "TertibButir")
    assert {"1.Pembukaan", "2.Tanya jawab", "1.Seluruh pertemuan: Kelompok tani"} <= set(items)
    assert "1.Seluruh pertemuan: Pendamping Contoh 9" in items
    assert not {"Susunan Acara", "Unsur Peserta", "Pendamping"} & set(styled(made(template, item), "TertibSubbab"))


def test_what_meetings_share_stands_once(tmp_path: Path) -> None:
    item = small.read(tmp_path)
    first = small.recess_of(item).meetings[0]
    meetings = tuple(
        replace(first, id=f"P{n}", groups=groups, agenda=agenda)
        for n, (groups, agenda) in enumerate(
            [("Petani", ("Buka",)), ("Nelayan", ("Buka",)), ("Petani ", ("Tutup",)), ("", ())], 1
        )
    )
    recess = replace(small.recess_of(item), meetings=meetings)
    item = replace(item, recess=recess)
    context = member_context(item, member_reports(make_recap(recess))[0])
    assert context["unsur"] == [
        {"pertemuan": "Pertemuan 1 dan 3", "isi": "Petani"},
        {"pertemuan": "Pertemuan 2", "isi": "Nelayan"},
    ]
    assert [(a["pertemuan"], a["butir"]) for a in context["acara"]] == [  # type: ignore[attr-defined]
        ("Pertemuan 1 dan 2", ["Buka"]),
        ("Pertemuan 3", ["Tutup"]),
    ]


@pytest.fixture
def pictured(tmp_path: Path) -> RecessInput:
    """The first meeting has two equal photos, a broken one, a scanned list and a PDF."""
    folder = tmp_path / "foto"
    folder.mkdir()
    exif = Image.Exif()
    exif[0x010F] = "Telepon Rahasia"
    for name in ("a.jpg", "b.jpg"):
        Image.new("RGB", (400, 300), "green").save(folder / name, exif=exif)
    Image.new("RGB", (300, 400), "white").save(folder / "hadir.png")
    (folder / "rusak.jpg").write_bytes((folder / "a.jpg").read_bytes()[:-100])
    (folder / "hadir.pdf").write_bytes(b"%PDF-1.7\n")
    photo, attendance = AttachmentKind.PHOTO, AttachmentKind.ATTENDANCE
    found = (
        *(Attachment(photo, folder / name, (400, 300)) for name in ("a.jpg", "b.jpg", "rusak.jpg")),
        Attachment(attendance, folder / "hadir.png", (300, 400)),
        Attachment(attendance, folder / "hadir.pdf"),
    )
    return changed(small.read(tmp_path), meeting=lambda m: replace(m, attachments=found if m.id == "P1" else ()))


def media(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist() if name.startswith("word/media/")}


def test_photos_and_lists_are_annexes(template: Template, pictured: RecessInput) -> None:
    told: list[Message] = []
    data = made(template, pictured, told=told.append)
    assert styled(data, "TertibLampiran") == ["Daftar Dokumentasi", "Daftar Hadir", "Foto Kegiatan"]
    captions = styled(data, "TertibKeterangan")
    assert [caption.split(". ")[0] for caption in captions] == ["Daftar hadir 1", "Foto 1", "Foto 2"]
    assert all("Senin, 2 Februari 2026, pukul 09.00, Balai Desa" in caption for caption in captions)
    assert len(media(data)) == 2  # two equal photos are one picture
    assert all(node.get("descr") for node in body(data).iter(f"{WP}docPr"))
    assert not any(b"Rahasia" in part or b"Exif" in part for part in media(data).values())
    assert [message.id for message in told] == ["rusak.jpg tidak dicetak pada laporan: berkas gambar rusak."]


def test_every_file_is_listed_also_what_cannot_be_printed(template: Template, pictured: RecessInput) -> None:
    cells = styled(made(template, pictured), "TertibTabelIsi")
    assert {"a.jpg", "b.jpg", "rusak.jpg", "hadir.png", "hadir.pdf"} <= set(cells)
    assert "Foto tidak dapat dicetak: berkas gambar rusak" in cells
    assert "Daftar hadir, disimpan sebagai berkas tersendiri" in cells


@pytest.mark.parametrize(
    ("cell", "shown"),
    [("a.jpg; b.jpg", "2 foto"), ("a.jpg;", "Foto"), ("3", "3 foto"), ("ada", "Foto"), ("", "–")],
)
def test_photos_of_a_meeting_are_counted(cell: str, shown: str, tmp_path: Path) -> None:
    item = changed(small.read(tmp_path), meeting=lambda m: replace(m, photos=cell, attendance=""))
    context = member_context(item, member_reports(make_recap(small.recess_of(item)))[0])
    assert context["pertemuan"][0]["dokumentasi"] == shown  # type: ignore[index]


def test_files_that_are_there_are_counted(pictured: RecessInput) -> None:
    context = member_context(pictured, member_reports(make_recap(small.recess_of(pictured)))[0])
    assert context["pertemuan"][0]["dokumentasi"] == "3 foto, daftar hadir"  # type: ignore[index]


def test_a_public_report_shows_no_people(template: Template, pictured: RecessInput) -> None:
    told: list[Message] = []
    data = made(template, with_company(pictured), public=True, told=told.append)
    text = "\n".join(lines(data))
    assert not media(data)
    assert not told
    assert "Pendamping" not in text
    assert "Lampiran" not in text
    assert "Dokumentasi disimpan di Sekretariat DPRD." in text
    assert "Edisi Publik" in styled(data, "TertibSampulIsi")
    assert "Kelompok tani" in text


@pytest.mark.parametrize(
    "text",
    [
        'Jalan <rusak> & "berlubang"',
        "{{ anggota.nama }} {% if x %}",
        "{%p for x in y %}",
        "=HYPERLINK()",
        "baris\nkedua\tdan tab",
        "tanda \x07 rusak",
    ],
)
def test_hostile_texts_print_as_they_are(text: str, template: Template, tmp_path: Path) -> None:
    item = changed(
        small.read(tmp_path),
        meeting=lambda m: replace(m, venue=text, groups=text, agenda=(text,)),
        row=lambda r: replace(r, text=text, location=text, agency=text, kind=text, authority=text),
    )
    data = render_member(template, item, member_reports(make_recap(small.recess_of(item)))[0])
    shown = re.sub(r"[\n\t\x07]", "", text)
    assert any(line.endswith(f"{shown} ({shown})") for line in styled(data, "TertibAspirasi"))
    prove_docx(data, "laporan.docx", given=[text])


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(max_size=60), other=st.text(max_size=30))
def test_whatever_the_cells_say_a_report_is_made(text: str, other: str, template: Template, tmp_path: Path) -> None:
    item = changed(
        small.read(tmp_path),
        meeting=lambda m: replace(m, venue=text, time=other, village=other, groups=text, companions=other, photos=text),
        row=lambda r: replace(r, text=text, field=other, agency=text, volume=other, priority=text, kind=other),
    )
    report = member_reports(make_recap(small.recess_of(item)))[0]
    assert styled(render_member(template, item, report), "TertibBabJudul") == CHAPTERS


def test_a_very_long_proposal_stands_whole_in_chapter_three(template: Template, tmp_path: Path) -> None:
    long = ("Perbaikan jalan lingkungan " * 800).strip()
    data = made(template, changed(small.read(tmp_path), row=lambda r: replace(r, text=long)))
    assert f"–{long} (Dusun 1)" in styled(data, "TertibAspirasi")
    cut = next(cell for cell in styled(data, "TertibTabelIsi") if cell.startswith("Perbaikan jalan"))
    assert cut.endswith("… (selengkapnya pada Bab III)")
    assert LONG_TEXT < len(cut) < LONG_TEXT + 50


def test_a_member_without_rows_still_has_a_report(template: Template, tmp_path: Path) -> None:
    item = small.read(tmp_path)
    data = made(template, replace(item, recess=replace(small.recess_of(item), meetings=(), proposals=())))
    text = "\n".join(lines(data))
    assert styled(data, "TertibBabJudul") == CHAPTERS
    assert "Tidak ada pertemuan yang tercatat untuk anggota ini." in text
    assert "dijadwalkan pada tanggal 2 s.d. 7 Februari 2026" in text
    assert "Saran" not in styled(data, "TertibSubbab")
    assert "Rp0" not in text


def test_signature_stays_whole_and_with_the_text_above(template: Template, tmp_path: Path) -> None:
    root = body(made(template, small.read(tmp_path)))
    (table,) = [
        t for t in root.iter(f"{W}tbl") if t.find(f"{W}tblPr/{W}tblCaption[@{W}val='Tanda tangan']") is not None
    ]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in table.iter(f"{W}tr"))
    above = table.getprevious().find(f"{W}pPr")
    assert above.find(f"{W}keepNext") is not None
    assert above.find(f"{W}keepLines") is not None


@pytest.mark.parametrize(
    ("parts", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a dan b"), (["a", "b", "c"], "a, b, dan c")],
)
def test_lists_in_words(parts: list[str], text: str) -> None:
    assert listed(parts) == text


def test_shortened_texts_end_after_a_word() -> None:
    assert shortened("pendek", 10, "lihat") == "pendek"
    assert shortened("satu dua, tiga", 10, "lihat") == "satu dua … (lihat)"
    assert shortened("x" * 50, 10, "lihat") == f"{'x' * 10} … (lihat)"


def test_of_several_with_the_most_none_is_named(tmp_path: Path) -> None:
    reports = member_reports(make_recap(small.recess_of(small.read(tmp_path))))
    assert most_heard(reports[0].fields) is None  # two fields, one proposal each
    assert most_heard(reports[2].fields) == {"nama": "Pekerjaan Umum", "tercatat": 1}
    assert most_heard(()) is None
