"""Kegiatan pasif atau tanpa kata kerja.

Apa: Kegiatan memakai kata kerja aktif (me-, ber-), bukan di- dan bukan kata benda.
Mengapa: Kalimat pasif menyembunyikan siapa yang bertindak.
Salah: Persetujuan disampaikan kepada Sekretaris DPRD
Benar: Menyampaikan persetujuan kepada Sekretaris DPRD
Sumber: PermenPAN-RB 35/2012, simbol dan kegiatan: kata kerja aktif.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import Message, say
from pipeline.model.sop import Sop, Step
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.sentences import Clause, Mood, Sentence
from pipeline.rules.shapes import numbered

_BARE = frozenset(("mulai", "selesai", "ya", "tidak"))


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per row that is passive, nominal or without a verb of the expected form."""
    for row, (step, sentence) in enumerate(zip(sop.steps, ctx.sentences, strict=True)):
        text = step.activity.strip()
        if not text or text.lower().strip(".") in _BARE or sentence.mood is Mood.QUESTION:
            continue
        if sentence.mood is Mood.ACTIVE:
            passive = next((c for c in sentence.clauses[1:] if c.mood is Mood.PASSIVE and not c.agent), None)
            if passive is not None:
                yield _second(row, passive, numbered(step, row))
            continue
        yield Hit(
            ("langkah", row, "kegiatan"),
            _message(sentence, numbered(step, row)),
            _help(step, sentence),
        )


def _second(row: int, clause: Clause, number: str) -> Hit:
    """A hit for a second activity whose actor is hidden by its form; the first one is worded well."""
    return Hit(
        ("langkah", row, "kegiatan"),
        say(
            'Kegiatan kedua pada langkah {n} berbentuk pasif ("{v}"), sehingga pelakunya tidak jelas.',
            n=number,
            v=clause.verb,
        ),
        say("Jadikan langkah tersendiri yang dimulai dengan kata kerja aktif, misalnya Menyampaikan."),
    )


def _help(step: Step, sentence: Sentence) -> Message:
    if not sentence.agent or step.actors:
        return say("Mulai dengan kata kerja aktif, misalnya Menyampaikan, Memeriksa, Menyusun.")
    return say(
        'Tulis "{a}" di kolom Pelaksana, lalu mulai kegiatan dengan kata kerja aktif, misalnya Menyampaikan.',
        a=sentence.agent,
    )


def _message(sentence: Sentence, number: str) -> Message:
    if sentence.agent and sentence.mood is not Mood.PASSIVE:
        return say(
            'Langkah {n} tidak dimulai dengan kata kerja aktif; pelakunya ("{a}") baru disebut sesudah "oleh".',
            n=number,
            a=sentence.agent,
        )
    if sentence.agent:
        return say(
            'Langkah {n} berbentuk pasif ("{v}"); pelakunya ("{a}") baru disebut sesudah "oleh".',
            n=number,
            v=sentence.verb,
            a=sentence.agent,
        )
    if sentence.mood is Mood.PASSIVE:
        return say('Langkah {n} berbentuk pasif ("{v}"), sehingga pelakunya tidak jelas.', n=number, v=sentence.verb)
    return say("Langkah {n} tidak dimulai dengan kata kerja aktif.", n=number)


RULE = Rule(
    code="KEG-02",
    name="kegiatan-pasif",
    severity=Severity.WARNING,
    summary=say("Kegiatan pasif atau tanpa kata kerja"),
    source="PermenPAN-RB 35/2012, simbol: kata kerja aktif",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
