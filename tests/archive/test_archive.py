"""The archive: versions are added when content changed, never changed, and proved."""

from __future__ import annotations

import datetime as dt
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.archive import manifest, store
from pipeline.archive.store import Item
from pipeline.archive.verify import find_archives, latest_faults, verify
from pipeline.errors import ArchiveError

DAY = dt.date(2026, 11, 21)


def item(tmp_path: Path, pdf: bytes = b"%PDF one", docx: bytes = b"PK one", source: bytes = b"judul: x\n") -> Item:
    """A small SOP to file."""
    folder = tmp_path / "built"
    folder.mkdir(exist_ok=True)
    (folder / "reses.pdf").write_bytes(pdf)
    (folder / "reses.docx").write_bytes(docx)
    (folder / "reses.yaml").write_bytes(source)
    return Item(
        kind="sop",
        name="reses",
        files={"reses.pdf": folder / "reses.pdf", "reses.docx": folder / "reses.docx"},
        sources={"sop/reses.yaml": folder / "reses.yaml"},
        number="800/1/2026",
        title="Pelaksanaan Reses; <uji>",
        stage="final",
    )


def add(archive: Path, made: Item, number: int) -> None:
    """File a version as the command does."""
    target = archive / made.folder / store.version_name(number)
    target.mkdir(parents=True)
    store.fill(made, number, target, DAY)
    rows = [*store.read_index(archive), store.row_of(archive, made.folder, number)]
    (archive / store.INDEX).write_bytes(store.render_index(rows))


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive of one SOP in two versions."""
    folder = tmp_path / "banyumas" / "arsip"
    add(folder, item(tmp_path), 1)
    add(folder, item(tmp_path, pdf=b"%PDF two"), 2)
    return folder


def test_a_version_holds_documents_sources_and_manifest(archive: Path) -> None:
    version = archive / "sop/reses/v001"
    assert sorted(path.relative_to(version).as_posix() for path in version.rglob("*") if path.is_file()) == [
        "manifest-sha256.txt", "reses.docx", "reses.pdf", "sumber/sop/reses.yaml", "versi.json",
    ]  # fmt: skip
    assert (version / "reses.pdf").read_bytes() == b"%PDF one"
    assert store.versions(archive / "sop/reses") == (1, 2)


def test_manifest_is_that_of_sha256sum(archive: Path) -> None:
    done = subprocess.run(
        ["sha256sum", "-c", "--strict", manifest.NAME], cwd=archive / "sop/reses/v001", capture_output=True, check=False
    )
    assert done.returncode == 0


def test_index_reads_back(archive: Path) -> None:
    rows = store.read_index(archive)
    assert [(row.version, row.title, row.stage, row.date) for row in rows] == [
        (1, "Pelaksanaan Reses; <uji>", "final", "2026-11-21"),
        (2, "Pelaksanaan Reses; <uji>", "final", "2026-11-21"),
    ]
    assert (archive / store.INDEX).read_bytes().startswith(b"\xef\xbb\xbfjenis;nama;")


@pytest.mark.parametrize(
    ("change", "changed"),
    [
        ({"pdf": b"%PDF two"}, False),
        ({"pdf": b"%PDF two", "docx": b"PK other"}, False),
        ({"pdf": b"%PDF two", "source": b"# a remark\njudul: x\n"}, False),
        ({"pdf": b"%PDF one"}, True),
        ({"pdf": b"%PDF three"}, True),
    ],
)
def test_only_changed_content_makes_a_version(
    archive: Path, tmp_path: Path, change: dict[str, bytes], changed: bool
) -> None:
    assert store.has_changed(item(tmp_path, **change), archive) is changed


def test_an_intact_archive_has_no_findings(archive: Path) -> None:
    proved = verify(archive, "arsip")
    assert proved.findings == ()
    assert (proved.versions, proved.files) == (2, 8)


def _corrupt_index(archive: Path) -> None:
    (archive / store.INDEX).write_bytes(b"jenis;nama\nx;\xff\n")


def _manifest_and_file(archive: Path) -> None:
    version = archive / "sop/reses/v001"
    (version / "reses.pdf").write_bytes(b"%PDF forged")
    hashes = manifest.read(version) | {"reses.pdf": manifest.file_hash(version / "reses.pdf")}
    (version / manifest.NAME).write_text(manifest.render(hashes))


def _replace_by_link(archive: Path) -> None:
    path = archive / "sop/reses/v001/reses.pdf"
    path.unlink()
    path.symlink_to("/etc/hostname")


def _remove_tree(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    folder.rmdir()


DAMAGES: dict[str, tuple[Callable[[Path], object], set[tuple[str, str]]]] = {
    "missing": (
        lambda a: (a / "sop/reses/v001/reses.pdf").unlink(),
        {("ARS-01", "arsip/sop/reses/v001/reses.pdf")},
    ),
    "missing source": (
        lambda a: (a / "sop/reses/v002/sumber/sop/reses.yaml").unlink(),
        {("ARS-01", "arsip/sop/reses/v002/sumber/sop/reses.yaml")},
    ),
    "changed": (
        lambda a: (a / "sop/reses/v001/reses.pdf").write_bytes(b"%PDF 0ne"),
        {("ARS-02", "arsip/sop/reses/v001/reses.pdf")},
    ),
    "emptied": (
        lambda a: (a / "sop/reses/v001/reses.docx").write_bytes(b""),
        {("ARS-02", "arsip/sop/reses/v001/reses.docx")},
    ),
    "extra in a version": (
        lambda a: (a / "sop/reses/v001/catatan.txt").write_text("x"),
        {("ARS-03", "arsip/sop/reses/v001/catatan.txt")},
    ),
    "extra outside": (
        lambda a: (a / "sop/catatan.txt").write_text("x"),
        {("ARS-03", "arsip/sop/catatan.txt")},
    ),
    "no manifest": (
        lambda a: (a / "sop/reses/v001" / manifest.NAME).unlink(),
        {("ARS-01", "arsip/sop/reses/v001/manifest-sha256.txt")},
    ),
    "bad manifest": (
        lambda a: (a / "sop/reses/v001" / manifest.NAME).write_bytes(b"\xff\n"),
        {
            ("ARS-04", "arsip/sop/reses/v001/manifest-sha256.txt"),
            ("ARS-02", "arsip/sop/reses/v001/manifest-sha256.txt"),
        },
    ),
    "whole version gone": (
        lambda a: _remove_tree(a / "sop/reses/v001"),
        {("ARS-01", "arsip/sop/reses/v001")},
    ),
    "file and manifest forged together": (
        _manifest_and_file,
        {("ARS-02", "arsip/sop/reses/v001/manifest-sha256.txt")},
    ),
    "link": (_replace_by_link, {("ARS-04", "arsip/sop/reses/v001/reses.pdf")}),
    "no index": (lambda a: (a / store.INDEX).unlink(), {("ARS-01", "arsip/indeks.csv")}),
    "bad index": (_corrupt_index, {("ARS-04", "arsip/indeks.csv")}),
}


@pytest.mark.parametrize(
    "name", ["Thumbs.db", "desktop.ini", ".DS_Store", "~$reses.docx", "._reses.pdf", ".~lock.reses.docx#"]
)
def test_files_of_the_system_are_no_damage(archive: Path, name: str) -> None:
    for folder in ("", "sop", "sop/reses", "sop/reses/v001", "sop/reses/v001/sumber"):
        (archive / folder / name).write_bytes(b"x")
    assert verify(archive, "arsip").findings == ()
    assert verify(archive / "sop/reses/v001", "v001").findings == ()


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_found_where_it_is(archive: Path, name: str) -> None:
    damage, expected = DAMAGES[name]
    damage(archive)
    found = verify(archive, "arsip").findings
    assert {(finding.code, finding.place.file) for finding in found} == expected
    assert all(finding.help.id and finding.help.en for finding in found)


def test_an_unreadable_file_is_told(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = manifest.file_hash

    def failing(path: Path) -> str:
        if path.name == "reses.pdf":
            raise OSError(5, "Input/output error")
        return real(path)

    monkeypatch.setattr(manifest, "file_hash", failing)
    codes = [finding.code for finding in verify(archive, "arsip").findings]
    assert codes == ["ARS-04", "ARS-04"]


def test_archives_are_found_from_above_inside_and_below(archive: Path, tmp_path: Path) -> None:
    assert find_archives(tmp_path) == (archive,)
    assert find_archives(archive) == (archive,)
    assert find_archives(archive / "sop") == (archive,)
    assert find_archives(archive / "sop/reses/v001") == (archive / "sop/reses/v001",)
    assert find_archives(archive / "sop/reses/v001/reses.pdf") == (archive / "sop/reses/v001",)
    assert find_archives(tmp_path / "built/reses.pdf") == ()


def test_a_single_version_can_be_proved(archive: Path) -> None:
    version = archive / "sop/reses/v001"
    assert verify(version, "v001").findings == ()
    (version / "reses.pdf").write_bytes(b"x")
    assert [finding.code for finding in verify(version, "v001").findings] == ["ARS-02"]


@pytest.mark.parametrize(
    "line", ["x  reses.pdf", "a" * 64 + "  ../up.pdf", "a" * 64 + "  /etc/passwd", "a" * 64, "a" * 64 + "  C:/x"]
)
def test_a_manifest_with_a_strange_line_is_refused(line: str) -> None:
    with pytest.raises(ArchiveError, match="line 1"):
        manifest.parse(line + "\n", "m")


def test_a_damaged_latest_version_stops_filing(archive: Path, tmp_path: Path) -> None:
    (archive / "sop/reses/v002" / manifest.NAME).unlink()
    with pytest.raises(ArchiveError):
        store.has_changed(item(tmp_path), archive)


def test_faults_of_the_latest_version(archive: Path) -> None:
    assert latest_faults(archive, "sop/reses", "arsip") == latest_faults(archive, "sop/lain", "arsip") == ()
    (archive / "sop/reses/v001/reses.pdf").write_bytes(b"earlier ones are for verify")
    assert latest_faults(archive, "sop/reses", "arsip") == ()
    (archive / "sop/reses/v002/reses.pdf").write_bytes(b"x")
    assert [finding.code for finding in latest_faults(archive, "sop/reses", "arsip")] == ["ARS-02"]
    _remove_tree(archive / "sop/reses/v002")
    assert [finding.code for finding in latest_faults(archive, "sop/reses", "arsip")] == ["ARS-01"]
