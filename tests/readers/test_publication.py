"""``alamat_dokumen``: the address that the QR code says."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.readers.office import read_office

GOOD = "https://setwan.contoh.example/dokumen/{dokumen}?sidik={sidik}"


def read(tmp_path: Path, address: str) -> tuple[str, list[str]]:
    """The address as read, and what is told of it."""
    folder = tmp_path / "kantor"
    folder.mkdir()
    (folder / "kantor.yaml").write_text(
        f"pemerintah: Pemerintah Kabupaten Contoh\nunit: Sekretariat DPRD\nalamat_dokumen: '{address}'\n"
    )
    office = read_office(folder, tmp_path)
    return office.office.publication, [finding.message.id for finding in office.findings]


@pytest.mark.parametrize("address", [GOOD, "http://10.0.0.1/{dokumen}", ""])
def test_an_address_is_taken_as_it_is(address: str, tmp_path: Path) -> None:
    assert read(tmp_path, address) == (address, [])


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("setwan.contoh.example/{dokumen}", "diawali `https://`"),
        ("https://setwan.contoh.example/dokumen", "tidak memuat `{dokumen}`"),
        ("https://x.example/{dokumen}?s={hash}", "`{hash}` tidak dikenal"),
        ("https://x.example/{dokumen}/{", "`{` tidak dikenal"),
        ("https://x.example/{dokumen}/ a", "memuat spasi"),
        (f"https://x.example/{'a' * 120}/{{dokumen}}", "paling banyak 120"),
    ],
)
def test_an_address_that_cannot_be_is_told_and_not_used(address: str, told: str, tmp_path: Path) -> None:
    found, messages = read(tmp_path, address)
    assert found == ""
    (message,) = messages
    assert told in message
