"""Inputs and outputs at an address: fetched before a run, put back after it."""

from __future__ import annotations

import hashlib
import uuid
from pathlib import Path

import fsspec
import pytest

from pipeline.run.mirror import address_in
from tests.cli.desk import Desk


class Place:
    """A storage in memory with the office of a desk in it."""

    def __init__(self, desk: Desk) -> None:
        self.address = f"memory://ember-{uuid.uuid4().hex[:8]}"
        self._fs = fsspec.filesystem("memory")
        for path in sorted(desk.office.rglob("*")):
            if path.is_file():
                self.put(f"masukan/uji/{path.relative_to(desk.office).as_posix()}", path.read_bytes())
        self.inputs, self.outputs = f"{self.address}/masukan", f"{self.address}/keluaran"

    def put(self, path: str, data: bytes) -> None:
        """Write a file there."""
        self._fs.pipe_file(f"{self.address}/{path}", data)

    def remove(self, path: str) -> None:
        """Remove a file there."""
        self._fs.rm_file(f"{self.address}/{path}")

    def read(self, path: str) -> bytes:
        """A file there."""
        return bytes(self._fs.cat_file(f"{self.address}/{path}"))

    def documents(self) -> dict[str, str]:
        """The documents there by their hashes."""
        root = self._fs._strip_protocol(self.outputs)
        found = {name[len(root) + 1 :]: name for name in self._fs.find(self.outputs)}
        return {
            path: hashlib.sha256(self._fs.cat_file(name)).hexdigest()
            for path, name in sorted(found.items())
            if not path.startswith(("temuan", ".tertib"))
        }


@pytest.fixture
def place(desk: Desk, libreoffice: None) -> Place:
    """A storage with the office of ``desk``."""
    return Place(desk)


def build(desk: Desk, place: Place) -> str:
    """Build from there to there; what was said."""
    done = desk.run("build", place.inputs, "-o", place.outputs)
    assert done.code == 0, done.all
    return done.all


def test_what_is_put_there_is_what_would_be_made_here(desk: Desk, place: Place) -> None:
    build(desk, place)
    assert desk.run("build").code == 0
    here = {name: sha for name, sha in desk.visible().items() if not name.startswith("temuan")}
    assert place.documents() == here
    assert "uji/sop/surat.pdf" in here


def test_what_is_gone_or_changed_there_is_so_here(desk: Desk, place: Place) -> None:
    place.put("masukan/uji/sop/lain.yaml", b"judul: Lain\nstatus: draf\n")
    build(desk, place)
    assert "uji/sop/lain.docx" in place.documents()
    place.remove("masukan/uji/sop/lain.yaml")
    before = place.documents()["uji/sop/surat.pdf"]
    changed = (desk.office / "sop/surat.yaml").read_text("utf-8").replace("Komputer", "Mesin hitung")
    place.put("masukan/uji/sop/surat.yaml", changed.encode())
    told = build(desk, place)
    assert "1 dokumen diperiksa" in told
    assert place.documents()["uji/sop/surat.pdf"] != before


def test_a_file_changed_there_is_left_and_told(desk: Desk, place: Place) -> None:
    build(desk, place)
    signed = place.read("keluaran/uji/sop/surat.pdf") + b"\n% ditandatangani\n"
    place.put("keluaran/uji/sop/surat.pdf", signed)
    place.put("masukan/uji/sop/surat.yaml", (desk.office / "sop/surat.yaml").read_bytes().replace(b"Komputer", b"Meja"))
    told = build(desk, place)
    assert place.read("keluaran/uji/sop/surat.pdf") == signed
    assert f"{place.outputs}/uji/sop/surat.pdf sudah diubah orang lain di sana" in " ".join(told.split())


def test_nothing_there_is_told(desk: Desk, place: Place) -> None:
    done = desk.run("build", f"{place.address}/tidak-ada", "-o", place.outputs)
    assert done.code == 2
    assert "kosong atau tidak ada" in done.all


@pytest.mark.parametrize(
    ("path", "address"),
    [
        (Path("s3://ember/masukan"), "s3://ember/masukan"),
        (Path("/kerja/S3:/ember/masukan"), "s3://ember/masukan"),
        (Path("sftp://server/a"), "sftp://server/a"),
        (Path("inputs/contoh"), ""),
        (Path("/kerja/outputs"), ""),
        (Path("C:/outputs"), ""),
    ],
)
def test_addresses_are_known_among_paths(path: Path, address: str) -> None:
    assert address_in(path, Path("/kerja")) == address
