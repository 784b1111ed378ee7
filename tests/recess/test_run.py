"""``tertib recap`` from files to files; LibreOffice is left out here (its gate has tests of its own)."""

from __future__ import annotations

import csv
import datetime as dt
import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.convert import libreoffice
from pipeline.errors import ProofError
from pipeline.model.finding import Stage
from pipeline.model.message import verbatim
from pipeline.run.archive import archive
from pipeline.run.events import Silent
from pipeline.run.outcome import Outcome
from pipeline.run.recap import recap
from pipeline.run.recess_names import MAX_STEM, member_names, slug
from pipeline.run.settings import Settings
from pipeline.run.state import digest
from tests.recess import small


@pytest.fixture(autouse=True)
def without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.run.artifacts.find_soffice", lambda: None)


def run(root: Path, stage: Stage | None = None) -> Outcome:
    settings = Settings(root=root, output=root / "outputs", today=dt.date(2026, 3, 1), stage=stage)
    return recap(settings, Silent())


def made(root: Path) -> dict[str, bytes]:
    folder = root / "outputs" / "contoh" / "reses" / "2026-masa-1"
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_documents_are_made_without_libreoffice_and_it_is_said(tmp_path: Path) -> None:
    small.write(tmp_path)
    outcome = run(tmp_path)
    assert list(made(tmp_path)) == [
        "anggota/anggota-contoh-01.docx",
        "anggota/anggota-contoh-02.docx",
        "anggota/anggota-contoh-03.docx",
        "dapil/dapil-1.docx",
        "dapil/dapil-2.docx",
        "fraksi/fraksi-contoh-dahlia.docx",
        "fraksi/fraksi-contoh-melati.docx",
        "komisi/komisi-i.docx",
        "komisi/komisi-ii.docx",
        "komisi/pimpinan-dprd.docx",
        "rekapitulasi.docx",
        "rekapitulasi.json",
        "rekapitulasi.xlsx",
        "usulan-sipd.csv",
    ]
    assert outcome.exit_code == libreoffice.missing().exit_code == 3
    assert len(outcome.result.documents[0].outputs) == 14
    first = made(tmp_path)
    run(tmp_path)
    assert made(tmp_path) == first


def test_a_blocked_recess_leaves_earlier_outputs_alone(tmp_path: Path) -> None:
    small.write(tmp_path)
    run(tmp_path)
    before = made(tmp_path)
    small.write(tmp_path, small.spoiled([{"table": "aspirasi", "row": 2, "column": "uraian", "value": ""}]))
    outcome = run(tmp_path)
    assert made(tmp_path) == before
    assert outcome.exit_code == 1
    assert outcome.notes


def test_a_draft_is_built_with_its_findings(tmp_path: Path) -> None:
    small.write(tmp_path, small.spoiled([{"table": "aspirasi", "row": 2, "column": "uraian", "value": ""}]))
    outcome = run(tmp_path, Stage.DRAFT)
    assert "rekapitulasi.docx" in made(tmp_path)
    assert not outcome.result.blocked
    assert json.loads(made(tmp_path)["rekapitulasi.json"])["stage"] == "draf"


def test_a_wrong_total_stops_everything_before_a_file_appears(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lie(*_: object) -> None:
        raise ProofError(verbatim("RES-12"))

    monkeypatch.setattr("pipeline.recess.recap.reconcile", lie)
    small.write(tmp_path)
    outcome = run(tmp_path)
    assert not (tmp_path / "outputs" / "contoh").exists()
    assert outcome.exit_code == 4


def test_nothing_but_a_recess_is_needed(tmp_path: Path) -> None:
    folder = small.write(tmp_path)
    (folder / "reses.yaml").write_text("\t", encoding="utf-8")
    outcome = run(tmp_path)
    assert outcome.result.findings
    assert not (tmp_path / "outputs" / "contoh").exists()


def test_file_names() -> None:
    members = [("A1", "H. Contoh, S.E."), ("A2", "h contoh s e"), ("A2", "H Contoh SE"), ("A4", "漢字"), ("", "")]
    assert member_names(members) == ("h-contoh-s-e", "h-contoh-s-e-a2", "h-contoh-se", "a4", "anggota")


@given(st.lists(st.tuples(st.text(max_size=300), st.text(max_size=300)), max_size=20))
def test_file_names_are_safe_and_unique(members: list[tuple[str, str]]) -> None:
    names = member_names(members)
    assert len(set(names)) == len(members)
    for name in names:
        assert 0 < len(name) <= 2 * MAX_STEM + 8
        assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


@given(st.text())
def test_a_slug_is_its_own_slug(text: str) -> None:
    assert slug(slug(text)) == slug(text)


@pytest.mark.skipif(libreoffice.find_soffice() is None, reason="LibreOffice is missing here: no PDF to archive")
def test_the_index_of_the_archive_names_the_recess(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.run.artifacts.find_soffice", libreoffice.find_soffice)
    small.write(tmp_path)
    run(tmp_path)
    archive(Settings(root=tmp_path, output=tmp_path / "outputs", today=dt.date(2026, 3, 1)), Silent())
    with (tmp_path / "outputs/contoh/arsip/indeks.csv").open(encoding="utf-8-sig", newline="") as index:
        (row,) = csv.DictReader(index, delimiter=";")
    assert (row["nomor"], row["uraian"], row["status"]) == (
        "Masa I/2026",
        "Rekapitulasi Hasil Reses Masa I Tahun 2026",
        "final",
    )


@pytest.mark.parametrize(("stage", "files"), [(Stage.DRAFT, True), (Stage.FINAL, False)])
def test_a_logo_that_is_not_there_is_told_and_holds_a_final_recess(tmp_path: Path, stage: Stage, files: bool) -> None:
    small.write(tmp_path)
    with (tmp_path / "inputs/contoh/kantor.yaml").open("a", encoding="utf-8") as office:
        office.write("logo: tidak-ada.png\n")
    outcome = run(tmp_path, stage)
    assert [finding.blocks for finding in outcome.result.findings if finding.code == "MSK-31"] == [not files]
    assert bool(made(tmp_path)) == files


def test_an_office_without_a_recess_is_told_plainly(tmp_path: Path) -> None:
    small.write(tmp_path)
    shutil.rmtree(tmp_path / "inputs/contoh/reses")
    outcome = run(tmp_path)
    assert [note.id for note in outcome.notes] == [
        "Tidak ada data reses di tempat yang disebut. Mulai dengan: tertib new reses."
    ]


def test_reports_of_former_names_are_told_and_kept(tmp_path: Path) -> None:
    small.write(tmp_path)
    assert not any("anggota-contoh" in note.id for note in run(tmp_path).notes)
    small.write(
        tmp_path, small.spoiled([{"table": "anggota", "row": 3, "column": "nama", "value": "Anggota Contoh 22"}])
    )
    outcome = run(tmp_path)
    (note,) = [note for note in outcome.notes if "Bukan bagian" in note.id]
    assert "anggota-contoh-02.docx" in note.id
    assert "anggota-contoh-22" not in note.id
    assert "anggota/anggota-contoh-02.docx" in made(tmp_path)


def test_an_edition_made_of_other_data_is_told(tmp_path: Path) -> None:
    """Whoever renews one edition hears that the other one is of older data."""
    small.write(tmp_path)
    (source,) = tmp_path.rglob("reses.yaml")
    pdf = tmp_path / "outputs/contoh/reses/2026-masa-1/publik/rekapitulasi.pdf"
    pdf.parent.mkdir(parents=True)
    pdf.write_bytes(b"%PDF-")
    state = tmp_path / "outputs/.tertib/catatan-reses.jsonl"
    state.parent.mkdir(parents=True)
    texts = dict.fromkeys(("document", "docx", "pdf", "converter", "title", "number", "stage"), "")
    for value, told in ((digest(source), 0), ("0" * 64, 1)):
        record = {**texts, "pages": 1, "sources": {source.relative_to(tmp_path).as_posix(): value}}
        row = {"key": "contoh/reses/2026-masa-1/publik/rekapitulasi.pdf", **record}
        state.write_text(f'{{"schema_version": 2}}\n{json.dumps(row)}\n', encoding="utf-8")
        notes = [note.text("id") for note in run(tmp_path).notes]
        assert sum("Edisi publik" in note and "recap --public" in note for note in notes) == told, notes
