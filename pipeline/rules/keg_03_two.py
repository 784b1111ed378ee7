"""Satu langkah memuat lebih dari satu kegiatan.

Apa: Satu baris berisi satu kegiatan.
Mengapa: Kegiatan kedua tidak mempunyai pelaksana, waktu, dan output sendiri.
Salah: Menyusun laporan, laporan diserahkan kepada Pimpinan DPRD
Benar: baris 1 Menyusun laporan; baris 2 Menyampaikan laporan kepada Pimpinan DPRD
Sumber: PermenPAN-RB 35/2012, bagan alir: satu baris satu kegiatan.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import Message, say
from pipeline.model.sop import Sop
from pipeline.model.told import told_list
from pipeline.rules.actors import Names
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.parties import doers
from pipeline.rules.sentences import Clause
from pipeline.rules.shapes import numbered


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per row whose sentence states two activities."""
    for row, (step, sentence) in enumerate(zip(sop.steps, ctx.sentences, strict=True)):
        if sentence.second:
            yield Hit(
                ("langkah", row, "kegiatan"),
                say(
                    'Langkah {n} memuat lebih dari satu kegiatan: "{a}" dan "{b}".',
                    n=numbered(step, row),
                    a=sentence.verb or step.activity.split()[0],
                    b=sentence.second,
                ),
                _help(sentence.clauses[1], ctx.names),
            )


def _help(second: Clause, names: Names) -> Message:
    acting = doers(second, names)
    if acting:
        return say(
            'Pisahkan menjadi dua baris; baris kedua dikerjakan "{a}".',
            a=told_list([party.name or party.written for party in acting]),
        )
    return say("Pisahkan menjadi dua baris, masing-masing dengan pelaksana, waktu, dan output.")


RULE = Rule(
    code="KEG-03",
    name="dua-kegiatan",
    severity=Severity.WARNING,
    summary=say("Satu langkah memuat lebih dari satu kegiatan"),
    source="PermenPAN-RB 35/2012, bagan alir: satu baris satu kegiatan",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
