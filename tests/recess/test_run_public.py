"""``tertib recap --public`` from files to files: nothing personal in any file, and every file is looked into first."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline.model.finding import Finding
from pipeline.model.recess import Proposal
from pipeline.recess.recap import make_recap
from pipeline.run import recess_make, recess_plan
from pipeline.run.artifacts import Artifact
from pipeline.run.events import Silent
from pipeline.run.outcome import Outcome
from pipeline.run.recap import recap
from pipeline.run.recess_edition import Edition
from pipeline.run.settings import Settings
from tests.recess import small

PHONE = "0812-3456-7890"
EDITS = [
    {"table": "aspirasi", "row": 2, "column": "uraian", "value": f"Perbaikan jalan, hubungi {PHONE}"},
    {"table": "aspirasi", "row": 3, "column": "keterangan", "value": "Ibu Contoh"},
]


@pytest.fixture(autouse=True)
def without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.run.artifacts.find_soffice", lambda: None)


def run(root: Path, *, public: bool) -> Outcome:
    small.write(root, small.spoiled(EDITS))
    settings = Settings(root=root, output=root / "outputs", today=dt.date(2026, 3, 1), public=public)
    return recap(settings, Silent())


def made(root: Path) -> list[str]:
    folder = root / "outputs" / "contoh" / "reses" / "2026-masa-1"
    return [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file()]


def errors(outcome: Outcome) -> list[Finding]:
    return [finding for finding in outcome.result.findings if finding.blocks]


def test_personal_data_stops_the_offices_own_edition_only(tmp_path: Path) -> None:
    outcome = run(tmp_path, public=False)
    assert [finding.code for finding in errors(outcome)] == ["ASP-04"]
    assert made(tmp_path) == []
    outcome = run(tmp_path, public=True)
    names = made(tmp_path)
    assert names
    assert all(name.startswith("publik/") for name in names)
    assert {"publik/rekapitulasi.docx", "publik/rekapitulasi.json", "publik/rekapitulasi.xlsx"} <= set(names)
    assert "publik/usulan-sipd.csv" not in names
    assert any("aspirasi.csv:2" in note.id and PHONE not in note.id for note in outcome.notes)
    trace = (tmp_path / "outputs/contoh/reses/2026-masa-1/publik/rekapitulasi.json").read_text(encoding="utf-8")
    assert "3456" not in trace
    assert "Ibu Contoh" not in trace


def test_another_error_stops_the_public_edition_too(tmp_path: Path) -> None:
    small.write(tmp_path, small.spoiled([{"table": "aspirasi", "row": 2, "column": "uraian", "value": ""}]))
    settings = Settings(root=tmp_path, output=tmp_path / "outputs", today=dt.date(2026, 3, 1), public=True)
    assert errors(recap(settings, Silent()))
    assert made(tmp_path) == []


def test_every_file_is_looked_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    inspected: list[bool] = []
    put = recess_make.put_docx

    def noted(artifact: Artifact, *others: object) -> Artifact:
        inspected.append(artifact.inspect is not None)
        return put(artifact, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(Edition, "inspect", lambda self, data, name: seen.append(name))
    monkeypatch.setattr(recess_make, "put_docx", noted)
    run(tmp_path, public=True)
    assert sorted(seen) == sorted(Path(name).name for name in made(tmp_path))
    assert inspected
    assert all(inspected)  # the PDF of each is looked into when it is there


def test_what_was_not_taken_out_stops_everything_before_a_file_appears(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def as_it_is(_: object, row: Proposal) -> Proposal:
        return row

    monkeypatch.setattr("pipeline.recess.public._proposal", as_it_is)
    outcome = run(tmp_path, public=True)
    assert made(tmp_path) == []
    assert outcome.exit_code == 4


def test_every_document_and_the_workbook_are_proved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    proved: list[str] = []
    monkeypatch.setattr("pipeline.render.proof.prove_docx", lambda data, name, **_: proved.append(name))
    monkeypatch.setattr("pipeline.render.workbook_proof.prove_workbook", lambda data, name, whole: proved.append(name))
    run(tmp_path, public=True)
    expected = [Path(name).name for name in made(tmp_path) if not name.endswith(".json")]
    assert sorted(proved) == sorted(expected)


def test_a_document_promises_what_must_be_readable_in_its_pdf(tmp_path: Path) -> None:
    item = small.read(tmp_path, small.spoiled(EDITS[1:]))
    whole = make_recap(small.recess_of(item))

    def no_template(*_: object) -> object:
        raise AssertionError

    planned = recess_plan.plan(item, whole, no_template, only=frozenset(), public=False)  # type: ignore[arg-type]
    documents = {one.name: one for one in planned.documents}
    member = documents["anggota/anggota-contoh-01"]
    assert set(member.promised) == {"Anggota Contoh 01", "Rp110.000.000", "Perbaikan jalan", "Bantuan benih"}
    assert {"Bantuan benih", "Dusun 2", "Dinas Pertanian", "Ibu Contoh"} <= set(member.given())
    assert {"Rp180.000.000", "Ruang kelas"} <= set(documents["rekapitulasi"].promised)
    assert "Rp50.000.000" in documents["dapil/dapil-2"].promised
