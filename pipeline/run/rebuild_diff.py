"""Where two DOCX, or two PDFs, of one document differ, in words for people."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Final

from pipeline.errors import TertibError
from pipeline.model.message import Message, say

MOST: Final = 12
"""Most differences that are told of one file."""
_SHORT: Final = 60
_PARAGRAPH = re.compile(r"<w:p[ >].*?</w:p>", re.DOTALL)
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")


def docx_differences(carried: bytes, again: bytes) -> list[Message]:
    """The parts in which two DOCX differ, with the first text that does; empty when they are equal."""
    if carried == again:
        return []
    one, two = _parts(carried), _parts(again)
    told = list(_different(one, two))
    return told[:MOST] or [say("DOCX dibuat ulang dengan isi yang sama, tetapi dikemas lain.")]


def _different(one: Mapping[str, bytes], two: Mapping[str, bytes]) -> Iterator[Message]:
    for name in sorted({*one, *two}):
        if name not in two:
            yield say("DOCX: bagian {name} tidak ada pada hasil pembuatan ulang.", name=name)
        elif name not in one:
            yield say("DOCX: bagian {name} hanya ada pada hasil pembuatan ulang.", name=name)
        elif one[name] != two[name]:
            yield _first_text(name, one[name], two[name])


def _first_text(name: str, one: bytes, two: bytes) -> Message:
    texts, others = _texts(one), _texts(two)
    for text, other in zip([*texts, ""], [*others, ""], strict=False):
        if text != other:
            return say(
                "DOCX: {name} berbeda; pertama pada teks “{one}” yang kini menjadi “{two}”.",
                name=name,
                one=_cut(text, other),
                two=_cut(other, text),
            )
    return say("DOCX: {name} berbeda, bukan pada teksnya.", name=name)


def _texts(data: bytes) -> list[str]:
    text = data.decode("utf-8", "replace")
    return ["".join(_TEXT.findall(paragraph)) for paragraph in _PARAGRAPH.findall(text)]


def _cut(text: str, other: str) -> str:
    """``text`` around the first place where it differs from ``other``."""
    same = next((n for n, (a, b) in enumerate(zip(text, other, strict=False)) if a != b), min(len(text), len(other)))
    start = max(0, same - _SHORT // 3)
    part = text[start : start + _SHORT]
    return f"{'…' if start else ''}{part}{'…' if start + _SHORT < len(text) else ''}"


def _parts(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return {info.filename: package.read(info) for info in package.infolist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return {}


def pdf_differences(again: bytes, given: bytes) -> list[Message]:
    """Where the pages of ``given`` differ from those of ``again``; at least that its bytes do."""
    from pipeline.sign.compare import compare

    try:
        found = compare(again, given)
    except TertibError as error:
        return [error.message]
    told = [change.message for change in found.changes]
    if len(told) > MOST:
        told = [*told[:MOST], say("dan {n} perbedaan lagi.", n=len(told) - MOST)]
    return told or [
        say(
            "PDF: semua halaman terlihat sama, tetapi berkasnya tidak sama byte demi byte (ditulis ulang program "
            "lain?)."
        )
    ]
