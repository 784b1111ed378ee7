"""Kelengkapan, waktu, atau output kosong.

Apa: Setiap langkah mempunyai kelengkapan, waktu, dan output. Tanda "-" sama dengan kosong.
Mengapa: Sel kosong berarti tidak ada ukuran masukan, lama, atau hasil untuk langkah itu.
Salah: Mencatat surat | kelengkapan (kosong) | 10 menit | Surat tercatat
Benar: Mencatat surat | Surat masuk; buku agenda | 10 menit | Surat tercatat
Sumber: PermenPAN-RB 35/2012, bagan alir: mutu baku.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop, Step
from pipeline.model.told import told_list
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.mut_01_columns import COLUMNS
from pipeline.rules.shapes import has_time, numbered, states

_HELP = say("Isi menurut pelaksanaan yang sebenarnya. Jika belum diketahui, tanyakan kepada pelaksana.")


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per row naming its empty cells; one for all rows where a column is empty throughout."""
    if ctx.narrative or not sop.steps:
        return
    empty = {column: [row for row, step in enumerate(sop.steps) if not _filled(step, column)] for column in COLUMNS}
    whole = [column for column in COLUMNS if len(empty[column]) == len(sop.steps) and len(sop.steps) > 1]
    for column in whole:
        yield Hit(
            ("langkah",),
            say("Semua {n} langkah tidak mempunyai {c}.", n=len(sop.steps), c=column),
            _HELP,
            about=(f"langkah.{column}",),
        )
    for row, step in enumerate(sop.steps):
        missing = [column for column in COLUMNS if column not in whole and row in empty[column]]
        if missing:
            yield Hit(
                ("langkah", row, missing[0]),
                say("Langkah {n} tidak mempunyai {c}.", n=numbered(step, row), c=told_list(missing)),
                _HELP,
                about=tuple(f"langkah.{column}" for column in missing),
            )


def _filled(step: Step, column: str) -> bool:
    if column == "waktu":
        return has_time(step)
    return states(*(step.inputs if column == "kelengkapan" else step.outputs))


RULE = Rule(
    code="MUT-02",
    name="mutu-baku-kosong",
    severity=Severity.ERROR,
    summary=say("Kelengkapan, waktu, atau output kosong"),
    source="PermenPAN-RB 35/2012, bagan alir: mutu baku",
    doc=__doc__,
    check=check,
    confidence=Confidence.HIGH,
)
