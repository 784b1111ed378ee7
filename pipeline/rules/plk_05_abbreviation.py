"""Singkatan jabatan yang tidak baku.

Apa: Nama pelaksana ditulis lengkap atau dengan singkatan baku (Kabag, Kasubbag).
Mengapa: "Kab." berarti Kabupaten; singkatan yang tidak dijelaskan tidak dipahami di luar kantor.
Salah: Kab. Penganggaran; Sub. Bagian FPKA
Benar: Kepala Bagian Penganggaran; Kepala Subbagian Fasilitasi Penganggaran
Sumber: Tata naskah dinas; Ejaan Bahasa Indonesia (Subbagian ditulis serangkai).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import Message, say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.topics import abbreviations_in
from pipeline.rules.vocabulary import words

_KAB = re.compile(r"\bKab\.?\s+(?=\w)", re.IGNORECASE)
_SUB = re.compile(r"\b(?:Sub\.\s*|Sub\s+)(?:Bag(?:ian)?)\b\.?|\bSubag\b\.?", re.IGNORECASE)
_GAP = r"(?:\.\s*|\s+)"
_HEAD = re.compile(
    rf"\bKa{_GAP}Sub\.?\s*Bag\b\.?|\bKasub{_GAP}Bag\b\.?|\bKasubag\b\.?|\bKa{_GAP}Bag\b\.?", re.IGNORECASE
)


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """At most one hit per column."""
    known = words("abbreviation") | {position.abbreviation.upper() for position in ctx.office.positions}
    region = ctx.office.region.lower().split()[-1:] or [""]
    for column, name in enumerate(sop.actors):
        fault = _spelling(name, region[0]) or _unexplained(name, known)
        if fault is not None:
            yield Hit(
                ("pelaksana", column),
                fault,
                say(
                    "Tulis nama jabatan lengkap sesuai peraturan organisasi, dan simpan sebutan lama di kolom alias "
                    "jabatan.csv."
                ),
            )


def _spelling(name: str, region: str) -> Message | None:
    kab = _KAB.search(name)
    if kab and not name[kab.end() :].lower().startswith(region):
        return _not_standard(name, kab.group().strip(), "Kepala Bagian")
    head = _HEAD.search(name)
    if head:
        return _not_standard(
            name, head.group().strip(), "Kepala Subbagian" if "sub" in head[0].lower() else "Kepala Bagian"
        )
    sub = _SUB.search(name)
    return _not_standard(name, sub.group().strip(), "Subbagian") if sub else None


def _not_standard(name: str, wrong: str, right: str) -> Message:
    return say('"{w}" dalam "{n}" bukan singkatan baku; maksudnya {r}?', w=wrong, n=name, r=right)


def _unexplained(name: str, known: frozenset[str]) -> Message | None:
    odd = [short for short in abbreviations_in(name) if short not in known]
    if not odd or name.isupper():
        return None
    return say('Singkatan {s} dalam "{n}" tidak dijelaskan.', s=", ".join(odd), n=name)


RULE = Rule(
    code="PLK-05",
    name="singkatan-jabatan",
    severity=Severity.WARNING,
    summary=say("Singkatan jabatan yang tidak baku"),
    source="Tata naskah dinas; Ejaan Bahasa Indonesia",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
)
