"""``tertib check --html FILE``: the one file that ``check`` writes, because it was asked for by name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.desk import Desk

BROKEN = ("peringatan: Jika surat", "peringatan: Surat")


def states(page: Path, label: str) -> list[str]:
    """What the page says of an element of the form, for each SOP."""
    text = page.read_text(encoding="utf-8")
    labels = re.findall(r'<th scope="col"[^>]*><span>([^<]*)</span>', text)
    rows = re.findall(r"<tr>(.*?)</tr>", text[text.index('<table class="matrix">') : text.index('class="sums"')], re.S)
    cells = [re.findall(r'aria-label="([^"]*)"', row) for row in rows if "<td" in row]
    return [row[labels.index(label)] for row in cells]


def test_the_page_is_written_and_nothing_else_changes(desk: Desk) -> None:
    desk.edit("sop/surat.yaml", *BROKEN)
    plain = desk.run("check", "--no-cache")
    before = desk.visible("")
    paged = desk.run("check", "--no-cache", "--html", "laporan/temuan.html")
    assert (paged.code, paged.out) == (plain.code, plain.out)
    assert "laporan/temuan.html" in paged.err
    assert {name for name in desk.visible("") if name not in before} == {"laporan/temuan.html"}
    page = desk.folder / "laporan/temuan.html"
    assert 'data-code="IDN-12"' in page.read_text(encoding="utf-8")
    assert '<details class="rule" data-code="IDN-12" open>' in page.read_text(encoding="utf-8")
    assert states(page, "Peringatan") == ["perlu diperhatikan"]
    assert states(page, "Nomor SOP") == ["sesuai"]


def test_an_older_page_is_replaced_and_keeps_its_rights(desk: Desk) -> None:
    page = desk.folder / "temuan.html"
    page.write_text("lama", encoding="utf-8")
    page.chmod(0o640)
    desk.run("check", "--html", "temuan.html", "--lang", "en")
    assert '<html lang="en">' in page.read_text(encoding="utf-8")
    assert page.stat().st_mode & 0o777 == 0o640


def test_what_was_not_checked_is_never_told_to_conform(desk: Desk) -> None:
    page = desk.folder / "temuan.html"
    desk.run("check", "--html", "temuan.html", "--select", "KEG")
    assert states(page, "Nomor SOP") == ["tidak diperiksa"]
    assert states(page, "Waktu") == ["tidak diperiksa"]
    desk.run("check", "--html", "temuan.html", "--ignore", "IDN-05")
    assert states(page, "Nomor SOP") == ["diperiksa sebagian"]
    desk.put("sop/surat.yaml", "a: [")
    desk.run("check", "--html", "temuan.html")
    assert set(states(page, "Nomor SOP") + states(page, "Waktu")) == {"tidak diperiksa"}


def test_what_a_baseline_hides_does_not_conform(desk: Desk) -> None:
    desk.edit("sop/surat.yaml", *BROKEN)
    desk.run("check", "--baseline", "lama.json", "--update-baseline")
    desk.run("check", "--baseline", "lama.json", "--html", "temuan.html")
    page = desk.folder / "temuan.html"
    assert 'data-code="IDN-12"' not in page.read_text(encoding="utf-8")
    assert states(page, "Peringatan") == ["diperiksa sebagian"]
    assert states(page, "Nomor SOP") == ["sesuai"]


def test_an_office_without_its_name_is_wrong_in_every_sop(desk: Desk) -> None:
    desk.edit("kantor.yaml", "unit: Sekretariat DPRD\n", "")
    desk.run("check", "--html", "temuan.html")
    assert states(desk.folder / "temuan.html", "Logo dan nama instansi") == ["salah"]


@pytest.mark.parametrize("name", ["inputs/uji/sop/surat.yaml", "temuan", "temuan.json"])
def test_only_html_is_written(desk: Desk, name: str) -> None:
    before = desk.visible("")
    ran = desk.run("check", "--html", name)
    assert ran.code == 2
    assert ".html" in ran.err
    assert desk.visible("") == before


def test_a_page_that_cannot_be_written_leaves_nothing_behind(desk: Desk) -> None:
    (desk.folder / "temuan.html").mkdir()
    before = desk.visible("")
    ran = desk.run("check", "--html", "temuan.html", "--lang", "id")
    assert ran.code == 2
    assert "temuan.html: ini folder, bukan berkas. Pilih berkas lain untuk --html." in ran.err
    assert desk.visible("") == before


def test_build_explains_the_rules_in_its_page_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.no_soffice(monkeypatch)
    desk.edit("sop/surat.yaml", *BROKEN)
    desk.run("build")
    page = desk.folder / "outputs/temuan.html"
    assert '<details class="rule" data-code="IDN-12" open>' in page.read_text(encoding="utf-8")
    assert states(page, "Peringatan") == ["perlu diperhatikan"]
