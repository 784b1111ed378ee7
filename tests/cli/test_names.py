"""File names of any kind: every report stays what its readers expect."""

from __future__ import annotations

import json
import os
from urllib.parse import unquote_to_bytes

import pytest
from lxml import etree

from pipeline.run import cache
from tests.cli.desk import SOP, Desk

NAMES = [
    "dengan spasi", "baris\nbaru", "tab\tnya", "100%41%", "kutip'\"`", "surat😀", "titik:dua,koma", "::error::x", "-x",
    "e\u0301 terurai", "\u00e9 tersusun", "\x1b[31mmerah", "kanan\u202ekiri", "<b>&amp;", "a\\b", "x" * 200, "a\u2028b",
]  # fmt: skip


@pytest.fixture
def names(desk: Desk) -> list[str]:
    """Files with such names, one of them no text at all, each with findings."""
    if os.name == "nt":
        pytest.skip("Windows allows no such names")
    for name in NAMES:
        desk.put(f"sop/{name}.yaml", "judul: SOP Surat\nstatus: final\n")
    folder = os.fsencode(desk.office / "sop")
    with open(os.path.join(folder, b"\xff.yaml"), "w", encoding="utf-8") as file:  # noqa: PTH118, PTH123 - bytes
        file.write("judul: SOP Surat\n")
    return [f"inputs/uji/sop/{name}.yaml" for name in NAMES]


@pytest.mark.parametrize("format", ["concise", "github"])
def test_a_finding_is_a_line(desk: Desk, names: list[str], format: str) -> None:
    count = len(json.loads(desk.run("check", "--format", "json").out)["findings"])
    rows = desk.run("check", "--format", format).out.split("\n")
    own = [row for row in rows if row.startswith(("inputs/uji/", "::error", "::warning", "::notice"))]
    assert len(own) == count
    assert len(rows) - len(own) <= 3
    assert len(names) < count


def test_full_shows_no_sign_that_steers(desk: Desk, names: list[str]) -> None:
    out = desk.run("check").out
    assert names
    assert not set(out) & set("\x1b\u202e\u2028\t")
    assert all(row.lstrip().startswith("-->") or "-->" not in row for row in out.split("\n"))


def test_machines_get_the_names_themselves(desk: Desk, names: list[str]) -> None:
    found = json.loads(desk.run("check", "--format", "json").out)["findings"]
    assert set(names) <= {finding["place"]["file"] for finding in found}
    log = json.loads(desk.run("check", "--format", "sarif").out)
    uris = {r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in log["runs"][0]["results"]}
    assert {os.fsencode(name) for name in names} < {unquote_to_bytes(uri) for uri in uris}
    assert all(uri.isascii() and uri.isprintable() and not set(uri) & set(' "<>\\') for uri in uris)
    tree = etree.fromstring(desk.run("check", "--format", "junit").out.encode())
    assert len(tree) >= len(names)


def test_the_page_holds_them_all(desk: Desk, names: list[str]) -> None:
    assert desk.run("check", "--html", "temuan.html").code == 1
    page = (desk.folder / "temuan.html").read_text(encoding="utf-8")
    assert names
    assert "<b>&amp;.yaml" not in page
    assert "a\\b" in page


def test_what_is_kept_bears_them_too(desk: Desk, names: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "FEWEST", 1)
    monkeypatch.setenv("TERTIB_CACHE", str(desk.folder / "simpanan"))
    first = desk.run("check", "--format", "json")
    assert names
    assert desk.run("check", "--format", "json") == first
    assert desk.run("check", "--baseline", "lama.json", "--update-baseline").code == 0
    assert json.loads(desk.run("check", "--format", "json", "--baseline", "lama.json").out)["findings"] == []


def test_build_gives_each_a_file_of_its_own(desk: Desk, names: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    desk.no_soffice(monkeypatch)
    folder = os.fsencode(desk.office / "sop")
    for byte in (b"\xfe", b"\xff"):
        with open(os.path.join(folder, byte + b".yaml"), "w", encoding="utf-8") as file:  # noqa: PTH118, PTH123
            file.write(SOP.replace("surat.langkah.csv", "[{no: 1, kegiatan: Menyimpan surat, pelaksana: Sekwan}]"))
    ran = desk.run("build", "--stage", "draf")
    assert names
    assert "Traceback" not in ran.all
    assert "program" not in ran.all
    assert len(list((desk.folder / "outputs/uji/sop").glob("*.docx"))) == len(names) + 3
