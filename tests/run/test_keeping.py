"""A PDF that is not what was made is never lost."""

from __future__ import annotations

import datetime as dt
import errno
from pathlib import Path

import pytest

from pipeline.errors import OutputError
from pipeline.run.keeping import is_kept, replace_keeping

NOW = dt.datetime(2026, 11, 21, 8, 5, 9, tzinfo=dt.UTC)


def put(folder: Path) -> tuple[Path, Path]:
    """A file as somebody changed it, and the one that is to take its place."""
    pdf, new = folder / "surat.pdf", folder / "baru"
    pdf.write_bytes(b"asli")
    new.write_bytes(b"baru")
    return pdf, new


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


def no_links(*given: object, **more: object) -> None:
    raise OSError(errno.EPERM, "Operation not permitted")


def test_a_disk_without_links_gets_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.link", no_links)
    pdf, new = put(tmp_path)
    aside = replace_keeping(new, pdf, NOW)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {pdf.name: b"baru", aside.name: b"asli"}


@pytest.mark.parametrize("links", [True, False])
def test_a_full_disk_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool) -> None:
    def full(*given: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    if not links:
        monkeypatch.setattr("os.link", no_links)
        monkeypatch.setattr("os.fsync", full)
    monkeypatch.setattr(Path, "rename", full)
    monkeypatch.setattr(Path, "replace", full)
    pdf, new = put(tmp_path)
    with pytest.raises(OutputError, match="full"):
        replace_keeping(new, pdf, NOW)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {pdf.name: b"asli", new.name: b"baru"}


@pytest.mark.parametrize("links", [True, False])
def test_its_own_name_is_never_without_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool) -> None:
    """A kill before the new one is in place leaves the old one under both names; after it, both are there."""
    pdf, new = put(tmp_path)
    real, seen = Path.replace, []

    def replace(path: Path, target: Path) -> Path:
        seen.append({other.name: other.read_bytes() for other in tmp_path.glob("*.pdf")})
        return real(path, target)

    if not links:
        monkeypatch.setattr("os.link", no_links)
    monkeypatch.setattr(Path, "replace", replace)
    monkeypatch.setattr(Path, "rename", replace)
    aside = replace_keeping(new, pdf, NOW)
    assert all(names[pdf.name] == b"asli" for names in seen)
    assert seen[-1] == {pdf.name: b"asli", aside.name: b"asli"}


def test_a_second_name_from_a_killed_run_is_used(tmp_path: Path) -> None:
    pdf, new = put(tmp_path)
    earlier = tmp_path / "surat (disimpan 20261120-080509).pdf"
    earlier.hardlink_to(pdf)
    assert replace_keeping(new, pdf, NOW) == earlier
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {pdf.name: b"baru", earlier.name: b"asli"}


def test_a_long_name_stays_within_what_disks_take(tmp_path: Path) -> None:
    pdf = tmp_path / f"{'é' * 120}.pdf"
    pdf.write_bytes(b"asli")
    new = tmp_path / "baru"
    new.write_bytes(b"baru")
    assert replace_keeping(new, pdf, NOW).read_bytes() == b"asli"
