"""Spasi berlebih.

Apa: Di antara dua kata hanya ada satu spasi, dan sebelum koma, titik koma, atau kurung tutup tidak ada spasi. Spasi
di awal dan di akhir sel tidak dinilai, karena dibuang ketika berkas dibaca.
Mengapa: Spasi berlebih tercetak sebagai celah, dan membuat dua teks yang sama dianggap berbeda.
Salah: Surat␣␣masuk␣, lembar disposisi (␣ berarti spasi)
Benar: Surat masuk, lembar disposisi
Sumber: Ejaan Bahasa Indonesia yang Disempurnakan, pemakaian tanda baca.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import Message, say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Replacement, Rule
from pipeline.rules.prose import fixable, printed

_BLANKS = "[ \\t\u00a0\u2000-\u200a\u3000]"
_MARK = re.compile(rf"(?<=\S)(?:{_BLANKS}{{2,}}(?=\S)|{_BLANKS}(?=[,;)]))|(?<=\(){_BLANKS}")
_SIGNS = ("  ", " ,", " ;", " )", "( ", *"\t\u00a0\u3000", *map(chr, range(0x2000, 0x200B)))
"""Without one of these there is nothing to find."""
_BEFORE = re.compile(r"\S+$")
_AFTER = re.compile(r"\S+")


def check(sop: Sop, _ctx: Context) -> Iterator[Hit]:
    """A hit per run of blanks that is longer than one or stands before a mark that takes none."""
    for path, text in printed(sop).holding(_SIGNS):
        for mark in _MARK.finditer(text):
            before, after = _BEFORE.search(text[: mark.start()]), _AFTER.match(text, mark.end())
            first, second = before.group() if before else "", after.group() if after else ""
            closed = second[:1] in (",", ";", ")") or first.endswith("(")
            yield Hit(
                path,
                _message(text[mark.start() - len(first) : mark.end() + len(second)], closed=closed),
                say('Tulis "{r}".', r=f"{first}{second}" if closed else f"{first} {second}"),
                span=mark.span(),
                fixes=(Replacement(path, "" if closed else " ", mark.span()),) if fixable(path) else (),
            )


def _message(piece: str, *, closed: bool) -> Message:
    if closed:
        return say('Ada spasi yang tidak perlu dalam "{g}".', g=piece)
    return say('Ada lebih dari satu spasi dalam "{g}".', g=piece)


RULE = Rule(
    code="BHS-03",
    name="spasi-berlebih",
    severity=Severity.INFO,
    summary=say("Spasi berlebih"),
    source="Ejaan Bahasa Indonesia yang Disempurnakan",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
    fixable=True,
)
