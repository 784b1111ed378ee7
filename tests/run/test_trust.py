"""Which root certificates a PDF is held against."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.readers.office import read_office
from pipeline.run.settings import Settings
from pipeline.run.trust import Trusts
from tests.sign.authority import Authority

OFFICE = "pemerintah: Pemerintah Kabupaten Contoh\nunit: Sekretariat DPRD\n"
TRUSTED = "sertifikat_tepercaya: sertifikat\n"


@pytest.fixture
def roots(tmp_path: Path) -> dict[str, bytes]:
    """Offices: satu and dua with a root each, tiga with none."""
    found = {}
    for name in ("satu", "dua", "tiga"):
        folder = tmp_path / "inputs" / name
        (folder / "sertifikat").mkdir(parents=True)
        (folder / "kantor.yaml").write_text(OFFICE + (TRUSTED if name != "tiga" else ""))
        root = Authority(f"Akar {name}").root
        found[name] = root.der
        (folder / "sertifikat" / "akar.pem").write_bytes(root.pem)
    return found


def settings(folder: Path) -> Settings:
    return Settings(folder, folder / "outputs", dt.date(2026, 6, 1))


@pytest.mark.parametrize(
    ("pdf", "offices"),
    [
        ("outputs/satu/sop/a.pdf", ("satu",)),
        ("outputs/dua/sop/ttd/a.pdf", ("dua",)),
        ("outputs/tiga/sop/a.pdf", ()),
        ("outputs/lain/a.pdf", ("dua", "satu")),
        ("unduhan/a.pdf", ("dua", "satu")),
    ],
)
def test_roots_of_a_pdf(pdf: str, offices: tuple[str, ...], roots: dict[str, bytes], tmp_path: Path) -> None:
    assert Trusts(settings(tmp_path)).roots_for(tmp_path / pdf) == tuple(roots[name] for name in offices)


def test_without_any_office(tmp_path: Path) -> None:
    assert Trusts(settings(tmp_path)).roots_for(tmp_path / "a.pdf") == ()


def test_read_once(roots: dict[str, bytes], tmp_path: Path) -> None:
    trusts = Trusts(settings(tmp_path))
    pdf = tmp_path / "outputs/satu/a.pdf"
    before = trusts.roots_for(pdf)
    (tmp_path / "inputs/satu/kantor.yaml").unlink()
    (tmp_path / "inputs/satu/sertifikat/akar.pem").unlink()
    (tmp_path / "inputs/satu/kantor.yaml").write_text(OFFICE)
    assert trusts.roots_for(pdf) == before


def test_certificates_of_no_use(roots: dict[str, bytes], tmp_path: Path) -> None:
    (tmp_path / "inputs/satu/sertifikat/akar.pem").write_text("bukan sertifikat")
    with pytest.raises(UsageError):
        Trusts(settings(tmp_path)).roots_for(tmp_path / "outputs/satu/a.pdf")


def test_place_that_is_not_there_is_a_finding(roots: dict[str, bytes], tmp_path: Path) -> None:
    folder = tmp_path / "inputs/tiga"
    (folder / "kantor.yaml").write_text(OFFICE + "sertifikat_tepercaya: tidak-ada\n")
    read = read_office(folder, tmp_path)
    assert read.office.trusted is None
    (finding,) = read.findings
    assert "Sertifikat tepercaya tidak ditemukan: `tidak-ada`" in finding.message.id
    assert finding.place.line == 3
