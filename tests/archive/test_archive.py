"""The archive: versions are added when content changed, never changed, and proved."""

from __future__ import annotations

import csv
import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.archive import desk, log, manifest, store
from pipeline.archive.storage import LocalStorage, unreadable
from pipeline.archive.verify import find_archives, verify, version_faults
from pipeline.errors import ArchiveError
from tests.archive.desk import TOP, VERSION, add, add_signed, filing, item, pdf, remove_tree, small, tree


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive of one SOP in two versions."""
    return small(tmp_path)


def test_a_version_holds_documents_sources_and_manifests(archive: Path) -> None:
    places = {f"sop/reses/v00{number}/{name}" for number in (1, 2) for name in VERSION}
    assert set(tree(archive)) == {*TOP, *places}
    assert (archive / "sop/reses/v001/reses.pdf").read_bytes() == pdf()


@pytest.mark.parametrize("name", ["sha256", "sha512"])
def test_manifests_are_those_of_the_usual_programs(archive: Path, name: str) -> None:
    done = subprocess.run(
        [f"{name}sum", "-c", "--strict", f"manifest-{name}.txt"],
        cwd=archive / "sop/reses/v001",
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0


def test_the_log_can_be_checked_by_hand_as_the_readme_says(archive: Path) -> None:
    lines = log.parse((archive / log.NAME).read_bytes()).events
    for event in lines:
        shell = (
            f"sed -n {event.number}p catatan.jsonl | sed 's/,\"sidik\":\"[0-9a-f]*\"}}$//' | tr -d '\\n' | sha256sum"
        )
        done = subprocess.run(["sh", "-c", shell], cwd=archive, capture_output=True, check=True, text=True)
        assert done.stdout.split()[0] == event.mark
    assert shell.replace(f"{event.number}p", "3p") in (archive / "BACA-SAYA.txt").read_text()


def test_the_index_is_that_of_archivists(archive: Path) -> None:
    text = (archive / "indeks.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    assert [row["versi"] for row in rows] == ["v001", "v002"]
    first = rows[0]
    assert first | {
        "kode_klasifikasi": "000.8.3.3",
        "nomor": "800/1/2026",
        "uraian": "SOP Pelaksanaan Reses; <uji>",
        "tahun": "2026",
        "jumlah": "1 naskah, 1 halaman",
        "tingkat_perkembangan": "pertinggal",
        "retensi_aktif": "2 tahun",
        "retensi_inaktif": "3 tahun",
        "nasib_akhir": "permanen",
        "tanggal_efektif": "2026-01-31",
    } == first  # fmt: skip


@pytest.mark.parametrize(
    ("change", "changed"),
    [
        ({"text": "dua"}, False),
        ({"text": "dua", "docx": b"PK other"}, False),
        ({"text": "dua", "source": b"# a remark\njudul: x\n"}, False),
        ({"text": "satu"}, True),
        ({"text": "tiga"}, True),
    ],
)
def test_only_changed_content_makes_a_version(
    archive: Path, tmp_path: Path, change: dict[str, str], changed: bool
) -> None:
    assert (filing(archive).plan_for(item(tmp_path, **change)) is not None) is changed  # type: ignore[arg-type]


def test_a_pdf_that_prints_the_same_makes_no_version(archive: Path, tmp_path: Path) -> None:
    storage = LocalStorage(archive, None, "arsip")
    latest = desk.load(storage).log.filed[-1]
    made = item(tmp_path, text="tiga")
    assert store.has_changed(made, latest, storage)
    assert not store.has_changed(made, latest, storage, lambda _: "same")
    assert store.has_changed(made, latest, storage, str)
    assert store.has_changed(made, latest, storage, lambda _: "")


def test_nothing_changed_nothing_written(archive: Path, tmp_path: Path) -> None:
    before = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in archive.rglob("*")}
    assert add(archive, item(tmp_path, text="dua")) == ()
    assert {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in archive.rglob("*")} == before


def test_a_signed_file_is_a_version_of_its_own(archive: Path, tmp_path: Path) -> None:
    storage = LocalStorage(archive, None, "arsip")
    original = desk.load(storage).log.filed[0]
    made = add_signed(archive, original)
    assert made is not None
    assert (made.version, made.original, made.signers) == (3, 1, ("Pejabat Contoh",))
    version = archive / "sop/reses/v003"
    assert {"reses.pdf", "reses.ttd.pdf", "reses.ttd.pemeriksaan.json", "sumber/sop/reses.yaml"} <= set(tree(version))
    assert (version / "reses.pdf").read_bytes() == (archive / "sop/reses/v001/reses.pdf").read_bytes()
    assert add_signed(archive, original) is None
    assert add(archive, item(tmp_path, text="dua")) == ()
    again = list(store.originals(storage, desk.load(storage).log))
    assert [(one.filed.facts.version, one.signed is not None) for one in again] == [(1, True), (2, False)]
    assert verify(archive, "arsip").findings == ()
    assert ";asli;" in (archive / "indeks.csv").read_text("utf-8-sig")


def test_an_intact_archive_has_no_findings(archive: Path) -> None:
    proved = verify(archive, "arsip")
    assert proved.findings == ()
    assert (proved.versions, proved.files) == (2, 8)
    assert proved.last == log.parse((archive / log.NAME).read_bytes()).last


def _manifest_and_file(archive: Path) -> None:
    storage = LocalStorage(archive, None, "arsip")
    version = "sop/reses/v001"
    (archive / version / "reses.pdf").write_bytes(b"%PDF forged")
    for name in manifest.NAMES:
        proof = manifest.which(manifest.file_hashes(storage, f"{version}/reses.pdf"), name)
        hashes = manifest.read(storage, version, name) | {"reses.pdf": proof}
        (archive / version / name).write_bytes(manifest.render(hashes))


def _replace_by_link(archive: Path) -> None:
    path = archive / "sop/reses/v001/reses.pdf"
    path.unlink()
    path.symlink_to("/etc/hostname")


def _folder_by_link(archive: Path) -> None:
    (archive / "sop/reses/v002").rename(archive.parent / "lain")
    (archive / "sop/reses/v002").symlink_to(archive.parent / "lain")


def _log_by_folder(archive: Path) -> None:
    (archive / "catatan.jsonl").unlink()
    (archive / "catatan.jsonl").mkdir()


def _index_by_link(archive: Path) -> None:
    (archive / "indeks.csv").rename(archive.parent / "indeks.csv")
    (archive / "indeks.csv").symlink_to(archive.parent / "indeks.csv")


V1 = "arsip/sop/reses/v001"
DAMAGES: dict[str, tuple[Callable[[Path], object], set[tuple[str, str]]]] = {
    "missing": (lambda a: (a / "sop/reses/v001/reses.pdf").unlink(), {("ARS-01", f"{V1}/reses.pdf")}),
    "missing source": (
        lambda a: (a / "sop/reses/v001/sumber/sop/reses.yaml").unlink(),
        {("ARS-01", f"{V1}/sumber/sop/reses.yaml")},
    ),
    "emptied": (lambda a: (a / "sop/reses/v001/reses.docx").write_bytes(b""), {("ARS-02", f"{V1}/reses.docx")}),
    "extra in a version": (
        lambda a: (a / "sop/reses/v001/catatan.txt").write_text("x"),
        {("ARS-03", f"{V1}/catatan.txt")},
    ),
    "extra outside": (lambda a: (a / "sop/catatan.txt").write_text("x"), {("ARS-03", "arsip/sop/catatan.txt")}),
    "no manifest": (
        lambda a: (a / "sop/reses/v001" / manifest.NAME).unlink(),
        {("ARS-01", f"{V1}/manifest-sha256.txt")},
    ),
    "no long manifest": (
        lambda a: (a / "sop/reses/v001" / manifest.NAME_512).unlink(),
        {("ARS-01", f"{V1}/manifest-sha512.txt")},
    ),
    "bad manifest": (
        lambda a: (a / "sop/reses/v001" / manifest.NAME).write_bytes(b"\xff\n"),
        {("ARS-04", f"{V1}/manifest-sha256.txt"), ("ARS-02", f"{V1}/manifest-sha256.txt")},
    ),
    "an empty folder in a version": (
        lambda a: (a / "sop/reses/v001/sumber/lama").mkdir(),
        {("ARS-03", f"{V1}/sumber/lama")},
    ),
    "whole version gone": (lambda a: remove_tree(a / "sop/reses/v001"), {("ARS-01", V1)}),
    "file and manifests forged together": (
        _manifest_and_file,
        {
            ("ARS-02", f"{V1}/manifest-sha256.txt"),
            ("ARS-02", f"{V1}/manifest-sha512.txt"),
            ("ARS-04", f"{V1}/reses.pdf"),
        },
    ),
    "link": (_replace_by_link, {("ARS-04", f"{V1}/reses.pdf")}),
    "folder by link": (
        _folder_by_link,
        {("ARS-01", "arsip/sop/reses/v002"), ("ARS-03", "arsip/sop/reses/v002")},
    ),
    "no index": (lambda a: (a / "indeks.csv").unlink(), {("ARS-01", "arsip/indeks.csv")}),
    "bad index": (lambda a: (a / "indeks.csv").write_bytes(b"jenis\n\xff"), {("ARS-02", "arsip/indeks.csv")}),
    "index saved by a spreadsheet": (
        lambda a: (a / "indeks.csv").write_bytes((a / "indeks.csv").read_bytes().replace(b";", b",")),
        {("ARS-02", "arsip/indeks.csv")},
    ),
    "no calendar": (lambda a: (a / "tinjauan.ics").unlink(), {("ARS-01", "arsip/tinjauan.ics")}),
    "no log": (
        lambda a: (a / "catatan.jsonl").unlink(),
        {("ARS-01", "arsip/catatan.jsonl")},
    ),
    "a log that is none": (
        lambda a: (a / "catatan.jsonl").write_bytes(b"\x00"),
        {
            ("ARS-02", "arsip/catatan.jsonl"),
            ("ARS-05", "arsip/indeks.csv"),
            ("ARS-05", "arsip/tinjauan.ics"),
            ("ARS-05", "arsip/sop/reses/v001"),
            ("ARS-05", "arsip/sop/reses/v002"),
        },
    ),
    "a folder in the place of the log": (_log_by_folder, {("ARS-01", "arsip/catatan.jsonl")}),
    "a link in the place of the index": (_index_by_link, {("ARS-04", "arsip/indeks.csv")}),
    "one line of the log": (
        lambda a: (a / "catatan.jsonl").write_bytes((a / "catatan.jsonl").read_bytes().replace(b'"v', b'"w', 1)),
        {("ARS-02", "arsip/catatan.jsonl")},
    ),
    "a later format": (lambda a: (a / "format.txt").write_text("tertib-arsip 3\n"), {("ARS-05", "arsip")}),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_found_where_it_is(archive: Path, name: str) -> None:
    damage, expected = DAMAGES[name]
    damage(archive)
    proved = verify(archive, "arsip")
    assert {(finding.code, finding.place.file) for finding in proved.findings} == expected
    assert not proved.whole
    assert all(finding.help.id for finding in proved.findings)


@pytest.mark.parametrize(
    "name", ["Thumbs.db", "desktop.ini", ".DS_Store", "~$reses.docx", "._reses.pdf", ".~lock.reses.docx#"]
)
def test_files_of_the_system_are_no_damage(archive: Path, name: str) -> None:
    for folder in ("", "sop", "sop/reses", "sop/reses/v001", "sop/reses/v001/sumber"):
        (archive / folder / name).write_bytes(b"x")
    assert verify(archive, "arsip").findings == ()
    assert verify(archive / "sop/reses/v001", "v001").findings == ()


def test_an_unreadable_file_is_told(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = LocalStorage.open

    def failing_open(self: LocalStorage, path: str) -> object:
        if path.endswith("reses.pdf"):
            raise unreadable(path, OSError(5, "Input/output error"))
        return real(self, path)

    monkeypatch.setattr(LocalStorage, "open", failing_open)
    findings = verify(archive, "arsip").findings
    assert [finding.code for finding in findings] == ["ARS-04", "ARS-04"]
    assert "disk atau jaringan bermasalah" in findings[0].message.id


def test_archives_are_found_from_above_inside_and_below(archive: Path, tmp_path: Path) -> None:
    assert find_archives(tmp_path) == (archive,)
    assert find_archives(archive) == (archive,)
    assert find_archives(archive / "sop") == (archive,)
    assert find_archives(archive / "sop/reses/v001") == (archive / "sop/reses/v001",)
    assert find_archives(archive / "sop/reses/v001/reses.pdf") == (archive / "sop/reses/v001",)
    assert find_archives(tmp_path / "built/reses-satu/reses.pdf") == ()


def test_a_single_version_can_be_proved(archive: Path) -> None:
    version = archive / "sop/reses/v001"
    assert verify(version, "v001").findings == ()
    (version / "reses.pdf").write_bytes(b"x")
    assert [finding.code for finding in verify(version, "v001").findings] == ["ARS-02"]


@pytest.mark.parametrize(
    "line",
    [
        "x  reses.pdf",
        "../up.pdf",
        "/etc/passwd",
        None,
        "C:/x",
        "a//b",
        "a/./b",
        "a\\b",
        "x\x0by",
        "manifest-sha256.txt",
    ],
)
def test_a_manifest_with_a_strange_line_is_refused(line: str | None) -> None:
    text = "a" * 64 if line is None else line if "  " in line else f"{'a' * 64}  {line}"
    with pytest.raises(ArchiveError, match=r"line 1|baris 1"):
        manifest.parse(f"{text}\n".encode(), "m")


def test_faults_of_the_latest_version(archive: Path) -> None:
    storage = LocalStorage(archive, None, "arsip")
    latest = desk.load(storage).log.versions("sop/reses")[-1]
    assert version_faults(storage, latest) == ()
    (archive / "sop/reses/v001/reses.pdf").write_bytes(b"earlier ones are for verify")
    assert version_faults(storage, latest) == ()
    (archive / "sop/reses/v002/reses.pdf").write_bytes(b"x")
    assert [finding.code for finding in version_faults(storage, latest)] == ["ARS-02"]
    remove_tree(archive / "sop/reses/v002")
    assert [finding.code for finding in version_faults(storage, latest)] == ["ARS-01"]


def test_a_version_that_nobody_announced_is_not_written_over(archive: Path, tmp_path: Path) -> None:
    (archive / "sop/reses/v003").mkdir()
    (archive / "sop/reses/v003/surat.txt").write_text("milik orang")
    with pytest.raises(ArchiveError, match="v003"):
        add(archive, item(tmp_path, text="tiga"))
    assert (archive / "sop/reses/v003/surat.txt").read_text() == "milik orang"
