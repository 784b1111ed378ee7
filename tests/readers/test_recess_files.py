"""Photos and attendance lists named in a recess: listed where they are there, told where they cannot be printed."""

from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path

import pytest

from pipeline.model.recess import Attachment, AttachmentKind
from pipeline.readers.office import read_office
from pipeline.readers.recess import read_recess
from pipeline.readers.recess_files import names_in
from tests.recess import small

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes and links on this system")


def png(width: int, height: int) -> bytes:
    """The head of a PNG of this size, which is all that is read of it."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))


def jpeg(width: int, height: int, before: int = 0) -> bytes:
    """The head of a JPEG with ``before`` bytes of what a camera writes in front of its size."""
    segments = b""
    while before > 0:
        size = min(before, 60_000)
        segments += b"\xff\xe1" + struct.pack(">H", size + 2) + b"\0" * size
        before -= size
    return b"\xff\xd8" + segments + b"\xff\xc0" + struct.pack(">HBHH", 17, 8, height, width) + b"\0" * 20


FILES = {
    "a.png": png(640, 480),
    "foto/b.jpg": jpeg(800, 600),
    "foto/dalam/c.JPG": jpeg(4000, 3000, 300_000),
    "hadir.pdf": b"%PDF-1.7\n" + b"x" * 100,
    "kosong.jpg": b"",
    "dokumen.jpg": b"PK\x03\x04" + b"x" * 100,
    "teks.png": b"bukan gambar",
    "rusak.jpg": b"\xff\xd8\xff\xe0\x00",
    "iphone.heic": b"\0\0\0\x18ftypheic" + b"\0" * 40,
    "ponsel.webp": b"RIFF\0\0\0\0WEBPVP8 ",
    "pindai.tif": b"II*\0" + b"\0" * 40,
    "besar.png": png(20_000, 20_000),
    "hadir.docx": b"PK\x03\x04" + b"x" * 100,
}


def read(tmp_path: Path, photos: str, attendance: str = "ada") -> tuple[tuple[Attachment, ...], list[str]]:
    """The attachments of the first meeting with these cells, and what is told, as "SEVERITY CELL first words"."""
    tables = small.tables()
    tables["pertemuan"][1][8:10] = [photos, attendance]
    folder = small.write(tmp_path, tables)
    for name, data in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    with (folder / "berat.jpg").open("wb") as file:
        file.write(jpeg(800, 600))
        file.truncate(60 * 1024 * 1024)
    os.mkfifo(folder / "pipa.jpg")
    (folder / "folder.jpg").mkdir()
    (folder / "luar.jpg").symlink_to(tmp_path / "rahasia.jpg")
    (tmp_path / "rahasia.jpg").write_bytes(jpeg(10, 10))
    item = read_recess(folder, read_office(folder.parent.parent, tmp_path), tmp_path)
    found = small.recess_of(item).meetings[0].attachments
    assert all(str(one.path).startswith(str(folder)) for one in found)
    assert all(one.path in item.sources for one in found)
    return found, [f"{f.severity.value} {f.place.cell} {f.message.id} | {f.help.id}" for f in item.findings]


@pytest.mark.parametrize(
    ("cell", "names", "pixels"),
    [
        ("a.png", ["a.png"], [(640, 480)]),
        ("A.PNG ; b.jpg", ["a.png", "b.jpg"], [(640, 480), (800, 600)]),
        ("foto/b.jpg", ["b.jpg"], [(800, 600)]),
        ("foto\\b.jpg\na.png", ["b.jpg", "a.png"], [(800, 600), (640, 480)]),
        ("a.png, b.jpg", ["a.png", "b.jpg"], [(640, 480), (800, 600)]),
        ("dalam/c.jpg", ["c.JPG"], [(4000, 3000)]),
        ("a.png; a.png", ["a.png"], [(640, 480)]),
        ("3", [], []),
        ("3 foto", [], []),
        ("ada", [], []),
        ("https://contoh.example/a.jpg", [], []),
        ("tidak ada a.png", [], []),
        ("foto no. 12", [], []),
    ],
)
def test_photos(cell: str, names: list[str], pixels: list[tuple[int, int]], tmp_path: Path) -> None:
    found, told = read(tmp_path, cell)
    assert [one.path.name for one in found] == names
    assert [one.pixels for one in found] == pixels
    assert {one.kind for one in found} <= {AttachmentKind.PHOTO}
    assert told == []


@pytest.mark.parametrize(
    ("cell", "listed", "words"),
    [
        ("aa.png", False, "tidak ada | Maksud Anda `a.png`?"),
        ("xyz-123.jpg", False, "tidak ada | Salin berkasnya"),
        ("kosong.jpg", False, "`kosong.jpg` kosong | Salin ulang"),
        ("dokumen.jpg", False, "bukan gambar, walau"),
        ("teks.png", False, "bukan gambar, walau"),
        ("hadir.docx", False, "`hadir.docx` bukan gambar |"),
        ("rusak.jpg", False, "rusak"),
        ("iphone.heic", True, "berformat HEIC, yang tidak dapat dicetak | Simpan sebagai JPEG"),
        ("ponsel.webp", True, "berformat WEBP"),
        ("pindai.tif", True, "berformat TIFF"),
        ("hadir.pdf", True, "PDF, bukan gambar"),
        ("besar.png", True, "terlalu besar untuk dicetak (20000 x 20000 piksel"),
        ("berat.jpg", True, "terlalu besar untuk dicetak (800 x 600 piksel, 60 MB)"),
        ("pipa.jpg", False, "bukan berkas biasa"),
        ("folder.jpg", False, "tidak ada"),
        ("../pejabat.jpg", False, "error I2 `../pejabat.jpg` menunjuk ke luar"),
        ("/etc/gambar.png", False, "ke luar folder"),
        ("C:\\Foto\\a.png", False, "ke luar folder"),
        ("luar.jpg", False, "error I2 `luar.jpg` menunjuk ke luar"),
    ],
)
def test_what_cannot_be_printed_is_told(cell: str, listed: bool, words: str, tmp_path: Path) -> None:
    found, told = read(tmp_path, cell)
    assert [one.pixels for one in found] == ([None] if listed else [])
    assert len(told) == 1
    assert words in told[0]
    assert " I2 " in told[0]


@pytest.mark.parametrize(
    ("cell", "pixels", "count"),
    [("hadir.pdf", [None], 0), ("a.png", [(640, 480)], 0), ("hadir.docx", [None], 1), ("ada", [], 0)],
)
def test_attendance_lists(cell: str, pixels: list[object], count: int, tmp_path: Path) -> None:
    found, told = read(tmp_path, "3", cell)
    assert [(one.kind, one.pixels) for one in found] == [(AttachmentKind.ATTENDANCE, size) for size in pixels]
    assert len(told) == count


def test_photos_of_proposals_are_looked_for_too(tmp_path: Path) -> None:
    tables = small.tables()
    tables["aspirasi"][0].append("foto")
    for row in tables["aspirasi"][1:]:
        row.append("hilang.jpg")
    item = small.read(tmp_path, tables)
    assert [f"{f.code} {f.place.cell}" for f in item.findings] == [f"MSK-32 P{row}" for row in range(2, 7)]
    assert {row.pictures for row in small.recess_of(item).proposals} == {"hilang.jpg"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", []),
        ("12.5", []),
        ("a.b", []),
        ("x.jpg;;y.png;", ["x.jpg", "y.png"]),
        ("Rapat, hasil.jpg", ["Rapat, hasil.jpg"]),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    assert names_in(text) == names
