"""Langkah tanpa pelaksana.

Apa: Setiap langkah mempunyai pelaksana.
Mengapa: Tanpa pelaksana, tidak ada yang bertanggung jawab dan simbolnya tidak dapat digambar.
Salah: Persetujuan disampaikan kepada Sekretaris DPRD (pelaksana kosong)
Benar: Menyampaikan persetujuan kepada Sekretaris DPRD (pelaksana: Pimpinan DPRD)
Sumber: PermenPAN-RB 35/2012, bagan alir: kolom Pelaksana.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import Message, say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.shapes import doer, numbered


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per row without actor; a narrative draft is left to NAR-01."""
    if ctx.narrative:
        return
    for row, step in enumerate(sop.steps):
        if not step.actors:
            yield Hit(
                ("langkah", row, "pelaksana"),
                say("Langkah {n} tidak mempunyai pelaksana.", n=numbered(step, row)),
                _help(ctx, row),
            )


def _help(ctx: Context, row: int) -> Message:
    named = doer(ctx.sentences[row], ctx.names)
    if named:
        return say("Menurut kalimatnya: {a}.", a=ctx.names.leading(named) or named)
    return say("Isi kolom pelaksana dengan jabatan yang mengerjakannya.")


RULE = Rule(
    code="PLK-01",
    name="tanpa-pelaksana",
    severity=Severity.ERROR,
    summary=say("Langkah tanpa pelaksana"),
    source="PermenPAN-RB 35/2012, bagan alir: Pelaksana",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
