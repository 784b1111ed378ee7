"""Peraturan sudah diubah, tetapi perubahannya belum disebut.

Apa: Peraturan yang sudah diubah disebut bersama perubahannya, dan perubahan yang disebut memang yang terakhir.
Mengapa: Yang berlaku adalah bunyi sesudah perubahan; pembaca perlu tahu perubahan mana yang dipakai.
Salah: Undang-Undang Nomor 12 Tahun 2011 tentang Pembentukan Peraturan Perundang-undangan
Benar: ... sebagaimana telah beberapa kali diubah, terakhir dengan Undang-Undang Nomor 13 Tahun 2022 tentang ...
Sumber: UU 12/2011 Lampiran II. Peringatan bila daftarnya ditulis lengkap (dengan Lembaran Negara atau klausa
perubahan), selebihnya catatan.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import Message, say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.canonical import in_full, suggestion
from pipeline.rules.citations import Citation
from pipeline.rules.register import Regulation


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per citation of a regulation amended by the day of the SOP that does not name its last amendment."""
    full = in_full(ctx) or any(citation.amended for _, citation in ctx.cited)
    for index, citation in ctx.cited:
        row = ctx.register.find(citation) if citation.complete else None
        past = ctx.register.amendments(row, ctx.day) if row is not None and not row.revoked else ()
        if row is None or not past:
            continue
        message = _message(citation, row, past, ctx)
        if message is None:
            continue
        yield Hit(
            ("dasar_hukum", index),
            message,
            say('Tulis "{t}"', t=suggestion(sop, ctx, index, citation)),
            severity=Severity.WARNING if full and row.sure and not citation.amended else Severity.INFO,
            source=f"{past[-1]} mengubah {row.short}",
        )


def _message(citation: Citation, row: Regulation, past: tuple[str, ...], ctx: Context) -> Message | None:
    last = past[-1]
    if citation.amendment is not None:
        named = [by.short for by in citation.amendment.by]
        # What the register does not know may well be younger than all it knows.
        if not named or last in named or any(short not in past for short in named):
            return None
        return say("Perubahan terakhir {r} ialah {last}, bukan {named}.", r=row.short, last=last, named=named[-1])
    if ctx.cited_shorts & set(past):
        return None  # The amendment is an item of its own: HKM-14 speaks of that.
    return say("{r} sudah diubah, terakhir dengan {last}, tetapi perubahannya belum disebut.", r=row.short, last=last)


RULE = Rule(
    code="HKM-03",
    name="perubahan-tidak-disebut",
    severity=Severity.WARNING,
    summary=say("Perubahan peraturan belum disebut"),
    source="UU 12/2011 Lampiran II",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
