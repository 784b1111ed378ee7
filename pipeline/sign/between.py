"""What stands between the objects of revisions that follow a signature: nothing but what a PDF is made of.

Readers skip bytes that belong to no object: comments, objects that no table names, remains in front of a table. Behind
a signature nobody needs them, and somebody could hide there what was never signed. Libraries that signing services use
write one short line with their name in front of ``startxref``; that may stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

_SPACE: Final = re.compile(rb"[\x00\t\n\x0c\r ]*")
_HEAD: Final = re.compile(rb"(\d+)[\x00\t\n\x0c\r ]+(\d+)[\x00\t\n\x0c\r ]+obj(?![A-Za-z0-9])")
_TABLE: Final = re.compile(rb"xref[ \t]*[\r\n]+(?:\d+[ ]+\d+[ \t]*[\r\n]+(?:\d{10} \d{5} [nf](?: ?\r?\n| ?\r| {2}))*)+")
_TRAILER: Final = re.compile(rb"[\t\n\x0c\r ]*trailer(?![A-Za-z0-9])")
_END: Final = re.compile(rb"(?:%[ -~]{0,100}[\r\n]+){0,2}?startxref[\t\n\x0c\r ]+\d+[\t\n\x0c\r ]+%%EOF")
"""The end of a revision, with a line or two in which a program names itself."""
_TOKEN: Final = re.compile(
    rb"<<|>>|\[|\]"
    rb"|<[0-9A-Fa-f\t\n\x0c\r ]*>"
    rb"|/[^\x00\t\n\x0c\r ()<>\[\]{}/%]*"
    rb"|[+-]?(?:\d+\.?\d*|\.\d+)(?![A-Za-z])"
    rb"|true(?![A-Za-z])|false(?![A-Za-z])|null(?![A-Za-z])|R(?![A-Za-z])"
)
_TEXT: Final = re.compile(rb"[()\\]")
_STREAM: Final = re.compile(rb"stream(?:\r\n|\n|\r)")
_AFTER_STREAM: Final = re.compile(rb"[\r\n ]{0,4}endstream[\x00\t\n\x0c\r ]*endobj(?![A-Za-z0-9])")
_LENGTH: Final = re.compile(rb"/Length[\x00\t\n\x0c\r ]+(\d+)(?![\x00\t\n\x0c\r ]+\d+[\x00\t\n\x0c\r ]+R)")
_REST_OF_REFERENCE: Final = re.compile(rb"[\x00\t\n\x0c\r ]+(?:\d+[\x00\t\n\x0c\r ]+)?R(?![A-Za-z])")
_LARGEST_NUMBER: Final = 12


class _ForeignError(Exception):
    """There is something that belongs to nothing."""


def has_foreign_bytes(data: bytes, start: int, reader: Any) -> bool:
    """Does anything stand in ``data`` from ``start`` that is no object, table or end of a revision?

    ``reader`` is pyHanko's of ``data``: an object that none of its tables names is foreign, too.
    """
    places = frozenset(_skipped(data, place) for place in _places(reader.xrefs))
    at = start
    try:
        while True:
            at = _skipped(data, at)
            if at >= len(data):
                return False
            at = _part(data, at, places)
    except (_ForeignError, IndexError, ValueError):
        return True


def _places(tables: Any) -> Iterator[int]:
    """Where the objects stand that the tables name, and the tables themselves."""
    for number in range(tables.total_revisions):
        yield int(tables.get_xref_container_info(number).declared_startxref)
        named = tables.get_xref_data(number)
        yield from (int(place) for _, place in named.standard_xrefs.values())
        if named.hybrid is not None:
            yield int(named.hybrid.meta_info.declared_startxref)
            yield int(named.hybrid.meta_info.start_location)
            yield from (int(place) for _, place in named.hybrid.xref_data.standard_xrefs.values())


def _skipped(data: bytes, at: int) -> int:
    found = _SPACE.match(data, at)
    return found.end() if found else at


def _part(data: bytes, at: int, places: frozenset[int]) -> int:
    """The end of the object, table or end of a revision at ``at``. Raises _ForeignError where there is none."""
    if data.startswith(b"%%EOF", at):  # of the revision that was signed
        return at + 5
    end = _END.match(data, at)
    if end:
        return end.end()
    head = _HEAD.match(data, at)
    if head:
        if at not in places:
            raise _ForeignError
        return _object(data, head.end())
    table = _TABLE.match(data, at)
    trailer = _TRAILER.match(data, table.end()) if table and at in places else None
    if trailer is None:
        raise _ForeignError
    return _value(data, trailer.end())


def _object(data: bytes, at: int) -> int:
    """The end of the object whose value begins at ``at``."""
    begin = at
    at = _skipped(data, _value(data, at))
    if data.startswith(b"endobj", at):
        return at + 6
    found = _STREAM.match(data, at)
    if found is None:
        raise _ForeignError
    return _stream(data, data[begin:at], found.end())


def _stream(data: bytes, dictionary: bytes, at: int) -> int:
    """The end of the object whose stream begins at ``at``: of the length that is told, or up to the next end."""
    told = _LENGTH.search(dictionary)
    if told is not None:
        if len(told[1]) > _LARGEST_NUMBER:
            raise _ForeignError
        end = _AFTER_STREAM.match(data, at + int(told[1]))
    else:
        end = _AFTER_STREAM.search(data, at)
    if end is None:
        raise _ForeignError
    return end.end()


def _value(data: bytes, at: int) -> int:
    """The end of the value at ``at``: a word, a text, an array or a dictionary with all that is in it."""
    depth = 0
    while True:
        at = _skipped(data, at)
        if data[at] == 0x28:  # (
            at, token = _text(data, at), b"()"
        else:
            found = _TOKEN.match(data, at)
            if found is None:
                raise _ForeignError
            at, token = found.end(), found[0]
        depth += (token in (b"<<", b"[")) - (token in (b">>", b"]"))
        if depth < 0:
            raise _ForeignError
        if depth == 0 and not _goes_on(data, at, token):
            return at


def _goes_on(data: bytes, at: int, token: bytes) -> bool:
    """Is a number the beginning of a reference?"""
    return token.isdigit() and _REST_OF_REFERENCE.match(data, at) is not None


def _text(data: bytes, at: int) -> int:
    """The end of the text in parentheses at ``at``."""
    depth = 0
    while True:
        found = _TEXT.search(data, at)
        if found is None:
            raise _ForeignError
        at = found.end()
        if found[0] == b"\\":
            at += 1
            continue
        depth += 1 if found[0] == b"(" else -1
        if depth == 0:
            return at
