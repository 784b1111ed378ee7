"""``tertib archive export`` as people type it."""

from __future__ import annotations

import bagit
import ocfl
import pytest

from tests.archive.samples import filled, local, pdf
from tests.cli.desk import Desk


@pytest.fixture
def archived(desk: Desk) -> Desk:
    """A desk whose office has an archive."""
    documents = {"sop/surat": [{"surat.pdf": pdf("1")}, {"surat.pdf": pdf("2")}], "reses/a": [{"a.pdf": pdf("a")}]}
    filled(local(desk.folder / "outputs/uji/arsip"), desk.folder / "kerja", documents)
    return desk


def test_a_bag(archived: Desk) -> None:
    ran = archived.run("archive", "export", "--bagit", "serah", "--lang", "id")
    assert ran.code == 0
    assert "serah/contoh: paket BagIt, 2 naskah, 3 versi" in ran.all
    bagit.Bag(str(archived.folder / "serah/contoh")).validate()


def test_documents_are_named_as_the_program_names_them(archived: Desk) -> None:
    listed = archived.run("archive", "list", "uji/sop/surat", "--lang", "id")
    assert (listed.code, "surat" in listed.out, "v002" in listed.out) == (0, True, True), listed.all
    assert listed.out == archived.run("archive", "list", "outputs/uji/arsip/sop/surat", "--lang", "id").out
    assert archived.run("archive", "export", "--bagit", "serah", "uji/reses/a").code == 0
    assert [path.name for path in (archived.folder / "serah").iterdir()] == ["contoh-reses-a"]


@pytest.mark.parametrize("name", ["uji/sop/lain", "uji/lain/surat", "lain/sop/surat", "uji/sop", "../uji/sop/surat"])
def test_a_name_that_no_archive_has(archived: Desk, name: str) -> None:
    ran = archived.run("archive", "list", name, "--lang", "id")
    assert (ran.code, f"{name} tidak ada" in " ".join(ran.err.split())) == (2, True), ran.all


def test_a_storage_root_of_one_document(archived: Desk) -> None:
    ran = archived.run("archive", "export", "--ocfl", "gudang", "outputs/uji/sop/surat.pdf", "--lang", "id")
    assert ran.code == 2  # that PDF is not there
    ran = archived.run("archive", "export", "--ocfl", "gudang", "outputs/uji/arsip/sop/surat", "--lang", "id")
    assert ran.code == 0
    assert "1 objek baru" in ran.all
    assert ocfl.StorageRoot(root=str(archived.folder / "gudang")).validate()


@pytest.mark.parametrize(
    ("form", "place", "name"), [("bagit", "serah/contoh-sop-surat", "BagIt"), ("ocfl", "serah", "OCFL")]
)
def test_what_was_exported_proves_right_as_what_it_is(archived: Desk, form: str, place: str, name: str) -> None:
    archived.run("archive", "export", f"--{form}", "serah", "outputs/uji/arsip/sop")
    ran = archived.run("verify", "serah", "--lang", "id")
    assert (ran.code, f"{place}: ekspor {name} utuh, 2 versi" in " ".join(ran.all.split())) == (0, True), ran.all
    next((archived.folder / "serah").rglob("surat.pdf")).write_bytes(pdf("3"))
    ran = archived.run("verify", "serah", "--lang", "id")
    told = " ".join(ran.all.split())
    assert (ran.code, f"Ekspor {name} {place} tidak utuh" in told, "salinan cadangan" in told) == (5, True, False), told


@pytest.mark.parametrize("options", [(), ("--bagit", "a", "--ocfl", "b")])
def test_one_form_must_be_named(archived: Desk, options: tuple[str, ...]) -> None:
    ran = archived.run("archive", "export", *options, "--lang", "id")
    assert ran.code == 2
    assert "--bagit FOLDER atau --ocfl FOLDER" in ran.err
    assert not (archived.folder / "a").exists()


def test_a_damaged_archive(archived: Desk) -> None:
    (archived.folder / "outputs/uji/arsip/reses/a/v001/a.pdf").write_bytes(b"%PDF")
    ran = archived.run("archive", "export", "--bagit", "serah", "--lang", "id")
    assert ran.code == 5
    assert "a.pdf" in ran.all
    assert not (archived.folder / "serah").exists()


def test_another_folder_is_not_overwritten(archived: Desk) -> None:
    (archived.folder / "gudang").mkdir()
    (archived.folder / "gudang/surat.txt").write_bytes(b"x")
    ran = archived.run("archive", "export", "--ocfl", "gudang", "--lang", "id")
    assert ran.code == 2
    assert [path.name for path in (archived.folder / "gudang").iterdir()] == ["surat.txt"]


def test_before_anything_was_archived(desk: Desk) -> None:
    assert desk.run("archive", "export", "--bagit", "serah").code == 2
