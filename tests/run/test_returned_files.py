"""Which files of a folder came back from signing: what is passed over, and what is told of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.run.events import Silent
from pipeline.run.returned import returned
from pipeline.run.settings import Settings

PDF = b"%PDF-1.7 rusak"


def settings(root: Path, signed: str = "masuk") -> Settings:
    return Settings(root, root / "outputs", dt.date(2026, 3, 1), signed=root / signed)


def test_files_of_programs_are_passed_over_and_others_are_told(tmp_path: Path) -> None:
    files = {
        "a.PDF": b"",
        "b.bin": b"\n" * 1000 + PDF,
        "c.bin": b"\n" * 1024 + PDF,
        "surat.txt": b"x",
        ".tersembunyi/d.pdf": PDF,
        ".e.pdf": PDF,
        "dalam/Thumbs.db": PDF,
        "dalam/f.pdf": PDF,
    }
    for name, data in files.items():
        path = tmp_path / "masuk" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    outcome = returned(settings(tmp_path), Silent())
    told = sorted(finding.place.file for finding in outcome.result.findings)
    assert told == ["masuk/a.PDF", "masuk/b.bin", "masuk/dalam/f.pdf"]
    assert [note.text("id") for note in outcome.notes] == [
        "masuk/c.bin: bukan PDF, dilewati.",
        "masuk/surat.txt: bukan PDF, dilewati.",
    ]
    assert outcome.result.closing is not None
    assert outcome.result.closing.text("id").startswith("3 berkas diperiksa: 0 diarsipkan, 0 sudah ada di arsip, 3 ")


@pytest.mark.parametrize(("signed", "words"), [("hilang", "tidak ada."), ("masuk", "tidak ada PDF di folder ini")])
def test_where_nothing_came_back(tmp_path: Path, signed: str, words: str) -> None:
    (tmp_path / "masuk").mkdir()
    with pytest.raises(UsageError) as error:
        returned(settings(tmp_path, signed), Silent())
    assert words in error.value.text("id")
