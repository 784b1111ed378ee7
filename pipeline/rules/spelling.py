"""Finds misspelled words: those of ``typos.csv``, and words one slip away from a word of the field.

A slip is one letter too many, missing, wrong, or two neighbours exchanged (Damerau-Levenshtein distance 1). The
field's words and the words that look like them stand in ``vocabulary.csv`` (kinds ``bidang`` and ``lain``; ``pasif``
are passives too short to be meant by a slip, but often written apart: "di isi"). Every other word is left alone, so
that names, foreign words and rare words are never taken for slips. Asked by BHS-01 and BHS-04.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.model.finding import DataPath
from pipeline.model.remembered import per_sop
from pipeline.model.sop import Sop
from pipeline.rules.prose import printed
from pipeline.rules.vocabulary import rows, typos

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SHORTEST = 6
"""Shorter words have too many right neighbours."""
_WORD = re.compile(r"(?<![\w.@])[^\W\d_]{2,}(?![\w@]|\.\w)")
_APART = re.compile(r"(?<!\w)[Dd]i\s+(?=(\w{4,}))")
_MAY_BE_APART = re.compile(r"di\s+(\w{4,})")
_ADDRESS = re.compile(r"://|www\.|@")
_NAMED = re.compile(
    r"(?:\b(?:Kabupaten|Kota|Kab\.|Provinsi|Kecamatan|Desa|Kelurahan|Bapak|Ibu|Sdr\.|Sdri\.|Jalan|Jl\.)\s+)$"
)
_ENDINGS = ("kan", "an", "i")
_PARTICLES = ("nya", "lah", "pun")


@dataclass(frozen=True, slots=True)
class Slip:
    """A misspelling at characters ``start`` to ``end`` of a text. ``kind`` is that of ``typos.csv`` (``ketik``,
    ``baku``) or ``dekat``: one slip away from each of ``rights``, written with the capitals of ``wrong``."""

    start: int
    end: int
    wrong: str
    rights: tuple[str, ...]
    kind: str


@lru_cache(maxsize=16384)
def slips(text: str) -> tuple[Slip, ...]:
    """Every misspelling in ``text``, in order."""
    found = [*_of_words(text), *_of_phrases(text)]
    return tuple(sorted(found, key=lambda slip: slip.start)) if found else ()


@per_sop
def misspelled(sop: Sop) -> tuple[tuple[DataPath, str, Slip], ...]:
    """Every misspelling in the printed texts of ``sop`` and in its legal basis, with its path and text, in order."""
    every = printed(sop)
    wrong = [word for word in every.words - _known() if word in typos() or (len(word) >= _SHORTEST and nearest(word))]
    phrases = [phrase for phrase, _ in _phrases() if phrase in every.lower]
    apart = [m.group() for m in _MAY_BE_APART.finditer(every.lower) if f"di{m[1]}" in _passives()]
    return tuple((path, text, slip) for path, text in every.holding((*wrong, *phrases, *apart)) for slip in slips(text))


def corrected(text: str, slip: Slip) -> str:
    """The words around ``slip``, with it set right; "" where it stands alone or more than one word may be meant."""
    if len(slip.rights) != 1 or "/" in slip.rights[0]:
        return ""
    before, after = text[: slip.start].split(), text[slip.end :].split(" ")
    ahead = f"{' '.join(before[-3:])} " if before and text[slip.start - 1].isspace() else ""
    behind = " ".join(after[:4])
    return f"{ahead}{slip.rights[0]}{behind}".strip() if ahead or behind else ""


def _of_words(text: str) -> Iterator[Slip]:
    listed, known = typos(), _known()
    address = _ADDRESS.search(text)
    shouted = text.isupper()
    for match in _WORD.finditer(text):
        word = match.group()
        lower = word.lower()
        if lower in known:
            continue
        if lower in listed:
            right, kind = listed[lower]
            yield Slip(match.start(), match.end(), word, (_as(word, right),), kind)
        elif len(word) >= _SHORTEST and not address and (shouted or not word.isupper()) and not _hyphened(text, match):
            near = nearest(lower)
            if near and not (word[0].isupper() and _NAMED.search(text[: match.start()])):
                rights = tuple(_as(word, right) for right in near)
                yield Slip(match.start(), match.end(), word, rights, "dekat")


def _hyphened(text: str, match: re.Match[str]) -> bool:
    """Is it half of a doubled or joined word (berkali-kali)?"""
    return text[match.start() - 1 : match.start()] == "-" or text[match.end() : match.end() + 1] == "-"


def _of_phrases(text: str) -> Iterator[Slip]:
    lower = text.lower()
    for phrase, (right, kind) in _phrases():
        begin = lower.find(phrase) if len(lower) == len(text) else -1
        while begin >= 0:
            end = begin + len(phrase)
            wrong = text[begin:end]
            if not (text[begin - 1 : begin].isalpha() or text[end : end + 1].isalpha()):
                yield Slip(begin, end, wrong, (_as(wrong, right),), kind)
            begin = lower.find(phrase, end)
    for match in _APART.finditer(text) if "di " in lower else ():
        joined = f"di{match[1].lower()}"
        if joined in _passives():
            wrong = text[match.start() : match.end(1)]
            yield Slip(match.start(), match.end(1), wrong, (_as(wrong, joined),), "ketik")


_LONGEST = 40
"""No word of the field is as long."""


def is_of_the_field(word: str) -> bool:
    """Is the lower-case ``word`` one that SOPs use, written rightly?"""
    return word in _field()


@lru_cache(maxsize=32768)
def nearest(word: str) -> tuple[str, ...]:
    """The words of the field one slip away from the lower-case ``word``; none for a right word."""
    if len(word) > _LONGEST or _is_known(word):
        return ()
    field = _field()
    near = {other for other in _slipped(word) if other in field and not _inflected(word, other)}
    return tuple(sorted(near))


def _is_known(word: str) -> bool:
    known = _known()
    return word in known or any(word.endswith(p) and word[: -len(p)] in known for p in _PARTICLES)


def _slipped(word: str) -> Iterator[str]:
    """Every string one slip away that keeps the first letter: there prefixes differ (menyusun, penyusun)."""
    for at in range(1, len(word) + 1):
        head, tail = word[:at], word[at:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in _LETTERS:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]


def _inflected(word: str, other: str) -> bool:
    """Do both differ by their endings only (laporkan, laporan)?"""
    return not _bases(word).isdisjoint(_bases(other))


def _bases(word: str) -> set[str]:
    return {word, *(word[: -len(ending)] for ending in _ENDINGS if word.endswith(ending))}


def _as(wrong: str, right: str) -> str:
    if wrong.isupper() and len(wrong) > 1:
        return right.upper()
    return right[:1].upper() + right[1:] if wrong[:1].isupper() else right


@cache
def _field() -> frozenset[str]:
    return frozenset(word for word, kind in rows("vocabulary.csv", ("kata", "jenis")) if kind == "bidang")


@cache
def _passives() -> frozenset[str]:
    """Words with the prefix *di-*, which is often written apart."""
    table = rows("vocabulary.csv", ("kata", "jenis"))
    return frozenset(word for word, kind in table if kind == "pasif" or (kind == "bidang" and word.startswith("di")))


@cache
def _known() -> frozenset[str]:
    every = frozenset(word for word, _ in rows("vocabulary.csv", ("kata", "jenis")))
    return every - typos().keys()


@cache
def _phrases() -> tuple[tuple[str, tuple[str, str]], ...]:
    return tuple((wrong, entry) for wrong, entry in typos().items() if " " in wrong)
