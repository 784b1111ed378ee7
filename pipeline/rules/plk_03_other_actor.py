"""Pelaku dalam kalimat bukan pelaksana yang ditandai.

Apa: Pelaku yang disebut kalimat kegiatan sama dengan pelaksana pada baris itu.
Mengapa: Pembaca tidak tahu siapa yang harus bekerja, dan simbolnya digambar pada kolom yang keliru.
Salah: Sekretaris DPRD menandatangani surat (pelaksana: Kepala Bagian Umum)
Benar: Menandatangani surat (pelaksana: Sekretaris DPRD)
Sumber: PermenPAN-RB 35/2012, bagan alir: kolom Pelaksana. Pelaku dibaca dari bentuk kalimat (subjek kata kerja aktif,
    atau sesudah "oleh"); karena cara membaca itu tidak selalu pasti, temuannya peringatan. Unit dan kepalanya, badan
    dan anggotanya, serta nama lain dalam jabatan.csv dianggap sama.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import Message, say
from pipeline.model.sop import Sop, Step
from pipeline.model.told import told_list
from pipeline.rules.base import Context, Hit, Pointer, Rule
from pipeline.rules.parties import Party, alike, doers, is_another_head
from pipeline.rules.shapes import numbered


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per row whose sentence names someone who acts and is not marked."""
    for row, (step, sentence) in enumerate(zip(sop.steps, ctx.sentences, strict=True)):
        if not step.actors or not sentence.clauses[0].doer:
            continue
        acting = doers(sentence.clauses[0], ctx.names)
        known = [party for party in acting if party.choices or is_another_head(party, step.actors, ctx.names)]
        absent = [party for party in known if not _marked(party, step, ctx)]
        if absent:
            yield _partly(row, step, absent[0]) if len(absent) < len(known) else _other(row, step, absent[0])


def _marked(party: Party, step: Step, ctx: Context) -> bool:
    """Is one of those the party may be marked on the row, by any of his names?"""
    marked = [
        ctx.names.columns[column] if column is not None else ctx.names.same(actor)
        for actor, column in zip(step.actors, step.columns, strict=True)
    ]
    return any(alike(choice, name, ctx.names) for choice in party.choices for name in marked)


def _other(row: int, step: Step, party: Party) -> Hit:
    return _hit(
        row,
        say(
            'Menurut kalimatnya, langkah {n} dikerjakan "{a}", tetapi pelaksananya "{b}".',
            n=numbered(step, row),
            a=party.written,
            b=told_list(step.actors),
        ),
        party,
    )


def _partly(row: int, step: Step, party: Party) -> Hit:
    return _hit(
        row,
        say(
            'Menurut kalimatnya, "{a}" ikut mengerjakan langkah {n}, tetapi pelaksananya hanya "{b}".',
            n=numbered(step, row),
            a=party.written,
            b=told_list(step.actors),
        ),
        party,
    )


def _hit(row: int, message: Message, party: Party) -> Hit:
    return Hit(
        ("langkah", row, "pelaksana"),
        message,
        say(
            'Tandai "{a}" sebagai pelaksana, atau perbaiki kalimatnya dan mulai dengan kata kerja.',
            a=party.name or party.written,
        ),
        related=(Pointer(("langkah", row, "kegiatan"), say("kalimatnya")),),
    )


RULE = Rule(
    code="PLK-03",
    name="pelaku-berbeda",
    severity=Severity.WARNING,
    summary=say("Pelaku dalam kalimat bukan pelaksana yang ditandai"),
    source="PermenPAN-RB 35/2012, bagan alir: Pelaksana",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
)
