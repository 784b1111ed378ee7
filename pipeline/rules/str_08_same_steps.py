"""Dua SOP dengan langkah yang hampir sama.

Apa: Kegiatan yang sama diatur oleh satu SOP; dua SOP yang lebih dari 80% langkahnya sama adalah satu prosedur.
Mengapa: Bila hanya salah satu yang diperbarui, pelaksana tidak tahu mana yang berlaku.
Salah: SOP Pengelolaan Surat Masuk dan SOP Penanganan Surat Masuk dengan sembilan dari sepuluh langkah sama
Benar: satu SOP, atau SOP kedua merujuk SOP pertama untuk langkah yang sama
Sumber: Bahan KemenPANRB tentang penyusunan SOP: kegiatan yang sama mempunyai SOP yang sama. Ambang 80% adalah konvensi.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from pipeline.model.finding import Confidence, Severity
from pipeline.model.inputs import SopInput
from pipeline.model.message import say
from pipeline.model.naming import bare_title, fold
from pipeline.rules.base import Hit, Pointer, Rule
from pipeline.rules.similar import Pair, pairs

_SHARE = Fraction(4, 5)


def compare(items: Sequence[SopInput]) -> Iterator[Hit]:
    """A hit at every SOP most of whose steps an earlier one has; those of equal titles are left to STR-04."""
    for pair in pairs(items, _SHARE):
        first, second = items[pair.first].sop, items[pair.second].sop
        if first is None or second is None or fold(bare_title(first.title)) == fold(bare_title(second.title)):
            continue
        yield _hit(pair, items, first.title, len(second.steps))


def _hit(pair: Pair, items: Sequence[SopInput], title: str, count: int) -> Hit:
    return Hit(
        ("langkah",),
        say(
            '{shared} dari {count} langkah sama dengan SOP "{title}" ({other}).',
            shared=len(pair.rows),
            count=count,
            title=title,
            other=items[pair.first].id,
        ),
        say(
            "Bila prosedurnya sama, jadikan satu SOP. Bila berbeda, tulis bedanya pada kegiatan, dan rujuk SOP itu "
            "untuk langkah yang sama."
        ),
        related=(Pointer(("langkah",), say("langkah yang sama"), pair.first),),
        item=pair.second,
        subject=items[pair.first].id,
    )


RULE = Rule(
    code="STR-08",
    name="langkah-hampir-sama",
    severity=Severity.WARNING,
    summary=say("Dua SOP dengan langkah yang hampir sama"),
    source="Bahan KemenPANRB: kegiatan yang sama mempunyai SOP yang sama",
    doc=__doc__,
    compare=compare,
    confidence=Confidence.HIGH,
)
