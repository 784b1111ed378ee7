"""Files beside a recess: photos and attendance lists that a cell names.

Only the first bytes of a file are read: what it is and how many pixels it has. Nothing outside the folder is touched.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from pipeline.model.finding import Severity
from pipeline.model.message import Message, say
from pipeline.model.picture import JPEG, measured
from pipeline.model.recess import Attachment, AttachmentKind, evidence
from pipeline.readers import faults
from pipeline.readers.nearest import nearest
from pipeline.readers.recess_cells import Cell

PHOTOS = "foto"
"""The folder below that of the recess in which photos may stand."""
MOST_BYTES = 50 * 1024 * 1024
MOST_PIXELS = 100_000_000
"""A picture beyond either is listed and not printed: it would fill the memory of the computer that opens it."""
_HEAD = 64 * 1024
_LONG_HEAD = 4 * 1024 * 1024
"""Where the size of a JPEG stands when an editing program has written much in front of it."""

_NAME = re.compile(r"\S.*\.[A-Za-z][A-Za-z0-9]{1,4}")
_PICTURE_NAMES = re.compile(r"\.(?:jpe?g|png|heic|heif|webp|tiff?|gif|bmp|pdf)\b", re.IGNORECASE)
_KINDS: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"....ftyp(?:hei|hev|mif1|msf1|avi)", re.DOTALL), "HEIC"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "WEBP"),
    (re.compile(rb"II\*\x00|MM\x00\*"), "TIFF"),
    (re.compile(rb"GIF8"), "GIF"),
    (re.compile(rb"BM"), "BMP"),
)
_PDF = b"%PDF"
_SAVE_AS_JPEG = say("Simpan sebagai JPEG atau PNG dengan nama yang sama, lalu perbaiki namanya di sel ini.")


@dataclass(frozen=True, slots=True)
class _Found:
    """What is known of a named file: where it is, its pixels, and what is wrong with it."""

    path: Path | None = None
    pixels: tuple[int, int] | None = None
    fault: tuple[Message, Message, Severity] | None = None


def names_in(text: str) -> list[str]:
    """The file names in a cell, ``;`` (or a line break) between them; none for a count, a word or a web address."""
    if "." not in text:
        return []
    parts = [part.strip() for part in re.split(r"[;\n]", text)]
    if len(parts) == 1 and len(_PICTURE_NAMES.findall(text)) > 1:
        parts = [part.strip() for part in text.split(",")]
    return [part for part in parts if _is_name(part)]


def _is_name(part: str) -> bool:
    """Is it a name, and not words that say that there is no file? "rusak.jpg" may show a road."""
    named = _NAME.fullmatch(part) is not None and "://" not in part and len(part) < _LONGEST
    return named and (" " not in part or bool(evidence(part)))


_LONGEST = 255


def documentation(text: str) -> str:
    """``text`` of a cell on documentation, "" when it says that there is none; file names always count."""
    return evidence(text) or (text.strip() if names_in(text) else "")


@dataclass(slots=True)
class Files:
    """The files of one recess folder, each looked at once."""

    folder: Path
    seen: dict[str, _Found] = field(default_factory=dict)
    _names: dict[str, str] | None = None

    def attachments(self, kind: AttachmentKind, text: str, cell: Cell) -> Iterator[Attachment]:
        """The files named in a cell that are there; of the others it is told what is wrong."""
        for name in dict.fromkeys(names_in(text)):
            found = self._found(name, kind)
            if found.fault is not None:
                message, help, severity = found.fault
                cell.fault(faults.ATTACHMENT, message, help, severity)
            if found.path is not None:
                yield Attachment(kind, found.path, found.pixels)

    def _found(self, name: str, kind: AttachmentKind) -> _Found:
        key = f"{kind}:{name}"
        if key not in self.seen:
            self.seen[key] = self._look(name, kind)
        return self.seen[key]

    def _look(self, name: str, kind: AttachmentKind) -> _Found:
        relative = PurePosixPath(name.replace("\\", "/"))
        if relative.is_absolute() or ".." in relative.parts or re.match(r"[A-Za-z]:", name):
            return self._outside(name)
        known = self._known()
        path = next(
            (known[key] for key in (f"{relative}".casefold(), f"{PHOTOS}/{relative}".casefold()) if key in known), ""
        )
        if not path:
            return _Found(fault=self._missing(name))
        full = self.folder / path
        try:
            if not full.resolve().is_relative_to(self.folder.resolve()):
                return self._outside(name)
            return _looked_at(full, name, kind)
        except (OSError, RuntimeError) as error:
            message = say("berkas `{name}` tidak dapat dibuka ({why})", name=name, why=type(error).__name__)
            return _Found(fault=(message, say("Periksa izin berkas itu."), Severity.WARNING))

    def _outside(self, name: str) -> _Found:
        message = say("`{name}` menunjuk ke luar folder reses ini", name=name)
        help = say("Salin berkasnya ke folder reses ini atau ke folder foto di dalamnya, dan sebut namanya saja.")
        return _Found(fault=(message, help, Severity.ERROR))

    def _missing(self, name: str) -> tuple[Message, Message, Severity]:
        names = {PurePosixPath(known).name: known for known in self._known().values()}
        near = nearest(PurePosixPath(name.replace("\\", "/")).name, names)
        help = (
            say("Maksud Anda `{near}`?", near=names[near])
            if near
            else say("Salin berkasnya ke folder reses ini atau ke folder foto di dalamnya, atau perbaiki namanya.")
        )
        return say("berkas `{name}` tidak ada", name=name), help, Severity.WARNING

    def _known(self) -> Mapping[str, str]:
        """Names of the files in the folder and below, without case -> as they are."""
        if self._names is None:
            self._names = {name.casefold(): name for name in _walk(self.folder)}
        return self._names


_MOST_FILES = 100_000
_DEEPEST = 3


def _walk(folder: Path, prefix: str = "", depth: int = 0) -> Iterator[str]:
    """Names of files relative to ``folder``; links to folders are not followed."""
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in found[:_MOST_FILES]:
        if entry.is_dir(follow_symlinks=False):
            if depth < _DEEPEST and not entry.name.startswith("."):
                yield from _walk(folder / entry.name, f"{prefix}{entry.name}/", depth + 1)
        else:
            yield f"{prefix}{entry.name}"


def _looked_at(path: Path, name: str, kind: AttachmentKind) -> _Found:
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        return _Found(fault=(say("`{name}` bukan berkas biasa", name=name), _SAVE_AS_JPEG, Severity.WARNING))
    if status.st_size == 0:
        message = say("berkas `{name}` kosong", name=name)
        return _Found(fault=(message, say("Salin ulang berkasnya."), Severity.WARNING))
    with path.open("rb") as file:
        head = file.read(_HEAD)
        size = measured(head)
        if size is None and head.startswith(JPEG):
            head += file.read(_LONG_HEAD)
            size = measured(head)
    if size is not None:
        return _picture(path, name, size[1], status.st_size)
    return _not_printable(path, name, head, kind)


def _picture(path: Path, name: str, pixels: tuple[int, int], size: int) -> _Found:
    if size <= MOST_BYTES and pixels[0] * pixels[1] <= MOST_PIXELS:
        return _Found(path, pixels)
    message = say(
        "gambar `{name}` terlalu besar untuk dicetak ({w} x {h} piksel, {mb} MB)",
        name=name,
        w=pixels[0],
        h=pixels[1],
        mb=max(size // 1024**2, 1),
    )
    help = say("Perkecil gambarnya, misalnya menjadi lebar 2000 piksel. Sampai itu hanya namanya yang dicantumkan.")
    return _Found(path, None, (message, help, Severity.WARNING))


def _not_printable(path: Path, name: str, head: bytes, kind: AttachmentKind) -> _Found:
    if _PDF in head[:1024]:
        if kind is AttachmentKind.ATTENDANCE:
            return _Found(path)
        message = say("`{name}` adalah PDF, bukan gambar", name=name)
        return _Found(path, None, (message, _SAVE_AS_JPEG, Severity.WARNING))
    format = next((format for pattern, format in _KINDS if pattern.match(head)), "")
    if format:
        message = say("gambar `{name}` berformat {format}, yang tidak dapat dicetak", name=name, format=format)
        return _Found(path, None, (message, _SAVE_AS_JPEG, Severity.WARNING))
    if head.startswith(JPEG) or head.startswith(b"\x89PNG"):
        message = say("gambar `{name}` rusak", name=name)
        return _Found(fault=(message, say("Salin ulang dari kamera atau telepon."), Severity.WARNING))
    if kind is AttachmentKind.ATTENDANCE and head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        message = say("daftar hadir `{name}` bukan PDF atau gambar", name=name)
        return _Found(path, None, (message, say("Simpan sebagai PDF atau JPEG."), Severity.WARNING))
    message = say("`{name}` bukan gambar, walau namanya seperti gambar", name=name)
    if not _PICTURE_NAMES.search(name):
        message = say("`{name}` bukan gambar", name=name)
    return _Found(fault=(message, _SAVE_AS_JPEG, Severity.WARNING))
