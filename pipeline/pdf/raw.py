"""Objects of PDFs copied as they stand, with other numbers: what a book of a thousand pages is put together with.

A library that holds every object of every part in memory needs gigabytes for such a book. Files that the finish step
wrote have one plain table of objects; so each object is found, its references are renumbered, and it is written, one
after the other.
"""

from __future__ import annotations

import hashlib
import re
from typing import IO, Final

_REFERENCE: Final = re.compile(rb"\((?:[^()\\]|\\.)*\)|\b(\d+) (\d+) R\b", re.DOTALL)
"""A text, which is left alone, or a reference."""
_START: Final = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_HEAD: Final = re.compile(rb"\s*(\d+) (\d+) obj\b[ \t]*\r?\n?")
_STREAM: Final = b"\nstream\n"


class RawFile:
    """The objects of a PDF by their numbers, as text; what ``override`` holds stands for what is in the file."""

    def __init__(self, data: bytes) -> None:
        """Read the table of objects of ``data``. Raises ValueError where there is no plain one."""
        self._data = data
        self._at = _table(data)
        ends = sorted(self._at.values())
        follows = dict(zip(ends, [*ends[1:], len(data)], strict=True))
        self._end = {number: follows[at] for number, at in self._at.items()}
        self.override: dict[int, bytes] = {}

    def object(self, number: int) -> tuple[bytes, bytes]:
        """The object ``number`` as text, and its stream with the words around it, b"" where it has none."""
        if number not in self._at:
            return b"null", b""
        piece = self._data[self._at[number] : self._end[number]]
        head = _HEAD.match(piece)
        end = piece.rfind(b"endobj")
        if head is None or int(head[1]) != number or end < 0:
            raise ValueError(number)
        piece = piece[head.end() : end].rstrip(b"\n")
        text, mark, stream = piece.partition(_STREAM)
        return self.override.get(number, text), mark + stream


def is_plain(data: bytes) -> bool:
    """Has the PDF ``data`` one plain table of objects?"""
    try:
        _table(data)
    except ValueError:
        return False
    return True


def _table(data: bytes) -> dict[int, int]:
    """Places of the objects by their numbers."""
    start = _START.search(data[-64:])
    if start is None or not data.startswith(b"xref", int(start[1])):
        raise ValueError("xref")
    at = int(start[1])
    end = data.index(b"trailer", at)
    if b"/Prev" in data[end:] or b"/XRefStm" in data[end:]:
        raise ValueError("xref")
    words = data[at + 4 : end].split()
    if words[0] != b"0" or len(words) != 2 + 3 * int(words[1]):
        raise ValueError("xref")
    rows = range(int(words[1]))
    return {row: int(words[2 + 3 * row]) for row in rows if words[4 + 3 * row] == b"n"}


class RawWriter:
    """A PDF that is written object by object into ``file``."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._offsets: dict[int, int] = {}
        self._next = 1
        self._place = 0
        self._hash = hashlib.sha256()
        self._put(b"%PDF-1.7\n%\xbf\xf7\xa2\xfe\n")

    def number(self) -> int:
        """A number for an object yet to be written."""
        self._next += 1
        return self._next - 1

    def write(self, number: int, text: bytes, stream: bytes = b"") -> None:
        """Write the object ``number``; ``stream`` as ``RawFile.object`` gives it."""
        self._offsets[number] = self._place
        self._put(b"%d 0 obj\n%b%b\nendobj\n" % (number, text, stream))

    def add(self, text: bytes) -> int:
        """Write an object and give it a number."""
        number = self.number()
        self.write(number, text)
        return number

    def add_stream(self, content: bytes) -> int:
        """Write a stream and give it a number."""
        number = self.number()
        self.write_stream(number, content)
        return number

    def write_stream(self, number: int, content: bytes) -> None:
        """Write a stream as object ``number``."""
        self.write(number, b"<< /Length %d >>" % len(content), _STREAM + content + b"\nendstream")

    def close(self, root: int, info: int | None) -> None:
        """Write the table of objects. The file's identifier is a hash of all that stands in it."""
        place = self._place
        mark = self._hash.hexdigest()[:32].encode()
        rows = [b"xref\n0 %d\n0000000000 65535 f \n" % self._next]
        rows += [b"%010d 00000 n \n" % self._offsets[number] for number in range(1, self._next)]
        told = b"" if info is None else b" /Info %d 0 R" % info
        rows.append(
            b"trailer << /Root %d 0 R%b /Size %d /ID [ <%b> <%b> ] >>\nstartxref\n%d\n%%%%EOF\n"
            % (root, told, self._next, mark, mark, place)
        )
        self._put(b"".join(rows))

    def _put(self, data: bytes) -> None:
        self._file.write(data)
        self._hash.update(data)
        self._place += len(data)


class Copying:
    """Copies objects of one file into a writer, with all that they refer to, each once."""

    def __init__(self, source: RawFile, target: RawWriter, fixed: dict[bytes, int]) -> None:
        """``fixed`` are names that stand for references to objects of the target."""
        self._source = source
        self._target = target
        self._fixed = fixed
        self._numbers: dict[int, int] = {}
        self._left: list[int] = []

    def number(self, number: int) -> int:
        """The number in the target of object ``number`` of the source; ``finish`` writes it."""
        if number not in self._numbers:
            self._numbers[number] = self._target.number()
            self._left.append(number)
        return self._numbers[number]

    def place(self, number: int, target: int) -> None:
        """Give object ``number`` of the source the number ``target``, which the target has kept for it."""
        self._numbers[number] = target
        self._left.append(number)

    def known(self, number: int) -> int | None:
        """The number in the target of object ``number``, None while nothing refers to it."""
        return self._numbers.get(number)

    def text(self, text: bytes) -> bytes:
        """``text`` with the references of the target."""
        return _REFERENCE.sub(self._renumbered, text)

    def _renumbered(self, found: re.Match[bytes]) -> bytes:
        return found[0] if found[1] is None else b"%d 0 R" % self.number(int(found[1]))

    def finish(self) -> None:
        """Write everything that is referred to and not written yet."""
        while self._left:
            number = self._left.pop()
            text, stream = self._source.object(number)
            text = self.text(text)
            if number in self._source.override:
                for name, target in self._fixed.items():
                    text = text.replace(name, b"%d 0 R" % target)
            self._target.write(self._numbers[number], text, stream)
