"""Reports of a recess whose inputs did not change are not drawn again, nor is the workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.run import basis
from pipeline.run.events import Silent
from pipeline.run.outcome import Outcome
from pipeline.run.recap import recap
from pipeline.run.recess_make import Making
from pipeline.run.settings import Settings
from tests.recess import small

FOLDER = "outputs/contoh/reses/2026-masa-1"


def nothing(_: Path) -> None:
    pass


def no_pdf(root: Path) -> None:
    (root / FOLDER / "rekapitulasi.pdf").unlink()


def no_workbook(root: Path) -> None:
    (root / FOLDER / "rekapitulasi.xlsx").unlink()


def comment(root: Path) -> None:
    (source,) = root.rglob("reses.yaml")
    source.write_text(f"{source.read_text(encoding='utf-8')}# catatan\n", encoding="utf-8")


@pytest.mark.usefixtures("libreoffice")
def test_only_what_changed_is_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small.write(tmp_path)
    (tmp_path / "program").mkdir()
    monkeypatch.setattr(basis, "PACKAGE", tmp_path / "program")
    drawn: list[str] = []
    draw, work = Making._docx, Making._work_files
    monkeypatch.setattr(
        Making, "_docx", lambda making, edition, one, *more: drawn.append(one.name) or draw(making, edition, one, *more)
    )
    monkeypatch.setattr(Making, "_work_files", lambda *args: drawn.append("kerja") or work(*args))

    def run() -> Outcome:
        settings = Settings(
            tmp_path, tmp_path / "outputs", dt.date(2026, 3, 1), only=frozenset(("rekapitulasi",)), explain=True
        )
        drawn.clear()
        return recap(settings, Silent())

    def stamps() -> dict[str, int]:
        return {path.name: path.stat().st_ino for path in (tmp_path / FOLDER).iterdir() if path.is_file()}

    assert run().exit_code == 0
    assert drawn == ["rekapitulasi", "kerja"]
    cases: list[tuple[Callable[[Path], None], list[str], set[str], list[str]]] = [
        (nothing, [], set(), []),
        (no_pdf, ["rekapitulasi", "kerja"], {"rekapitulasi.pdf"}, ["pdf-missing"]),
        (no_workbook, ["kerja"], {"rekapitulasi.xlsx"}, []),
        (comment, ["rekapitulasi", "kerja"], {"rekapitulasi.pdf", "rekapitulasi.ttd.json"}, ["input-changed"]),
        (nothing, [], set(), []),
    ]
    for change, expected, touched, why in cases:
        before = stamps()
        change(tmp_path)
        outcome = run()
        assert (outcome.exit_code, drawn) == (0, expected), change
        assert {name for name, inode in stamps().items() if inode != before[name]} <= touched, change
        (document,) = outcome.result.documents
        assert [one.code for one in document.why or ()] == why, change
        told = [note.text("id") for note in outcome.notes if "2026-masa-1: " in note.text("id")]
        assert any("tidak berubah (1 dokumen)" in note for note in told) is (not why)
