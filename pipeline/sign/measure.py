"""Refuses a PDF whose few bytes would unpack to gigabytes, before anything unpacks them."""

from __future__ import annotations

import io
import zlib
from typing import Any, Final

from pipeline.errors import SignatureError
from pipeline.model.message import say

MOST: Final = 256 * 1024 * 1024
"""Bytes that one stream of a PDF may unpack to; a page scanned in colour at 600 dots per inch has 100 million."""
_RATIO: Final = 1040
"""Times that Deflate can shrink at most (1032, RFC 1951); what is shorter than MOST through this needs no look."""
_CHUNK: Final = 1024 * 1024
_SHRINKING: Final = frozenset({"/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"})


def prove_measure(data: bytes) -> None:
    """Raises SignatureError when a stream of the PDF ``data`` unpacks to more than MOST bytes, or is packed twice.

    What cannot be opened at all is none of this one's business.
    """
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            bad = any(_is_beyond(each) for each in pdf.objects if isinstance(each, pikepdf.Stream))
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, TypeError, AttributeError, RuntimeError):
        return
    if bad:
        raise SignatureError(
            say(
                "PDF ini memuat bagian yang bila dibuka menjadi lebih dari {most} MB, jadi tidak dibaca: itu tidak "
                "wajar untuk naskah. Minta berkas aslinya dari pengirim.",
                most=MOST // 1024**2,
            )
        )


def _is_beyond(stream: Any) -> bool:
    packed = [name for name in _filters(stream) if name in _SHRINKING]
    if len(packed) > 1:
        return True
    if not packed or packed[0] not in {"/FlateDecode", "/Fl"}:
        return False
    raw = stream.read_raw_bytes()
    return len(raw) * _RATIO > MOST and _inflates_beyond(bytes(raw))


def _filters(stream: Any) -> list[str]:
    import pikepdf

    value = stream.get("/Filter")
    if value is None:
        return []
    return [str(each) for each in value] if isinstance(value, pikepdf.Array) else [str(value)]


def _inflates_beyond(raw: bytes) -> bool:
    unpacker, total, rest = zlib.decompressobj(), 0, raw
    while rest and not unpacker.eof:
        try:
            total += len(unpacker.decompress(rest, _CHUNK))
        except zlib.error:  # damaged from here on: whoever reads it gets no further either
            return False
        if total > MOST:
            return True
        rest = unpacker.unconsumed_tail
    return False
