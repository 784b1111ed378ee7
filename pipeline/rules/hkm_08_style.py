"""Penulisan dasar hukum belum baku.

Apa: Dasar hukum ditulis dalam bentuk resmi: jenis tanpa singkatan, "Nomor", "Tahun", dan "tentang" huruf kecil.
Mengapa: Dasar hukum dicetak persis seperti diketik; singkatan tidak pantas dalam naskah resmi.
Salah: UU No. 23/2014 Tentang Pemerintahan Daerah
Benar: Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah
Sumber: UU 12/2011 Lampiran II tentang dasar hukum. Jenis yang disingkat (UU, PP, Perda, Perbup, Permendagri) menjadi
peringatan, selebihnya catatan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import Message, joined, say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Replacement, Rule
from pipeline.rules.canonical import suggestion
from pipeline.rules.edits import replacements
from pipeline.rules.official_form import official_form

_DECREE = re.compile(r"(?:Keputusan|Surat|Instruksi|Naskah|Pengumuman)\b|SK\b|SE\b")


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per item that is not written as official documents write it; the help gives it whole."""
    for index, citation in enumerate(ctx.citations):
        if citation.also:
            yield _several(sop, ctx, index)
            continue
        form = official_form(citation.text)
        if not form.slips:
            continue
        yield Hit(
            ("dasar_hukum", index),
            say(
                "Penulisan dasar hukum ini belum baku: {s}.",
                s=joined(", ", [_slip(typed, right) for typed, right in dict.fromkeys(form.slips)]),
            ),
            say('Tulis "{t}"', t=suggestion(sop, ctx, index, citation)),
            severity=Severity.WARNING if form.short_kind else Severity.INFO,
            fixes=_fixes(index, sop.legal_basis[index]),
        )


def _fixes(index: int, text: str) -> tuple[Replacement, ...]:
    """The office's own words in the official form: nothing of the register is put in.

    A slash in a decree may belong to its number, and what is not right after one change is left to a person.
    """
    form = official_form(text)
    if any("/" in typed for typed, _ in form.slips) and _DECREE.match(form.text):
        return ()
    if official_form(form.text).slips:
        return ()
    return replacements(("dasar_hukum", index), text, form.text)


def _several(sop: Sop, ctx: Context, index: int) -> Hit:
    first = ctx.citations[index]
    each = [suggestion(sop, ctx, index, citation) for citation in (first, *first.also)]
    return Hit(
        ("dasar_hukum", index),
        say("Butir ini memuat {n} peraturan; setiap peraturan menjadi satu butir.", n=len(each)),
        say('Pisahkan menjadi: "{t}"', t='", "'.join(each)),
        source="UU 12/2011 Lampiran II angka 52",
    )


def _slip(typed: str, right: str) -> Message:
    if not right:
        return say('"{typed}" dihapus', typed=typed)
    return say('"{typed}" seharusnya "{right}"', typed=typed, right=right)


RULE = Rule(
    code="HKM-08",
    name="penulisan-dasar-hukum",
    severity=Severity.INFO,
    summary=say("Penulisan dasar hukum belum baku"),
    source="UU 12/2011 Lampiran II",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
    fixable=True,
)
