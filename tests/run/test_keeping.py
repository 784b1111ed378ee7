"""A PDF that is not what was made is never lost."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline.errors import OutputError
from pipeline.run.keeping import is_kept, replace_keeping

NOW = dt.datetime(2026, 11, 21, 8, 5, 9, tzinfo=dt.UTC)


def test_names_do_not_clash(tmp_path: Path) -> None:
    pdf = tmp_path / "surat.pdf"
    for number in range(3):
        pdf.write_bytes(b"%d" % number)
        new = tmp_path / "baru"
        new.write_bytes(b"baru")
        assert is_kept(replace_keeping(new, pdf, NOW).name)
    kept = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert kept == {
        "surat.pdf": b"baru",
        "surat (disimpan 20261121-080509).pdf": b"0",
        "surat (disimpan 20261121-080509-2).pdf": b"1",
        "surat (disimpan 20261121-080509-3).pdf": b"2",
    }


def test_it_goes_back_when_the_new_one_cannot_be_placed(tmp_path: Path) -> None:
    pdf = tmp_path / "surat.pdf"
    pdf.write_bytes(b"asli")
    with pytest.raises(OutputError):
        replace_keeping(tmp_path / "tidak-ada", pdf, NOW)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("surat.pdf", b"asli")]


def test_a_long_name_stays_within_what_disks_take(tmp_path: Path) -> None:
    pdf = tmp_path / f"{'é' * 120}.pdf"
    pdf.write_bytes(b"asli")
    new = tmp_path / "baru"
    new.write_bytes(b"baru")
    assert replace_keeping(new, pdf, NOW).read_bytes() == b"asli"
