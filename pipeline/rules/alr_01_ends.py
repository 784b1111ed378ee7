"""Bagan alir tanpa satu awal dan akhir.

Apa: Bagan alir mempunyai tepat satu awal, di baris pertama, dan sedikitnya satu akhir.
Mengapa: Pembaca harus tahu di mana prosedur dimulai dan kapan selesai.
Salah: dua baris berjenis mulai
Benar: baris pertama mulai, baris terakhir selesai
Sumber: PermenPAN-RB 35/2012, simbol kapsul.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.flow import FINISH
from pipeline.model.message import say
from pipeline.model.sop import Sop, StepKind
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.shapes import is_start, numbered


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """Hits for a missing start, every start that is not the first row, and a missing end."""
    if not sop.steps:
        return
    starts = [row for row, step in enumerate(sop.steps) if is_start(step)]
    # A single row is start and end at once; a first row that decides starts the flow by its place.
    if not starts and len(sop.steps) > 1 and sop.steps[0].kind in (StepKind.PROCESS, StepKind.END):
        yield Hit(
            ("langkah",),
            say("Bagan alir tidak mempunyai awal."),
            say("Isi jenis baris pertama dengan mulai."),
        )
    for order, row in enumerate(starts):
        if row:
            yield _misplaced(sop, row, second=order > 0)
    ends = any(step.kind is StepKind.END for step in sop.steps)
    if not ends and not any(edge.target == FINISH for edge in ctx.flow.edges) and len(sop.steps) > 1:
        yield Hit(
            ("langkah", len(sop.steps) - 1),
            say("Bagan alir tidak mempunyai akhir."),
            say("Isi jenis baris terakhir dengan selesai."),
        )


def _misplaced(sop: Sop, row: int, *, second: bool) -> Hit:
    path, number = ("langkah", row, "jenis"), numbered(sop.steps[row], row)
    if second:
        return Hit(
            path,
            say("Langkah {n} adalah awal kedua; bagan alir hanya mempunyai satu awal.", n=number),
            say("Ubah jenisnya menjadi proses."),
        )
    return Hit(
        path,
        say("Langkah {n} adalah awal, tetapi bukan baris pertama.", n=number),
        say("Jadikan langkah itu baris pertama, atau ubah jenisnya menjadi proses."),
    )


RULE = Rule(
    code="ALR-01",
    name="awal-dan-akhir",
    severity=Severity.ERROR,
    summary=say("Bagan alir tanpa satu awal dan akhir"),
    source="PermenPAN-RB 35/2012, simbol kapsul",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
