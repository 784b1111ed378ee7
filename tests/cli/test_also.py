"""``tertib build --also``: further formats beside the DOCX, never at the cost of what people made."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.readers.bpmn import read_bpmn
from tests.cli.desk import STEPS, Desk

DOCX, BPMN, SVG = "uji/sop/surat.docx", "uji/sop/surat.bpmn", "uji/sop/surat.alur-1.svg"


@pytest.fixture(autouse=True)
def without_libreoffice(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """PDFs are not the point here."""
    desk.no_soffice(monkeypatch)


def build(desk: Desk, *more: str) -> str:
    """Run a build that lacks nothing but LibreOffice; what it printed."""
    ran = desk.run("build", *more)
    assert ran.code == 3, ran.all
    return ran.all


def long_table(rows: int) -> str:
    head, *_ = STEPS.splitlines()
    middle = [f"{n},Menyusun bahan rapat,Sekretaris DPRD,Berkas,1 jam,Laporan,,,," for n in range(2, rows)]
    first = "1,Menerima surat masuk,Kepala Bagian Umum,Surat,1 jam,Surat tercatat,,mulai,,"
    last = f"{rows},Menyimpan surat masuk,Kepala Bagian Umum,Surat,1 jam,Surat tersimpan,,selesai,,"
    return "\n".join([head, first, *middle, last, ""])


def test_formats_stand_beside_the_docx_and_in_the_report(desk: Desk) -> None:
    ran = desk.run("build", "--also", "svg,bpmn", "--format", "json")
    assert {DOCX, BPMN, SVG} <= set(desk.visible())
    outputs = json.loads(ran.out)["documents"][0]["outputs"]
    assert outputs == [f"outputs/{name}" for name in (DOCX, SVG, BPMN)]
    steps = read_bpmn((desk.folder / "outputs" / BPMN).read_bytes()).steps
    assert [step.activity for step in steps] == [
        "Menerima surat masuk",
        "Memeriksa surat masuk",
        "Menyimpan surat masuk",
    ]


def test_one_format_at_a_time(desk: Desk) -> None:
    build(desk, "--also", "SVG", "--stage", "draf")
    assert SVG in desk.visible()
    assert BPMN not in desk.visible()
    build(desk, "--also", "svg", "--also", ".bpmn")
    assert {SVG, BPMN} <= set(desk.visible())
    assert list((desk.folder / "outputs/.tertib/kerja").iterdir()) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("svgg", "svgg tidak dikenal. Maksud Anda svg? Pilihannya: svg, bpmn."),
        ("svg,png", "png"),
        (",", "pilihannya"),
    ],
)
def test_an_unknown_format_is_told(desk: Desk, text: str, said: str) -> None:
    ran = desk.run("build", "--also", text)
    assert ran.code == 2
    assert said in ran.err
    assert not (desk.folder / "outputs").exists()


def test_what_did_not_change_is_not_touched(desk: Desk) -> None:
    build(desk, "--also", "svg,bpmn")
    before = {name: (desk.folder / "outputs" / name).stat().st_mtime_ns for name in (BPMN, SVG)}
    build(desk, "--also", "svg,bpmn")
    assert {name: (desk.folder / "outputs" / name).stat().st_mtime_ns for name in (BPMN, SVG)} == before


def test_pages_that_are_no_more_lose_their_file_unless_it_is_not_ours(desk: Desk) -> None:
    desk.put("sop/surat.langkah.csv", long_table(40))
    build(desk, "--also", "svg,bpmn", "--stage", "draf")
    pages = sorted(name for name in desk.visible() if name.endswith(".svg"))
    assert len(pages) > 2
    folder = desk.folder / "outputs/uji/sop"
    changed = desk.folder / "outputs" / pages[1]
    changed.write_text("diubah tangan", encoding="utf-8")
    (folder / "surat.alur-99.svg").write_text("bukan dari kami", encoding="utf-8")
    (folder / "surat-lain.alur-3.svg").write_text("bukan dari kami", encoding="utf-8")
    desk.put("sop/surat.langkah.csv", STEPS)
    build(desk, "--also", "svg")
    left = sorted(name for name in desk.visible() if name.endswith(".svg"))
    assert left == sorted([SVG, pages[1], "uji/sop/surat-lain.alur-3.svg", "uji/sop/surat.alur-99.svg"])
    assert BPMN in desk.visible(), "a format that was not asked for stays"


def test_a_file_that_was_changed_is_kept(desk: Desk) -> None:
    build(desk, "--also", "bpmn")
    (desk.folder / "outputs" / BPMN).write_text("diubah di penyunting", encoding="utf-8")
    said = build(desk, "--also", "bpmn")
    kept = [name for name in desk.visible() if "(disimpan" in name]
    assert len(kept) == 1
    assert kept[0].endswith(").bpmn")
    assert kept[0] in " ".join(said.split())
    assert (desk.folder / "outputs" / kept[0]).read_text(encoding="utf-8") == "diubah di penyunting"
    read_bpmn((desk.folder / "outputs" / BPMN).read_bytes())


def test_outdated_ones_are_told_without_also(desk: Desk) -> None:
    build(desk, "--also", "bpmn")
    assert BPMN not in build(desk)
    desk.edit("sop/surat.langkah.csv", "Memeriksa surat masuk", "Meneliti surat masuk")
    before = desk.visible()[BPMN]
    assert f"Dibuat dari isi yang lama: outputs/{BPMN}." in " ".join(build(desk).split())
    assert desk.visible()[BPMN] == before


def test_a_broken_record_costs_nothing(desk: Desk) -> None:
    build(desk, "--also", "bpmn")
    (desk.folder / "outputs/.tertib/samping.json").write_bytes(b"\xff{")
    build(desk, "--also", "bpmn")
    assert not [name for name in desk.visible() if "(disimpan" in name]


def test_a_document_that_is_held_back_makes_none(desk: Desk) -> None:
    desk.edit("sop/surat.langkah.csv", "1 jam", "sebentar saja")
    ran = desk.run("build", "--also", "svg,bpmn")
    assert ran.code == 1
    assert not [name for name in desk.visible() if Path(name).suffix in {".svg", ".bpmn"}]


def test_a_place_that_is_taken_is_told_and_the_rest_is_made(desk: Desk) -> None:
    (desk.folder / "outputs" / BPMN).mkdir(parents=True)
    ran = desk.run("build", "--also", "bpmn,svg")
    assert "surat.bpmn" in ran.all
    assert ran.code == 2
    assert {DOCX, SVG} <= set(desk.visible())
