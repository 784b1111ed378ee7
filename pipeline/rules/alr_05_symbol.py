"""Simbol tidak sesuai gunanya.

Apa: Hanya belah ketupat yang bercabang, dan kapsul akhir tidak menuju langkah lain.
Mengapa: Bentuk resmi hanya mengenal lima simbol dengan arti masing-masing. Kotak yang bercabang Ya dan Tidak, atau
    akhir yang berlanjut, tidak dapat dibaca.
Salah: jenis proses, ya: 3, tidak: 1
Benar: jenis keputusan, ya: 3, tidak: 1
Sumber: PermenPAN-RB 35/2012, lima simbol bagan alir.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import Message, say
from pipeline.model.sop import Sop, Step, StepKind
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.shapes import exit_key, numbered

_SYMBOLS = {
    StepKind.START: say("kapsul"),
    StepKind.PROCESS: say("kotak"),
    StepKind.END: say("kapsul"),
}


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per row that has labelled exits but no diamond, and per end that leads on.

    No other symbol can be asked for: whatever else is written under ``jenis`` the reader reports.
    """
    leading = {edge.source: edge for edge in ctx.flow.edges}
    for row, step in enumerate(sop.steps):
        if step.kind is StepKind.DECISION:
            continue
        if step.branches:
            yield Hit(("langkah", row, "jenis"), _branching(step, row), _BRANCHING_HELP)
        elif step.kind is StepKind.END and row in leading:
            yield Hit(
                ("langkah", row, exit_key(leading[row].label)),
                say("Langkah {n} adalah akhir, tetapi menuju langkah lain.", n=numbered(step, row)),
                say("Kosongkan lanjut, atau ubah jenisnya menjadi proses."),
            )


_BRANCHING_HELP = say("Ubah jenisnya menjadi keputusan, atau kosongkan ya, tidak, dan cabang.")


def _branching(step: Step, row: int) -> Message:
    return say(
        "Langkah {n} bercabang, tetapi jenisnya {k} dan digambar sebagai {s}.",
        n=numbered(step, row),
        k=step.kind.value,
        s=_SYMBOLS[step.kind],
    )


RULE = Rule(
    code="ALR-05",
    name="simbol-tidak-sesuai",
    severity=Severity.ERROR,
    summary=say("Simbol tidak sesuai gunanya"),
    source="PermenPAN-RB 35/2012, simbol bagan alir",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
