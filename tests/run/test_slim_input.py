"""Files that no template may be: each is named, with what to do, and stays as it is."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import TertibError
from pipeline.resources import packaged_templates
from pipeline.run import slim_input
from pipeline.run.slim import slim_template
from pipeline.run.slim_input import read_template

SOP = packaged_templates() / "sop.docx"
TYPES = "[Content_Types].xml"


def _with(change: Callable[[str, bytes], bytes], *more: tuple[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(SOP) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, change(info.filename, old.read(info)))
        for name, data in more:
            new.writestr(name, data)
    return made.getvalue()


def _same(_: str, data: bytes) -> bytes:
    return data


def _types(old: bytes, new: bytes) -> bytes:
    return _with(lambda name, data: data.replace(old, new) if name == TYPES else data)


def _understated(size: int) -> bytes:
    """A part whose directory says that it is smaller than it is."""
    data = bytearray(_with(_same, ("word/bom.xml", b"\0" * 5_000_000)))
    place = data.rindex(b"PK\x01\x02", 0, data.rindex(b"word/bom.xml"))
    data[place + 24 : place + 28] = struct.pack("<I", size)
    return bytes(data)


BODY = "word/document.xml"
BAD: dict[str, tuple[str, bytes, str]] = {
    "nothing": ("a.docx", b"", "bukan dokumen Word"),
    "text": ("a.docx", b"halo", "bukan dokumen Word"),
    "half a file": ("a.docx", SOP.read_bytes()[:4000], "bukan dokumen Word"),
    "a workbook": ("a.docx", _with(lambda n, d: d).replace(b"word/document.xml", b"word/dokument.xml"), "naskah Word"),
    "a password": ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "kata sandi"),
    "macros": ("a.docx", _types(b"document.main+xml", b"document.macroEnabled.main+xml"), "makro"),
    "signed": ("a.docx", _with(_same, ("_xmlsignatures/origin.sigs", b"")), "tanda tangan"),
    "macros by name": ("a.docm", SOP.read_bytes(), "makro"),
    "a template of Word": ("a.dotx", SOP.read_bytes(), "simpan di word"),
    "a template inside": ("a.docx", _types(b"document.main+xml", b"template.main+xml"), "simpan di word"),
    "a part that is no XML": ("a.docx", _with(lambda n, d: d[:-9] if n == "word/styles.xml" else d), "rusak"),
    "a part twice": ("a.docx", _with(_same, ("WORD/document.xml", b"<a/>")), "ada 2 kali"),
    "a way out": ("a.docx", _with(_same, ("../lain.xml", b"<a/>")), "tidak sah"),
    "a bomb": ("a.docx", _with(_same, *((f"word/{n}.xml", b"\0" * 40_000_000) for n in range(8))), "terlalu besar"),
    "a bomb that lies": ("a.docx", _understated(100), ""),
    "many parts": ("a.docx", _with(_same, *((f"word/{n}.xml", b"") for n in range(2_001))), "terlalu besar"),
    "entities": (
        "a.docx",
        _with(
            lambda n, d: b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>' if n == BODY else d
        ),
        "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_it_is_refused(tmp_path: Path, name: str) -> None:
    file, data, told = BAD[name]
    path = tmp_path / file
    path.write_bytes(data)
    with pytest.raises(TertibError) as caught:
        slim_template(path)
    assert told.lower() in caught.value.message.id.lower()
    assert caught.value.exit_code == 2
    assert path.read_bytes() == data
    assert [each.name for each in tmp_path.iterdir()] == [file]


def test_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slim_input, "MOST_BYTES", 10)
    with pytest.raises(TertibError) as caught:
        read_template(SOP)
    assert "terlalu besar" in caught.value.message.id


@pytest.mark.parametrize(("place", "told"), [(".", "bukan berkas"), ("tidak-ada.docx", "tidak ada")])
def test_no_file(tmp_path: Path, place: str, told: str) -> None:
    with pytest.raises(TertibError) as caught:
        slim_template(tmp_path / place)
    assert told in caught.value.message.id
