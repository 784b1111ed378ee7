"""The zip package of a Word document: its parts are compressed one by one, those that never change only once.

``zipfile`` can only compress anew what it writes; a template is some ten parts of which a document changes three. The
bytes depend on nothing but names and contents: all dates are the first that the format knows.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

LEVEL: Final = 3
"""Of deflate: takes half the time of the usual 6, and the document grows by some 5 % (docs/decisions)."""
ONCE: Final = 9
"""For what is compressed once and written often."""
_LOCAL: Final = struct.Struct("<4s5H3I2H")
_CENTRAL: Final = struct.Struct("<4s6H3I5HI")  # without the place of the part
_END: Final = struct.Struct("<4s4H2IH")
_VERSION: Final = 20  # of the format, the first with deflate
_FIRST_DATE: Final = 1 << 5 | 1  # 1 January 1980
_UTF8: Final = 0x800
_STORED, _DEFLATED = 0, zlib.DEFLATED
_PACKED_ALREADY: Final = ("png", "jpeg", "jpg")
"""Endings of what deflate makes no smaller."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A part as it stands in the package: ``head``, then ``packed``. In the directory it is ``listed`` with the place
    where it begins, and its ``name``."""

    name: bytes
    head: bytes
    packed: bytes
    listed: bytes


def entry(name: str, pieces: Iterable[bytes], level: int = LEVEL) -> Entry:
    """The part ``name``, compressed while its ``pieces`` are made; what is packed already is stored as it is."""
    if name.rpartition(".")[2] in _PACKED_ALREADY:
        data = b"".join(pieces)
        return _entry(name, _STORED, zlib.crc32(data), len(data), data)
    deflate = zlib.compressobj(level, _DEFLATED, -zlib.MAX_WBITS)
    packed: list[bytes] = []
    crc = size = 0
    for piece in pieces:
        crc = zlib.crc32(piece, crc)
        size += len(piece)
        packed.append(deflate.compress(piece))
    packed.append(deflate.flush())
    return _entry(name, _DEFLATED, crc, size, b"".join(packed))


def _entry(name: str, method: int, crc: int, size: int, packed: bytes) -> Entry:
    encoded = name.encode()
    flags = 0 if name.isascii() else _UTF8
    fields = (_VERSION, flags, method, 0, _FIRST_DATE, crc, len(packed), size, len(encoded), 0)
    head = _LOCAL.pack(b"PK\x03\x04", *fields) + encoded
    return Entry(encoded, head, packed, _CENTRAL.pack(b"PK\x01\x02", _VERSION, *fields, 0, 0, 0, 0))


def package(entries: Iterable[Entry]) -> bytes:
    """``entries`` as a zip archive, in their order."""
    written: list[bytes] = []
    directory: list[bytes] = []
    at = count = 0
    for each in entries:
        written += (each.head, each.packed)
        directory += (each.listed, at.to_bytes(4, "little"), each.name)
        at += len(each.head) + len(each.packed)
        count += 1
    listing = b"".join(directory)
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(listing), at, 0)
    return b"".join((*written, listing, end))
