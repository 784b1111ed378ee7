"""Opens input files as text, strictly: UTF-8 or a finding that says what the file is instead."""

from __future__ import annotations

import codecs
import errno
import hashlib
import re
import stat
from pathlib import Path

from pipeline.model.finding import Place
from pipeline.model.message import Message, say
from pipeline.model.reasons import why
from pipeline.readers import faults
from pipeline.readers.faults import Collector

MAX_BYTES = 512 * 1024 * 1024
"""Above this a file is not read: no office's table comes near it."""

MAX_TEXT = 32_767
"""The most signs of one value, as in a cell of Excel: what is longer is no text of a form, but a quote left open."""

_LINE_END = re.compile(r"\r\n|\n|\r")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_SAVE_AS_UTF8 = say('Buka berkas di penyunting teks atau Excel, lalu simpan sebagai UTF-8 (di Excel: "CSV UTF-8").')


def shown(path: Path, root: Path) -> str:
    """``path`` as findings print it: relative to ``root`` where possible, with ``/``."""
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        try:
            return path.resolve().relative_to(root.resolve()).as_posix()
        except (ValueError, OSError, RuntimeError):
            return path.as_posix()


def too_long(count: int) -> Message:
    """What is said of a value of ``count`` signs."""
    return say("panjang isian ini {n} karakter, paling banyak {most}", n=count, most=MAX_TEXT)


def is_there(path: Path) -> bool:
    """Has anything this name, be it a file, a link that leads nowhere, or what may not be opened?"""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return False
    except OSError as error:
        return error.errno != errno.ENAMETOOLONG
    return True


def read_text(path: Path, root: Path, collector: Collector) -> str | None:
    """The text of ``path`` without byte order mark, or None after adding the finding that says why not."""
    data = read_bytes(path, root, collector)
    if data is None:
        return None
    file = shown(path, root)
    text = _decode(data, file, collector)
    if text is None:
        return None
    collector.texts[file] = text
    if not text.strip():
        collector.add(
            faults.EMPTY,
            Place(file),
            say("berkas kosong"),
            say("Isi berkas ini, atau mulai dari contoh dengan `tertib new`."),
        )
        return None
    return None if _has_control(text, file, collector) else text


def read_bytes(path: Path, root: Path, collector: Collector) -> bytes | None:
    """The content of ``path``, or None after adding a finding."""
    place = Place(shown(path, root))
    try:
        if path.is_dir():
            collector.add(
                faults.UNREADABLE,
                place,
                say("ini folder, bukan berkas"),
                say("Ganti folder ini dengan berkasnya."),
            )
            return None
        status = path.stat()
        size = status.st_size
        if not stat.S_ISREG(status.st_mode):  # a pipe or a device may never end
            collector.add(
                faults.UNREADABLE,
                place,
                say("ini bukan berkas biasa"),
                say("Ganti dengan berkasnya."),
            )
            return None
        if size > MAX_BYTES:
            collector.add(
                faults.TOO_COMPLEX,
                place,
                say("berkas terlalu besar ({n} MB)", n=size // 1024**2),
                say("Pecah menjadi beberapa berkas."),
            )
            return None
        data = path.read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        collector.digests[path] = digest if collector.digests.get(path, digest) == digest else ""
        return data
    except FileNotFoundError:
        collector.add(
            faults.MISSING,
            place,
            say("berkas tidak ditemukan"),
            say("Periksa nama dan letaknya.{m}", m=_neighbour(path)),
        )
    except (OSError, ValueError) as error:
        collector.add(faults.UNREADABLE, place, *_why_not(error))
    return None


def _why_not(error: Exception) -> tuple[Message, Message]:
    if isinstance(error, PermissionError):
        return (
            say("berkas tidak boleh dibaca oleh pengguna ini"),
            say("Beri izin baca, atau tutup program yang menguncinya."),
        )
    unnamed = say("namanya berisi tanda yang tidak boleh dipakai")
    reason = why(error) if isinstance(error, OSError) else unnamed
    return (
        say("berkas tidak dapat dibuka: {why}", why=reason),
        say("Periksa nama berkas, disk, atau jaringannya."),
    )


def _neighbour(path: Path) -> str:
    from difflib import get_close_matches

    try:
        names = [p.name for p in path.parent.iterdir()]
    except OSError:
        return ""
    near = get_close_matches(path.name, names, n=1, cutoff=0.75)
    return f" ({near[0]}?)" if near else ""


def _decode(data: bytes, file: str, collector: Collector) -> str | None:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        collector.add(
            faults.ENCODING,
            Place(file),
            say('berkas ini UTF-16 ("Unicode"), bukan UTF-8'),
            _SAVE_AS_UTF8,
        )
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        start = error.start + (3 if data.startswith(codecs.BOM_UTF8) else 0)
    if _is_binary(data):
        collector.add(
            faults.ENCODING,
            Place(file),
            say("ini bukan berkas teks"),
            say("Simpan ulang sebagai teks UTF-8; mengganti akhiran nama berkas saja tidak cukup."),
        )
        return None
    before = data[:start].decode("utf-8-sig", errors="replace")
    line, column = line_column(before, len(before))
    collector.add(
        faults.ENCODING,
        Place(file, line, column),
        say(
            "byte 0x{byte} bukan UTF-8; berkas ini tampaknya Windows-1252 (huruf `{char}`)",
            byte=f"{data[start]:02X}",
            char=data[start : start + 1].decode("cp1252", errors="replace"),
        ),
        _SAVE_AS_UTF8,
    )
    return None


def _is_binary(data: bytes) -> bool:
    return b"\0" in data[:8192] or data.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0"))


def _has_control(text: str, file: str, collector: Collector) -> bool:
    found = _CONTROL.search(text)
    if not found:
        return False
    line, column = line_column(text, found.start())
    collector.add(
        faults.CONTROL,
        Place(file, line, column),
        say("karakter kendali U+{code} di dalam teks", code=f"{ord(found.group()):04X}"),
        say("Hapus karakter itu; biasanya ikut tersalin dari PDF atau program lain."),
    )
    return True


def line_column(text: str, position: int) -> tuple[int, int]:
    """Line and column, from 1, of ``position`` in ``text``; lines end with LF, CR LF or CR."""
    line, start = 1, 0
    for end in _LINE_END.finditer(text, 0, position):
        line, start = line + 1, end.end()
    return line, position - start + 1
