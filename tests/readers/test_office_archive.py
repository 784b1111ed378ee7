"""``arsip`` in ``kantor.yaml``: the place of the archive and what its index says of retention."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.model.office import Archiving, Retention
from pipeline.readers.office import read_office
from tests.readers.sample import Write

HEAD = "pemerintah: Pemerintah Kabupaten Contoh\nunit: Sekretariat DPRD\n"


def test_what_holds_for_all_and_for_one_kind(write: Write, tmp_path: Path) -> None:
    write(
        "k/kantor.yaml",
        HEAD + "arsip:\n  retensi_aktif: 2 tahun\n  nasib_akhir: Musnah\n"
        "  sop: {kode_klasifikasi: 000.8.3.3, nasib_akhir: permanen}\n",
    )
    found = read_office(tmp_path / "k", tmp_path)
    assert found.findings == ()
    assert found.office.archiving == Archiving(
        "", Retention("000.8.3.3", "2 tahun", "", "permanen"), Retention("", "2 tahun", "", "musnah")
    )


@pytest.mark.parametrize(
    "address",
    ["s3://ember", "s3://ember/a/b", "sftp://orang@server.contoh:2222/arsip", "D:/Arsip", "../arsip", "file:///srv/a"],
)
def test_addresses_that_can_be_one(write: Write, tmp_path: Path, address: str) -> None:
    write("k/kantor.yaml", HEAD + f"arsip: {{alamat: '{address}'}}\n")
    found = read_office(tmp_path / "k", tmp_path)
    assert found.findings == ()
    assert found.office.archiving.address == address


WRONG = [
    ("arsip: {alamat: 's3:ember'}", "MSK-10", "bukan alamat arsip"),
    ("arsip: {alamat: 'ftp://server/arsip'}", "MSK-10", "bukan alamat arsip"),
    ("arsip: {alamat: 'sftp://orang:rahasia@server/arsip'}", "MSK-10", "Kata sandi"),
    ("arsip: {nasib_akhir: dibuang}", "MSK-10", "`dibuang` bukan isian"),
    ("arsip: {retensi: 2}", "MSK-08", "`retensi` tidak dikenal"),
    ("arsip: s3://ember", "MSK-09", "harus pasangan kunci"),
]


@pytest.mark.parametrize(("line", "code", "words"), WRONG)
def test_what_is_wrong_is_told(write: Write, tmp_path: Path, line: str, code: str, words: str) -> None:
    write("k/kantor.yaml", HEAD + line + "\n")
    found = read_office(tmp_path / "k", tmp_path)
    assert [(finding.code, finding.place.line) for finding in found.findings] == [(code, 3)]
    assert words in found.findings[0].message.id
    assert "rahasia" not in found.findings[0].message.id
    assert (found.office.archiving.sop, found.office.archiving.recess) == (Retention(), Retention())
