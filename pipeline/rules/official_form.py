"""A citation as official documents write it: what is written otherwise, and the whole text put right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.rules.kinds import Kind, begins_short, by_year, find_kind, long_name

_NUMBERED = re.compile(
    r"\s+(?:Nomor|Nomer|No\b|Tahun|Thn?\b|\d|Kab|Kota|Prov|Republik|RI\b|\w+\s+(?:Nomor|Nomer|No\b|\d))", re.IGNORECASE
)
_WORD = re.compile(r"\S+")
_YEAR = re.compile(r"(?:Tahun\s+|/|Th\w*\.?\s+)((?:19|20)\d{2})\b", re.IGNORECASE)
_GLUED = re.compile(r"(?<=\bKab\.)(?=\w)|(?<=\bProv\.)(?=\w)", re.IGNORECASE)
_MOST_WORDS = 8
_WRITTEN_OUT = ("Peraturan", "Keputusan", "Surat", "Instruksi", "Undang", "Ketetapan")
_STYLE: tuple[tuple[re.Pattern[str], str], ...] = (
    # In this order: each is read in the text that those before it have put right.
    (
        re.compile(r"\bundang\s?[-‐‑–]?\s?undang\b(?=\s+(?:Dasar|Republik|RI\b|Nomor|Nomer|No\b|\d))", re.IGNORECASE),
        "Undang-Undang",
    ),
    (re.compile(r"(?<=\S)\s+(?:Republik Indonesia|RI)(?=\s+(?:Nomor|Nomer|No\b|\d))", re.IGNORECASE), ""),
    (re.compile(r"(?<=Bupati )Kab(?:upaten\b|\b\.?) ", re.IGNORECASE), ""),
    (re.compile(r"\bKab\b\.?(?=\s+[A-Z])"), "Kabupaten"),
    (re.compile(r"\bProv\b\.?(?=\s+[A-Z])"), "Provinsi"),
    (re.compile(r"\b(?:nomor|nomer|no)\b(?:\s*[.:])*(?=\s*(?:\d|\w+[./]))", re.IGNORECASE), "Nomor"),
    (
        re.compile(r"\b(?:thn|th)\b\.?(?=\s*(?:19|20)\d{2}\b)|(?<=\d )tahun(?= (?:19|20)\d{2}\b)", re.IGNORECASE),
        "Tahun",
    ),
    (re.compile(r"\b(?:tentang|ttg)\b\.?", re.IGNORECASE), "tentang"),
)
_OWN_NAME = re.compile(
    r"(?:(?:Arsip|Perpustakaan|Tentara) Nasional|(?:Dasar|Lembaran|Berita|Kepolisian) Negara|\bT?[LB]N|Kejaksaan"
    r"|Ombudsman)$",
    re.IGNORECASE,
)
"""Names of which "Republik Indonesia" is a part."""
_SLASHED = re.compile(r"(?<![\w/.])(?:Nomor ?)?(\d{1,3}) ?/ ?((?:19|20)\d{2})\b(?![/.]\w)")
_UNNUMBERED = re.compile(r"^(\D*?[^\W\d]) (?=(\d{1,3} Tahun (?:19|20)\d{2})\b)")


@dataclass(frozen=True, slots=True)
class OfficialForm:
    """``text`` is the citation put right; ``slips`` (typed, right) what differs; ``short_kind`` the kind's short
    name where one is typed, "" otherwise. An empty "right" means that the words are left out.
    """

    text: str
    slips: tuple[tuple[str, str], ...]
    short_kind: str = ""


@lru_cache(maxsize=4096)
def official_form(text: str) -> OfficialForm:
    """The citation ``text`` in its official form, as far as its own words tell."""
    slips: list[tuple[str, str]] = []
    short_kind = ""
    plain = _GLUED.sub(" ", " ".join(text.split()))
    for typed, full in _short_kinds(plain):
        first = typed.startswith(_WRITTEN_OUT)
        short_kind = short_kind or ("" if first else typed)
        slips.append((typed, full))
    plain = _written_out(plain)
    for pattern, right in _STYLE:
        plain = _put_right(pattern, right, plain, slips)
    for found in _SLASHED.finditer(plain):
        slips.append((f"{found[1]}/{found[2]}", f"Nomor {found[1]} Tahun {found[2]}"))
    plain = re.sub(r"\b(Nomor|Tahun)(?=\d)", r"\1 ", _SLASHED.sub(r"Nomor \1 Tahun \2", plain))
    unnumbered = _UNNUMBERED.match(plain)
    if unnumbered and not unnumbered[1].endswith("Nomor"):
        slips.append((unnumbered[2], f"Nomor {unnumbered[2]}"))
        plain = f"{unnumbered[1]} Nomor {plain[unnumbered.end() :]}"
    return OfficialForm(plain, tuple(slips), short_kind)


def _short_kinds(plain: str) -> list[tuple[str, str]]:
    """Short names of kinds that begin a citation or stand before a number, and what they stand for."""
    return [(plain[start:end], full) for start, end, full in _short_spans(plain)]


def _written_out(plain: str) -> str:
    for start, end, full in reversed(_short_spans(plain)):
        plain = plain[:start] + full + plain[end:]
    return plain


def _short_spans(plain: str) -> list[tuple[int, int, str]]:
    """The spans of short names, with the long ones."""
    words = list(_WORD.finditer(plain))
    spans: list[tuple[int, int, str]] = []
    done = 0
    for index, word in enumerate(words):
        if index < done or not word.group()[0].isalpha() or not begins_short(word.group()):
            continue
        found = find_kind(" ".join(w.group() for w in words[index : index + _MOST_WORDS]))
        if found is None or not found.brief:
            continue
        done = index + found.words
        end = words[done - 1].start() + len(words[done - 1].group().rstrip(",;.:"))
        if index == 0 or _NUMBERED.match(plain, end):
            spans.append((word.start(), end, _long_of(found.kind, plain[end:])))
    return spans


def _long_of(kind: Kind, after: str) -> str:
    year = _YEAR.search(after)
    return long_name(by_year(kind, int(year[1])).short if year else kind.short)


def _put_right(pattern: re.Pattern[str], right: str, text: str, slips: list[tuple[str, str]]) -> str:
    def change(found: re.Match[str]) -> str:
        typed = found.group()
        if typed == right or (not right and _OWN_NAME.search(text[: found.start()])):
            return typed
        slips.append((typed.strip(), right.strip()))
        return right

    return pattern.sub(change, text)
