"""``tertib archive`` and ``tertib verify`` on what was built."""

from __future__ import annotations

import json

import pytest

from pipeline.convert.libreoffice import find_soffice
from tests.cli.desk import Desk, remove

REAL = find_soffice()
find_soffice.cache_clear()
pytestmark = pytest.mark.skipif(REAL is None, reason="LibreOffice is missing here: there is no PDF to archive")
ARCHIVE = "outputs/uji/arsip"


def archived(desk: Desk) -> dict[str, str]:
    return desk.visible(ARCHIVE)


def test_second_time_nothing_changed(desk: Desk) -> None:
    assert desk.run("build").code == 0
    first = desk.run("archive")
    assert (first.code, "uji/sop/surat: versi v001 diarsipkan." in first.out) == (0, True), first.all
    before = archived(desk)
    assert set(before) == {
        "BACA-SAYA.txt",
        "catatan.jsonl",
        "format.txt",
        "indeks.csv",
        "tinjauan.ics",
        "sop/surat/v001/manifest-sha256.txt",
        "sop/surat/v001/manifest-sha512.txt",
        "sop/surat/v001/surat.docx",
        "sop/surat/v001/surat.pdf",
        "sop/surat/v001/surat.ttd.json",
        "sop/surat/v001/versi.json",
        "sop/surat/v001/sumber/kantor.yaml",
        "sop/surat/v001/sumber/jabatan.csv",
        "sop/surat/v001/sumber/pejabat.csv",
        "sop/surat/v001/sumber/sop/surat.yaml",
        "sop/surat/v001/sumber/sop/surat.langkah.csv",
    }
    again = desk.run("archive")
    assert again.out == "Tidak ada yang berubah sejak arsip terakhir.\n"
    assert desk.run("build", "--force").code == 0
    assert "Tidak ada yang berubah" in desk.run("archive").out
    assert archived(desk) == before
    assert desk.run("verify", "outputs").code == 0
    assert "utuh, 1 versi" in desk.run("verify", ARCHIVE).out


def test_a_change_becomes_a_version_and_old_ones_stay(desk: Desk) -> None:
    desk.run("build")
    desk.run("archive")
    before = archived(desk)
    desk.edit("sop/surat.yaml", "Buku agenda surat masuk", "Buku agenda surat")
    assert desk.run("build").code == 0
    ran = desk.run("archive", "inputs/uji")
    assert "versi v002" in ran.out
    after = archived(desk)
    for name in ("indeks.csv", "catatan.jsonl", "tinjauan.ics"):
        del before[name]
    assert before.items() <= after.items()
    assert len((desk.folder / ARCHIVE / "indeks.csv").read_text("utf-8-sig").splitlines()) == 3
    assert desk.run("verify", ARCHIVE).code == 0


def test_a_remark_in_a_source_makes_no_version(desk: Desk) -> None:
    desk.run("build")
    desk.run("archive")
    desk.put("sop/surat.yaml", "# catatan\n" + (desk.office / "sop/surat.yaml").read_text())
    stale = desk.run("archive")
    assert stale.code == 4
    assert "tertib build" in stale.out
    assert desk.run("build").code == 0
    assert "Tidak ada yang berubah" in desk.run("archive").out


@pytest.mark.parametrize("suffix", ["pdf", "docx"])
def test_what_was_changed_by_hand_is_not_filed(desk: Desk, suffix: str) -> None:
    desk.run("build")
    (desk.folder / f"outputs/uji/sop/surat.{suffix}").write_bytes(b"disunting sendiri")
    ran = desk.run("archive")
    assert ran.code == 4
    assert f"surat.{suffix}" in ran.out
    assert not (desk.folder / ARCHIVE / "sop").exists()


def test_a_crash_while_filing_leaves_no_half_version(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.run("build")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pipeline.archive.storage.os.fsync", full)
    ran = desk.run("archive")
    assert ran.code == 2
    assert "penyimpanan penuh" in ran.out
    assert not list((desk.folder / "outputs").rglob("v001"))
    monkeypatch.undo()
    monkeypatch.chdir(desk.folder)
    assert desk.run("archive", "--lang", "id").code == 0
    assert desk.run("verify", ARCHIVE).code == 0


def test_an_index_lost_between_version_and_row_is_completed(desk: Desk) -> None:
    desk.run("build")
    desk.run("archive")
    index = desk.folder / ARCHIVE / "indeks.csv"
    whole = index.read_bytes()
    index.unlink()
    assert desk.run("verify", ARCHIVE).code == 5
    desk.run("archive")
    assert index.read_bytes() == whole
    assert desk.run("verify", ARCHIVE).code == 0


@pytest.mark.parametrize("lang", ["id", "en"])
def test_damage_gives_code_5_place_and_remedy(desk: Desk, lang: str) -> None:
    desk.run("build")
    desk.run("archive")
    version = desk.folder / ARCHIVE / "sop/surat/v001"
    (version / "surat.pdf").write_bytes(b"%PDF palsu")
    remove(version / "sumber/kantor.yaml")
    (version / "tambahan.txt").write_text("x")
    ran = desk.run("verify", "outputs", "--lang", lang)
    assert ran.code == 5
    for part in ("ARS-01", "ARS-02", "ARS-03", "surat.pdf", "kantor.yaml", "tambahan.txt"):
        assert part in ran.out
    assert ("backup" if lang == "en" else "salinan cadangan") in ran.out
    data = json.loads(desk.run("verify", "outputs", "--format", "json").out)
    assert sorted(finding["code"] for finding in data["findings"]) == ["ARS-01", "ARS-02", "ARS-03"]


def test_where_there_is_no_archive(desk: Desk) -> None:
    ran = desk.run("verify", "inputs")
    assert (ran.code, ran.out) == (2, "")
    assert "arsip" in ran.err
    assert desk.run("verify", "tidak-ada").code == 2


def test_nothing_built_yet(desk: Desk) -> None:
    ran = desk.run("archive")
    assert ran.code == 0
    assert "tertib build" in ran.out
    assert desk.run("archive", "tidak-ada").code == 2


def test_paths_choose(desk: Desk) -> None:
    (desk.folder / "lain").mkdir()
    desk.run("build")
    assert "tertib build" in desk.run("archive", "lain").out
    assert not (desk.folder / ARCHIVE).exists()
    assert "v001" in desk.run("archive", "outputs/uji/sop/surat.pdf").out


def test_a_pdf_that_is_gone_is_told_and_one_that_nothing_makes_any_more_is_not(desk: Desk) -> None:
    desk.run("build")
    desk.run("archive")
    before = archived(desk)
    remove(desk.folder / "outputs/uji/sop/surat.pdf")
    for folder in ((), ("inputs/uji",)):
        ran = desk.run("archive", *folder)
        words = " ".join(ran.out.split())
        assert ran.code == 0, ran.all
        assert "outputs/uji/sop/surat.pdf tidak ada lagi, padahal masukannya tidak berubah" in words
    remove(desk.folder / "inputs/uji/sop/surat.yaml")
    assert "tidak ada lagi" not in desk.run("archive").out
    assert archived(desk) == before


def test_a_signed_pdf_is_kept_aside_then_archived_as_built(desk: Desk) -> None:
    desk.run("build")
    made = desk.visible()["uji/sop/surat.pdf"]
    signed = desk.folder / "outputs/uji/sop/surat.pdf"
    signed.write_bytes(b"%PDF bertanda tangan")
    told = desk.run("archive")
    assert told.code == 4
    assert "mungkin sudah ditandatangani" in " ".join(told.out.split())
    assert "arsipkan yang bertanda tangan dengan tertib archive --signed FOLDER." in " ".join(told.out.split())
    ran = desk.run("build")
    assert "disimpan sebagai" in " ".join(ran.out.split())
    (kept,) = signed.parent.glob("surat (disimpan *).pdf")
    assert kept.read_bytes() == b"%PDF bertanda tangan"
    assert desk.visible()["uji/sop/surat.pdf"] == made
    assert desk.run("archive").code == 0
    assert "disimpan sebagai" not in " ".join(desk.run("build", "--force").out.split())
    assert len(list(signed.parent.glob("*.pdf"))) == 2


def test_a_pdf_without_a_record_is_kept_unless_it_is_the_same(desk: Desk) -> None:
    desk.run("build")
    pdf = desk.folder / "outputs/uji/sop/surat.pdf"
    remove(desk.folder / "outputs/.tertib/catatan-sop.jsonl")
    assert desk.run("build").code == 0
    assert list(pdf.parent.glob("*.pdf")) == [pdf]
    remove(desk.folder / "outputs/.tertib/catatan-sop.jsonl")
    pdf.write_bytes(b"%PDF dari tempat lain")
    assert desk.run("build").code == 0
    (kept,) = pdf.parent.glob("surat (disimpan *).pdf")
    assert kept.read_bytes() == b"%PDF dari tempat lain"


def test_a_warning_is_not_counted_as_a_fault(desk: Desk) -> None:
    """What a killed run left is told, and the archive is whole."""
    desk.run("build")
    desk.run("archive")
    left = desk.folder / ARCHIVE / ".tertib/kerja/surat.pdf"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"%PDF")
    ran = desk.run("verify", ARCHIVE)
    assert (ran.code, "ARS-06" in ran.out) == (0, True), ran.all
    assert "1 versi arsip diperiksa: 0 kesalahan." in " ".join(ran.out.split())


def test_filing_into_a_damaged_archive_says_so(desk: Desk) -> None:
    desk.run("build")
    desk.run("archive")
    (desk.folder / ARCHIVE / "sop/surat/v001/surat.pdf").write_bytes(b"%PDF palsu")
    ran = desk.run("archive")
    words = " ".join(ran.out.split())
    assert ran.code == 5
    assert "Tidak ada yang berubah" not in words
    assert "tidak utuh" in words
    assert "tertib verify outputs/uji/arsip" in words
    assert "1 dokumen untuk arsip: 0 versi baru diarsipkan, 1 kegagalan." in words
    proved = desk.run("verify", ARCHIVE).out
    assert "1 versi arsip diperiksa: 1 kesalahan." in proved
    assert "0 dokumen" not in proved
