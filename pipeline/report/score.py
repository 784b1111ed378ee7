"""The layout score of each document as a line of words: what ``build --verbose`` tells of the drawings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from pipeline.model.message import Lang, Message, say
from pipeline.model.result import DocumentResult

WORDS: Final[Mapping[str, Message]] = {
    "pages": say("halaman"),
    "symbols": say("simbol"),
    "lines": say("garis"),
    "bends": say("belokan"),
    "crossings": say("persilangan"),
    "overlaps": say("tumpang tindih"),
    "through_symbols": say("menembus simbol"),
    "through_texts": say("menembus teks"),
    "labels_on_borders": say("label di garis baris"),
    "labels_on_columns": say("label di garis kolom"),
    "outside": say("keluar area"),
}
"""Every key of the layout score that is told, in the order in which it is told."""


def score_lines(documents: Sequence[DocumentResult], lang: Lang) -> list[str]:
    """One line per drawn document, numbers below one another. Empty when nothing was drawn."""
    drawn = [document for document in documents if document.layout]
    name = max((len(document.id) for document in drawn), default=0) + 1
    keys = [key for key in WORDS if any(key in document.layout for document in drawn)]
    digits = {key: max(len(_count(document, key)) for document in drawn) for key in keys}
    return [
        f"{document.id + ':':<{name}} "
        + ", ".join(f"{_count(document, key):>{digits[key]}} {WORDS[key].text(lang)}" for key in keys)
        for document in drawn
    ]


def _count(document: DocumentResult, key: str) -> str:
    return str(document.layout.get(key, 0))
