"""``NAME.ttd.json``: what signing services ask for, beside the PDF it belongs to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.errors import OutputError
from pipeline.model.particulars import RESERVED_MM, Box, Particulars, Signer, SigningPlace
from pipeline.run.sidecar import put_sidecar, sidecar, sidecar_path
from pipeline.run.writing import Outputs

SAID = Particulars("contoh/sop/x", "Judul Contoh")
PLACE = SigningPlace(
    Signer("ttdpengesah", "Pejabat Contoh", "Sekretaris DPRD", "197501012000011001"),
    Box(2, 663.104, 404.791, 224.2, 74.0),
)


def made() -> str:
    """A sidecar with one signer."""
    return sidecar(SAID, (PLACE,), "x.pdf", "ab" * 32, 4)


def test_it_says_who_signs_where() -> None:
    value = json.loads(made())
    assert value["penanda_tangan"] == [
        {
            "nama": "Pejabat Contoh",
            "jabatan": "Sekretaris DPRD",
            "nip": "197501012000011001",
            "medan": "ttdpengesah",
            "halaman": 2,
            "originX": 663.1,
            "originY": 404.79,
            "width": 224.2,
            "height": 74.0,
        }
    ]
    assert (value["skema"], value["berkas"], value["sha256"], value["halaman"]) == (1, "x.pdf", "ab" * 32, 4)
    assert value["pita_kosong"]["tinggi"] == pytest.approx(RESERVED_MM * 72 / 25.4, abs=0.01)
    assert "kiri bawah" in value["satuan"]


def test_nobody_to_sign_means_no_sidecar() -> None:
    assert sidecar(SAID, (), "x.pdf", "ab", 4) == ""


def test_it_is_written_renewed_and_taken_away(tmp_path: Path) -> None:
    outputs, pdf = Outputs(tmp_path), tmp_path / "x.pdf"
    put_sidecar(pdf, made(), outputs)
    path = sidecar_path(pdf)
    assert path.read_text("utf-8") == made()
    put_sidecar(pdf, made().replace("Contoh", "Lain"), outputs)
    assert "Lain" in path.read_text("utf-8")
    put_sidecar(pdf, "", outputs)
    assert not path.exists()
    put_sidecar(pdf, "", outputs)


@pytest.mark.parametrize("foreign", [b'{"jenis": "lain"}', b"[1]", b"catatan", b""])
def test_a_file_of_somebody_else_stays(foreign: bytes, tmp_path: Path) -> None:
    pdf = tmp_path / "x.pdf"
    path = sidecar_path(pdf)
    path.write_bytes(foreign)
    put_sidecar(pdf, "", Outputs(tmp_path))
    with pytest.raises(OutputError) as error:
        put_sidecar(pdf, made(), Outputs(tmp_path))
    assert "x.ttd.json" in error.value.message.id
    assert path.read_bytes() == foreign


def test_a_link_to_nowhere_is_somebody_else_s(tmp_path: Path) -> None:
    pdf = tmp_path / "x.pdf"
    path = sidecar_path(pdf)
    path.symlink_to(tmp_path / "tidak-ada")
    with pytest.raises(OutputError):
        put_sidecar(pdf, made(), Outputs(tmp_path))
    assert path.is_symlink()
    assert not (tmp_path / "tidak-ada").exists()


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    pdf = tmp_path / "x.pdf"
    sidecar_path(pdf).mkdir()
    with pytest.raises(OutputError):
        put_sidecar(pdf, made(), Outputs(tmp_path))
