"""Masih ada tempat isian.

Apa: Naskah tidak lagi memuat TODO, TBD, "...", atau tempat isian lain.
Mengapa: Tempat isian yang tercetak membuat naskah tidak siap ditandatangani.
Salah: Menyampaikan laporan kepada TODO
Benar: Menyampaikan laporan kepada Pimpinan DPRD
Sumber: Konvensi penyusunan naskah. Pada tahap final menjadi kesalahan, karena naskah akan ditandatangani.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity, Stage
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.prose import texts

_PLACEHOLDER = re.compile(
    r"\b(?:TODO|TBD|FIXME|LOREM IPSUM)\b|\bxxx+\b|\.{4,}|…{2,}|_{3,}"
    r"|\[\s*(?:diisi|isi|\.{2,}|…)[^\]]*\]|<\s*(?:diisi|isi)[^>]*>",
    re.IGNORECASE,
)

_SIGNS = ("todo", "tbd", "fixme", "lorem", "xxx", "....", "……", "___", "[", "<")
"""One of these is in every placeholder."""


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per text that holds a placeholder; the legal basis is left to HKM-05."""
    if not any(sign in ctx.prose for sign in _SIGNS):
        return
    for path, text in ((("nomor",), sop.number), *texts(sop)):
        match = _PLACEHOLDER.search(text)
        if match:
            yield Hit(
                path,
                say('Masih ada tempat isian: "{m}".', m=match.group()),
                say("Isi dengan keterangan yang sebenarnya."),
                severity=Severity.ERROR if ctx.stage is Stage.FINAL else None,
            )


RULE = Rule(
    code="NAR-02",
    name="tempat-isian",
    severity=Severity.WARNING,
    summary=say("Masih ada tempat isian"),
    source="Konvensi penyusunan naskah",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
