"""Panah mundur dari langkah yang bukan keputusan.

Apa: Hanya keputusan yang kembali ke langkah sebelumnya.
Mengapa: Proses yang selalu kembali tidak menyatakan syarat kapan berhenti.
Salah: langkah proses dengan lanjut ke langkah lebih awal
Benar: langkah keputusan dengan tidak ke langkah lebih awal
Sumber: PermenPAN-RB 35/2012: alur bergerak ke bawah; konvensi untuk jalan kembali.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.flow import FINISH
from pipeline.model.message import say
from pipeline.model.sop import Sop
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.shapes import numbered


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per arrow that goes up from a row that does not decide.

    One to its own row is left to ALR-04, a box that decides to ALR-05.
    """
    for edge in ctx.flow.edges:
        step = sop.steps[edge.source]
        if edge.target == FINISH or edge.target >= edge.source or step.decides:
            continue
        yield Hit(
            ("langkah", edge.source, "lanjut"),
            say(
                "Langkah {n} kembali ke langkah {t} tanpa keputusan.",
                n=numbered(step, edge.source),
                t=numbered(sop.steps[edge.target], edge.target),
            ),
            say("Jadikan langkah itu keputusan, atau susun ulang urutannya."),
        )


RULE = Rule(
    code="ALR-08",
    name="mundur-tanpa-keputusan",
    severity=Severity.WARNING,
    summary=say("Panah mundur dari langkah yang bukan keputusan"),
    source="PermenPAN-RB 35/2012, arah alur",
    doc=__doc__,
    check=check,
    confidence=Confidence.MEDIUM,
)
