"""``tertib template slim``: what it says, and how it ends."""

from __future__ import annotations

import pytest

from pipeline.resources import packaged_templates
from tests.cli.desk import Desk
from tests.render.fat import fat_template


def test_a_heavy_template(desk: Desk, libreoffice: None) -> None:
    path = fat_template(desk.folder / "templates" / "sop.docx")
    old = path.read_bytes()
    ran = desk.run("template", "slim", "templates/sop.docx")
    assert ran.code == 0
    assert ran.err == "Mencetak templat dan dokumen contoh, sebelum dan sesudah dirampingkan ...\n"
    lines = ran.out.splitlines()
    assert lines[0].startswith("templates/sop.docx: 42,")
    assert "  keluar: 3 tabel bergaris langsung, bukan lewat gaya tabel" in lines
    assert lines[-2].startswith(
        "Dibandingkan sebelum dan sesudah: templat itu sendiri; SOP contoh, draf; SOP contoh, final. Semuanya"
    )
    assert lines[-2].endswith("tidak satu titik pun berubah.")
    assert lines[-1] == "Berkas lama disimpan: templates/sop.asli.docx"
    assert (desk.folder / "templates" / "sop.asli.docx").read_bytes() == old
    again = desk.run("template", "slim", "templates/sop.docx")
    assert (again.code, again.err) == (0, "")
    assert again.out == "templates/sop.docx: sudah ringan, tidak ada yang perlu dikerjakan.\n"
    assert "Berat templates/sop.docx: 12 KB, 33 gaya; ringan" in desk.run("doctor").out


def test_without_libreoffice(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.no_soffice(monkeypatch)
    path = fat_template(desk.folder / "templates" / "sop.docx")
    old = path.read_bytes()
    ran = desk.run("template", "slim", "templates/sop.docx")
    assert (ran.code, ran.out) == (3, "")
    assert "templat itu tidak diubah" in ran.err
    assert path.read_bytes() == old


WRONG = {
    "no file": (("slim",), "belum disebutkan"),
    "not there": (("slim", "tidak-ada.docx"), "tidak-ada.docx: tidak ada"),
    "a folder": (("slim", "inputs"), "folder, bukan berkas templat"),
    "no template": (("slim", "inputs/uji/kantor.yaml"), "rusak atau bukan dokumen Word"),
    "two files": (("slim", "a.docx", "b.docx"), "berlebih"),
    "over another file": (("slim", "a.docx", "-o", "inputs/uji/kantor.yaml"), "tidak ditimpa"),
    "to a folder that is not there": (("slim", "a.docx", "-o", "tidak/ada.docx"), "Tidak dapat menulis"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_use(desk: Desk, name: str) -> None:
    args, told = WRONG[name]
    (desk.folder / "a.docx").write_bytes((packaged_templates() / "sop.docx").read_bytes())
    ran = desk.run("template", *args)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err


def test_a_copy_of_a_light_template(desk: Desk) -> None:
    source = packaged_templates() / "sop.docx"
    (desk.folder / "a.docx").write_bytes(source.read_bytes())
    ran = desk.run("template", "slim", "a.docx", "-o", "b.docx")
    assert ran.code == 0
    assert "Salinannya: b.docx" in ran.out
    assert (desk.folder / "b.docx").read_bytes() == source.read_bytes()


@pytest.mark.parametrize("args", [("template",), ("template", "--help")])
def test_help(desk: Desk, args: tuple[str, ...]) -> None:
    ran = desk.run(*args)
    assert ran.code == 0
    assert "slim" in ran.out
