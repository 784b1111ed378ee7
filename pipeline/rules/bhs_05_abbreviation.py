"""Singkatan tidak dijelaskan.

Apa: Singkatan yang tidak umum diberi kepanjangannya di naskah, misalnya dalam kurung pada pemakaian pertama. Singkatan
dalam nama kolom pelaksana dinilai oleh PLK-05.
Mengapa: Pelaksana baru dan pembaca di luar kantor tidak mengetahui arti singkatan setempat.
Salah: Menyampaikan ND kepada Sekretaris DPRD
Benar: Menyampaikan nota dinas (ND) kepada Sekretaris DPRD
Sumber: Konvensi penyusunan naskah. Yang dianggap umum: abbreviations.csv dan kolom singkatan jabatan.csv.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.prose import office_words, printed
from pipeline.rules.vocabulary import expansions, words

_SHORT = re.compile(r"(?<![\w.@-])[A-Z]{2,8}(?![\w@]|\.\w)")
_CAPITALS = re.compile(r"[A-Z]{2}")
_ROMAN = re.compile(r"[DS]?[IVXLC]+$")
"""Roman numbers, and degrees: DIII."""
_IN_BRACKETS = re.compile(r"\(([A-Z]{2,8})\)|\b([A-Z]{2,8})\s*[(=]\s*(?=([A-Za-z])[^)]*\s)")


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per abbreviation, at its first use. One that a column's name holds is told by PLK-05."""
    every = printed(sop).matching(_CAPITALS)
    told = {short for path, text in every if path[0] == "pelaksana" for short in _SHORT.findall(text)}
    told |= {short for _, text in every for short in _explained(text)}
    names = office_words(ctx.office)
    for path, text in every:
        if path[0] == "dasar_hukum" or text.isupper():
            continue
        for match in _SHORT.finditer(text):
            short = match.group()
            if short in told or _common(short) or short.lower() in names:
                continue
            told.add(short)
            yield Hit(
                path,
                say("Singkatan {s} tidak dijelaskan di naskah ini.", s=short),
                say(
                    'Tulis kepanjangannya pada pemakaian pertama, dengan singkatan dalam kurung: "... ({s})". Bila '
                    "{s} sebutan jabatan atau unit, isikan di kolom singkatan jabatan.csv.",
                    s=short,
                ),
                span=match.span(),
            )


def _common(short: str) -> bool:
    return short in words("abbreviation") or short.lower() in dict(expansions()) or bool(_ROMAN.match(short))


def _explained(text: str) -> Iterator[str]:
    """ "Nota Dinas (ND)" and "ND (Nota Dinas)"."""
    if "(" in text or "=" in text:
        for match in _IN_BRACKETS.finditer(text):
            if match[1] or match[2][0].lower() == match[3].lower():
                yield match[1] or match[2]


RULE = Rule(
    code="BHS-05",
    name="singkatan-tidak-dijelaskan",
    severity=Severity.INFO,
    summary=say("Singkatan tidak dijelaskan"),
    source="Konvensi penyusunan naskah",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
)
