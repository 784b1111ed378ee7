"""What the PDFs of a recess carry, by edition, and that they are made again from it."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from pipeline.pdf.carried import carried
from pipeline.run import origin
from pipeline.run.events import Silent
from pipeline.run.outcome import Outcome
from pipeline.run.rebuild import rebuild
from pipeline.run.recap import recap
from pipeline.run.settings import Settings
from tests.recess import small

FOLDER = "outputs/contoh/reses/2026-masa-1"
TODAY = dt.date(2026, 3, 1)
PHOTO = Path(__file__).resolve().parents[2] / "inputs/contoh/reses/2026-masa-1/foto/p001-1.jpg"


def settings(root: Path, **how: Any) -> Settings:
    """Those of a run in ``root``."""
    return Settings(root=root, output=root / "outputs", today=TODAY, **how)


@pytest.fixture(scope="module")
def root(libreoffice: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both editions of a small recess with a photo, the names of people only in the office's own."""
    folder = tmp_path_factory.mktemp("reses")
    edits = [
        {"table": "pertemuan", "row": 2, "column": "foto", "value": "p001-1.jpg"},
        {"table": "aspirasi", "row": 3, "column": "keterangan", "value": "Ibu Contoh"},
    ]
    made = small.write(folder, small.spoiled(edits))
    shutil.copy(PHOTO, made)
    for public in (False, True):
        outcome = recap(settings(folder, public=public, only=frozenset({"anggota", "rekapitulasi"})), Silent())
        assert [problem.error.message.id for problem in outcome.problems] == []
    return folder


def files_of(root: Path, name: str) -> dict[str, bytes]:
    """The files inside a PDF."""
    return {name: one.data for name, one in carried((root / FOLDER / f"{name}.pdf").read_bytes()).items()}


def asal(files: Mapping[str, bytes]) -> dict[str, Any]:
    """``asal.json`` as data."""
    value: dict[str, Any] = json.loads(files["asal.json"])
    return value


def member(root: Path, folder: str = "anggota") -> str:
    """The report of some member."""
    return f"{folder}/{min((root / FOLDER / folder).glob('*.pdf')).stem}"


def test_the_recapitulation_of_the_office_carries_the_inputs_but_no_photo(root: Path) -> None:
    files = files_of(root, "rekapitulasi")
    value = asal(files)
    assert {"reses.yaml", "aspirasi.csv", "pertemuan.csv", "anggota.csv", "kantor.yaml"} <= set(files)
    assert not [name for name in files if name.endswith(".jpg")]
    assert [one["alasan"] for one in value["tidak_dibawa"]] == ["gambar"]
    for one in value["masukan"]:
        assert files[one["berkas"]] == (root / one["jalur"]).read_bytes()


def test_other_reports_name_their_docx_and_no_input(root: Path) -> None:
    files = files_of(root, member(root))
    value = asal(files)
    assert set(files) == {"asal.json", value["docx"]["berkas"]}
    assert value["masukan"] == []
    assert "rekapitulasi.pdf" in value["tidak_dibawa"][0]["alasan"]


def test_the_public_edition_carries_nothing_private(root: Path) -> None:
    for name in ("publik/rekapitulasi", member(root, "publik/anggota")):
        files = files_of(root, name)
        assert set(files) == {"asal.json", asal(files)["docx"]["berkas"]}
        assert asal(files)["dokumen"].endswith(f"/{name}")
        text = files["asal.json"].decode()
        assert [word for word in ("aspirasi", "Ibu Contoh", "p001", "masukan/", str(root)) if word in text] == []


def test_the_editions_and_documents_have_hashes_of_their_own(root: Path) -> None:
    names = ("rekapitulasi", "publik/rekapitulasi", member(root), member(root, "publik/anggota"))
    assert len({asal(files_of(root, name))["sidik"] for name in names}) == len(names)


@pytest.mark.usefixtures("real_libreoffice")
def test_asal_does_not_depend_on_day_or_run(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root / "inputs", tmp_path / "inputs")
    later = Settings(
        tmp_path, tmp_path / "outputs", TODAY.replace(month=12), only=frozenset({"rekapitulasi"}), force=True
    )
    assert recap(later, Silent()).problems == ()
    assert files_of(tmp_path, "rekapitulasi") == files_of(root, "rekapitulasi")
    pdf = Path(FOLDER, "rekapitulasi.pdf")
    assert (tmp_path / pdf).read_bytes() == (root / pdf).read_bytes()


def again(pdf: Path, folder: Path) -> Outcome:
    """``rebuild`` of a copy, away from everything."""
    return rebuild(Path(shutil.copy(pdf, folder)), settings(folder), Silent())


@pytest.mark.usefixtures("real_libreoffice")
@pytest.mark.parametrize("name", ["rekapitulasi", "anggota", "publik/rekapitulasi"])
def test_a_report_is_made_again_byte_by_byte(name: str, root: Path, tmp_path: Path) -> None:
    stem = member(root) if name == "anggota" else name
    outcome = again(root / FOLDER / f"{stem}.pdf", tmp_path)
    assert [problem.error.message.id for problem in outcome.problems] == []
    told = " ".join(note.id for note in outcome.notes)
    assert ("DOCX yang dibuat dari situ sama persis" in told) is (name == "rekapitulasi")
    assert "PDF yang dibuat ulang sama persis" in told


def test_inputs_beyond_the_bound_stay_outside(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(origin, "MOST_BYTES", 200)
    shutil.copytree(root / "inputs", tmp_path / "inputs")
    assert recap(settings(tmp_path, only=frozenset({"rekapitulasi"})), Silent()).problems == ()
    value = asal(files_of(tmp_path, "rekapitulasi"))
    assert "terlalu besar" in {one["alasan"] for one in value["tidak_dibawa"]}
    outcome = again(tmp_path / FOLDER / "rekapitulasi.pdf", tmp_path)
    assert outcome.exit_code == 0
    assert "Tidak semua masukannya ada" in outcome.notes[0].id


def test_personal_data_in_what_is_carried_stops_the_public_edition(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = origin.asal

    def leaking(*args: Any) -> dict[str, Any]:
        return whole(*args) | {"catatan": "hubungi 0812-3456-7890"}

    monkeypatch.setattr(origin, "asal", leaking)
    shutil.copytree(root / "inputs", tmp_path / "inputs")
    outcome = recap(settings(tmp_path, public=True, only=frozenset({"rekapitulasi"})), Silent())
    assert [problem.error.exit_code for problem in outcome.problems] == [4]
    assert "lampiran 1" in outcome.problems[0].error.message.id
    assert not (tmp_path / FOLDER / "publik/rekapitulasi.pdf").exists()
