"""Kata tidak baku.

Apa: Kata memakai bentuk baku.
Mengapa: Naskah dinas memakai bahasa Indonesia baku.
Salah: aktifitas; analisa; tupoksi
Benar: aktivitas; analisis; tugas dan fungsi
Sumber: Kamus Besar Bahasa Indonesia; Ejaan Bahasa Indonesia yang Disempurnakan.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Replacement, Rule
from pipeline.rules.bhs_01_typo import advice
from pipeline.rules.prose import fixable, office_words
from pipeline.rules.spelling import Slip, misspelled

_OTHER_WORDS = frozenset(
    ("tupoksi", "tugas pokok dan fungsi", "legalisir", "notulensi", "mengkoordinir", "dimana", "rubah")
)
"""For these another word is meant, not another spelling of the same: a person decides."""


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per listed form; titles of regulations keep theirs."""
    for path, text, slip in misspelled(sop):
        if slip.kind == "baku" and path[0] != "dasar_hukum":
            span = (slip.start, slip.end)
            sure = fixable(path) and path[0] != "judul" and _is_spelling(text, slip, ctx)
            yield Hit(
                path,
                say('"{w}" bukan bentuk baku.', w=slip.wrong),
                advice(text, slip),
                span=span,
                fixes=(Replacement(path, slip.rights[0], span),) if sure else (),
            )


def _is_spelling(text: str, slip: Slip, ctx: Context) -> bool:
    """Is only the spelling of an ordinary word wrong? A capital inside a sentence makes it part of a name."""
    wrong = slip.wrong.lower()
    is_name = slip.wrong[:1].isupper() and slip.start > 0 and not text.isupper()
    return wrong not in _OTHER_WORDS and not is_name and wrong not in office_words(ctx.office)


RULE = Rule(
    code="BHS-04",
    name="kata-tidak-baku",
    severity=Severity.INFO,
    summary=say("Kata tidak baku"),
    source="Kamus Besar Bahasa Indonesia",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
    fixable=True,
)
