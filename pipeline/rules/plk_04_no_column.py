"""Pelaku yang disebut tidak mempunyai kolom pelaksana.

Apa: Setiap jabatan atau lembaga yang menurut isinya ikut bekerja mempunyai kolom pelaksana.
Mengapa: Jawaban, disposisi, atau rapat bersama tidak mungkin ada bila yang menjawab atau hadir tidak ada dalam SOP.
Salah: Output "Jawaban Dewan dan SKPD" tanpa kolom SKPD
Benar: kolom Perangkat Daerah dengan langkah "Menjawab keluhan masyarakat", atau output "Jawaban Anggota DPRD"
Sumber: PermenPAN-RB 35/2012, bagan alir: kolom Pelaksana. Yang dilihat: pelaku kegiatan kedua, yang bekerja "bersama"
    atau "dengan" pelaksana, yang diberi tugas ("mendisposisikan kepada"), dan yang perbuatannya menjadi output
    (disposisi, persetujuan, jawaban, tanggapan, rekomendasi, paraf). Penerima surat di luar kantor dan kelengkapan
    tidak dihitung.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.finding import Confidence, DataPath, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.parties import Party, doers, has_column, is_another_head, is_outside, parties
from pipeline.rules.sentences import Sentence
from pipeline.rules.shapes import numbered, span_of
from pipeline.rules.vocabulary import words

_ACT = re.compile(
    r"\s*(?:lembar\s+|surat\s+)?(?:disposisi|persetujuan|jawaban|tanggapan|rekomendasi|arahan|paraf|tanda\s+tangan|pendapat)"
    r"\s+(?:dari\s+)?",
    re.IGNORECASE,
)
"""What only the one who is named after it can produce."""


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per actor without a column, at the first place that names him."""
    if not sop.actors:
        return
    told: set[str] = set()
    for row, sentence in enumerate(ctx.sentences):
        for path, party in _named(sop, ctx, row, sentence):
            name = party.name or (party.written if is_another_head(party, sop.actors, ctx.names) else "")
            if name and name not in told and not has_column(party, ctx.names):
                told.add(name)
                yield _hit(sop, row, path, party)


def _named(sop: Sop, ctx: Context, row: int, sentence: Sentence) -> Iterator[tuple[DataPath, Party]]:
    """Those who must act by the words of a row, and where they are named; its own actor is left to PLK-03."""
    path: DataPath = ("langkah", row, "kegiatan")
    for number, clause in enumerate(sentence.clauses):
        found = list(doers(clause, ctx.names)) if number else []
        for phrase in clause.companions:
            found += parties(phrase, ctx.names)
        if clause.verb in words("tasking"):
            found += [p for r in clause.recipients for p in parties(r, ctx.names) if not is_outside(p, ctx.office)]
        for party in found:
            yield path, party
    for index, output in enumerate(sop.steps[row].outputs):
        act = _ACT.match(output)
        if act is not None:
            for party in parties(output[act.end() :], ctx.names):
                yield ("langkah", row, "output", index), party


def _hit(sop: Sop, row: int, path: DataPath, party: Party) -> Hit:
    step = sop.steps[row]
    text = step.outputs[path[3]] if len(path) > 3 and isinstance(path[3], int) else step.activity
    return Hit(
        path,
        say(
            'Langkah {n} menyebut "{a}" sebagai pelaku, tetapi tidak ada kolom pelaksananya.',
            n=numbered(step, row),
            a=party.written,
        ),
        say(
            'Tambahkan "{a}" ke `pelaksana` beserta langkahnya, atau hapus dari kalimat bila ia tidak ikut bekerja.',
            a=party.name or party.written,
        ),
        span=span_of(text, party.written),
    )


RULE = Rule(
    code="PLK-04",
    name="pelaku-tanpa-kolom",
    severity=Severity.WARNING,
    summary=say("Pelaku yang disebut tidak mempunyai kolom"),
    source="PermenPAN-RB 35/2012, bagan alir: Pelaksana",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
)
