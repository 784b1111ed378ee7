"""``tertib archive list``, and archives that lie elsewhere."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from pipeline.convert.libreoffice import find_soffice
from tests.archive.old import old_archive
from tests.cli.desk import Desk
from tests.cli.desk_signed import built, letter
from tests.powers import ordinary_rights

REAL = find_soffice()
find_soffice.cache_clear()
needs_pdf = pytest.mark.skipif(REAL is None, reason="LibreOffice is missing here: there is no PDF to archive")
ARCHIVE = "outputs/uji/arsip"


@pytest.fixture
def filed(desk: Desk) -> Desk:
    """One SOP in two versions, in force since 2 February and 1 March 2026."""
    desk.run("build")
    desk.run("archive")
    desk.edit("sop/surat.yaml", "efektif: 2026-02-02", "efektif: 2026-03-01, revisi: 2026-02-20")
    assert desk.run("build").code == 0
    assert "v002" in desk.run("archive").out
    return desk


@needs_pdf
def test_what_is_there_and_what_was_in_force(filed: Desk) -> None:
    out = filed.run("archive", "list").out
    assert out.startswith(f"uji ({ARCHIVE})\n")
    assert [line.split()[:2] for line in out.splitlines()[2:4]] == [["surat", "v001"], ["surat", "v002"]]
    assert filed.run("archive", "list", ARCHIVE).out == out == filed.run("archive", "list", "inputs/uji").out
    on = filed.run("archive", "list", "--on", "2026-02-15").out
    assert "Berlaku pada 15 Februari 2026: 1 SOP" in on
    assert "v002   000.8.3.3/001/2026  baru berlaku 1 Maret 2026" in on
    later = filed.run("archive", "list", "--on", "2026-03-01").out
    assert "digantikan v002 sejak 1 Maret 2026" in later
    assert "Berlaku pada 1 Januari 2020: 0 SOP" in filed.run("archive", "list", "--on", "2020-01-01").out
    assert "on 1 January 2020: 0" in filed.run("archive", "list", "--on", "2020-01-01", "--lang", "en").out
    # As JSON and as CSV.
    data = json.loads(filed.run("archive", "list", "--on", "2026-02-15", "--format", "json").out)
    assert (data["schema_version"], data["on"]) == (1, "2026-02-15")
    assert [(one["version"], one["in_force"], one["effective"]) for one in data["versions"]] == [
        ("v001", True, "2026-02-02"),
        ("v002", False, "2026-03-01"),
    ]
    rows = list(csv.DictReader(io.StringIO(filed.run("archive", "list", "--format", "csv").out), delimiter=";"))
    assert [(row["versi"], row["tanggal_efektif"]) for row in rows] == [("v001", "2026-02-02"), ("v002", "2026-03-01")]


@needs_pdf
def test_a_damaged_log_is_told_and_nothing_else_is_listed(filed: Desk) -> None:
    log = filed.folder / ARCHIVE / "catatan.jsonl"
    log.write_bytes(log.read_bytes().replace(b"final", b"draft", 1))
    ran = filed.run("archive", "list")
    assert (ran.code, ran.out) == (5, "")
    assert "catatan.jsonl, baris" in ran.err
    assert "Arsip ini tidak dibaca dan tidak ditambah." in " ".join(ran.err.split())


def test_mistakes(desk: Desk) -> None:
    for args, words in (
        (["list"], "Belum ada arsip"),
        (["list", "inputs"], "tidak ada arsip di sini"),
        (["list", "tidak-ada"], "tidak ada. Periksa ejaan"),
        (["list", "--on", "kemarin"], "bukan tanggal"),
        (["list", "--format", "xlsx"], "xlsx tidak dikenal"),
        (["list", "ftp://server/arsip"], "ftp tidak dikenal"),
    ):
        ran = desk.run("archive", *args)
        assert (ran.code, words in " ".join(ran.err.split())) == (2, True), ran.all
    assert "list" in desk.run("archive", "--help").out


@needs_pdf
def test_an_archive_elsewhere(desk: Desk) -> None:
    desk.put("kantor.yaml", (desk.office / "kantor.yaml").read_text() + "arsip: {alamat: ../arsip-bersama}\n")
    desk.run("build")
    place = desk.folder.parent / "arsip-bersama"
    assert "v001" in desk.run("archive").out
    assert not (desk.folder / ARCHIVE).exists()
    before = {
        path: path.stat().st_mtime_ns for path in place.rglob("*") if path.is_file() and ".tertib" not in path.parts
    }
    assert "Tidak ada yang berubah" in desk.run("archive").out
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert desk.run("verify", "inputs/uji").code == 0
    assert desk.run("verify", str(place)).code == 0
    assert "surat" in desk.run("archive", "list", "inputs/uji").out
    assert "surat" in desk.run("archive", "list", "outputs/uji").out


@needs_pdf
def test_what_the_office_says_of_retention_is_in_the_index(desk: Desk) -> None:
    """It stands in kantor.yaml, which every PDF carries: the bytes of all change, their print does not."""
    kantor = (desk.office / "kantor.yaml").read_text()
    index = desk.folder / ARCHIVE / "indeks.csv"
    desk.put("kantor.yaml", kantor + "arsip: {kode_klasifikasi: 000.8.3.3, retensi_aktif: 2 tahun}\n")
    desk.run("build")
    desk.run("archive")
    assert "\n1;000.8.3.3;000.8.3.3/001/2026;SOP Penerimaan Surat Masuk;2026;" in index.read_text("utf-8-sig")
    desk.put("kantor.yaml", kantor + "# catatan\narsip: {kode_klasifikasi: 000.8.3.3, retensi_aktif: 5 tahun}\n")
    assert desk.run("build").code == 0
    ran = desk.run("archive")
    assert ran.out == f"{ARCHIVE}: keterangan arsip di indeks diperbarui.\n"
    assert (";5 tahun;" in index.read_text("utf-8-sig"), ";2 tahun;" in index.read_text("utf-8-sig")) == (True, False)
    assert desk.run("verify", ARCHIVE).code == 0
    assert "Tidak ada yang berubah" in desk.run("archive").out


@needs_pdf
def test_an_archive_that_moves(desk: Desk) -> None:
    desk.run("build")
    desk.run("archive")
    before = desk.visible(ARCHIVE)
    desk.put("kantor.yaml", (desk.office / "kantor.yaml").read_text() + "arsip: {alamat: ../arsip-baru}\n")
    desk.run("build")
    ran = desk.run("archive")
    assert f"Arsip sebelumnya di {ARCHIVE} tetap ada" in " ".join(ran.out.split())
    assert "v001" in ran.out
    assert desk.visible(ARCHIVE) == before


@needs_pdf
def test_an_archive_behind_an_address(desk: Desk, tmp_path: Path) -> None:
    address = f"memory://uji{tmp_path}/arsip"
    desk.put("kantor.yaml", (desk.office / "kantor.yaml").read_text() + f"arsip: {{alamat: '{address}'}}\n")
    desk.run("build")
    assert "v001" in desk.run("archive").out
    assert "Tidak ada yang berubah" in desk.run("archive").out
    for path in ("inputs/uji", address):
        ran = desk.run("verify", path)
        assert (ran.code, "utuh, 1 versi" in ran.out) == (0, True), ran.all
        assert "surat" in desk.run("archive", "list", path).out


@needs_pdf
def test_an_address_that_cannot_be_used_files_nothing(desk: Desk) -> None:
    desk.put("kantor.yaml", (desk.office / "kantor.yaml").read_text() + "arsip: {alamat: 'sftp://a:rahasia@b/c'}\n")
    desk.run("build", "--stage", "draf")
    ran = desk.run("archive")
    assert ran.code == 2
    assert "kata sandi" in ran.all
    assert "rahasia" not in ran.all
    assert not (desk.folder / ARCHIVE).exists()


@needs_pdf
def test_an_old_archive_is_taken_over(desk: Desk) -> None:
    from pipeline.archive.storage import LocalStorage

    storage = LocalStorage(desk.folder / ARCHIVE, None, ARCHIVE)
    old_archive(desk.folder, storage)
    kept = desk.visible(ARCHIVE)
    proved = desk.run("verify", ARCHIVE)
    assert (proved.code, "ARS-05" in proved.out) == (0, True), proved.all
    desk.run("build")
    ran = desk.run("archive")
    assert f"{ARCHIVE}: arsip lama dilanjutkan; 2 versi diperiksa utuh" in " ".join(ran.out.split())
    now = desk.visible(ARCHIVE)
    del kept["indeks.csv"]
    assert kept.items() <= now.items()
    assert desk.run("verify", ARCHIVE).code == 0
    assert "lama" not in desk.run("archive").out.replace("selama", "")
    listed = desk.run("archive", "list").out
    assert [line.split()[:2] for line in listed.splitlines()[2:5]] == [
        ["reses", "v001"],
        ["reses", "v002"],
        ["surat", "v001"],
    ]
    on = desk.run("archive", "list", "--on", "2025-06-01", "outputs/uji/arsip").out
    assert "digantikan v002 dengan tanggal efektif yang sama" in on
    assert "Berlaku pada 1 Juni 2025: 1 SOP" in on


@needs_pdf
def test_a_damaged_old_archive_is_not_taken_over(desk: Desk) -> None:
    from pipeline.archive.storage import LocalStorage

    old_archive(desk.folder, LocalStorage(desk.folder / ARCHIVE, None, ARCHIVE))
    (desk.folder / ARCHIVE / "sop/reses/v001/reses.docx").write_bytes(b"PK lain")
    before = desk.visible(ARCHIVE)
    desk.run("build")
    ran = desk.run("archive")
    assert ran.code == 5
    assert "tidak utuh" in ran.all
    assert desk.visible(ARCHIVE) == before


def test_an_address_that_cannot_be_written_to_names_what_to_change(desk: Desk) -> None:
    desk.put("kantor.yaml", (desk.office / "kantor.yaml").read_text() + "arsip: {alamat: ../arsip-berkas}\n")
    built(desk, "uji/sop/surat", letter())
    (desk.folder.parent / "arsip-berkas").write_text("bukan folder")
    ran = desk.run("archive")
    told = " ".join(ran.all.split())
    assert (ran.code, "`arsip: alamat` di kantor.yaml" in told, "--output" in told) == (2, True, False), told


@needs_pdf
@ordinary_rights()
def test_an_archive_that_may_only_be_read(filed: Desk) -> None:
    place = filed.folder / ARCHIVE
    filed.edit("sop/surat.yaml", "2026-03-01", "2026-04-01")
    filed.run("build")
    for path in (place, place / "sop/surat"):
        path.chmod(0o555)
    try:
        ran = filed.run("archive")
        assert (ran.code, "tidak ada izin" in ran.all) == (2, True), ran.all
        assert filed.run("verify", ARCHIVE).code == 0
    finally:
        for path in (place, place / "sop/surat"):
            path.chmod(0o755)
    assert "v003" in filed.run("archive").out


@needs_pdf
def test_two_runs_at_once(desk: Desk) -> None:
    """Both end well, and the version is there once."""
    desk.run("build")
    first, second = desk.start("archive"), desk.start("archive")
    ends = [process.communicate(timeout=120) for process in (first, second)]
    assert [first.returncode, second.returncode] == [0, 0], ends
    assert sorted(path.name for path in (desk.folder / ARCHIVE / "sop/surat").iterdir()) == ["v001"]
    assert desk.run("verify", ARCHIVE).code == 0
