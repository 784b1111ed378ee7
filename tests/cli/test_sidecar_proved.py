"""``NAME.ttd.json`` says where a PDF is to be signed: a changed one is told, not archived, and put right."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.run.state import State
from pipeline.run.writing import Outputs
from tests.cli.desk import Desk, Ran, remove
from tests.cli.desk_signed import built, letter

PDF = "outputs/uji/sop/surat.pdf"
SIDECAR = "outputs/uji/sop/surat.ttd.json"
OWN = json.dumps({"jenis": "tertib-ttd", "penanda_tangan": [{"halaman": 2}]}, indent=1) + "\n"
CHANGED = OWN.replace("2", "1")


@pytest.fixture
def office(desk: Desk) -> Desk:
    """An office with one letter built and on record with its sidecar."""
    on_record(desk, OWN)
    (desk.folder / SIDECAR).write_text(OWN, encoding="utf-8")
    return desk


def on_record(desk: Desk, text: str) -> None:
    pdf = built(desk, "uji/sop/surat", letter())
    state = State(Outputs(desk.folder / "outputs"))
    made = state.get(pdf)
    assert made is not None
    state.put(pdf, replace(made, sidecar=text))
    state.save()


def words(ran: Ran) -> str:
    return " ".join(ran.all.split())


def changed(path: Path) -> None:
    path.write_text(CHANGED, encoding="utf-8")


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def other_lines(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


def a_folder(path: Path) -> None:
    remove(path)
    path.mkdir()


@pytest.mark.parametrize(
    ("change", "code", "word"),
    [
        (changed, "PDF-02", "tempat tanda tangan di dalamnya diubah"),
        (emptied, "PDF-02", "tempat tanda tangan di dalamnya diubah"),
        (other_lines, "PDF-02", "tempat tanda tangan di dalamnya diubah"),
        (remove, "PDF-01", "Berkas ini tidak ada lagi"),
        (a_folder, "PDF-04", "tidak dapat dibaca"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_sidecar_that_is_not_the_one_that_was_made_is_told(
    office: Desk, change: object, code: str, word: str
) -> None:
    assert office.run("verify", PDF).code == 0
    assert callable(change)
    change(office.folder / SIDECAR)
    told = json.loads(office.run("verify", PDF, "--format", "json").out)
    assert [(one["code"], one["place"]["file"]) for one in told["findings"]] == [(code, SIDECAR)]
    ran = office.run("verify", PDF)
    assert (ran.code, word in words(ran), "sama persis" in words(ran)) == (5, True, False), ran.all


@pytest.mark.parametrize("change", [changed, emptied, remove])
def test_it_is_not_archived(office: Desk, change: object) -> None:
    assert callable(change)
    change(office.folder / SIDECAR)
    before = office.visible()
    ran = office.run("archive")
    assert ran.code == 4, ran.all
    assert f"{SIDECAR} hilang atau bukan lagi yang dibuat bersama PDF-nya" in words(ran)
    assert "Jalankan tertib build" in words(ran)
    assert office.visible() == before
    (office.folder / SIDECAR).write_text(OWN, encoding="utf-8")
    assert office.run("archive").code == 0
    assert (office.folder / "outputs/uji/arsip/sop/surat/v001/surat.ttd.json").read_text("utf-8") == OWN


def test_one_where_none_was_made_is_told_unless_it_is_of_somebody_else(desk: Desk) -> None:
    on_record(desk, "")
    (desk.folder / SIDECAR).write_text(OWN, encoding="utf-8")
    assert (desk.run("verify", PDF).code, desk.run("archive").code) == (5, 4)
    (desk.folder / SIDECAR).write_text("catatan sendiri", encoding="utf-8")
    assert (desk.run("verify", PDF).code, desk.run("archive").code) == (0, 0)
    assert list((desk.folder / "outputs/uji/arsip").rglob("*.ttd.json")) == []


@pytest.mark.usefixtures("libreoffice")
def test_a_build_puts_it_right(desk: Desk) -> None:
    assert desk.run("build").code == 0
    before = desk.visible()
    path = desk.folder / SIDECAR
    text = path.read_text("utf-8")
    for change in (remove, lambda one: one.write_text(text.replace('"halaman": 1', '"halaman": 2'), encoding="utf-8")):
        change(path)
        assert desk.visible() != before
        assert desk.run("verify", PDF).code == 5
        assert desk.run("build").code == 0
        assert desk.visible() == before
    assert desk.run("verify", PDF).code == 0
    path.write_bytes(b"catatan sendiri")
    ran = desk.run("build")
    assert (ran.code, f"{SIDECAR} bukan berkas yang dibuat tertib" in words(ran)) == (2, True), ran.all
    assert path.read_bytes() == b"catatan sendiri"
    remove(path)
    assert desk.run("build").code == 0
    assert path.read_text("utf-8") == text
