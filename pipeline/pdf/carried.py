"""Reads back the files that a PDF carries, also from one that was signed or rewritten since.

A PDF from outside may be anything: names that lead out of a folder, trees without end, files of a few bytes that
unpack to gigabytes. All of that is refused before it costs anything.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from pipeline.errors import UsageError
from pipeline.model.message import Message, say

MOST_FILES: Final = 200
MOST_BYTES: Final = 64 * 1024 * 1024
"""Most that one file may unpack to."""
MOST_TOTAL: Final = 128 * 1024 * 1024
"""Most that all files together may unpack to."""
_DEEPEST: Final = 16
_LONGEST: Final = 200
_BAD_NAME: Final = re.compile(r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|\ud800-\udfff\u202a-\u202e\u2066-\u2069]')


class CarriedError(UsageError):
    """What a PDF carries cannot be read, or is not safe to read."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A file inside a PDF, under its name there."""

    name: str
    data: bytes
    description: str = ""


def carried(data: bytes) -> dict[str, Carried]:
    """The files inside the PDF ``data`` by name, in the order of the PDF. Empty where it carries none.

    Raises CarriedError for a PDF that cannot be read, a name that is none, and files beyond all measure.
    """
    import pikepdf

    if not data:
        raise CarriedError(say("Berkas ini kosong (0 byte)."))
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return _read(pdf)
    except pikepdf.PasswordError as error:
        raise CarriedError(say("PDF ini terkunci sandi. Buka kuncinya dahulu di program PDF.")) from error
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, AttributeError, KeyError) as error:
        raise CarriedError(say("Berkas ini bukan PDF atau rusak, sehingga isinya tidak terbaca.")) from error


def _read(pdf: Any) -> dict[str, Carried]:
    found: dict[str, Carried] = {}
    total = 0
    for spec in _specs(pdf):
        if len(found) == MOST_FILES:
            raise CarriedError(say("PDF ini membawa lebih dari {n} berkas; tidak dibaca.", n=MOST_FILES))
        name = _name(spec)
        if name in found:
            raise CarriedError(say("PDF ini membawa dua berkas bernama {name}; tidak dibaca.", name=name))
        content = _content(spec, name, MOST_TOTAL - total)
        total += len(content)
        found[name] = Carried(name, content, str(spec.get("/Desc", "")))
    return found


def _specs(pdf: Any) -> Iterator[Any]:
    """Every file specification once: those of the name tree, then those that only ``/AF`` names.

    Where a file was taken out, nothing may stand in its place: what is missing is told by what names it.
    """
    import pikepdf

    seen: set[tuple[int, int]] = set()
    for spec in (*_in_tree(pdf.Root.get("/Names", {}).get("/EmbeddedFiles"), 0, set()), *pdf.Root.get("/AF", ())):
        if not isinstance(spec, pikepdf.Dictionary):
            continue
        key = spec.objgen
        if key != (0, 0) and key in seen:
            continue
        seen.add(key)
        if "/EF" in spec:
            yield spec


def _in_tree(node: Any, depth: int, seen: set[tuple[int, int]]) -> Iterator[Any]:
    import pikepdf

    if not isinstance(node, pikepdf.Dictionary):
        return
    if depth > _DEEPEST or (node.is_indirect and node.objgen in seen) or len(seen) > 10 * MOST_FILES:
        raise CarriedError(say("Daftar berkas di dalam PDF ini tidak beraturan; tidak dibaca."))
    seen.add(node.objgen)
    names = list(node.get("/Names", ()))
    yield from names[1::2]
    for kid in node.get("/Kids", ()):
        yield from _in_tree(kid, depth + 1, seen)


def _name(spec: Any) -> str:
    name = str(spec.get("/UF", spec.get("/F", "")))
    if not is_file_name(name):
        raise CarriedError(_bad(name))
    return name


def is_file_name(name: str) -> bool:
    """Is ``name`` a bare file name that any system takes and that leads nowhere else?"""
    return bool(
        name
        and len(name.encode("utf-8", "replace")) <= _LONGEST
        and not _BAD_NAME.search(name)
        and name == name.strip()
        and name.strip(".")
        and not name.endswith(".")
    )


def _bad(name: str) -> Message:
    shown = re.sub(r"[^\w .,()/\\-]", "?", name)[:60]
    return say("PDF ini membawa berkas dengan nama yang tidak wajar ({name}); tidak dibaca.", name=shown)


def _content(spec: Any, name: str, room: int) -> bytes:
    files = spec.EF
    stream = files.get("/F", files.get("/UF"))
    if stream is None:
        raise _unreadable(name)
    most = min(MOST_BYTES, room)
    filters = _filters(stream)
    if stream.get("/DecodeParms") is not None or filters not in ([], ["/FlateDecode"]):
        raise _unreadable(name)
    raw = bytes(stream.read_raw_bytes())
    content = _inflated(raw, most, name) if filters and raw else raw  # nothing stays nothing
    if len(content) > most:
        raise _too_large(name)
    return content


def _filters(stream: Any) -> list[str]:
    import pikepdf

    value = stream.get("/Filter")
    if value is None:
        return []
    return [str(each) for each in value] if isinstance(value, pikepdf.Array) else [str(value)]


def _inflated(raw: bytes, most: int, name: str) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        content = unpacker.decompress(raw, most + 1)
    except zlib.error as error:
        raise _unreadable(name) from error
    if len(content) <= most and not unpacker.eof:
        raise _unreadable(name)
    return content


def _unreadable(name: str) -> CarriedError:
    return CarriedError(say("Berkas {name} di dalam PDF ini tidak dapat dibaca.", name=name))


def _too_large(name: str) -> CarriedError:
    return CarriedError(
        say(
            "Berkas {name} di dalam PDF ini terlalu besar; paling banyak {mb} MB, semuanya {total} MB.",
            name=name,
            mb=MOST_BYTES // 2**20,
            total=MOST_TOTAL // 2**20,
        )
    )
