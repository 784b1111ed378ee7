"""The archive as plain folders: ``arsip/sop/NAME/v001/``. A version is added, never changed or removed.

::

    arsip/
      indeks.csv                       one row per version, with the SHA-256 of its manifest
      sop/pelaksanaan-reses/v001/
        manifest-sha256.txt            SHA-256 of every file of the version
        versi.json                     what it is and when it was filed
        pelaksanaan-reses.pdf  .docx
        sumber/...                     the inputs it was made from
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipeline.archive import manifest
from pipeline.errors import ArchiveError
from pipeline.model.message import say

INDEX: Final = "indeks.csv"
INFO: Final = "versi.json"
SOURCES: Final = "sumber"
COLUMNS: Final = ("jenis", "nama", "versi", "tanggal", "nomor", "judul", "status", "folder", "sha256_manifes")
_VERSION: Final = re.compile(r"v(\d{3,})")
_CONTENT: Final = frozenset({".pdf", ".csv", ".json"})


@dataclass(frozen=True, slots=True)
class Item:
    """Something to file: ``kind`` (``sop``, ``reses``) and ``name`` make its folder.

    ``files`` maps names inside the version to built files, ``sources`` to inputs (put under ``sumber/``).
    """

    kind: str
    name: str
    files: Mapping[str, Path]
    sources: Mapping[str, Path]
    number: str = ""
    title: str = ""
    stage: str = ""

    @property
    def folder(self) -> str:
        """Folder of all its versions, relative to the archive."""
        return f"{self.kind}/{self.name}"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the index; attributes are those of ``COLUMNS`` in English."""

    kind: str
    name: str
    version: int
    date: str
    number: str
    title: str
    stage: str
    folder: str
    manifest: str


def versions(folder: Path) -> tuple[int, ...]:
    """Numbers of the versions in ``folder``, ascending; empty when there is no such folder. Raises ArchiveError."""
    try:
        names = [entry.name for entry in os.scandir(folder)] if folder.is_dir() else []
    except OSError as error:
        raise ArchiveError(
            say("{folder} tidak dapat dibaca ({error}). Periksa izin folder itu.", folder=folder, error=error.strerror)
        ) from error
    return tuple(sorted(int(match[1]) for match in map(_VERSION.fullmatch, names) if match))


def version_name(number: int) -> str:
    """``1`` -> "v001"."""
    return f"v{number:03d}"


def has_changed(item: Item, archive: Path) -> bool:
    """Does the content of ``item`` differ from its latest version (or is there none)? Raises ArchiveError, OSError.

    Content is what people read and other programs import: PDF, CSV and JSON, whose bytes are reproducible. The DOCX and
    the inputs are filed beside it and may differ in ways that do not show.
    """
    folder = archive / item.folder
    known = versions(folder)
    if not known:
        return True
    kept = manifest.read(folder / version_name(known[-1]))
    before = {name: value for name, value in kept.items() if _is_content(name)}
    return before != {name: manifest.file_hash(path) for name, path in item.files.items() if _is_content(name)}


def fill(item: Item, number: int, target: Path, today: dt.date) -> None:
    """Write version ``number`` of ``item`` into the empty folder ``target``. Raises OSError."""
    hashes: dict[str, str] = {}
    for name, path in [*item.files.items(), *((f"{SOURCES}/{key}", path) for key, path in item.sources.items())]:
        copy = target / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
        _sync(copy)
        hashes[name] = manifest.file_hash(copy)
    info = {
        "jenis": item.kind,
        "nama": item.name,
        "versi": number,
        "tanggal": today.isoformat(),
        "nomor": item.number,
        "judul": item.title,
        "status": item.stage,
    }
    _put(target / INFO, json.dumps(info, ensure_ascii=False, indent=1) + "\n")
    hashes[INFO] = manifest.file_hash(target / INFO)
    _put(target / manifest.NAME, manifest.render(hashes))


def row_of(archive: Path, folder: str, number: int) -> Row:
    """The index row of a version, from its own files. Raises ArchiveError when they cannot be read."""
    path = archive / folder / version_name(number)
    kind, _, name = folder.partition("/")
    try:
        info = json.loads((path / INFO).read_bytes())
        told = [str(info[key]) for key in ("tanggal", "nomor", "judul", "status")]
        proof = manifest.file_hash(path / manifest.NAME)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ArchiveError(
            say(
                "{path} tidak dapat dibaca ({error}). Ambil kembali folder ini dari salinan cadangan.",
                path=path,
                error=error,
            )
        ) from error
    return Row(kind, name, number, told[0], told[1], told[2], told[3], f"{folder}/{version_name(number)}", proof)


def read_index(archive: Path) -> tuple[Row, ...]:
    """The rows of the index in file order; empty when there is no index yet. Raises ArchiveError."""
    path = archive / INDEX
    if not path.exists():
        return ()
    try:
        reader = csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""), delimiter=";")
        return tuple(_row(line) for line in reader)
    except (OSError, UnicodeDecodeError, csv.Error, KeyError, TypeError, ValueError) as error:
        raise ArchiveError(
            say(
                "{path} tidak dapat dibaca ({error}). Ambil kembali dari salinan cadangan. Bila tidak "
                "ada, pindahkan berkas itu dan jalankan tertib archive: indeks disusun lagi dari isi "
                "arsip.",
                path=path,
                error=error,
            )
        ) from error


def render_index(rows: Sequence[Row]) -> bytes:
    """The index as CSV for spreadsheets: UTF-8 with byte order mark, semicolons."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        version = version_name(row.version)
        writer.writerow(
            (row.kind, row.name, version, row.date, row.number, row.title, row.stage, row.folder, row.manifest)
        )
    return text.getvalue().encode("utf-8-sig")


def _row(line: Mapping[str, str]) -> Row:
    kind, name, version, date, number, title, stage, folder, proof = (line[column] for column in COLUMNS)
    match = _VERSION.fullmatch(version)
    if match is None or not re.fullmatch("[0-9a-f]{64}", proof):
        raise ValueError(";".join(str(value) for value in line.values())[:80])
    return Row(kind, name, int(match[1]), date, number, title, stage, folder, proof)


def _is_content(name: str) -> bool:
    return name != INFO and not name.startswith(f"{SOURCES}/") and Path(name).suffix.lower() in _CONTENT


def _put(path: Path, text: str) -> None:
    path.write_bytes(text.encode())
    _sync(path)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
