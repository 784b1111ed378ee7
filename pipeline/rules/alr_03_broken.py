"""Alur putus.

Apa: Setiap tujuan ada, dan setiap langkah dapat dicapai dari awal.
Mengapa: Panah ke langkah yang tidak ada, atau langkah yang tidak pernah dicapai, membuat prosedur berhenti.
Salah: tidak: 12 pada SOP dengan 9 langkah
Benar: tidak: 2
Sumber: PermenPAN-RB 35/2012, simbol anak panah.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import DataPath, Severity
from pipeline.model.message import say
from pipeline.model.sop import Sop, Step
from pipeline.rules.base import Context, Hit, Rule
from pipeline.rules.shapes import numbered


def check(sop: Sop, ctx: Context) -> Iterator[Hit]:
    """A hit per target that does not exist and per row that cannot be reached."""
    gaps = _gaps(sop)
    missing = [target for _, target in ctx.flow.dangling]
    for row, target in ctx.flow.dangling:
        if target in gaps:
            continue
        yield Hit(
            _target_path(row, sop.steps[row], target),
            say(
                id="Langkah {n} menuju langkah {t}, yang tidak ada.",
                en="Step {n} leads to step {t}, which does not exist.",
                n=numbered(sop.steps[row], row),
                t=target,
            ),
            say(
                id="Isi dengan nomor langkah 1 sampai {last}, atau selesai.",
                en="Use a step number from 1 to {last}, or selesai.",
                last=len(sop.steps),
            ),
        )
    if gaps.intersection(missing):
        return  # what is not reached may be what the missing number stands for
    reached = ctx.flow.reachable()
    for row, step in enumerate(sop.steps):
        if row not in reached:
            yield Hit(
                ("langkah", row),
                say(
                    id="Langkah {n} tidak pernah dicapai dari awal.",
                    en="Step {n} is never reached from the start.",
                    n=numbered(step, row),
                ),
                say(
                    id="Periksa lanjut, ya, tidak, dan cabang pada langkah sebelumnya.",
                    en="Check lanjut, ya, tidak and cabang of the steps before it.",
                ),
            )


def _gaps(sop: Sop) -> frozenset[int]:
    """Numbers that the count leaves out: KEG-07 (or the reader, for a number it cannot read) tells those."""
    numbers = {step.number for step in sop.steps if step.number is not None}
    return frozenset(range(1, max([len(sop.steps), *numbers]) + 1)) - numbers


def _target_path(row: int, step: Step, target: int) -> DataPath:
    for branch in step.branches:
        if branch.target == target:
            label = branch.label.lower()
            return ("langkah", row, label if label in ("ya", "tidak") else "cabang")
    return ("langkah", row, "lanjut")


RULE = Rule(
    code="ALR-03",
    name="alur-putus",
    severity=Severity.ERROR,
    summary=say(
        id="Alur menuju langkah yang tidak ada, atau langkah tidak tercapai",
        en="The flow leads to a step that does not exist, or a step is never reached",
    ),
    source="PermenPAN-RB 35/2012, simbol anak panah",
    doc=__doc__,
    check=check,
)
