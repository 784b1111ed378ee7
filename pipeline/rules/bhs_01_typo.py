"""Salah ketik.

Apa: Kata ditulis menurut Kamus Besar Bahasa Indonesia. Yang ditemukan ialah kata dalam daftar salah ketik, dan kata
yang berbeda satu huruf dari kata yang biasa dipakai dalam naskah SOP.
Mengapa: Salah ketik dalam naskah resmi memaksa pencetakan dan penandatanganan ulang.
Salah: Persetujuan Pmpinan DPRD; Melakulan verifikasi; telah di sampaikan
Benar: Persetujuan Pimpinan DPRD; Melakukan verifikasi; telah disampaikan
Sumber: Kamus Besar Bahasa Indonesia; daftar salah ketik dari naskah nyata (typos.csv).
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import Message, say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Replacement, Rule
from pipeline.rules.prose import fixable, office_words
from pipeline.rules.spelling import Slip, corrected, misspelled


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per misspelling, in the legal basis too."""
    names = office_words(ctx.office)
    for path, text, slip in misspelled(sop):
        if slip.kind == "ketik" or (slip.kind == "dekat" and slip.wrong.lower() not in names):
            span = (slip.start, slip.end)
            sure = slip.kind == "ketik" and fixable(path)
            fixes = (Replacement(path, slip.rights[0], span),) if sure else ()
            yield Hit(path, _message(slip), advice(text, slip), span=span, fixes=fixes)


def _message(slip: Slip) -> Message:
    if slip.kind == "ketik":
        return say('Salah ketik: "{w}".', w=slip.wrong)
    return say('"{w}" tampaknya salah ketik.', w=slip.wrong)


def advice(text: str, slip: Slip) -> Message:
    """What to write instead, with the words around it."""
    if len(slip.rights) > 1:
        return say('Apakah yang dimaksud "{a}" atau "{b}"?', a=slip.rights[0], b=slip.rights[1])
    phrase = corrected(text, slip)
    if not phrase:
        return say('Tulis "{r}".', r=slip.rights[0])
    return say('Tulis "{r}": "{p}".', r=slip.rights[0], p=phrase)


RULE = Rule(
    code="BHS-01",
    name="salah-ketik",
    severity=Severity.WARNING,
    summary=say("Salah ketik"),
    source="Kamus Besar Bahasa Indonesia",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
    fixable=True,
)
