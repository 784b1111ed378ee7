"""Penulisan dasar hukum belum baku.

Apa: Dasar hukum ditulis dalam bentuk resmi: jenis tanpa singkatan, "Nomor", "Tahun", dan "tentang" huruf kecil.
Mengapa: Dasar hukum dicetak persis seperti diketik; singkatan tidak pantas dalam naskah resmi.
Salah: UU No. 23/2014 Tentang Pemerintahan Daerah
Benar: Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah
Sumber: UU 12/2011 Lampiran II tentang dasar hukum. Jenis yang disingkat (UU, PP, Perda, Perbup, Permendagri) menjadi
peringatan, selebihnya catatan.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.citations import Citation
from pipeline.rules.official_form import official_form


def check(_sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per citation that is not written as official documents write it; the help gives it whole."""
    for index, citation in enumerate(ctx.citations):
        form = official_form(citation.text)
        if not form.slips:
            continue
        slips = dict.fromkeys(form.slips)
        yield Hit(
            ("dasar_hukum", index),
            say(
                id="Penulisan dasar hukum ini belum baku: {s}.",
                en="This legal basis is not in the official form: {e}.",
                s=", ".join(_slip(typed, right, "seharusnya", "dihapus") for typed, right in slips),
                e=", ".join(_slip(typed, right, "should be", "to be left out") for typed, right in slips),
            ),
            say(id='Tulis "{t}"', en='Write "{t}"', t=_whole(citation, form.text, ctx)),
            severity=Severity.WARNING if form.short_kind else Severity.INFO,
        )


def _slip(typed: str, right: str, should: str, left_out: str) -> str:
    return f'"{typed}" {should} "{right}"' if right else f'"{typed}" {left_out}'


def _whole(citation: Citation, corrected: str, ctx: Context) -> str:
    """The citation as the register has it, else as its own words put right; its last mark is kept."""
    row = ctx.register.find(citation) if citation.complete else None
    if row is None or citation.amended or not row.about:
        return corrected
    mark = corrected[-1:] if corrected.endswith((";", ".")) else ""
    return f"{row.long}{mark}"


RULE = Rule(
    code="HKM-08",
    name="penulisan-dasar-hukum",
    severity=Severity.INFO,
    summary=say(id="Penulisan dasar hukum belum baku", en="A legal basis is not in the official form"),
    source="UU 12/2011 Lampiran II",
    doc=__doc__,
    check=check,
)
