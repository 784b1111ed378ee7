"""Kegiatan ditulis dengan subjek.

Apa: Kegiatan dimulai dengan kata kerja aktif; pelakunya ada di kolom Pelaksana.
Mengapa: Pelaku yang ditulis dua kali mudah berbeda, dan kolom Pelaksana menjadi tidak dipakai.
Salah: Pimpinan Dewan memberi persetujuan kegiatan reses
Benar: Memberi persetujuan kegiatan reses (kolom Pelaksana: Pimpinan DPRD)
Sumber: PermenPAN-RB 35/2012, simbol dan kegiatan: kata kerja aktif tanpa subjek.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop, Step
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.sentences import Mood
from pipeline.rules.shapes import doer, numbered, span_of


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per row whose sentence begins with an actor, or adds him with *oleh* to an active verb."""
    for row, (step, sentence) in enumerate(zip(sop.steps, ctx.sentences, strict=True)):
        if sentence.mood is not Mood.ACTIVE or not (sentence.subject or sentence.agent):
            continue
        subject = doer(sentence, ctx.names)
        if not subject:
            continue
        if subject == sentence.agent and not sentence.subject:
            yield _after(row, step, subject)
            continue
        rest = step.activity[step.activity.lower().find(sentence.verb) :]
        yield Hit(
            ("langkah", row, "kegiatan"),
            say('Langkah {n} menyebut pelakunya ("{s}") di dalam kegiatan.', n=numbered(step, row), s=subject),
            say(
                'Mulai dengan kata kerja: "{rest}". Pelakunya cukup di kolom Pelaksana.',
                rest=rest[:1].upper() + rest[1:],
            ),
            span=span_of(step.activity, subject),
        )


def _after(row: int, step: Step, agent: str) -> Hit:
    return Hit(
        ("langkah", row, "kegiatan"),
        say('Langkah {n} menyebut pelakunya ("oleh {a}") di dalam kegiatan.', n=numbered(step, row), a=agent),
        say('Hapus "oleh {a}" dari kalimatnya. Pelakunya cukup di kolom Pelaksana.', a=agent),
        span=span_of(step.activity, agent),
    )


RULE = Rule(
    code="KEG-01",
    name="kegiatan-bersubjek",
    severity=Severity.WARNING,
    summary=say("Kegiatan ditulis dengan subjek"),
    source="PermenPAN-RB 35/2012, simbol: kegiatan tanpa subjek",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
