"""A citation as official documents write it: what is written otherwise, and the whole text put right."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBERED = r"(?=\s+(?:Nomor|Nomer|No\b|Tahun|Th|\d|Kab|Kota|Prov|Republik|RI\b|\w+\s+(?:Nomor|Nomer|No\b|\d)))"
_PAN = r"PAN(?:\s*(?:dan|&|-)?\s*RB)?"
_KINDS: tuple[tuple[str, str], ...] = (
    (r"UUD(?: NRI)?", "Undang-Undang Dasar Negara Republik Indonesia"),
    (r"UU", "Undang-Undang"),
    (r"Perp+u", "Peraturan Pemerintah Pengganti Undang-Undang"),
    (r"PP", "Peraturan Pemerintah"),
    (r"Perpres", "Peraturan Presiden"),
    (r"Keppres", "Keputusan Presiden"),
    (r"Inpres", "Instruksi Presiden"),
    (r"Permendagri", "Peraturan Menteri Dalam Negeri"),
    (r"Kepmendagri", "Keputusan Menteri Dalam Negeri"),
    (
        rf"(?:Per?men\s?-?\s?|Peraturan Menteri ){_PAN}",
        "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi",
    ),
    (
        rf"(?:Kepmen\s?-?\s?|Keputusan Menteri ){_PAN}",
        "Keputusan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi",
    ),
    (r"PMK|Permenkeu", "Peraturan Menteri Keuangan"),
    (r"Perka", "Peraturan Kepala"),
    (r"PerKI", "Peraturan Komisi Informasi"),
    (r"Perda", "Peraturan Daerah"),
    (r"Pergub", "Peraturan Gubernur"),
    (r"Perbup", "Peraturan Bupati"),
    (r"Perwal(?:i|kot)?", "Peraturan Wali Kota"),
    (r"Kepgub", "Keputusan Gubernur"),
    (r"Kepbup", "Keputusan Bupati"),
    (r"Kepwal(?:i|kot)?", "Keputusan Wali Kota"),
)
_SHORT_KINDS = tuple(
    (re.compile(rf"(?<!\()(?:^(?:{short})(?=\s|$)|\b(?:{short})\b{_NUMBERED})", re.IGNORECASE), full)
    for short, full in _KINDS
)
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
_OWN_NAME = re.compile(r"(?:Arsip Nasional|Dasar Negara|Kepolisian Negara|Kejaksaan)$", re.IGNORECASE)
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


def official_form(text: str) -> OfficialForm:
    """The citation ``text`` in its official form, as far as its own words tell."""
    slips: list[tuple[str, str]] = []
    short_kind = ""
    plain = " ".join(text.split())
    for pattern, full in _SHORT_KINDS:
        found = pattern.search(plain)
        if found:
            short_kind = short_kind or found.group()
            slips.append((found.group(), full))
            plain = pattern.sub(full, plain)
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


def _put_right(pattern: re.Pattern[str], right: str, text: str, slips: list[tuple[str, str]]) -> str:
    def change(found: re.Match[str]) -> str:
        typed = found.group()
        if typed == right or (not right and _OWN_NAME.search(text[: found.start()])):
            return typed
        slips.append((typed.strip(), right.strip()))
        return right

    return pattern.sub(change, text)
