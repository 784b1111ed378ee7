"""What a PDF says it was made from (``asal.json``), read strictly, and its files laid out again in a folder."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from pipeline.errors import UsageError
from pipeline.model.finding import Stage
from pipeline.model.message import Message, say
from pipeline.model.particulars import Particulars, Signer
from pipeline.pdf.carried import carried, is_file_name
from pipeline.run.archive_book import BOOK, LIST
from pipeline.run.finishing import ORIGIN
from pipeline.run.origin import RECESS, SCHEMA, SOP, attachments_of

_MOST_UNPACKED: Final = 256 * 1024 * 1024
"""Bytes that a Word file from a PDF may unpack to."""
_DEEPEST: Final = 12
_TYPES: Final[Mapping[str, type]] = {
    "dokumen": str,
    "judul": str,
    "jenis": str,
    "tahap": str,
    "sidik": str,
    "program": dict,
    "templat": dict,
    "masukan": list,
    "tidak_dibawa": list,
    "docx": dict,
    "pdf": dict,
}
_TEXTS: Final = {
    "program": ("versi", "libreoffice"),
    "templat": ("nama", "sha256", "berkas"),
    "docx": ("berkas", "sha256"),
    "pdf": ("penulis", "perihal", "tanggal"),
}


class CannotRebuildError(UsageError):
    """The document cannot be made again from this PDF, here."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a PDF carries: ``origin`` is its ``asal.json`` as read, ``files`` the content of every file by name."""

    origin: Mapping[str, Any]
    files: Mapping[str, bytes]

    @property
    def document(self) -> str:
        """The id of the document."""
        return str(self.origin["dokumen"])

    @property
    def docx(self) -> bytes:
        """The DOCX that the PDF was made from."""
        return self.files[self.origin["docx"]["berkas"]]

    @property
    def stage(self) -> Stage:
        """The stage that is printed."""
        return Stage(self.origin["tahap"])

    @property
    def has_inputs(self) -> bool:
        """Does it carry everything its DOCX was made from?"""
        inputs = self.origin["masukan"]
        return bool(inputs) and all(one.get("alasan") == "gambar" for one in self.origin["tidak_dibawa"])

    def particulars(self) -> Particulars:
        """What the PDF says and carries, to be made again."""
        said = self.origin["pdf"]
        date = said["tanggal"]
        return Particulars(
            document=self.document,
            title=self.origin["judul"],
            author=said["penulis"],
            subject=said["perihal"],
            keywords=tuple(said["kata_kunci"]),
            date=dt.date.fromisoformat(date) if date else None,
            signers=tuple(
                Signer(one["medan"], one["nama"], one["jabatan"], one["nip"]) for one in said["penanda_tangan"]
            ),
            attachments=attachments_of(self.origin, self.files),
        )


def _is_of_book(origin: bytes) -> bool:
    try:
        told = json.loads(origin)
    except (ValueError, RecursionError):
        return False
    return isinstance(told, dict) and told.get("jenis") == BOOK


def opened(data: bytes) -> Bundle:
    """What the PDF ``data`` carries. Raises CannotRebuildError, telling why nothing can be made of it."""
    files = {name: one.data for name, one in carried(data).items()}
    if LIST in files and (ORIGIN not in files or _is_of_book(files[ORIGIN])):
        raise CannotRebuildError(
            say("Buku tidak membawa masukan; periksa SOP-SOP-nya: tertib verify --rebuild outputs/KANTOR/sop/*.pdf")
        )
    if ORIGIN not in files:
        raise CannotRebuildError(
            say(
                "PDF ini tidak membawa asalnya ({name}): bukan buatan tertib, dibuat versi lama, atau dibuang oleh "
                "layanan tanda tangan. Periksa naskah aslinya.",
                name=ORIGIN,
            )
        )
    bundle = Bundle(_origin(files[ORIGIN]), files)
    lost = [name for name in _named(bundle.origin) if name not in files]
    if lost:
        raise CannotRebuildError(
            say("PDF ini tidak lagi membawa semua berkasnya; yang hilang: {names}.", names=", ".join(lost[:8]))
        )
    try:
        bundle.particulars()
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _broken() from error
    return bundle


def altered(bundle: Bundle) -> list[str]:
    """The names of carried files that are not what ``asal.json`` says of them."""
    told = [(one["berkas"], one["sha256"]) for one in (*bundle.origin["masukan"], bundle.origin["docx"])]
    template = bundle.origin["templat"]
    told += [(template["berkas"], template["sha256"])] if template["berkas"] else []
    return [name for name, digest in told if hashlib.sha256(bundle.files[name]).hexdigest() != digest]


def lay_out(bundle: Bundle, folder: Path) -> Path:
    """Write the inputs below ``folder``, each to its place; the main one. Raises CannotRebuildError, OSError."""
    places = [_place(one["jalur"]) for one in bundle.origin["masukan"]]
    if len({str(place).casefold() for place in places}) < len(places):
        raise _broken()
    for place, one in zip(places, bundle.origin["masukan"], strict=True):
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bundle.files[one["berkas"]])
    return folder / places[0]


def prove_package(data: bytes, name: str) -> None:
    """Raise CannotRebuildError when a Word file is none, or unpacks beyond all measure."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            size = sum(info.file_size for info in package.infolist())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise CannotRebuildError(say("{name} di dalam PDF bukan berkas Word yang utuh.", name=name)) from error
    if size > _MOST_UNPACKED:
        raise CannotRebuildError(say("{name} di dalam PDF terlalu besar bila dibuka.", name=name))


def _place(text: str) -> PurePosixPath:
    place = PurePosixPath(text)
    if place.is_absolute() or not 0 < len(place.parts) <= _DEEPEST or not all(map(is_file_name, place.parts)):
        raise CannotRebuildError(say("asal.json menyebut tempat yang tidak wajar: {place}.", place=text[:80]))
    return place


def _origin(data: bytes) -> Mapping[str, Any]:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _broken() from error
    schema = value.get("skema") if isinstance(value, dict) else None
    if isinstance(schema, int) and schema > SCHEMA:
        raise CannotRebuildError(
            say("PDF ini dibuat versi tertib yang lebih baru (skema {n}). Perbarui tertib.", n=schema)
        )
    if not isinstance(value, dict) or schema != SCHEMA or not all(_sound(value)):
        raise _broken()
    return value


def _sound(value: Mapping[str, Any]) -> Iterator[bool]:
    """Has everything the type it should have?"""
    yield all(isinstance(value.get(key), kind) for key, kind in _TYPES.items())
    yield value["jenis"] in (SOP, RECESS) and value["tahap"] in set(Stage)
    for key, names in _TEXTS.items():
        yield all(isinstance(value[key].get(name), str) for name in names)
    for one in value["masukan"]:
        yield isinstance(one, dict) and all(isinstance(one.get(name), str) for name in ("berkas", "jalur", "sha256"))
    yield all(isinstance(one, dict) for one in value["tidak_dibawa"])
    yield is_file_name(value["docx"]["berkas"]) and is_file_name(value["templat"]["nama"])
    yield value["jenis"] == RECESS or bool(value["masukan"])


def _named(origin: Mapping[str, Any]) -> list[str]:
    template = origin["templat"]["berkas"]
    names = [one["berkas"] for one in origin["masukan"]]
    return [*names, origin["docx"]["berkas"], *([template] if template else [])]


def _broken() -> CannotRebuildError:
    return CannotRebuildError(_BROKEN)


_BROKEN: Final[Message] = say("asal.json di dalam PDF ini rusak atau bukan yang ditulis tertib.")
