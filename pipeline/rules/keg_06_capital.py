"""Huruf kapital keliru di tengah kegiatan.

Apa: Di tengah kalimat kegiatan, kata kerja dan kata tugas ditulis dengan huruf kecil, kata yang sama ditulis dengan
    cara yang sama, dan "Dewan" sebagai sebutan DPRD ditulis dengan huruf kapital.
Mengapa: Huruf kapital menandai nama; kata biasa berhuruf kapital dibaca sebagai nama yang tidak ada.
Salah: Dewan Menyusun laporan, laporan diserahkan kepada dewan
Benar: Menyusun laporan; Menyerahkan laporan kepada Pimpinan DPRD
Sumber: Ejaan Bahasa Indonesia yang Disempurnakan, huruf kapital. Nama, jabatan, singkatan, judul dokumen, kata sesudah
    titik, titik dua, atau tanda petik, dan naskah yang seluruhnya berhuruf kapital tidak diperiksa.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache

from pipeline.model.finding import Confidence, DataPath, Severity
from pipeline.model.message import Message, say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Replacement, Rule
from pipeline.rules.sentences import is_active, is_passive
from pipeline.rules.shapes import numbered
from pipeline.rules.spelling import is_of_the_field
from pipeline.rules.vocabulary import words

_WORD = re.compile(r"[^\W\d_][\w'-]*")
_INNER = re.compile(r"\s[A-Z][a-z]")
_TITLED = re.compile(r"[A-Z][a-z]+$")
_COUNCIL = re.compile(
    r"\bdewan\b(?!\s+(?:pendidikan|juri|pengawas|guru|pengurus|pembina|komisaris|direksi|pakar|kesenian))"
)
_SMALL = frozenset(
    (
        *(
            "dan",
            "atau",
            "yang",
            "untuk",
            "dari",
            "pada",
            "dengan",
            "oleh",
            "dalam",
            "kepada",
            "serta",
            "sebagai",
            "agar",
        ),
        *("tentang", "terhadap", "bagi", "secara", "melalui", "di", "ke"),
    )
)
_NAMING = frozenset(("di", "ke", "dalam", "bagi"))
"""Words that may be part of a name behind which nothing has a capital (Dalam negeri)."""
_COUNCIL_OF = re.compile(r"\b(?:anggota|pimpinan|ketua|sekretariat|sekretaris)\s+$", re.IGNORECASE)
_NEW = ".:;\"“”‘'([/•"
"""After these a capital may begin something new."""


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """At most two hits per row: the first capital that should be none, and the first *dewan* that should have one."""
    small = cache(lambda: _lower_words(sop))  # counted only where a capital asks for it
    for row, step in enumerate(sop.steps):
        text = step.activity
        if text.isupper() or not (_INNER.search(text) or "dewan" in text):
            continue
        capitals, councils = list(_capitals(text, small)), list(_councils(text, ctx))
        for found in (capitals, councils):
            if not found:
                continue
            word, right, start, _ = found[0]
            yield Hit(
                ("langkah", row, "kegiatan"),
                _message(word, right, numbered(step, row)),
                say('Tulis "{r}".', r=right),
                span=(start, start + len(word)),
                fixes=tuple(_fixes(("langkah", row, "kegiatan"), found)),
            )


_Found = tuple[str, str, int, bool]
"""(word, as it should be, where it begins, whether that is certain)"""


def _fixes(path: DataPath, found: list[_Found]) -> Iterator[Replacement]:
    """All that are certain, if the one that is told is."""
    if found[0][3]:
        yield from (Replacement(path, right, (at, at + len(word))) for word, right, at, sure in found if sure)


def _capitals(text: str, small: Callable[[], frozenset[str]]) -> Iterator[_Found]:
    """Every word that has a capital for no reason; certain are function words and verbs of the field."""
    found = list(_WORD.finditer(text))
    for index, match in enumerate(found[1:], start=1):
        word = match.group()
        if not _TITLED.match(word) or text[: match.start()].rstrip()[-1:] in _NEW or _in_name(found, index):
            continue
        lower = word.lower()
        verb = is_active(lower) or is_passive(lower)
        if verb or lower in _SMALL or (_alone(found, index) and lower in small()):
            sure = (lower in _SMALL and lower not in _NAMING) or (verb and is_of_the_field(lower))
            yield word, lower, match.start(), sure


def _in_name(found: list[re.Match[str]], index: int) -> bool:
    """Does the word stand among capitals on both sides, as in a title that is written so throughout?"""
    after = found[index + 1].group() if index + 1 < len(found) else ""
    before = found[index - 1].group()
    return index > 1 and bool(before[:1].isupper() and after[:1].isupper())


def _alone(found: list[re.Match[str]], index: int) -> bool:
    """Is the word the only one with a capital among its neighbours?"""
    after = found[index + 1].group() if index + 1 < len(found) else ""
    before = found[index - 1].group() if index > 1 else ""
    return not before[:1].isupper() and not after[:1].isupper()


def _lower_words(sop: Sop) -> frozenset[str]:
    """Words that the steps mostly write with a small letter, without those that may be an actor's name."""
    count = Counter(match.group() for step in sop.steps for match in list(_WORD.finditer(step.activity))[1:])
    usual = (word for word, times in count.items() if word.islower() and times > count[word.capitalize()])
    return frozenset(word for word in usual if len(word) > 3) - words("actor")


def _councils(text: str, ctx: Context) -> Iterator[_Found]:
    if "dewan" in text and "dprd" in ctx.office.unit.lower():
        for match in _COUNCIL.finditer(text):
            yield match.group(), "Dewan", match.start(), bool(_COUNCIL_OF.search(text[: match.start()]))


def _message(word: str, right: str, number: str) -> Message:
    if right[:1].isupper():
        return say('"{w}" pada langkah {n} adalah sebutan DPRD, tetapi ditulis dengan huruf kecil.', w=word, n=number)
    return say('"{w}" di tengah kegiatan langkah {n} berhuruf kapital.', w=word, n=number)


RULE = Rule(
    code="KEG-06",
    name="huruf-kapital-kegiatan",
    severity=Severity.WARNING,
    summary=say("Huruf kapital keliru di tengah kegiatan"),
    source="Ejaan Bahasa Indonesia yang Disempurnakan, huruf kapital",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
    fixable=True,
)
