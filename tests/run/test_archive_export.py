"""Exports by the command: what a PATH means, what is told, and that only proved archives leave."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.run.archive_export import Form, export
from pipeline.run.events import Silent
from pipeline.run.outcome import Outcome
from pipeline.run.settings import Settings
from tests.archive.samples import filled, local, pdf

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A working folder with one office, whose archive holds two SOPs and a recess."""
    office = tmp_path / "inputs/contoh"
    (office / "sop").mkdir(parents=True)
    shutil.copy(ROOT / "inputs/contoh/kantor.yaml", office)
    (office / "sop/reses.yaml").write_bytes(b"judul: Reses\n")
    outputs = tmp_path / "outputs/contoh"
    (outputs / "sop").mkdir(parents=True)
    (outputs / "sop/reses.pdf").write_bytes(b"%PDF")
    documents = {
        "sop/reses": [{"reses.pdf": pdf("1")}, {"reses.pdf": pdf("2")}],
        "sop/rapat": [{"rapat.pdf": pdf("r")}],
        "reses/2026-masa-1": [{"rekapitulasi.pdf": pdf("m")}],
    }
    filled(local(outputs / "arsip"), tmp_path / "kerja", documents)
    return tmp_path


def run(root: Path, form: Form, folder: str, *paths: str) -> Outcome:
    """One export from the working folder ``root``."""
    settings = Settings(root, root / "outputs", dt.date(2026, 5, 4), paths=tuple(Path(path) for path in paths))
    return export(settings, Silent(), form=form, folder=Path(folder))


def told(outcome: Outcome) -> str:
    """The remarks of a run, in Indonesian."""
    return "\n".join(note.text("id") for note in outcome.notes)


PATHS: dict[tuple[str, ...], set[str]] = {
    (): {"contoh"},
    ("inputs",): {"contoh"},
    ("outputs",): {"contoh"},
    ("inputs/contoh",): {"contoh"},
    ("outputs/contoh",): {"contoh"},
    ("outputs/contoh/arsip",): {"contoh"},
    ("inputs/contoh/sop/reses.yaml",): {"contoh-sop-reses"},
    ("outputs/contoh/sop/reses.pdf",): {"contoh-sop-reses"},
    ("outputs/contoh/arsip/sop/reses/v001",): {"contoh-sop-reses"},
    ("outputs/contoh/sop",): {"contoh-sop-reses", "contoh-sop-rapat"},
    ("outputs/contoh/sop/reses.pdf", "outputs/contoh/arsip/reses"): {"contoh-sop-reses", "contoh-reses-2026-masa-1"},
}


@pytest.mark.parametrize("paths", PATHS)
def test_a_path_means_an_office_or_its_documents(root: Path, paths: tuple[str, ...]) -> None:
    outcome = run(root, "bagit", "serah", *paths)
    assert outcome.exit_code == 0
    assert {path.name for path in (root / "serah").iterdir()} == PATHS[paths]


def test_again_is_told_and_changes_nothing(root: Path) -> None:
    forms: tuple[Form, ...] = ("bagit", "ocfl")
    for form in forms:
        assert "versi" in told(run(root, form, f"serah/{form}"))
        assert "isinya sama" in told(run(root, form, f"serah/{form}"))


def test_an_archive_that_moved_elsewhere_is_exported_too(root: Path) -> None:
    shutil.move(root / "outputs/contoh/arsip", root / "cadangan")
    assert run(root, "ocfl", "gudang", "cadangan").exit_code == 0
    assert (root / "gudang/0=ocfl_1.1").is_file()


def test_a_damaged_archive_is_not_exported_and_its_faults_are_told(root: Path) -> None:
    (root / "outputs/contoh/arsip/sop/rapat/v001/rapat.pdf").write_bytes(b"%PDF x")
    outcome = run(root, "bagit", "serah")
    assert outcome.exit_code == 5
    assert "rapat.pdf" in outcome.result.findings[0].place.file
    assert not (root / "serah").exists()


@pytest.mark.parametrize("path", ["outputs/lain", "inputs/contoh/kantor.yml", "kerja"])
def test_where_there_is_no_archive_is_said(root: Path, path: str) -> None:
    with pytest.raises(UsageError) as error:
        run(root, "bagit", "serah", path)
    assert path in error.value.text("id")


def test_a_document_that_was_never_archived_is_said(root: Path) -> None:
    (root / "outputs/contoh/sop/baru.pdf").write_bytes(b"%PDF")
    outcome = run(root, "bagit", "serah", "outputs/contoh/sop/baru.pdf")
    assert outcome.exit_code == 2
    assert "sop/baru tidak ada di arsip" in outcome.problems[0].error.text("id")


def test_nothing_is_exported_into_the_archive(root: Path) -> None:
    outcome = run(root, "ocfl", "outputs/contoh/arsip/gudang")
    assert outcome.exit_code == 2
    assert not (root / "outputs/contoh/arsip/gudang").exists()


def test_without_any_archive_there_is_nothing_to_export(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        run(tmp_path, "bagit", "serah")
