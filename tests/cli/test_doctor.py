"""``tertib doctor``: what is missing, and what to do about it."""

from __future__ import annotations

import re
import sys
from importlib.metadata import packages_distributions, requires
from pathlib import Path

import pytest

from pipeline.run import doctor, slim_weight
from tests.cli.desk import Desk
from tests.render.broken_docx import FAULTS, RELS, STYLES, Fault, broken, swap
from tests.render.fat import fat_template

TEMPLATE = Path(__file__).parents[2] / "templates" / "sop.docx"


def test_without_libreoffice(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.no_soffice(monkeypatch)
    ran = desk.run("doctor")
    assert ran.code == 3
    assert "LibreOffice: tidak ditemukan" in ran.out
    assert "apt-get install" in ran.out
    assert ran.err == ""
    assert not (desk.folder / "outputs").exists()


def test_every_library_is_looked_for() -> None:
    needed = {re.split(r"[^\w.-]", one)[0].lower() for one in requires("tertib") or () if "extra ==" not in one}
    modules = packages_distributions()
    looked_for = {name.lower() for module in (*doctor.LIBRARIES, "page") for name in modules[module]}
    assert needed <= looked_for


def test_a_library_that_is_not_installed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pikepdf", "pyhanko"):
        monkeypatch.setitem(sys.modules, name, None)
    ran = desk.run("doctor")
    assert ran.code in {2, 3}
    assert "Pustaka Python: tidak terpasang: pikepdf, pyhanko" in ran.out
    assert "setup.sh venv requirements.lock" in ran.out
    assert ran.err == ""


def test_a_program_that_does_not_answer(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "version", lambda: "")
    desk.fake_soffice(monkeypatch, "")
    ran = desk.run("doctor", "--lang", "en")
    assert ran.code == 3
    assert "does not answer" in ran.out


def test_a_broken_template(desk: Desk) -> None:
    (desk.folder / "templates").mkdir()
    (desk.folder / "templates" / "sop.docx").write_bytes(b"x")
    ran = desk.run("doctor")
    assert ran.code in {2, 3}
    assert "templates/sop.docx" in ran.out


def _with_template(desk: Desk, fault: Fault) -> None:
    (desk.folder / "templates").mkdir()
    (desk.folder / "templates" / "sop.docx").write_bytes(broken(TEMPLATE.read_bytes(), fault))


def test_what_is_mended_in_a_template_is_told(desk: Desk) -> None:
    _with_template(desk, Fault("", {STYLES: swap('w:lang w:val="id-ID"', 'w:lang w:val="en-US"')}))
    ran = desk.run("doctor")
    assert (
        "templates/sop.docx; diperbaiki saat dipakai, berkasnya tetap: bahasa naskah en-US, dijadikan id-ID" in ran.out
    )
    assert ran.code in {0, 3}


@pytest.mark.parametrize(
    "name", ["canvas", "link to a disk", "macro document", "OLE object", "malformed relationships"]
)
def test_a_template_whose_documents_would_be_refused_is_told(desk: Desk, name: str) -> None:
    fault = FAULTS.get(name) or Fault("", {RELS: lambda text: text[:-9]})
    _with_template(desk, fault)
    ran = desk.run("doctor")
    assert ran.code == 2
    assert "akan ditolak" in ran.out
    assert re.search(fault.told, ran.out)


def test_missing_fonts_are_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "installed_fonts", lambda: frozenset({"carlito"}))
    out = desk.run("doctor").out
    assert "fonts-liberation" in out


def test_a_font_as_wide_stands_in(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "installed_fonts", lambda: frozenset({"liberation sans"}))
    assert "Huruf Arial: digantikan Liberation Sans" in desk.run("doctor").out


@pytest.mark.parametrize(("trusted", "told"), [(True, "lolos uji"), (False, "tidak diperiksa")])
def test_the_validator_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch, trusted: bool, told: str) -> None:
    monkeypatch.setattr(doctor, "is_trusted", lambda: trusted)
    assert told in desk.run("doctor").out


def test_fonts_of_the_template_are_found() -> None:
    assert doctor.fonts_of(TEMPLATE)
    assert doctor.fonts_of(Path(__file__)) == frozenset()


def test_an_unwritable_output_folder(desk: Desk) -> None:
    (desk.folder / "keluaran").write_text("berkas")
    ran = desk.run("doctor", "-o", "keluaran/dalam")
    assert ran.code in {2, 3}
    assert "keluaran" in ran.out


def test_templates_of_the_offices_are_opened(desk: Desk) -> None:
    desk.put("templates/sop.docx", TEMPLATE.read_bytes())
    desk.put("templates/rekap-reses.docx", b"x")
    desk.put("templates/lain.docx", b"x")
    ran = desk.run("doctor")
    assert ran.code in {2, 3}
    assert "Templat sop.docx: inputs/uji/templates/sop.docx" in ran.out
    assert "Templat rekap-reses.docx: tidak dapat dipakai" in ran.out
    assert "inputs/uji/templates/rekap-reses.docx" in ran.out
    assert "lain.docx" not in ran.out


def test_a_heavy_template_is_told_with_what_to_do(desk: Desk) -> None:
    fat_template(desk.folder / "templates" / "sop.docx")
    ran = desk.run("doctor")
    assert ran.code in {0, 3}
    told = next(line for line in ran.out.splitlines() if "Berat templates/sop.docx" in line)
    assert told.startswith("perhatian")
    assert "158 dari 192 gaya tidak dipakai (kira-kira 87 milidetik tiap dokumen); 3 tabel bergaris" in told
    assert "Jalankan: tertib template slim templates/sop.docx" in ran.out
    assert "rekap-reses.docx: 13 KB, 39 gaya; ringan" in ran.out


def test_the_time_of_a_heavy_template_is_measured(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    fat_template(desk.folder / "templates" / "sop.docx")
    times = iter((0.3, 0.2))
    seen: list[int] = []

    def timed(documents: list[Path]) -> float:
        seen.append(sum(path.stat().st_size for path in documents))
        return next(times)

    monkeypatch.setattr(slim_weight, "seconds_per_document", timed)
    monkeypatch.setattr(slim_weight, "find_soffice", lambda: Path("soffice"))
    ran = desk.run("doctor", "--measure")
    assert "Diukur: 300 milidetik tiap dokumen, 200 sesudah dirampingkan (0,67 kali)" in ran.out
    assert len(seen) == 2
    assert seen[1] < seen[0] / 2
    monkeypatch.setattr(slim_weight, "find_soffice", lambda: None)
    assert "Tidak diukur: LibreOffice tidak ada" in desk.run("doctor", "--measure").out
