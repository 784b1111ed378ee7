"""Butir dasar hukum tanpa titik koma atau titik.

Apa: Setiap butir berakhir dengan titik koma, butir terakhir dengan titik.
Mengapa: Butir tanpa tanda akhir terlihat sebagai naskah yang belum diperiksa.
Salah: butir 1 tanpa tanda, butir 2 berakhir titik koma
Benar: butir 1 berakhir titik koma, butir 2 (terakhir) berakhir titik
Sumber: UU 12/2011 Lampiran II angka 52.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import Message, say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Replacement, Rule
from pipeline.rules.canonical import suggestion


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per item without its mark; one for the whole list when no item has one."""
    ends = [text.rstrip().removesuffix("dan").rstrip()[-1:] for text in sop.legal_basis]
    last = len(ends) - 1
    wrong = [index for index, end in enumerate(ends) if end not in ((".", ";") if index == last else (";",))]
    if wrong and not any(end in (";", ".") for end in ends):
        yield Hit(
            ("dasar_hukum",),
            say("Butir dasar hukum tidak berakhir dengan titik koma atau titik."),
            _HELP,
            fixes=tuple(fix for index in wrong for fix in _fixes(sop, ctx, index)),
        )
        return
    for index in wrong:
        fixes = tuple(_fixes(sop, ctx, index))
        yield Hit(("dasar_hukum", index), _message(index, last), _help(sop, ctx, index), fixes=fixes)


def _fixes(sop: Sop, ctx: Context, index: int) -> Iterator[Replacement]:
    """The mark itself; none where the item breaks off or leads on to the next, or where some item is no regulation
    but perhaps a part of one."""
    text, last = sop.legal_basis[index], len(sop.legal_basis) - 1
    bare = text.rstrip(" ,.:;")
    if not all(citation.kind for citation in ctx.citations):
        return
    if text[len(bare) :] in ("", ",", ".", ":", ";") and not bare.endswith(("…", " dan", " serta")):
        yield Replacement(("dasar_hukum", index), "." if index == last else ";", (len(bare), len(text)))


def _message(index: int, last: int) -> Message:
    if index == last:
        return say("Butir {n} tidak berakhir dengan titik (.).", n=index + 1)
    return say("Butir {n} tidak berakhir dengan titik koma (;).", n=index + 1)


def _help(sop: Sop, ctx: Context, index: int) -> Message:
    first = ctx.citations[index]
    whole = " ".join(suggestion(sop, ctx, index, citation) for citation in (first, *first.also))
    return say('Tulis butir ini: "{t}"', t=whole)


_HELP = say("Akhiri setiap butir dengan titik koma (;) dan butir terakhir dengan titik (.).")

RULE = Rule(
    code="HKM-09",
    name="tanda-akhir-butir",
    severity=Severity.WARNING,
    summary=say("Butir dasar hukum tanpa titik koma atau titik"),
    source="UU 12/2011 Lampiran II angka 52",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
    fixable=True,
)
