"""Langkah yang sama dengan waktu berbeda pada dua SOP yang mirip.

Apa: Pada dua SOP yang sebagian besar langkahnya sama, langkah yang sama oleh pelaksana yang sama menyebut waktu yang
    sama.
Mengapa: Dua standar untuk satu pekerjaan berarti tidak ada standar; yang dinilai akan memilih yang longgar.
Salah: Mencatat surat masuk, 15 menit; pada SOP lain yang mirip: Mencatat surat masuk, 1 jam
Benar: Mencatat surat masuk, 15 menit, pada kedua SOP
Sumber: Konvensi: satu pekerjaan mempunyai satu standar waktu. Yang dibandingkan SOP yang sedikitnya
    60% langkahnya sama.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from pipeline.model.finding import Confidence, Severity
from pipeline.model.inputs import SopInput
from pipeline.model.message import say
from pipeline.model.naming import fold
from pipeline.model.office import WorkHours
from pipeline.model.sop import Sop, Step
from pipeline.model.timing import span_of
from pipeline.rules.base import Hit, Pointer, Rule
from pipeline.rules.shapes import numbered
from pipeline.rules.similar import Pair, pairs

_SHARE = Fraction(3, 5)
"""Below this two procedures only happen to have steps in common."""


def compare(items: Sequence[SopInput]) -> Iterator[Hit]:
    """A hit per step that an earlier SOP, alike in most steps, gives another time."""
    for pair in pairs(items, _SHARE):
        first, second = items[pair.first], items[pair.second]
        if first.sop is None or second.sop is None:
            continue
        for one, other in pair.rows:
            if _differ(first.sop.steps[one], second.sop.steps[other], second.office.office.hours):
                yield _hit(pair, one, other, first.sop, second.sop)


def _differ(one: Step, other: Step, hours: WorkHours) -> bool:
    if one.time == other.time:
        return False
    spans = span_of(one.time, hours), span_of(other.time, hours)
    same_actor = [fold(name) for name in one.actors[:1]] == [fold(name) for name in other.actors[:1]]
    return same_actor and None not in spans and spans[0] != spans[1]


def _hit(pair: Pair, one: int, other: int, sop: Sop, own: Sop) -> Hit:
    step, mine = sop.steps[one], own.steps[other]
    there = step.time.text if step.time is not None else ""
    return Hit(
        ("langkah", other, "waktu"),
        say(
            'Waktu langkah {n} ("{here}") berbeda dari langkah yang sama pada SOP "{title}" ("{there}").',
            n=numbered(mine, other),
            here=mine.time.text if mine.time is not None else "",
            title=sop.title,
            there=there,
        ),
        say("Samakan waktunya, atau tulis pada kegiatan mengapa berbeda."),
        related=(Pointer(("langkah", one, "waktu"), say("waktu di SOP itu"), pair.first),),
        item=pair.second,
    )


RULE = Rule(
    code="STR-09",
    name="waktu-berbeda-antar-sop",
    severity=Severity.WARNING,
    summary=say("Langkah yang sama dengan waktu berbeda pada dua SOP yang mirip"),
    source="konvensi",
    doc=__doc__,
    compare=compare,
    confidence=Confidence.MEDIUM,
)
