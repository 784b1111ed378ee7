"""Archives that are not whole any more are added to, which is told; one of a newer program is not called damaged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.desk import Desk
from tests.cli.desk_signed import built, came_back, letter, trusting
from tests.sign.service import own

ARCHIVE = "outputs/uji/arsip"
NEW = letter("Surat yang lebih baru.")


@pytest.fixture
def office(desk: Desk) -> Desk:
    """An office with two letters in its archive, one of them in two versions."""
    trusting(desk)
    built(desk, "uji/sop/lain", letter("Lain.", document="uji/sop/lain"))
    for data in (letter(), letter("Surat kedua.")):
        built(desk, "uji/sop/surat", data)
        assert desk.run("archive").code == 0
    return desk


def _byte(archive: Path) -> None:
    path = archive / "sop/surat/v001/surat.pdf"
    path.write_bytes(path.read_bytes()[:-1] + b"x")


DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a byte of what gets a version": (_byte, "sop/surat/v001/surat.pdf"),
    "a file": (lambda a: (a / "sop/surat/v001/surat.pdf").unlink(), "sop/surat/v001/surat.pdf"),
    "a manifest": (
        lambda a: (a / "sop/surat/v001/manifest-sha512.txt").write_bytes(b""),
        "sop/surat/v001/manifest-sha512.txt",
    ),
    "a file too many": (lambda a: (a / "sop/surat/v001/x.pdf").write_bytes(b"x"), "sop/surat/v001/x.pdf"),
    "a file beside": (lambda a: (a / "x.pdf").write_bytes(b"x"), "x.pdf"),
    "a version too many": (
        lambda a: (a / "sop/surat/v001").rename(a / "sop/surat/v009"), "sop/surat/v001"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_in_older_versions_is_told_when_more_is_filed(office: Desk, name: str) -> None:
    damage, file = DAMAGES[name]
    damage(office.folder / ARCHIVE)
    built(office, "uji/sop/surat", NEW)
    ran = office.run("archive")
    told = " ".join(ran.all.split())
    assert (ran.code, "versi v003 diarsipkan" in told) == (0, True), told
    assert f"{ARCHIVE}: arsip ini tidak utuh ({ARCHIVE}/{file}: " in told
    assert f"Lihat semuanya dengan tertib verify {ARCHIVE}." in told
    assert office.run("verify", ARCHIVE).code == 5


def test_a_missing_file_is_told_when_nothing_is_filed(office: Desk) -> None:
    (office.folder / ARCHIVE / "sop/surat/v001/surat.pdf").unlink()
    assert "arsip ini tidak utuh" in " ".join(office.run("archive").all.split())


def test_damage_is_told_when_what_came_back_is_filed(office: Desk) -> None:
    _byte(office.folder / ARCHIVE)
    came_back(office, {"surat.pdf": own(letter("Surat kedua."))})
    told = " ".join(office.run("archive", "--signed", "kembali").all.split())
    assert "versi v003 diarsipkan (bertanda tangan" in told
    assert "arsip ini tidak utuh" in told


def test_nothing_is_told_of_an_archive_that_is_whole(office: Desk) -> None:
    (office.folder / ARCHIVE / "sop/surat/.DS_Store").write_bytes(b"x")
    assert "tidak utuh" not in office.run("archive").all
    built(office, "uji/sop/surat", NEW)
    assert "tidak utuh" not in office.run("archive").all


@pytest.mark.parametrize("args", [("verify", ARCHIVE), ("archive", "export", "--bagit", "serah")])
def test_an_archive_made_by_a_newer_version_is_not_called_damaged(office: Desk, args: tuple[str, ...]) -> None:
    (office.folder / ARCHIVE / "format.txt").write_text("tertib-arsip 99\n")
    ran = office.run(*args)
    told = " ".join(ran.all.split())
    assert (ran.code, "Perbarui tertib" in told) == (5, True), told
    for wrong in ("utuh", "cadangan", "kesalahan."):
        assert wrong not in told
